"""Another system's JSON as the shape of `PUT /orders/{number}`: one line for each field, `ours = theirs`.

    number = order.name
    lines[].sku = order.items[].article
    lines[].unit_price = order.items[].price | minor
    fulfilment_status = order.state | words shipped=sent, *=unfulfilled
    currency = "EUR"

A path goes by names, `[0]` is one of a list, `[]` each of it, as often on both sides; what is in quotation marks is
said as it stands. `minor` makes 49.90 minor units of the order's currency, `words` puts our words for theirs.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal
from dragoman.kit.money import digits_of, to_minor

MOST_LINES: Final = 120
MOST_VALUES: Final = 20_000
_PATH: Final = re.compile(r"[\w$@-]{1,80}(?:\[\d{0,4}\])?(?:\.[\w$@-]{1,80}(?:\[\d{0,4}\])?){0,9}\Z")
_STEP: Final = re.compile(r"([\w$@-]+)(?:\[(\d*)\])?")
# what our shape counts; all other figures are numbers of things, and stay texts
_THINGS: Final = {"quantity", "version", "weight", "fulfilled", "returned", "cancelled"}
# 49.0 is no whole number of minor units: whoever means 49 euros says `minor`
_COUNTS: Final = {
    "amount", "unit_price", "discount", "tax", "items", "shipping", "total", "refunded", "store_total", "rate",
}  # fmt: skip
_FLAGS: Final = {"final_sale", "custom_made", "digital", "hygiene", "informed", "tax_included"}
_MISSING: Final = object()


@dataclass(frozen=True)
class Step:
    """A name on a path; `index` one of its list, `each` all of it."""

    name: str
    index: int | None = None
    each: bool = False


@dataclass(frozen=True)
class Rule:
    """A line of a mapping: where it goes, where it comes from or what it says, and how it is turned."""

    ours: Sequence[Step]
    theirs: Sequence[Step]
    said: str = ""
    minor: bool = False
    words: Mapping[str, str] | None = None
    line: str = ""


class Uneven(ValueError):
    """`[]` stands more often on one side than on the other."""


def rules_of(text: str) -> list[Rule]:
    """Read a mapping; raises Refusal `bad_mapping` that names the line."""
    rules: list[Rule] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        try:
            rules.append(replace(_rule(line), line=line[:200]))
        except Uneven:
            raise Refusal(
                _(
                    "Line %(number)s of the mapping has [] more often on one side: write it as "
                    "lines[].sku = items[].article"
                )
                % {"number": number},
                code="bad_mapping",
                status=422,
            ) from None
        except ValueError:
            raise Refusal(
                _("Line %(number)s of the mapping cannot be read: write it as number = order.name")
                % {"number": number},
                code="bad_mapping",
                status=422,
            ) from None
    if len(rules) > MOST_LINES:
        raise Refusal(_("A mapping has at most 120 lines."), code="bad_mapping", status=422)
    # amounts need the currency of their order
    return sorted(rules, key=lambda one: one.minor)


def _rule(line: str) -> Rule:
    left, sign, right = line.partition("=")
    if not sign:
        raise ValueError
    ours = _steps(left.strip())
    if any(one.index is not None for one in ours):
        raise ValueError
    right = right.strip()
    if right[:1] == '"':
        end = right.find('"', 1)
        if end < 1 or right[end + 1 :].strip() or any(one.each for one in ours):
            raise ValueError
        return Rule(ours, (), said=right[1:end])
    path, bar, turn = (part.strip() for part in right.partition("|"))
    theirs = _steps(path)
    if sum(one.each for one in ours) != sum(one.each for one in theirs):
        raise Uneven
    if not bar:
        return Rule(ours, theirs)
    if turn == "minor":
        return Rule(ours, theirs, minor=True)
    verb, _space, pairs = turn.partition(" ")
    if verb != "words":
        raise ValueError
    words = dict(_pair(one) for one in pairs.split(","))
    return Rule(ours, theirs, words=words)


def _pair(text: str) -> tuple[str, str]:
    theirs, sign, ours = (part.strip() for part in text.partition("="))
    if not sign or not theirs or not ours:
        raise ValueError
    return theirs.lower(), ours


def _steps(path: str) -> list[Step]:
    if not _PATH.match(path):
        raise ValueError
    steps = []
    for name, index in _STEP.findall(path):
        is_list = f"{name}[" in path and index == ""
        steps.append(Step(name, int(index) if index else None, is_list and f"{name}[]" in path))
    return steps


def mapped(rules: Sequence[Rule], told: Any) -> dict[str, Any]:
    """Return what a mapping makes of a text in JSON; raises Refusal `bad_mapping`, BadMoney."""
    made: dict[str, Any] = {}
    count = [0]
    for rule in rules:
        value = rule.said if not rule.theirs else _read(told, rule.theirs)
        if value is not _MISSING:
            _put(made, rule.ours, value, rule, count)
    return _without_gaps(made)  # type: ignore[no-any-return]


def unfound(rules: Sequence[Rule], told: Any) -> list[str]:
    """Return the lines of a mapping that find nothing in a text, as they are written."""
    return [one.line for one in rules if one.theirs and _is_nothing(_read(told, one.theirs))]


def _is_nothing(value: Any) -> bool:
    return value is _MISSING or (isinstance(value, list) and all(map(_is_nothing, value)))


def _read(found: Any, steps: Sequence[Step]) -> Any:
    """Return what lies at a path; with `[]` a list of what lies at the rest of it, gaps kept."""
    for place, step in enumerate(steps):
        if not isinstance(found, Mapping) or found.get(step.name) is None:
            return _MISSING
        found = found[step.name]
        if step.each:
            if not isinstance(found, list):
                return _MISSING
            rest = steps[place + 1 :]
            return [_read(one, rest) if rest else one for one in found]
        if step.index is not None:
            if not isinstance(found, list) or step.index >= len(found):
                return _MISSING
            found = found[step.index]
    return found


def _put(made: dict[str, Any], steps: Sequence[Step], value: Any, rule: Rule, count: list[int]) -> None:
    at = made
    for place, step in enumerate(steps):
        is_last = place == len(steps) - 1
        if step.each:
            _put_each(at, steps[place:], value, rule, count)
            return
        if is_last:
            count[0] += 1
            if count[0] > MOST_VALUES:
                raise Refusal(_("That is more than one order can hold."), code="bad_mapping", status=422)
            at[step.name] = _turned(value, step.name, rule, made)
            return
        at = _inside(at, step.name)


def _put_each(at: dict[str, Any], steps: Sequence[Step], value: Any, rule: Rule, count: list[int]) -> None:
    """Put a list's values into the rows there are, or into new ones."""
    name, rest = steps[0].name, steps[1:]
    rows = at.setdefault(name, [])
    values = value if isinstance(value, list) else []
    while len(rows) < len(values):
        rows.append({} if rest else _MISSING)
    for place, one in enumerate(values):
        if one is _MISSING:
            continue
        if not rest:
            rows[place] = _turned(one, name, rule, at)
            continue
        currency = at.get("currency") or at.get("\x00")
        rows[place].setdefault("\x00", currency)
        _put(rows[place], rest, one, rule, count)


