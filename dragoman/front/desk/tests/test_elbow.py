"""At the agent's elbow: the customer's strip, the playbook card, warnings and law lines beside a draft."""

import datetime
import re
from contextlib import contextmanager
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.customers.actions.preferences import Consent, keep_preference
from dragoman.core.customers.models import Customer
from dragoman.core.playbooks.models import BrandMarket, FactOverride
from dragoman.core.playbooks.queries import told
from dragoman.front.desk.elbow import beware
from dragoman.front.desk.elbow import card as cards
from dragoman.front.desk.elbow import strip as strips
from dragoman.front.desk.elbow.market import Market
from dragoman.ground.markets.facts import Privacy
from dragoman.ground.markets.playbook import countries, playbook
from dragoman.kit.memo import forget_all
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    forget_all()
    return a_house()


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def asked(
    house, market: str, *, intent: str = "return_request", language: str = "", name: str = "Somchai"
) -> int:
    """Let a customer of a market write, and say what it is about."""
    write(house, "Hello, I have a question.", name=name)
    settle()
    with house.acting():
        one = Conversation.objects.get()
        Conversation.objects.update(market=market, intent=intent, language=language or one.language)
        Customer.objects.update(market=market)
        return one.pk


def context(house, number: int) -> str:
    page = agent(house).get(f"/desk/conversations/{number}").content.decode()
    return page[page.index('id="context"') :]


def composer(house, number: int, text: str) -> str:
    scripted = {"HX-Request": "true"}
    answer = agent(house).post(
        f"/desk/conversations/{number}/preview", {"channel": "api", "text": text}, headers=scripted
    )
    page = answer.content.decode()
    return page[page.index('id="beware"') : page.index('id="sends"')]


@contextmanager
def at_there(clock: str, zone: str):
    """Let it be an hour by the clock of a zone, for the warnings and the strip."""
    now = datetime.datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone))
    with (
        patch.object(beware, "now_there", return_value=now),
        patch.object(strips, "now_there", return_value=now),
    ):
        yield


def test_the_strip_says_how_a_customer_is_addressed_and_where_they_like_to_talk(house):
    page = context(house, asked(house, "TH", language="th", name="สมชาย ใจดี"))
    assert "Thai, polite" in page and "<bdi>คุณสมชาย</bdi>" in page and "The given name stands first" in page
    assert "LINE, then Messenger" in page and 'data-clock="Asia/Bangkok"' in page


def test_the_customers_own_channel_goes_before_the_markets(house):
    market = Market("TH", datetime.date(2026, 11, 27), known=_known("TH"))
    assert strips._channels(market, "email") == "E-mail, then LINE"
    assert strips._channels(market, "line") == "LINE, then Messenger"


def test_a_holiday_is_told_on_its_day_and_in_the_days_before():
    there = Market("DE", datetime.date(2026, 12, 25))
    [today, *_more] = strips.days_there(there)
    assert today.is_today and today.is_public and "today" in today.head and "closed" in today.text
    [soon, *_more] = strips.days_there(Market("DE", datetime.date(2026, 12, 23)))
    assert not soon.is_today and "25 Dec" in soon.head
    assert strips.days_there(Market("DE", datetime.date(2026, 11, 20))) == ()
    kept = strips.days_there(Market("TH", datetime.date(2026, 11, 24)))
    assert all(not one.is_public for one in kept)
    # a region nobody knows counts as none, a country without holidays has none
    assert strips.days_there(Market("DE", datetime.date(2026, 12, 25), region="XX"))
    assert strips.days_there(Market("XX", datetime.date(2026, 12, 25))) == ()


def test_a_customers_page_says_what_day_it_is_there(house):
    number = asked(house, "DE")
    with house.acting():
        one = Conversation.objects.get(pk=number).customer_id
    christmas = Market("DE", datetime.date(2026, 12, 25))
    with patch("dragoman.front.desk.customers.views.day_in", return_value=christmas):
        page = agent(house).get(f"/customers/{one}").content.decode()
    assert "Christmas Day today." in page and 'data-clock="Europe/Berlin"' in page
    with house.acting():
        Customer.objects.update(market="")
    assert "banner holiday" not in agent(house).get(f"/customers/{one}").content.decode()


def test_the_card_begins_with_what_the_conversation_is_about(house):
    number = asked(house, "DE")
    page = context(house, number)
    assert "Germany playbook" in page and page.index("Right of withdrawal") < page.index("Manners")
    assert "14 days from delivery" in page and "BGB" in page and 'rel="noopener noreferrer"' in page
    with house.acting():
        Conversation.objects.update(intent="customs_charges")
    page = context(house, number)
    assert page.index("Duty and import tax") < page.index("Right of withdrawal")


