"""One change to many conversations: tried first, then made in batches as single actions would make it, and undone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.access import check_may_reply, conversations_of
from dragoman.core.conversations.asked import Reader, asked
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.narrow import narrowed, narrows
from dragoman.core.conversations.queries import active
from dragoman.core.conversations.search import Search, find
from dragoman.core.conversations.shapes import Filters
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..events import BulkRunStarted
from ..models import BulkRun, BulkStep
from ..verbs import Value, Verb, get_verb

MOST = 10_000
# each conversation leaves a line and an event: a hundred of them stay far below the two seconds of a transaction
BATCH = 100
AT_ONCE = 100
_PAGE = 500


@dataclass(frozen=True)
class Change:
    """What is to be done: a verb of `verbs.py` and its value as text."""

    verb: str
    value: str = ""


@dataclass(frozen=True)
class Trial:
    """What a change would do: `changing` of `total`; `skipped` counts the others by reason (same, closed, gone)."""

    total: int
    changing: int
    skipped: dict[str, int] = field(default_factory=dict)


def selected_by(
    workspace_id: int, filters: Filters, *, reader: Reader | None = None, most: int = MOST
) -> list[int]:
    """Return the ids of all conversations a list holds, in its order, at most `most`."""
    wanted = asked(workspace_id, filters.q, reader)
    among = narrowed(conversations_of(workspace_id), filters, wanted)
    if not wanted.in_messages:
        ordered = active(among, wanted).order_by("-last_message_at", "-id")
        return list(ordered.values_list("pk", flat=True)[:most])
    ids: list[int] = []
    beyond: int | None = None
    while len(ids) < most:
        hits = find(
            Search(workspace_id, wanted, among, narrows(filters, wanted), beyond),
            limit=min(_PAGE, most - len(ids)),
        )
        ids += [hit.conversation_id for hit in hits.items]
        if hits.next is None:
            break
        beyond = hits.next
    return ids


def _judged(
    workspace_id: int, ids: Sequence[int], verb: Verb, value: Value
) -> tuple[list[Conversation], Counter[str]]:
    """Return those that would change, in order, and why the others would not."""
    known = conversations_of(workspace_id).in_bulk(list(ids))
    reasons: Counter[str] = Counter()
    changing = []
    for pk in ids:
        reason = verb.judge(known[pk], value) if pk in known else "gone"
        if reason:
            reasons[reason] += 1
        else:
            changing.append(known[pk])
    return changing, reasons


def try_bulk(workspace_id: int, *, agent: Agent | None, ids: Sequence[int], change: Change) -> Trial:
    """Say what a change would do, without doing it."""
    check_may_reply(agent)
    verb = get_verb(change.verb)
    value = verb.read(workspace_id, change.value)
    ids = list(dict.fromkeys(ids))[:MOST]
    changing, reasons = 0, Counter[str]()
    for at in range(0, len(ids), _PAGE):
        would, why = _judged(workspace_id, ids[at : at + _PAGE], verb, value)
        changing += len(would)
        reasons += why
    return Trial(len(ids), changing, dict(reasons))


def start_bulk(workspace_id: int, *, agent: Agent | None, ids: Sequence[int], change: Change) -> BulkRun:
    """Begin a change; a small one is done on return, a large one goes on in the background."""
    check_may_reply(agent)
    verb = get_verb(change.verb)
    verb.read(workspace_id, change.value)
    return _start(
        workspace_id, agent, list(dict.fromkeys(ids))[:MOST], {"verb": verb.name, "value": change.value}
    )


def undo_bulk(run: BulkRun, *, agent: Agent | None) -> BulkRun:
    """Give every conversation that a run changed back what it had; what cannot be undone is counted as skipped."""
    check_may_reply(agent)
    ids = list(
        BulkStep.objects.filter(workspace_id=run.workspace_id, run=run).values_list(
            "conversation_id", flat=True
        )
    )
    change = {"verb": run.change["verb"], "value": ""}
    return _start(run.workspace_id, agent, ids, change, undoes=run.pk)


def _start(
    workspace_id: int,
    agent: Agent | None,
    ids: list[int],
    change: dict[str, str],
    *,
    undoes: int | None = None,
) -> BulkRun:
    with transaction.atomic():
        run = BulkRun.objects.create(
            workspace_id=workspace_id, agent=agent, change=change, ids=ids, total=len(ids), undoes=undoes
        )
        if len(ids) > AT_ONCE:
            publish(BulkRunStarted(run_id=run.pk))
    if len(ids) <= AT_ONCE:
        while not run_batch(workspace_id, run.pk):
            pass
    run.refresh_from_db()
    return run


@transaction.atomic
def stop_bulk(run: BulkRun) -> BulkRun:
    """Stop after the batch that is being changed; what was changed stays, and can be undone."""
    found = BulkRun.objects.select_for_update().get(workspace_id=run.workspace_id, pk=run.pk)
    if found.state == BulkRun.State.RUNNING:
        found.state = BulkRun.State.STOPPED
        found.save(update_fields=["state"])
    return found


@transaction.atomic
def run_batch(workspace_id: int, run_id: int) -> bool:
    """Change the next conversations of a run in one transaction; True when it is over."""
    run = BulkRun.objects.select_for_update().get(workspace_id=workspace_id, pk=run_id)
    if run.state != BulkRun.State.RUNNING:
        return True
    ids = run.ids[run.done : run.done + BATCH]
    skipped = Counter(run.skipped)
    changed = _undo(run, ids, skipped) if run.undoes else _change(run, ids, skipped)
    run.done += len(ids)
    run.changed += changed
    run.skipped = dict(skipped)
    if run.done >= run.total:
        run.state = BulkRun.State.DONE
    run.save(update_fields=["done", "changed", "skipped", "state"])
    return run.state != BulkRun.State.RUNNING


def _change(run: BulkRun, ids: Sequence[int], skipped: Counter[str]) -> int:
    verb = get_verb(run.change["verb"])
    try:
        value = verb.read(run.workspace_id, run.change["value"])
    except Refusal:
        # the agent left, the time has passed, since it was begun
        skipped["refused"] += len(ids)
        return 0
    would, why = _judged(run.workspace_id, ids, verb, value)
    skipped.update(why)
    steps = []
    for conversation in would:
        before = verb.before(conversation)
        try:
            with transaction.atomic():
                verb.do(conversation, run.agent, value)
        except Refusal:
            skipped["refused"] += 1
            continue
        steps.append(
            BulkStep(workspace_id=run.workspace_id, run=run, conversation_id=conversation.pk, before=before)
        )
    BulkStep.objects.bulk_create(steps)
    return len(steps)


def _undo(run: BulkRun, ids: Sequence[int], skipped: Counter[str]) -> int:
    verb = get_verb(run.change["verb"])
    steps = BulkStep.objects.filter(workspace_id=run.workspace_id, run_id=run.undoes, conversation_id__in=ids)
    before = {step.conversation_id: step.before for step in steps}
    known = conversations_of(run.workspace_id).in_bulk(list(ids))
    undone = 0
    for pk in ids:
        if pk not in known or pk not in before or verb.undo is None:
            skipped["gone"] += 1
            continue
        try:
            with transaction.atomic():
                verb.undo(known[pk], run.agent, before[pk])
            undone += 1
        except Refusal:
            skipped["refused"] += 1
    return undone