def _inside(at: dict[str, Any], name: str) -> dict[str, Any]:
    found = at.setdefault(name, {})
    if not isinstance(found, dict):
        raise Refusal(
            _("The mapping says two things of “%(field)s”.") % {"field": name}, code="bad_mapping", status=422
        )
    found.setdefault("\x00", at.get("currency") or at.get("\x00"))
    return found


def _turned(value: Any, name: str, rule: Rule, around: Mapping[str, Any]) -> Any:
    if rule.minor:
        currency = str(around.get("currency") or around.get("\x00") or "").upper()
        digits_of(currency)
        return to_minor(value if isinstance(value, Decimal | int) else str(value).strip(), currency)
    if rule.words is not None:
        word = str(value).strip().lower()
        return rule.words.get(word, rule.words.get("*", word))
    if name in _FLAGS:
        return value if isinstance(value, bool) else str(value).strip().lower() in {"1", "true", "yes"}
    if name in _THINGS and isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if name in _COUNTS | _THINGS:
        return int(value) if isinstance(value, str) and value.strip().isdecimal() else value
    return str(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else value


def _without_gaps(found: Any) -> Any:
    """Return what was made without our marks, and without rows of which nothing was told."""
    if isinstance(found, dict):
        return {
            name: _without_gaps(one) for name, one in found.items() if name != "\x00" and one is not _MISSING
        }
    if isinstance(found, list):
        return [_without_gaps(one) for one in found if one is not _MISSING and one != {}]
    return found


def read_json(raw: bytes) -> Any:
    """Read a text in JSON with its decimals as they stand; raises ValueError."""
    return json.loads(raw, parse_float=Decimal)
