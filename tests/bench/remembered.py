"""The translation memory with a hundred thousand sentences: what is known word for word, what is near, what is neither."""

import json
from pathlib import Path

from tests.bench.browser import a_house, inside
from tests.bench.sections import Figures, Size, section
from tests.serving import a_desk

UNITS = {"tiny": 10_000, "small": 100_000, "full": 1_000_000}
ALIKE = 2_000  # sentences that differ in one word
ROUNDS = 60

_PROGRAM = """
import json, random, sys, time
import django; django.setup()
from django.db import connection
from dragoman.core.language.memory import remembered, suggestions
from dragoman.core.language.memory_models import MemoryUnit
from dragoman.core.language.memory_shapes import bands_of, key_of, pair_of
from dragoman.core.language.scope import Scope
from dragoman.kit import workspace

number, full, empty, alike, rounds = map(int, sys.argv[1:])
chance = random.Random(7)
syllables = [a + b for a in "b d f g h k l m n p r s t v".split() for b in "a e i o u ai ou".split()]
words = ["".join(chance.choice(syllables) for _ in range(chance.randint(1, 3))) for _ in range(4_000)]

def sentence():
    return " ".join(chance.choice(words) for _ in range(chance.randint(6, 16))).capitalize() + "."

def changed(text):
    said = text.split()
    said[chance.randrange(1, len(said) - 1)] = chance.choice(words)
    return " ".join(said)

def units():
    pair = pair_of("en", "fi")
    for source in texts:
        yield MemoryUnit(workspace_id=full, source_language="en", target_language="fi", source=source,
            target=source[::-1], pair=pair, key=key_of(source), bands=bands_of(source, workspace_id=full, pair=pair))

common = sentence()
texts = list({sentence() for _ in range(number // 4)})
texts += [changed(one) for one in texts for _ in range(2)]
texts += [changed(common + " " + common) for _ in range(alike)]
texts = list({key_of(one): one for one in texts}.values())
with workspace.acting_in(full):
    made = list(units())
    for start in range(0, len(made), 2_000):
        MemoryUnit.objects.bulk_create(made[start : start + 2_000])
with connection.cursor() as cursor:
    cursor.execute("ANALYZE language_memoryunit")

def asked(kind, text, of):
    scope = Scope(workspace_id=of)
    if kind == "trip":
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM language_memoryunit WHERE workspace_id = %s AND pair = %s AND key = %s",
                [of, "en>fi", key_of(text)])
            return len(cursor.fetchall())
    if kind == "exact":
        return sum(one is not None for one in remembered([text], source="en", target="fi", scope=scope))
    return len(suggestions(text, source="en", target="fi", scope=scope))

chosen = chance.sample(texts[: number // 4], rounds)
questions = {
    "one statement by its key": ("trip", chosen),
    "known word for word": ("exact", chosen),
    "unknown word for word": ("exact", [sentence() for _ in chosen]),
    "near ones, one word changed": ("near", [changed(one) for one in chosen]),
    "near ones, there is none": ("near", [sentence() for _ in chosen]),
    "near ones, thousands are alike": ("near", [changed(common + " " + common) for _ in chosen]),
}
told = {}
for name, (kind, asks) in questions.items():
    times, found = {full: [], empty: []}, 0
    for text in asks:
        for of in (full, empty):
            with workspace.acting_in(of):
                began = time.perf_counter()
                count = asked(kind, text, of)
                times[of].append(time.perf_counter() - began)
            found += bool(count) if of == full else 0
    told[name] = [sorted(times[full]), sorted(times[empty]), found]
print(json.dumps([len(made), told]))
"""


@section("remembered")
def measure(home: Path, size: Size) -> Figures:
    """Ask a full and an empty memory the same in turns; the ratio of p50, and that to one statement."""
    number = UNITS[size.name]
    with a_desk(home) as desk:
        full, empty = a_house(desk, "full"), a_house(desk, "empty")
        words = map(str, (number, full.workspace, empty.workspace, ALIKE, ROUNDS))
        made, told = json.loads(inside(desk, _PROGRAM, *words))
    figures: Figures = {"sentences": f"{made:,}"}
    middle = ROUNDS // 2
    trip = told["one statement by its key"][0][middle]
    for name, (large, small, found) in told.items():
        figures[name] = {
            "found": f"{found} of {ROUNDS}",
            "p50 ms": round(large[middle] * 1000, 2),
            "p95 ms": round(large[int(ROUNDS * 0.95)] * 1000, 2),
            "to an empty memory": round(large[middle] / small[middle], 2),
            "to one statement": round(large[middle] / trip, 2),
        }
    return figures
