"""`dragoman doctor` says what answers, what does not, and what to do about it; its status is what a script reads."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.storage import FileSystemStorage

from dragoman.config.commands import doctor
from dragoman.core.connections import records
from dragoman.core.connections.actions import add_mailbox, note_try
from dragoman.core.connections.vendor_accounts import Terms
from dragoman.core.conversations.models import Envelope
from dragoman.core.language.actions.engines import add_engine, switch_engine
from dragoman.core.language.engines import EngineStatus
from dragoman.core.language.translate import Translation
from dragoman.kit.errors import Refusal, Unavailable
from tests.names import name_server
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture(autouse=True)
def migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests migrate without leaving a stamp."""
    monkeypatch.setattr(doctor, "stored_stamp", lambda _home: doctor.current_stamp())


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = doctor.run(argparse.Namespace(unsafe=False))
    return status, capsys.readouterr().out


def test_a_fresh_workspace_is_well_and_the_notes_say_what_could_be_set(
    house: House, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_URL = ""
    status, said = lines(capsys)
    assert status == 0 and "BAD" not in said
    assert "workspaces" in said and "kaisla" in said
    assert "MAIL_URL is not set" in said and "→ set it, e.g. smtp://" in said
    assert "only the phrasebook" in said and "none is running" in said


def test_unapplied_migrations_are_bad(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "stored_stamp", lambda _home: "of yesterday")
    status, said = lines(capsys)
    assert status == 1 and "not all applied" in said and "dragoman migrate" in said


def test_a_mail_server_that_does_not_answer_is_bad_and_a_folder_is_said_to_be_one(
    house: House, settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    status, said = lines(capsys)
    assert status == 1 and "check MAIL_URL and the server" in said
    settings.MAIL_URL = f"folder://{tmp_path}"
    status, said = lines(capsys)
    assert status == 0 and "not sent" in said


def test_a_failing_mailbox_and_the_records_of_its_domain_are_named(
    house: House, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_LISTEN = ""
    with house.acting():
        box = add_mailbox(house.brand, address="help@shop-of-tests.eu")
        note_try(box, error="the log-in is refused")
    zone = {("_dmarc.shop-of-tests.eu", "TXT"): ['"v=DMARC1; p=none"']}
    with name_server(zone) as resolver:
        monkeypatch.setattr(records, "new_resolver", lambda _server: resolver)
        status, said = lines(capsys)
    assert status == 1 and "the log-in is refused" in said
    assert "dns of help@shop-of-tests.eu" in said and "MX missing" in said and "DMARC" not in said
    assert "no mailbox is read" in said


def test_parked_work_and_envelopes_that_could_not_be_opened_are_counted(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    with house.acting():
        Envelope.objects.create(
            workspace_id=house.workspace.pk, channel="email", source="email:1", state="failed", error="?"
        )
    status, said = lines(capsys)
    assert status == 1 and "1 envelopes that could not be opened" in said and "Parked work" in said


def test_a_store_that_takes_no_file_is_bad(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_words: object) -> str:
        raise PermissionError("read-only")

    monkeypatch.setattr(FileSystemStorage, "save", refuse)
    status, said = lines(capsys)
    assert status == 1 and "cannot be written: read-only" in said


def test_an_engine_that_answers_but_cannot_translate_is_bad(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = EngineStatus("libretranslate", "libretranslate://t.example", True, True, None, ())
    monkeypatch.setattr(doctor, "engines_status", lambda: [engine])

    def down(*_words: object, **_more: object) -> None:
        raise Unavailable("no memory")

    monkeypatch.setattr(doctor.translate, "translate", down)
    status, said = lines(capsys)
    assert status == 1 and "a probe failed: no memory" in said
    made = Translation("Lamppu on vihreä.", "libretranslate", 0.8)
    monkeypatch.setattr(doctor.translate, "translate", lambda *_words, **_more: made)
    status, said = lines(capsys)
    assert status == 0 and "Lamppu on vihreä." in said


def test_the_demos_log_ins_keep_an_installation_on_loopback(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doctor.run(argparse.Namespace(unsafe=True)) == 0
    monkeypatch.setattr(doctor, "demo_log_ins_exist", lambda: True)
    with pytest.raises(Refusal, match="password is printed"):
        doctor.run(argparse.Namespace(unsafe=True))


def test_the_engines_of_workspaces_are_told_with_what_is_wrong(
    house: House, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.TRANSLATOR_OURS = "127.0.0.1"
    with house.acting():
        for name, address in (("Gone", "127.0.0.1:9"), ("Resting", "127.0.0.1:10")):
            made = add_engine(
                house.workspace.pk, vendor="libretranslate", given={"address": address}, terms=Terms(name)
            )
        switch_engine(made, is_on=False)
    status, said = lines(capsys)
    assert status == 1
    assert "engine Gone of kaisla" in said and "Nothing listens at 127.0.0.1:9" in said
    assert "switched off" in said
