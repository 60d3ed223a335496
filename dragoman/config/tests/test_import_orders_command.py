"""Orders come in from a file by the command: what is left open is asked for, what was not taken is said."""

import argparse
from pathlib import Path

import pytest

from dragoman.config.commands import transfer
from dragoman.core.commerce.models import OrderImport
from dragoman.kit.errors import Refusal
from tests.people import House, a_house

TABLE = (
    "Order,Ordered,Currency,Item,Qty,Price,E-mail\n"
    "＃K 1,03/04/2026,EUR,Lamp,1,49.90,aada@example.com\n"
    "K-2,04/04/2026,EUR,Cup,2,free,aada@example.com\n"
    ",04/04/2026,EUR,Cup,2,5.00,\n"
)


@pytest.fixture
def house(transactional_db: None) -> House:
    """The house of Greta, with nothing in it."""
    return a_house()


def test_the_command_says_what_is_left_open_and_what_was_not_taken(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(TABLE)
    parser = argparse.ArgumentParser()
    transfer.add(parser, "import")

    def bring(*more: str) -> int:
        words = ["orders", str(path), "--brand", house.brand.slug, "--column", "placed_at=Ordered", *more]
        return transfer.run(argparse.Namespace(**vars(parser.parse_args(words)), command="import"))

    with pytest.raises(Refusal, match="--dates"):
        bring()
    with house.acting():
        assert not OrderImport.objects.exists()
    assert bring("--dates", "dmy") == 1
    told = capsys.readouterr()
    assert (
        "row 3, order K-2" in told.err
        and "1 new, 0 changed, 0 the same, 0 newer here, 2 not taken" in told.out
    )
