"""What the pages of the phrasebook show: lines of the list, and the wordings of one phrase in one language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.core.accounts.models import Brand
from dragoman.core.language import phrasebook
from dragoman.core.language.manners import forms_of
from dragoman.core.language.own_phrases import own_of, says, wordings_of
from dragoman.core.language.phrase_check import Problem, counted_as, plurals_of, problems_of, shown, slots_in
from dragoman.core.language.phrasebook import REGISTERS, Own, Said
from dragoman.core.language.slots import NUMBERS
from dragoman.kit.tags import normalise
from dragoman.kit.text import fold

from ...themes import REGISTERS as REGISTER_WORDS

NO_NUMBER = ("other",)


@dataclass(frozen=True)
class Line:
    """A phrase in the list: read by the team, and as it is said in the chosen language."""

    key: str
    theme: str
    read: str
    read_language: str
    said: str
    changed: bool
    missing: bool


@dataclass(frozen=True)
class Way:
    """One register of a phrase in a language: its fields (plural, numbers that ask for it, text), ours, what is wrong,
    and how it looks.

    `own` says that the workspace wrote it, for all brands or for the chosen one.
    """

    register: str
    name: str
    fields: Sequence[tuple[str, str, str]]
    ours: Said
    own: bool
    problems: Sequence[Problem] = ()
    shown: Sequence[tuple[str, str]] = ()


def lines_of(own: Own, *, reader: str, language: str, query: str, only: str) -> list[tuple[str, list[Line]]]:
    """Return [(theme, its phrases)] that a search finds, in the order of themes; `only` is `changed` or `missing`."""
    wanted = fold(query).split()
    groups: dict[str, list[Line]] = {}
    for key, theme in phrasebook.said_keys(own):
        line = _line(own, key, theme, reader, language)
        there = fold(f"{line.read} {line.said} {key}")
        if all(word in there for word in wanted) and (not only or getattr(line, only)):
            groups.setdefault(theme, []).append(line)
    return sorted(groups.items(), key=lambda group: phrasebook.THEMES.index(group[0]))


def _line(own: Own, key: str, theme: str, reader: str, language: str) -> Line:
    tag, read = phrasebook.reading(key, [reader], own=own)
    found = phrasebook.wording(key, language, own=own)
    mine = own.says.get(key, {})
    return Line(
        key=key,
        theme=theme,
        read=read,
        read_language=tag,
        said=found[1]["other"] if found else "",
        changed=any(normalise(language) in mine.get(register, {}) for register in ("", *REGISTERS)),
        missing=found is None,
    )


def registers_for(language: str) -> list[str]:
    """Return the registers in which a language may say a phrase: its forms of address, and genders it asks for."""
    forms = [form for form in forms_of(language) if form in REGISTERS]
    known = phrasebook.coverage(language).registers
    return ["", *forms, *(name for name in REGISTERS if name in known and name not in forms)]


def slots_for(own: Own, key: str) -> list[str]:
    """Return the slots of a phrase, empty for one that nobody wrote."""
    first = phrasebook.reading(key, ["en"], own=own)[1]
    return slots_in({"other": first}) if first else []


def ways_of(
    workspace_id: int,
    key: str,
    language: str,
    brand: Brand | None,
    posted: Mapping[str, Said] | None = None,
) -> list[Way]:
    """Return the registers of a phrase in a language, as stored or as a form sent them."""
    own = own_of(workspace_id, brand.pk if brand else None)
    stored = [
        one for one in wordings_of(workspace_id).filter(key=key) if one.brand_id == (brand and brand.pk)
    ]
    mine = says(stored).get(key, {})
    slots = slots_for(own, key)
    counted = bool(set(slots) & set(NUMBERS))
    return list(_ways(key, language, own, mine, slots, counted, posted))


def _ways(
    key: str,
    language: str,
    own: Own,
    mine: Mapping[str, Mapping[str, Said]],
    slots: Sequence[str],
    counted: bool,
    posted: Mapping[str, Said] | None,
) -> Iterator[Way]:
    tag = normalise(language)
    book = phrasebook.ours(key, language)
    for register in registers_for(language):
        said = (posted or {}).get(register)
        if said is None:
            effective = phrasebook.wording_in(key, language, register, own=own)
            said = effective[1] if effective else {}
        counts = counted_as(language)
        categories = plurals_of(language) if counted else NO_NUMBER
        written = {name: text for name, text in said.items() if text.strip()}
        model = book.get("", {}).get("other", "")
        yield Way(
            register=register,
            name=forms_of(language).get(register or "polite", "") or str(REGISTER_WORDS[register]),
            fields=[(name, counts[name], said.get(name, "")) for name in categories],
            ours=book.get(register, {}),
            own=tag in mine.get(register, {}),
            problems=problems_of(written, language=language, slots=slots or None, model=model)
            if written
            else [],
            shown=shown(written, language=language) if written.get("other") else [],
        )
