"""Stripe's disputes: listed, read, answered with words, a parcel and a paper.

https://docs.stripe.com/api/disputes, https://docs.stripe.com/disputes/responding: evidence is sent once
(`submit`), and its texts are 150,000 characters in all. The paper is a file of the purpose `dispute_evidence`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from dragoman.kit.errors import Unavailable

from .ports import Account, Disputed, Evidence, NotSent, desks
from .stripe import Missing, Unreached, ask, disputed, safe

_LONGEST: Final = 20_000


class StripeDisputes:
    """Answers disputes at Stripe."""

    asks: bool = True

    def disputes(self, account: Account, *, since: datetime) -> Sequence[Disputed]:
        """Return the disputes opened since then."""
        found: list[Disputed] = []
        after = ""
        while True:
            query = {"limit": "100", "created[gte]": str(int(since.timestamp()))}
            page = ask(account, "GET", "/v1/disputes", query | ({"starting_after": after} if after else {}))
            rows = [one for one in page.get("data") or [] if isinstance(one, dict)]
            found += [disputed(one) for one in rows]
            if not page.get("has_more") or not rows:
                return found
            after = str(rows[-1].get("id"))

    def dispute(self, account: Account, external_id: str) -> Disputed | None:
        """Return a dispute as it is now."""
        try:
            return disputed(ask(account, "GET", f"/v1/disputes/{safe(external_id)}"))
        except Missing:
            return None

    def submit(self, account: Account, external_id: str, evidence: Evidence) -> Disputed | None:
        """Upload the paper, then send all of it for good."""
        told = {
            "evidence[uncategorized_text]": evidence.text[:_LONGEST],
            "evidence[customer_name]": evidence.name,
            "evidence[customer_email_address]": evidence.email,
            "evidence[product_description]": evidence.goods[:_LONGEST],
            "evidence[refund_policy_disclosure]": evidence.policy[:_LONGEST],
        }
        sent = [one for one in evidence.parcels if one.number]
        if sent:
            told["evidence[shipping_carrier]"] = ", ".join(one.carrier for one in sent)
            told["evidence[shipping_tracking_number]"] = ", ".join(one.number for one in sent)
            dates = [one.shipped_at for one in sent if one.shipped_at]
            told["evidence[shipping_date]"] = min(dates).date().isoformat() if dates else ""
        try:
            if evidence.paper:
                purpose = {"purpose": "dispute_evidence"}
                # without a key: Stripe keeps failures under it for a day, and the next try makes its paper anew
                made = ask(account, "POST", "/v1/files", purpose, paper=evidence.paper)
                told["evidence[uncategorized_file]"] = str(made.get("id") or "")
        except Unavailable as error:
            # a file alone says nothing to anybody
            raise NotSent from error
        told = {name: value for name, value in told.items() if value} | {"submit": "true"}
        try:
            return disputed(ask(account, "POST", f"/v1/disputes/{safe(external_id)}", told, key=evidence.key))
        except Unreached as error:
            raise NotSent from error


desks.register("stripe")(StripeDisputes())
