"""How Adobe Commerce 2.4 searches, and how it says no; written from "search using REST endpoints" of its pages."""

import re
from datetime import datetime
from typing import Any, Final

from .door import Answer

_CRITERION: Final = re.compile(
    r"searchCriteria\[(?:filter_?[gG]roups\]\[(\d+)\]\[filters\]\[(\d+)\]\[(field|value|condition_?[tT]ype)"
    r"|sort_?[oO]rders\]\[(\d+)\]\[(field|direction)|(page_?[sS]ize|current_?[pP]age))\]"
)
_CONDITIONS: Final = {
    "eq",
    "neq",
    "gt",
    "gteq",
    "lt",
    "lteq",
    "in",
    "nin",
    "like",
    "null",
    "notnull",
    "from",
    "to",
}
WHEN: Final = "%Y-%m-%d %H:%M:%S"


class Refused(Exception):
    """What is answered instead."""

    def __init__(self, status: int, message: str, parameters: Any = None) -> None:
        super().__init__(message)
        self.answer = Answer(
            status, {"message": message, **({"parameters": parameters} if parameters else {})}
        )


def searched(rows: list[dict[str, Any]], query: dict[str, str]) -> Any:
    """Return a page of the rows that fit the criteria."""
    if not any(name.startswith("searchCriteria") for name in query):
        raise Refused(400, '"%fieldName" is required. Enter and try again.', {"fieldName": "searchCriteria"})
    groups: dict[str, dict[str, dict[str, str]]] = {}
    sorts: dict[str, dict[str, str]] = {}
    page = {"pagesize": 0, "currentpage": 1}
    for name, value in query.items():
        if name == "fields" or (name == "searchCriteria" and not value):
            continue
        found = _CRITERION.fullmatch(name)
        if not found:
            raise Refused(400, f"{name} is no search criterion.")
        group, one, what, place, how, paging = found.groups()
        if paging:
            page[paging.lower().replace("_", "")] = int(value)
        elif place:
            sorts.setdefault(place, {})[how] = value
        else:
            groups.setdefault(group, {}).setdefault(one, {})[what.lower().replace("_", "")] = value
    for filters in groups.values():
        rows = [row for row in rows if any(_fits(row, one) for one in filters.values())]
    for _place, one in sorted(sorts.items(), reverse=True):
        if one.get("direction", "DESC").upper() not in {"ASC", "DESC"}:
            raise Refused(400, "The sort order has to be ASC or DESC.")
        rows = sorted(
            rows, key=lambda row: row[one["field"]], reverse=one.get("direction", "DESC").upper() == "DESC"
        )
    total, size = len(rows), page["pagesize"]
    if size:
        # a page beyond the end is the last one again
        at = min(max(page["currentpage"], 1), max(-(-total // size), 1))
        rows = rows[(at - 1) * size : at * size]
    return {
        "items": rows,
        "search_criteria": {"page_size": size, "current_page": page["currentpage"]},
        "total_count": total,
    }


def _fits(row: dict[str, Any], one: dict[str, str]) -> bool:
    how, value = one.get("conditiontype", "eq"), one.get("value", "")
    if how not in _CONDITIONS or "field" not in one:
        raise Refused(400, "The condition is not known.")
    if one["field"] not in row:
        raise Refused(400, f"Column not found: {one['field']}")
    mine = row[one["field"]]
    if how in {"in", "nin"}:
        return (str(mine) in value.split(",")) is (how == "in")
    if how in {"eq", "neq"}:
        return (str(mine) == value) is (how == "eq")
    if how in {"null", "notnull"}:
        return (mine is None) is (how == "null")
    if how == "like":
        return re.fullmatch(re.escape(value).replace("%", ".*"), str(mine)) is not None
    left, right = (mine, type(mine)(value))
    if one["field"].endswith("_at"):
        try:
            left, right = datetime.strptime(mine, WHEN), datetime.strptime(value, WHEN)
        except ValueError:
            raise Refused(400, "A date has to be Y-m-d H:i:s, in UTC.") from None
    return bool(
        {"gt": left > right, "lt": left < right}.get(
            how, left >= right if how in {"gteq", "from"} else left <= right
        )
    )
