"""Orders of translations: macros go out as XLIFF, come back whole or not at all, and become macros' texts."""

import pytest
from lxml import etree

from dragoman.core.accounts.actions import add_agent
from dragoman.core.language import queue
from dragoman.core.language.actions.orders import (
    Wanted,
    change_order,
    check_text,
    make_order,
    reject_text,
    take_back,
)
from dragoman.core.language.models import MemoryUnit, OrderText, TranslationOrder
from dragoman.core.language.orders import archive_of, choices, file_of, get_order, texts_of
from dragoman.core.language.tests.test_xliff import translated
from dragoman.core.language.xliff import NAMESPACE
from dragoman.core.texts.actions.macros import Written, save_macro
from dragoman.core.texts.models import Macro
from dragoman.kit.errors import NotFound, Refusal
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
TEXTS = {
    "Shipped": "Hello {customer.name|there}, your order {order} left today.",
    "Sorry": "We are sorry for the trouble. A refund comes in 5 days.",
}


@pytest.fixture
def house() -> House:
    house = a_house()
    with house.acting():
        for name, text in TEXTS.items():
            save_macro(house.workspace.pk, agent=None, written=Written(name, {"en": text}))
    return house


def ordered(house: House, targets=("de", "th"), **more) -> TranslationOrder:
    wanted = Wanted(
        "October", "en", targets, [choice.value for choice in choices(house.workspace.pk)], **more
    )
    return make_order(house.workspace.pk, agent=house.greta, wanted=wanted)


def german(order) -> bytes:
    return translated(
        file_of(order, "de"), lambda text: text.replace("Hello", "Hallo").replace("there", "du")
    )


def test_an_order_goes_out_comes_back_is_checked_and_done(house):
    with house.acting():
        order = ordered(house, cost=12_000, currency="eur", note="Be warm", vendor="lingua@example.com")
        assert len(texts_of(order)) == 4 and order.currency == "EUR" and order.state == "draft"
        assert archive_of(order, order.targets)[:2] == b"PK"
        order = change_order(order, agent=house.greta, values={"state": "sent"})
        came = take_back(order, agent=house.greta, content=german(order))
        assert came.taken == 2 and not came.problems
        order = get_order(house.workspace.pk, order.pk)
        assert order.state == "returned"
        lines = queue.waiting(house.workspace.pk, house.greta)
        assert [(line.kind, line.title, line.target) for line in lines] == [
            ("macro", "Shipped", "de"),
            ("macro", "Sorry", "de"),
        ]
        assert queue.count_waiting(house.greta) == 2
        check_text(house.workspace.pk, agent=house.greta, pk=lines[0].pk)
        check_text(house.workspace.pk, agent=house.greta, pk=lines[1].pk, text="Es tut uns leid.")
        assert (
            Macro.objects.get(name="Shipped").texts["de"]
            == "Hallo {customer.name|du}, your order {order} left today."
        )
        assert Macro.objects.get(name="Sorry").texts == {"en": TEXTS["Sorry"], "de": "Es tut uns leid."}
        assert MemoryUnit.objects.filter(target_language="de", origin="review").exists()
        with pytest.raises(Refusal, match="Not every"):
            change_order(order, agent=house.greta, values={"state": "done"})
        thai = translated(file_of(order, "th"), lambda text: text)
        take_back(order, agent=house.greta, content=thai)
        for text in texts_of(order, "th"):
            check_text(house.workspace.pk, agent=house.greta, pk=text.pk)
        order = get_order(house.workspace.pk, order.pk)
        assert order.state == "checked"
        assert change_order(order, agent=house.greta, values={"state": "done"}).state == "done"
        with pytest.raises(Refusal, match="closed"):
            take_back(order, agent=house.greta, content=thai)


def test_nothing_is_half_imported_and_what_is_missing_is_told(house):
    with house.acting():
        order = ordered(house)
        root = etree.fromstring(german(order))
        target = next(root.iter(f"{{{NAMESPACE}}}target"))
        target.getparent().remove(target)
        broken = etree.tostring(root)
        came = take_back(order, agent=house.greta, content=broken)
        assert came.refused and "Not translated" in came.problems[0].text
        assert {text.state for text in texts_of(order)} == {"open"}
        came = take_back(order, agent=house.greta, content=broken, partial=True)
        assert came.taken == 1 and all(problem.warning for problem in came.problems)