def test_our_policy_stands_beside_the_law(house):
    number = asked(house, "DE")
    with house.acting():
        FactOverride.objects.create(
            workspace_id=house.workspace.pk, brand=house.brand, country="DE", kind="withdrawal", sort="policy",
            value={"right": "statutory", "days": 30, "starts": "delivery"},
        )  # fmt: skip
    forget_all()
    page = context(house, number)
    assert "30 days from delivery" in page and "That is our policy. The law: 14 days from delivery" in page


def test_what_nobody_read_is_marked_and_what_nobody_knows_is_said(house):
    page = context(house, asked(house, "TH"))
    assert "Named from general knowledge, not read" in page
    assert re.search(r"Cost of returning</span>\s*<span class=\"said cap\">Unknown", page)


def test_a_country_without_a_playbook_and_a_market_nobody_knows(house):
    number = asked(house, "AQ")
    assert "There is no playbook for Antarctica yet" in context(house, number)
    assert 'id="beware"' in composer(house, number, "You have 3 days to return it.")
    with house.acting():
        Conversation.objects.update(market="")
        Customer.objects.update(market="")
    page = context(house, number)
    assert "playbook" not in page and "not known yet" in page


def test_a_request_about_data_says_until_when_it_is_answered(house):
    number = asked(house, "TH", intent="data_request")
    with house.acting():
        Conversation.objects.update(created_at="2026-11-01T10:00:00Z")
    page = context(house, number)
    assert page.index("Requests about personal data") < page.index("Right of withdrawal")
    assert "Due: 1 Dec 2026" in page
    month, here = Privacy(regime="GDPR", access_months=1), Market("DE", datetime.date(2026, 1, 31))
    assert cards.due_day(month, datetime.date(2026, 1, 31), here) == datetime.date(2026, 2, 28)
    assert cards.due_day(month, datetime.date(2026, 12, 15), here) == datetime.date(2027, 1, 15)
    fifteen = Privacy(regime="LGPD", access_days=3, day_type="business")
    brazil = Market("BR", datetime.date(2026, 12, 23))
    # Christmas and a week-end lie between
    assert cards.due_day(fifteen, datetime.date(2026, 12, 23), brazil) == datetime.date(2026, 12, 29)


def test_how_people_pay_is_drawn_where_it_was_counted():
    for country in countries():
        fact = playbook(country).fact("payments", on=datetime.date(2026, 11, 27))
        shares = cards._shares(fact.value) if fact else ()
        assert not shares or 99 <= sum(one.percent for one in shares) <= 101 or shares[-1].colour != "c6"
        assert all(one.start + one.width <= 100.5 for one in shares)


def test_the_law_is_put_into_the_draft_by_its_key_and_read_in_the_customers_language(house):
    number = asked(house, "DE", language="de")
    page = context(house, number)
    assert "You can return the goods within 14 days of delivery." in page
    assert 'value="law:withdrawal"' in page and "14 Tagen" in page and 'data-do="law"' in page
    answer = agent(house).post(
        f"/desk/conversations/{number}/preview", {"channel": "api", "phrase": "law:withdrawal"}
    )
    assert "You can return the goods within 14 days of delivery." in answer.content.decode()


@pytest.mark.parametrize("key", ["law:", "law:nonsense", "law:payments", "law:import_relief"])
def test_a_law_that_no_phrase_says_puts_nothing_in(house, key):
    number = asked(house, "DE", language="de")
    answer = agent(house).post(f"/desk/conversations/{number}/preview", {"channel": "api", "phrase": key})
    assert answer.status_code == 200 and re.search(
        r"<textarea[^>]*id=\"draft\"[^>]*></textarea>", answer.content.decode()
    )


