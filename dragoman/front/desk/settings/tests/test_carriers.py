"""The page of carriers: added with what the tracker asks for, tried, changed, removed; by leads alone."""

from django.core.files.base import ContentFile
from django.test import Client

from dragoman.core.commerce.models import CarrierDoor, CarrierHook
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.providers.carriers.ports import trackers
from dragoman.ground.providers.carriers.tests.servers import vendors
from dragoman.ground.providers.translation.tests.servers.loopback import serving
from tests.people import House

AT = "/settings/carriers"


def added(house: House, client: Client) -> VendorAccount:
    given = {"title": "All our parcels", "key": "as_hidden", "hook_secret": "hush_hidden"}
    answer = client.post(f"{AT}/new/aftership", given)
    assert answer.status_code == 302, answer.content.decode()
    with house.acting():
        return VendorAccount.objects.get(family="carriers")


def test_an_account_is_added_tried_changed_and_removed(house: House, as_greta: Client) -> None:
    empty = as_greta.get(AT).content.decode()
    assert "No carrier yet" in empty
    assert all(str(one.title) in empty for _kind, one in trackers.items())
    account = added(house, as_greta)
    at = f"{AT}/{account.pk}"
    with house.acting():
        key = CarrierDoor.objects.get().hook_key
    page = as_greta.get(at).content.decode()
    assert f"http://testserver/hooks/{key}" in page and "None came yet" in page and "Not asked yet" in page
    assert "as_hidden" not in page and "hush_hidden" not in page and "0 parcels under way" in page

    server = vendors.AfterShip(followed={})
    server.key = "as_hidden"
    with serving(server) as where:
        with house.acting():
            VendorAccount.objects.update(address=f"http://{where}")
        assert "It works" in as_greta.post(f"{at}/test", follow=True).content.decode()
        server.key = "another"
        assert "It does not work" in as_greta.post(f"{at}/test", follow=True).content.decode()
    assert "Failing" in as_greta.get(AT).content.decode()

    with house.acting():
        CarrierHook.objects.create(
            workspace_id=house.workspace.pk, account=account, key="a", state="strange", error="…85TH"
        )
    assert "No order had this parcel" in as_greta.get(at).content.decode()
    assert as_greta.post(at, {"title": "AfterShip", "key": "", "hook_secret": ""}).status_code == 302
    assert "AfterShip" in as_greta.get(at).content.decode()
    as_greta.post(f"{at}/address")
    assert key not in as_greta.get(at).content.decode()
    as_greta.post(f"{at}/switch")
    assert "Switched off" in as_greta.get(AT).content.decode()
    assert "What it told of parcels stays" in as_greta.get(f"{at}/remove").content.decode()
    as_greta.post(f"{at}/remove")
    assert as_greta.get(at).status_code == 404


def test_what_is_missing_or_taken_stands_beside_its_field(house: House, as_greta: Client) -> None:
    added(house, as_greta)
    twice = as_greta.post(f"{AT}/new/dhl", {"title": "All our parcels", "key": "k"})
    assert twice.status_code == 422 and "account of this name already" in twice.content.decode()
    assert as_greta.post(f"{AT}/new/ups", {"name": "UPS", "client": "c", "secret": ""}).status_code == 422
    assert as_greta.get(f"{AT}/new/pigeon").status_code == 404


def test_agents_and_mallory_reach_no_account(
    house: House, as_greta: Client, as_lars: Client, as_mallory: Client
) -> None:
    account = added(house, as_greta)
    at = f"{AT}/{account.pk}"
    assert as_lars.get(AT).status_code == 403
    assert "All our parcels" not in as_mallory.get(AT).content.decode()
    for place in ("", "/test", "/switch", "/address", "/remove"):
        assert as_lars.post(at + place, {}).status_code == 403
        assert as_mallory.post(at + place, {"name": "m", "key": "m"}).status_code == 404
    with house.acting():
        assert VendorAccount.objects.get(family="carriers").name == "All our parcels"


def test_a_file_of_parcels_is_brought_in_and_its_wrong_lines_are_named(
    house: House, as_greta: Client, as_lars: Client
) -> None:
    at = f"{AT}/file"
    assert as_lars.get(at).status_code == 403
    assert "number = Sendungsnummer" in as_greta.get(at).content.decode()
    raw = b"number,at,status\nNOBODYS1,2026-11-24,delivered\n"
    form = {
        "clock": "Europe/Helsinki",
        "columns": "",
        "statuses": "",
        "file": ContentFile(raw, "parcels.csv"),
    }
    page = as_greta.post(at, form).content.decode()
    assert "NOBODYS1" in page and "1 line was not taken" in page and "Nothing in it is new" in page
    wrong = as_greta.post(at, {**form, "clock": "Atlantis", "file": ContentFile(raw, "parcels.csv")})
    assert wrong.status_code == 422 and "no such time zone" in wrong.content.decode()
    empty = as_greta.post(at, {**form, "file": ContentFile(b"", "parcels.csv")})
    assert empty.status_code == 422 and "The file is empty" in empty.content.decode()