def test_changed_sources_unknown_texts_and_other_languages_are_told(house):
    with house.acting():
        order = ordered(house)
        content = german(order)
        came = take_back(order, agent=house.greta, content=content.replace(b'id="macro-', b'id="nacro-'))
        assert came.refused and any("is not in the file" in one.text for one in came.problems)
        assert any(one.warning and "Nobody ordered" in one.text for one in came.problems)
        came = take_back(order, agent=house.greta, content=content.replace(b"5 days", b"9 days"))
        assert came.taken == 2 and "another one than was sent" in came.problems[0].text
        other = take_back(order, agent=house.greta, content=content.replace(b'trgLang="de"', b'trgLang="fi"'))
        assert other.refused and "not of this order" in other.problems[0].text
        lost = content.replace(b"<ph ", b"<x ").replace(b"{order}", b"")
        with pytest.raises(Refusal):
            take_back(order, agent=house.greta, content=b"<?xml version='1.0'?><!DOCTYPE a><a/>")
        assert lost


def test_a_rejected_text_goes_back_with_its_reason_and_comes_again(house):
    with house.acting():
        order = ordered(house, targets=["de"])
        take_back(order, agent=house.greta, content=german(order))
        text = texts_of(order)[0]
        with pytest.raises(Refusal, match="why"):
            reject_text(house.workspace.pk, agent=house.greta, pk=text.pk, reason=" ")
        reject_text(house.workspace.pk, agent=house.greta, pk=text.pk, reason="Use Sie")
        assert b"Use Sie" in file_of(order, "de")
        with pytest.raises(Refusal, match="meanwhile"):
            check_text(house.workspace.pk, agent=house.greta, pk=text.pk)
        take_back(order, agent=house.greta, content=german(order))
        text.refresh_from_db()
        assert text.state == "returned" and text.reason == ""


def test_a_macro_that_went_meanwhile_is_told(house):
    with house.acting():
        order = ordered(house, targets=["de"])
        take_back(order, agent=house.greta, content=german(order))
        Macro.objects.filter(name="Sorry").delete()
        text = OrderText.objects.get(title="Sorry")
        with pytest.raises(Refusal, match="gone"):
            check_text(house.workspace.pk, agent=house.greta, pk=text.pk)


def test_only_leads_order_and_mallory_reaches_nothing(house):
    with house.acting():
        order = ordered(house, targets=["de"])
        take_back(order, agent=house.greta, content=german(order))
        text = texts_of(order)[0]
        pekka = add_agent(
            house.workspace.pk, email="pekka@kaisla.example", name="Pekka", role="agent", password="x" * 12
        )
        with pytest.raises(Refusal):
            make_order(house.workspace.pk, agent=pekka, wanted=Wanted("x", "en", ["de"], []))
        with pytest.raises(Refusal, match="reviewers"):
            check_text(house.workspace.pk, agent=pekka, pk=text.pk)
        assert queue.count_waiting(pekka) == 0
    mallory = a_house("other", owner="mallory")
    with mallory.acting():
        with pytest.raises(NotFound):
            get_order(mallory.workspace.pk, order.pk)
        with pytest.raises(NotFound):
            check_text(mallory.workspace.pk, agent=mallory.greta, pk=text.pk)


@pytest.mark.parametrize(
    "change",
    [{"targets": ["en"]}, {"targets": ["xx-nope-xx"]}, {"texts": []}, {"texts": ["macro:999999"]}, {"source": "fi"},
     {"title": " "}, {"cost": 5, "currency": ""}, {"cost": -1, "currency": "EUR"}],
)  # fmt: skip
def test_an_order_without_sense_is_refused(house, change):
    with house.acting():
        good = {
            "title": "x",
            "source": "en",
            "targets": ["de"],
            "texts": [c.value for c in choices(house.workspace.pk)],
        }
        with pytest.raises(Refusal):
            make_order(house.workspace.pk, agent=house.greta, wanted=Wanted(**{**good, **change}))
        assert not TranslationOrder.objects.exists()
