"""The help centre of each brand, in every language."""
