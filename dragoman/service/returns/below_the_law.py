"""Where a brand's return policy gives less than the law of a market, which then holds in its place."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from dragoman.core.playbooks.law import least
from dragoman.core.playbooks.queries import Told, chosen_markets
from dragoman.ground.markets.facts import RefundDeadline, ReturnCost, Withdrawal
from dragoman.ground.markets.playbook import Fact

from .models import Payer, ReturnPolicy, Starts
from .queries import law_told


@dataclass(frozen=True)
class Less:
    """What a law gives more than a policy: of a kind of fact, the least as a sentence, where it stands."""

    kind: str
    least: str
    law: Fact


def less_than(
    known: Mapping[str, Told], policy: ReturnPolicy, *, from_delivery: bool = False
) -> Iterator[Less]:
    """Yield where a policy gives less than a market's law; `from_delivery` takes its days as counted from there."""
    starts = "delivery" if from_delivery or policy.starts == Starts.DELIVERY else "order"
    said = {"right": "statutory", "days": policy.days, "day_type": "calendar", "starts": starts}
    for law in known["withdrawal"].laws if "withdrawal" in known else ():
        if isinstance(law.value, Withdrawal):
            yield from _less("withdrawal", law, law.value.model_copy(update=said))
    for law in known["return_cost"].laws if "return_cost" in known else ():
        if isinstance(law.value, ReturnCost) and policy.payer == Payer.CUSTOMER:
            yield from _less("return_cost", law, ReturnCost(payer="consumer_if_told"))


def pays_later(known: Mapping[str, Told], policy: ReturnPolicy) -> bool:
    """Say whether a law wants the money sooner than a policy sends it."""
    laws = known["refund_deadline"].laws if "refund_deadline" in known else ()
    if policy.refund_days is None:
        return False
    ours = {"days": policy.refund_days, "day_type": "calendar", "starts": "goods_back"}
    return any(
        bool(least("refund_deadline", law=one.value, policy=one.value.model_copy(update=ours)))
        for one in laws
        if isinstance(one.value, RefundDeadline)
    )


def laws_of_markets(workspace_id: int, brand_id: int) -> dict[str, Mapping[str, Told]]:
    """Return what is known today of each market a brand chose, by country."""
    today: datetime.date = timezone.now().date()
    return {
        one: law_told(workspace_id, brand_id, one, on=today) for one in chosen_markets(workspace_id, brand_id)
    }


def markets_above(policy: ReturnPolicy, laws: Mapping[str, Mapping[str, Told]]) -> list[str]:
    """Return the markets whose law gives more than a policy that is for them."""
    mine: Iterable[str] = [policy.country] if policy.country else laws
    return [one for one in mine if one in laws and any(True for _ in less_than(laws[one], policy))]


def _less(kind: str, law: Fact, ours: Withdrawal | ReturnCost) -> Iterator[Less]:
    lacking = least(kind, law=law.value, policy=ours)
    if lacking:
        yield Less(kind, lacking, law)
