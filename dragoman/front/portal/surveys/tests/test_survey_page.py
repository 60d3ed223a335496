"""The page behind a link asks in the customer's language, and keeps one answer; a link of nobody's asks nothing."""

import pytest
from django.test import Client

from dragoman.core.conversations.models import Conversation
from dragoman.service.surveys.asking import sign_survey
from dragoman.service.surveys.models import Survey
from tests.people import a_house, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_link_asks_in_the_customers_language_and_takes_one_answer() -> None:
    house, browser = a_house(), Client(headers={"Accept-Language": "fi"})
    with house.acting():
        talk = Conversation.objects.get(pk=write(house).conversation_id)
        Conversation.objects.update(language="ar")
        address = f"/s/{sign_survey(talk)}"
    page = browser.get(address)
    assert page.status_code == 200 and '<html lang="ar" dir="rtl"' in page.content.decode()
    assert page["Cache-Control"] == "no-store" and not page.cookies
    assert '<html lang="fi"' in browser.get(address + "?locale=fi").content.decode()
    refused = [browser.post(address, {"score": score}).status_code for score in ("", "9", "٣", "x")]
    assert refused == [422] * 4
    assert browser.post(address, {"score": "2", "comment": "<b>"}).status_code == 200
    answer = browser.post(address, {"score": "3", "comment": "<b>"})
    assert "&lt;b&gt;" in answer.content.decode()
    with house.acting():
        assert list(Survey.objects.values_list("score", "comment", "channel")) == [(3, "<b>", "link")]
    assert browser.get(address[:-1]).status_code == browser.post("/s/x", {"score": "1"}).status_code == 404
