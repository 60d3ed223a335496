"""Changing what a workspace decided about languages."""
