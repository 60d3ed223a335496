"""A list is saved in one step, counts live in the column, and over the API."""

import json

import pytest
from django.test import Client

from tests.people import PASSWORD, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_search_is_saved_and_counted_in_the_column_and_by_programs():
    house = a_house()
    write(house, "lamppu on rikki", language="fi")
    settle()
    browser = Client()
    browser.post("/login", {"login": house.greta.user.email, "password": PASSWORD})
    assert "Save this view" in browser.get("/?q=lamppu").content.decode()
    facts = {"name": "Lamps", "q": "lamppu", "view": "all", "shared": "everybody"}
    answer = browser.post("/desk/views", facts)
    assert answer.status_code == 302 and answer["Location"] == "/?view=all&q=lamppu"
    page = browser.get("/").content.decode()
    assert "Saved views" in page and "Lamps" in page
    headers = {"Authorization": f"Bearer {house.token}"}
    api = Client(headers=headers)
    [view] = api.get("/api/v1/views").json()["items"]
    found = api.get(f"/api/v1/views/{view['id']}/conversations").json()["items"]
    assert [row["found_in"] for row in found] == ["text"]
    body = {
        "ids": [found[0]["id"], "999999"],
        "change": {"verb": "add_tags", "value": "vip"},
        "dry_run": True,
    }
    tried = api.post("/api/v1/conversations/bulk", json.dumps(body), content_type="application/json").json()
    assert (tried["changed"], tried["skipped"]) == (1, {"gone": 1})
