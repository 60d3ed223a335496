"""`make quality`: the figures of the language room and of markets, how complete the translations are, how large the files
are.

The exit status is 1 when a language of the console is not whole.
"""

import datetime

from dragoman.core.language import training
from tests.quality import (
    bot,
    knowledge,
    markets,
    phrases,
    protection,
    returns,
    sets,
    tables,
    terms,
    tone,
    tracking,
    understanding,
)


def main() -> int:
    """Print the tables."""
    tags = [tag for tag in sets.languages() if tag in training.languages()]
    tables.table(
        "Messages understood, on sets the models never saw (share right; mood: macro F1; things named: F1)",
        ["language", "messages", "1-4 words", "purpose", "no shop", "mood", "things"],
        [*understanding.by_language(tags)],
    )
    tables.table(
        "The same on own sets, and on a fifth of the examples told by models of the rest (`make models` measures it)",
        ["language", "purpose, own set", "purpose, held out", "mood, own set", "mood, held out"],
        [*understanding.beside_held_out(tags)],
    )
    tables.table(
        "1-4 words with eight languages switched on, Danish and Norwegian apart",
        ["languages", "texts", "right"],
        [*understanding.short_among_few(tags)],
    )
    tables.table(
        "Things named, by type (F1)",
        ["type", "F1"],
        [(kind, f"{value:.3f}") for kind, value in understanding.entities_f1(tags).items()],
    )
    tables.table(
        "Other languages in Latin letters", ["language", "messages", "found"], [*understanding.romanised()]
    )
    tables.table("Whose parcel a number is", ["what", "of", "right"], [*tracking.table()])
    tables.table("Personal data", ["what", "of", "times"], [*understanding.personal()])
    tables.table(
        "Purposes mixed up most", ["meant", "understood", "times"], [*understanding.confusions(tags)]
    )
    tables.table(
        "Terms found in whatever form they stand (share)",
        ["language", "with", "found", "without", "wrongly"],
        [*terms.by_language()],
    )
    tables.table(
        "Tone of replies (F1: would offend; single faults; single hints)",
        ["language", "replies", "offends", "faults", "hints"],
        [*tone.by_language(tags)],
    )
    tables.table(
        "Tone of replies by market, the playbook heard (replies that would offend there)",
        ["market", "language", "replies", "precision", "recall", "F1"],
        [*tone.by_market()],
    )
    for title, heads, rows in protection.tables():
        tables.table(title, heads, rows)
    for title, heads, rows in markets.tables(datetime.date.today()):
        tables.table(title, heads, rows)
    for title, heads, rows in (*returns.tables(), *bot.tables()):
        tables.table(title, heads, rows)
    for title, heads, rows in knowledge.tables():
        tables.table(title, heads, rows)
    catalogues = tables.translations()
    heads = ["language", "strings", "translated", "unsure"]
    tables.table("Console, translated strings", heads, catalogues)
    portal = tables.translations(tables.PORTAL_LOCALE)
    tables.table("What customers read, in further languages", heads, portal)
    tables.table(
        "Language of the phrasebook's sentences",
        ["language", "sentences", "right", "sure but wrong"],
        [*tables.told_apart()],
    )
    tables.table(
        "Phrasebook (agents' sentences; rendered for 1, 2, 5, 21, fractions and spans in every register)",
        ["language", "sentences", "forms", "rendered", "broken", "not understood"],
        [*phrases.by_language()],
    )
    tables.table("Slots written and read again", ["what", "written", "wrong"], [*phrases.dates_and_money()])
    tables.table("Largest files", ["lines", "file"], tables.largest())
    return int(any(done < strings for _language, strings, done, _unsure in [*catalogues, *portal]))
