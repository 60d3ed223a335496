"""Searching what was written: words, codes, scripts, operators; newest first, back to the first message, own house only."""

from datetime import UTC, datetime, timedelta

import pytest

from dragoman.core.accounts.actions import set_team
from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.actions import index, status
from dragoman.core.conversations.actions.history import Said, Story, store_story
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.models import Attachment, Message
from dragoman.core.conversations.queries import conversation_page, inbox_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.customers.actions import change_customer
from dragoman.core.customers.models import Customer
from dragoman.core.customers.queries import customer_page
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def pages(house, query: str, *, limit: int = 25, **more):
    """Return every page of what Greta finds."""
    cursor, found = None, []
    with house.acting():
        while True:
            page = inbox_page(
                house.greta, view="all", filters=Filters(q=query), cursor=cursor, limit=limit, **more
            )
            found.append(page)
            cursor = page.next
            if cursor is None:
                return found


def search(house, query: str, **more) -> list[int]:
    """Return the conversations found, in order."""
    return [row.id for page in pages(house, query, **more) for row in page.items]


def test_a_rare_word_is_found_behind_many_newer_messages_and_a_common_one_newest_first():
    house, other = a_house("one", owner="ann"), a_house("two", owner="bob")
    rare = write(house, "Tilaus KSL-10492 on hukassa", who="first@example.com")
    common = [write(house, f"Missä lamppu {n} on?", who=f"c{n}@example.com") for n in range(30)]
    write(other, "Tilaus KSL-10492 ja lamppu")
    settle()
    assert search(house, "ksl 10492") == search(house, "KSL10492") == [rare.conversation_id]
    newest_first = [one.conversation_id for one in reversed(common)]
    assert search(house, "lamppu") == newest_first
    # a beginning, an inflection and an accent
    assert search(house, "lampp") == newest_first
    assert search(house, "lamppua") == newest_first
    assert search(house, "missa lamppu") == newest_first
    # from the oldest on, and through pages of any size
    assert search(house, "lamppu", sort="last_message_at", limit=7) == newest_first[::-1]
    assert search(house, "lamppu", limit=4) == newest_first


def test_a_conversation_is_found_once_although_it_matches_on_every_page():
    house = a_house()
    first = write(house, "lamppu rikki", who="a@example.com")
    for n in range(5):
        write(house, f"lamppu {n}", who=f"b{n}@example.com")
        write(house, "lamppu taas", who="a@example.com")
    settle()
    found = search(house, "lamppu", limit=2)
    assert len(found) == len(set(found)) == 6
    assert found[0] == first.conversation_id


def test_filters_reach_the_oldest_match_behind_thousands_that_do_not_pass():
    house = a_house()
    old = write(house, "kauppa sulki oven", who="old@example.com", market="TH")
    settle()
    with house.acting():
        talks = [write(house, "kauppa", who=f"n{n}@example.com").conversation_id for n in range(3)]
        bulk = [
            Message(
                workspace_id=house.workspace.pk,
                conversation_id=talk,
                direction="in",
                channel="api",
                text="kauppa",
            )
            for talk in talks
            for _ in range(600)
        ]
        made = Message.objects.bulk_create(bulk)
        index.index_messages(house.workspace.pk, [one.pk for one in made])
    settle()
    assert search(house, "kauppa market:TH") == [old.conversation_id]
    assert len(search(house, "kauppa", limit=2)) == 4


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("สินค้าของฉันเสียหายตอนได้รับ", "เสียหาย"),
        ("注文した商品がまだ届きません", "届きません"),
        ("我的包裹在海关被扣留了", "海关"),
        ("배송이 너무 늦어요", "늦어"),
        ("أين طلبي؟ لم يصلني بعد", "طلبي"),
        ("Gdzie jest moje zamówienie?", "zamowienie"),
        ("Das Paket wurde beschädigt geliefert", "beschadigt"),
        ("Ring mich an: +49 30 1234567", "030 1234567"),
    ],
)
def test_every_script_is_found_and_its_passage_shown(text: str, query: str):
    house = a_house()
    wanted = write(house, text, who="a@example.com")
    write(house, "Something else entirely", who="b@example.com")
    settle()
    [row] = pages(house, query)[0].items
    assert (row.id, row.passage, row.found_in) == (wanted.conversation_id, text, "text")


