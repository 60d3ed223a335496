"""Small envelopes on the quick way: stored together, and opened together by the process that took them in.

A durable job for each mail cost more than the mail itself. Here an envelope says by its state what is left to do: it
is stored `waiting` before it is acknowledged, and `done` in the statement that stores its message. Whatever is
not usual (a receipt, several messages, a mail that cannot be read) goes the long way by a job, and the sweep gives
a job to what a dead process left waiting.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection, transaction

from dragoman.core.accounts.keys import key_of
from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import secrets_of
from dragoman.ground.channels.ports import NO_SECRETS, Inbound, Receipt, channels
from dragoman.ground.database.prepared import prepared
from dragoman.ground.events.actions import publish, tell_at_once
from dragoman.kit import seal, workspace

from ..events import EnvelopeStored
from ..gather import Gatherer
from ..intake import Intake
from ..known import ask_together
from ..models import Envelope
from .envelopes import UNREADABLE
from .receive import ENVELOPE, Incoming, receive_messages

SMALL = 256 * 1024  # bytes

# told already: whoever stores these opens them too
_KEEP = """
WITH incoming AS MATERIALIZED (
  SELECT nextval('conversations_envelope_id_seq') AS id, r.* FROM unnest(%(channels)s::text[], %(sources)s::text[],
    %(sealed)s::bytea[], %(sizes)s::bigint[]) WITH ORDINALITY AS r(channel, source, sealed, size, place)),
kept AS (
  INSERT INTO conversations_envelope (id, workspace_id, channel, source, sealed, file_key, size, state, error, facts)
  SELECT id, %(workspace)s, channel, source, sealed, '', size, 'waiting', '', '{}'::jsonb FROM incoming),
told AS (
  INSERT INTO events_event (workspace_id, name, topic, facts, told_at)
  SELECT %(workspace)s, 'EnvelopeStored', 'envelope:' || id, jsonb_build_object('envelope_id', id), now()
  FROM incoming)
SELECT place, id FROM incoming
"""


@dataclass(frozen=True)
class Arrival:
    """What came in by an account, word for word."""

    account: Connection
    body: bytes

    @property
    def source(self) -> str:
        """Return what a message says it came through."""
        return f"{self.account.channel}:{self.account.pk}"


@dataclass(frozen=True)
class Kept:
    """An arrival that is stored and waits to be opened."""

    envelope: Envelope
    arrival: Arrival


def take_in(arrival: Arrival) -> int:
    """Store what came in, in the acting workspace, and let it be opened soon; returns the envelope's number.

    When this returns nothing can be lost any more. Raises what the database raises.
    """
    workspace_id = workspace.get_current_id()
    number = keeper.submit(workspace_id, arrival).result(timeout=60)
    envelope = Envelope(
        pk=number,
        workspace_id=workspace_id,
        channel=arrival.account.channel,
        source=arrival.source,
        size=len(arrival.body),
    )
    opener.submit(workspace_id, Kept(envelope, arrival))
    return number


def _keep_all(arrivals: Sequence[Arrival]) -> list[int]:
    workspace_id = workspace.get_current_id()
    key = key_of(workspace_id)
    values = {
        "workspace": workspace_id,
        "channels": [arrival.account.channel for arrival in arrivals],
        "sources": [arrival.source for arrival in arrivals],
        "sealed": [seal.seal(key, arrival.body, purpose=ENVELOPE) for arrival in arrivals],
        "sizes": [len(arrival.body) for arrival in arrivals],
    }
    return [number for _place, number in sorted(prepared(_KEEP, values))]


def open_all(kept: Sequence[Kept]) -> list[None]:
    """Make messages of stored envelopes; what is unusual in any way is left to a job."""
    usual: list[tuple[Kept, Inbound]] = []
    for one in kept:
        fact = _only_message(one)
        if fact is None:
            _leave_to_a_job(one)
            continue
        if _belongs_to_one_of(fact, usual):
            # it answers a mail that came in the same moment: that one has to be there first
            _receive(usual)
            usual = []
        usual.append((one, fact))
    if usual:
        _receive(usual)
    return [None] * len(kept)


def _only_message(kept: Kept) -> Inbound | None:
    """Return the one message that is all there is in an envelope; None for anything else."""
    arrival = kept.arrival
    try:
        secrets = secrets_of(arrival.account)
    except seal.Broken:
        secrets = dict(NO_SECRETS)
    try:
        facts = list(channels[arrival.account.channel].parse(io.BytesIO(arrival.body), secrets))
    except UNREADABLE:
        return None
    if len(facts) != 1 or isinstance(facts[0], Receipt):
        return None
    return facts[0]


def _belongs_to_one_of(fact: Inbound, others: Sequence[tuple[Kept, Inbound]]) -> bool:
    named = {fact.external_id, *fact.references}
    return any(other.external_id in named for _kept, other in others)


def _leave_to_a_job(kept: Kept) -> None:
    with transaction.atomic():
        publish(EnvelopeStored(envelope_id=kept.envelope.pk))


def _receive(usual: Sequence[tuple[Kept, Inbound]]) -> None:
    """Store messages and let them be understood, in one transaction; those that cannot be are left to jobs."""
    names = [(kept.envelope.source, fact.external_id[:500]) for kept, fact in usual]
    known = ask_together(names, [fact for _kept, fact in usual])
    incoming: list[Incoming] = []
    for kept, fact in usual:
        intake = Intake(kept.envelope, kept.arrival.body, account=kept.arrival.account, known=known)
        try:
            incoming.append(replace(intake.incoming(fact), opens=True))
        except (*UNREADABLE, OSError):
            _leave_to_a_job(kept)
    try:
        received = tell_at_once(lambda: receive_messages(incoming))
    except LookupError:
        # a conversation was closed in between: one by one it is seen which
        for kept, _fact in usual:
            _leave_to_a_job(kept)
        return
    again = [one.envelope_id or 0 for one, got in zip(incoming, received, strict=True) if got.duplicate]
    if again:
        Envelope.objects.filter(workspace_id=workspace.get_current_id(), pk__in=again).update(
            state=Envelope.State.DONE, error=""
        )


# what a process that died had stored and not opened; a job that waits or failed keeps its envelope to itself
_LEFT = """
SELECT e.workspace_id, e.id FROM conversations_envelope e
WHERE e.state = 'waiting' AND e.received_at < now() - interval '20 seconds' AND NOT EXISTS (
  SELECT FROM procrastinate_jobs j WHERE j.task_name = %s AND j.status IN ('todo', 'doing', 'failed')
  AND j.args @> jsonb_build_object('facts', jsonb_build_object('envelope_id', e.id)))
ORDER BY e.id LIMIT 200
"""


def open_what_was_left(*, job: str) -> None:
    """Let each small envelope whose process died before it was opened have a job of that name."""
    with workspace.everywhere(reason="find envelopes that nobody opens"), connection.cursor() as cursor:
        cursor.execute(_LEFT, [job])
        left = cursor.fetchall()
    for workspace_id, pk in left:
        with workspace.acting_in(workspace_id), transaction.atomic():
            publish(EnvelopeStored(envelope_id=pk))


keeper: Gatherer[Arrival, int] = Gatherer(_keep_all, name="keeper")
opener: Gatherer[Kept, None] = Gatherer(open_all, name="opener")
