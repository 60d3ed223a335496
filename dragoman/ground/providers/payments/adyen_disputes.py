"""Adyen's Disputes API v30: what defends a dispute, the paper, and the defence itself.

https://docs.adyen.com/risk-management/disputes-api. It lists no disputes: they come by webhook. The reasons and papers
that a scheme takes are asked for each dispute; the one that fits best is taken, in the order of `_REASONS`.
"""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable

from . import wire
from .adyen import WHO, ask
from .ports import Account, Disputed, Evidence, NotSent, desks

# what a shop that sent its goods can say, the strongest first
_REASONS: Final = (
    "GoodsOrServicesProvided", "SupplyDefenseMaterial", "MerchandiseReceived", "GoodsWereAsDescribed",
    "CreditOrCancellationPolicyProperlyDisclosed", "GoodsNotReturned",
)  # fmt: skip


class AdyenDisputes:
    """Defends disputes at Adyen."""

    asks: bool = False

    def disputes(self, account: Account, *, since: datetime) -> Sequence[Disputed]:
        """Return nothing: they come by webhook."""
        return ()

    def dispute(self, account: Account, external_id: str) -> Disputed | None:
        """Return nothing: they come by webhook."""
        return None

    def submit(self, account: Account, external_id: str, evidence: Evidence) -> Disputed | None:
        """Ask what defends it, give the paper, and defend."""
        try:
            reason, kind = self._defence(account, external_id)
            self._call(
                account,
                external_id,
                "supplyDefenseDocument",
                {
                    "defenseDocuments": [
                        {
                            "content": base64.b64encode(evidence.paper).decode(),
                            "contentType": "application/pdf",
                            "defenseDocumentTypeCode": kind,
                        }
                    ],
                },
            )
        except Unavailable as error:
            # until it is defended nothing was said to the bank
            raise NotSent from error
        try:
            self._call(account, external_id, "defendDispute", {"defenseReasonCode": reason})
        except wire.Unreached as error:
            raise NotSent from error
        return None

    def _defence(self, account: Account, external_id: str) -> tuple[str, str]:
        """Return (a reason that this dispute can be defended with, the paper it needs)."""
        found = self._call(account, external_id, "retrieveApplicableDefenseReasons", {})
        reasons = [one for one in found.get("defenseReasons") or [] if isinstance(one, dict)]
        if not reasons:
            raise Rejected(str(_("Adyen lets this dispute be defended no more.")))
        places = {name: place for place, name in enumerate(_REASONS)}
        best = min(reasons, key=lambda one: places.get(str(one.get("defenseReasonCode")), len(places)))
        kinds = [one for one in best.get("defenseDocumentTypes") or [] if isinstance(one, dict)]
        needed = [one for one in kinds if str(one.get("requirementLevel", "")).lower() == "required"]
        code = str(((needed or kinds or [{}])[0]).get("defenseDocumentTypeCode") or "DefenseMaterial")
        return str(best.get("defenseReasonCode")), code

    def _call(self, account: Account, external_id: str, verb: str, more: Mapping[str, Any]) -> dict[str, Any]:
        told = {
            "disputePspReference": wire.safe(external_id, who=WHO),
            "merchantAccountCode": account.settings.get("merchant_account", ""),
            **more,
        }
        found = ask(account, f"{_where(account)}/{verb}", told)
        result = found.get("disputeServiceResult") or {}
        if isinstance(result, dict) and result.get("success") is False:
            raise Rejected(str(result.get("errorMessage") or _("Adyen did not take it.")))
        return found


def _where(account: Account) -> str:
    if account.address:
        return f"{account.address.rstrip('/')}/ca/services/DisputeService/v30"
    live = bool(account.settings.get("prefix"))
    return f"https://ca-{'live' if live else 'test'}.adyen.com/ca/services/DisputeService/v30"


desks.register("adyen")(AdyenDisputes())
