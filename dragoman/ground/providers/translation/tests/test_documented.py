"""The clouds' clients against servers that another hand wrote from the vendors' pages: they refuse what the vendor does."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from dragoman.ground.providers.translation.choose import new_engine
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translator, Wish
from dragoman.ground.providers.translation.tests.servers.azure import Azure
from dragoman.ground.providers.translation.tests.servers.deepl import DeepL
from dragoman.ground.providers.translation.tests.servers.google import Google
from dragoman.ground.providers.translation.tests.servers.loopback import serving
from dragoman.kit.errors import Rejected, Unavailable

LONG = "Tämä teksti on pitkä ja siinä on ääkkösiä. " * 60


def google_at(server: Google, place: str, options: str = "") -> Translator:
    account = quote(json.dumps(server.account(place)), safe="")
    return new_engine(f"google://{place}?project={server.project}&tls=0&credentials={account}{options}")


def deepl_at(server: DeepL, place: str, options: str = "") -> Translator:
    return new_engine(f"deepl://{place}?key={server.key}{options}")


def azure_at(server: Azure, place: str, options: str = "") -> Translator:
    return new_engine(f"azure://{place}?key={server.key}{options}")


def new_azure_at(server: Azure, place: str, options: str = "") -> Translator:
    return azure_at(server, place, f"&version=2025-10-01-preview{options}")


ALL: list[tuple[type, Callable[..., Translator]]] = [
    (Google, google_at), (DeepL, deepl_at), (Azure, azure_at), (Azure, new_azure_at),
]  # fmt: skip


def said(
    engine: Translator, texts: list[str], source: str, target: str, wish: Wish = ANY_MANNER
) -> list[str]:
    return [one.text for one in engine.translate(texts, source, target, wish) if one]


@pytest.mark.parametrize(("kind", "at"), ALL)
def test_texts_come_back_in_order_within_the_vendors_limits(
    kind: type, at: Callable[..., Translator]
) -> None:
    server = kind()
    texts = [f"Hei <b>& {n}" for n in range(130)] + [LONG] * 40
    with serving(server) as place:
        answers = said(at(server, place), texts, "fi-FI", "en")
    assert [answer.partition(": ")[2] for answer in answers] == texts
    assert len(server.asked) > 1


@pytest.mark.parametrize(("kind", "at"), ALL)
def test_a_language_that_a_vendor_lacks_is_not_asked_for(kind: type, at: Callable[..., Translator]) -> None:
    server = kind()
    with serving(server) as place:
        engine = at(server, place)
        assert engine.translate(["Hei"], "fi", "tlh") == [None]
        assert engine.translate(["Hei"], "fi", "fi-FI") == [None]
        assert said(engine, ["Hei"], "pt", "ja")[0].lower().startswith("ja: ")
        for target in ("pt-BR", "zh-Hans"):
            assert said(engine, ["Hei"], "fi", target)
    assert len(server.asked) == 3


@pytest.mark.parametrize(("kind", "at"), ALL)
def test_a_vendor_that_is_busy_is_asked_later(kind: type, at: Callable[..., Translator]) -> None:
    server = kind()
    with serving(server) as place:
        engine = at(server, place)
        engine.pairs()
        server.busy = 1
        with pytest.raises(Unavailable) as caught:
            engine.translate(["Hei"], "fi", "en")
        assert said(engine, ["Hei"], "fi", "en")
    assert caught.value.retry_after == (None if kind is Google else 7.0)


def test_google_gives_a_token_once_for_many_calls_and_none_for_a_strange_key() -> None:
    server, stranger = Google(), Google()
    with serving(server) as place:
        engine = google_at(server, place)
        for _ in range(3):
            assert said(engine, ["Hei"], "fi", "en") == ["en: Hei"]
        assert len(server.tokens) == 1
        with pytest.raises(Rejected, match="Invalid JWT Signature"):
            google_at(stranger, place).translate(["Hei"], "fi", "en")
        account = quote(json.dumps(server.account(place)), safe="")
        with pytest.raises(Rejected, match="not been used"):
            new_engine(f"google://{place}?project=other&tls=0&credentials={account}").pairs()


def test_google_says_the_terms_of_a_glossary_that_was_made_there() -> None:
    name = "projects/shop-123/locations/europe-west1/glossaries/shop"
    server = Google(glossaries=frozenset({name}))
    with serving(server) as place:
        engine = google_at(server, place, "&location=europe-west1&glossary=fi-en:shop")
        assert said(engine, ["Hei"], "fi", "en") == ["en: Hei (terms)"]
        assert said(engine, ["Hej"], "de", "fi") == ["fi: Hej"]
        with pytest.raises(Rejected, match="Glossary not found"):
            google_at(server, place, "&location=europe-west1&glossary=none").translate(["Hei"], "fi", "en")


def test_deepl_is_polite_everywhere_and_tells_a_used_up_account() -> None:
    server = DeepL(left=30, glossaries={"g1": ("FI", "EN")})
    with serving(server) as place:
        engine = deepl_at(server, place, "&glossary=fi-en:g1")
        for target in ("en", "de", "fr"):
            assert said(engine, ["Hei"], "fi", target, Wish(register="formal", context="x"))
        with pytest.raises(Rejected, match=r"456.*Quota"):
            engine.translate([LONG], "fi", "en")
        with pytest.raises(Rejected, match="Forbidden"):
            new_engine(f"deepl://{place}?key=wrong").pairs()
    assert [body.get("glossary_id") for body in server.asked] == ["g1", None, None]


@pytest.mark.parametrize("at", [azure_at, new_azure_at])
def test_azure_needs_its_region_and_says_what_is_wrong_with_the_key(at: Callable[..., Translator]) -> None:
    server = Azure(region="westeurope")
    with serving(server) as place:
        assert said(at(server, place, "&region=westeurope"), ["Hei"], "fi", "en") == ["en: Hei"]
        with pytest.raises(Rejected, match="not authorized"):
            at(server, place).translate(["Hei"], "fi", "en")


def test_azures_language_models_hear_the_tone_and_its_usual_engine_is_not_told() -> None:
    server = Azure(deployments=frozenset({"gpt"}))
    wish = Wish(register="formal")
    with serving(server) as place:
        assert said(new_azure_at(server, place), ["Hei"], "fi", "en", wish)
        assert said(new_azure_at(server, place, "&model=gpt"), ["Hei"] * 3, "fi", "en", wish)
        with pytest.raises(Rejected, match="deployment"):
            new_azure_at(server, place, "&model=none").translate(["Hei"], "fi", "en")
    tones: list[Any] = [body["inputs"][0]["targets"][0].get("tone") for body in server.asked]
    assert tones == [None, "formal"]
