"""The junk page: the filter, how long junk is kept, and who is blocked, for leads alone."""

from django.test import Client

from dragoman.core.conversations.actions.junk import block_sender
from dragoman.core.conversations.junk import filter_of, rules_of
from dragoman.core.conversations.models import Conversation
from tests.people import House


def test_a_lead_blocks_a_domain_sees_who_did_it_and_unblocks(house: House, as_greta: Client) -> None:
    assert "Nobody is blocked" in as_greta.get("/settings/junk").content.decode()
    as_greta.post("/settings/junk/block", {"value": "@Junk.Example", "note": "watches"})
    page = as_greta.get("/settings/junk").content.decode()
    assert "junk.example" in page and "Greta" in page and "watches" in page
    with house.acting():
        [rule] = rules_of(house.workspace.pk, passes=False)
    as_greta.post(f"/settings/junk/rules/{rule.pk}/remove")
    assert "Nobody is blocked" in as_greta.get("/settings/junk").content.decode()


def test_what_cannot_be_blocked_is_said_beside_the_field(as_greta: Client) -> None:
    answer = as_greta.post("/settings/junk/block", {"value": "gmail.com"})
    assert answer.status_code == 422 and "gmail.com" in answer.content.decode()
    assert "single addresses" in answer.content.decode()


def test_the_filter_is_switched_off_and_forgets(house: House, as_greta: Client) -> None:
    as_greta.post("/settings/junk", {"keep_days": "30"})
    with house.acting():
        known = filter_of(house.workspace.pk)
    assert (known.active, known.keep_days) == (False, 30)
    assert as_greta.post("/settings/junk", {"keep_days": "7"}).status_code == 422
    assert as_greta.post("/settings/junk/reset").status_code == 302


def test_agents_and_other_houses_reach_none_of_it(house: House, as_lars: Client, as_mallory: Client) -> None:
    with house.acting():
        rule = block_sender(house.workspace.pk, agent=house.greta, value="junk.example")
    assert as_lars.get("/settings/junk").status_code == 403
    for path in ("junk", "junk/block", "junk/try", "junk/reset", f"junk/rules/{rule.pk}/remove"):
        assert as_lars.post(f"/settings/{path}").status_code == 403
    as_mallory.post(f"/settings/junk/rules/{rule.pk}/remove")
    assert "junk.example" not in as_mallory.get("/settings/junk").content.decode()
    with house.acting():
        assert len(rules_of(house.workspace.pk, passes=False)) == 1


def test_what_would_become_of_a_mail_is_said_and_nothing_is_stored(house: House, as_greta: Client) -> None:
    mail = {"sender": "offer@junk.example", "subject": "Cheap watches", "text": "Buy now"}
    page = as_greta.post("/settings/junk/try", mail).content.decode()
    assert "It would come into the inbox. The filter has not learned enough" in page
    with house.acting():
        block_sender(house.workspace.pk, agent=house.greta, value="junk.example")
    page = as_greta.post("/settings/junk/try", mail).content.decode()
    assert "It would be put aside. Sender blocked: junk.example" in page
    assert as_greta.post("/settings/junk/try", {"sender": "nobody"}).status_code == 422
    with house.acting():
        assert not Conversation.objects.exists() and filter_of(house.workspace.pk).junk == 0
