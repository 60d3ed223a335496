"""The search of the help centre: few articles and many in twelve languages, answers a second, the index's time and memory.

The texts are put together from what customers write in each language; what they mean is drawn by lot, which costs a
search the same. Many articles are copies of a first lot with other ids: their words are as usual as those of the lot.
"""

import json
from pathlib import Path

import psycopg
from psycopg import sql

from tests.bench import raw
from tests.bench.browser import a_house, inside
from tests.bench.sections import Figures, Size, section
from tests.serving import a_desk

LANGUAGES = ("ar", "de", "en", "es", "fi", "fr", "it", "ja", "nl", "pl", "sv", "th")
LOT = 100  # articles that are written, each in all languages; the others are copies
FEW, MANY = 2, {"tiny": 10, "small": 100, "full": 500}  # times the lot
# what differs in a copy; its ids lie ten million from those of the copy before
_FAR = "+ copy::bigint * 10000000"
_MADE = {
    "knowledge_article": {"id": f"t.id {_FAR}", "key": "t.key || '-' || copy"},
    "knowledge_articletext": {
        "id": f"t.id {_FAR}", "article_id": f"t.article_id {_FAR}", "live_id": f"t.live_id {_FAR}",
        "head_id": f"t.head_id {_FAR}",
    },
    "knowledge_articleversion": {"id": f"t.id {_FAR}", "text_id": f"t.text_id {_FAR}"},
    "knowledge_passage": {
        "id": f"t.id {_FAR}", "article_id": f"t.article_id {_FAR}", "text_id": f"t.text_id {_FAR}",
    },
}  # fmt: skip

_FILL = """
import itertools, random, sys
import numpy as np
import django; django.setup()
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast
from dragoman.core.knowledge.actions.index import changed
from dragoman.core.knowledge.indexing import lexemes_of, rows_of
from dragoman.core.knowledge.models import Article, ArticleText, ArticleVersion, Passage
from dragoman.core.knowledge.meant import packed_vectors
from dragoman.core.language import training
from dragoman.kit import workspace

house, brand, number, *languages = sys.argv[1:]
house, brand, number = int(house), int(brand), int(number)
chance, lots = random.Random(7), np.random.default_rng(7)
said = {tag: [] for tag in languages}
for one in training.examples():
    if one.language in said and 15 < len(one.text) < 120:
        said[one.language].append(" ".join(one.text.split()).rstrip(".") + ".")

def meant(rows):
    found = lots.standard_normal((rows, 384), np.float32)
    return packed_vectors(found / np.linalg.norm(found, axis=1, keepdims=True))

with workspace.acting_in(house):
    articles = [Article(workspace_id=house, brand_id=brand, key=f"bench-{n}", source="en") for n in range(number)]
    Article.objects.bulk_create(articles)
    for tag in languages:
        texts = [ArticleText(workspace_id=house, article=one, language=tag) for one in articles]
        ArticleText.objects.bulk_create(texts)
        versions, passages = [], []
        for text in texts:
            lines = chance.sample(said[tag], 8)
            body = "\\n\\n".join([" ".join(lines[:4]), f"## {lines[4][:40]}", " ".join(lines[4:])])
            version = ArticleVersion(workspace_id=house, text=text, number=1, title=lines[0][:60], body=body)
            versions.append(version)
            for at, row in enumerate(rows_of(version.title, body, tag, with_meaning=False)):
                passages.append(Passage(
                    workspace_id=house, article=text.article, text=text, language=tag, brand_id=brand, position=at,
                    title=version.title, heading=row.heading, anchor=row.anchor[:80], words=row.words,
                    marks=row.marks, vectors=meant(6),
                    tsv=Cast(Value(lexemes_of(row.marks, house, tag)), SearchVectorField()),
                ))
        ArticleVersion.objects.bulk_create(versions, batch_size=1000)
        for text, version in zip(texts, versions):
            text.head = text.live = version
        ArticleText.objects.bulk_update(texts, ["head", "live"], batch_size=1000)
        Passage.objects.bulk_create(passages, batch_size=500)
    changed(house)
"""

