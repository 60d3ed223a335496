"""`dragoman understand`: one text, or one a line from a pipe; a line of JSON for each."""

import argparse
import io
import json
from typing import Any

import pytest

from dragoman.config.commands import language


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    parser = argparse.ArgumentParser()
    language.add(parser, "understand")
    assert language.run(parser.parse_args(list(arguments))) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_text_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    [seen] = said(capsys, "Paczka przyszła rozbita, zam. nr 88123/26")
    assert (seen["language"], seen["intent"]) == ("pl", "damaged_item")
    assert [one["value"] for one in seen["entities"]] == ["88123/26"]


def test_lines_from_a_pipe_are_told_in_their_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "Wo bleibt meine Bestellung?\n\nmissä tilaukseni viipyy\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert [seen["language"] for seen in said(capsys)] == ["de", None, "fi"]


def test_unknown_languages_are_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    language.add(parser, "understand")
    assert language.run(parser.parse_args(["Hei", "--languages", "fi", "xx", "qq"])) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("\n") == 1 and "xx, qq" in told.err
    assert said(capsys, "Missä tilaukseni on?", "--languages", "fi", "no", "pt-BR")[0]["language"] == "fi"
