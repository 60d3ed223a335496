"""Protection: 500 messages in 28 languages through engines that damage what they are given, and through an honest one.

The honest answer is the phrasebook's own sentence in the other language, with the pieces where that language puts them;
a damage is done to it. Every damage must be told as a fault; a fault of an honest answer is a false alarm.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from babel.numbers import format_decimal

from dragoman.core.language import phrasebook
from dragoman.core.language.engines import Machine
from dragoman.core.language.protect import Protected, protect
from dragoman.core.language.scope import Scope
from dragoman.core.language.slots import locale_of
from dragoman.core.language.translate import translate_with
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish
from dragoman.kit.tags import base

MESSAGES = 500
MASK = "XZ{}ZX"
TERMS = ("Kaisla Lamp", "Nordlys")
_MASKS = re.compile(r"XZ(\d+)ZX")
_FREE = re.compile(r"(?<![\dXZ.,])\d+(?:[.,]\d+)?(?![\dXZ])")


@dataclass(frozen=True)
class Case:
    """A message, and how an honest engine would answer it: masked as the text was."""

    source: str
    target: str
    text: str
    answer: str
    shielded: Protected


class Saying:
    """An engine that gives one answer, whatever it is asked."""

    name, local, mask, takes_terms = "damaging", True, MASK, False

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def pairs(self) -> None:
        """Know every pair."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Return the answer."""
        return [Translated(self.answer, self.name, 0.9) for _ in texts]


def _keys() -> list[str]:
    """Return the phrases with slots that every language has."""
    found = []
    for key, _theme in phrasebook.agent_keys():
        said = phrasebook.wording(key, "en")
        words = said if isinstance(said, str) else str(said)
        if re.search(r"\{(order|amount|date|url|tracking|days|count|email|phone|time)\}", words):
            found.append(key)
    return found


def _slots(rng: random.Random) -> dict[str, str]:
    """Return values for every slot, as a text in English has them; dates and amounts are rewritten by the book."""
    day, month = rng.randint(1, 28), rng.choice(["March", "May", "September", "December"])
    return {
        "order": f"KSL-{rng.randint(10_000, 99_999)}",
        "amount": f"€{rng.randint(3, 900)}.{rng.choice(['00', '50', '95'])}",
        "date": f"{day} {month} 2026",
        "url": f"https://shop.example/t/{rng.randint(100, 999)}?x={rng.randint(1, 9)}",
        "tracking": f"JJFI{rng.randint(10**11, 10**12 - 1)}",
        "days": str(rng.randint(2, 14)),
        "hours": str(rng.randint(2, 48)),
        "count": str(rng.randint(2, 9)),
        "email": "help@shop.example",
        "phone": "+358 40 123 4567",
        "time": f"{rng.randint(9, 17)}:30",
        "percent": "20%",
        "code": "SAVE20NOW",
        "name": "Anna",
        "carrier": "Posti",
        "product": "Kaisla Lamp",
    }


def _tail(rng: random.Random, language: str) -> str:
    """Return a line that is the same in all languages but for its decimal sign."""
    weight = format_decimal(rng.choice([1.5, 2.25, 12.4]), locale=locale_of(language))
    return (
        f"Kaisla Lamp / Nordlys: {weight} kg, {rng.randint(13, 19)} x {rng.randint(20, 80)} cm, "
        f"#{rng.randint(10_000, 99_999)}, €{rng.randint(10, 99)}.90, {{order_name}}, "
        f"www.shop.example/{rng.randint(10, 99)}, +358 40 765 4321, a.b{rng.randint(1, 9)}@shop.example"
    )


def cases(count: int = MESSAGES) -> Iterator[Case]:
    """Yield messages with the honest answer, every language as source and as target."""
    rng = random.Random(20261127)
    tags, keys = phrasebook.languages(), _keys()
    made = 0
    while made < count:
        target = tags[made % len(tags)]
        source = rng.choice([tag for tag in tags if tag != target])
        chosen, slots, seed = rng.sample(keys, 2), _slots(rng), rng.random()
        try:
            texts = [
                "\n".join(
                    [
                        *(phrasebook.render(key, tag, slots, source="en") for key in chosen),
                        _tail(random.Random(seed), tag),
                    ]
                )
                for tag in (source, target)
            ]
        except (KeyError, ValueError):
            continue
        shielded = protect(texts[0], language=source, mask=MASK, terms=TERMS)
        answer = _masked(texts[1], shielded, source, target)
        if answer is None:
            continue
        made += 1
        yield Case(source, target, texts[0], answer, shielded)


