"""What the heart does later: open envelopes, understand, index, translate, deliver, wake, close."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from dragoman.core.accounts.events import AgentDeactivated
from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.customers.events import CustomerChanged
from dragoman.core.language.translate import free_text_possible
from dragoman.core.texts.events import MacroChanged
from dragoman.ground.database.compiled import compiled
from dragoman.ground.events.registry import every, on, task
from dragoman.kit import workspace

from . import offers, tasks_for_agents  # noqa: F401  # found with its tasks
from .actions import (
    arrivals,
    attachments,
    drafts,
    envelopes,
    hold,
    imports,
    index,
    junk,
    learn,
    refine,
    remembering,
    review,
    side,
    status,
    translation,
)
from .actions import deliver as delivery
from .actions.acknowledge import acknowledge_messages
from .actions.understand import understand_messages
from .events import (
    ConversationEvent,
    ConversationJudged,
    EnvelopeStored,
    MailImportStarted,
    MeaningTaught,
    MessageReceived,
    MessageTranslated,
    MessageUnderstood,
    NoteAdded,
    ReplyHeld,
    ReplyQueued,
    ReplyStored,
    ReviewAsked,
    ReviewDecided,
)
from .learned import is_due
from .models import (
    Conversation,
    Delivery,
    Envelope,
    JunkFilter,
    MailImport,
    Message,
    Question,
    SearchIndex,
    Status,
)

SOON = 60  # seconds


@on(EnvelopeStored, outside=True)
def open_envelope(event: EnvelopeStored) -> None:
    """Make messages of what came in."""
    envelope = Envelope.objects.filter(pk=event.envelope_id).first()
    if envelope is not None and envelope.state != Envelope.State.DONE:
        envelopes.open_envelope(envelope)


@on(MailImportStarted, outside=True)
def bring_in(event: MailImportStarted) -> None:
    """Bring in the mails of uploaded files; a retry goes on where it was."""
    found = MailImport.objects.filter(pk=event.import_id).first()
    if found is not None:
        imports.run_import(found)


@on(MessageReceived, many=True)
def understand(events: Sequence[MessageReceived]) -> None:
    """Find out what messages are about; everybody else listens to what this publishes."""
    understand_messages(workspace.get_current_id(), [event.message_id for event in events])


@on(MessageUnderstood, many=True)
def plan_translations(events: Sequence[MessageUnderstood]) -> None:
    """Translate from the phrasebook at once, and leave the rest to engines where there are any."""
    workspace_id = workspace.get_current_id()
    team = workspace_facts(workspace_id).language
    found = _in_other_languages(workspace_id, [event.message_id for event in events], team)
    left: list[Message] = []
    for message in found:
        # what our own words say in both languages is not translated by an engine
        readable = not translation.needs_translation(message, team) or message.meta.get("translated")
        if readable or translation.translate_from_phrasebook(message, team):
            continue
        # no engine is paid for old mail that nobody may ever read, nor below for junk
        if free_text_possible(message.language, team, workspace_id=workspace_id) and not message.meta.get(
            "old"
        ):
            left.append(message)
    aside = _put_aside(workspace_id, [message.conversation_id for message in left]) if left else ()
    for message in left:
        if message.conversation_id not in aside:
            translate.defer(workspace_id=workspace_id, message_id=message.pk)


@compiled
def _in_other_languages(workspace_id: Any, ids: Any, team: Any) -> QuerySet[Message]:
    found = Message.objects.filter(
        ~Q(language=""), ~Q(language=team), workspace_id=workspace_id, pk__among=ids
    )
    return found.only("id", "workspace_id", "conversation_id", "language", "text", "meta").order_by("pk")


@compiled
def _put_aside(workspace_id: Any, ids: Any) -> QuerySet[Conversation, int]:
    found = Conversation.objects.filter(workspace_id=workspace_id, pk__among=ids, junk=True)
    return found.values_list("pk", flat=True)


@on(ConversationJudged)
def learn_from_verdict(event: ConversationJudged) -> None:
    """Let the junk filter learn from what a person said; it reads a few messages and counts words."""
    junk.learn(workspace.get_current_id(), event.conversation_id, junk=event.junk)


@on(MessageUnderstood, many=True)
def plan_second_looks(events: Sequence[MessageUnderstood]) -> None:
    """Have a language model look at messages, where the workspace lets it; nobody waits for that."""
    workspace_id = workspace.get_current_id()
    if settings.LLM_URL and workspace_facts(workspace_id).refine_meaning:
        for event in events:
            look_again.defer(workspace_id=workspace_id, message_id=event.message_id)


@task
def look_again(workspace_id: int, message_id: int) -> None:
    """Ask about one message that is unsure."""
    message = Message.objects.filter(workspace_id=workspace_id, pk=message_id, direction="in").first()
    if message is not None:
        refine.refine_message(message)


@on(MeaningTaught)
def learn_from_lesson(event: MeaningTaught) -> None:
    """Learn anew once there are enough new corrections; some seconds of work, so in a job of its own."""
    workspace_id = workspace.get_current_id()
    for question in Question.values:
        if is_due(workspace_id, question):
            relearn.defer(workspace_id=workspace_id, question=question)


@task
def relearn(workspace_id: int, question: str) -> None:
    """Make a workspace's layer over the models anew, unless another job has just done so."""
    if is_due(workspace_id, question):
        learn.relearn(workspace_id, question)


