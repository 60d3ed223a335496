"""Service hours: whose hold for what, and what they say at an instant."""
