"""Connecting a mailbox step by step: OAuth with a server of ours, forwarding, records, and nobody else's."""

import dataclasses
import re

import httpx
import pytest

from dragoman.core.connections import records, tasks
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.connections.forwarding import forward_address, number_in
from dragoman.core.connections.models import Connection, VendorApp
from dragoman.core.connections.queries import find_mailbox
from dragoman.core.connections.secrets import secrets_of
from dragoman.front.desk.settings.mailboxes import wizard
from dragoman.ground.channels.email import vendors
from dragoman.ground.channels.email.oauth import access_token
from tests.authorization import AuthorizationServer, authorization_server
from tests.names import name_server
from tests.people import House, settle, write

BACK = "http://testserver/settings/mailboxes/oauth/back"


@pytest.fixture
def google(monkeypatch):
    """A server of ours in Google's place; nothing answers at its IMAP and SMTP ports."""
    with authorization_server() as server:
        server.redirect = BACK
        stand_in = dataclasses.replace(
            vendors.GOOGLE,
            authorize_url=f"{server.origin}/authorize",
            token_url=f"{server.origin}/token",
            imap=("127.0.0.1", 1, "none"),
            smtp=("127.0.0.1", 1, "none"),
        )
        monkeypatch.setitem(vendors.VENDORS, "google", stand_in)
        yield server


@pytest.fixture(autouse=True)
def no_real_names(monkeypatch):
    with name_server({("kaisla.example", "MX"): ["10 aspmx.l.google.com."]}) as resolver:
        monkeypatch.setattr(wizard, "new_resolver", lambda _server: resolver)
        monkeypatch.setattr(records, "new_resolver", lambda _server: resolver)
        yield


def make_known(client, server: AuthorizationServer):
    return client.post(
        "/settings/mailboxes/vendors/google",
        {"client_id": server.client_id, "client_secret": server.client_secret},
    )


def go_out(house: House, client) -> str:
    """Press the button, follow the link, and return the address the vendor sends us back to."""
    form = {"address": "help@kaisla.example", "brand": house.brand.pk, "vendor": "google"}
    page = client.post("/settings/mailboxes/oauth/leave", form).content.decode()
    href = re.search(r'href="(http://127[^"]+)"', page)
    assert href, page
    answer = httpx.get(href[1].replace("&amp;", "&"))
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def only_box(house: House) -> Connection:
    with house.acting():
        return Connection.objects.get()


def test_the_address_tells_the_way(house, as_greta):
    page = as_greta.post(
        "/settings/mailboxes/connect", {"address": "help@kaisla.example", "brand": house.brand.pk}
    ).content.decode()
    assert (
        "This mailbox is at Gmail" in page and "imap.gmail.com" in page and "Make it known at Gmail" in page
    )


def test_a_mailbox_is_connected_by_code_and_pkce_and_its_token_is_kept_fresh(house, as_greta, google):
    assert make_known(as_greta, google).status_code == 302
    with house.acting():
        assert google.client_secret.encode() not in bytes(VendorApp.objects.get().sealed)
    location = go_out(house, as_greta)
    done = as_greta.get(location.removeprefix("http://testserver"), follow=True)
    box = only_box(house)
    assert f"/settings/mailboxes/{box.pk}" in done.redirect_chain[-1][0]
    assert "refresh_token" not in box.settings and box.settings["vendor"] == "google"
    with house.acting():
        known = secrets_of(box)
        assert access_token(known) in google.access_tokens
        assert known["smtp"].startswith("smtp://help%40kaisla.example@127.0.0.1")
    tasks.renew_tokens()
    with house.acting():
        assert secrets_of(only_box(house))["refresh_token"] != known["refresh_token"]


def test_a_code_is_good_once_and_only_for_who_left(house, as_greta, as_mallory, google):
    make_known(as_greta, google)
    location = go_out(house, as_greta).removeprefix("http://testserver")
    assert "not asked for here" in as_mallory.get(location, follow=True).content.decode()
    as_greta.get(location)
    assert "not asked for here" in as_greta.get(location, follow=True).content.decode()
    with house.acting():
        assert Connection.objects.count() == 1


def test_a_wrong_client_secret_is_said_in_the_vendors_words(house, as_greta, google):
    as_greta.post(
        "/settings/mailboxes/vendors/google", {"client_id": google.client_id, "client_secret": "no"}
    )
    page = as_greta.get(
        go_out(house, as_greta).removeprefix("http://testserver"), follow=True
    ).content.decode()
    assert "The client secret is wrong." in page
    with house.acting():
        assert not Connection.objects.exists()