@on(ConversationJudged)
def translate_what_came_back(event: ConversationJudged) -> None:
    """Translate what was left alone while it was junk."""
    if event.junk:
        return
    workspace_id = workspace.get_current_id()
    waiting = Message.objects.filter(
        workspace_id=workspace_id, conversation_id=event.conversation_id, direction="in"
    ).order_by("-pk")
    plan_translations(
        [
            MessageUnderstood(conversation_id=event.conversation_id, message_id=pk)
            for pk in waiting.values_list("pk", flat=True)[:50]
        ]
    )


@task
def translate(workspace_id: int, message_id: int) -> None:
    """Translate one message with an engine that may be far away."""
    message = Message.objects.filter(workspace_id=workspace_id, pk=message_id).first()
    if message is not None:
        translation.translate_message(message)


def _index(events: Sequence[ConversationEvent]) -> None:
    index.index_messages(workspace.get_current_id(), [event.message_id for event in events])  # type: ignore[attr-defined]


@on(MessageUnderstood, many=True)
def tell_of_side_threads(events: Sequence[MessageUnderstood]) -> None:
    """Tell a conversation that an outsider answered beside it."""
    side.tell_parents(workspace.get_current_id(), [event.message_id for event in events])


@on(MessageUnderstood, many=True)
def index_understood(events: Sequence[MessageUnderstood]) -> None:
    """Make messages findable in their own language, and the people who came with their first."""
    _index(events)


@on(MessageUnderstood, many=True)
def acknowledge(events: Sequence[MessageUnderstood]) -> None:
    """Tell customers at once that their message arrived, where the brand wants that."""
    acknowledge_messages(workspace.get_current_id(), [event.message_id for event in events])


@on(MessageTranslated, many=True)
def index_translated(events: Sequence[MessageTranslated]) -> None:
    """Make messages findable in the team's words too."""
    _index(events)


@on(ReplyStored, many=True)
def index_replies(events: Sequence[ReplyStored]) -> None:
    """Make replies findable."""
    _index(events)


@on(ReplyStored, many=True)
def remember_replies(events: Sequence[ReplyStored]) -> None:
    """Let approved translations enter the memory."""
    remembering.remember_replies(workspace.get_current_id(), [event.message_id for event in events])


@on(MacroChanged)
def remember_macro(event: MacroChanged) -> None:
    """Let a macro's texts in two languages enter the memory."""
    remembering.remember_macro(workspace.get_current_id(), event.macro_id)


