"""`dragoman understand "..."`: what a message is."""

import argparse
import json
from dataclasses import asdict

from dragoman.core.language.understand import understand
from dragoman.kit.tags import LANGUAGES


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """The text, and which languages to choose from."""
    parser.add_argument("text")
    parser.add_argument("--languages", nargs="*", default=list(LANGUAGES))


def run(options: argparse.Namespace) -> int:
    """Print one line of JSON."""
    seen = understand(options.text, options.languages)
    facts = {
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
    print(json.dumps(facts, ensure_ascii=False))
    return 0
