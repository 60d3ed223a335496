"""What may be sent back at a moment: law first, then the brand's own word; pure, from facts to an answer.

A line goes back by law where the law of the customer's country gives a right and does not except it; else by policy
where a rule of the brand covers it. Nobody needs a policy for what the law gives, and none takes it away, but for
countries whose law says so (Japan: what the shop showed counts).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dragoman.ground.markets.facts import RefundDeadline, ReturnCost, Withdrawal
from dragoman.ground.markets.official import is_official

from .windows import Rest, Window, by_law, by_policy

LAW, POLICY = "law", "policy"
SELLER, CUSTOMER = "seller", "customer"
OWN_CARRIER, KEEP_ITEM = "own_carrier", "keep_item"
# what goods may be that neither law nor policy takes back in every case
PERISHABLE: Final = frozenset(
    ["perishable", "perishables", "fresh", "fresh_food", "food", "groceries", "flowers", "plants"]
)
# excepted by law only once the customer broke the seal or had the download begin
_ONCE_OPENED: Final = frozenset(["hygiene", "digital", "sealed_media"])


@dataclass(frozen=True, kw_only=True)
class Goods:
    """A line of an order as it is asked for: `asked` of it, of which `left` can still go back.

    `opened`: the customer says that the seal is broken, or that a download began with consent.
    """

    line_id: int
    sku: str
    title: str
    asked: int
    left: int
    value: int = 0
    category: str = ""
    custom_made: bool = False
    hygiene: bool = False
    digital: bool = False
    final_sale: bool = False
    opened: bool = False

    @property
    def natures(self) -> tuple[str, ...]:
        """Return what it is of the kinds that laws and policies except."""
        told = {
            "custom_made": self.custom_made,
            "perishable": self.category.strip().lower().replace(" ", "_") in PERISHABLE,
            "digital": self.digital,
            "hygiene": self.hygiene,
            "final_sale": self.final_sale,
        }
        return tuple(name for name, is_so in told.items() if is_so)


@dataclass(frozen=True, kw_only=True)
class Happened:
    """When things happened to the order, as days in the buyer's country; None: not yet, at the moment asked for."""

    placed: date
    dispatched: date | None
    delivered: date | None
    informed: bool = True


@dataclass(frozen=True, kw_only=True)
class Law:
    """What the law of a country says; `withdrawal` is None where nobody read it (`known` is false then)."""

    country: str
    withdrawal: Withdrawal | None = None
    refund: RefundDeadline | None = None
    cost: ReturnCost | None = None
    article: str = ""
    url: str = ""
    verified: bool = False

    @property
    def known(self) -> bool:
        """Say whether it was read or named at all."""
        return self.withdrawal is not None

    @property
    def source(self) -> str:
        """Return where it was read: `official` (a state, a court, a journal), `second_hand`, or `none`."""
        if not self.verified or not self.url:
            return "none"
        return "official" if is_official(self.url) else "second_hand"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A brand's own word: which goods may go back how long after what, who pays, how.

    `excludes` are natures of goods it is not for; `keep_below`: what costs less (minor units of `currency`) need not
    come back at all. `narrow` orders rules: the most exact one that fits counts, alone.
    """

    name: str
    days: int
    starts: str = "delivery"
    category: str = ""
    payer: str = CUSTOMER
    methods: tuple[str, ...] = (OWN_CARRIER,)
    excludes: frozenset[str] = frozenset()
    keep_below: int = 0
    refund_days: int | None = None
    narrow: int = 0

    def covers(self, goods: Goods) -> bool:
        """Say whether it is about a line at all; what it excludes it is about, too."""
        return not self.category or self.category.lower() == goods.category.strip().lower()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What holds for a line. `basis` is None where neither law nor policy says anything of it. `reason` is a
    code (`words.REASONS`), `conditions` are codes of what must stay so.

    `law`, `policy` are both windows, whichever counts; `until`: the last day by either, None without an end.
    """

    goods: Goods
    allowed: bool
    basis: str | None
    window: Window | None
    reason: str
    source: str
    source_url: str = ""
    conditions: tuple[str, ...] = ()
    law: Window | None = None
    policy: Window | None = None
    rule: Rule | None = None

    @property
    def until(self) -> date | None:
        """Return the last day on which it may go back by law or by policy; None: without an end, or not at all."""
        found = [one for one in (self.law, self.policy) if one is not None]
        if not self.allowed or any(one.ends_on is None for one in found):
            return None
        return max((one.ends_on for one in found if one.ends_on), default=None)

    @property
    def until_by(self) -> str | None:
        """Return whose day `until` is, `law` or `policy`: the law's where both end together."""
        if not self.allowed or self.law is None or self.policy is None:
            return self.basis
        ends = [one.ends_on or date.max for one in (self.law, self.policy)]
        return LAW if ends[0] >= ends[1] else POLICY


