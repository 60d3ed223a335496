"""Limits in words, and read from their form."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.accounts.authority.actions.limits import KEYS, LimitWritten
from dragoman.core.accounts.authority.errors import WrongLimit
from dragoman.core.accounts.authority_models import ActionKind, ActionReason, AuthorityLimit, Holder
from dragoman.ground.design.functions import format_list, format_money, format_number, market_name
from dragoman.kit.money import BadMoney, to_major, to_minor

BLANKS = 3
SHOWN = 4


def who(limit: AuthorityLimit) -> str:
    """Return whom a limit is for."""
    return limit.agent.name if limit.agent is not None else str(Holder(limit.role).label)


def scope(limit: AuthorityLimit) -> str:
    """Return what a limit is about, each part a word of its own."""
    parts = [
        str(ActionKind(limit.kind).label) if limit.kind else _("Every action"),
        market_name(limit.market) if limit.market else "",
        str(ActionReason(limit.reason).label) if limit.reason else "",
    ]
    return " · ".join(part for part in parts if part)


def says(limit: AuthorityLimit) -> list[str]:
    """Return what a limit lets pass, each a sentence."""
    if limit.decision != AuthorityLimit.Decision.ALLOW:
        return [str(AuthorityLimit.Decision(limit.decision).label)]
    words = []
    ones = [(code, sums["one"]) for code, sums in limit.sums.items() if "one" in sums]
    first = sorted(ones, key=lambda one: (one[0] not in {"EUR", "USD", "GBP", "JPY"}, one[0]))[:SHOWN]
    if ones:
        # each apart from the others' direction: signs and figures of two sums change places in Arabic
        listed = format_list(
            [f"\u2068{format_money(amount, code, whole=True)}\u2069" for code, amount in first]
        )
        more = len(ones) - len(first)
        if more:
            said = ngettext(
                "Up to %(sums)s each, and in %(more)s more currency.",
                "Up to %(sums)s each, and in %(more)s more currencies.",
                more,
            )
            words.append(said % {"sums": listed, "more": format_number(more)})
        else:
            words.append(_("Up to %(sums)s each.") % {"sums": listed})
    elif limit.other_currencies:
        words.append(_("Any amount."))
    elif not limit.sums:
        words.append(_("No money."))
    if months := _listed(limit, "month"):
        words.append(_("Up to %(sums)s a month.") % {"sums": months})
    if customers := _listed(limit, "customer"):
        words.append(_("Up to %(sums)s for one customer a month.") % {"sums": customers})
    if limit.per_day is not None:
        said = ngettext("%(number)s a day.", "%(number)s a day.", limit.per_day)
        words.append(said % {"number": format_number(limit.per_day)})
    return words


def _listed(limit: AuthorityLimit, key: str) -> str:
    """Return the sums of one kind in all currencies."""
    sums = [(code, said[key]) for code, said in limit.sums.items() if key in said]
    return format_list([f"\u2068{format_money(amount, code, whole=True)}\u2069" for code, amount in sums])


def money_rows(limit: AuthorityLimit) -> list[tuple[str, dict[str, str]]]:
    """Return the sums of a limit as its form has them, and empty rows."""
    rows = [
        (code, {key: format(to_major(sums[key], code), "f") if key in sums else "" for key in KEYS})
        for code, sums in limit.sums.items()
    ]
    return [*rows, *[("", dict.fromkeys(KEYS, ""))] * BLANKS]


def sent_rows(form: QueryDict) -> list[tuple[str, dict[str, str]]]:
    """Return the sums as a form that was sent has them."""
    columns = [form.getlist("currency"), *(form.getlist(key) for key in KEYS)]
    return [(code, dict(zip(KEYS, sums, strict=True))) for code, *sums in zip(*columns, strict=False)][:100]


def written(form: QueryDict) -> LimitWritten:
    """Return a limit as a form says it; raises WrongLimit, BadMoney."""
    holder = form.get("who", "")
    is_agent = holder.isascii() and holder.isdigit() and len(holder) < 19
    sums = {}
    for said, amounts in sent_rows(form):
        code = said.strip().upper()
        if code:
            sums[code] = {key: _minor(value, code) for key, value in amounts.items() if value.strip()}
        elif any(value.strip() for value in amounts.values()):
            raise WrongLimit(_("Name the currency of each sum, such as EUR."), place="sums")
    return LimitWritten(
        role="" if is_agent else holder,
        agent_id=int(holder) if is_agent else None,
        kind=form.get("kind", ""),
        market=form.get("market", ""),
        reason=form.get("reason", ""),
        decision=form.get("decision", ""),
        sums=sums,
        other_currencies=form.get("other_currencies") == "1",
        per_day=_whole(form.get("per_day", "")),
    )


def _minor(said: str, code: str) -> int:
    plain = said.strip().replace(" ", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return to_minor(plain, code)
    except BadMoney as fault:
        raise WrongLimit(str(fault), place="sums") from None


def _whole(said: str) -> int | None:
    plain = said.strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit() and len(plain) < 7):
        raise WrongLimit(_("Say in whole numbers how many a day, or leave it empty."), place="per_day")
    return int(plain)