def test_a_password_is_tried_before_it_is_stored(house, as_greta):
    form = {
        "address": "help@kaisla.example",
        "brand": house.brand.pk,
        "imap_user": "help@kaisla.example",
        "imap_password": "geheim",
        "imap_host": "127.0.0.1",
        "imap_port": 1,
        "imap_security": "none",
        "smtp_host": "127.0.0.1",
        "smtp_port": 1,
        "smtp_security": "none",
    }
    page = as_greta.post("/settings/mailboxes/connect/password", form).content.decode()
    assert "nothing listens at this port" in page and "Nothing is stored yet" in page
    with house.acting():
        assert not Connection.objects.exists()
    as_greta.post("/settings/mailboxes/connect/password", {**form, "anyway": "1"})
    assert only_box(house).state == Connection.State.FAILING


def test_a_forwarded_mailbox_has_an_address_nobody_can_guess(house, as_greta, settings):
    settings.BASE_URL = "https://desk.shop.example"
    form = {"address": "help@kaisla.example", "brand": house.brand.pk}
    page = as_greta.post("/settings/mailboxes/connect/forwarding", form, follow=True).content.decode()
    with house.acting():
        box = Connection.objects.select_related("brand").get()
    address = forward_address(box)
    assert address in page and address.startswith("kaisla-") and address.endswith("@desk.shop.example")
    found = find_mailbox(address.upper())
    assert found is not None and found.pk == box.pk
    local, _at, host = address.partition("@")
    forged = local[:-1] + ("a" if local[-1] != "a" else "b")
    assert number_in(f"{forged}@{host}") is None and find_mailbox(f"{forged}@{host}") is None


def test_gmails_code_is_shown(house, as_greta):
    with house.acting():
        box = add_mailbox(house.brand, address="help@kaisla.example", settings={"forward": "1"})
    write(
        house,
        "help@kaisla.example has requested to automatically forward mail. Confirmation code: 482910337\n"
        "https://mail-settings.google.com/mail/vf-%5BANGjdJ8%5D-abc",
        channel="email",
        source=f"email:{box.pk}",
        subject="(#482910337) Gmail Forwarding Confirmation",
        who="forwarding-noreply@google.com",
        meta={"from": "forwarding-noreply@google.com"},
    )
    settle()
    page = as_greta.get(f"/settings/mailboxes/{box.pk}").content.decode()
    assert "482910337" in page and "https://mail-settings.google.com/mail/vf-%5BANGjdJ8%5D-abc" in page


def test_a_key_is_made_its_record_shown_and_kept_when_the_mailbox_is_saved(house, as_greta):
    with house.acting():
        box = add_mailbox(house.brand, address="help@kaisla.example")
    page = as_greta.post(f"/settings/mailboxes/{box.pk}/dns/key", follow=True).content.decode()
    assert "dragoman._domainkey.kaisla.example" in page and "v=DKIM1; k=rsa; p=" in page and "Missing" in page
    assert "PRIVATE" not in page
    form = {"way_in": "listen", "log_in": "password", "way_out": "installation"}
    assert as_greta.post(f"/settings/mailboxes/{box.pk}", form).status_code == 302
    with house.acting():
        known = secrets_of(only_box(house))
    assert "BEGIN PRIVATE KEY" in known["dkim_key"] and known["dkim_domain"] == "kaisla.example"
    assert "PRIVATE" not in str(only_box(house).settings)


def test_mallory_and_agents_reach_nothing_of_it(house, as_lars, as_mallory, google):
    with house.acting():
        box = add_mailbox(house.brand, address="help@kaisla.example")
    for path in (
        f"/settings/mailboxes/{box.pk}/dns",
        "/settings/mailboxes/connect",
        "/settings/mailboxes/vendors/google",
    ):
        assert as_lars.get(path).status_code == 403
    assert as_mallory.get(f"/settings/mailboxes/{box.pk}/dns").status_code == 404
    assert as_mallory.post(f"/settings/mailboxes/{box.pk}/dns/key").status_code == 404
    leave = {"mailbox": box.pk, "vendor": "google"}
    assert as_mallory.post("/settings/mailboxes/oauth/leave", leave).status_code == 404
    theirs = {"address": "x@northbound.example", "brand": house.brand.pk}
    assert as_mallory.post("/settings/mailboxes/connect/forwarding", theirs).status_code == 422