@dataclass(frozen=True, kw_only=True)
class Quote:
    """The whole answer. `refund_days` of `refund_day_type` begin with `refund_starts` (`notice`, `goods_back`)."""

    country: str
    day: date
    law: Law
    answers: Sequence[Answer]
    payer: str | None
    methods: tuple[str, ...]
    refund_days: int | None
    refund_day_type: str = "calendar"
    refund_starts: str = ""
    refund_waits: bool | None = None
    remarks: tuple[str, ...] = field(default=())

    @property
    def allowed(self) -> bool:
        """Say whether any line may go back."""
        return any(one.allowed for one in self.answers)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is judged: the law, the brand's rules, what happened, whose holidays count, the day, who buys."""

    law: Law
    rules: Sequence[Rule]
    happened: Happened
    rest: Rest
    day: date
    business: bool = False


def quote(case: Case, goods: Sequence[Goods]) -> Quote:
    """Return what may go back of an order's lines on a day."""
    answers = [_answer(case, one) for one in goods]
    by = {one.basis for one in answers if one.allowed}
    refund = case.law.refund if LAW in by or not by else None
    rules = [one.rule for one in answers if one.allowed and one.rule]
    waits = refund.may_wait_for_goods if refund else None
    days = refund.days if refund else min((one.refund_days for one in rules if one.refund_days), default=None)
    return Quote(
        country=case.law.country,
        day=case.day,
        law=case.law,
        answers=answers,
        payer=_payer(case, answers),
        methods=_methods(answers),
        refund_days=days,
        refund_day_type=refund.day_type if refund else "calendar",
        refund_starts=refund.starts if refund else ("goods_back" if days is not None else ""),
        refund_waits=waits,
        remarks=() if case.law.known else ("law_not_known",),
    )


def _answer(case: Case, goods: Goods) -> Answer:
    rule = _rule_for(case.rules, goods)
    law = None if _prevails(case, rule) or case.business else _law_window(case, goods)
    policy = by_policy(rule.days, _event(case, goods, rule.starts)) if rule else None
    excepted = _excepted_by_law(case, goods) if law else ""
    excluded = next((one for one in goods.natures if rule and one in rule.excludes), "")

    def told(allowed: bool, basis: str | None, window: Window | None, reason: str) -> Answer:
        return Answer(
            goods=goods,
            allowed=allowed,
            basis=basis,
            window=window,
            reason=reason,
            source=rule.name if basis == POLICY and rule else case.law.article,
            source_url="" if basis == POLICY else case.law.url,
            conditions=_conditions(case, goods) if allowed and basis == LAW else (),
            law=None if excepted else law,
            policy=None if excluded else policy,
            rule=rule,
        )

    if goods.left < max(goods.asked, 1):
        basis, window = (LAW, law) if law else (POLICY if rule else None, policy)
        return told(False, basis, window, "already_returned")
    if law and not excepted and law.is_open(case.day):
        return told(True, LAW, law, _why_open(case, law))
    if policy and not excluded and policy.is_open(case.day):
        return told(True, POLICY, policy, "in_time" if policy.starts_on else "not_begun")
    return told(False, *_refused(case, law=law, policy=policy, excepted=excepted, excluded=excluded))


