"""What is asked once for all mails that came in together: who and what of them the workspace knows.

Each mail would ask these by itself, in five questions; here one statement answers them for a batch. It only spares
questions: what is said to be unknown here needs no asking, and what is known is asked for where its facts are wanted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.core.connections.queries import plain_address
from dragoman.ground.channels.ports import Inbound
from dragoman.ground.database.prepared import prepared
from dragoman.kit import address, workspace
from dragoman.kit.errors import Refusal

from .junk import ruled_by
from .junk_filter import ENOUGH_GOOD, ENOUGH_JUNK

# LATERAL with LIMIT looks each up by its key, whatever the planner knows of the tables
_ASK = """
SELECT 'stored', i, 0::bigint FROM unnest(%(sources)s::text[]) s, unnest(%(ids)s::text[]) i, LATERAL (
  SELECT 1 FROM conversations_message WHERE workspace_id = %(workspace)s AND source = s AND external_id = i LIMIT 1) m
UNION ALL
SELECT 'customer', v, c.customer_id FROM unnest(%(senders)s::text[]) v, LATERAL (
  SELECT customer_id FROM customers_identity WHERE workspace_id = %(workspace)s AND kind = 'email' AND value = v
  LIMIT 20) c
UNION ALL
SELECT 'own', v, 0 FROM unnest(%(plain)s::text[]) v, LATERAL (
  SELECT 1 FROM connections_connection WHERE workspace_id = %(workspace)s AND channel = 'email' AND address = v
  LIMIT 1) c
UNION ALL
SELECT 'ruled', v, 0 FROM unnest(%(ruled)s::text[]) v, LATERAL (
  SELECT 1 FROM conversations_senderrule WHERE workspace_id = %(workspace)s AND value = v LIMIT 1) r
UNION ALL
SELECT 'learned', '', 0 FROM conversations_junkfilter WHERE workspace_id = %(workspace)s AND active
  AND junk >= %(junk)s AND good >= %(good)s
"""


@dataclass(frozen=True)
class Known:
    """The answers for one batch: stored Message-IDs, customers by address, addresses that are ours or have a rule."""

    stored: frozenset[str] = frozenset()
    customers: Mapping[str, list[int]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    ruled: frozenset[str] = frozenset()
    learned: bool = False

    def has_rule(self, sender: str) -> bool:
        """Say whether somebody may have blocked or let pass this sender."""
        return not self.ruled.isdisjoint(ruled_by(sender))


def ask_together(source_ids: Sequence[tuple[str, str]], facts: Sequence[Inbound]) -> Known:
    """Ask about mails, given as (source, Message-ID) and their facts, in the acting workspace."""
    senders = {_normal(fact.sender.value) for fact in facts if fact.sender.kind == "email"} - {""}
    values = {
        "workspace": workspace.get_current_id(),
        "sources": sorted({source for source, _id in source_ids}),
        "ids": sorted({external_id for _source, external_id in source_ids}),
        "senders": sorted(senders),
        "plain": sorted({plain_address(sender) for sender in senders}),
        "ruled": sorted({value for sender in senders for value in ruled_by(sender)}),
        "junk": ENOUGH_JUNK,
        "good": ENOUGH_GOOD,
    }
    found: dict[str, dict[str, list[int]]] = {}
    for kind, value, number in prepared(_ASK, values):
        found.setdefault(kind, {}).setdefault(value, []).append(number)
    return Known(
        frozenset(found.get("stored", ())),
        found.get("customer", {}),
        frozenset(found.get("own", ())),
        frozenset(found.get("ruled", ())),
        "learned" in found,
    )


def _normal(value: str) -> str:
    try:
        return address.normal_email(value)
    except Refusal:
        return ""
