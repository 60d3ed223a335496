"""Signatures: the mail's language decides, slots are filled in, a program signs for nobody."""

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.signatures import signature_for

BRAND = Brand(
    name="Kaisla",
    signature="Best regards,\nKaisla",
    signatures={"fi": "Ystävällisin terveisin\n{brand.name}"},
)
GRETA = Agent(name="Greta", signatures={"fi": "Greta, asiakaspalvelu", "pt-BR": "Greta, atendimento"})


def test_the_language_of_the_mail_decides():
    assert signature_for(BRAND, None, "fi") == "Ystävällisin terveisin\nKaisla"
    assert signature_for(BRAND, None, "th") == "Best regards,\nKaisla"


def test_the_agents_own_stands_above_the_brands():
    assert signature_for(BRAND, GRETA, "fi").splitlines()[0] == "Greta, asiakaspalvelu"


def test_an_agent_without_words_in_that_language_leaves_the_brands_alone():
    assert signature_for(BRAND, GRETA, "ja") == "Best regards,\nKaisla"


def test_a_sibling_language_serves():
    assert signature_for(BRAND, GRETA, "pt").startswith("Greta, atendimento")


def test_the_brand_says_where_the_agent_stands_and_a_program_leaves_that_line_out():
    brand = Brand(name="Kaisla", signature="{agent.name}\n{agent.signature}\nKaisla")
    assert signature_for(brand, GRETA, "fi") == "Greta\nGreta, asiakaspalvelu\nKaisla"
    assert signature_for(brand, None, "fi") == "Kaisla"


def test_braces_that_are_no_slot_stay():
    assert (
        signature_for(Brand(name="K", signature="{agent.password} {x}"), GRETA, "en")
        == "{agent.password} {x}"
    )
