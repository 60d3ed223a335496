"""How well messages are understood, on sets that the models never saw."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dragoman.core.language import training
from dragoman.core.language.detect import detect
from dragoman.core.language.entities.find import find
from dragoman.core.language.redact import redacted
from dragoman.core.language.understand import OUTSIDE, SURE, purpose_and_mood, understand
from tests.quality import sets


def by_language(tags: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Language, share of messages, of 1 to 4 words, and of outsiders recognised; intent, mood (macro F1), entities (F1)."""
    totals: dict[str, list[float]] = defaultdict(list)
    for tag in tags:
        lines = list(sets.messages(tag))
        seen = [(line, understand(line.text)) for line in lines]
        short = sets.texts("short", tag)
        outside = sets.texts("outside", tag)
        row = {
            "language": _share(one.language == tag for _line, one in seen),
            "short": _share(understand(text).language == tag for text in short),
            "intent": _share(
                purpose_and_mood(line.text, tag)[0].replace(OUTSIDE, "other") == line.intent for line in lines
            ),
            "outside": _share(_is_outside(text, tag) for text in outside),
            "mood": macro_f1([(line.sentiment, purpose_and_mood(line.text, tag)[2]) for line in lines]),
            "entities": entities_f1([tag])["all"],
        }
        for name, value in row.items():
            totals[name].append(value)
        yield (tag, *(f"{value:.3f}" for value in row.values()))
    yield ("mean", *(f"{sum(values) / len(values):.3f}" for values in totals.values()))


def beside_held_out(tags: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Language; purpose and mood on its own set and on the examples that were held out."""
    path = training.FOLDER / training.HELD_OUT
    if not path.exists():
        return
    told = json.loads(path.read_text("utf-8"))["languages"]
    columns: list[list[float]] = []
    for tag in tags:
        lines = list(sets.messages(tag))
        seen = [(line, *purpose_and_mood(line.text, tag)) for line in lines]
        intent = _share(
            purpose.replace(OUTSIDE, "other") == line.intent for line, purpose, _sure, _mood in seen
        )
        mood = macro_f1([(line.sentiment, found) for line, _purpose, _sure, found in seen])
        columns.append([intent, told[tag]["intent"], mood, told[tag]["sentiment"]])
        yield tag, *(f"{value:.3f}" for value in columns[-1])
    yield "mean", *(f"{sum(values) / len(values):.3f}" for values in zip(*columns, strict=True))


# what a shop of one corner of the world has switched on
_EIGHTS = (
    ("en", "fi", "et", "pl", "nl", "th", "de", "fr"),
    ("en", "sv", "da", "nb", "fi", "de", "nl", "pl"),
    ("en", "es", "pt-BR", "it", "fr", "ro", "el", "tr"),
    ("en", "cs", "hu", "pl", "ro", "uk", "ru", "de"),
    ("en", "th", "vi", "zh-Hans", "ja", "ko", "hi", "ar"),
)


def short_among_few(tags: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    """Eight languages, their texts of 1 to 4 words, and the share told rightly where only they are switched on."""
    for eight in _EIGHTS:
        texts = [(tag, text) for tag in eight if tag in tags for text in sets.texts("short", tag)]
        right = _share(detect(text, eight).language == tag for tag, text in texts)
        yield " ".join(eight), len(texts), f"{right:.3f}"
    for tag, other in (("da", "nb"), ("nb", "da")):
        found = [detect(text, _EIGHTS[1]).language for text in sets.texts("short", tag)]
        right = _share(language == tag for language in found)
        yield f"{tag} (taken for {other}: {found.count(other)})", len(found), f"{right:.3f}"


def _share(right: Iterator[bool]) -> float:
    found = list(right)
    return sum(found) / max(1, len(found))


def _is_outside(text: str, tag: str) -> bool:
    """A message that is none of a shop's is recognised where it is called so, or nothing is made of it."""
    purpose, confidence, _mood = purpose_and_mood(text, tag)
    return purpose in {OUTSIDE, "other"} or confidence < SURE


def confusions(tags: Sequence[str], count: int = 15) -> Iterator[tuple[str, str, int]]:
    """Meant, understood, how often: what is mixed up most."""
    mixed: Counter[tuple[str, str]] = Counter()
    for tag in tags:
        for line in sets.messages(tag):
            found = purpose_and_mood(line.text, tag)[0]
            if found != line.intent:
                mixed[line.intent, found] += 1
    for (meant, found), times in mixed.most_common(count):
        yield meant, found, times


def romanised() -> Iterator[tuple[str, str, str]]:
    """Language, lines in Latin letters, found."""
    for tag in sets.languages():
        lines = sets.texts("romanised", tag)
        if lines:
            yield tag, str(len(lines)), f"{_share(understand(line).language == tag for line in lines):.3f}"


def personal() -> Iterator[tuple[str, int, int]]:
    """What, of how many, how many: personal data found as it stands, and numbers of orders and the like masked wrongly."""
    lines = sets.personal()
    found = sum(
        [(one.type, text[one.start : one.end]) for one in redacted(text)] == [(kind, value)]
        for text, kind, value in lines
    )
    yield "found and nothing else", len(lines), found
    plain = sets.impersonal()
    yield "left as they are", len(plain), sum(not redacted(text) for text in plain)
    others = [(text, named) for tag in sets.languages() for text, named in sets.entities(tag)]
    wrong = 0
    for text, named in others:
        rightly = [one["text"] for one in named if one["type"] in {"email", "phone"}]
        spans = [text[one.start : one.end] for one in redacted(text)]
        wrong += sum(not any(span in right or right in span for right in rightly) for span in spans)
    yield (
        "masked though an order, a parcel, an article ...",
        sum(len(named) for _text, named in others),
        wrong,
    )


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean over the labels of F1 of (meant, found)."""
    labels = sorted({meant for meant, _found in pairs})
    scores = []
    for label in labels:
        hit = sum(1 for meant, found in pairs if meant == found == label)
        said = sum(1 for _meant, found in pairs if found == label)
        meant_so = sum(1 for meant, _found in pairs if meant == label)
        scores.append(2 * hit / (said + meant_so) if said + meant_so else 0.0)
    return sum(scores) / len(scores)


# the sets were written before these were found
_UNJUDGED = frozenset({"product", "address"})


def entities_f1(tags: Sequence[str]) -> dict[str, float]:
    """Return F1 by type of entity, and of `all`; right is the same type and value."""
    hit: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for tag in tags:
        for text, named in sets.entities(tag):
            wanted = {(one["type"], one["value"]) for one in named}
            found = {(one.type, one.value) for one in find(text, tag) if one.type not in _UNJUDGED}
            hit.update(kind for kind, _value in wanted & found)
            said.update(kind for kind, _value in found)
            meant.update(kind for kind, _value in wanted)
    told = {kind: 2 * hit[kind] / (said[kind] + meant[kind]) for kind in meant}
    total = said.total() + meant.total()
    return told | {"all": 2 * hit.total() / total if total else 0.0}