@on(NoteAdded, many=True)
def index_notes(events: Sequence[NoteAdded]) -> None:
    """Make notes findable."""
    _index(events)


@on(ReplyHeld, many=True)
def forget_held_drafts(events: Sequence[ReplyHeld]) -> None:
    """Remove the drafts that were sent and wait for their time; what is taken back stands in the composer again."""
    drafts.forget_sent(workspace.get_current_id(), [event.message_id for event in events], kind="reply")


@on(ReviewAsked, many=True)
def forget_reviewed_drafts(events: Sequence[ReviewAsked]) -> None:
    """Remove the drafts that became answers which a reviewer looks at."""
    drafts.forget_sent(workspace.get_current_id(), [event.message_id for event in events], kind="reply")


@on(ReviewDecided)
def remember_reviewed(event: ReviewDecided) -> None:
    """Let the memory say again what a reviewer approved."""
    review.remember_reviewed(workspace.get_current_id(), event.item_id)


@on(ReplyQueued, outside=True, ordered=True)
def deliver(event: ReplyQueued) -> None:
    """Send what waits in this conversation."""
    message = Message.objects.filter(pk=event.message_id, delivery=Delivery.QUEUED).first()
    if message is not None:
        delivery.deliver_conversation(message.workspace_id, event.conversation_id)


@on(ReplyHeld)
def release_soon(event: ReplyHeld) -> None:
    """Let an answer that can be undone go out on the second; what waits longer is found by the sweep."""
    if event.seconds <= SOON:
        release.configure(schedule_in={"seconds": event.seconds}).defer(
            workspace_id=workspace.get_current_id(), message_id=event.message_id
        )


@task
def release(workspace_id: int, message_id: int) -> None:
    """Send an answer whose time has come."""
    hold.release(workspace_id, message_id)


@on(AgentDeactivated)
def hand_over_work(event: AgentDeactivated) -> None:
    """Give back what an agent who left had open."""
    status.hand_over(workspace.get_current_id(), from_agent=event.agent_id)


@every(seconds=5)
def sweep_due() -> None:
    """Send and retry what waits for its time, mark what was lost in mid-send, wake, open what was left."""
    arrivals.open_what_was_left(job=f"{open_envelope.__module__}.{open_envelope.__name__}")
    now = timezone.now()
    with workspace.everywhere(reason="sweep what is due"):
        waiting = [Delivery.SCHEDULED, Delivery.QUEUED, Delivery.SENDING]
        # what waits longer than anything may was stored before the clock was set back
        stuck = Q(delivery=Delivery.QUEUED, due_at__gt=now + delivery.LONGEST_PAUSE)
        held = Q(delivery=Delivery.SCHEDULED, due_at__gt=now + hold.LONGEST_UNDO, meta__hold=hold.UNDO)
        is_due = Q(due_at__lte=now) | stuck | held
        due = list(Message.objects.filter(is_due, delivery__in=waiting)[:200])
        awake = list(Conversation.objects.filter(status=Status.SNOOZED, snoozed_until__lte=now)[:200])
    for message in due:
        with workspace.acting_in(message.workspace_id):
            if message.delivery == Delivery.SCHEDULED and message.meta.get("hold") == hold.REVIEW:
                review.stand_in(message.workspace_id, message.pk)
            elif message.delivery == Delivery.SCHEDULED:
                hold.release(message.workspace_id, message.pk)
            elif message.delivery == Delivery.SENDING:
                delivery.note_lost(message)
            elif message.attempts:
                delivery.queue_again(message)
    for conversation in awake:
        with workspace.acting_in(conversation.workspace_id):
            status.set_status(conversation, agent=None, status=Status.OPEN)