def _masked(text: str, shielded: Protected, source: str, target: str) -> str | None:
    """Put the masks of a text into its translation; None where a piece is written otherwise there."""
    for number, _piece in sorted(enumerate(shielded.pieces, 1), key=lambda one: -len(one[1])):
        said = shielded.restore(MASK.format(number), source=source, target=target)[0]
        # `9:30` is no piece of `09:30`
        found = re.search(rf"(?<!\d){re.escape(said)}(?!\d)", text)
        if found is None:
            return None
        text = text[: found.start()] + MASK.format(number) + text[found.end() :]
    return text


Damage = Callable[[Case, random.Random], str | None]


def _masks_in(case: Case, *kinds: str) -> list[str]:
    return [
        found.group()
        for found in _MASKS.finditer(case.answer)
        if not kinds or case.shielded.kinds[int(found[1]) - 1] in kinds
    ]


def _instead(*kinds: str, by: Callable[[random.Random], str]) -> Damage:
    def damage(case: Case, rng: random.Random) -> str | None:
        found = _masks_in(case, *kinds)
        return case.answer.replace(rng.choice(found), by(rng), 1) if found else None

    return damage


def _double(case: Case, rng: random.Random) -> str:
    mask = rng.choice(_masks_in(case))
    return case.answer.replace(mask, f"{mask} {mask}", 1)


def _swap(case: Case, rng: random.Random) -> str | None:
    """Swap two pieces of one kind."""
    by_kind: dict[str, list[str]] = {}
    for mask in _masks_in(case):
        by_kind.setdefault(case.shielded.kinds[int(mask[2:-2]) - 1], []).append(mask)
    several = [masks for masks in by_kind.values() if len(masks) > 1]
    if not several:
        return None
    one, other = rng.sample(rng.choice(several), 2)
    if case.shielded.pieces[int(one[2:-2]) - 1] == case.shielded.pieces[int(other[2:-2]) - 1]:
        return None
    return case.answer.replace(one, "\0").replace(other, one).replace("\0", other)


def _free(change: Callable[[str, random.Random], str]) -> Damage:
    """Change a number that no mask protects."""

    def damage(case: Case, rng: random.Random) -> str | None:
        found = list(_FREE.finditer(case.answer))
        if not found:
            return None
        one = rng.choice(found)
        changed = change(one.group(), rng)
        return (
            case.answer[: one.start()] + changed + case.answer[one.end() :]
            if changed != one.group()
            else None
        )

    return damage


def _digit(number: str, rng: random.Random) -> str:
    place = rng.choice([index for index, one in enumerate(number) if one.isdigit()])
    other = rng.choice([one for one in "123456789" if one != number[place]])
    return number[:place] + other + number[place + 1 :]


def _swap_free(case: Case, rng: random.Random) -> str | None:
    found = list(_FREE.finditer(case.answer))
    if len(found) < 2:
        return None
    one, other = sorted(rng.sample(found, 2), key=lambda match: match.start())
    if one.group() == other.group():
        return None
    text = case.answer
    return (
        text[: one.start()]
        + other.group()
        + text[one.end() : other.start()]
        + one.group()
        + text[other.end() :]
    )


