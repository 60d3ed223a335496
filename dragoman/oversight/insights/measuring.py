"""What customers of a market did in some days, counted by one statement: no conversation is walked through by Python.

A conversation counts where its customer wrote in these days; junk, side threads and whoever is being deleted do not.
What was merged counts as what it was merged into. Messages that no person wrote (bounces, automatic replies) and
answers that no person gave are left out, as are answers that wait to go out or never went.
"""

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.actions.understand import NOT_THEIRS
from dragoman.core.conversations.countries import in_country
from dragoman.core.conversations.moods import TENSE, UPSET, in_mood

from .spans import Span

# who goes on within so many seconds has not finished speaking; later it is asking again
BREATH: Final = 300
# minutes by which hours of contact are told apart: no clock stands between
BIN: Final = 900
FRUSTRATED: Final = ("tense", "upset")


@dataclass(frozen=True)
class Asked:
    """Whose customers are looked at, where and when; without a brand those of all."""

    workspace_id: int
    country: str
    span: Span
    brand_id: int | None = None


# The conversations of the market, a row for each that was merged into them. No step joins another below: of rows that a
# step made the planner knows nothing, and would walk them once for each row of the other.
_TALKS: Final = """
talk AS MATERIALIZED ({talks}),
part AS (SELECT id AS part, talk.* FROM talk UNION ALL SELECT unnest(joined), talk.* FROM talk WHERE joined IS NOT NULL)
"""
_THEIRS: Final = "m.direction = 'in' AND NOT m.marks ?| %(not_theirs)s"
_MEASURE: Final = f"""
WITH {_TALKS},
said AS (
  SELECT part.id AS talk, part.customer_id, part.intent, part.sentiment, part.tension, part.reopened_at, part.told,
    m.id, m.channel, m.language, m.direction = 'in' AS theirs,
    CASE WHEN m.direction = 'in' THEN m.created_at ELSE coalesce(m.sent_at, m.created_at) END AS at
  FROM part JOIN conversations_message m ON m.workspace_id = %(workspace)s AND m.conversation_id = part.part
  WHERE ({_THEIRS}) OR (m.direction = 'out' AND m.delivery NOT IN ('scheduled', 'failed')
    AND NOT coalesce((m.meta->>'automatic')::bool, false))),
-- `again` is a message of the customer after one that nobody answered, and not in the same breath
line AS MATERIALIZED (
  SELECT *, min(place) FILTER (WHERE NOT theirs AND place > opens) OVER (PARTITION BY talk) AS answers
  FROM (SELECT *, min(place) FILTER (WHERE theirs) OVER (PARTITION BY talk) AS opens,
      theirs AND after_theirs AND at - before_at >= %(breath)s * interval '1 second' AS again
    FROM (SELECT *, row_number() OVER w AS place, lag(theirs) OVER w AS after_theirs, lag(at) OVER w AS before_at,
        lag(channel) OVER w AS before_channel
      FROM said WINDOW w AS (PARTITION BY talk ORDER BY at, id)) ordered) opened),
-- a row a conversation: when its customer wrote, how it began and when it was answered
lived AS MATERIALIZED (
  SELECT talk, customer_id, intent, sentiment, tension, reopened_at, told,
    bool_or(theirs AND at >= %(since)s AND at < %(until)s) AS now,
    bool_or(theirs AND at >= %(earlier)s AND at < %(since)s) AS before,
    min(at) FILTER (WHERE place = opens) AS asked, min(channel) FILTER (WHERE place = opens) AS channel,
    min(at) FILTER (WHERE place = answers) AS answered,
    bool_or(again AND (answers IS NULL OR place < answers)) AS urged
  FROM line GROUP BY talk, customer_id, intent, sentiment, tension, reopened_at, told),
wrote AS MATERIALIZED (SELECT * FROM line WHERE theirs AND at >= %(since)s AND at < %(until)s)
SELECT jsonb_build_object(
  'counts', (SELECT jsonb_build_object('conversations', count(*) FILTER (WHERE now),
      'before', count(*) FILTER (WHERE before), 'customers', count(DISTINCT customer_id) FILTER (WHERE now),
      'presumed', count(*) FILTER (WHERE now AND told = ''),
      'reopened', count(*) FILTER (WHERE now AND reopened_at >= %(since)s AND reopened_at < %(until)s)) FROM lived),
  'messages', (SELECT count(*) FROM wrote),
  'channels', (SELECT jsonb_agg(c) FROM (SELECT channel, count(DISTINCT talk) AS conversations FROM wrote
      GROUP BY channel) c),
  'languages', (SELECT jsonb_agg(c) FROM (SELECT language, count(DISTINCT talk) AS conversations FROM wrote
      WHERE told <> '' GROUP BY language) c),
  'times', (SELECT jsonb_agg(jsonb_build_array(bin, times)) FROM (SELECT floor(extract(epoch FROM at) / %(bin)s)::bigint
      AS bin, count(*) AS times FROM wrote GROUP BY 1) c),
  'open', (SELECT count(*) FROM wrote WHERE at <@ %(open)s::tstzmultirange),
  'answers', (SELECT jsonb_agg(c) FROM (SELECT channel, count(*) AS conversations, count(answered) AS answered,
      count(*) FILTER (WHERE urged) AS urged,
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM answered - asked)) AS seconds
      FROM lived WHERE asked >= %(since)s AND asked < %(until)s GROUP BY GROUPING SETS ((channel), ())) c),
  'patience', (SELECT jsonb_agg(c) FROM (SELECT before_channel AS channel, count(*) AS times,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM at - before_at)) AS seconds
      FROM line WHERE again AND at >= %(since)s AND at < %(until)s GROUP BY GROUPING SETS ((before_channel), ())) c),
  'kinds', (SELECT jsonb_agg(c) FROM (SELECT intent, sentiment,
      CASE WHEN tension >= {UPSET} THEN {UPSET} WHEN tension >= {TENSE} THEN {TENSE} ELSE 0 END AS tension,
      count(*) FILTER (WHERE now) AS now, count(*) FILTER (WHERE before) AS before FROM lived
      WHERE now OR before GROUP BY 1, 2, 3) c))
"""
# the newest messages of some conversations: one row a message, texts are read here and never shown
_TEXTS: Final = f"""
WITH {_TALKS}
SELECT part.id, m.language, left(m.text, %(longest)s) FROM part
JOIN conversations_message m ON m.workspace_id = %(workspace)s AND m.conversation_id = part.part
WHERE {_THEIRS} AND m.created_at >= %(since)s AND m.created_at < %(until)s
ORDER BY m.created_at DESC, m.id DESC LIMIT %(most)s
"""