@every(seconds=600)
def close_resolved() -> None:
    """Close what was resolved long enough ago (a setting of the workspace)."""
    for found in _workspaces():
        before = timezone.now() - timedelta(days=found.close_after_days)
        with workspace.acting_in(found.pk):
            old = Conversation.objects.filter(
                workspace_id=found.pk, status=Status.RESOLVED, resolved_at__lt=before
            )
            for conversation in old[:500]:
                status.set_status(conversation, agent=None, status=Status.CLOSED)


@every(seconds=3600)
def forget_envelopes() -> None:
    """Let envelopes expire (a setting of the workspace)."""
    for found in _workspaces():
        with workspace.acting_in(found.pk):
            envelopes.forget_old_envelopes(
                found.pk, days=found.envelope_days, masked_days=found.envelope_masked_days
            )


@every(seconds=3600)
def forget_junk() -> None:
    """Delete old junk where the workspace asked for it."""
    with workspace.everywhere(reason="sweep every workspace"):
        asked = list(JunkFilter.objects.filter(keep_days__gt=0))
    for found in asked:
        with workspace.acting_in(found.workspace_id):
            while junk.forget_old_junk(found.workspace_id, days=found.keep_days):
                pass


@every(seconds=3600)
def forget_unsent_files() -> None:
    """Delete what agents uploaded a day ago and never sent."""
    for found in _workspaces():
        with workspace.acting_in(found.pk):
            while attachments.forget_unsent(found.pk):
                pass


@every(seconds=60)
def index_forgotten() -> None:
    """Index what a failed listener or an import left out."""
    with workspace.everywhere(reason="find what is not indexed"):
        missing: dict[int, list[int]] = defaultdict(list)
        found = Message.objects.filter(tsv=None, created_at__gt=timezone.now() - timedelta(days=2))
        old = found.filter(created_at__lt=timezone.now() - timedelta(minutes=1)).exclude(direction="event")
        for workspace_id, pk in old.order_by("-pk").values_list("workspace_id", "pk")[:1000]:
            missing[workspace_id].append(pk)
    for workspace_id, ids in missing.items():
        with workspace.acting_in(workspace_id), transaction.atomic():
            index.index_messages(workspace_id, ids)


@every(seconds=60)
def find_old_schemes() -> None:
    """Start indexing anew where messages are indexed under an older scheme than this version searches by."""
    with workspace.everywhere(reason="find what is indexed under an older scheme"):
        done = SearchIndex.objects.filter(scheme=index.SCHEME, messages_below=0, customers_below=0)
        waiting = list(
            Workspace.objects.exclude(pk__in=done.values("workspace_id")).values_list("pk", flat=True)
        )
    for workspace_id in waiting[:20]:
        with workspace.acting_in(workspace_id):
            reindex.defer(workspace_id=workspace_id)


@task
def reindex(workspace_id: int) -> None:
    """Index up to 20,000 messages anew, 500 at a time; the sweep asks again until nothing is left."""
    for _ in range(40):
        if not index.reindex_batch(workspace_id):
            return


@on(CustomerChanged, many=True)
def plan_to_index_theirs(events: Sequence[CustomerChanged]) -> None:
    """Find what customers wrote under their new names and addresses too."""
    workspace_id = workspace.get_current_id()
    for customer_id in {event.customer_id for event in events}:
        index_theirs.defer(workspace_id=workspace_id, customer_id=customer_id)


@task
def index_theirs(workspace_id: int, customer_id: int) -> None:
    """Index all messages of a customer's conversations anew, 500 at a time."""
    theirs = Message.objects.filter(workspace_id=workspace_id, conversation__customer_id=customer_id)
    ids = list(theirs.exclude(direction="event").order_by("-pk").values_list("pk", flat=True)[:20_000])
    for at in range(0, len(ids), index.BATCH):
        with transaction.atomic():
            index.index_messages(workspace_id, ids[at : at + index.BATCH])


def _workspaces() -> list[Workspace]:
    with workspace.everywhere(reason="sweep every workspace"):
        return list(Workspace.objects.order_by("pk"))
