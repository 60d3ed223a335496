"""The demo's shop pages: a place to be a customer in, with the widget on it."""