def _refused(
    case: Case, *, law: Window | None, policy: Window | None, excepted: str, excluded: str
) -> tuple[str | None, Window | None, str]:
    """Return (basis, window, reason) of what may not go back: the one that came nearest to allowing it."""
    mine = None if excluded else policy
    right = None if excepted else law
    over = [(LAW, right), (POLICY, mine)]
    ended = [(basis, one) for basis, one in over if one is not None and one.ends_on is not None]
    if ended:
        basis, latest = max(ended, key=lambda pair: pair[1].ends_on or date.min)
        return basis, latest, "window_over"
    if excepted:
        return LAW, law, excepted
    if excluded:
        return POLICY, policy, excluded
    if case.business:
        return None, None, "business"
    return None, None, "no_right" if case.law.known else "not_known"


def _rule_for(rules: Sequence[Rule], goods: Goods) -> Rule | None:
    return max((one for one in rules if one.covers(goods)), key=lambda one: one.narrow, default=None)


def _prevails(case: Case, rule: Rule | None) -> bool:
    """Say whether the shop's own word stands instead of the law: it was shown, and the law lets it."""
    law = case.law.withdrawal
    return bool(rule and law and law.right == "unless_policy_shown" and case.happened.informed)


def _law_window(case: Case, goods: Goods) -> Window | None:
    """Return the window of the law; None where it gives no right."""
    law = case.law.withdrawal
    if law is None or law.days is None or law.right not in ("statutory", "unless_policy_shown"):
        return None
    event = _event(case, goods, "order" if law.starts == "order" else "delivery")
    return by_law(law, event, case.rest, informed=case.happened.informed)


def _event(case: Case, goods: Goods, starts: str) -> date | None:
    """Return the day from which the days are counted; a download is never delivered: the contract counts."""
    happened = case.happened
    if goods.digital or starts == "order":
        return happened.placed
    if starts == "dispatch":
        return happened.dispatched
    return max(happened.delivered, happened.placed) if happened.delivered else None


def _excepted_by_law(case: Case, goods: Goods) -> str:
    """Return which exception of the law a line falls under, if any."""
    law = case.law.withdrawal
    for nature in goods.natures:
        if law and nature in law.excludes and (nature not in _ONCE_OPENED or goods.opened):
            return nature
    return ""


def _conditions(case: Case, goods: Goods) -> tuple[str, ...]:
    law = case.law.withdrawal
    held = _ONCE_OPENED & set(law.excludes if law else ())
    return tuple(f"{one}_unopened" for one in goods.natures if one in held)


def _why_open(case: Case, window: Window) -> str:
    if not case.happened.informed:
        return "not_informed"
    return "in_time" if window.starts_on else "not_begun"


def _payer(case: Case, answers: Sequence[Answer]) -> str | None:
    """Return who pays for sending back: the law's word, or the brand's where it is kinder; None: nobody knows."""
    allowed = [one for one in answers if one.allowed]
    rules = [one.rule for one in (allowed or answers) if one.rule]
    lawful = any(one.basis == LAW for one in allowed) or (not allowed and any(one.law for one in answers))
    if lawful and case.law.cost:
        payer = case.law.cost.payer
        if payer == "trader" or (payer == "consumer_if_told" and not case.happened.informed):
            return SELLER
        return SELLER if rules and all(one.payer == SELLER for one in rules) else CUSTOMER
    if not rules:
        return None
    return SELLER if all(one.payer == SELLER for one in rules) else CUSTOMER


def _methods(answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return the ways all lines that may go back can take; none of them is refused one by which the law lets it."""
    allowed = [one for one in answers if one.allowed]
    ways: list[str] = []
    for one in allowed:
        own = one.rule.methods if one.rule else (OWN_CARRIER,)
        ways += [way for way in (own or (OWN_CARRIER,)) if way not in ways]
    if allowed and all(one.rule and one.goods.value < one.rule.keep_below for one in allowed):
        ways = [KEEP_ITEM, *[way for way in ways if way != KEEP_ITEM]]
    return tuple(ways)
