"""Finding conversations by what was written in them, newest first."""

from collections.abc import Mapping

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import QueryCanceled

from dragoman.kit.errors import Refusal
from dragoman.kit.tokens import tsquery

from .links import followed
from .models import Message
from .passage import passage

# relevance and narrowing work on the newest matches: a common word costs the same in a million as in a thousand
NEWEST = 1000
PATIENCE = "2s"


def matching_conversations(workspace_id: int, query: str) -> dict[int, int]:
    """Return {conversation id: newest matching message id} of the acting workspace, at most NEWEST messages."""
    wanted = tsquery(query)
    if not wanted:
        return {}
    try:
        return _matching(workspace_id, wanted)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise Refusal(
            _("This search takes too long: add a word, or search for a number or an address."),
            code="search_too_broad",
            status=422,
        ) from None


def _matching(workspace_id: int, wanted: str) -> dict[int, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [PATIENCE])
        cursor.execute(
            """SELECT m.conversation_id, max(m.id) FROM search_messages(%s::tsquery, %s) s
               JOIN conversations_message m ON m.id = s.found WHERE m.workspace_id = %s GROUP BY m.conversation_id""",
            [wanted, NEWEST, workspace_id],
        )
        found = dict(cursor.fetchall())
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    return _at_survivors(workspace_id, found)


def _at_survivors(workspace_id: int, found: dict[int, int]) -> dict[int, int]:
    """Count what was found in a merged conversation for the one it leads to."""
    for merged, survivor in followed(workspace_id, found).items():
        message = found.pop(merged)
        found[survivor] = max(message, found.get(survivor, 0))
    return found


def passages(workspace_id: int, query: str, hits: Mapping[int, int]) -> dict[int, str]:
    """Return {conversation id: the passage of its matching message around the words looked for}."""
    texts = dict(
        Message.objects.filter(workspace_id=workspace_id, pk__in=list(hits.values())).values_list(
            "pk", "text"
        )
    )
    return {
        conversation: passage(texts[message], query)
        for conversation, message in hits.items()
        if message in texts
    }
