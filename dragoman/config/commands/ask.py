"""`dragoman ask "..."`: what the help centre answers, and what it rests on."""

import argparse
import json

from dragoman.core.accounts.queries import get_brand, get_workspace
from dragoman.core.knowledge.answering import answer
from dragoman.core.knowledge.search import Asked, search
from dragoman.kit import workspace


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """The question, whose articles, and who asks."""
    parser.add_argument("question")
    parser.add_argument("--workspace", default="demo", help="the workspace's slug")
    parser.add_argument("--brand", default="", help="a brand's slug; without it all of them")
    parser.add_argument("--language", default="", help="without it, told from the question")
    parser.add_argument("--market", default="", help="the country of who asks, as DE")
    parser.add_argument("--search", action="store_true", help="list the articles found instead")


def run(options: argparse.Namespace) -> int:
    """Print the answer as JSON; 1 where the articles do not say."""
    found = get_workspace(options.workspace)
    with workspace.acting_in(found.pk):
        brand_id = get_brand(found.pk, options.brand).pk if options.brand else None
        asked = Asked(options.question, options.language, options.market.upper(), brand_id)
        if options.search:
            for one in search(found.pk, asked):
                print(f"{one.score:7.2f}  {one.text.language}  {one.text.article.key}  {one.title}")
            return 0
        told = answer(found.pk, asked)
    said = {
        "answer": told.text or None,
        "declined": told.declined,
        "confidence": told.confidence,
        "language": told.language,
        "fallback": told.fallback,
        "sources": [
            {"key": one.key, "title": one.title, "url": one.path, "quote": one.quote} for one in told.sources
        ],
    }
    print(json.dumps(said, ensure_ascii=False, indent=1))
    return int(told.declined)
