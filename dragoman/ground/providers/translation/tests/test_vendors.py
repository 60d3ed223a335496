"""The clouds and apertium, against servers that answer as their documents say."""

from typing import Any

import pytest

from dragoman.ground.providers.translation.choose import engine_for
from dragoman.ground.providers.translation.glossaries import glossaries_in, glossary_for
from dragoman.ground.providers.translation.http import address
from dragoman.ground.providers.translation.ports import Wish
from dragoman.ground.providers.translation.tests.far_side import serving
from dragoman.kit.errors import Rejected, Unavailable


def _deepl(method: str, path: str, body: Any) -> tuple[int, Any]:
    if path.startswith("/v2/languages"):
        codes = ["EN", "PT", "FI"] if "source" in path else ["EN-GB", "EN-US", "PT-BR", "PT-PT", "FI"]
        return 200, [{"language": code, "name": code, "supports_formality": False} for code in codes]
    said = [f"{body['source_lang']}>{body['target_lang']} {text}" for text in body["text"]]
    return 200, {"translations": [{"detected_source_language": "FI", "text": text} for text in said]}


def _azure(method: str, path: str, body: Any) -> tuple[int, Any]:
    if path.startswith("/languages"):
        return 200, {"translation": {code: {"name": code} for code in ("en", "fi", "zh-Hans", "pt", "pt-PT")}}
    assert "from=fi" in path
    assert "textType=plain" in path
    return 200, [{"translations": [{"text": f"<{entry['Text']}>", "to": "zh-Hans"}]} for entry in body]


def _apertium(method: str, path: str, body: Any) -> tuple[int, Any]:
    if path == "/listPairs":
        pairs = [("swe", "nob"), ("swe", "nor"), ("eng", "spa"), ("oci_gascon", "cat")]
        told = [{"sourceLanguage": one, "targetLanguage": other} for one, other in pairs]
        return 200, {"responseData": told, "responseStatus": 200}
    assert "langpair=swe%7Cnob" in path
    return 200, {"responseData": {"translatedText": "Hvor er pakken min?"}, "responseStatus": 200}


def test_deepl_is_asked_in_its_own_codes() -> None:
    with serving(_deepl) as place:
        engine = engine_for(f"deepl://{place}?key=k")
        answers = engine.translate(["a", "b"], "fi", "pt-BR")
        assert [answer.text for answer in answers if answer] == ["FI>PT-BR a", "FI>PT-BR b"]
        english = engine.translate(["a"], "fi", "en")[0]
        assert english
        assert english.text.startswith("FI>EN-")
        assert engine.translate(["a"], "fi", "th") == [None]


def test_azure_is_asked_in_its_own_codes() -> None:
    with serving(_azure) as place:
        engine = engine_for(f"azure://{place}?key=k&region=r")
        answers = engine.translate(["a", "b"], "fi", "zh-CN")
        assert [answer.text for answer in answers if answer] == ["<a>", "<b>"]
        assert engine.translate(["a"], "fi", "fi-FI") == [None]


def test_apertium_is_asked_for_the_pairs_it_has() -> None:
    with serving(_apertium) as place:
        engine = engine_for(f"apertium://{place}")
        assert engine.pairs() == {("sv", "nb"), ("en", "es")}
        answer = engine.translate(["Var är mitt paket?"], "sv", "no")[0]
        assert answer
        assert answer.text == "Hvor er pakken min?"
        assert (answer.confidence or 1) < 0.5


@pytest.mark.parametrize("scheme", ["deepl", "azure", "apertium"])
@pytest.mark.parametrize(
    ("status", "told", "error"),
    [(403, {"message": "no"}, Rejected), (456, {}, Rejected), (500, "", Unavailable), (200, "[]", Unavailable),
     (200, {"error": 1}, Unavailable), (200, "null", Unavailable)],
)  # fmt: skip
def test_a_vendor_in_trouble_is_told_in_our_words(scheme: str, status: int, told: Any, error: type) -> None:
    with serving(lambda *_: (status, told)) as place:
        engine = engine_for(f"{scheme}://{place}?key=k")
        if told == "[]" and scheme == "deepl":
            assert engine.pairs() == frozenset()
        else:
            with pytest.raises(error):
                engine.translate(["a"], "fi", "en")