@pytest.mark.parametrize(
    ("value", "said", "german"),
    [
        ({"months": 24}, "a guarantee of 2 years", "2 Jahre gesetzliche Gewährleistung"),
        ({"months": 12}, "a guarantee of 1 year on", "1 Jahr gesetzliche Gewährleistung"),
        ({"months": 6}, "a guarantee of 6 months", "6 Monate gesetzliche Gewährleistung"),
        (
            {"form": "expected_lifetime"},
            "the guarantee that the law gives",
            "gilt die gesetzliche Gewährleistung",
        ),
    ],
)
def test_a_guarantee_is_said_with_the_numbers_of_the_playbook(house, value, said, german):
    number = asked(house, "DE", language="de", intent="warranty_claim")
    with house.acting():
        FactOverride.objects.create(
            workspace_id=house.workspace.pk, brand=house.brand, country="DE", kind="guarantee", sort="correction",
            value=value, source="Our lawyer",
        )  # fmt: skip
    forget_all()
    page = context(house, number)
    assert said in page and german in page and 'value="law:guarantee"' in page
    with house.acting():
        FactOverride.objects.update(sort="policy", value={"months": 60})
    forget_all()
    # what the shop gives beyond the law is not said to be law
    assert "By law you have" not in context(house, number)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("refund_deadline", {"days": 0, "starts": "notice"}, "We refund your money at once."),
        ("refund_deadline", {"days": 14, "starts": "notice"}, "in your account within 14 days."),
        ("withdrawal", {"right": "statutory", "days": 7, "starts": "order"}, "within 7 days of your order."),
        ("withdrawal", {"right": "statutory", "days": 7}, "send the goods back to us within 7 days."),
    ],
)
def test_a_refund_and_a_return_are_said_as_they_hold_there(house, kind, value, said):
    number = asked(house, "DE", language="de", intent="cancel_order")
    with house.acting():
        FactOverride.objects.create(
            workspace_id=house.workspace.pk, brand=house.brand, country="DE", kind=kind, sort="correction",
            value=value, source="Our lawyer",
        )  # fmt: skip
    forget_all()
    assert said in context(house, number)


def test_another_number_of_days_than_the_law_says_is_told_with_the_article(house):
    number = asked(house, "DE")
    said = composer(house, number, "You have 10 days to return the lamp.")
    assert "10 days" in said and "the law says: 14 days from delivery" in said and "BGB" in said
    assert "as it holds there" in composer(house, number, "You have 14 days to return the lamp.")
    assert "No policy of ours gives more" in composer(house, number, "You have 30 days to return the lamp.")
    assert "the law says" not in composer(house, number, "Your lamp arrives in 10 days.")
    with house.acting():
        # a reply about something else is not held against the right to return
        Conversation.objects.update(intent="warranty_claim")
    assert "the law says" not in composer(house, number, "You have 10 days to return the lamp.")


def test_a_policy_is_what_a_reply_is_held_against(house):
    number = asked(house, "DE")
    with house.acting():
        FactOverride.objects.create(
            workspace_id=house.workspace.pk, brand=house.brand, country="DE", kind="withdrawal", sort="policy",
            value={"right": "statutory", "days": 30, "starts": "delivery"},
        )  # fmt: skip
    forget_all()
    assert "our policy says: 30 days" in composer(house, number, "You have 14 days to return the lamp.")
    assert "as it holds there" in composer(house, number, "You have 30 days to return the lamp.")
    # below the law too: mended to the law alone it would be wrong again
    said = composer(house, number, "You have 10 days to return the lamp.")
    assert "our policy says: 30 days from delivery · the law says: 14 days from delivery" in said


def test_a_right_that_depends_on_our_policy_is_offered_once_there_is_one(house):
    number = asked(house, "JP", language="ja")
    page = context(house, number)
    assert "Right of withdrawal" in page and "8 days" in page and 'value="law:withdrawal"' not in page
    with house.acting():
        FactOverride.objects.create(
            workspace_id=house.workspace.pk, brand=house.brand, country="JP", kind="withdrawal", sort="policy",
            value={"right": "unless_policy_shown", "days": 10, "starts": "delivery"},
        )  # fmt: skip
    forget_all()
    page = context(house, number)
    assert 'value="law:withdrawal"' in page and "within 10 days of delivery" in page


@pytest.mark.parametrize(
    ("intent", "first"),
    [("damaged_item", "Legal guarantee"), ("warranty_claim", "Legal guarantee"), ("order_status", "Manners")],
)
def test_a_fault_or_a_parcel_is_not_answered_with_withdrawal_first(house, intent, first):
    page = context(house, asked(house, "DE", intent=intent))
    page = page[page.index('id="playbook"') :]
    assert page.index('class="what"') == page.index(f'class="what">{first}')
    assert page.index(f">{first}<") < page.index("Right of withdrawal")


