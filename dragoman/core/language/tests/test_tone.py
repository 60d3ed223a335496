"""What is said of a reply's tone: faults that would offend, hints that a lead would mend, and nothing else."""

import pytest

from dragoman.core.language.tone.check import Situation, Voice, check, is_fine
from dragoman.core.language.tone.manners import KINDS, Folded, Signs, languages, manners_of


def codes(text: str, language: str = "en", **more) -> list[str]:
    return [one.code for one in check(text, language=language, **more)]


def test_a_kind_reply_is_left_alone():
    text = "Hello Maria,\nI am sorry that the lamp arrived broken. I have sent a new one today.\nKind regards, Greta"
    assert codes(text, market="GB") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("That is not our problem.", "rude"),
        ("It is your own fault that it broke.", "blame"),
        ("PLEASE READ THE TERMS before you write.", "shouting"),
        ("We already told you!!!", "shouting"),
        ("Haha, your lamp is broken 😂", "joke"),
    ],
)
def test_what_offends_is_a_fault_at_its_place(text, code):
    found = [one for one in check(text, language="en", market="GB") if one.code == code]
    assert found and all(one.severity == "fault" and 0 <= one.start < one.end <= len(text) for one in found)
    assert not is_fine(check(text, language="en", market="GB"))


def test_what_is_missing_has_no_place_and_does_not_offend():
    found = check(
        "The lamp is broken.", language="en", situation=Situation(is_complaint=True, channel="email")
    )
    assert {one.code for one in found} == {"greeting", "closing", "apology", "next_step"}
    assert all(one.start is None and one.severity == "hint" for one in found) and is_fine(found)


def test_codes_and_abbreviations_are_not_shouted():
    assert codes("Your DHL parcel KSL-20424 with the USB cable and the LED lamp left today.") == []


def test_a_single_mark_is_no_shout_and_two_are_a_hint():
    assert codes("Great!") == []
    [found] = check("Great!!", language="en")
    assert (found.code, found.severity, found.suggestion) == ("shouting", "hint", "!")


def test_places_are_code_points_whatever_folding_does():
    text = "Straße 😀 ﬁne: calm down"
    [found] = [one for one in check(text, language="en") if one.code == "rude"]
    assert text[found.start : found.end] == "calm down"


def test_an_exception_hides_the_sign_in_it():
    assert "rude" not in codes("Thank you for being patient with us.")
    assert "blame" not in codes("This is not your fault at all.")


def test_a_brand_silences_hints():
    quiet = Voice(silenced=frozenset({"greeting", "closing", "apology", "next_step"}))
    assert codes("The lamp is broken.", voice=quiet, situation=Situation(True, "email")) == []


@pytest.mark.parametrize(
    "text", ["", "😀", "12345", "\u202e\u0000", "!" * 20_000, "a" * 200_000, "hello " * 30_000]
)
def test_anything_may_be_checked(text):
    found = check(text, language="en", market="XX")
    assert all(one.start is None or 0 <= one.start < one.end <= len(text) for one in found)
    assert check(text, language="xx") == []


def test_folded_text_knows_where_it_came_from():
    folded = Folded("ÄﬁX")
    assert folded.text == "afix"


def says_something(signs: Signs) -> bool:
    terms = signs.terms
    return bool(signs.patterns or terms._exact or terms._phrases or terms._stems or terms._pieces)


@pytest.mark.parametrize("tag", languages())
def test_every_file_can_be_read_and_says_all_it_must(tag):
    found = manners_of(tag)
    assert found is not None
    for kind in set(KINDS) - {"informal", "formal", "honorific", "refusal", "cushion"}:
        assert says_something(found.signs[kind]), kind
    # how a no is softened must be known where a bare one is found
    assert says_something(found.signs["cushion"]) or not says_something(found.signs["refusal"])
    assert found.samples.get("apology") and found.samples.get("greeting") and found.samples.get("closing")


# "That is your fault." and "That is not your fault." as one says them to somebody one knows, or to anybody
FAULT = {
    "en": ("That is your fault.", "That is not your fault."),
    "fi": ("Se on sinun vikasi!", "Se ei ole sinun vikasi."),
    "et": ("See on sinu süü!", "See ei ole sinu süü."),
    "pl": ("To twoja wina!", "To nie jest twoja wina."),
    "nl": ("Dat is jouw schuld!", "Dat is niet jouw schuld."),
    "th": ("นั่นเป็นความผิดของคุณค่ะ", "นั่นไม่ใช่ความผิดของคุณค่ะ"),
    "de": ("Das ist deine Schuld!", "Das ist nicht deine Schuld."),
    "fr": ("C'est ta faute !", "Ce n'est pas ta faute."),
    "es": ("¡Es tu culpa!", "No es tu culpa."),
    "pt-BR": ("A culpa é tua.", "A culpa não é sua."),
    "it": ("È colpa vostra.", "Non è colpa vostra."),
    "sv": ("Det är ditt fel!", "Det är inte ditt fel."),
    "da": ("Det er jeres skyld.", "Det er ikke jeres skyld."),
    "nb": ("Det er din skyld!", "Det er ikke din skyld."),
    "cs": ("To je tvoje vina!", "To není tvoje vina."),
    "ro": ("E vina ta!", "Nu este vina ta."),
    "hu": ("Ez a te hibád!", "Ez nem a te hibád."),
    "tr": ("Senin suçun!", "Bu senin suçun değil."),
    "ar": ("هذا خطؤك أنت.", "هذا ليس خطأك."),
    "he": ("זאת אשמתכם!", "זאת לא אשמתכם."),
    "ru": ("Это твоя вина!", "Это не твоя вина."),
    "uk": ("Це твоя вина!", "Це не твоя вина."),
    "el": ("Είναι δικό σου λάθος!", "Δεν είναι δικό σου λάθος."),
    "ja": ("それはあなたのせいです。", "それはあなたのせいではありません。"),
    "zh-Hans": ("都怪你。", "这不能都怪你。"),
    "ko": ("네 잘못이야.", "네 잘못이 아니야."),
    "hi": ("यह तुम्हारी गलती है!", "यह तुम्हारी गलती नहीं है।"),
    "vi": ("Đó là lỗi của bạn.", "Đó không phải là lỗi của bạn."),
}


@pytest.mark.parametrize("language", languages())
def test_that_is_your_fault_is_blame_in_every_language_and_its_denial_is_none(language):
    blames, denies = FAULT[language]
    assert "blame" in codes(blames, language)
    assert "blame" not in codes(denies, language)
