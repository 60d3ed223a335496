"""A language is found by whatever tag people and vendors write."""

import pytest

from dragoman.kit.tags import base, direction, match, normalise, same


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("PT_br", "pt-BR"), ("no", "nb"), ("iw", "he"), ("zh-TW", "zh-Hant"), ("zh_CN", "zh-Hans"),
        ("zh-hant-HK", "zh-Hant"), ("de-AT-1996", "de-AT"),
        ("en-US-u-ca-buddhist", "en-US"), ("es-419", "es-419"),
        ("", ""), ("x", ""), ("*", ""), ("klingon!", ""),
    ],
)  # fmt: skip
def test_tags_are_written_one_way(written: str, canonical: str) -> None:
    assert normalise(written) == canonical


def test_matching_goes_exact_then_base_then_any_sibling() -> None:
    assert match("pt-BR", ["pt", "pt-BR"]) == "pt-BR"
    assert match("de-AT", ["de-CH", "de"]) == "de"
    assert match("pt", ["en", "pt-BR"]) == "pt-BR"
    assert match("pt-PT", ["en", "pt-BR"]) == "pt-BR"
    assert match("no", ["nb"]) == "nb"
    assert match("nb", ["no"]) == "no"
    assert match("zh", ["zh-Hant", "zh-Hans"]) == "zh-Hans"
    assert match("zh-TW", ["zh-Hans", "zh-Hant"]) == "zh-Hant"
    assert match("sv", ["fi", "en"]) is None
    assert match("", ["en"]) is None


def test_variants_of_one_language_need_no_translation_but_the_two_chineses_do() -> None:
    assert same("pt", "pt-BR")
    assert not same("zh-Hans", "zh-Hant")
    assert not same("fi", "et")
    assert not same("", "")


def test_direction_follows_the_script() -> None:
    assert [direction(tag) for tag in ("ar", "he-IL", "th", "az-Arab", "")] == [
        "rtl",
        "rtl",
        "ltr",
        "rtl",
        "ltr",
    ]
    assert base("pt-BR") == "pt"
