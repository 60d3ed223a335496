"""Vendors' servers on loopback, written from the vendors' pages by another hand than the clients: they refuse what
the vendor refuses. Each has been called once by the vendor's own SDK (`docs/integrators.md`)."""
