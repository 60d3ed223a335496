"""Thailand Post's Track & Trace API v1 as it is known, strictly: a token for a token, then numbers in a list.

Sources: the vendor's guide track.thailandpost.co.th/developerGuide as quoted by ninenik.com (2019) and public clients (recorded
answers, status codes, the day's limit), and a public suite of tests against the live service, which says what becomes of each
wrong request: 401 for the token, 403 for tracking, a 200 with `message` for a wrong `status` or a missing field, 400 for a
`barcode` that is no list, an empty list for an unknown number, English for an unknown language. Years are Buddhist (2562 is 2019).
Not sourced: whether years of answers in English are Buddhist as well (here they are), what comes once the day's limit is
reached (here a 200 with `status: false`), the body of a 401 and 403, and how many numbers a call takes (here 100).
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

MOST: Final = 100
TOKEN: Final = "/post/api/v1/authenticate/token"
TRACK: Final = "/post/api/v1/track"
WORDS: Final = {
    "101": "เตรียมการฝากส่ง", "102": "รับฝากผ่านตัวแทน", "103": "รับฝาก", "201": "อยู่ระหว่างการขนส่ง", "202": "ดำเนินพิธีการศุลกากร",
    "203": "ส่งคืนต้นทาง", "204": "ถึงที่ทำการแลกเปลี่ยนระหว่างประเทศขาออก", "205": "ถึงที่ทำการแลกเปลี่ยนระหว่างประเทศขาเข้า",
    "206": "ถึงที่ทำการไปรษณีย์", "207": "เตรียมการขนส่ง", "301": "อยู่ระหว่างการนำจ่าย", "302": "นำจ่าย ณ จุดรับสิ่งของ",
    "401": "นำจ่ายไม่สำเร็จ", "501": "นำจ่ายสำเร็จ",
}  # fmt: skip
_ENGLISH: Final = {
    "101": "Prepare to deposit", "102": "Accept through agent", "103": "Accept", "201": "In transit", "202": "Customs clearance",
    "203": "Return to sender", "204": "Arrive at outward office of exchange", "205": "Arrive at inward office of exchange",
    "206": "Arrival at post office", "207": "Prepare to transport", "301": "Out for delivery", "302": "Delivery at collection point",
    "401": "Unsuccessful delivery", "501": "Final delivery",
}  # fmt: skip


def buddhist(at: datetime) -> str:
    """Return a moment as Thailand Post writes it: 19/07/2562 18:12:26+07:00."""
    zone = at.strftime("%z")
    return f"{at:%d/%m}/{at.year + 543} {at:%H:%M:%S}{zone[:3]}:{zone[3:]}"


def event(number: str, status: str, at: datetime, place: str = "จรเข้บัว", **told: Any) -> dict[str, Any]:
    """Return an event as an answer shows one; 501 is the delivery."""
    done = status == "501"
    return {
        "barcode": number,
        "status": status,
        "status_description": WORDS[status],
        "status_date": buddhist(at),
        "location": place,
        "postcode": "10230",
        "delivery_status": "S" if done else None,
        "delivery_description": "ผู้รับได้รับสิ่งของเรียบร้อยแล้ว" if done else None,
        "delivery_datetime": buddhist(at) if done else None,
        "receiver_name": "ผู้รับรับเอง" if done else None,
        "signature": None,
        **told,
    }


@dataclass
class ThailandPost:
    """One account with its lasting `key`: `items` by number, oldest event first; `left` numbers may be asked for today."""

    key: str = "thp:key-of-the-account"
    items: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    limit: int = 1500
    count: int = 0
    tokens: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self.asked.append(asked)
        given = re.fullmatch(r"Token (.+)", asked.headers.get("authorization", ""))
        if asked.method != "POST" or asked.path not in {TOKEN, TRACK}:
            return Answered(404, {"status": 404, "error": "Not Found", "path": asked.path})
        if asked.path == TOKEN:
            if given is None or given[1] != self.key:
                return Answered(401, {"status": 401, "error": "Unauthorized", "path": asked.path})
            self.tokens.append(f"thp-token-{len(self.tokens)}")
            return Answered(200, {"expire": "2026-12-28 10:18:20+07:00", "token": self.tokens[-1]})
        if given is None or given[1] not in self.tokens:
            return Answered(403, {"status": 403, "error": "Forbidden", "path": asked.path})
        return self._track(asked.json())

    def _track(self, body: Any) -> Answered:
        if not isinstance(body, dict) or not isinstance(body.get("barcode", []), list):
            return Answered(400, {"status": 400, "error": "Bad Request", "path": TRACK})
        if "status" not in body or not body.get("language") or "barcode" not in body:
            return _said("value cannot be null or empty")
        if body["status"] != "all" and body["status"] not in WORDS:
            return _said("invalid status")
        numbers = [str(one) for one in body["barcode"]]
        if not numbers or len(numbers) > MOST:
            return _said("value cannot be null or empty")
        if self.count + len(numbers) > self.limit:
            return _said("track count limit exceeded")
        self.count += len(numbers)
        items = {one: self._events(one, body["status"], body["language"]) for one in numbers}
        count = {"track_date": "28/11/2569", "count_number": self.count, "track_count_limit": self.limit}
        response = {"items": items, "track_count": count}
        return Answered(200, {"response": response, "message": "successful", "status": True})

    def _events(self, number: str, status: str, language: str) -> list[dict[str, Any]]:
        told = [one for one in deepcopy(self.items.get(number, [])) if status in ("all", one["status"])]
        if language != "TH":
            for one in told:
                one["status_description"] = _ENGLISH[one["status"]]
        return told


def _said(message: str) -> Answered:
    return Answered(200, {"response": None, "message": message, "status": False})
