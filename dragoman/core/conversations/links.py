"""Following the links of merged and split conversations. Where nothing was merged or split this costs nothing, or one
look into an empty index."""

from collections.abc import Iterable, Sequence

from dragoman.kit import workspace

from .models import Conversation, Merge, Message, Split


def survivor_of(conversation_id: int) -> int:
    """Return the id of the conversation this one was merged into in the end, or the same id."""
    return followed(workspace.get_current_id(), [conversation_id]).get(conversation_id, conversation_id)


def followed(workspace_id: int, conversation_ids: Iterable[int]) -> dict[int, int]:
    """Return {merged id: where it leads in the end} for those of the ids that were merged."""
    merged = Conversation.objects.filter(
        workspace_id=workspace_id, merged_into__isnull=False, pk__in=list(conversation_ids)
    )
    return {pk: into for pk, into in merged.values_list("pk", "merged_into_id") if into is not None}


def surviving(conversation: Conversation) -> Conversation:
    """Return where a conversation's link leads in the end, or the conversation itself."""
    if conversation.merged_into_id is None:
        return conversation
    return Conversation.objects.get(workspace_id=conversation.workspace_id, pk=conversation.merged_into_id)


def place_of_reply(conversation: Conversation, references: Sequence[str]) -> Conversation:
    """Return where a reply belongs whose token named `conversation`, or which refers to a message in it.

    A message that was split off takes its replies along, whatever conversation its token names.
    """
    home = surviving(conversation)
    made = Split.objects.filter(
        workspace_id=home.workspace_id, origin_id__in=[conversation.pk, *home.parts]
    ).values_list("made_id", flat=True)
    if not references or not (moved := list(made)):
        return home
    known = Message.objects.filter(
        workspace_id=home.workspace_id, conversation_id__in=moved, external_id__in=list(references)[:50]
    ).select_related("conversation")
    by_id = {message.external_id: message.conversation for message in known}
    there = next((by_id[reference] for reference in references if reference in by_id), None)
    return surviving(there) if there is not None else home


def find_merge(workspace_id: int, merged_id: int) -> Merge | None:
    """Find the link of a conversation that was merged away."""
    found = Merge.objects.filter(workspace_id=workspace_id, merged_id=merged_id)
    return found.select_related("merged", "survivor", "agent").first()


def merged_numbers(conversation: Conversation) -> set[int]:
    """Return the ids of those that lead here and can be taken out again, at any depth."""
    return set(conversation.joined or ())


def splits_of(conversation: Conversation) -> dict[int, int]:
    """Return {id of a conversation split off here: id of its link}, for offering to undo it."""
    found = Split.objects.filter(workspace_id=conversation.workspace_id, origin_id__in=conversation.parts)
    return dict(found.values_list("made_id", "pk"))


def find_split(workspace_id: int, made_id: int) -> Split | None:
    """Find the link of a conversation that was split off another."""
    return (
        Split.objects.filter(workspace_id=workspace_id, made_id=made_id)
        .select_related("origin", "made")
        .first()
    )
