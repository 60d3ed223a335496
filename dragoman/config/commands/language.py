"""`dragoman understand "..."`: what a message is."""

import argparse
import json
import sys
from dataclasses import asdict

from dragoman.core.language.detect import can_tell
from dragoman.core.language.understand import understand
from dragoman.kit.tags import LANGUAGES


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """The text, or none to read one a line, and which languages to choose from."""
    parser.add_argument("text", nargs="?", help="without it, one text a line is read from what is piped in")
    parser.add_argument("--languages", nargs="*", default=list(LANGUAGES))


def run(options: argparse.Namespace) -> int:
    """Print one line of JSON for each text; 2 where a language to choose from is none that is known."""
    if unknown := [tag for tag in options.languages if not can_tell(tag)]:
        print(f"There is no such language to choose: {', '.join(unknown)}.", file=sys.stderr)
        return 2
    texts = sys.stdin if options.text is None else [options.text]
    for text in texts:
        print(json.dumps(_told(text.rstrip("\n"), options.languages), ensure_ascii=False))
    return 0


def _told(text: str, languages: list[str]) -> dict[str, object]:
    seen = understand(text, languages)
    return {
        "language": seen.language or None,
        "languages": list(seen.languages),
        "confidence": round(seen.confidence, 3),
        "script": seen.script,
        "intent": seen.intent or None,
        "intent_confidence": round(seen.intent_confidence, 3),
        "sentiment": seen.sentiment or None,
        "urgency": seen.urgency.level,
        "urgency_reason": seen.urgency.reason or None,
        "entities": [asdict(one) for one in seen.entities],
        "unsure": seen.unsure,
    }
