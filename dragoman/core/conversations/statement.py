"""The one SQL statement that takes messages in, one or many: customers, conversations, messages, events.

One statement is one transaction and one round trip (stack.md 5: 8 times cheaper than the ORM for one message, 60
times for a hundred). A second delivery of the same (source, external_id) changes nothing. No row is touched by two
of its parts; conflict keys are visited in one order, so that concurrent calls cannot deadlock. What is known already
is asked for row by row (LIMIT, OFFSET 0): no planner may turn that into a walk over a whole table.
"""

_ROW = """n int, channel text, source text, external_id text, brand_id bigint, kind text, identity text, name text,
  verified bool, thread_key text, conversation_id bigint, subject text, text text, html text, quoted text,
  language text, market text, preview text, author text, sent_at timestamptz, marks jsonb, meta jsonb,
  envelope_id bigint, size bigint, quiet bool, opens bool, kept_at timestamptz"""

_WOKEN = "('pending', 'snoozed', 'resolved')"


def _revive(loud: str, new: str, kept_at: str) -> str:
    """A message wakes a conversation that waits or was resolved; a quiet one (an auto-reply) only shows.

    One that keeps its old time (`kept_at`, else NULL) takes its place in the past and changes nothing of today.
    """
    return f"""
    status = CASE WHEN {loud} AND c.status IN {_WOKEN} THEN 'open' ELSE c.status END,
    reopened_at = CASE WHEN {loud} AND c.status IN {_WOKEN} THEN now() ELSE c.reopened_at END,
    snoozed_until = CASE WHEN {loud} THEN NULL ELSE c.snoozed_until END,
    resolved_at = CASE WHEN {loud} THEN NULL ELSE c.resolved_at END,
    by_hand = CASE WHEN {loud} AND c.status = 'resolved' THEN '{{}}' ELSE c.by_hand END,
    unread = c.unread OR {kept_at} IS NULL,
    preview = CASE WHEN {kept_at} < c.last_message_at THEN c.preview ELSE {new}.preview END,
    preview_translated = CASE WHEN {kept_at} < c.last_message_at THEN c.preview_translated ELSE '' END,
    channel = CASE WHEN {kept_at} < c.last_message_at THEN c.channel ELSE {new}.channel END,
    last_message_at = CASE WHEN {kept_at} IS NULL THEN now() ELSE greatest(c.last_message_at, {kept_at}) END,
    created_at = least(c.created_at, {kept_at})"""


# only a mail that keeps its time begins a conversation that is resolved
_KEPT = "CASE WHEN excluded.status = 'resolved' THEN excluded.last_message_at END"

_COMMON_START = f"""
WITH incoming AS MATERIALIZED (
  SELECT r.*, s.sealed FROM jsonb_to_recordset(%(rows)s::jsonb) AS r({_ROW})
  LEFT JOIN unnest(%(sealed)s::bytea[]) WITH ORDINALITY AS s(sealed, place) ON s.place = r.n),
once AS MATERIALIZED (
  SELECT DISTINCT ON (i.source, i.external_id) i.*,
    coalesce(i.envelope_id, nextval('conversations_envelope_id_seq')) AS kept_envelope
  FROM incoming i WHERE (SELECT m.id FROM conversations_message m WHERE m.workspace_id = %(workspace)s
    AND m.source = i.source AND m.external_id = i.external_id LIMIT 1) IS NULL
  ORDER BY i.source, i.external_id, i.n),
envelope AS (
  INSERT INTO conversations_envelope (id, workspace_id, channel, source, sealed, file_key, size, state, error, facts)
  SELECT kept_envelope, %(workspace)s, channel, source, sealed, '', size, 'done', '', '{{}}'::jsonb FROM once
  WHERE envelope_id IS NULL ORDER BY n),
sender AS MATERIALIZED (
  SELECT DISTINCT ON (kind, identity) * FROM once ORDER BY kind, identity, n),
identity AS (
  INSERT INTO customers_identity AS k (workspace_id, customer_id, kind, value, verified_at)
  SELECT %(workspace)s, nextval('customers_customer_id_seq'), kind, identity, CASE WHEN verified THEN now() END
  FROM sender ORDER BY kind, identity
  ON CONFLICT (workspace_id, kind, value)
  DO UPDATE SET verified_at = coalesce(k.verified_at, excluded.verified_at)
  RETURNING k.kind, k.value, k.customer_id, k.xmax = 0 AS fresh),
customer AS (
  INSERT INTO customers_customer (id, workspace_id, name, language, market, time_zone, notes)
  SELECT i.customer_id, %(workspace)s, s.name, s.language, s.market, '', '' FROM identity i
  JOIN sender s ON s.kind = i.kind AND s.identity = i.value WHERE i.fresh),
known AS MATERIALIZED (
  SELECT o.*, i.customer_id FROM once o JOIN identity i ON i.kind = o.kind AND i.value = o.identity),"""

