"""`dragoman understand "..."`: what language a text is in."""

import argparse
import json

from dragoman.core.language.detect import detect
from dragoman.kit.tags import LANGUAGES


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """The text, and which languages to choose from."""
    parser.add_argument("text")
    parser.add_argument("--languages", nargs="*", default=list(LANGUAGES))


def run(options: argparse.Namespace) -> int:
    """Print one line of JSON."""
    seen = detect(options.text, options.languages)
    facts = {
        "language": seen.language or None,
        "confidence": round(seen.confidence, 3),
        "script": seen.script,
        "unsure": not seen.certain,
    }
    print(json.dumps(facts, ensure_ascii=False))
    return 0
