"""Signs of a writer's mood: words of praise and anger of a language's list, negation, emoji, capitals and marks.

The lists are `data/sentiment/*.toml`, written by people; the model weighs the signs, so that each can be shown.
"""

import importlib.resources
import re
import tomllib
from functools import lru_cache
from itertools import pairwise

from dragoman.core.language.terms import Hit, Terms
from dragoman.kit.tags import match
from dragoman.kit.text import fold

_FOLDER = importlib.resources.files("dragoman.core.language") / "data" / "sentiment"
_GLAD = re.compile("[😀😁😂😃😄😊😍🥰😘🤩😉🙂☺❤♥💕💖👍👏🙏🎉✨🥳💯💪🌸😇🤗]|(?<!\\w)[:;=]-?[)D]|<3|\\^\\^")
_CROSS = re.compile("[😠😡🤬😤😢😭😞😔😟😣😩😫😒🙄👎💔😱🤮🤦😑☹]|(?<!\\w)[:=]['-]?[(/|]")
_SHOUTED = re.compile(r"\b[^\W\d_]{4,}\b")
_REACH = 3  # words that a negation turns round
_MOST = 1_200  # characters


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the tags there are lists for."""
    return tuple(sorted(file.name[:-5] for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


@lru_cache(maxsize=64)
def _lists(language: str) -> Terms:
    tag = match(language, languages())
    return Terms(tomllib.loads((_FOLDER / f"{tag}.toml").read_text("utf-8")) if tag else {})


def signs(text: str, language: str) -> list[str]:
    """Return the signs of mood in a text: how many words of each kind, what stands last, emoji, marks and capitals."""
    text = text[:_MOST]
    folded = fold(text)
    hits = _lists(language).find(folded)
    kinds = _turned(hits, folded)
    found = [f"{kind}{min(3, kinds.count(kind))}" for kind in sorted(set(kinds))]
    found += [f"{kind}>={least}" for kind in set(kinds) for least in range(1, min(3, kinds.count(kind)) + 1)]
    poles = [kind for kind in kinds if kind in {"positive", "negative", "not_positive", "not_negative"}]
    if poles:
        found += [f"first_{poles[0]}", f"last_{poles[-1]}"]
        up = sum(1 for kind in poles if kind in {"positive", "not_negative"})
        found.append(f"balance{max(-3, min(3, 2 * up - len(poles)))}")
    else:
        found.append("plain")
    found += ["glad"] if _GLAD.search(text) else []
    found += ["cross"] if _CROSS.search(text) else []
    found += [f"!{min(3, text.count('!') + text.count('！'))}"] if "!" in text or "！" in text else []
    found += ["?!"] if re.search(r"[?？]\s?[!！?？]", text) else []
    shouted = [word for word in _SHOUTED.findall(text) if word.isupper() and word.lower() != word]
    found += ["shouted"] if shouted else []
    return found


def _turned(hits: list[Hit], folded: str) -> list[str]:
    """Return the kinds of the hits, those within reach of a negation turned round."""
    kinds: list[str] = []
    for before, hit in pairwise([Hit("", -100, -100), *hits]):
        near = hit.start >= before.end and len(folded[before.end : hit.start].split()) < _REACH
        if hit.label in {"positive", "negative"} and before.label == "negation" and near:
            kinds.append(f"not_{hit.label}")
        elif before.label == "stronger" and near and hit.label in {"positive", "negative"}:
            kinds += [hit.label, f"strong_{hit.label}"]
        else:
            kinds.append(hit.label)
    return kinds
