"""Why a conversation is junk, as one sentence for its reader."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.conversations.junk import Shown
from dragoman.ground.design.functions import format_moment, format_number


def reason_of(verdict: Shown | None, *, zone: str) -> str:
    """Say who put a conversation aside, when and why."""
    if verdict is None:
        return _("It was put aside as junk.")
    kind, at = str(verdict.why.get("kind", "")), format_moment(verdict.at, zone)
    if kind == "server":
        return _by_server(verdict)
    if kind == "filter":
        like = int(verdict.why.get("like") or 1)
        words = ngettext(
            "Looks like %(count)s conversation that your team marked as junk.",
            "Looks like %(count)s conversations that your team marked as junk.",
            like,
        )
        return words % {"count": format_number(like)}
    if kind == "blocked":
        words = _("Sender blocked: %(value)s, by %(by)s.") if verdict.by else _("Sender blocked: %(value)s.")
        return words % {"value": verdict.why.get("value", ""), "by": verdict.by}
    if kind == "widget":
        return _("It came through the chat as no person writes, with links to elsewhere.")
    if kind == "continued":
        return _("It continues a conversation that was junk.")
    return _("Marked as junk by %(by)s, %(at)s.") % {"by": verdict.by or "API", "at": at}


def _by_server(verdict: Shown) -> str:
    score = verdict.why.get("score")
    if score is None:
        return _("The mail server said that it is spam.")
    return _("The mail server said that it is spam (%(score)s).") % {"score": format_number(score, digits=1)}
