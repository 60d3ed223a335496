"""The bot's settings and the editor: without JSON a lead writes, rehearses, tests and publishes a flow; others cannot."""

import re
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.service.bot.models import Bot, Flow, TeamRule
from tests.people import PASSWORD, House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def logged_in(house: House, agent=None) -> Client:
    client = Client()
    client.force_login((agent or house.greta).user)
    return client


def fields(page: str) -> dict[str, Any]:
    """Return the fields of the editor's form that have a value, as a browser would send them."""
    form = page.partition('class="bot-editor"')[2].partition("</form>")[0]
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    ticked = re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)" checked', form)
    boxes = set(re.findall(r'type="checkbox" name="([^"]+)"', form))
    kept = {
        name: value for name, value in found.items() if name not in boxes and name != "csrfmiddlewaretoken"
    }
    return {**kept, **{name: [two for one, two in ticked if one == name] for name, _value in ticked}}


def test_a_lead_switches_the_bot_on_and_gives_work_to_teams(house):
    client = logged_in(house)
    page = client.get("/settings/bot").content.decode()
    assert "As we wrote it" in page and "cannot be switched off" in page
    body = {"is_on": "on", "name": "Aino", "hours": "always", "after_minutes": "5", "channels": ["chat"]}
    assert client.post("/settings/bot", body).status_code == 302
    assert client.post("/settings/bot", {**body, "name": ""}).status_code == 422
    with house.acting():
        assert Bot.objects.get().is_on and Bot.objects.get().name == "Aino"
    assert client.post("/settings/bot/flows/thanks/switch", {"do": "off"}).status_code == 302
    client.post("/settings/teams/new", {"name": "Returns"})
    with house.acting():
        assert Flow.objects.get(key="thanks").is_on is False
    assert client.post("/settings/bot/rules", {"intent": "return_request", "team": "1"}).status_code == 302


def test_a_flow_is_written_rehearsed_tested_and_published_by_forms(house):
    client = logged_in(house)
    begun = client.post("/settings/bot/flows/new", {"name": "Gift wrap"})
    path = begun["Location"]
    form = fields(client.post(path, {"do": "add:say", "steps": "0"}).content.decode())
    form |= {"s0.texts:en": "We wrap gifts for 3 euros.", "keywords:en": "gift wrap", "title:en": "Gifts"}
    page = client.post(path, {**form, "do": "try", "line": "Do you gift wrap?"}).content.decode()
    assert "3 euros" in page and "is a bot" in page
    form = fields(page) | {"do": "keep", "test_name": "Wraps", "line": ""}
    page = client.post(path, form).content.decode()
    assert "Wraps" in page
    answer = client.post(path, {**fields(page), "do": "publish", "name": "Gift wrap"}, follow=True)
    assert "Its tests passed" in answer.content.decode()
    with house.acting():
        flow = Flow.objects.get()
        assert (flow.live, flow.key) == (flow.head, "gift_wrap") and flow.versions.last().body["tests"]
    bad = {**fields(client.get(path).content.decode()), "s0.next": "nowhere", "do": "publish"}
    assert "stays a draft" in client.post(path, bad, follow=True).content.decode()
    assert client.post(f"{path}/restore", {"version": "2"}).status_code == 302


def test_our_flows_open_in_the_editor_and_come_through_it_unchanged(house):
    client = logged_in(house)
    for key in ("order_status", "cancel_order", "opening_hours"):
        page = client.get(f"/settings/bot/flows/{key}").content.decode()
        saved = client.post(f"/settings/bot/flows/{key}", {**fields(page), "do": "publish"}, follow=True)
        assert "Its tests passed" in saved.content.decode(), key
    assert client.get("/settings/bot/flows/weather").status_code == 404


def test_agents_and_mallory_have_no_way_in(house):
    with house.acting():
        maija = add_agent(
            house.workspace.pk, email="m@kaisla.example", name="Maija", role=Role.AGENT, password=PASSWORD
        )
    for path in ("/settings/bot", "/settings/bot/flows/thanks", "/settings/bot/flows/new"):
        assert logged_in(house, maija).get(path).status_code == 403
    client = logged_in(house)
    client.post("/settings/bot/flows/new", {"name": "Gift wrap"})
    mallory = a_house("mallory-shop", owner="mallory")
    assert logged_in(mallory).get("/settings/bot/flows/gift_wrap").status_code == 404
    with mallory.acting():
        assert not Flow.objects.exists() and not TeamRule.objects.exists()
