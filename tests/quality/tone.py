"""How well the tone check tells replies that would offend from those that would not."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dragoman.core.language.tone.check import check, is_fine
from tests.quality import sets
from tests.quality.sets import Reply

# languages whose figure the project promised, by themselves
PROMISED = ("ja", "de", "th", "fr", "ko", "es", "pl", "fi", "nl", "pt-BR")
_FAULTS = frozenset({"register", "honorific", "blame", "rude", "shouting", "joke", "taboo"})
# one finding may stand for the other: a Thai reply without a particle is too familiar, a bare no is curt
_AS = {"particle": "register", "refusal": "rude"}


def by_language(tags: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Language, replies, F1 of the replies that would offend, and F1 of the single codes (faults, hints)."""
    whole: Counter[str] = Counter()
    for tag in tags:
        replies = sets.replies(tag)
        if not replies:
            continue
        counted = _counted(replies)
        whole += counted
        yield tag, len(replies), _f1(counted, "bad"), _f1(counted, "fault"), _f1(counted, "hint")
    yield "all", "", _f1(whole, "bad"), _f1(whole, "fault"), _f1(whole, "hint")


def by_market() -> Iterator[tuple[object, ...]]:
    """Market, language, replies, and precision, recall and F1 of those that would offend there."""
    whole: Counter[str] = Counter()
    for market in sets.markets():
        replies = sets.market_replies(market)
        counted = _counted(replies)
        whole += counted
        yield market, replies[0].language, len(replies), *_figures(counted)
    yield "all", "", "", *_figures(whole)


def _figures(counted: Counter[str]) -> tuple[str, str, str]:
    right, wrong, missed = (counted[f"bad {how}"] for how in ("right", "wrong", "missed"))
    return _share(right, right + wrong), _share(right, right + missed), _f1(counted, "bad")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _counted(replies: Sequence[Reply]) -> Counter[str]:
    """Count right, wrong and missed of each kind."""
    counted: Counter[str] = Counter()
    for reply in replies:
        found = check(reply.text, language=reply.language, market=reply.market)
        _count(counted, "bad", {"bad"} if reply.is_bad else set(), set() if is_fine(found) else {"bad"})
        codes = {_AS.get(one.code, one.code) for one in found}
        _count(counted, "fault", reply.codes & _FAULTS, codes & _FAULTS)
        _count(counted, "hint", reply.codes - _FAULTS, codes - _FAULTS)
    return counted


def _count(counted: Counter[str], kind: str, meant: set[str] | frozenset[str], found: set[str]) -> None:
    counted[f"{kind} right"] += len(meant & found)
    counted[f"{kind} wrong"] += len(found - meant)
    counted[f"{kind} missed"] += len(meant - found)


def _f1(counted: Counter[str], kind: str) -> str:
    right, wrong, missed = (counted[f"{kind} {how}"] for how in ("right", "wrong", "missed"))
    return f"{2 * right / (2 * right + wrong + missed):.3f}" if right + wrong + missed else "-"
