"""The panel beside a conversation: giving the word back to a bot."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.models import Conversation
from dragoman.service.bot.actions.settings import BotWish, set_bot
from dragoman.service.bot.models import Talk
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_conversation_that_was_handed_over_is_given_back_to_the_bot_by_who_may_answer():
    house = a_house()
    with house.acting():
        set_bot(house.brand, BotWish(is_on=True, name="Mira", channels=["api"]), agent=house.greta)
        lou = add_agent(house.workspace.pk, email="lou@kaisla.example", name="Lou", role=Role.LIGHT)
    came = write(house, "I want to talk to a human being, please", language="en", market="FI")
    settle()
    with house.acting():
        conversation = Conversation.objects.get(pk=came.conversation_id)
    client, at = Client(), f"/desk/conversations/{conversation.pk}"
    client.force_login(lou.user)
    client.post(f"{at}/bot")
    client.force_login(house.greta.user)
    assert "Give back to the bot" in client.get(f"{at}/assist").content.decode()
    with house.acting():
        assert Talk.objects.get().state == Talk.State.HANDED_OVER
    assert client.post(f"{at}/bot").status_code == 302
    with house.acting():
        assert Talk.objects.get().state == Talk.State.TALKING
    assert "Give back to the bot" not in client.get(f"{at}/assist").content.decode()
    client.force_login(a_house("mallory", owner="mallory").greta.user)
    assert client.post(f"{at}/bot").status_code == 404
