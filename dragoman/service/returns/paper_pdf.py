"""Customs papers of a return as PDF: CN 23, pro-forma invoice, note for customs. What nobody told stands so."""

from collections.abc import Callable, Iterator
from typing import Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dragoman.ground.design.functions import format_date, market_name
from dragoman.ground.design.paper import Block, Cell, NextPage, Paragraph, Table, pdf_of
from dragoman.ground.markets.returned_goods import sources_of
from dragoman.kit.money import to_major

from .errors import NoPapers
from .hubs import territory_name
from .paper_words import CONDITIONS, HINTS, LABELS, NOT_KNOWN, PROOFS, STANDINGS, UNLESS, said
from .papers import Papers, Party
from .slip import codes_of
from .words import WHY

ENGLISH: Final = "en"


def paper_pdf(papers: Papers, paper: str = "") -> bytes:
    """Return one paper of a return (cn23, invoice, relief), or all of them; raises NoPapers, NoFont."""
    if not papers.are_needed:
        raise NoPapers
    blocks: list[Block] = []
    for name, make in PAPERS.items():
        if paper in ("", name):
            blocks += [NextPage(), *make(papers)] if blocks else list(make(papers))
    return pdf_of("", blocks, language=ENGLISH)


def _cn23(papers: Papers) -> Iterator[Block]:
    theirs = papers.order.language or ENGLISH
    yield Paragraph(said(LABELS["cn23"], theirs), ENGLISH, "title")
    yield Paragraph(said(HINTS["how"], theirs).replace(" · ", "\n", 1), kind="small")
    yield _parties(papers, theirs)
    yield Table(
        [],
        [
            [
                _named("item", theirs),
                _or_not(papers.made.tracking_number),
                _named("category", theirs),
                Cell("X"),
            ],
            [
                _named("order", theirs),
                Cell(papers.order.number),
                _named("reason", theirs),
                Cell(_reasons(papers)),
            ],
        ],
        (3, 3, 3, 3),
    )
    yield _goods(papers, theirs)
    yield Table(
        [],
        [
            [_named("gross", theirs), Cell(said(LABELS["weigh"], theirs), missing=True)],
            [_named("postage", theirs), Cell("")],
            [_named("signature", theirs), Cell("\n\n")],
        ],
        (4, 8),
    )
    yield Paragraph(said(HINTS["vow"], theirs).replace(" · ", "\n", 1), kind="small")
    yield codes_of(papers.made.number)


def _invoice(papers: Papers) -> Iterator[Block]:
    theirs = papers.order.language or ENGLISH
    yield Paragraph(said(LABELS["invoice"], theirs), ENGLISH, "title")
    yield Paragraph(said(HINTS["no_sale"], theirs).replace(" · ", "\n", 1), kind="small")
    yield _parties(papers, theirs)
    yield _facts(papers, theirs)
    yield _goods(papers, theirs)
    yield Paragraph(said(HINTS["vow"], theirs).replace(" · ", "\n", 1), kind="small")
    yield Table([], [[_named("signature", theirs), Cell("\n\n")]], (4, 8))


def _relief(papers: Papers) -> Iterator[Block]:
    """Write for whoever declares the goods where they arrive, in a language that is spoken there."""
    place, relief = papers.made.place, papers.relief
    language = next(iter(place.languages), ENGLISH) if place else ENGLISH
    with translation.override(language):
        yield Paragraph(str(LABELS["relief"]), language, "title")
        yield Paragraph(territory_name(papers.there), language)
        yield Paragraph(str(STANDINGS[papers.standing]), language, "ours")
        yield _facts(papers, language)
        if relief is None:
            return
        rows = [[Cell(str(LABELS["law"])), Cell(relief.law)]]
        if relief.claim and papers.standing == "claimable":
            rows.append([Cell(str(LABELS["claim"])), Cell(relief.claim)])
        if relief.years:
            until = format_date(papers.until) if papers.until else str(NOT_KNOWN)
            rows.append([Cell(str(LABELS["until"])), Cell(until, missing=papers.until is None)])
        yield Table([], rows, (4, 8))
        if relief.unless:
            yield Paragraph(str(UNLESS[relief.unless]), language, "small")
        for code in relief.conditions:
            yield Paragraph(f"• {CONDITIONS[code]}", language)
        yield Paragraph(str(HINTS["keep"]), language, "title")
        for proof in relief.proofs:
            yield Paragraph(f"[   ] {PROOFS[proof]}", language)
        for source in sources_of(relief):
            read = format_date(source.read) if source.read else ""
            yield Paragraph(f"{source.title} ({read})", kind="small")


