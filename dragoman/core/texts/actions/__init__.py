"""Changing texts: macros, and the words of every text in its languages."""
