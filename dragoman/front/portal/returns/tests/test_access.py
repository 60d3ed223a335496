"""Every page of the portal is usable with a keyboard and a screen reader: names, one heading, ids once, errors tied."""

from html.parser import HTMLParser
from typing import Any

import pytest

from .conftest import Shopper

pytestmark = pytest.mark.django_db(transaction=True)


class Outline(HTMLParser):
    """What of a page matters to assistive technology."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.controls: list[tuple[str, dict[str, Any], bool]] = []
        self.tied: list[str] = []
        self.heads = 0
        self.legends = self.sets = self.inline = 0
        self._labels = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.ids += [facts["id"]] if facts.get("id") else []
        self.tied += (facts.get("aria-describedby") or "").split() + (
            facts.get("aria-labelledby") or ""
        ).split()
        self.heads += tag == "h1"
        self.sets += tag == "fieldset"
        self.legends += tag == "legend"
        self.inline += (
            tag in ("script", "style") or "style" in facts or any(one.startswith("on") for one in facts)
        )
        if tag == "label":
            self._labels += 1
            self.labelled.add(str(facts.get("for")))
        if tag in ("input", "select", "textarea") and facts.get("type") != "hidden":
            self.controls.append((tag, facts, self._labels > 0))

    def handle_endtag(self, tag: str) -> None:
        self._labels -= tag == "label"


def check(page: str) -> None:
    found = Outline(page)
    unnamed = [
        facts
        for _tag, facts, inside in found.controls
        if not (inside or facts.get("id") in found.labelled or facts.get("aria-label"))
    ]
    assert unnamed == [] and found.heads == 1 and found.inline == 0
    assert len(found.ids) == len(set(found.ids)) and found.sets == found.legends
    assert [one for one in found.tied if one not in found.ids] == []
    assert 'href="#main"' in page and 'id="main"' in page


def test_pages_have_names_one_heading_and_ties_that_lead_somewhere(shopper: Shopper, shoe: int) -> None:
    pages = [
        shopper.get(),
        shopper.post(number="", contact=""),
        shopper.get("policy?country=DE"),
        shopper.get("withdraw"),
        shopper.post("withdraw", name="", step="review"),
        shopper.post("withdraw", name="A", order_number="KSL-1", email="a@b.example", step="review"),
    ]
    handle = shopper.ask()
    pages.append(shopper.post("code", handle=handle, code="x"))
    shopper.enter()
    form = {f"take-{shoe}": "1", f"quantity-{shoe}": "1", "method": "own_carrier", "key": "k" * 32}
    pages += [shopper.get("order"), shopper.get("order?fault=1")]
    pages += [
        shopper.client.post("/returns/kaisla/order", {**form, "step": step})
        for step in ("way", "review", "items")
    ]
    pages.append(shopper.client.post("/returns/kaisla/order", {"step": "way"}))
    pages.append(
        shopper.client.get(shopper.client.post("/returns/kaisla/order", {**form, "step": "done"})["Location"])
    )
    assert {page.status_code for page in pages} == {200, 422}
    for page in pages:
        check(page.content.decode())
