"""What a shopper finds out by themselves in the chat: their order with a proof, their newest ones when the shop signed."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.models import Agent
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.tests.facts import order
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.actions.status import set_status
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.models import Search, Visiting
from dragoman.core.texts.actions.variants import Wording, write_variant
from dragoman.core.texts.localised import Entry, forget_said
from dragoman.front.portal.chat import door, home
from dragoman.front.portal.chat.tests.conftest import Widget
from dragoman.ground.channels.chat import identity_signature
from dragoman.ground.providers.shops.facts import ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus
from tests.people import House, a_house


def shop_page(address: str) -> str:
    return Client().get(address).content.decode()


@pytest.fixture
def shop(house: House) -> Iterator[House]:
    """Kaisla with one order under way."""
    home.forget_home()
    with house.acting():
        parcel = ShipmentFacts(status=ShipmentStatus.OUT_FOR_DELIVERY, tracking_number="RR123456785TH")
        facts = order(
            "KSL-1", shipments=[parcel], shipping_address={"postcode": "10110"}, placed_at=datetime.now(UTC)
        )
        mirror_order(shop_of_the_api(house.brand), facts=facts)
    yield house


def test_a_number_and_a_proof_show_the_card_and_open_the_page_behind_it(shop: House) -> None:
    answer = Widget().post("order?locale=fi", {"number": "ksl 1", "proof": "10110"})
    card = answer.json()["order"]
    assert (card["number"], card["parcels"][0]["step"], card["parcels"][0]["steps"]) == ("KSL-1", 4, 5)
    assert b"somchai" not in answer.content, "a card is on a screen that others see"
    assert "KSL-1" in shop_page(card["url"])
    assert "KSL-1" not in shop_page(card["url"].replace("/kaisla/", "/mallory/"))
    assert "KSL-1" not in shop_page(card["url"].replace("pass=", "pass=x"))


def test_a_wrong_number_and_a_wrong_proof_are_told_alike_and_cannot_be_tried_for_long(shop: House) -> None:
    tries = [("KSL-9", "10110"), ("KSL-1", "10111"), ("KSL-1", ""), ("", "")]
    answers = [Widget().post("order", {"number": number, "proof": proof}) for number, proof in tries]
    assert {(one.status_code, one.json()["detail"]) for one in answers} == {
        (404, answers[0].json()["detail"])
    }
    told = [Widget().post("order", {"number": "KSL-1", "proof": f"{guess:05}"}) for guess in range(12)]
    assert told[-1].status_code == 429 and told[-1]["Retry-After"]


def test_only_whom_the_shop_signed_sees_orders_without_being_asked(shop: House) -> None:
    a_house("mallory")
    signed = Widget()
    expires = int(time.time()) + 600
    person = {"email": "somchai@example.com", "name": "", "phone": "", "expires": expires}
    signature = identity_signature(shop.brand.identity_secret, brand="kaisla", **person)
    signed.open(identity={**person, "signature": signature})
    assert [one["number"] for one in signed.get("orders").json()["items"]] == ["KSL-1"]
    stranger, mallory = Widget(), Widget(brand="mallory", session=signed.session)
    assert stranger.get("orders").status_code == 401
    stranger.write("I am somchai", email="somchai@example.com")
    assert stranger.get("orders").json()["items"] == []
    assert mallory.get("orders").status_code == 401


def test_the_home_has_what_the_brand_chose_and_can_do(shop: House) -> None:
    assert Widget().get("config?locale=de").json()["home"]["tiles"] == ["order", "return"]
    with shop.acting():
        change_brand(shop.brand, changes={"chat": {"tiles": ["order"]}})
    door._brands.forget()
    facts = Widget().get("config?locale=de").json()
    assert facts["home"]["tiles"] == ["order"]
    assert facts["texts"]["search"] and facts["home"]["return"] == "/returns/kaisla/?locale=de"
    assert Widget(brand=a_house("bare").brand.slug).get("config").json()["home"] is None


@pytest.mark.parametrize(("path", "most"), [("search", 60), ("suggest", 40)])
def test_a_flood_of_questions_is_slowed_and_told_so(house: House, path: str, most: int) -> None:
    answers = [Widget().post(path, {"words": "x" * 9000}) for _ in range(most + 1)]
    assert answers[0].json() == {"items": []}
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "too_fast")


def test_a_resolved_chat_is_asked_about_and_its_shopper_alone_answers(house: House) -> None:
    widget, mallory = Widget(), Widget()
    assert widget.write().status_code == mallory.write("Mine").status_code == 201
    assert widget.post("survey", {"score": 5}).status_code == 404, "nothing is over yet"
    with house.acting():
        talk = Conversation.objects.order_by("pk")[0]
        agent = Agent.objects.get(pk=house.greta.pk)
        send_reply(talk, agent=agent, draft=Draft(text="It is there", send_as="original"))
        set_status(talk, agent=agent, status="resolved")
    assert widget.get("messages").json()["survey"] == {"score": 0, "comment": "", "open": True}
    assert mallory.post("survey", {"score": 1}).status_code == 404
    assert widget.post("survey", {"score": 6}).status_code == 422
    said = widget.post("survey", {"score": 4, "comment": "ok"})
    assert said.json()["survey"] == {"score": 4, "comment": "ok", "open": True}
    with house.acting():
        change_brand(house.brand, changes={"chat": {"csat": False}})
    door._brands.forget()
    assert widget.get("messages").json()["survey"] is None


def test_a_bots_answer_comes_with_its_sources_and_leads_nowhere_else(shop: House) -> None:
    widget = Widget()
    widget.write()
    with shop.acting():
        talk = Conversation.objects.get()
        asked = Message.objects.get(direction="in")
        Message.objects.create(
            workspace_id=talk.workspace_id,
            conversation=talk,
            direction="out",
            channel="chat",
            source=asked.source,
            author="Kuura",
            text="Thirty days [1]",
            delivery="sent",
            meta={"automatic": True},
            extras={
                "bot": True,
                "sources": [
                    {"title": "Returns", "path": "/help/kaisla/en/returns/", "quote": "Thirty days"},
                    {"title": "Evil", "path": "//evil.example/"},
                    {"title": "Evil", "path": "javascript:alert(1)"},
                    "junk",
                ],
                "choices": [{"value": "track", "label": "Where is it?", "icon": "truck"}, {"value": "x"}],
                "card": {"kind": "order", "number": "KSL-1", "facts": []},
                "state": "handed_over",
            },
        )
    told = widget.thread()[-1]
    assert (told["bot"], told["author"], told["state"]) == (True, {"name": "Kuura"}, "handed_over")
    assert [one["title"] for one in told["sources"]] == ["Returns"]
    assert [one["label"] for one in told["choices"]] == ["Where is it?"]
    assert (told["card"]["number"], told["card"]["parcels"][0]["step"]) == ("KSL-1", 4)


def test_a_reader_is_met_with_the_words_that_fit_their_language_market_and_hours(house: House) -> None:
    rules = [
        {"key": "1", "languages": ["de"], "markets": ["AT"], "pages": ["/cart*"], "seconds": 3},
        {"key": "2", "when": "open"},
        {"key": "3", "visitor": "first"},
        {"key": "9"},
        "junk",
    ]
    with house.acting():
        change_brand(house.brand, changes={"chat": {"invites": rules}})
        for key in ("1", "2"):
            wording = Wording("Fragen an {brand.name}?", "de")
            write_variant(house.workspace.pk, Entry("invite", key, house.brand), wording, agent=None)
    door._brands.forget()
    forget_said()
    told = Widget().get("config?locale=de-AT").json()["invites"]
    assert told == [
        {
            "key": "1",
            "text": "Fragen an kaisla?",
            "language": "de",
            "pages": ["/cart*"],
            "visitor": "any",
            "seconds": 3,
        }
    ], "nobody is there for the second, the third has no words"
    assert Widget().get("config?locale=de-DE").json()["invites"] == []


def test_what_was_looked_for_and_read_without_writing_is_counted_of_nobody_by_name(house: House) -> None:
    with house.acting():
        wish = ArticleWish(
            key="returns",
            language="en",
            title="Returns",
            body="## Until when\n\nThirty days after it came.\n\n[[internal]]Be kind.[[/internal]]",
            status="published",
        )
        write_text(house.workspace.pk, wish, agent=house.greta)
    home.forget_home()
    assert "search" in Widget().get("config").json()["home"]["tiles"]
    reader, writer = Widget(), Widget()
    for widget in (reader, writer):
        widget.open()
        [found] = widget.post("search?locale=en", {"words": "days until when"}).json()["items"]
        assert (found["heading"], found["fallback"]) == ("Until when", False)
        assert found["path"] == "/help/kaisla/en/returns/#until-when" and "kind" not in found["passage"]
        assert widget.post("read?locale=en", {"id": found["id"]}).status_code == 200
    assert (
        Widget().post("search?locale=fi", {"words": "days until when"}).json()["items"][0]["fallback"] is True
    )
    assert Widget().post("search?locale=en", {"words": "qwrtz"}).json()["items"] == []
    assert Widget().post("suggest?locale=en", {"words": "qwrtz qwrtz"}).json()["items"] == []
    assert reader.post("read", {"id": 0}).status_code == 422
    writer.write()
    with house.acting():
        assert [one.opened.key for one in Search.objects.filter(where="chat")] == ["returns"] * 2
        assert sorted(one.wrote_at is None for one in Visiting.objects.filter(searched=1, read=1)) == [
            False,
            True,
        ]
    assert Widget(brand=a_house("mallory").brand.slug).post("search", {"words": "days"}).json()["items"] == []
