"""What the page of a return shows of its way: places by cost, days, customs papers and what is missing of them."""

from typing import Any

from django.utils import timezone

from dragoman.service.returns.models import FileKind, Return
from dragoman.service.returns.paper_words import MISSING, NOTES, STANDINGS
from dragoman.service.returns.papers import papers_of
from dragoman.service.returns.ways import way_of


def whereabouts(made: Return) -> dict[str, Any]:
    """Return the context of the parts on way and customs."""
    papers = papers_of(made)
    rows = {row.line_id: row for row in made.lines.all()}
    areas = [side.area for side in (papers.here, papers.there) if side.area]
    return {
        "way": way_of(made, now=timezone.now()),
        "papers": papers,
        "standing": STANDINGS[papers.standing],
        "area_notes": [str(NOTES[area.note]) % {"area": area.name} for area in areas],
        "missing": [(one.name, MISSING[one.code]) for one in papers.missing],
        "lacking": any(one.line_id for one in papers.missing),
        "told": [(rows[one.line_id], one) for one in papers.goods],
        "has_label": any(one.kind == FileKind.LABEL for one in made.files.all()),
    }