@pytest.fixture
def shop():
    """A house with a few telling conversations."""
    house = a_house()
    ids = {}
    facts = {
        "fi": (
            "Lamppu on rikki",
            "ville@korhonen.example",
            {"subject": "Reklamaatio", "market": "FI", "language": "fi"},
        ),
        "th": ("โคมไฟเสีย", "somchai@example.com", {"subject": "คืนเงิน", "market": "TH", "language": "th"}),
        "de": (
            "Die Lampe ist kaputt",
            "greta@beispiel.de",
            {"subject": "Rückgabe", "market": "DE", "language": "de"},
        ),
    }
    for name, (text, who, more) in facts.items():
        ids[name] = write(house, text, who=who, **more).conversation_id
    settle()
    with house.acting():
        found = {name: conversations_of(house.workspace.pk).get(pk=pk) for name, pk in ids.items()}
        status.assign(found["fi"], agent=house.greta, assignee=house.greta)
        team = set_team(house.workspace.pk, name="Returns", members=[house.greta])
        status.set_team(found["de"], agent=house.greta, team=team)
        status.set_tags(found["th"], agent=house.greta, tags=["vip guest"])
        status.set_status(found["de"], agent=house.greta, status="pending")
        add_note(found["th"], agent=house.greta, text="Checked the warehouse, lamp is gone")
        message = Message.objects.filter(conversation_id=ids["de"], direction="in").get()
        Attachment.objects.create(
            workspace_id=house.workspace.pk,
            message=message,
            file_key="k",
            name="Rechnung-2026.pdf",
            content_type="application/pdf",
            size=1,
        )
        index.index_messages(house.workspace.pk, [message.pk])
    settle()
    return house, ids


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("@korhonen.example", "fi"), ("ville@korhonen.example lamppu", "fi"), ("-@korhonen.example lang:fi", ""),
        ("from:somchai", "th"), ("from:@korhonen.example", "fi"), ("from:ville@korhonen.example", "fi"),
        ("subject:rückgaben", "de"), ("subject:คืนเงิน", "th"), ("subject:lampe", ""),
        ("lang:fi", "fi"), ("language:th", "th"), ("market:de", "de"), ("market:TH OR market:FI", "th fi"),
        ("market:TH market:FI", "th fi"), ("-market:TH", "fi de"), ("assignee:me", "fi"), ("assignee:greta", "fi"),
        ("assignee:none", "th de"), ("-assignee:none", "fi"), ("team:returns", "de"), ("team:none", "th fi"),
        ('tag:"vip guest"', "th"), ('-tag:"vip guest"', "fi de"), ("status:pending", "de"), ("in:open", "fi th"),
        ("has:attachment", "de"), ("filename:rechnung", "de"), ("filename:lampe", ""), ("rechnung", "de"),
        ("is:note", "th"), ("is:note warehouse", "th"), ("is:unread", "fi th de"), ("channel:api lampe", "de"),
        ("lamppu OR lampe", "fi de"), ("lamppu -rikki", ""), ('"ist kaputt"', "de"), ('"kaputt ist"', ""),
        ("-lampe lang:de", ""), ("after:2020-01-01 lampe", "de"), ("before:2020-01-01 lampe", ""), ("on:today lampe", "de"),
        ("after:7d lang:fi", "fi"), ("before:2020 lang:fi", ""), ("status:pending kaputt market:DE", "de"),
    ],
)  # fmt: skip
def test_operators(shop, query: str, wanted: str):
    house, ids = shop
    assert set(search(house, query)) == {ids[name] for name in wanted.split()}


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("colour:red lampe", "colour:"),
        ("status:lost", "lost"),
        ("assignee:nobodyknows", "nobodyknows"),
        ("team:unheard", "unheard"),
        ("before:someday lampe", "someday"),
        ("is:strange", "is:"),
        ("lampe OR lang:de", "OR"),
    ],
)
def test_what_is_not_understood_is_said_and_never_an_error(shop, query: str, hint: str):
    [page] = pages(shop[0], query)
    assert any(hint in str(said) for said in page.hints)


@pytest.mark.parametrize(
    "query",
    [
        "from:",
        ":",
        "-",
        '"',
        "OR",
        "OR OR",
        "- -",
        "a:b:c",
        "https://example.com/x",
        "12:30",
        "from:'",
        'subject:"',
        "(((",
        "tag:\\",
        "before:99999999",
        "on:31.02.2026",
        "-is:note",
        "lampe " * 80,
    ],
)
def test_no_search_is_an_error(shop, query: str):
    house, ids = shop
    # whatever was meant, it is a page of what is there, and the search works afterwards
    found = [row.id for page in pages(house, query) for row in page.items]
    assert len(found) == len(set(found)) and set(found) <= set(ids.values())
    assert search(house, "from:somchai") == [ids["th"]]


def test_where_it_was_found_is_said(shop):
    house, _ids = shop
    where = {
        q: pages(house, q)[0].items[0].found_in
        for q in ("rechnung", "warehouse", "somchai", "rückgabe", "kaputt")
    }
    assert where == {
        "rechnung": "file",
        "warehouse": "note",
        "somchai": "name",
        "rückgabe": "subject",
        "kaputt": "text",
    }