DAMAGES: dict[str, Damage] = {
    "a piece dropped": _instead(by=lambda _: ""),
    "a piece doubled": _double,
    "the digit of a mask changed": _instead(by=lambda rng: f"XZ{rng.randint(60, 99)}ZX"),
    "a mask cut to its number": _instead(by=lambda rng: str(rng.randint(1, 9))),
    "two pieces of a kind swapped": _swap,
    "a link translated": _instead("url", by=lambda _: "https://shop.example/fi/seuranta"),
    "an amount changed": _instead("amount", by=lambda rng: f"€{rng.randint(1000, 2000)}.00"),
    "a date moved": _instead("date", by=lambda _: "01.02.2031"),
    "a code rewritten": _instead("code", by=lambda rng: f"KSL-{rng.randint(100, 999)}"),
    "an e-mail address lost": _instead("email", by=lambda _: "shop"),
    "a phone number changed": _instead("phone", by=lambda _: "+358 40 000 0000"),
    "a term translated": _instead("term", by=lambda _: "Schilflampe"),
    "a term dropped": _instead("term", by=lambda _: ""),
    "a placeholder translated": _instead("placeholder", by=lambda _: "{tilauksen_nimi}"),
    "the digit of a free number changed": _free(_digit),
    "a free number dropped": _free(lambda *_: ""),
    "a decimal sign dropped": _free(lambda number, _: re.sub(r"[.,]", "", number)),
    "full-width digits, one of them changed": _free(
        lambda number, rng: _digit(number, rng).translate({48 + n: 0xFF10 + n for n in range(10)})
    ),
    "two free numbers swapped": _swap_free,
    "a number added": lambda case, rng: f"{case.answer} {rng.randint(100, 400)}",
    "nothing said": lambda *_: " ",
    "markup added": lambda case, _: f"<p>{case.answer}</p>",
    "said twice": lambda case, _: f"{case.answer}\n{case.answer}",
    "given back as it was": lambda case, _: case.shielded.masked,
    "cut in the middle": lambda case, _: case.answer[: len(case.answer) // 2],
}
PLAIN = "as it is"
# What engines do to masks and numbers without changing what they mean.
HARMLESS: dict[str, Callable[[Case], str]] = {
    PLAIN: lambda case: case.answer,
    "masks in small letters": lambda case: case.answer.replace("XZ", "xz").replace("ZX", "zx"),
    "blanks in masks": lambda case: _MASKS.sub(r"XZ \1 ZX", case.answer),
    "full-width digits": lambda case: case.answer.translate({48 + n: 0xFF10 + n for n in range(10)}),
}


def faults_of(case: Case, answer: str) -> tuple[str, ...]:
    """Return what the desk says of an answer, by the way every answer takes."""
    machine = Machine("damaging://", Saying(answer))
    made = translate_with(
        machine, case.text, source=case.source, target=case.target, scope=Scope(terms=TERMS)
    )
    return made.faults if made else ("nothing",)


def figures() -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int, int]], list[str]]:
    """Return (damage, done, caught), (harmless change, done, false alarms, hints alone), and what got through."""
    rng = random.Random(7)
    done: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    hints: Counter[str] = Counter()
    honest: Counter[str] = Counter()
    missed: list[str] = []
    names = list(DAMAGES)
    found = list(cases())
    for index, case in enumerate(found):
        # two damages a message, so that every one meets every language in turn
        for name in (names[index % len(names)], names[(index * 7 + 3) % len(names)]):
            answer = DAMAGES[name](case, rng)
            if answer is None or answer == case.answer:
                continue
            done[name] += 1
            if faults_of(case, answer):
                caught[name] += 1
            else:
                missed.append(f"{name}: {case.source}>{case.target}: {answer}")
        for name, change in HARMLESS.items():
            if name != PLAIN and index % 5:
                continue
            honest[name] += 1
            faults = faults_of(case, change(case))
            is_hint = bool(faults) and all(one.startswith("order:") for one in faults)
            hints[name] += is_hint
            alarms[name] += bool(faults) and not is_hint
    harm = [(name, done[name], caught[name]) for name in names]
    fine = [(name, honest[name], alarms[name], hints[name]) for name in HARMLESS]
    return harm, fine, missed


def tables() -> Iterator[tuple[str, list[str], list[tuple[str, ...]]]]:
    """Yield (title, heads, rows) of the figures."""
    harm, fine, _missed = figures()
    total, caught = sum(row[1] for row in harm), sum(row[2] for row in harm)
    yield (
        f"Protection: damages done to {MESSAGES} messages, and told",
        ["damage", "done", "told"],
        [*((name, str(one), str(other)) for name, one, other in harm), ("all", str(total), str(caught))],
    )
    yield (
        "Protection: the same messages answered honestly",
        ["answer", "messages", "false alarms", "hints on the order alone"],
        [
            (name, str(number), f"{wrong} ({wrong / number:.1%})", f"{hint} ({hint / number:.1%})")
            for name, number, wrong, hint in fine
        ],
    )


def languages_of(found: Sequence[Case]) -> set[str]:
    """Return the languages that messages are in or go to."""
    return {base(tag) for case in found for tag in (case.source, case.target)}
