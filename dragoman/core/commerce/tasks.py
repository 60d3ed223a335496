"""Nothing runs later here yet; what the room offers is found with its tasks."""

from . import offers  # noqa: F401
