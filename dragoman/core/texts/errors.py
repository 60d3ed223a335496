"""What texts refuse."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoMacro(NotFound):
    """There is none, or it is somebody else's."""

    message = _("There is no such macro.")


class NoText(NotFound):
    """There is none, or it is another workspace's."""

    message = _("There is no such text.")


class NameTaken(Refusal):
    """Everybody's macros have a name of their own."""

    code = "name_taken"
    status = 409
    message = _("Another macro has this name. Choose another name, or change that one.")


class NotYours(Refusal):
    """Leads keep everybody's macros."""

    code = "not_allowed"
    status = 403
    message = _("Everybody uses this macro: ask a lead to change it, or make one of your own.")


class ChangedMeanwhile(Refusal):
    """Somebody else wrote it since it was read: nothing of theirs is written over unseen."""

    code = "changed_meanwhile"
    status = 409
    message = _("Somebody else changed this meanwhile. Look at what stands there now, then save again.")
