"""Writes playbooks from a table of countries (markets.json): what is missing is added, what stands is never touched.

`python -m dragoman.ground.markets.seeding TABLE.json`. The files are mended by hand afterwards.
"""

import datetime
import json
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tomlkit
from tomlkit.items import InlineTable, Table

from .facts import KINDS
from .playbook import DATA, read

_COUNTRIES = (
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO GB CH"
    " US CA MX BR AR CL CO JP KR CN TW HK SG TH VN ID MY PH IN AE SA IL TR UA ZA EG NG AU NZ"
)
COUNTRIES = tuple(_COUNTRIES.split())
_CITED = "CITED"
_TAGS = {"no": "nb", "zh": "zh-Hans", "pt": "pt"}
# where most customers live, in countries of several zones
_MAIN_ZONES = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo", "CA": "America/Toronto",
    "CL": "America/Santiago", "CN": "Asia/Shanghai", "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta", "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon", "UA": "Europe/Kyiv", "US": "America/New_York",
}  # fmt: skip
_STARTS = {
    "returns": "goods_back", "goods returned": "goods_back", "goods back or proof of return": "goods_back",
    "seller receives goods": "goods_back", "goods collected or returned (CITED)": "goods_back",
}  # fmt: skip
_PAYER = (
    ("consumer unless trader agreed", "consumer_if_told"),
    ("consumer if told", "consumer_if_told"),
    ("consumer", "consumer"),
    ("seller", "trader"),
)
_RIGHT = {
    "statutory": "statutory", "none for online": "none", "none federal": "none", "none for change of mind": "none",
    "default unless return policy displayed": "unless_policy_shown", "statutory (direct marketing)": "statutory",
}  # fmt: skip


class _Writer:
    """One country's file while it is being written."""

    def __init__(self, code: str, known: dict[str, Any], sources: dict[str, str], day: datetime.date) -> None:
        self.known, self.titles, self.day = known, sources, day
        path = DATA / f"{code.lower()}.toml"
        self.path = path
        self.document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        if not path.exists():
            self.document.add(
                tomlkit.comment(f"{known['name']}. How to mend this file: dragoman/ground/markets/README.md")
            )
            self.document["country"] = code
            self.document["unknown"] = []
            self.document["sources"] = tomlkit.table()

    def add(
        self,
        kind: str,
        value: Any,
        keys: list[str],
        *,
        verified: bool,
        law: str = "",
        note: str = "",
        **more: Any,
    ) -> None:
        """Add a fact where the file has none of its kind."""
        if kind in self.document or value in (None, [], {}):
            return
        keys = keys or [_CITED]
        fact = tomlkit.table()
        fact["value"] = _inline(value)
        fact["sources"] = [self._source(key) for key in keys]
        fact["checked"] = self.day
        fact["verified"] = verified
        for name, text in {"law": law, "note": note, **more}.items():
            if text:
                fact[name] = text
        self.document[kind] = fact

    def _source(self, key: str) -> str:
        name = key.lower()
        table = self.document["sources"]
        if name not in table:
            source = tomlkit.table()
            title, _sep, url = self.titles[key].partition("http")
            address = "http" + url.split(" ")[0].rstrip(";,)") if url else ""
            source["title"] = title.strip(" ;,(") or urlsplit(address).hostname
            if address:
                source["url"] = address
            if key != _CITED:
                source["read"] = self.day
            table[name] = source
        return name

    def close(self) -> None:
        """Note what is unknown, check the file and write it."""
        self.document["unknown"] = sorted(set(KINDS) - set(self.document))
        text = tomlkit.dumps(self.document)
        read(text, name=self.path.name)
        self.path.write_text(text, "utf-8")


def _inline(value: Any) -> Any:
    if isinstance(value, dict):
        table: InlineTable | Table = tomlkit.inline_table()
        table.update({key: _inline(one) for key, one in value.items() if one is not None})
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(_inline(one) for one in value)
        return array.multiline(any(isinstance(one, dict) for one in value))
    return value


def _first(text: str | None, table: Any) -> str | None:
    return next((code for start, code in table if text and text.startswith(start)), None)


def seed(table: Path) -> None:
    """Write every country's file from the table."""
    facts = json.loads(table.read_text("utf-8"))
    day = datetime.date.fromisoformat(facts["generated"])
    for code in COUNTRIES:
        known = facts["countries"][code]
        writer = _Writer(code, known, facts["sources"], day)
        _country(writer, known)
        writer.close()


