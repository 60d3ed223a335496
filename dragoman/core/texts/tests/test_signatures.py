"""Signatures: the mail's language decides, slots are filled in, a program signs for nobody."""

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.texts.signatures import signature_for

BRAND = Brand(name="Kaisla")
TEXTS = {"mul": "Best regards,\nKaisla", "fi": "Ystävällisin terveisin\n{brand.name}"}
GRETA = Agent(name="Greta", signatures={"fi": "Greta, asiakaspalvelu", "pt-BR": "Greta, atendimento"})


def test_the_language_of_the_mail_decides():
    assert signature_for(BRAND, None, "fi", texts=TEXTS) == "Ystävällisin terveisin\nKaisla"
    assert signature_for(BRAND, None, "th", texts=TEXTS) == "Best regards,\nKaisla"


def test_without_a_text_for_all_the_brands_own_language_serves():
    assert (
        signature_for(Brand(name="K", language="fi"), None, "th", texts={"de": "Gruß", "fi": "Terv."})
        == "Terv."
    )
    assert signature_for(Brand(name="K", language="en"), None, "th", texts={"de": "Gruß"}) == ""


def test_a_market_may_have_one_of_its_own():
    texts = {"de": "Freundliche Grüße", "de@AT": "Schöne Grüße aus Wien"}
    assert signature_for(BRAND, None, "de", market="AT", texts=texts) == "Schöne Grüße aus Wien"
    assert signature_for(BRAND, None, "de", market="CH", texts=texts) == "Freundliche Grüße"


def test_the_agents_own_stands_above_the_brands():
    assert signature_for(BRAND, GRETA, "fi", texts=TEXTS).splitlines()[0] == "Greta, asiakaspalvelu"


def test_an_agent_without_words_in_that_language_leaves_the_brands_alone():
    assert signature_for(BRAND, GRETA, "ja", texts=TEXTS) == "Best regards,\nKaisla"


def test_a_sibling_language_serves():
    assert signature_for(BRAND, GRETA, "pt", texts=TEXTS).startswith("Greta, atendimento")


def test_the_brand_says_where_the_agent_stands_and_a_program_leaves_that_line_out():
    texts = {"mul": "{agent.name}\n{agent.signature}\nKaisla"}
    assert signature_for(BRAND, GRETA, "fi", texts=texts) == "Greta\nGreta, asiakaspalvelu\nKaisla"
    assert signature_for(BRAND, None, "fi", texts=texts) == "Kaisla"


def test_braces_that_are_no_slot_stay():
    texts = {"en": "{agent.password} {x}"}
    assert signature_for(BRAND, GRETA, "en", texts=texts) == "{agent.password} {x}"
