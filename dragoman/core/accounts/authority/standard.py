"""The limits that hold until a workspace writes its own: chosen round sums, near 50 euros an action for an agent.

They are no conversion: a currency that is not here needs approval until a lead sets its limit. An agent may give back
one usual basket's worth of trouble without asking, a lead ten times that; cancelling what has not been sent costs the
shop nothing, so its amount does not matter. A program got its token with the scope for actions from an owner.
"""

from typing import Any, Final

from dragoman.kit.money import to_minor

from ..authority_models import ActionKind, AuthorityLimit, Holder

# major units of one action of an agent
ONE: Final = {
    **{"EUR": 50, "USD": 50, "GBP": 45, "CHF": 50, "SEK": 550, "NOK": 550, "DKK": 350, "ISK": 7000},
    **{"PLN": 200, "CZK": 1200, "HUF": 20000, "RON": 250, "TRY": 2000, "UAH": 2000, "RSD": 6000},
    **{"JPY": 8000, "CNY": 400, "HKD": 400, "TWD": 1600, "KRW": 75000, "THB": 1900, "VND": 1_300_000},
    **{"IDR": 800_000, "MYR": 200, "SGD": 70, "PHP": 3000, "INR": 4500, "AUD": 80, "NZD": 90, "CAD": 75},
    **{"MXN": 900, "BRL": 280, "CLP": 50000, "COP": 200_000, "PEN": 190, "ZAR": 900, "EGP": 2500},
    **{"KES": 6500, "MAD": 500, "AED": 200, "SAR": 200, "QAR": 200, "KWD": 15, "BHD": 20, "OMR": 20},
    **{"JOD": 35, "ILS": 180},
}
A_MONTH, A_CUSTOMER = 20, 2
AGENT_A_DAY, LEAD_A_DAY, LEAD_TIMES = 30, 200, 10


def _sums(times: int) -> dict[str, dict[str, int]]:
    found = {}
    for code, major in ONE.items():
        one = to_minor(major, code) * times
        found[code] = {"one": one, "month": one * A_MONTH, "customer": one * A_CUSTOMER}
    return found


def standard_limits(workspace_id: int) -> list[AuthorityLimit]:
    """Return the limits of a workspace that has none of its own, as rows that are not stored."""

    def row(role: Holder, **more: Any) -> AuthorityLimit:
        return AuthorityLimit(workspace_id=workspace_id, role=role, **more)

    return [
        row(Holder.OWNER, other_currencies=True),
        row(Holder.LEAD, sums=_sums(LEAD_TIMES), per_day=LEAD_A_DAY),
        row(Holder.LEAD, kind=ActionKind.CANCEL, other_currencies=True, per_day=LEAD_A_DAY),
        row(Holder.AGENT, sums=_sums(1), per_day=AGENT_A_DAY),
        row(Holder.AGENT, kind=ActionKind.CANCEL, other_currencies=True, per_day=AGENT_A_DAY),
        row(Holder.API, other_currencies=True),
    ]
