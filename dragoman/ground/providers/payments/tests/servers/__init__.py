"""Strict servers of our own that speak the vendors' documented wires."""
