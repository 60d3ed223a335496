"""What conversations answer when a floor below asks: what a notification's topic is, and what was said."""

from collections.abc import Mapping, Sequence

from dragoman.core.customers.queries import addresses_of
from dragoman.core.notifications.ports import Matter

from .models import Conversation, Message

SHORT = 240


class ConversationMatters:
    """Answers for topics such as `conversation:42` and anchors such as `m123`."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return subject or customer, number and address of each conversation there is."""
        ids = _numbers([topic.partition(":")[2] for topic in topics])
        found = Conversation.objects.filter(workspace_id=workspace_id, pk__in=ids).values_list(
            "pk", "subject", "customer__name", "customer_id"
        )
        rows = list(found)
        called = addresses_of(
            workspace_id, [customer for _pk, subject, name, customer in rows if not subject and not name]
        )
        return {
            f"conversation:{pk}": Matter(
                subject or name or called.get(customer, "") or f"#{pk}", pk, f"/conversations/{pk}"
            )
            for pk, subject, name, customer in rows
        }

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Return the beginning of each message."""
        ids = _numbers([anchor.removeprefix("m") for anchor in anchors])
        found = Message.objects.filter(workspace_id=workspace_id, pk__in=ids).values_list("pk", "text")
        return {f"m{pk}": " ".join(text.split())[:SHORT] for pk, text in found}


def _numbers(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit()]
