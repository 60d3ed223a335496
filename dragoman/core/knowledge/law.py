"""What an article promises held against the law of the markets it is read in: days to send or pay back, a guarantee.

Conservative: numbers beside words of the law (core/playbooks/claims), and only what gives a reader less than a law that
somebody read. It says so with its source; a person decides.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone
from django.utils.translation import ngettext
from pydantic import BaseModel

from dragoman.core.accounts.queries import brands_of
from dragoman.core.playbooks.claims import Claim, claims_in
from dragoman.core.playbooks.queries import chosen_markets, has_playbook, told_lately
from dragoman.ground.design.functions import format_list, format_number, market_name
from dragoman.ground.markets.facts import Guarantee, Languages, RefundDeadline, Withdrawal
from dragoman.ground.markets.playbook import Fact, playbook
from dragoman.kit.tags import same

from .ports import Draft, Remark
from .reading import passages_of


class LawChecker:
    """Looks for what gives readers less than their law."""

    def remarks(self, draft: Draft) -> Iterable[Remark]:
        """Yield each promise that is less, once for all markets whose law says the same."""
        said = f"{draft.title}\n{draft.summary}\n{plain_of(draft.body)}"
        claims = claims_in(said, draft.language)
        if not claims:
            return []
        laws = {country: _laws(draft, country) for country in markets_reading(draft)}
        return list(_less(said, claims, laws))


def plain_of(body: str) -> str:
    """Return the words of a wording that customers read."""
    return "\n".join(f"{heading}\n{words}" for heading, _anchor, words in passages_of(body))


def markets_reading(draft: Draft) -> list[str]:
    """Return the markets a text is read in: its own, else those the brand sells to in this language."""
    if draft.market:
        return [draft.market] if has_playbook(draft.market) else []
    brands = [draft.brand_id] if draft.brand_id else [one.pk for one in brands_of(draft.workspace_id)]
    chosen = dict.fromkeys(code for one in brands for code in chosen_markets(draft.workspace_id, one))
    return [code for code in chosen if has_playbook(code) and _speaks(code, draft.language)]


def _speaks(country: str, language: str) -> bool:
    fact = playbook(country).fact("languages", on=timezone.now().date())
    spoken = fact.value.root if fact is not None and isinstance(fact.value, Languages) else ()
    return any(same(one, language) for one in spoken)


def _laws(draft: Draft, country: str) -> Mapping[str, Fact]:
    known = told_lately(draft.workspace_id, draft.brand_id, country, on=timezone.now().date())
    found: dict[str, Fact] = {}
    for kind in ("withdrawal", "refund_deadline", "guarantee"):
        law = next((one for one in known[kind].laws if one.verified), None) if kind in known else None
        if law is not None:
            found[kind] = law
    return found


def _less(said: str, claims: Iterable[Claim], laws: Mapping[str, Mapping[str, Fact]]) -> Iterator[Remark]:
    for claim in claims:
        grouped: dict[int, list[tuple[str, Fact]]] = {}
        for country, known in laws.items():
            law = known.get(claim.kind)
            least = least_of(claim, law.value) if law else None
            if law is not None and least is not None:
                grouped.setdefault(least, []).append((country, law))
        for least, held in grouped.items():
            yield _remark(said, claim, least, held)


def least_of(claim: Claim, value: BaseModel) -> int | None:
    """Return what the law gives where a claim gives less, in the claim's unit; None where it does not."""
    if isinstance(value, Withdrawal) and value.right == "statutory" and value.day_type == "calendar":
        return value.days if value.days is not None and claim.amount < value.days else None
    if isinstance(value, RefundDeadline) and value.day_type == "calendar":
        return value.days if claim.amount > value.days else None
    if isinstance(value, Guarantee) and value.months is not None:
        return value.months if claim.amount < value.months else None
    return None


def _remark(said: str, claim: Claim, least: int, held: list[tuple[str, Fact]]) -> Remark:
    law = held[0][1]
    source = next((one for one in law.sources if one.url), law.sources[0] if law.sources else None)
    names = [part for part in (law.law, source.title if source else "") if part]
    begin, end = said.rfind("\n", 0, claim.start) + 1, said.find("\n", claim.end)
    line = said[begin : end if end > 0 else len(said)]
    at = claim.start - begin
    facts = {
        "markets": format_list(market_name(country) for country, _law in held),
        "num": format_number(least),
    }
    return Remark(
        "law",
        _sentence(claim.kind, least) % facts,
        "warn",
        quote=line[max(0, at - 50) : at + 60].strip(),
        source=" · ".join(names),
        url=str(source.url) if source and source.url else "",
    )


def _sentence(kind: str, least: int) -> str:
    if kind == "withdrawal":
        return ngettext(
            "Less than the law in %(markets)s: goods can be sent back for %(num)s day at least.",
            "Less than the law in %(markets)s: goods can be sent back for %(num)s days at least.",
            least,
        )
    if kind == "refund_deadline":
        return ngettext(
            "Later than the law in %(markets)s allows: the money is due within %(num)s day.",
            "Later than the law in %(markets)s allows: the money is due within %(num)s days.",
            least,
        )
    return ngettext(
        "Less than the law in %(markets)s: the seller answers for faults for %(num)s month.",
        "Less than the law in %(markets)s: the seller answers for faults for %(num)s months.",
        least,
    )
