"""Whose parcel a number is: samples of every format, right and with one figure wrong, and what only looks like one."""

from collections.abc import Iterator

from dragoman.ground.providers.carriers.formats import all_formats, recognise
from tests.quality.sets import FOLDER

Row = tuple[object, ...]


def samples() -> list[tuple[str, str, str, str, str]]:
    """Return (carrier, format, number, valid or wrong, where the sample is from).

    `published`: from public documentation or test data; `computed`: made for a shape nobody publishes an example
    of, check digits by other code than ours; `altered`: a valid one with a figure changed or left out; `spelled`: a
    valid one in other figures and groups.
    """
    rows = (FOLDER / "tracking.tsv").read_text("utf-8").splitlines()
    return [tuple(row.split("\t")) for row in rows]  # type: ignore[misc]


def lookalikes() -> list[tuple[str, str]]:
    """Return (what it is, how it is written) of numbers that are no parcel's."""
    rows = (FOLDER / "tracking_lookalikes.tsv").read_text("utf-8").splitlines()
    return [(kind, text) for kind, text in (row.split("\t") for row in rows)]


def is_right(carrier: str, kind: str, number: str, verdict: str) -> bool:
    """Say whether a sample is among the candidates of its carrier and format exactly where it should be."""
    found = [one for one in recognise(number) if one.carrier.code == carrier]
    if carrier == "upu" and verdict == "wrong":
        return not any(one.format == kind for one in recognise(number))
    # a carrier's other format may fit as well, the better one is told
    return bool(found) if verdict == "valid" else not any(one.format == kind for one in found)


def is_sure(carrier: str, number: str) -> bool:
    """Say whether a number that only parcels are written like has its carrier among the sure ones."""
    sure = [one.carrier.code for one in recognise(number) if one.sure]
    return not sure or carrier in sure


def table() -> Iterator[Row]:
    """What, of how many, how many right."""
    told = samples()
    valid = [row for row in told if row[3] == "valid"]
    wrong = [row for row in told if row[3] == "wrong"]
    yield (
        "formats (with a check digit)",
        len(all_formats()) + 1,
        1 + sum(bool(one.check) for one in all_formats()),
    )
    for source in ("published", "computed", "spelled"):
        rows = [row for row in valid if row[4] == source]
        yield f"valid, {source}", len(rows), sum(is_right(*row[:4]) for row in rows)
    yield (
        "a shape of parcels alone, its carrier among the sure",
        len(valid),
        sum(is_sure(row[0], row[2]) for row in valid),
    )
    yield "a figure wrong or missing", len(wrong), sum(is_right(*row[:4]) for row in wrong)
    alike = lookalikes()
    yield (
        "look-alikes, none taken for sure",
        len(alike),
        sum(not any(one.sure for one in recognise(text)) for _kind, text in alike),
    )
    yield "look-alikes, no candidate at all", len(alike), sum(not recognise(text) for _kind, text in alike)
