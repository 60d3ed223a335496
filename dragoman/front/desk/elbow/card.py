"""The playbook card: what the law, the brand and the manners of a market say, first what the conversation is about."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from pydantic import BaseModel

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.models import Conversation
from dragoman.core.playbooks.queries import Told
from dragoman.ground.design.functions import format_list, format_percent
from dragoman.ground.markets.facts import PaymentMethod, Payments, Privacy, Withdrawal
from dragoman.ground.markets.playbook import Fact
from dragoman.ground.markets.public_holidays import is_public_holiday

from .. import market_words as say
from ..market_lines import lines
from ..market_words import Line
from .law_lines import Cited, Phrase, cited, phrase_for
from .market import Market

MANNERS: Final = "manners"
LEADING: Final[Mapping[str, tuple[str, ...]]] = {
    "return_request": ("withdrawal", "return_cost", "refund_deadline"),
    "exchange": ("withdrawal", "guarantee", "return_cost"),
    "cancel_order": ("withdrawal", "refund_deadline"),
    "refund_status": ("refund_deadline", "payments"),
    "payment_problem": ("payments",),
    "customs_charges": ("import_relief", "sales_tax"),
    "warranty_claim": ("guarantee",),
    "damaged_item": ("guarantee", "refund_deadline"),
    "wrong_item": ("guarantee",),
    "missing_item": ("guarantee",),
    "data_request": ("privacy",),
    "complaint": ("complaint_bodies", MANNERS),
}
USUAL: Final = ("withdrawal", "refund_deadline", MANNERS, "payments", "import_relief")
# a parcel on its way or a thing at fault: nobody asked to give anything back
NOT_RETURNING: Final = frozenset(
    {
        "order_status", "delivery_delay", "change_address", "missing_item", "wrong_item", "damaged_item",
        "warranty_claim",
    }
)  # fmt: skip
AFTER_BUYING: Final = (MANNERS, "import_relief", "refund_deadline", "withdrawal", "payments")
FOLDED: Final = (
    "sales_tax",
    "return_cost",
    "guarantee",
    "privacy",
    "complaint_bodies",
    "taboos",
    "shopping",
    "service_hours",
)
SHOWN: Final = 4
_MANNERS: Final = ("register", "directness", "apology", "humour")
_ICONS: Final[Mapping[str, str]] = {
    "withdrawal": "undo",
    "refund_deadline": "refund",
    "return_cost": "truck",
    "guarantee": "shield",
    "import_relief": "globe",
    "sales_tax": "globe",
    "privacy": "lock",
    "complaint_bodies": "flag",
    "payments": "card",
    "taboos": "x",
    "shopping": "cart",
    "service_hours": "clock",
    MANNERS: "chat",
}
_MOST_SHARES: Final = 4
_GAP: Final = 0.6


@dataclass(frozen=True)
class Share:
    """A way to pay and its percent of online purchases, drawn from `start` on in a `colour` of the design."""

    name: str
    percent: float
    start: float
    said: str
    colour: str

    @property
    def width(self) -> float:
        """Return how much of the bar it fills: a small gap parts it from the next."""
        return round(max(self.percent - _GAP, 0.2), 1)


@dataclass(frozen=True)
class Row:
    """One fact as the card says it; without `lines` it is unknown.

    `law` is what the law asks for where the brand gives something else. `shares` draws how people pay.
    """

    kind: str
    icon: str
    name: str
    lines: tuple[Line, ...] = ()
    law: str = ""
    cited: Cited | None = None
    phrase: Phrase | None = None
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Card:
    """A market's card. `checked` is the oldest day of what is shown; `unknown` names what nobody has read of."""

    country: str
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]
    unknown: str
    checked: datetime.date | None
    presumed: bool = False

    @property
    def url(self) -> str:
        """Return the address of the market's own page."""
        try:
            return reverse("settings_market", args=[self.country.lower()])
        except NoReverseMatch:
            return ""

    @property
    def is_empty(self) -> bool:
        """Say whether there is no playbook for the country."""
        return not self.rows


def card_of(conversation: Conversation, market: Market | None, agent: Agent) -> Card | None:
    """Return the card of a conversation's market; None where the market is not known."""
    if market is None:
        return None
    if not market.known:
        return Card(market.country, (), (), "", None, market.presumed)
    leading = LEADING.get(conversation.intent, ())
    usual = AFTER_BUYING if conversation.intent in NOT_RETURNING else USUAL
    order = [one for one in dict.fromkeys([*leading, *usual, *FOLDED]) if not _only_guessed(one, market)]
    make = partial(_row, market=market, conversation=conversation, agent=agent)
    made = [(kind, make(kind)) for kind in order]
    # an unknown right is told where it is asked for, and among the rest by name
    told = [row for kind, row in made if row.lines or row.shares or kind in (*leading, "withdrawal")]
    hidden = [row.name for _kind, row in made if row not in told]
    shown = max(SHOWN, len(leading) + 1)
    checked = [fact.checked for row in told[:shown] if (fact := market.holds(row.kind))]
    return Card(
        market.country,
        tuple(told[:shown]),
        tuple(told[shown:]),
        format_list(hidden),
        min(checked, default=None),
        market.presumed,
    )