# by key: the live conversation of this customer, brand and thread, or a new one linked to the last closed one
_BY_KEY = f"""
thread AS (
  SELECT DISTINCT ON (brand_id, customer_id, thread_key) * FROM known
  ORDER BY brand_id, customer_id, thread_key, n DESC),
target AS (
  INSERT INTO conversations_conversation AS c (workspace_id, brand_id, customer_id, thread_key, subject, status,
    priority, channel, language, language_locked, market, intent, sentiment, tags, preview, preview_translated,
    unread, previous_id, resolved_at, last_message_at, created_at)
  SELECT %(workspace)s, t.brand_id, t.customer_id, t.thread_key, t.subject,
    CASE WHEN t.kept_at IS NULL THEN 'open' ELSE 'resolved' END, 'normal', t.channel,
    coalesce(nullif(t.language, ''), p.language, ''), false, coalesce(nullif(t.market, ''), p.market, ''), '', '',
    '[]'::jsonb, t.preview, '', NOT t.quiet,
    (SELECT max(id) FROM (SELECT old.id FROM conversations_conversation old WHERE old.workspace_id = %(workspace)s
      AND old.customer_id = t.customer_id AND old.brand_id = t.brand_id AND old.thread_key = t.thread_key
      OFFSET 0) earlier),
    t.kept_at, coalesce(t.kept_at, now()), coalesce(t.kept_at, now())
  FROM thread t LEFT JOIN LATERAL (SELECT c.language, c.market FROM customers_customer c
    WHERE c.workspace_id = %(workspace)s AND c.id = t.customer_id LIMIT 1) p ON true
  ORDER BY t.brand_id, t.customer_id, t.thread_key
  ON CONFLICT (workspace_id, brand_id, customer_id, thread_key) WHERE NOT (status = 'closed')
  DO UPDATE SET {_revive("excluded.unread", "excluded", _KEPT)}
  RETURNING coalesce(c.merged_into_id, c.id) AS id, c.merged_into_id IS NOT NULL AS follows, c.brand_id,
    c.customer_id, c.thread_key, c.reopened_at = now() AS reopened),
placed AS MATERIALIZED (
  SELECT k.*, t.id AS target_id, t.follows FROM known k JOIN target t
    ON t.brand_id = k.brand_id AND t.customer_id = k.customer_id AND t.thread_key = k.thread_key),"""

# by id: the caller has proof that the message belongs to this conversation
_BY_ID = f"""
thread AS (
  SELECT DISTINCT ON (conversation_id) * FROM known ORDER BY conversation_id, n DESC),
target AS (
  UPDATE conversations_conversation c SET {_revive("NOT t.quiet", "t", "t.kept_at")}
  FROM thread t WHERE c.workspace_id = %(workspace)s AND c.id = t.conversation_id
    AND (c.status <> 'closed' OR t.kept_at IS NOT NULL)
  RETURNING coalesce(c.merged_into_id, c.id) AS id, c.merged_into_id IS NOT NULL AS follows, c.id AS named,
    c.reopened_at = now() AS reopened),
placed AS MATERIALIZED (
  SELECT k.*, t.id AS target_id, t.follows FROM known k JOIN target t ON t.named = k.conversation_id),"""

# a thread says that it is open again, and what it was: `was` is the row before this statement. One that waited for its
# customer (pending) is only answered: a line after every turn of a chat would say nothing.
# what was found by a merged conversation stands at its survivor, which must show and wake; none where none is merged
_COMMON_END = f"""
survivor AS (
  UPDATE conversations_conversation c SET {_revive("NOT f.quiet", "f", "f.kept_at")}
  FROM (SELECT DISTINCT ON (target_id) target_id, quiet, preview, channel, kept_at FROM placed WHERE follows
    ORDER BY target_id, n DESC) f
  WHERE c.workspace_id = %(workspace)s AND c.id = f.target_id
  RETURNING c.id, c.reopened_at = now() AS reopened),
line AS (
  INSERT INTO conversations_message (workspace_id, conversation_id, direction, channel, source, author, text, html,
    quoted, language, original, original_language, engine, marks, meta, event, delivery, failure, attempts)
  SELECT %(workspace)s, was.id, 'event', '', '', '', '', '', '', '', '', '', '', '[]'::jsonb, '{{}}'::jsonb,
    jsonb_build_object('kind', 'reopened', 'from', was.status), '', '', 0 FROM
    (SELECT id FROM target WHERE reopened UNION SELECT id FROM survivor WHERE reopened) woken
    JOIN conversations_conversation was ON was.workspace_id = %(workspace)s AND was.id = woken.id
  WHERE was.status <> 'pending'),
message AS (
  INSERT INTO conversations_message (workspace_id, conversation_id, direction, channel, source, external_id,
    envelope_id, author, text, html, quoted, language, original, original_language, engine, marks, meta, delivery,
    failure, attempts, sent_at, created_at)
  SELECT %(workspace)s, target_id, 'in', channel, source, external_id, kept_envelope, author, text, html, quoted,
    language, '', '', '', marks, meta, '', '', 0, sent_at,
    coalesce(kept_at, now())
  FROM placed ORDER BY n
  ON CONFLICT (workspace_id, source, external_id) WHERE external_id IS NOT NULL DO NOTHING
  RETURNING id, conversation_id, source, external_id),
told AS (
  INSERT INTO events_event (workspace_id, name, topic, facts, told_at)
  SELECT %(workspace)s, 'MessageReceived', 'conversation:' || conversation_id,
    jsonb_build_object('conversation_id', conversation_id, 'message_id', id), CASE WHEN %(told)s THEN now() END
  FROM message ORDER BY id),
opened AS (
  UPDATE conversations_envelope SET state = 'done', error = '' WHERE workspace_id = %(workspace)s
    AND id = ANY(ARRAY(SELECT envelope_id FROM placed WHERE opens)))
SELECT p.n, m.id, m.conversation_id, p.customer_id
FROM message m JOIN placed p ON p.source = m.source AND p.external_id = m.external_id"""

RECEIVE_BY_KEY = _COMMON_START + _BY_KEY + _COMMON_END
RECEIVE_BY_ID = _COMMON_START + _BY_ID + _COMMON_END
