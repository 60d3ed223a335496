"""Whose signatures a mailbox believes: an admin adds and removes keys, nobody else."""

from django.test import Client
from pysequoia import Tsk

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import secrets_of
from dragoman.ground.channels.email.tests.test_sealed import ROOT, pem
from tests.people import House

from .test_mailboxes import IMAP

AINO = Tsk.generate(user_id="Aino <aino@example.fi>").extract_certificate()


def box_of(house: House) -> Connection:
    with house.acting():
        return Connection.objects.filter(address="help@kaisla.example").first() or add_mailbox(
            house.brand, address="help@kaisla.example"
        )


def test_keys_are_added_listed_kept_over_other_changes_and_removed(house: House, as_greta: Client) -> None:
    page = f"/settings/mailboxes/{box_of(house).pk}/keys"
    assert as_greta.post(page, {"text": f"{AINO}"}).status_code == 302
    assert as_greta.post(page, {"text": pem(ROOT)}).status_code == 302
    shown = as_greta.get(page).content.decode()
    assert ("aino@example.fi" in shown, "root@ca.example" in shown) == (True, True)
    assert as_greta.post(f"/settings/mailboxes/{box_of(house).pk}", IMAP).status_code == 302
    with house.acting():
        secrets = secrets_of(box_of(house))
    assert ("BEGIN PGP PUBLIC" in secrets["pgp_keys"], "CERTIFICATE" in secrets["smime_trust"]) == (
        True,
        True,
    )
    as_greta.post(f"{page}/forget", {"fingerprint": AINO.fingerprint})
    left = as_greta.get(page).content.decode()
    assert ("aino@example.fi" in left, "root@ca.example" in left) == (False, True)


def test_a_private_key_and_nonsense_are_refused_in_words(house: House, as_greta: Client) -> None:
    page = f"/settings/mailboxes/{box_of(house).pk}/keys"
    private = as_greta.post(page, {"text": str(Tsk.generate(user_id="Aino <aino@example.fi>"))})
    assert (private.status_code, "private key" in private.content.decode()) == (422, True)
    for wrong in ("hello", "-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----", ""):
        assert as_greta.post(page, {"text": wrong}).status_code == 422
    with house.acting():
        assert not box_of(house).settings.get("pgp_keys")


def test_only_leads_of_the_workspace_change_whom_it_believes(
    house: House, as_lars: Client, as_mallory: Client
) -> None:
    page = f"/settings/mailboxes/{box_of(house).pk}/keys"
    for stranger, status in ((as_mallory, 404), (as_lars, 403)):
        assert stranger.get(page).status_code == status
        assert stranger.post(page, {"text": str(AINO)}).status_code == status
        assert stranger.post(f"{page}/forget", {"fingerprint": "x"}).status_code == status
    with house.acting():
        assert not box_of(house).settings.get("pgp_keys")
