"""Asking what holds for a brand in a country: its policy, the law, and where that stands."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from dragoman.ground.markets.dated import checked_rows
from dragoman.ground.markets.errors import NoMarket, WrongFact
from dragoman.ground.markets.facts import KINDS, LEGAL
from dragoman.ground.markets.playbook import Fact, Source, countries, playbook
from dragoman.ground.markets.public_holidays import regions
from dragoman.ground.markets.zones import zone_today
from dragoman.kit.memo import Memo

from .errors import NotChosen
from .law import lowered
from .models import BrandMarket, FactChange, FactOverride, MarketNote

POLICY, CORRECTION = FactOverride.Sort.POLICY, FactOverride.Sort.CORRECTION


@dataclass(frozen=True)
class Told:
    """What is known of one kind of fact for a brand: the playbook's (corrected or not) and the brand's policy.

    `written` is the playbook's own, `fact` the same or its `correction`; either is None where nothing is known.
    """

    kind: str
    written: Fact | None
    fact: Fact | None
    policy: Fact | None
    policy_reason: str = ""
    correction: FactOverride | None = None

    @property
    def is_legal(self) -> bool:
        """Say whether a law sets it."""
        return self.kind in LEGAL

    @property
    def is_corrected(self) -> bool:
        """Say whether the brand says that the playbook is wrong."""
        return self.fact is not None and self.fact is not self.written

    @property
    def lowers(self) -> str:
        """Return the least that was read of the law where the brand's correction says less, as a sentence; else ""."""
        if not (self.is_legal and self.is_corrected and self.fact and self.written and self.written.verified):
            return ""
        return lowered(self.kind, law=self.written.value, correction=self.fact.value)

    @property
    def laws(self) -> tuple[Fact, ...]:
        """Return what a policy is held against: the fact, and the playbook's where nobody confirmed a lower one."""
        unproven = self.lowers and not (self.correction and self.correction.confirmed)
        known = (self.written if unproven else None, self.fact)
        return tuple(one for one in known if one and self.is_legal)

    @property
    def holds(self) -> Fact | None:
        """Return what agents and customers are told: the brand's policy, else the fact."""
        return self.policy or self.fact


def markets_of(workspace_id: int, brand_id: int) -> QuerySet[BrandMarket]:
    """All markets a brand chose, by country."""
    return BrandMarket.objects.filter(workspace_id=workspace_id, brand_id=brand_id).order_by("country")


def find_market(workspace_id: int, brand_id: int, country: str) -> BrandMarket | None:
    """Return a market a brand chose."""
    return markets_of(workspace_id, brand_id).filter(country=country).first()


def get_market(workspace_id: int, brand_id: int, country: str) -> BrandMarket:
    """Return a market a brand chose; raises NotChosen."""
    found = find_market(workspace_id, brand_id, country)
    if found is None:
        raise NotChosen
    return found


def place_today(market: BrandMarket | None) -> tuple[str, str]:
    """Return (region, time zone) a brand chose by the names of today; "" for none, and for one there is no more."""
    if market is None:
        return "", ""
    try:
        region = market.region if market.region in regions(market.country) else ""
    except NoMarket:
        region = ""
    return region, zone_today(market.time_zone) if market.time_zone else ""


def chosen_markets(workspace_id: int, brand_id: int) -> tuple[str, ...]:
    """Return the countries a brand chose."""
    return tuple(markets_of(workspace_id, brand_id).values_list("country", flat=True))


def brands_selling(workspace_id: int) -> dict[str, list[str]]:
    """Return the slugs of the brands that sell in each country, by country."""
    rows = BrandMarket.objects.filter(workspace_id=workspace_id).order_by("country", "brand_id")
    found: dict[str, list[str]] = {}
    for country, slug in rows.values_list("country", "brand__slug"):
        found.setdefault(country, []).append(slug)
    return found


def has_playbook(country: str) -> bool:
    """Say whether there is a playbook for a country."""
    return country in countries()