def _only_guessed(kind: str, market: Market) -> bool:
    """Say whether it would be a no on the strength of a guess: nobody told the country, and there is no such right."""
    fact = market.holds(kind) if market.presumed else None
    return (
        fact is not None and isinstance(fact.value, Withdrawal) and fact.value.right in ("none", "regional")
    )


def _row(kind: str, *, market: Market, conversation: Conversation, agent: Agent) -> Row:
    name = _("Manners") if kind == MANNERS else say.kind_name(kind)
    row = partial(Row, kind, _ICONS[kind], name)
    if kind == MANNERS:
        facts = [fact for one in _MANNERS if (fact := market.holds(one))]
        mark = next((mark for fact in facts if (mark := cited(fact, market).mark)), "")
        return row(lines=tuple(_manners(facts)), cited=Cited("", mark=mark))
    told = market.told(kind)
    fact = told.holds if told else None
    if told is None or fact is None:
        return row()
    return row(
        lines=_lines(fact, conversation, market),
        law=_law_beside(told),
        cited=cited(told.fact or fact, market),
        phrase=phrase_for(told, conversation, agent) if agent.can_reply and not market.presumed else None,
        shares=_shares(fact.value),
    )


def _manners(facts: Sequence[Fact]) -> Iterator[Line]:
    """Say in one line how customers are written to, in another what is to be done."""
    how = [line for fact in facts if fact.kind == "register" for line in lines(fact.value)]
    what = [_to_do(fact) for fact in facts if fact.kind != "register"]
    if how:
        yield Line(" · ".join(line.text for line in how), quoted=True)
    if what:
        yield Line(" · ".join(what))


def _to_do(fact: Fact) -> str:
    said = lines(fact.value)[0].text
    return f"{say.kind_name(fact.kind)}: {said}" if fact.kind == "humour" else said


def _law_beside(told: Told) -> str:
    """Return what the law asks for, where the brand's policy is another."""
    if told.policy is None or told.fact is None or told.policy.plain == told.fact.plain:
        return ""
    return lines(told.fact.value)[0].text


def _lines(fact: Fact, conversation: Conversation, market: Market) -> tuple[Line, ...]:
    special = _SPECIAL.get(type(fact.value))
    if special is not None:
        return tuple(special(fact.value, conversation, market))
    return tuple(line for line in lines(fact.value) if line.text)


def _payments(value: BaseModel, conversation: Conversation, _market: Market) -> Iterator[Line]:
    if not isinstance(value, Payments):
        return
    if conversation.intent == "refund_status":
        # how the money comes back is what is asked
        back = [
            one.model_copy(update={"share": None}) for one in value.root if one.refund_days or one.refund_to
        ]
        yield from lines(Payments(root=tuple(back))) if back else ()
    elif not _shares(value):
        yield Line(format_list(say.payment(one.method) for one in value.root))


def _privacy(value: BaseModel, conversation: Conversation, market: Market) -> Iterator[Line]:
    if not isinstance(value, Privacy):
        return
    due = (
        due_day(value, conversation.created_at.date(), market)
        if conversation.intent == "data_request"
        else None
    )
    if due is not None:
        yield Line(say.day(due), label=_("Due"))
    yield from lines(value)


_SPECIAL: Final[Mapping[type[BaseModel], Callable[[BaseModel, Conversation, Market], Iterator[Line]]]] = {
    Payments: _payments,
    Privacy: _privacy,
}


def due_day(value: Privacy, asked: datetime.date, market: Market) -> datetime.date | None:
    """Return the last day to answer a request about personal data; None where the law names no time."""
    if value.access_months:
        month = asked.month - 1 + value.access_months
        year, month = asked.year + month // 12, month % 12 + 1
        last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
        return datetime.date(year, month, min(asked.day, last))
    if value.access_days is None:
        return None
    if value.day_type == "calendar":
        return asked + datetime.timedelta(days=value.access_days)
    day, left = asked, value.access_days
    while left:
        day += datetime.timedelta(days=1)
        left -= day.weekday() < 5 and not is_public_holiday(market.country, day, region=market.region)
    return day


def _shares(value: BaseModel) -> tuple[Share, ...]:
    """Return how people pay there where that was counted: the largest, then all others."""
    if not isinstance(value, Payments):
        return ()
    counted = sorted((one for one in value.root if one.share), key=_share, reverse=True)
    if len(counted) < 2:
        return ()
    most = counted[: _MOST_SHARES if len(counted) == _MOST_SHARES else _MOST_SHARES - 1]
    named = [(say.payment(one.method), _share(one), f"c{place}") for place, one in enumerate(most, 1)]
    rest = 100 - sum(percent for _name, percent, _colour in named)
    if rest >= 1:
        named.append((_("Other"), rest, "c6"))
    starts = accumulate((percent for _name, percent, _colour in named), initial=0)
    return tuple(
        Share(name, percent, round(start, 1), format_percent(percent / 100), colour)
        for (name, percent, colour), start in zip(named, starts, strict=False)
    )


def _share(one: PaymentMethod) -> float:
    return one.share or 0
