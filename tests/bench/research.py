"""A market's research over ten thousand and a hundred thousand messages of customers there: seconds, and their ratio."""

import json
from pathlib import Path

from tests.bench.browser import a_house, inside
from tests.bench.sections import Figures, Size, section
from tests.serving import a_desk

MESSAGES = {"tiny": 10_000, "small": 100_000, "full": 1_000_000}
EACH = 4  # messages of a conversation
ROUNDS = 3

_PROGRAM = """
import json, random, sys, time
from datetime import timedelta
import django; django.setup()
from django.db import connection
from django.utils import timezone
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.models import Customer
from dragoman.kit import workspace
from dragoman.oversight.insights.research import research_of

few, many, rounds, each, small, small_brand, large, large_brand = map(int, sys.argv[1:])
chance, now = random.Random(7), timezone.now()

def fill(of, brand, messages):
    number = messages // each
    with workspace.acting_in(of):
        people = Customer.objects.bulk_create(
            (Customer(workspace_id=of, market=chance.choice(["DE", "DE", "DE", "DE", ""]), language="de")
            for _ in range(number // 2)), batch_size=2_000)
        Conversation.objects.bulk_create(
            (Conversation(workspace_id=of, brand_id=brand, customer=chance.choice(people), thread_key=str(one), channel="email",
            language="de", intent=chance.choice(["return_request", "order_status", "complaint", "damaged_item", ""]),
            sentiment=chance.choice(["negative", "neutral", "positive"]), tension=chance.choice([0, 0, 40]),
            last_message_at=now - timedelta(seconds=chance.randrange(360 * 86400))) for one in range(number)),
            batch_size=2_000)
        with connection.cursor() as cursor:
            cursor.execute('''
                INSERT INTO conversations_message (workspace_id, conversation_id, direction, channel, source, author, text,
                  html, quoted, language, original, original_language, engine, marks, meta, delivery, failure, attempts,
                  created_at)
                SELECT c.workspace_id, c.id, CASE WHEN g %% 3 = 1 THEN 'out' ELSE 'in' END,
                  (ARRAY['email', 'chat', 'whatsapp'])[1 + c.id %% 3], '', '',
                  repeat('Die Lampe ist kaputt und das Paket kam viel zu spät an. ', 4), '', '', 'de', '', '', '', '[]', '{}',
                  CASE WHEN g %% 3 = 1 THEN 'sent' ELSE '' END, '', 0,
                  c.last_message_at - (%s - 1 - g) * interval '37 minutes'
                FROM conversations_conversation c, generate_series(0, %s) g WHERE c.workspace_id = %s''',
                [each, each - 1, of])

fill(small, small_brand, few)
fill(large, large_brand, many)
with connection.cursor() as cursor:
    for table in ("conversations_message", "conversations_conversation", "customers_customer"):
        cursor.execute(f"ANALYZE {table}")

told = {}
for days in (30, 90, 365):
    times = {small: [], large: []}
    found = {}
    for _round in range(rounds + 1):
        for of in times:
            with workspace.acting_in(of):
                began = time.perf_counter()
                found[of] = research_of(of, "DE", days=days).messages
                times[of].append(time.perf_counter() - began)
    told[days] = [found[small], sorted(times[small][1:]), found[large], sorted(times[large][1:])]
print(json.dumps(told))
"""


@section("research")
def measure(home: Path, size: Size) -> Figures:
    """Ask a small and a large workspace for the same market in turns; the ratio of p50."""
    many = MESSAGES[size.name]
    with a_desk(home) as desk:
        small, large = a_house(desk, "small"), a_house(desk, "large")
        numbers = (many // 10, many, ROUNDS, EACH, small.workspace, small.brand, large.workspace, large.brand)
        told = json.loads(inside(desk, _PROGRAM, *map(str, numbers)))
    figures: Figures = {"messages": f"{many // 10:,} and {many:,}"}
    for days, (few, quick, found, slow) in told.items():
        middle = ROUNDS // 2
        figures[f"last {days} days"] = {
            "messages looked at": f"{few:,} and {found:,}",
            "p50 ms of the small": round(quick[middle] * 1000, 1),
            "p50 ms of the large": round(slow[middle] * 1000, 1),
            "slowest ms": round(slow[-1] * 1000, 1),
            "ratio": round(slow[middle] / quick[middle], 2),
        }
    return figures