def told(workspace_id: int, brand_id: int | None, country: str, *, on: datetime.date) -> Mapping[str, Told]:
    """Return every kind of fact as it holds for a brand (without one: for nobody) on a day; raises NoMarket."""
    book = playbook(country)
    said: dict[tuple[str, str], FactOverride] = {}
    if brand_id:
        rows = FactOverride.objects.filter(workspace_id=workspace_id, brand_id=brand_id, country=country)
        rows = rows.select_related("agent")
        said = {(row.kind, row.sort): row for row in rows}
    found = {}
    for kind in KINDS:
        written = book.fact(kind, on=on)
        correction, policy = said.get((kind, CORRECTION)), said.get((kind, POLICY))
        fact = (_as_fact(correction, on) if correction else None) or written
        found[kind] = Told(
            kind=kind,
            written=written,
            fact=fact,
            policy=_as_fact(policy, on) if policy else None,
            policy_reason=policy.reason if policy else "",
            correction=correction if fact is not written else None,
        )
    return found


_lately: Memo[tuple[int, int, str, datetime.date], Mapping[str, Told]] = Memo(seconds=5)


def told_lately(
    workspace_id: int, brand_id: int | None, country: str, *, on: datetime.date
) -> Mapping[str, Told]:
    """Return the same at most 5 s old, for what shows it again and again; raises NoMarket."""
    key = (workspace_id, brand_id or 0, country, on)
    return _lately.get(key, lambda: told(workspace_id, brand_id, country, on=on)) or {}


def fact_for(
    workspace_id: int, brand_id: int | None, country: str, kind: str, *, on: datetime.date
) -> Fact | None:
    """Return what holds of one kind for a brand on a day: policy, else correction, else playbook; None: unknown.

    A country without a playbook knows nothing.
    """
    if not has_playbook(country):
        return None
    return told(workspace_id, brand_id, country, on=on)[kind].holds


def rows_told(workspace_id: int, brand_id: int, country: str, kind: str) -> tuple[Fact, ...]:
    """Return all rows of a kind of fact by date, past and coming: as the brand corrected them, else the playbook's."""
    correction = FactOverride.objects.filter(
        workspace_id=workspace_id, brand_id=brand_id, country=country, kind=kind, sort=CORRECTION
    ).first()
    own = _as_facts(correction) if correction else ()
    return own or playbook(country).facts.get(kind, ())


def changes_of(workspace_id: int, brand_id: int, country: str) -> QuerySet[FactChange]:
    """The history of a brand's policies and corrections in a country, the newest first."""
    rows = FactChange.objects.filter(workspace_id=workspace_id, brand_id=brand_id, country=country)
    return rows.select_related("agent").order_by("-pk")


def notes_of(workspace_id: int, brand_id: int, country: str) -> QuerySet[MarketNote]:
    """What the team noted about a market, the newest first."""
    rows = MarketNote.objects.filter(workspace_id=workspace_id, brand_id=brand_id, country=country)
    return rows.select_related("agent").order_by("-pk")


def lower_scheme(link: str) -> str:
    """Return an address with its scheme in lower case, the one way a source is written."""
    scheme, mark, rest = link.partition("://")
    return scheme.lower() + mark + rest if mark else link


def _as_fact(row: FactOverride, on: datetime.date) -> Fact | None:
    """Return what an override says of a day."""
    return next((fact for fact in _as_facts(row) if fact.holds_on(on)), None)


def _as_facts(row: FactOverride) -> tuple[Fact, ...]:
    """Return an override's rows; one of a shape that is no longer taken is left out, never half read."""
    try:
        rows = checked_rows(row.kind, row.value)
    except WrongFact:
        return ()
    day = row.changed_at.date()
    title = next((said for said in (row.source, row.reason) if len(said) >= 3), row.kind)
    # not checked anew: what is stored has to be shown, so that it can be taken back
    source = Source.model_construct(title=title, url=lower_scheme(row.url) or None, read=day)
    return tuple(
        Fact(
            kind=row.kind, value=one.value, sources=(source,), checked=day, verified=False, own=True,
            law=row.source if row.sort == CORRECTION else "", note=row.reason, valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for one in rows
    )  # fmt: skip