PAPERS: Final[dict[str, Callable[[Papers], Iterator[Block]]]] = {
    "cn23": _cn23,
    "invoice": _invoice,
    "relief": _relief,
}


def _parties(papers: Papers, theirs: str) -> Table:
    head = [said(LABELS["sender"], theirs), said(LABELS["addressee"], theirs)]
    reference = papers.addressee.reference if papers.addressee else ""
    return Table(
        [],
        [
            [Cell(head[0]), Cell(head[1])],
            [_party(papers.sender), _party(papers.addressee)],
            [_named("reference", theirs), _or_not(reference)],
        ],
        (6, 6),
    )


def _party(party: Party | None) -> Cell:
    if party is None or not party.lines:
        return _or_not("")
    with translation.override(ENGLISH):
        country = market_name(party.country) if party.country else str(NOT_KNOWN)
    return Cell("\n".join([*party.lines, country, *(part for part in (party.phone, party.email) if part)]))


def _goods(papers: Papers, theirs: str) -> Table:
    heads = ("text", "quantity", "net", "value", "hs_code", "origin")
    rows = [
        [
            Cell(one.text, missing="text" in one.missing),
            Cell(str(one.quantity), right=True),
            _or_not(_kilos(one.net), right=True),
            _or_not(_money(one.value, papers) if one.value else "", right=True),
            Cell(one.hs_code or str(NOT_KNOWN), missing="hs_code" in one.missing),
            _or_not(one.origin),
        ]
        for one in papers.goods
    ]
    total = [
        _named("total", theirs),
        Cell(str(sum(one.quantity for one in papers.goods)), right=True),
        _or_not(_kilos(papers.net), right=True),
        _or_not(_money(papers.value, papers) if papers.value else "", right=True),
        Cell(""),
        Cell(""),
    ]
    return Table([said(LABELS[name], theirs) for name in heads], [*rows, total], (10, 4, 5, 6, 6, 5))


def _facts(papers: Papers, theirs: str) -> Table:
    with translation.override(ENGLISH):
        placed, today = format_date(papers.order.placed_at), format_date(timezone.now())
        sent = format_date(papers.sent_on) if papers.sent_on else ""
    rows = [
        [_named("return", theirs), Cell(papers.made.number)],
        [_named("date", theirs), Cell(today)],
        [_named("order", theirs), Cell(papers.order.number)],
        [_named("placed", theirs), Cell(placed)],
        [_named("sent", theirs), _or_not(sent)],
        [_named("tracking", theirs), _or_not(papers.tracking)],
        [_named("back", theirs), _or_not(papers.made.tracking_number)],
        [_named("reason", theirs), Cell(_reasons(papers))],
    ]
    return Table([], rows, (4, 8))


def _reasons(papers: Papers) -> str:
    with translation.override(ENGLISH):
        codes = dict.fromkeys(row.reason for row in papers.made.lines.all())
        return ", ".join(str(WHY[code]) for code in codes if code in WHY) or str(_("No reason given"))


def _named(label: str, language: str) -> Cell:
    return Cell(said(LABELS[label], language))


def _or_not(text: str, *, right: bool = False) -> Cell:
    """Return a cell that says so where nobody knows."""
    with translation.override(ENGLISH):
        return Cell(text or str(NOT_KNOWN), missing=not text, right=right)


def _kilos(grams: int | None) -> str:
    return f"{grams / 1000:.3f}" if grams else ""


def _money(minor: int, papers: Papers) -> str:
    return f"{to_major(minor, papers.order.currency)} {papers.order.currency}"
