"""A country's law and a brand's own policies in plain sentences; no number stands here, all come from the facts."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from dragoman.core.accounts.models import Brand
from dragoman.core.playbooks.queries import Told
from dragoman.ground.design.functions import format_list, format_number
from dragoman.ground.markets.facts import Guarantee, Withdrawal
from dragoman.ground.markets.official import best_address, is_official
from dragoman.service.returns.below_the_law import less_than, pays_later
from dragoman.service.returns.models import ReturnPolicy
from dragoman.service.returns.queries import law_of, law_told, policies_of
from dragoman.service.returns.quoting import Law

from .shown import sent_within
from .words import METHODS, PAYERS

NATURES: Final[Mapping[str, Any]] = {
    "custom_made": later("goods made for you"),
    "hygiene": later("hygiene goods whose seal is broken"),
    "digital": later("downloads that have begun with your consent"),
    "perishable": later("goods that go off quickly"),
    "sealed_media": later("recordings and software whose seal is broken"),
    "final_sale": later("goods of a final sale"),
}
# what a policy says beyond the law is about the goods, whether or not a seal is broken
_OUTRIGHT: Final[Mapping[str, Any]] = {
    **NATURES,
    "hygiene": later("hygiene goods"),
    "digital": later("downloads"),
}


@dataclass(frozen=True)
class Part:
    """A part of the policy: sentences, and where they stand (a law's article with its address, or nothing)."""

    title: str
    sentences: Sequence[str]
    source: str = ""
    url: str = ""
    verified: bool = True

    @property
    def is_official(self) -> bool:
        """Say whether its address is one of a state, a court or a journal."""
        return is_official(self.url)


@dataclass(frozen=True)
class Policy:
    """What holds in a country at a brand, as of a day."""

    country: str
    day: datetime.date
    known: bool
    parts: Sequence[Part] = field(default=())


def policy_of(brand: Brand, country: str, *, on: datetime.date) -> Policy:
    """Return law and policies in sentences; where nobody read the law, the policies alone."""
    known = law_told(brand.workspace_id, brand.pk, country, on=on)
    law, rules = law_of(country, known), _rules(brand, country)
    parts = [
        Part(_("By law"), _law(law, has_rules=bool(rules)), law.article, law.url, law.verified)
        if law.known
        else None,
        Part(_("By our own policy"), [one for rule in rules for one in _rule(rule, known)])
        if rules
        else None,
        Part(_("Your money"), _money(law)) if law.refund else None,
        _faults(known),
    ]
    return Policy(country, on, law.known, [one for one in parts if one and one.sentences])


def _rules(brand: Brand, country: str) -> list[ReturnPolicy]:
    """Return the policies that hold for everybody there; those for groups of customers are told to them alone."""
    rows = policies_of(brand.workspace_id, brand_id=brand.pk)
    return [one for one in rows if one.country in ("", country) and one.segment_id is None]


def _law(law: Law, *, has_rules: bool) -> list[str]:
    right = law.withdrawal
    if right is None or right.days is None or right.right in ("none", "regional"):
        said = [
            _("What the law gives differs between the regions of the country.")
            if right and right.right == "regional"
            else _("The law gives no right to send goods back only because you changed your mind.")
        ]
        return said
    said = [_days(right), _beginning(right)]
    if right.right == "unless_policy_shown" and has_rules:
        said.append(_("Here our own policy counts instead, which the law allows."))
    if right.excludes:
        named = format_list(NATURES[one] for one in right.excludes if one in NATURES)
        said.append(_("The right is not there for: %(goods)s.") % {"goods": named})
    if law.cost:
        payer = "seller" if law.cost.payer == "trader" else "customer"
        said.append(str(PAYERS[payer]))
    return said


def _days(right: Withdrawal) -> str:
    days = right.days or 0
    if right.day_type == "business":
        text = ngettext(
            "You may withdraw from the purchase within %(days)s working day, without giving a reason.",
            "You may withdraw from the purchase within %(days)s working days, without giving a reason.",
            days,
        )
    else:
        text = ngettext(
            "You may withdraw from the purchase within %(days)s day, without giving a reason.",
            "You may withdraw from the purchase within %(days)s days, without giving a reason.",
            days,
        )
    return text % {"days": format_number(days)}


def _beginning(right: Withdrawal) -> str:
    if right.starts == "order":
        return _("The time begins when you ordered.")
    if right.counts_first_day:
        return _("The day on which you get the goods is the first day.")
    if right.starts == "delivery_or_order":
        return _("The time begins on the day after you got the goods or ordered, whichever is later.")
    return _("The time begins on the day after you got the last of the goods.")


def _rule(rule: ReturnPolicy, known: Mapping[str, Told]) -> list[str]:
    """Say a rule; of days or costs below the law nothing, for the law's hold and stand above."""
    less = {one.kind for one in less_than(known, rule, from_delivery=True)}
    facts = {"days": format_number(rule.days), "category": rule.category}
    texts = {
        "order": ngettext(
            "You can send goods back until %(days)s day after the order.",
            "You can send goods back until %(days)s days after the order.",
            rule.days,
        ),
        "dispatch": ngettext(
            "You can send goods back until %(days)s day after we sent them.",
            "You can send goods back until %(days)s days after we sent them.",
            rule.days,
        ),
        "delivery": ngettext(
            "You can send goods back until %(days)s day after you got them.",
            "You can send goods back until %(days)s days after you got them.",
            rule.days,
        ),
    }
    said = [] if "withdrawal" in less else [texts.get(rule.starts, texts["delivery"]) % facts]
    if rule.category:
        said.append(_("It is for these goods: %(category)s.") % facts)
    if "return_cost" not in less:
        said.append(str(PAYERS[rule.payer]))
    ways = [METHODS[one][0] for one in rule.methods if one in METHODS]
    if ways:
        said.append(_("Ways to send them back: %(ways)s.") % {"ways": format_list(ways)})
    left_out = [_OUTRIGHT[one] for one in rule.excludes if one in _OUTRIGHT]
    if left_out:
        said.append(_("It is not for: %(goods)s.") % {"goods": format_list(left_out)})
    if rule.refund_days is not None and not pays_later(known, rule):
        said.append(sent_within(rule.refund_days, starts="goods_back", day_type="calendar"))
    return said


def _money(law: Law) -> list[str]:
    refund = law.refund
    if refund is None:
        return []
    said = [sent_within(refund.days, starts=refund.starts, day_type=refund.day_type)]
    if refund.may_wait_for_goods:
        said.append(_("We may wait with it until the goods are here, or until you show that you sent them."))
    return said


def _faults(known: Mapping[str, Told]) -> Part | None:
    """Return what holds for faulty goods, where a law with a fixed time was read."""
    fact = known["guarantee"].fact if "guarantee" in known else None
    value = fact.value if fact else None
    if fact is None or not isinstance(value, Guarantee) or not value.months:
        return None
    text = (
        ngettext(
            "By law we answer for faults for at least %(months)s month after you got the goods.",
            "By law we answer for faults for at least %(months)s months after you got the goods.",
            value.months,
        )
        if value.form == "at_least"
        else ngettext(
            "By law we answer for faults for %(months)s month after you got the goods.",
            "By law we answer for faults for %(months)s months after you got the goods.",
            value.months,
        )
    )
    said = [
        text % {"months": format_number(value.months)},
        _("Sending back something faulty costs you nothing."),
    ]
    return Part(
        _("When something is faulty"), said, fact.law or "", best_address(fact.sources), fact.verified
    )