def test_a_vendors_own_host_is_only_ever_asked_over_tls() -> None:
    assert address("deepl://?key=k", host="api.example.com").base == "https://api.example.com"
    for url in ("deepl://", "azure://?region=r"):
        with pytest.raises(ValueError, match="needs a key"):
            engine_for(url)


def test_a_glossary_that_stands_at_a_vendor_serves_its_pair_and_its_variants() -> None:
    known = glossaries_in("en-fi:one, en-pt-BR:two")
    assert glossary_for(known, "en-GB", "fi") == "one"
    assert glossary_for(known, "en", "pt") == "two"
    assert glossary_for(known, "fi", "en") == ""
    assert glossary_for(glossaries_in("always"), "fi", "en") == "always"
    with pytest.raises(ValueError, match="pair"):
        glossaries_in("finnish:one")


def test_deepl_is_told_the_manner_the_context_and_its_own_glossary() -> None:
    asked: list[Any] = []

    def answering(method: str, path: str, body: Any) -> tuple[int, Any]:
        asked.append(body)
        return _deepl(method, path, body)

    with serving(answering) as place:
        engine = engine_for(f"deepl://{place}?key=k&glossary=fi-pt-BR:shop")
        engine.translate(["a"], "fi", "pt-BR", Wish(register="casual", context="about a parcel"))
        engine.translate(["a"], "fi", "en", Wish(register="formal"))
    told, other = asked[-2:]
    assert (told["formality"], told["context"], told["glossary_id"]) == (
        "prefer_less", "about a parcel", "shop",
    )  # fmt: skip
    assert other["formality"] == "prefer_more"
    assert "glossary_id" not in other


def test_the_newer_azure_has_another_wire_and_its_models_hear_the_tone() -> None:
    asked: list[Any] = []

    def answering(method: str, path: str, body: Any) -> tuple[int, Any]:
        assert "api-version=2026-06-06" in path
        if path.startswith("/languages"):
            return _azure(method, path, body)
        asked.append(body)
        said = [
            {"translations": [{"language": one["targets"][0]["language"], "text": f"<{one['text']}>"}]}
            for one in body["inputs"]
        ]
        return 200, {"value": said}

    with serving(answering) as place:
        plain = engine_for(f"azure://{place}?key=k&version=2026-06-06")
        model = engine_for(f"azure://{place}?key=k&version=2026-06-06&model=gpt")
        answers = plain.translate(["a", "b"], "fi", "zh-CN", Wish(register="casual"))
        model.translate(["a"], "fi", "zh-CN", Wish(register="casual"))
    assert [answer.text for answer in answers if answer] == ["<a>", "<b>"]
    assert asked[0]["inputs"][0] == {"text": "a", "language": "fi", "targets": [{"language": "zh-Hans"}]}
    assert asked[1]["inputs"][0]["targets"] == [
        {"language": "zh-Hans", "deploymentName": "gpt", "tone": "informal"}
    ]


@pytest.mark.parametrize(
    "url",
    ["azure://?key=k&version=4", "azure://?key=k&model=gpt", "google://?key_file=/nowhere.json",
     "google://?project=p", "google://?project=p&key_file=/nowhere.json", "google://?project=p&credentials=%7B%7D",
     "deepl://?key=k&timeout=never", "deepl://?key=k&timeout=900"],
)  # fmt: skip
def test_an_option_that_cannot_be_says_what_is_expected(url: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        engine_for(url)


def test_a_google_key_that_names_a_strange_token_server_is_refused() -> None:
    key = (
        "%7B%22client_email%22:%22a%22,%22private_key%22:%22k%22,%22token_uri%22:%22https://10.0.0.1/t%22%7D"
    )
    with pytest.raises(ValueError, match="tokens"):
        engine_for(f"google://?project=p&credentials={key}")
