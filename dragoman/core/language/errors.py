"""What the language room refuses."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound


class NoEntry(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such entry in the glossary.")


class NoUnit(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such sentence in the memory.")
