"""How a customer is addressed: what their language offers, what is in use, and what their own words suggest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.core.conversations.actions.translation import brand_of
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.shapes import MessageView
from dragoman.core.language.manners import POLITE, familiar_words, forms_of, genders_in, manner_of

MOST_WORDS = 3


@dataclass(frozen=True)
class Address:
    """What the context shows. `forms` are {form: its name in the language}; `usual` is the name of the brand's choice.

    `wanted` is the customer's own wish, "" for none; `familiar` are words of theirs that suggest the casual form.
    """

    forms: Mapping[str, str]
    usual: str
    wanted: str
    gender: str
    asks_gender: bool
    familiar: Sequence[str] = ()


def address_of(conversation: Conversation, messages: Sequence[MessageView]) -> Address | None:
    """Return how the customer is addressed; None where their language has nothing to choose."""
    language, customer = conversation.language, conversation.customer
    forms, asks_gender = (forms_of(language) if language else {}), "to" in genders_in(language)
    if not forms and not asks_gender:
        return None
    brand = brand_of(conversation)
    usual = manner_of(brand, None, None, language, market=conversation.market).form or POLITE
    now = customer.register or usual
    texts = [one.text for one in messages if one.direction == "in"]
    suggests = now != "casual" and not customer.register and "casual" in forms
    return Address(
        forms=forms,
        usual=forms.get(usual, ""),
        wanted=customer.register,
        gender=customer.gender,
        asks_gender=asks_gender,
        familiar=familiar_words(texts, language)[:MOST_WORDS] if suggests else (),
    )
