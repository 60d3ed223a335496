"""The mentions a composer sent, and what to say where somebody is not told."""

import json

from django.http import QueryDict
from django.utils.translation import gettext as _

from dragoman.core.conversations.mentions import MOST, Mention
from dragoman.core.conversations.models import Message
from dragoman.ground.design.functions import format_list

LONGEST = 20_000


def _mention(kind: object, number: object) -> Mention | None:
    text = str(number)
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return {"agent": Mention(agent_id=int(text)), "team": Mention(team_id=int(text))}.get(str(kind))


def mentions_in(posted: QueryDict) -> list[Mention]:
    """Return the mentions of a form: `mentions` is JSON of a script, `mention` are the boxes of a form without one."""
    given = posted.get("mentions", "") or "[]"
    try:
        chosen = json.loads(given) if len(given) <= LONGEST else []
    except ValueError:
        chosen = []
    marks = chosen if isinstance(chosen, list) else []
    pairs = [(mark.get("kind"), mark.get("id")) for mark in marks if isinstance(mark, dict)]
    pairs += [
        (kind, number) for kind, _colon, number in (box.partition(":") for box in posted.getlist("mention"))
    ]
    found = [_mention(kind, number) for kind, number in pairs]
    return [mention for mention in found if mention is not None][:MOST]


def note_words(note: Message) -> str:
    """Say that a note was added, and who of the mentioned is not told because their seat is closed."""
    closed = [str(mark["name"]) for mark in note.meta.get("mentions", ()) if not mark["told"]]
    if closed:
        return _("Note added. Not told, because the seat is closed: %(names)s") % {
            "names": format_list(closed)
        }
    return _("Note added, for your team only")
