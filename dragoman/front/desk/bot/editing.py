"""A flow as the editor's form holds it: read from what was posted, pressed into another shape, and back into a body."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict
from pydantic import ValidationError

from dragoman.service.bot.flow_shapes import Body, kept_of

_PLAIN: Final = ("id", "kind", "next", "otherwise", "slot", "takes", "tool", "why")
_KINDS: Final = (
    "say",
    "ask",
    "tool",
    "condition",
    "answer_from_help",
    "prove_identity",
    "hand_over",
    "resolve",
)


def draft_of(body: Body) -> dict[str, Any]:
    """Return a body as the form shows it."""
    kept = kept_of(body)
    trigger = {"intents": [], "keywords": {}, **kept.get("trigger", {})}
    return {"title": {}, "icon": "", "words": "", "steps": [], "tests": [], **kept, "trigger": trigger}


def read(posted: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the draft that a form holds; tests are kept as they were, what is empty is left out."""
    draft: dict[str, Any] = {
        "trigger": {
            "intents": posted.getlist("intents"),
            "keywords": _keywords(posted),
        },
        "title": _texts(posted, "title"),
        "icon": before.get("icon", ""),
        "words": before.get("words", ""),
        "tests": list(before.get("tests", [])),
    }
    count = _said_in(posted, "steps")
    most = min(int(count), 40) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    draft["steps"] = [_step(posted, place) for place in range(most)]
    return draft


def _said_in(posted: QueryDict, name: str) -> str:
    return str(posted.get(name) or "").strip()


def _keywords(posted: QueryDict) -> dict[str, list[str]]:
    found = _texts(posted, "keywords")
    return {tag: [one.strip() for one in text.split("\n") if one.strip()][:40] for tag, text in found.items()}


def _texts(posted: QueryDict, name: str) -> dict[str, str]:
    start = f"{name}:"
    return {
        key.removeprefix(start): _said_in(posted, key).replace("\r\n", "\n")
        for key in posted
        if key.startswith(start) and _said_in(posted, key)
    }


def _step(posted: QueryDict, place: int) -> dict[str, Any]:
    at = f"s{place}."
    step: dict[str, Any] = {name: _said_in(posted, at + name) for name in _PLAIN}
    step = {name: value for name, value in step.items() if value}
    step["texts"] = _texts(posted, f"{at}texts")
    step["words"] = _said_in(posted, f"{at}words").split()
    step["changing"] = bool(posted.get(f"{at}changing"))
    if equals := _said_in(posted, f"{at}equals"):
        step["equals"] = equals
    step["to"] = _pairs(posted, f"{at}to")
    step["arguments"] = _pairs(posted, f"{at}arguments")
    step["choices"] = _choices(posted, f"{at}choices")
    return {name: value for name, value in step.items() if value not in ({}, [], "", False)}


def _pairs(posted: QueryDict, name: str) -> dict[str, str]:
    rows = ((_said_in(posted, f"{name}.{n}.key"), _said_in(posted, f"{name}.{n}.value")) for n in range(20))
    return {key: value for key, value in rows if key and value}


def _choices(posted: QueryDict, name: str) -> list[dict[str, Any]]:
    found = []
    for n in range(12):
        value = _said_in(posted, f"{name}.{n}.value")
        texts = _texts(posted, f"{name}.{n}.texts")
        words = _said_in(posted, f"{name}.{n}.words")
        if value:
            found.append({"value": value, "texts": texts, **({"words": words} if words else {})})
    return found


def pressed(draft: dict[str, Any], what: str) -> dict[str, Any]:
    """Return a draft after a button: `add:<kind>`, `up:<n>`, `down:<n>`, `drop:<n>`, `untest:<n>`."""
    verb, _colon, said = what.partition(":")
    steps: list[dict[str, Any]] = draft["steps"]
    if verb == "add" and said in _KINDS and len(steps) < 40:
        steps.append({"id": _free(steps, said), "kind": said})
        return draft
    place = int(said) if said.isdigit() else -1
    if verb == "untest" and 0 <= place < len(draft["tests"]):
        del draft["tests"][place]
    if not 0 <= place < len(steps):
        return draft
    if verb == "drop":
        del steps[place]
    other = place - 1 if verb == "up" else place + 1
    if verb in {"up", "down"} and 0 <= other < len(steps):
        steps[place], steps[other] = steps[other], steps[place]
    return draft


def _free(steps: Sequence[Mapping[str, Any]], kind: str) -> str:
    taken = {str(one.get("id", "")) for one in steps}
    names = (kind if n == 1 else f"{kind}_{n}" for n in range(1, 60))
    return next(one for one in names if one not in taken)


def body_in(draft: Mapping[str, Any]) -> tuple[Body | None, list[tuple[str, str]]]:
    """Return the body that a draft makes, or what is wrong with it: (step or "", sentence)."""
    try:
        return Body.model_validate(draft), []
    except ValidationError as fault:
        return None, [_said(draft, one["loc"], one["msg"]) for one in fault.errors()]


def _said(draft: Mapping[str, Any], place: Sequence[Any], message: str) -> tuple[str, str]:
    named = ""
    if len(place) > 1 and place[0] == "steps" and isinstance(place[1], int):
        named = str(draft["steps"][place[1]].get("id", place[1] + 1))
    fields = " · ".join(str(one) for one in place[2:] or place)
    return named, f"{fields}: {message}"


def with_test(draft: dict[str, Any], name: str, spoken: Sequence[Any], *, language: str, known: bool) -> None:
    """Add a conversation that was rehearsed to the tests, with what came of each message."""
    lines = []
    for one in spoken:
        expect: dict[str, str] = {"state": one.state}
        if one.steps and one.flow:
            expect["step"] = one.steps[-1]
        if one.tools:
            expect["tool"] = one.tools[-1]
        lines.append({"said": one.said, "expect": expect})
    if lines:
        draft["tests"] = [
            *draft["tests"],
            {"name": name[:120] or "1", "language": language, "known": known, "lines": lines},
        ][-30:]