_ASK = """
import os
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
import json, random, sys, time
import psutil
import django; django.setup()
from dragoman.core.knowledge.actions.index import changed
from dragoman.core.knowledge.answering import consult
from dragoman.core.knowledge.search import Asked, search
from dragoman.core.language import meaning, training
from dragoman.kit import workspace

repeat, *rest = sys.argv[1:]
houses, languages = [int(one) for one in rest[:2]], rest[2:]
me, chance = psutil.Process(), random.Random(3)
mb = lambda: me.memory_info().rss / 1024**2
asked = {tag: [] for tag in languages}
for one in training.examples():
    if one.language in asked and 15 < len(one.text) < 120:
        asked[one.language].append(one.text)
asked = {tag: chance.sample(found, int(repeat)) for tag, found in asked.items()}
told = {"MB before": mb()}
meaning.encoder().questions(["warm"])
told["MB with meanings"] = mb()

def middle(took):
    return sorted(took)[len(took) // 2]

for name, house in zip(("few", "many"), houses):
    with workspace.acting_in(house):
        first, later, answers = [], [], []
        for tag, lines in asked.items():
            began = time.perf_counter()
            search(house, Asked(lines[0], language=tag))
            first.append(time.perf_counter() - began)
            for work, took in ((search, later), (consult, answers)):
                for words in lines[1:]:
                    began = time.perf_counter()
                    work(house, Asked(words, language=tag))
                    took.append(time.perf_counter() - began)
        told[name] = {"first": middle(first), "search": middle(later), "answer": middle(answers),
                      "slow": sorted(later)[int(len(later) * 0.95)], "MB": mb()}
        changed(house)
        began = time.perf_counter()
        search(house, Asked(asked["fi"][0], language="fi"))
        told[name]["changed"] = time.perf_counter() - began
with workspace.acting_in(houses[0]):
    lines = [(tag, words) for tag in languages for words in asked[tag]]
    used, began = time.process_time(), time.perf_counter()
    for tag, words in lines:
        consult(houses[0], Asked(words, language=tag))
    told["answers"] = len(lines) / (time.process_time() - used)
print(json.dumps(told))
"""

_INDEX = """
import os
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"
import json, sys, time
from pathlib import Path
import django; django.setup()
from dragoman.core.knowledge.indexing import rows_of
told, folder = {}, Path(sys.argv[1])
for name, more in (("words", {"with_meaning": False}), ("words and meanings", {})):
    rows_of("warm", "up", "en", **more)
    used, count = time.process_time(), 0
    for tag in ("ar", "de", "fi", "ja", "th"):
        for path in sorted((folder / tag).glob("*.md"))[:3]:
            rows_of("Title", path.read_text().split("---", 2)[2], tag, **more)
            count += 1
    told[name] = (time.process_time() - used) / count
print(json.dumps(told))
"""
_ARTICLES = Path(__file__).parents[2] / "dragoman" / "config" / "demo" / "data" / "articles"


@section("knowledge")
def measure(home: Path, size: Size) -> Figures:
    """Ask a house with few and one with many articles the same; the ratio of what it takes to that of their numbers."""
    times = MANY[size.name]
    with a_desk(home) as desk:
        houses = [a_house(desk, slug) for slug in ("few", "many")]
        for house in houses:
            inside(desk, _FILL, str(house.workspace), str(house.brand), str(LOT), *LANGUAGES)
        with psycopg.connect(raw.address(desk, user="postgres"), autocommit=True) as connection:
            connection.execute("SET synchronous_commit = off; SET session_replication_role = replica")
            for table in _MADE:
                for house, copies in zip(houses, (FEW, times), strict=True):
                    _copy(connection, table, house.workspace, copies - 1)
                connection.execute(f"VACUUM (ANALYZE) {table}")
        repeat = max(5, size.repeat // 8)
        workspaces = [str(house.workspace) for house in houses]
        told = json.loads(inside(desk, _ASK, str(repeat), *workspaces, *LANGUAGES))
        index = json.loads(inside(desk, _INDEX, str(_ARTICLES)))
    few, many = told["few"], told["many"]
    figures: Figures = {
        "articles": f"{LOT * FEW:,} and {LOT * times:,}, each in {len(LANGUAGES)} languages",
        "answers a second of one core, few": round(told["answers"], 1),
        "MB: before, with the model of meanings": f"{told['MB before']:.0f}, {told['MB with meanings']:.0f}",
        "MB: few read, many asked": f"{few['MB']:.0f}, {many['MB']:.0f}",
    }
    for name in ("search", "answer", "slow", "first", "changed"):
        figures[_NAMES[name]] = {
            "few ms": round(few[name] * 1000, 1),
            "many ms": round(many[name] * 1000, 1),
            "ratio": round(many[name] / few[name], 2),
            "growth to that of articles": round(many[name] / few[name] / (times / FEW), 3),
        }
    for name, seconds in index.items():
        figures[f"index a text by {name}, CPU-ms"] = round(seconds * 1000, 1)
    return figures


_NAMES = {
    "search": "search, median",
    "answer": "search and answer, median",
    "slow": "search, 95th percentile",
    "first": "first search of a language",
    "changed": "search after an article changed",
}


def _copy(connection: psycopg.Connection, table: str, workspace: int, copies: int) -> None:
    """Write a lot's rows of a table again, so many times."""
    changed = _MADE[table]
    columns = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
    ]
    values = [
        sql.SQL(changed[name]) if name in changed else sql.SQL("t.{}").format(sql.Identifier(name))
        for name in columns
    ]
    connection.execute(
        sql.SQL(
            "INSERT INTO {} ({}) SELECT {} FROM {} t, generate_series(1, {}) copy WHERE t.workspace_id = {}"
        ).format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(", ").join(values),
            sql.Identifier(table), copies, workspace,
        )
    )  # fmt: skip
