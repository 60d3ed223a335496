"""How good translations are, measured by what people made of them: distances, shares, times, reopened conversations."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean, median
from typing import Any

from django.db import connection
from django.utils import timezone
from rapidfuzz.distance import Levenshtein

from dragoman.kit.tags import same

from .models import ReviewItem

DAYS = 30
# the newest answers that are looked at: more change no figure
MOST = 20_000
REOPENED_WITHIN = 7  # days

# what went out in a language that is not the team's: translated, or written by a person in it
_ANSWERS = """
SELECT m.id, m.conversation_id, m.original_language, m.language, m.engine, m.text, m.original <> '' AS translated,
  coalesce((m.meta->>'machine')::bool, false), m.meta->>'amended_from', m.created_at
FROM conversations_message m
WHERE m.workspace_id = %(workspace)s AND m.direction = 'out' AND m.created_at >= %(since)s AND m.created_at < %(until)s
  AND m.delivery NOT IN ('scheduled', '') AND NOT coalesce((m.meta->>'automatic')::bool, false)
ORDER BY m.created_at DESC LIMIT %(most)s
"""
# resolved after the answer, and opened again by its customer: the lines of the thread tell
_REOPENED = """
SELECT m.id FROM unnest(%(ids)s::bigint[]) AS a(id)
JOIN conversations_message m ON m.workspace_id = %(workspace)s AND m.id = a.id
WHERE EXISTS (SELECT FROM conversations_message r JOIN conversations_message e ON e.workspace_id = r.workspace_id
    AND e.conversation_id = r.conversation_id AND e.id > r.id AND e.direction = 'event'
  WHERE r.workspace_id = m.workspace_id AND r.conversation_id = m.conversation_id AND r.id > m.id
    AND r.direction = 'event' AND r.event->>'kind' = 'status' AND r.event->>'status' = 'resolved'
    AND e.event->>'kind' = 'reopened' AND e.created_at <= m.created_at + %(days)s * interval '1 day')
"""


@dataclass(frozen=True)
class Answer:
    """One answer that counts: who made it, and what the engine said first where it was changed."""

    pk: int
    source: str
    target: str
    engine: str
    made: str
    text: str
    machine: str
    reopened: bool = False


@dataclass(frozen=True)
class PairQuality:
    """The figures of one pair of languages; shares from 0 to 1, seconds, None where there is nothing to measure.

    `edited` is the share of machine translations that a person changed before or in review, `untouched` that of
    reviewed ones accepted as they were, `distance` the mean edit distance (characters, 0 to 1) of those reviewed or
    changed, `waited` the median time in the queue, `reopened` the share of translated answers after which the
    customer came back to a resolved conversation within a week.
    """

    source: str
    target: str
    answers: int
    made: dict[str, int]
    machine: int
    edited: float | None
    reviewed: int
    untouched: float | None
    rejected: int
    distance: float | None
    waited: float | None
    reopened: float | None
    engines: Sequence[tuple[str, int, float | None]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Quality:
    """All pairs of a span, the busiest first."""

    since: datetime
    until: datetime
    pairs: Sequence[PairQuality]
    made: dict[str, int]


def quality_of(
    workspace_id: int, *, team: str, since: datetime | None = None, until: datetime | None = None
) -> Quality:
    """Return the figures of a span (UTC), by default the last 30 days."""
    until = until or timezone.now()
    since = since or until - timedelta(days=DAYS)
    answers = _answers(workspace_id, team, since, until)
    items: dict[tuple[str, str], list[ReviewItem]] = defaultdict(list)
    reviewed = ReviewItem.objects.filter(
        workspace_id=workspace_id, created_at__gte=since, created_at__lt=until
    ).exclude(state__in=[ReviewItem.State.WAITING, ReviewItem.State.WITHDRAWN])
    for item in reviewed.defer("text").order_by("-pk")[:MOST]:
        written = same(item.source, item.target)
        # an answer written in the customer's language counts as the answers of its kind do; one in the team's is none
        if not written or not same(item.target, team):
            items[(team if written else item.source, item.target)].append(item)
    by_pair: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        by_pair[(answer.source, answer.target)].append(answer)
    pairs = [_pair(pair, by_pair.get(pair, []), items.get(pair, [])) for pair in {**by_pair, **items}]
    pairs.sort(key=lambda one: (-one.answers, -one.reviewed, one.source, one.target))
    return Quality(since, until, pairs, dict(Counter(answer.made for answer in answers)))


def _answers(workspace_id: int, team: str, since: datetime, until: datetime) -> list[Answer]:
    values: dict[str, Any] = {"workspace": workspace_id, "since": since, "until": until, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, values)
        rows = cursor.fetchall()
        wanted = [row for row in rows if row[6] or (row[3] and row[3] != team)]
        ids = [row[0] for row in wanted if row[6]]
        cursor.execute(_REOPENED, {"workspace": workspace_id, "ids": ids, "days": REOPENED_WITHIN})
        back = {pk for (pk,) in cursor.fetchall()}
    return [_answer(row, team, row[0] in back) for row in wanted]


def _answer(row: Sequence[Any], team: str, reopened: bool) -> Answer:
    pk, _talk, source, target, engine, text, translated, machine, amended, _at = row
    if not translated:
        return Answer(pk, team, target, "", "person", text, "")
    made = "machine" if machine else engine if engine in ("phrasebook", "memory") else "person"
    return Answer(pk, source, target, engine, made, text, amended or "", reopened)


def _pair(pair: tuple[str, str], answers: Sequence[Answer], items: Sequence[ReviewItem]) -> PairQuality:
    machine = [answer for answer in answers if answer.made == "machine"]
    translated = [answer for answer in answers if answer.made != "person"]
    distances = [Levenshtein.normalized_distance(a.machine, a.text) for a in machine if a.machine]
    # what was changed before it went out is among the answers; what was looked at stands in the items alone
    distances += [
        item.distance
        for item in items
        if item.distance is not None and item.made == "machine" and not _is_an_answer(item)
    ]
    waits = [
        (item.decided_at - item.created_at).total_seconds() for item in items if item.decided_at is not None
    ]
    engines = Counter(answer.engine for answer in machine)
    return PairQuality(
        source=pair[0],
        target=pair[1],
        answers=len(answers),
        made=dict(Counter(answer.made for answer in answers)),
        machine=len(machine),
        edited=_share(sum(bool(a.machine) for a in machine), len(machine)),
        reviewed=len(items),
        untouched=_share(sum(item.state == "accepted" for item in items), len(items)),
        rejected=sum(item.state == "rejected" for item in items),
        distance=fmean(distances) if distances else None,
        waited=median(waits) if waits else None,
        reopened=_share(sum(a.reopened for a in translated), len(translated)),
        engines=[
            (name, count, _share(sum(bool(a.machine) for a in machine if a.engine == name), count))
            for name, count in engines.most_common(6)
        ],
    )


def _is_an_answer(item: ReviewItem) -> bool:
    """Say whether what the reviewer changed is what went out."""
    return item.state == ReviewItem.State.EDITED and item.mode == ReviewItem.Mode.HOLD


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
