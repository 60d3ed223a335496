"""The clouds and apertium, against servers that answer as their documents say."""

from typing import Any

import pytest

from dragoman.ground.providers.translation.choose import engine_for
from dragoman.ground.providers.translation.http import address
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