def _country(writer: _Writer, known: dict[str, Any]) -> None:
    from_, sure = known["source"], known["verified"]
    main = _TAGS.get(known["main_language"], known["main_language"])
    writer.add("languages", [main], ["CLDR"], verified=True)
    writer.add("time_zone", _MAIN_ZONES.get(known["iso2"], known["timezones"][0]), ["TZ"], verified=True)
    name = known["cldr_person_name"] or {}
    order = {"surnameFirst": "surname_first", "givenFirst": "given_first"}.get(name.get("name_order", ""))
    if order:
        names = {
            "order": order,
            "formal": name["formal_address_pattern"],
            "informal": name["informal_address_pattern"],
        }
        writer.add("names", {key: text for key, text in names.items() if text}, ["CLDRPN"], verified=True)
    _returns(writer, known, from_["returns"], sure["returns"])
    if known["warranty_months"]:
        form = "at_least" if known["warranty_note"] == "EU minimum" else "fixed"
        value = {"months": known["warranty_months"], "form": form}
        writer.add(
            "guarantee",
            value,
            from_["warranty"] or [],
            verified=sure["warranty"],
            note=known["warranty_note"] or "",
        )
    _relief(writer, known, from_["de_minimis"] or [], sure["de_minimis"])
    channels = [one.lower() for one in known["channels"] or []]
    writer.add(
        "channels",
        channels,
        from_["channels"] or [],
        verified=sure["channels"],
        note=known["channels_note"] or "",
    )
    methods = list(dict.fromkeys(_code(one) for one in known["payment_methods"] or []))
    writer.add(
        "payments",
        [{"method": one} for one in methods],
        from_["payment"] or [],
        verified=sure["payment"],
        note=known["payment_basis"] or "",
    )
    if known["data_regime"]:
        deadline = known["dsar_deadline_text"] or ""
        month = "month" in deadline
        value = {
            "regime": known["data_regime"],
            "access_months": 1 if month else None,
            "access_days": None if month else known["dsar_deadline_days"],
            "extension_days": known["dsar_extension_days"],
        }
        note = "; ".join(text for text in (deadline, known["data_note"]) if text)
        writer.add("privacy", value, from_["data"] or [], verified=sure["data"], note=note)


def _code(method: str) -> str:
    plain = "".join(
        letter if letter.isalnum() and letter.isascii() else " "
        for letter in method.lower().partition("(")[0]
    )
    return "_".join(plain.split())


def _returns(writer: _Writer, known: dict[str, Any], keys: list[str] | None, sure: bool) -> None:
    right = _RIGHT.get(known["return_right"] or "")
    note = known["return_note"] or ""
    law = writer.titles[keys[0]].partition(";")[0] if keys and keys[0] != _CITED else ""
    if right:
        there = right != "none"
        value = {
            "right": right,
            "days": known["return_window_days"] if there else None,
            "day_type": known["return_day_type"] or "calendar",
            "starts": "delivery" if there else None,
        }
        writer.add("withdrawal", value, keys or [], verified=sure, note=note, law=law)
    if known["refund_deadline_days"] is not None:
        clock = known["refund_clock_from"] or ""
        value = {
            "days": known["refund_deadline_days"],
            "day_type": "calendar" if known["refund_day_type"] in (None, "calendar") else "business",
            "starts": _STARTS.get(clock, "notice"),
            "may_wait_for_goods": True if "may wait" in clock else None,
        }
        writer.add(
            "refund_deadline", value, keys or [], verified=sure and _CITED not in clock, note=clock, law=law
        )
    payer = _first(known["return_cost_payer"], _PAYER)
    if payer:
        writer.add(
            "return_cost",
            {"payer": payer},
            keys or [],
            verified=sure and _CITED not in known["return_cost_payer"],
            law=law,
        )


def _relief(writer: _Writer, known: dict[str, Any], keys: list[str], sure: bool) -> None:
    note, currency = known["de_minimis_note"] or "", known["de_minimis_currency"]
    if "EUR 3 flat duty" in note:
        value = {
            "flat_duty": "3 EUR",
            "flat_per": "tariff_line",
            "flat_up_to": "150 EUR",
            "scheme": "IOSS",
            "collected_by": ["seller", "marketplace", "carrier"],
        }
        law = "Regulation (EU) 2026/382"
        writer.add(
            "import_relief",
            value,
            keys,
            verified=sure,
            note=note,
            law=law,
            valid_from=datetime.date(2026, 7, 1),
            valid_to=datetime.date(2028, 6, 30),
        )
        return
    value = {}
    for name, key in (("duty_free_up_to", "de_minimis_amount"), ("tax_free_up_to", "tax_de_minimis_amount")):
        if known[key] is not None and currency:
            value[name] = f"{known[key]:g} {currency}"
    writer.add("import_relief", value, keys, verified=sure, note=note)


if __name__ == "__main__":
    seed(Path(sys.argv[1]))