def talks_of(asked: Asked, *, since: datetime) -> QuerySet[Any]:
    """Return the conversations of a market's customers in which something happened since a moment."""
    rows = conversations_of(asked.workspace_id).filter(
        junk=False, side_of=None, customer__leaving_at=None, last_message_at__gte=since
    )
    if asked.brand_id is not None:
        rows = rows.filter(brand_id=asked.brand_id)
    return in_country(rows, asked.workspace_id, asked.country).order_by()


def frustrated() -> Q:
    """Return the condition that a conversation's customer is not content."""
    found = Q(pk__in=[])
    for mood in FRUSTRATED:
        found |= in_mood(mood)
    return found


_COLUMNS: Final = ("id", "customer_id", "intent", "sentiment", "tension", "reopened_at", "joined", "told")


def measured(
    talks: QuerySet[Any], asked: Asked, *, open_spans: Sequence[tuple[datetime, datetime]]
) -> Mapping[str, Any]:
    """Return all counts of `talks` in the days asked for, as the statement names them."""
    hours = ",".join(f"[{opens.isoformat()},{closes.isoformat()})" for opens, closes in open_spans)
    more = {"open": f"{{{hours}}}", "breath": BREATH, "bin": BIN}
    ((found,),) = _rows(_MEASURE, talks, asked, more) or ((None,),)
    told = json.loads(found) if isinstance(found, str) else found
    return told or {}


def texts_of(talks: QuerySet[Any], asked: Asked, *, most: int, longest: int) -> list[tuple[int, str, str]]:
    """Return (conversation, language, text) of the newest messages of `talks` in the days asked for."""
    return _rows(_TEXTS, talks, asked, {"most": most, "longest": longest})


def _rows(statement: str, talks: QuerySet[Any], asked: Asked, more: Mapping[str, Any]) -> list[Any]:
    try:
        sql, values = talks.values(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return []
    place = itertools.count()
    named = re.sub("%s", lambda _found: f"%(talk{next(place)})s", sql)
    common: dict[str, Any] = {
        "workspace": asked.workspace_id,
        "not_theirs": sorted(NOT_THEIRS),
        "since": asked.span.since,
        "until": asked.span.until,
        "earlier": asked.span.before.since,
    }
    theirs = {f"talk{number}": value for number, value in enumerate(values)}
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{talks}", named), {**common, **more, **theirs})
        return list(cursor.fetchall())
