"""Nothing is done later with texts; this is where the kinds that the room knows are found."""

from . import offers  # noqa: F401  # found with its tasks