def test_dates_are_the_reader_s_and_days_of_long_ago_are_reached():
    house = a_house()
    with house.acting():
        customer = Customer.objects.create(workspace_id=house.workspace.pk, name="Maija")
        for year, month, day in ((2019, 3, 14), (2019, 4, 2), (2024, 12, 31)):
            at = datetime(year, month, day, 22, 30, tzinfo=UTC)
            said = Said("in", "email", at, f"lamppu {year}-{month}", "fi")
            store_story(Story(house.brand, customer, "email", "fi", [said], thread_key=f"{at}"))
        house.greta.time_zone, house.greta.ui_language = "Europe/Helsinki", "de"

    def texts(query: str) -> list[str]:
        return [row.preview for page in pages(house, query, limit=1) for row in page.items]

    # half past ten in London is half past midnight in Helsinki
    assert texts("lamppu on:15.3.2019") == ["lamppu 2019-3"] and texts("lamppu on:2019-03-14") == []
    assert texts("lamppu on:2019") == ["lamppu 2019-4", "lamppu 2019-3"]
    assert texts("lamppu before:1.4.2019") == ["lamppu 2019-3"]
    assert texts("lamppu after:2019-04") == ["lamppu 2024-12", "lamppu 2019-4"]
    assert texts("on:2025-01-01") == ["lamppu 2024-12"]


def test_a_renamed_customer_is_found_by_the_new_name_and_a_misspelt_one_among_customers():
    house = a_house()
    sent = write(house, "Where is it?", who="a@example.com")
    settle()
    with house.acting():
        customer = Customer.objects.get(pk=sent.customer_id)
        change_customer(customer, changes={"name": "Aleksander Kowalski"})
    settle()
    with house.acting():
        from dragoman.core.conversations.tasks import index_theirs

        index_theirs.func(workspace_id=house.workspace.pk, customer_id=customer.pk)
        page = customer_page(house.workspace.pk, q="alexander kowalsky")
        assert page.near and [one.pk for one in page.items] == [customer.pk]
        assert not customer_page(house.workspace.pk, q="kowalski").near
    assert search(house, "from:kowalski") == [sent.conversation_id]


def test_customers_are_found_back_to_the_first_through_pages():
    house = a_house()
    with house.acting():
        made = [
            Customer.objects.create(workspace_id=house.workspace.pk, name=f"Anna {n}").pk for n in range(7)
        ]
        from dragoman.core.customers.actions import index_customers

        index_customers(house.workspace.pk, made)
        found, below = [], None
        while True:
            page = customer_page(house.workspace.pk, q="anna", below=below, limit=3)
            found += [one.pk for one in page.items]
            below = page.next
            if below is None:
                break
    assert found == made[::-1]


def test_old_mail_is_indexed_anew_in_batches_when_the_scheme_changes(monkeypatch):
    house, other = a_house("one", owner="ann"), a_house("two", owner="bob")
    sent = [write(house, f"lamppu {n}", who=f"n{n}@example.com") for n in range(5)]
    write(other, "lamppu", who="x@example.com")
    settle()
    monkeypatch.setattr(index, "BATCH", 2)
    with house.acting():
        Message.objects.filter(workspace_id=house.workspace.pk).update(tsv=None)
        turns = 1
        while index.reindex_batch(house.workspace.pk):
            turns += 1
        assert turns == 6 and not index.reindex_batch(house.workspace.pk)
    assert search(house, "from:n0 lamppu") == [sent[0].conversation_id]


def test_an_outsider_finds_nothing_of_ours(shop):
    mallory = a_house("elsewhere", owner="mallory")
    for query in (
        "lampe",
        "from:somchai",
        "lang:fi",
        "has:attachment",
        "is:note",
        "-nothing",
        "on:today kaputt",
    ):
        assert search(mallory, query) == []
    with mallory.acting():
        assert conversation_page(shop[0].workspace.pk, filters=Filters(q="lampe")).items == []


def test_a_snoozed_time_is_no_business_of_search(shop):
    house, ids = shop
    with house.acting():
        one = conversations_of(house.workspace.pk).get(pk=ids["fi"])
        status.snooze(one, agent=house.greta, until=datetime.now(UTC) + timedelta(days=1))
    assert search(house, "lamppu status:snoozed") == [ids["fi"]]


def test_what_is_meant_is_found_in_every_language():
    house = a_house()
    said = {
        "fi": "Paketti ei ole tullut perille vieläkään, missä se on?",
        "th": "พัสดุยังไม่ถึงเลยค่ะ รอมาหลายวันแล้ว",
        "ja": "荷物がまだ届きません。",
        "de": "Wo bleibt mein Paket?",
        "ar": "أين الطرد الخاص بي؟",
    }
    wanted = {write(house, text, who=f"{tag}@example.com").conversation_id for tag, text in said.items()}
    other = write(house, "Der Pullover hat die falsche Farbe.", who="other@example.com").conversation_id
    settle()
    assert set(search(house, "about:parcel")) == wanted
    assert set(search(house, "about:paketti")) == wanted
    assert other not in search(house, "-about:parcel about:parcel")
    assert search(house, "about:pullover") == [other]
    assert search(house, "about:qwertzui") == []
