"""Signatures and the automatic answer: tried without storing, stored per language, closed to others."""

import pytest

from dragoman.core.accounts.models import Agent, Brand


def texts_form(*rows: tuple[str, str], **more: str) -> dict[str, object]:
    return {
        "language": [row[0] for row in rows],
        "text": [row[1] for row in rows],
        "try_language": "fi",
        **more,
    }


def test_a_brands_signatures_are_tried_without_storing_and_then_stored(house, as_greta):
    url = f"/settings/brands/{house.brand.pk}/signatures"
    form = texts_form(("fi", "Terveisin {brand.name}"), ("", "lost"), signature="Best regards")
    tried = as_greta.post(url, {**form, "try": "1"})
    assert "Terveisin kaisla" in tried.content.decode()
    with house.acting():
        assert Brand.objects.get().signatures == {}
    assert as_greta.post(url, form).status_code == 302
    with house.acting():
        known = Brand.objects.get()
        assert known.signatures == {"fi": "Terveisin {brand.name}"} and known.signature == "Best regards"


def test_an_agent_writes_their_own_signatures(house, as_lars, lars):
    assert as_lars.post("/settings/signatures", texts_form(("th", "ลาร์ส"))).status_code == 302
    with house.acting():
        assert Agent.objects.get(pk=lars.pk).signatures == {"th": "ลาร์ส"}


def test_the_automatic_answer_is_tried_for_a_market_and_stored(house, as_greta):
    url = f"/settings/brands/{house.brand.pk}/acknowledgement"
    form = {
        **texts_form(("de", "Servus!"), ("de", "Moin!")),
        "market": ["AT", ""],
        "acknowledge": "always",
        "try_language": "de",
        "try_market": "AT",
    }
    page = as_greta.post(url, {**form, "try": "1"}).content.decode()
    assert 'role="status">Servus!' in page
    assert as_greta.post(url, form).status_code == 302
    with house.acting():
        known = Brand.objects.get()
        assert known.acknowledgements == {"de@AT": "Servus!", "de": "Moin!"} and known.acknowledge == "always"


def test_a_language_that_does_not_exist_is_refused(house, as_greta):
    url = f"/settings/brands/{house.brand.pk}/acknowledgement"
    answer = as_greta.post(url, {"acknowledge": "sometimes", "try_language": "xx"})
    assert answer.status_code == 422


@pytest.mark.parametrize("page", ["signatures", "acknowledgement"])
def test_agents_without_the_right_and_mallory_stay_outside(house, as_lars, as_mallory, page):
    url = f"/settings/brands/{house.brand.pk}/{page}"
    assert as_lars.get(url).status_code == 403 and as_lars.post(url, {}).status_code == 403
    assert as_mallory.get(url).status_code == 404 and as_mallory.post(url, {}).status_code == 404
