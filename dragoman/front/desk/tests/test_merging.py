"""Merging and splitting on the pages: look, do, undo; light agents and strangers are refused."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.duplicates import likely_same, plain_mail
from dragoman.core.conversations.models import Conversation, Merge
from dragoman.core.customers.models import CustomerMerge
from dragoman.core.customers.queries import get_customer
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def logged_in(house: House, email: str = "") -> Client:
    client = Client()
    assert client.login(email=email or house.greta.user.email, password=PASSWORD)
    return client


def two(house: House) -> tuple[int, int]:
    a = write(house, "Where is my order KSL-20418?", thread_key="api:a", subject="Order")
    b = write(house, "And the second parcel?", thread_key="api:b", subject="Parcel")
    settle()
    return a.conversation_id, b.conversation_id


def test_look_merge_find_the_old_number_and_undo(house):
    a, b = two(house)
    greta = logged_in(house)
    assert f"/conversations/{b}/merge?with={a}" in greta.get(f"/conversations/{b}/merge").content.decode()
    seen = greta.get(f"/conversations/{b}/merge", {"with": f"#{a}"}).content.decode()
    assert "Order" in seen and "Parcel" in seen and "field_subject" in seen
    with house.acting():
        assert not Merge.objects.exists()
    done = greta.post(f"/desk/conversations/{b}/merge", {"with": a, "keep": a, "field_subject": b})
    assert done.headers["Location"] == f"/conversations/{a}?merged={b}"
    page = greta.get(done.headers["Location"]).content.decode()
    assert "And the second parcel?" in page and f'action="/desk/conversations/{b}/unmerge"' in page
    assert f"/conversations/{b}/unmerge" in page and ">Parcel</h2>" in page
    assert greta.get(f"/conversations/{b}").headers["Location"] == f"/conversations/{a}"
    assert "stay in" in greta.get(f"/conversations/{b}/unmerge").content.decode()
    undone = greta.post(f"/desk/conversations/{b}/unmerge", headers={"HX-Request": "true"})
    assert undone.headers["HX-Redirect"] == f"/conversations/{b}"
    page = greta.get(f"/conversations/{a}").content.decode()
    assert f"/conversations/{b}/unmerge" not in page and ">Order</h2>" in page


def test_a_customers_only_conversation_says_how_to_name_another(house):
    a = write(house, "Where is my order?", who="alone@example.com").conversation_id
    settle()
    page = logged_in(house).get(f"/conversations/{a}/merge").content.decode()
    assert "This customer has no other conversation" in page and 'href="/?view=all"' in page
    _, b = two(house)
    assert "has no other" not in logged_in(house).get(f"/conversations/{b}/merge").content.decode()


def test_the_list_one_came_from_stays_through_a_merge(house):
    a, b = two(house)
    greta, tail = logged_in(house), "view=open&market=TH"
    page = greta.get(f"/conversations/{a}/merge?with={b}&{tail}").content.decode()
    assert f'action="/desk/conversations/{a}/merge?view=open&amp;market=TH"' in page
    answer = greta.post(f"/desk/conversations/{a}/merge?{tail}", {"with": b, "keep": a})
    assert answer.headers["Location"] == f"/conversations/{a}?merged={b}&{tail}"
    # a script names no list: it means that of the page it stands on
    scripted = {"HX-Request": "true", "HX-Current-URL": f"https://desk.example/conversations/{a}?{tail}"}
    head = greta.post(f"/desk/conversations/{a}/status", {"status": "resolved"}, headers=scripted)
    assert 'href="/?view=open&amp;market=TH"' in head.content.decode()


def test_split_from_a_message_and_bring_it_back(house):
    got = [write(house, text) for text in ("First matter", "Second matter")]
    settle()
    pk, message = got[0].conversation_id, got[1].message_id
    greta = logged_in(house)
    assert (
        f"/conversations/{pk}/split?message={message}" in greta.get(f"/conversations/{pk}").content.decode()
    )
    assert "Second matter" in greta.get(f"/conversations/{pk}/split?message={message}").content.decode()
    assert greta.get(f"/conversations/{pk}/split?message=999").status_code == 200
    done = greta.post(
        f"/desk/conversations/{pk}/split", {"message": message, "scope": "from", "subject": "Two"}
    )
    made = int(done.headers["Location"].split("/")[2].split("?")[0])
    page = greta.get(f"/conversations/{made}").content.decode()
    assert (
        "Second matter" in page and "First matter" not in page.split('id="main"')[1].split('id="context"')[0]
    )
    assert greta.post(f"/desk/conversations/{made}/unsplit").headers["Location"] == f"/conversations/{pk}"
    assert greta.get(f"/conversations/{made}").headers["Location"] == f"/conversations/{pk}"
    page = greta.get(f"/conversations/{pk}").content.decode()
    # the way back is told in one line, and offers no way back of its own
    assert f"Greta brought #{made} back" in page and "unmerge" not in page and "split this off" not in page


def test_likely_same_people_with_a_reason_and_their_merge(house):
    one = write(
        house, "Missä KSL-20418 on?", who="maija.virtanen@gmail.com", name="Maija Virtanen", thread_key="a"
    )
    typo = write(house, "Hei", who="mv@example.fi", name="Maija Virtannen", thread_key="b")
    mail = write(house, "Moi", who="maija.virtanen+shop@gmail.com", name="", thread_key="c")
    order = write(house, "KSL-20418?", who="jussi@example.fi", name="Jussi", thread_key="d")
    write(house, "x", who="other@example.fi", name="Anna Korhonen", thread_key="e")
    settle()
    with house.acting():
        reasons = {
            likely.customer.pk: likely.reason
            for likely in likely_same(get_customer(house.workspace.pk, one.customer_id))
        }
    assert reasons == {
        mail.customer_id: "mail",
        typo.customer_id: "name",
        order.customer_id: "order",
    }
    assert plain_mail("maija.virtanen+x@gmail.com") == "maijavirtanen@gmail.com"
    greta = logged_in(house)
    part = greta.get(f"/desk/customers/{one.customer_id}/likely").content.decode()
    assert f"/customers/{one.customer_id}/merge?with={typo.customer_id}" in part
    seen = greta.get(f"/customers/{one.customer_id}/merge?with={order.customer_id}").content.decode()
    assert "The names do not fit" in seen
    greta.post(
        f"/desk/customers/{one.customer_id}/merge", {"with": typo.customer_id, "keep": one.customer_id}
    )
    assert greta.get(f"/customers/{typo.customer_id}").headers["Location"] == f"/customers/{one.customer_id}"
    assert (
        f"/desk/customers/{typo.customer_id}/unmerge"
        in greta.get(f"/desk/customers/{one.customer_id}/likely").content.decode()
    )
    greta.post(f"/desk/customers/{typo.customer_id}/unmerge")
    with house.acting():
        assert not CustomerMerge.objects.exists()


def test_the_other_customer_is_found_by_name_address_or_number(house):
    here = write(house, "Hei", who="maija@example.fi", name="Maija Virtanen").customer_id
    other = write(house, "Moi", who="mv@example.com", name="Maija V.").customer_id
    away = a_house("mallory-shop", owner="mallory")
    stranger = write(away, "Hi", who="mv2@example.com", name="Maija Mallory").customer_id
    settle()
    greta = logged_in(house)
    link = f"/customers/{here}/merge?with={other}"
    for q in ("maija", "mv@example.com", "@example.com", str(other), f"#{other}"):
        page = greta.get(f"/customers/{here}/merge", {"q": q}).content.decode()
        assert link in page, q
        assert f"with={here}" not in page and f"with={stranger}" not in page, q
    assert "The same person" not in greta.get(f"/customers/{here}/merge").content.decode()
    for q in (str(stranger), "mv2@example.com", "nobody at all", "9" * 30, "\x00"):
        page = greta.get(f"/customers/{here}/merge", {"q": q}).content.decode()
        assert "Nobody else is found by this." in page, q
    assert "This one stays" in greta.get(link).content.decode()


def test_light_agents_and_mallory_are_refused(house):
    a, b = two(house)
    with house.acting():
        add_agent(
            house.workspace.pk, email="lena@kaisla.example", name="Lena", role=Role.LIGHT, password=PASSWORD
        )
        person = Conversation.objects.get(pk=a).customer_id
    lena = logged_in(house, "lena@kaisla.example")
    mallory = logged_in(a_house("mallory-shop", owner="mallory"))
    assert "/merge" not in lena.get(f"/conversations/{a}").content.decode()
    for path in (
        f"/conversations/{a}/merge",
        f"/conversations/{a}/split?message=1",
        f"/customers/{person}/merge",
    ):
        assert lena.get(path).status_code == 403 and mallory.get(path).status_code == 404, path
    for path, form in (
        (f"/desk/conversations/{a}/merge", {"with": b}),
        (f"/desk/conversations/{a}/split", {"message": 1}),
        (f"/desk/conversations/{a}/unmerge", {}),
        (f"/desk/conversations/{a}/unsplit", {}),
        (f"/desk/customers/{person}/unmerge", {}),
    ):
        assert lena.post(path, form).status_code == 403, path
        assert mallory.post(path, form).status_code in {404, 409}, path
    assert mallory.get(f"/desk/customers/{person}/likely").status_code == 404


def test_a_field_chosen_by_its_number_stays_chosen_when_the_other_one_is_kept(house):
    a, b = two(house)
    greta = logged_in(house)
    seen = greta.get(f"/conversations/{b}/merge", {"with": a}).content.decode()
    assert f'name="field_subject" value="{a}" checked' in seen and f'name="field_subject" value="{b}"' in seen
    # looked at with the first one staying, then kept the second: the first one's subject was chosen
    greta.post(f"/desk/conversations/{b}/merge", {"with": a, "keep": b, "field_subject": a})
    with house.acting():
        assert Conversation.objects.get(pk=b).subject == "Order"
        assert Conversation.objects.get(pk=a).merged_into_id == b
