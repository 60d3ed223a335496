"""Whether a brand's policy gives a customer less than the law of the country: one rule a kind of fact; pure."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel

from dragoman.ground.markets.dated import DATED
from dragoman.ground.markets.facts import (
    LEGAL,
    Guarantee,
    Privacy,
    QuietHours,
    RefundDeadline,
    ReturnCost,
    Withdrawal,
)
from dragoman.ground.markets.playbook import Fact

# set by law alone: a shop cannot choose them
ONLY_LAW = frozenset(["import_relief", "sales_tax"])
_EITHER = frozenset(["access_days", "access_months"])
_PAYS = {"consumer": 0, "consumer_if_told": 1, "trader": 2}


def least(kind: str, *, law: BaseModel, policy: BaseModel) -> str:
    """Return the least the law gives, as a sentence, where the policy gives less; empty where it does not."""
    rule = _RULES.get(kind)
    return rule(law, policy) if rule else ""


def lowered(kind: str, *, law: BaseModel, correction: BaseModel) -> str:
    """Return the same of a correction, which says what the law is: another right than was read is less, or held to it.

    A policy may stand in for the right it is shown in the place of; a correction takes that right away.
    """
    if isinstance(law, Withdrawal) and isinstance(correction, Withdrawal) and correction.right != law.right:
        if law.right != "none" and correction.right != "statutory":
            return _to_send_back(law)
        if law.right == "unless_policy_shown":
            law = law.model_copy(update={"right": "statutory"})
    return least(kind, law=law, policy=correction)


def over(value: Any, law: Fact | None) -> Any:
    """Return what a brand gives of a law with what it left out taken from the law, so that nothing is lost unsaid.

    Another right than the law's stands for itself, and so does one of two ways to say how long.
    """
    if law is None or law.kind not in LEGAL or law.kind in DATED or not isinstance(value, dict):
        return value
    plain = law.plain
    if not isinstance(plain, dict) or value.get("right", plain.get("right")) != plain.get("right"):
        return value
    kept = {name: one for name, one in plain.items() if not (name in _EITHER and _EITHER & set(value))}
    return {**kept, **value}


def _calendar_days(days: int, day_type: str, *, most: bool) -> int:
    """Return business days as calendar days: at most (weekends and holidays between), or at least."""
    if day_type == "calendar":
        return days
    return days * 2 if most else days


def _days(days: int, day_type: str) -> str:
    if day_type == "business":
        return ngettext("%(days)d business day", "%(days)d business days", days) % {"days": days}
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _withdrawal(law: Withdrawal, policy: Withdrawal) -> str:
    if law.right not in ("statutory", "unless_policy_shown") or law.days is None:
        return ""
    if law.right == "unless_policy_shown" and policy.right != "unless_policy_shown":
        # the shop's own policy, shown, is what counts there
        return ""
    same = law.day_type == policy.day_type
    enough = (policy.days or 0) >= (law.days if same else _calendar_days(law.days, law.day_type, most=True))
    later = law.starts is None or policy.starts in (law.starts, "delivery", None)
    if policy.right in ("statutory", law.right) and enough and later:
        return _longer_uninformed(law, policy)
    return _to_send_back(law)


def _to_send_back(law: Withdrawal) -> str:
    if law.days is None:
        return _("a right to send goods back")
    said = _days(law.days, law.day_type)
    return _("at least %(days)s to send goods back, from delivery") % {"days": said} if law.starts == "delivery" else (
        _("at least %(days)s to send goods back") % {"days": said}
    )  # fmt: skip


def _longer_uninformed(law: Withdrawal, policy: Withdrawal) -> str:
    more = law.months_more_if_not_informed or 0
    if (policy.months_more_if_not_informed or 0) >= more:
        return ""
    return ngettext(
        "%(months)d month more to send goods back where the customer was not told of it",
        "%(months)d months more to send goods back where the customer was not told of it",
        more,
    ) % {"months": more}


def _refund(law: RefundDeadline, policy: RefundDeadline) -> str:
    soon = policy.days <= law.days if law.day_type == policy.day_type else (
        _calendar_days(policy.days, policy.day_type, most=True) <= _calendar_days(law.days, law.day_type, most=False)
    )  # fmt: skip
    must_not = law.starts == "notice" and not law.may_wait_for_goods
    waits = must_not and policy.starts == "goods_back"
    if soon and not waits:
        may_wait = must_not and policy.may_wait_for_goods
        return _("the refund does not wait until the goods are back") if may_wait else ""
    if law.days == 0:
        return _("the refund is due at once")
    return _("the refund is due within %(days)s") % {"days": _days(law.days, law.day_type)}


def _return_cost(law: ReturnCost, policy: ReturnCost) -> str:
    if _PAYS[policy.payer] >= _PAYS[law.payer] or law.payer == "consumer":
        return ""
    if law.payer == "trader":
        return _("the shop pays for sending goods back")
    return _("the customer pays for sending goods back only if told so before buying")


def _guarantee(law: Guarantee, policy: Guarantee) -> str:
    if law.months is None or (policy.months or 0) >= law.months:
        return _burden(law, policy)
    return ngettext(
        "the seller answers for faults for %(months)d month",
        "the seller answers for faults for %(months)d months",
        law.months,
    ) % {"months": law.months}


def _burden(law: Guarantee, policy: Guarantee) -> str:
    months = law.burden_months or 0
    if (policy.burden_months or 0) >= months:
        return ""
    return ngettext(
        "a fault of the first %(months)d month counts as having been there from the start",
        "a fault of the first %(months)d months counts as having been there from the start",
        months,
    ) % {"months": months}


def _privacy(law: Privacy, policy: Privacy) -> str:
    return _answered(law, policy) or _extended(law, policy) or _reported(law, policy)


def _extended(law: Privacy, policy: Privacy) -> str:
    """Say by how much an answer may be put off; what is not known of the law is held against nobody."""
    if law.extension_days is None or (policy.extension_days or 0) <= law.extension_days:
        return ""
    return _("an answer to a request about personal data is put off by no more than %(days)s") % {
        "days": _days(law.extension_days, "calendar")
    }


def _reported(law: Privacy, policy: Privacy) -> str:
    hours = law.breach_hours
    if hours is None or (policy.breach_hours is not None and policy.breach_hours <= hours):
        return ""
    return ngettext(
        "a breach of personal data is reported within %(hours)d hour",
        "a breach of personal data is reported within %(hours)d hours",
        hours,
    ) % {"hours": hours}


def _answered(law: Privacy, policy: Privacy) -> str:
    due = law.access_days or (28 * law.access_months if law.access_months else None)
    if due is None:
        return ""
    ours = (
        policy.access_days
        if policy.access_days
        else (31 * policy.access_months if policy.access_months else None)
    )
    same = (policy.access_months, policy.access_days) == (law.access_months, law.access_days)
    business = policy.day_type == "business" and law.day_type == "calendar"
    if same and not business:
        return ""
    if ours is not None and (ours * 2 if business else ours) <= due:
        return ""
    if law.access_months:
        return ngettext(
            "a request about personal data is answered within %(months)d month",
            "a request about personal data is answered within %(months)d months",
            law.access_months,
        ) % {"months": law.access_months}  # fmt: skip
    return _("a request about personal data is answered within %(days)s") % {
        "days": _days(cast(int, law.access_days), law.day_type)
    }


def _quiet(law: QuietHours, policy: QuietHours) -> str:
    covered = (
        _covers(policy, law)
        and set(law.days_off) <= set(policy.days_off)
        and (policy.holidays_off or not law.holidays_off)
    )
    if covered:
        return ""
    return _("nobody is written to unasked between %(start)s and %(end)s") % {
        "start": law.start.strftime("%H:%M"),
        "end": law.end.strftime("%H:%M"),
    }


def _covers(policy: QuietHours, law: QuietHours) -> bool:
    def minutes(hours: QuietHours) -> set[int]:
        start, end = hours.start.hour * 60 + hours.start.minute, hours.end.hour * 60 + hours.end.minute
        last = end if end > start else end + 1440
        return {minute % 1440 for minute in range(start, last)}

    return minutes(law) <= minutes(policy)


_RULES: dict[str, Callable[[Any, Any], str]] = {
    "withdrawal": _withdrawal,
    "refund_deadline": _refund,
    "return_cost": _return_cost,
    "guarantee": _guarantee,
    "privacy": _privacy,
    "quiet_hours": _quiet,
}
