"""What the page of translation engines shows of each."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from dragoman.core.connections.spending import MILLION, used_this_month
from dragoman.core.connections.vendor_accounts import accounts_of
from dragoman.core.connections.vendor_models import VendorAccount, VendorUsage
from dragoman.core.language.engines import EngineStatus, Machine, status_of
from dragoman.core.language.line_up import all_engines, policy_of
from dragoman.core.language.vendors import FAMILY, VENDORS
from dragoman.ground.design.functions import format_number, locale_of, ui_language
from dragoman.kit.money import Money, written

_AT_ONCE = 6


@dataclass(frozen=True)
class Spent:
    """What was used of a budget: both sides as words, and the fuller one in hundredths (None without a limit)."""

    characters: str
    money: str
    limit: str
    share: int | None

    @property
    def kind(self) -> str:
        """Return how worrying it is."""
        return "" if self.share is None or self.share < 80 else "warn" if self.share < 100 else "bad"


@dataclass(frozen=True)
class Row:
    """One engine: how it is, whose it is, and what was used."""

    key: str
    name: str
    label: str
    status: EngineStatus | None
    account: VendorAccount | None
    spent: Spent | None
    is_asked: bool

    @property
    def address(self) -> str:
        """Return where it is."""
        return self.status.address if self.status else self.account.address if self.account else ""


def money(minor: float, currency: str) -> str:
    """Say an amount in the reader's manner."""
    return written(Money(round(minor), currency), locale_of(ui_language()))


def spent(
    usage: VendorUsage | None, *, characters: int | None, limit: int | None, currency: str
) -> Spent | None:
    """Say what was used of these limits; None where nothing was and nothing is limited."""
    if usage is None and characters is None and limit is None:
        return None
    used, cost = (usage.characters, usage.cost / MILLION) if usage else (0, 0.0)
    shares = [
        100 if not most else min(100, round(100 * value / most))
        for value, most in ((used, characters), (cost, limit))
        if most is not None
    ]
    limits = [
        *(
            [_("%(count)s characters") % {"count": format_number(characters)}]
            if characters is not None
            else []
        ),
        *([money(limit, currency)] if limit is not None else []),
    ]
    return Spent(
        characters=format_number(used),
        money=money(cost, currency) if cost or limit is not None else "",
        limit=" · ".join(limits),
        share=max(shares) if shares else None,
    )


def statuses(found: Sequence[Machine]) -> list[EngineStatus]:
    """Ask engines how they are, beside one another: the page takes as long as the slowest."""
    if not found:
        return []
    language = get_language()

    def ask(machine: Machine) -> EngineStatus:
        # a thread speaks English until it is told who reads
        with override(language):
            return status_of(machine)

    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        return list(pool.map(ask, found))


def rows(workspace_id: int) -> list[Row]:
    """Return the workspace's engines and then the installation's; those that are off or cannot be made too."""
    policy, used = policy_of(workspace_id), used_this_month(workspace_id, family=FAMILY)
    found = all_engines(workspace_id)
    known = {machine.key: status for machine, status in zip(found, statuses(found), strict=True)}
    made = []
    for account in accounts_of(workspace_id, family=FAMILY):
        status = known.pop(account.key, None)
        budget = spent(
            used.get(account.key),
            characters=account.most_characters,
            limit=account.most_money,
            currency=policy.currency,
        )
        label = VENDORS[account.vendor].label if account.vendor in VENDORS else account.vendor
        made.append(
            Row(
                account.key,
                account.name,
                label,
                status,
                account,
                budget,
                _is_asked(status, policy.stays_home),
            )
        )
    for key, status in known.items():
        budget = spent(used.get(key), characters=None, limit=None, currency=policy.currency)
        made.append(Row(key, status.name, "", status, None, budget, _is_asked(status, policy.stays_home)))
    return made


def _is_asked(status: EngineStatus | None, stays_home: bool) -> bool:
    return status is not None and (status.local or not stays_home)
