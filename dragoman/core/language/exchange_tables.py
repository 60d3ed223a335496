"""Glossaries and memories as tables that spreadsheets open and save."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from dragoman.core.language.actions.glossary import LONGEST_WORD, Worded, WrittenEntry
from dragoman.core.language.actions.memory import Pair
from dragoman.core.language.exchange import MOST_ROWS, SPEECH, Read, ReadEntry, ReadPair, placed, tag_of
from dragoman.core.language.glossary_models import GlossaryEntry
from dragoman.core.language.memory_models import MemoryUnit
from dragoman.core.language.memory_shapes import LONGEST
from dragoman.kit.tables import read_table, safe_cell
from dragoman.kit.tags import is_known, is_market, normalise, same

_FACTS = ("kept", "case", "part of speech", "brand", "status", "note")
_PAIR_FACTS = ("source language", "target language", "source", "target", "brand", "market")


def read_glossary_csv(raw: bytes) -> Read:
    """Read a table with a column a language (`de`, `de-AT`), `de!` for forbidden words and `*` for all languages.

    Several words of a cell are parted by `|`, the first is preferred. The columns kept, case, part of speech, brand,
    status and note may be left out.
    """
    found = Read()
    rows = read_table(raw)
    names = [cell.strip() for cell in rows[0][1]] if rows else []
    columns: list[tuple[str, str, str] | str | None] = []
    for name in names:
        columns.append(_column(name, found))
    if not any(isinstance(column, tuple) for column in columns):
        found.wrong(1, _("The first line names no language, such as en, fi or pt-BR."))
    if found.problems:
        return found
    for line, cells in rows[1:]:
        if len(found.entries) >= MOST_ROWS:
            found.wrong(line, _("A file has at most 20,000 entries: cut it in parts."))
            break
        _read_row(line, cells, columns, found)
    return found


def _column(name: str, found: Read) -> tuple[str, str, str] | str | None:
    plain = " ".join(name.lower().replace("_", " ").split())
    if plain in _FACTS:
        return plain
    if not plain:
        return None
    bare, forbidden = name.removesuffix("!").strip(), name.endswith("!")
    language, market = ("", "") if bare == "*" else placed(bare.replace("@", "-"))
    if bare != "*" and not (language and is_known(language)):
        found.wrong(
            1, _("“%(name)s” is neither a language nor a column that is known.") % {"name": name[:40]}
        )
        return None
    return language, market, "forbidden" if forbidden else ""


def _read_row(
    line: int, cells: Sequence[str], columns: Sequence[tuple[str, str, str] | str | None], found: Read
) -> None:
    words: list[Worded] = []
    facts: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if isinstance(column, str):
            facts[column] = cell
        elif column is not None:
            language, market, use = column
            for number, word in enumerate(filter(None, (part.strip() for part in cell.split("|")))):
                words.append(Worded(word, language, market, use or ("admitted" if number else "preferred")))
    if any(len(word.text) > LONGEST_WORD for word in words):
        found.wrong(line, _("A term has 1 to 200 characters."))
        return
    kept = facts.get("kept", "").lower() in ("1", "yes", "x", "true")
    if not words:
        found.wrong(line, _("There is no term in this line."))
        return
    if not kept and any(not word.language and word.use != "forbidden" for word in words):
        found.wrong(line, _("A word for all languages must be kept: write “yes” under “kept”."))
        return
    written = WrittenEntry(
        words,
        keep=kept,
        case_sensitive=facts.get("case", "").lower() in ("1", "yes", "x", "true"),
        speech=SPEECH.get(facts.get("part of speech", "").lower(), ""),
        note=facts.get("note", ""),
        status="proposed" if facts.get("status", "").lower() == "proposed" else "approved",
        origin="import",
    )
    found.entries.append(ReadEntry(line, written, facts.get("brand", "")))


def write_glossary_csv(entries: Sequence[GlossaryEntry]) -> bytes:
    """Write a glossary as a table that spreadsheets open and `read_glossary_csv` reads."""
    rows: list[tuple[GlossaryEntry, dict[str, list[str]]]] = []
    for entry in entries:
        cells: dict[str, list[str]] = {}
        for term in sorted(entry.terms.all(), key=lambda one: one.use != "preferred"):
            name = ("*" if not term.language else tag_of(term.language, term.market)) + (
                "!" if term.use == "forbidden" else ""
            )
            cells.setdefault(name, []).append(term.text)
        rows.append((entry, cells))
    names = sorted({name for _entry, cells in rows for name in cells}) or ["en"]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*names, *_FACTS])
    for entry, cells in rows:
        facts = [
            "yes" if entry.keep else "", "yes" if entry.case_sensitive else "", entry.speech,
            entry.brand.slug if entry.brand else "", entry.status, entry.note,
        ]  # fmt: skip
        writer.writerow(
            [safe_cell(" | ".join(cells.get(name, []))) for name in names] + [safe_cell(one) for one in facts]
        )
    return out.getvalue().encode("utf-8-sig")


def read_memory_csv(raw: bytes) -> Read:
    """Read a table with the columns source language, target language, source and target; brand and market may be."""
    found = Read()
    rows = read_table(raw)
    names = [" ".join(cell.lower().replace("_", " ").split()) for cell in rows[0][1]] if rows else []
    missing = [name for name in _PAIR_FACTS[:4] if name not in names]
    if missing:
        found.wrong(1, _("The first line lacks: %(names)s.") % {"names": ", ".join(missing)})
        return found
    for line, cells in rows[1:]:
        if len(found.pairs) >= MOST_ROWS:
            found.wrong(line, _("A file has at most 20,000 units: cut it in parts."))
            break
        facts = dict(zip(names, cells, strict=False))
        one, other = (normalise(facts.get(f"{side} language", "")) for side in ("source", "target"))
        if not (one and other and is_known(one) and is_known(other)) or same(one, other):
            found.wrong(line, _("Give two different language tags such as “fi” or “pt-BR”."))
            continue
        source, target = facts.get("source", ""), facts.get("target", "")
        if not source or not target or max(len(source), len(target)) > LONGEST:
            found.wrong(line, _("A text has 1 to 2,000 characters."))
            continue
        market = facts.get("market", "").upper()
        pair = Pair(source, target, one, other, origin="import", market=market if is_market(market) else "")
        found.pairs.append(ReadPair(line, pair, facts.get("brand", "")))
    return found


def write_memory_csv(units: Iterable[MemoryUnit]) -> bytes:
    """Write remembered sentences as a table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_PAIR_FACTS)
    for unit in units:
        brand = unit.brand.slug if unit.brand else ""
        row = [unit.source_language, unit.target_language, unit.source, unit.target, brand, unit.market]
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")
