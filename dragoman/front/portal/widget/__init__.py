"""The script a shop puts on its pages, and the view that serves it."""
