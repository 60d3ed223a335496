"""PayPal's disputes: listed, read, answered with proof of delivery and a paper.

https://developer.paypal.com/docs/api/customer-disputes/v1/ (list, show, provide evidence). What is only an inquiry
takes no evidence yet: PayPal says so, and its words are shown.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from dragoman.kit.errors import Rejected

from . import wire
from .paypal import WHO, ask, send
from .paypal_disputes import disputed
from .ports import Account, Disputed, Evidence, NotSent, desks

_NOTES: Final = 2000
_PAGE: Final = 50


class PayPalDisputes:
    """Answers disputes at PayPal."""

    asks: bool = True

    def disputes(self, account: Account, *, since: datetime) -> Sequence[Disputed]:
        """Return the disputes opened since then; each is asked for, because a list names no transactions."""
        found: list[Disputed] = []
        began = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        path = f"/v1/customer/disputes?start_time={began}&page_size={_PAGE}"
        while path:
            page = ask(account, "GET", path)
            for one in page.get("items") or []:
                whole = self.dispute(account, str(one.get("dispute_id")))
                found += [whole] if whole else []
            links = [one for one in page.get("links") or [] if one.get("rel") == "next"]
            # the path alone: whatever machine the link names, ours is the one with the token
            path = "/v1/" + str(links[0]["href"]).partition("/v1/")[2] if links else ""
        return found

    def dispute(self, account: Account, external_id: str) -> Disputed | None:
        """Return a dispute as it is now."""
        try:
            return disputed(ask(account, "GET", f"/v1/customer/disputes/{wire.safe(external_id, who=WHO)}"))
        except wire.Missing:
            return None
        except (KeyError, TypeError) as error:
            raise Rejected(f"PayPal: {error}") from error

    def submit(self, account: Account, external_id: str, evidence: Evidence) -> Disputed | None:
        """Send proof of delivery, words and the paper, as parts of a form."""
        tracked = [
            {
                "carrier_name": "OTHER",
                "carrier_name_other": one.carrier[:2000],
                "tracking_number": one.number[:255],
            }
            for one in evidence.parcels
            if one.number
        ]
        kind = "PROOF_OF_FULFILLMENT" if tracked else "OTHER"
        told: dict[str, Any] = {"evidence_type": kind, "notes": evidence.text[:_NOTES]}
        told |= {"evidence_info": {"tracking_info": tracked}} if tracked else {}
        told |= {"documents": [{"name": "evidence.pdf"}]} if evidence.paper else {}
        files = {"input": (None, json.dumps({"evidences": [told]}).encode(), "application/json")}
        if evidence.paper:
            files["file1"] = ("evidence.pdf", evidence.paper, "application/pdf")  # type: ignore[assignment]
        path = f"/v1/customer/disputes/{wire.safe(external_id, who=WHO)}/provide-evidence"
        try:
            send(account, "POST", path, {"headers": {"PayPal-Request-Id": evidence.key}, "files": files})
        except wire.Unreached as error:
            raise NotSent from error
        return None


desks.register("paypal")(PayPalDisputes())
