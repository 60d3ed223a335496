"""Segments on screen: listed, edited with a live count, used as a filter; for leads, and nobody of another workspace."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.queries import inbox_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.customers.actions import create_customer
from dragoman.core.customers.actions.fields import Definition, define_field, remove_field, set_fields
from dragoman.core.customers.actions.preferences import Consent, change_kind, keep_preference
from dragoman.core.customers.fields import get_field
from dragoman.core.customers.models import Customer, CustomerPreference
from dragoman.core.segments.actions.segments import save_segment
from dragoman.core.segments.models import Segment
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)
THAI = [[{"fact": "market", "op": "is", "values": ["TH"]}]]


@pytest.fixture
def house() -> House:
    house = a_house()
    with house.acting():
        define_field(house.workspace.pk, agent=None, wish=Definition("spent", "Spent", "number"))
        for name, language, market in (("สมชาย", "th", "TH"), ("فاطمة", "ar", "AE"), ("Jürgen", "de", "DE")):
            create_customer(house.workspace.pk, name=name, language=language, market=market)
        set_fields(Customer.objects.get(name="สมชาย"), values={"spent": 1250.5})
    return house


def a_client(house: House, who: str = "greta") -> Client:
    client = Client()
    answer = client.post("/login", {"login": f"{who}@{house.workspace.slug}.example", "password": PASSWORD})
    assert answer.status_code == 302
    return client


def page(client: Client, path: str, **fields: object) -> str:
    answer = client.post(path, fields, follow=True) if fields else client.get(path, follow=True)
    return f"{answer.status_code} {answer.content.decode()}"


def test_a_segment_is_made_seen_changed_and_removed(house):
    greta = a_client(house)
    assert "No segments yet" in page(greta, "/customers/segments")
    draft = {"name": "Thai", "fact-0": "market", "op-0": "is", "value-0": ["TH", ""], "group-0": "0"}
    drawn = page(greta, "/desk/segments/draft", **draft)
    assert "1 customer" in drawn and "สมชาย" in drawn and not Segment.objects.exists()
    shown = page(greta, "/customers/segments/new", **draft, do="save")
    assert shown.startswith("200") and "The segment is saved." in shown and "สมชาย" in shown
    with house.acting():
        made = Segment.objects.get()
    assert [one["values"] for one in made.clauses[0]] == [["TH"]]
    assert "1 customer" in page(greta, f"/desk/segments/{made.pk}/count")
    changed = {**draft, "fact-1": "own.spent", "op-1": "at_least", "value-1": "2000", "group-1": "1"}
    shown = page(greta, f"/customers/segments/{made.pk}/change", **changed, do="save")
    assert "Nobody belongs to it now" in shown
    assert "Its customers stay" in page(greta, f"/customers/segments/{made.pk}/remove")
    assert "The segment is removed." in page(greta, f"/customers/segments/{made.pk}/remove", sure="1")


def test_the_buttons_of_the_editor_add_and_drop(house):
    greta = a_client(house)
    one = {"name": "x", "fact-0": "market", "op-0": "is", "value-0": ["TH"], "group-0": "0"}
    assert page(greta, "/customers/segments/new", **one, do="or-0").count('name="group-') == 2
    two = page(greta, "/customers/segments/new", **one, do="and")
    assert 'name="group-1" value="1"' in two and "1 customer" in two
    assert page(greta, "/customers/segments/new", **one, do="drop-0").count('name="group-') == 1
    unfinished = {**one, "fact-1": "own.spent", "op-1": "at_least", "value-1": "", "group-1": "0"}
    assert "1 customer" in page(greta, "/desk/segments/draft", **unfinished)
    wrong = {**one, "fact-1": "own.spent", "op-1": "at_least", "value-1": "a lot", "group-1": "0"}
    assert "“Spent” does not take “a lot”" in page(greta, "/desk/segments/draft", **wrong)
    refused = page(greta, "/customers/segments/new", **wrong, do="save")
    assert refused.startswith("422") and 'value="a lot"' in refused
    assert "Say at least one thing" in page(greta, "/customers/segments/new", name="x", do="save")


def test_a_segment_whose_field_is_gone_says_so_everywhere(house):
    greta = a_client(house)
    with house.acting():
        clauses = [[{"fact": "own.spent", "op": "known", "not": True}]]
        made = save_segment(house.workspace.pk, agent=None, name="Thrifty", clauses=clauses)
        assert "Thrifty" in page(greta, "/settings/fields/of/spent/remove")
        remove_field(get_field(house.workspace.pk, "spent"), agent=None)
    for path in (
        "/customers/segments",
        f"/customers/segments/{made.pk}",
        f"/customers/segments/{made.pk}/change",
    ):
        assert "no longer kept" in page(greta, path), path
    assert "0 customers" in page(greta, f"/desk/segments/{made.pk}/count")


def test_lists_are_narrowed_to_a_segment_and_say_where_it_is_gone(house):
    greta = a_client(house)
    got = write(house, "hello", who="thai@example.com", name="Thai")
    other = write(house, "hei", who="finn@example.com", name="Finn")
    settle()
    with house.acting():
        Customer.objects.filter(pk=got.customer_id).update(market="TH")
        made = save_segment(house.workspace.pk, agent=None, name="From Thailand", clauses=THAI)
    listed = page(greta, f"/?view=all&segment={made.pk}")
    assert "From Thailand" in listed and f'"/conversations/{got.conversation_id}?' in listed
    assert f'"/conversations/{other.conversation_id}?' not in listed
    assert "From Thailand" in page(greta, "/desk/suggest?q=segment:&at=8")
    panel = page(greta, f"/desk/customers/{got.customer_id}/about")
    assert "From Thailand" in panel
    saved = page(greta, "/desk/views", name="Thais", view="all", segment=str(made.pk), shared="own")
    assert "Thais" in saved
    page(greta, f"/customers/segments/{made.pk}/remove", sure="1")
    gone = page(greta, f"/?view=all&segment={made.pk}")
    assert "no longer there" in gone and f'"/conversations/{got.conversation_id}?' not in gone


def test_leads_make_segments_others_look(house):
    with house.acting():
        add_agent(
            house.workspace.pk, email="lars@kaisla.example", name="Lars", role="agent", password=PASSWORD
        )
        made = save_segment(house.workspace.pk, agent=None, name="Thai", clauses=THAI)
    lars = a_client(house, "lars")
    assert "สมชาย" in page(lars, f"/customers/segments/{made.pk}")
    for path in ("new", f"{made.pk}/change", f"{made.pk}/remove"):
        assert page(lars, f"/customers/segments/{path}").startswith("403")
        assert page(lars, f"/customers/segments/{path}", do="save").startswith("403")
    assert page(lars, "/desk/segments/draft", name="x").startswith("403")
    for path in ("fields", "fields/new", "fields/import", "preferences"):
        assert page(lars, f"/settings/{path}").startswith("403")


def test_fields_are_filled_in_and_a_wrong_value_stays_in_the_form(house):
    greta = a_client(house)
    with house.acting():
        somchai = Customer.objects.get(name="สมชาย")
    path = f"/customers/{somchai.pk}"
    assert "1,250.50" in page(greta, path)
    refused = page(greta, f"{path}/fields", **{"own-spent": "a lot"})
    assert (
        refused.startswith("422")
        and "“Spent” (spent) takes a number" in refused
        and 'value="a lot"' in refused
    )
    assert "2,000" in page(greta, f"{path}/fields", **{"own-spent": "2000"})
    assert "not known yet" in page(greta, f"{path}/fields", **{"own-spent": ""})


def test_a_form_leaves_what_a_colleague_wrote_meanwhile(house):
    greta = a_client(house)
    with house.acting():
        define_field(house.workspace.pk, agent=None, wish=Definition("size", "Size"))
        somchai = Customer.objects.get(name="สมชาย")
    path = f"/customers/{somchai.pk}/fields"
    opened = page(greta, path)
    assert 'name="was-spent" value="1250.5"' in opened and 'name="was-size" value=""' in opened
    with house.acting():
        set_fields(somchai, values={"spent": 3000})
    form = {"was-spent": "1250.5", "own-spent": "1250.5", "was-size": ""}
    refused = page(greta, path, **form, **{"own-size": "x" * 501})
    assert refused.startswith("422") and 'name="was-spent" value="1250.5"' in refused
    assert page(greta, path, **form, **{"own-size": "M"}).startswith("200")
    with house.acting():
        assert Customer.objects.get(pk=somchai.pk).own == {"spent": 3000, "size": "M"}
    assert page(greta, path, **{**form, "own-spent": ""}).startswith("200")
    with house.acting():
        assert Customer.objects.get(pk=somchai.pk).own == {"size": "M"}


def test_a_preference_is_written_down_with_its_consent_and_withdrawn(house):
    greta = a_client(house)
    with house.acting():
        somchai = Customer.objects.get(name="สมชาย")
        change_kind(house.workspace.pk, "diet", agent=None, kept=True)
    path = f"/customers/{somchai.pk}/preferences"
    refused = page(greta, f"{path}/diet", value="มังสวิรัติ", how="call")
    assert refused.startswith("422") and "GDPR Art. 9" in refused and "มังสวิรัติ" in refused
    kept = page(
        greta,
        f"{path}/diet",
        value="มังสวิรัติ",
        how="call",
        given_by="ลูกสาว",
        explicit="1",
        given_on="2026-03-01",
    )
    assert "มังสวิรัติ" in kept and "ลูกสาว" in kept and "written down by Greta" in kept
    assert "มังสวิรัติ" in page(greta, f"/desk/customers/{somchai.pk}/about")
    gone = page(greta, f"{path}/diet/withdraw", sure="1")
    assert "Consent is withdrawn" in gone and "มังสวิรัติ" not in gone
    with house.acting():
        assert not CustomerPreference.objects.exists()


def test_light_agents_see_no_special_preference_and_change_nothing(house):
    with house.acting():
        add_agent(
            house.workspace.pk, email="lea@kaisla.example", name="Lea", role="light_agent", password=PASSWORD
        )
        change_kind(house.workspace.pk, "diet", agent=None, kept=True)
        somchai = Customer.objects.get(name="สมชาย")
        keep_preference(
            somchai, kind="diet", value="vegan", consent=Consent("call", explicit=True), agent=None
        )
    lea = a_client(house, "lea")
    for path in (f"/customers/{somchai.pk}", f"/desk/customers/{somchai.pk}/about"):
        assert "vegan" not in page(lea, path)
    assert page(lea, f"/customers/{somchai.pk}/fields", **{"own-spent": "1"}).startswith("403")
    assert page(lea, f"/customers/{somchai.pk}/preferences/pronouns", value="x", how="call").startswith("403")
    assert page(lea, f"/customers/{somchai.pk}/preferences/diet/withdraw", sure="1").startswith("403")


def test_light_agents_see_no_segment_of_special_preferences(house):
    with house.acting():
        light = add_agent(
            house.workspace.pk, email="lea@kaisla.example", name="Lea", role="light_agent", password=PASSWORD
        )
        change_kind(house.workspace.pk, "diet", agent=house.greta, kept=True)
        somchai = Customer.objects.get(name="สมชาย")
        explicit = Consent(how="call", explicit=True)
        keep_preference(somchai, kind="diet", value="Vegan", consent=explicit, agent=house.greta)
        asks = [[{"fact": "preference.diet", "op": "contains", "values": ["vegan"]}]]
        secret, plain = (
            save_segment(house.workspace.pk, agent=house.greta, name=name, clauses=clauses)
            for name, clauses in (("Kitchen", asks), ("Bangkok", THAI))
        )
        write(house, "hello", name="asks")
        settle()
        Conversation.objects.update(customer_id=somchai.pk)

        def found(agent, q="", **chosen):
            return len(inbox_page(agent, filters=Filters(q=q, **chosen)).items)

        for agent, seen in ((house.greta, 1), (light, 0)):
            assert (
                found(agent, segment=str(secret.pk)) == found(agent, "hello", segment=str(secret.pk)) == seen
            )
            assert found(agent, "segment:Kitchen") == found(agent, f"segment:{secret.pk}") == seen
            assert found(agent, "segment:Bangkok") == found(agent, segment=str(plain.pk)) == 1
    greta, lea = a_client(house), a_client(house, "lea")
    one = f"/customers/segments/{secret.pk}"
    for path in (f"/customers/{somchai.pk}", f"/desk/customers/{somchai.pk}/about", "/customers/segments"):
        assert "Kitchen" in page(greta, path)
        shown = page(lea, path)
        assert "Kitchen" not in shown and "Bangkok" in shown, path
    assert page(greta, one).startswith("200") and page(lea, one).startswith("404")
    assert page(lea, f"/desk/segments/{secret.pk}/count").startswith("404")
    assert page(lea, f"/desk/segments/{plain.pk}/count").startswith("200")


def test_fields_are_defined_and_filled_from_a_file(house):
    greta = a_client(house)
    shown = page(
        greta, "/settings/fields/new", label="Loyalty tier", key="tier", kind="choice", choices="Gold\nSilver"
    )
    assert "Loyalty tier" in shown and "Gold" in shown
    assert page(greta, "/settings/fields/new", label="x", key="Größe", kind="text").startswith("422")
    write(house, "hello", who="anna@example.com", name="Anna")
    settle()

    def bring(text: str) -> str:
        return page(greta, "/settings/fields/import", file=File("a.csv", text.encode()))

    wrong = bring("email;tier;spent\nanna@example.com;Bronze;1\nanna@example.com;Gold;x\n")
    assert wrong.startswith("422") and "Line 2" in wrong and "Line 3" in wrong and "Bronze" in wrong
    assert "There is no field “shoe”" in bring("email,shoe\nanna@example.com,1\n")
    told = bring("email,tier,spent\nANNA@example.com,gold,\nnobody@example.com,Gold,3\n")
    assert "1 customer was changed." in told and "1 line was left out" in told
    with house.acting():
        assert Customer.objects.get(name="Anna").own == {"tier": "Gold"}


def test_preferences_are_switched_and_what_is_kept_asks_first(house):
    greta = a_client(house)
    assert "Diet is kept from now on." in page(greta, "/settings/preferences/diet/switch", kept="1")
    with house.acting():
        somchai = Customer.objects.get(name="สมชาย")
        keep_preference(
            somchai, kind="diet", value="vegan", consent=Consent("call", explicit=True), agent=None
        )
    asked = page(greta, "/settings/preferences/diet/switch", kept="0")
    assert "It is kept of 1 customer." in asked
    with house.acting():
        assert CustomerPreference.objects.count() == 1
    assert "Switched off." in page(greta, "/settings/preferences/diet", sure="1")
    with house.acting():
        assert not CustomerPreference.objects.exists()
    assert "Pillow" in page(greta, "/settings/preferences", label="Pillow", key="pillow")


def test_mallory_sees_and_changes_nothing_of_another_workspace(house):
    with house.acting():
        made = save_segment(house.workspace.pk, agent=None, name="Thai", clauses=THAI)
        somchai = Customer.objects.get(name="สมชาย")
    mallory = a_client(a_house("other", owner="mallory"), "mallory")
    for path in (
        f"/customers/segments/{made.pk}",
        f"/customers/segments/{made.pk}/change",
        f"/customers/segments/{made.pk}/remove",
        f"/desk/segments/{made.pk}/count",
        f"/customers/{somchai.pk}/fields",
        f"/customers/{somchai.pk}/preferences/pronouns",
        f"/desk/customers/{somchai.pk}/about",
        "/settings/fields/of/spent",
    ):
        assert page(mallory, path).startswith("404"), path
    assert page(mallory, f"/customers/segments/{made.pk}/remove", sure="1").startswith("404")
    assert page(mallory, f"/customers/{somchai.pk}/preferences/pronouns/withdraw", sure="1").startswith("404")
