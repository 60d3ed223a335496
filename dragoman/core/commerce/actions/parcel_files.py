"""Taking in files that tell of parcels: line by line, so that a wrong one holds up no other; twice changes nothing."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal

from ..errors import NoParcel
from ..parcel_files import MOST_PROBLEMS, FileProblem, Line, Reading, read_parcels
from .parcels import Taken, take_parcel


@dataclass
class Brought:
    """What a file brought: how many things it told, of which so many are new, and what was wrong with it."""

    told: int = 0
    new: int = 0
    parcels: int = 0
    problems: list[FileProblem] = field(default_factory=list)
    more: int = 0  # problems beyond those that are named


def bring_parcels(workspace_id: int, raw: bytes, *, reading: Reading) -> Brought:
    """Take a file in and say what became of it; raises Refusal where it is none at all."""
    lines, problems = read_parcels(raw, reading)
    brought, seen = Brought(told=len(lines)), set[int]()
    for line in lines:
        try:
            for taken in _take(workspace_id, line):
                brought.new += taken.new_events
                seen.add(taken.shipment.pk)
        except NoParcel:
            said = _("No order has the parcel “%(number)s”.") % {"number": line.numbers[0][:80]}
            problems.append(FileProblem(line.line, said))
        except Refusal as refusal:
            problems.append(FileProblem(line.line, str(refusal)))
    problems.sort(key=lambda one: one.line)
    brought.parcels = len(seen)
    brought.problems, brought.more = problems[:MOST_PROBLEMS], max(0, len(problems) - MOST_PROBLEMS)
    return brought


def _take(workspace_id: int, line: Line) -> list[Taken]:
    """Take in a line by the first of its numbers that a parcel of ours has; raises NoParcel."""
    for number in line.numbers:
        try:
            return take_parcel(workspace_id, facts=replace(line.facts, number=number))
        except NoParcel:
            continue
    raise NoParcel
