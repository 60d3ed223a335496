"""The mood of a conversation in four words: how its last message sounds, and how much has built up before it.

`tension` runs from 0 to 100. It fades with every message, and rises with anger, with words such as "the third time",
with capitals and rows of exclamation marks, and with messages that follow each other unanswered.
"""

from typing import Final

from django.db.models import Q

TENSE, UPSET = 30, 60
MOST: Final = 100
MOODS: Final = ("neutral", "calm", "tense", "upset")
_FADES, _THANKED = 0.6, 0.25
_ANGRY, _AGAIN, _LOUD, _PRESSING = 40, 30, 20, 15
# what a mood that a person chose stands for: sentiment and tension
CHOSEN: Final = {
    "neutral": ("neutral", 0),
    "calm": ("positive", 0),
    "tense": ("negative", 40),
    "upset": ("negative", 80),
}


def mood_of(sentiment: str, tension: int) -> str:
    """Return one of MOODS, "" where nothing is known."""
    if tension >= UPSET:
        return "upset"
    if tension >= TENSE or sentiment == "negative":
        return "tense"
    return {"positive": "calm", "neutral": "neutral"}.get(sentiment, "")


def tension_after(
    before: int, *, sentiment: str, again: bool = False, loud: bool = False, pressing: bool = False
) -> int:
    """Return the tension after one more message; `pressing` is one that came soon after another, unanswered."""
    if sentiment == "positive":
        return int(before * _THANKED)
    added = _ANGRY * (sentiment == "negative") + _AGAIN * again + _LOUD * loud
    if added:
        added += _PRESSING * pressing
    return min(MOST, int(before * _FADES) + added)


def corrected_tension(tension: int, sentiment: str) -> int:
    """Return the tension of a message that was taken for another sentiment at first."""
    return {
        "positive": int(tension * _THANKED),
        "neutral": min(tension, TENSE - 1),
        "negative": max(tension, _ANGRY),
    }[sentiment]


def in_mood(mood: str) -> Q:
    """Return the condition that a conversation is in a mood; none is where the mood is unknown to us."""
    if mood == "upset":
        return Q(tension__gte=UPSET)
    if mood == "tense":
        return Q(tension__lt=UPSET) & (Q(tension__gte=TENSE) | Q(sentiment="negative"))
    if mood in {"calm", "neutral"}:
        return Q(tension__lt=TENSE, sentiment=CHOSEN[mood][0])
    return Q(pk__in=[])
