"""A text is said by people where they wrote it, by the first machine that can, and never by pretence."""

import json
from typing import Any

import pytest

from dragoman.core.language import phrasebook
from dragoman.core.language.engines import forget
from dragoman.core.language.translate import (
    can_translate,
    engines_status,
    free_text_possible,
    translate,
    translate_many,
)
from dragoman.ground.providers.translation.tests.far_side import Chat, Libre, serving
from dragoman.kit.errors import Unavailable

FREE = "The handle came off after KSL-20418 was delivered, so I want €25.00 back."


@pytest.fixture(autouse=True)
def engines(settings: Any) -> Any:
    """Let a test name the engines: `engines("fake://", llm="llm://..")`."""

    def use(urls: str, *, llm: str = "") -> None:
        settings.TRANSLATOR_URL, settings.LLM_URL = urls, llm
        forget()

    use("")
    return use


def test_a_phrase_is_said_as_people_wrote_it_even_where_a_machine_is_there(engines: Any) -> None:
    engines("fake://")
    said = translate("Where is my order KSL-20418?", source="en", target="fi")
    assert said
    assert (said.text, said.engine, said.confidence, said.machine) == (
        "Missä tilaukseni KSL-20418 on?", "phrasebook", 1.0, False,
    )  # fmt: skip


def test_free_text_goes_round_the_machine_with_its_numbers(engines: Any) -> None:
    engines("fake://")
    said = translate(FREE, source="en", target="fi")
    assert said
    assert "KSL-20418" in said.text
    assert "€25.00" in said.text
    assert "ĥáñðļé" in said.text
    assert (said.engine, said.confidence, said.faults, said.machine) == ("fake", 0.9, (), True)


def test_a_lost_number_is_told_and_costs_confidence(engines: Any) -> None:
    engines("fake://?lose=1")
    said = translate(FREE, source="en", target="fi")
    assert said
    assert said.faults == ("lost:KSL-20418", "lost:€25.00")
    assert said.confidence == 0.5


def test_without_an_engine_free_text_is_not_translated(engines: Any) -> None:
    assert translate(FREE, source="en", target="fi") is None
    assert can_translate("en", "fi")
    assert not free_text_possible("en", "fi")
    assert not can_translate("en", "is")
    assert translate(FREE, source="fi", target="fi-FI") is None


def test_what_is_the_same_in_every_language_needs_no_engine(engines: Any) -> None:
    said = translate("KSL-20418 👍", source="en", target="sv")
    assert said
    assert (said.text, said.machine) == ("KSL-20418 👍", False)


def test_each_pair_is_done_by_the_first_engine_that_can(engines: Any) -> None:
    engines("fake://?pairs=en-sv&confidence=0.6 fake://?pairs=en-fi,en-sv")
    for target, confidence in (("sv", 0.6), ("fi", 0.9)):
        said = translate(FREE, source="en-GB", target=target)
        assert said
        assert said.confidence == confidence
    assert translate(FREE, source="en", target="de") is None


def test_an_engine_that_is_down_gives_way_to_the_next(engines: Any) -> None:
    engines("fake://?down=1 fake://")
    assert translate(FREE, source="en", target="fi")


def test_an_engine_that_is_down_is_told_where_no_other_can(engines: Any) -> None:
    engines("fake://?down=1 fake://?pairs=en-sv")
    assert translate(FREE, source="en", target="sv")
    with pytest.raises(Unavailable):
        translate(FREE, source="en", target="fi")
    said = translate("Thank you!", source="en", target="fi")
    assert said
    assert said.engine == "phrasebook"


def test_an_engine_that_fails_is_left_in_peace_for_a_while(engines: Any) -> None:
    asked = []

    def answering(method: str, path: str, body: Any) -> tuple[int, Any]:
        asked.append(path)
        return Libre()(method, path, body) if path == "/languages" else (500, {"error": "broken"})

    with serving(answering) as place:
        engines(f"libretranslate://{place}")
        for _ in range(3):
            with pytest.raises(Unavailable):
                translate(FREE, source="en", target="fi")
    assert asked == ["/languages", "/translate"]


def test_an_engine_that_refuses_is_no_reason_to_try_again(engines: Any) -> None:
    with serving(Libre(key="open")) as place:
        engines(f"libretranslate://{place}?key=wrong")
        assert translate(FREE, source="en", target="fi") is None
        assert free_text_possible("en", "fi")


def test_the_language_model_does_what_the_translators_lack(engines: Any) -> None:
    chat = Chat(lambda texts: json.dumps({"translations": [f"Käännös: {text[-30:]}" for text in texts]}))
    with serving(chat) as place:
        engines("fake://?pairs=en-sv", llm=f"llm://{place}/v1?model=m")
        assert free_text_possible("en", "fi")
        said = translate("Please paint it in another colour for me", source="en", target="fi")
    assert said
    assert said.engine == "llm"


def test_an_answer_in_the_wrong_language_is_not_trusted(engines: Any) -> None:
    with serving(Chat(lambda texts: json.dumps({"translations": texts}))) as place:
        engines("", llm=f"llm://{place}/v1?model=m")
        said = translate("Please paint it in another colour for me", source="en", target="fi")
    assert said
    assert said.faults == ("unchanged",)
    assert said.confidence == 0.3


def test_many_texts_keep_their_order_and_long_ones_their_lines(engines: Any) -> None:
    engines("fake://?pairs=en-fi")
    long = "\n".join(["The handle came off again.", ""] * 400)
    said = translate_many(["Thank you!", long, FREE], source="en", target="fi")
    assert [one.engine for one in said if one] == ["phrasebook", "fake", "fake"]
    assert said[1]
    assert said[1].text.count("\n") == long.count("\n")


def test_every_engine_is_listed_with_what_is_wrong_and_without_its_key(engines: Any) -> None:
    engines("fake:// fake://?down=1 smoke://x libretranslate://127.0.0.1:9?key=secret")
    told = engines_status()
    assert [(one.name, one.answers) for one in told] == [
        ("phrasebook", True), ("fake", True), ("fake", False), ("smoke", False), ("libretranslate", False),
    ]  # fmt: skip
    assert told[0].pairs == len(phrasebook.languages()) * (len(phrasebook.languages()) - 1)
    assert told[3].problem
    assert "secret" not in repr(told)