def test_the_line_of_the_hour_goes_with_the_quiet_hours_of_the_strip(house):
    number = asked(house, "TH")
    with house.acting():
        Customer.objects.update(time_zone="Asia/Bangkok")
    with at_there("2026-11-27T07:01", "Asia/Bangkok"):
        assert "in Bangkok." in composer(house, number, "Hello")
    with at_there("2026-11-27T08:01", "Asia/Bangkok"):
        assert "in Bangkok." not in composer(house, number, "Hello")


def test_a_day_that_is_quiet_there_is_warned_of_at_noon(house):
    number = asked(house, "IT", intent="order_status")
    with house.acting():
        Customer.objects.update(time_zone="Europe/Rome")
    with at_there("2026-11-28T12:00", "Europe/Rome"):
        assert "in Rome." not in composer(house, number, "Hello")
    # a Sunday, and Christmas, a Friday: nobody is written to unasked in Italy
    for day in ("2026-11-29", "2026-12-25"):
        with at_there(f"{day}T12:00", "Europe/Rome"):
            assert "in Rome." in composer(house, number, "Hello")
            page = context(house, number)
        assert re.search(r'20:00–09:00</span> <span class="badge">now', page), page


def test_the_hour_there_is_said_by_night_and_never_more_than_two_lines(house):
    number = asked(house, "BR")
    with house.acting():
        Customer.objects.update(time_zone="America/Sao_Paulo")
        house.greta.time_zone = "Europe/Helsinki"
        house.greta.save()
    with at_there("2026-11-27T23:40", "America/Sao_Paulo"):
        said = composer(house, number, "Hello")
    assert "Sao Paulo" in said and "In Brazil: 7 days from delivery" in said
    assert said.count("<li") == 2


def test_the_hours_a_customer_asked_for_go_before_the_night(house):
    number = asked(house, "TH")
    now = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=7 + 3)
    with house.acting():
        hours = f"{now:%H}:00-{now:%H}:30"
        consent = Consent(how="message")
        keep_preference(
            Customer.objects.get(), kind="contact_hours", value=hours, consent=consent, agent=house.greta
        )
    assert "the customer wants to be reached" in composer(house, number, "Hello")


def test_an_empty_draft_is_offered_a_greeting_and_a_reply_without_one_too(house):
    number = asked(house, "DE", language="de", name="Jonas Weber")
    page = agent(house).get(f"/desk/conversations/{number}").content.decode()
    offered = page[page.index('id="beware"') : page.index('id="context"')]
    assert 'data-insert="Hello Jonas Weber!"' in offered and "Jonas Weber" in offered
    assert "As is usual there: Guten Tag Frau Berger," in offered


def test_opening_a_conversation_asks_the_database_for_no_more_than_two_things(house):
    number = asked(house, "DE")
    client = agent(house)
    client.get(f"/desk/conversations/{number}")
    with CaptureQueriesContext(connection) as asked_for:
        client.get(f"/desk/conversations/{number}")
    ours = [
        one["sql"] for one in asked_for if "playbooks_" in one["sql"] or "customerpreference" in one["sql"]
    ]
    assert len(ours) <= 2, ours


def test_the_region_a_brand_sells_to_has_its_own_holidays(house):
    number = asked(house, "DE")
    with house.acting():
        BrandMarket.objects.create(
            workspace_id=house.workspace.pk, brand=house.brand, country="DE", region="BY"
        )
    forget_all()
    there = Market("DE", datetime.date(2027, 1, 6), region="BY")
    assert strips.days_there(there)[0].is_public and "playbook" in context(house, number)
    assert not any(one.is_public for one in strips.days_there(Market("DE", datetime.date(2027, 1, 6))))


def test_mallory_sees_and_inserts_nothing(house):
    number = asked(house, "DE")
    mallory = a_house("evil", owner="mallory")
    client = agent(mallory)
    assert client.get(f"/desk/conversations/{number}").status_code == 404
    answer = client.post(
        f"/desk/conversations/{number}/preview", {"channel": "api", "phrase": "law:withdrawal"}
    )
    assert answer.status_code == 404
    with house.acting():
        assert not Message.objects.filter(direction="out").exists()


def test_a_policy_of_another_workspace_is_not_shown(house):
    mallory = a_house("evil", owner="mallory")
    with mallory.acting():
        FactOverride.objects.create(
            workspace_id=mallory.workspace.pk, brand=mallory.brand, country="DE", kind="withdrawal", sort="policy",
            value={"right": "statutory", "days": 99, "starts": "delivery"},
        )  # fmt: skip
    assert "99 days" not in context(house, asked(house, "DE"))


def _known(country: str):
    return told(0, None, country, on=datetime.date(2026, 11, 27))
