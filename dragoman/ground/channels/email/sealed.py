"""Signed and encrypted parts found in the tree of a mail: opened where that is possible, and told as seals."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO, Literal

from dragoman.ground.channels.email import pgp, smime
from dragoman.ground.channels.email.structure import Part
from dragoman.ground.channels.email.unpack import content, open_enclosed
from dragoman.ground.channels.ports import Seal, Secrets

MAX_LAYERS = 4
SIGNED_LIMIT = 30 * 1024 * 1024
SMIME_ENVELOPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
SMIME_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
ARMOR = "-----BEGIN PGP "
PGP_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----"
PGP_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
PGP_END = "-----END PGP SIGNATURE-----"
ARMORED_LIMIT = 4 * 1024 * 1024
CLEAR_HEAD = re.compile(
    rb"\s*-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n(?:Hash: [\w, -]{1,200}\r?\n)*\r?\n"
)
ARMOR_HEADERS = re.compile(r"\A(?:[A-Za-z-]{1,40}: [^\n]{0,200}\n)*\n?")


def open_seals(root: Part, raw: BinaryIO, *, sender: str, secrets: Secrets) -> list[Seal]:
    """Open envelopes below `root`, layer by layer, and return what is sealed and how well."""
    seals: list[Seal] = []
    seen: set[int] = set()
    for _ in range(MAX_LAYERS):
        waiting = [part for part in root.walk() if id(part) not in seen]
        seen.update(id(part) for part in waiting)
        for part in waiting:
            found = _seals_of(part, raw, sender=sender, secrets=secrets)
            seals += found if _is_whole(part, root) else [_in_part(each) for each in found]
    return seals


def _is_whole(sealed: Part, root: Part) -> bool:
    """Say whether nothing that is shown stands outside a sealed part."""
    part = root
    while part is not sealed:
        only_one = len(part.parts) == 1 or part.headers.content_type == "multipart/signed"
        if not part.parts or not only_one:
            return False
        part = part.parts[0]
    return True


def _in_part(seal: Seal) -> Seal:
    """A signature of one part proves nothing about the words beside it."""
    if seal.state != "valid":
        return seal
    return replace(seal, state="signed", why="only a part of the mail is signed")


def _seals_of(part: Part, raw: BinaryIO, *, sender: str, secrets: Secrets) -> list[Seal]:
    kind = part.headers.content_type
    if kind == "multipart/signed" and len(part.parts) >= 2:
        return _detached(part, raw, sender=sender, secrets=secrets)
    if kind == "multipart/encrypted":
        return [Seal("pgp", "encrypted")]
    is_envelope = kind in SMIME_ENVELOPES or (
        kind == "application/octet-stream" and part.headers.file_name.lower() == "smime.p7m"
    )
    if not is_envelope or part.parts or part.end <= part.start:
        return []
    data = content(part, raw)
    if data is None:
        return [Seal("smime", "signed", why="too large to check")]
    opened = smime.open_envelope(data, sender=sender, secrets=secrets)
    if opened.data:
        open_enclosed(part, opened.data)
    return opened.seals


def _detached(part: Part, raw: BinaryIO, *, sender: str, secrets: Secrets) -> list[Seal]:
    """Check the signature beside the part it covers, with the line ends the signer had."""
    covered, signature = part.parts[0], part.parts[1]
    is_pgp = "pgp" in signature.headers.content_type
    if not is_pgp and signature.headers.content_type not in SMIME_SIGNATURES:
        return []
    kind: Literal["pgp", "smime"] = "pgp" if is_pgp else "smime"
    if covered.end - covered.begin > SIGNED_LIMIT:
        return [Seal(kind, "signed", why="too large to check")]
    text = covered.whole(raw).read()
    text = re.sub(rb"\r?\n", b"\r\n", text)
    data = content(signature, raw, limit=1024 * 1024)
    if data is None:
        return [Seal(kind, "signed", why="it cannot be read")]
    if is_pgp:
        return [pgp.check_detached(data, text, sender=sender, secrets=secrets)]
    return [smime.check(data, text, sender=sender, secrets=secrets)]


def without_armor(text: str) -> str:
    """Take PGP's armour off the words of a signed text; one without is returned as it is."""
    if PGP_SIGNED not in text:
        return text
    before, _, rest = text.replace("\r\n", "\n").partition(PGP_SIGNED)
    rest = ARMOR_HEADERS.sub("", rest.lstrip("\n"), count=1)
    words, _, tail = rest.partition(PGP_SIGNATURE)
    after = tail.partition(PGP_END)[2]
    words = re.sub(r"(?m)^- ", "", words)
    return f"{before}{words}{after}".strip("\n")


def armor_seals(
    parts: Sequence[Part], raw: BinaryIO, *, sender: str, secrets: Secrets, alone: bool
) -> list[Seal]:
    """Check clearsigned texts among the parts people read; unless one is `alone`, what is beside it is not signed."""
    seals: list[Seal] = []
    for part in parts:
        data = content(part, raw, limit=ARMORED_LIMIT) or b""
        if PGP_SIGNED.encode() in data:
            found = pgp.check_clear(data, sender=sender, secrets=secrets)
            is_page = part.headers.content_type == "text/html"
            seals.append(found if alone and not is_page and _is_all_signed(data) else _in_part(found))
        elif PGP_MESSAGE.encode() in data:
            seals.append(Seal("pgp", "encrypted"))
    return seals


def _is_all_signed(data: bytes) -> bool:
    """Say whether nothing but blanks stands outside the one clearsigned text, and no words in its armour's head."""
    after = data.partition(PGP_END.encode())[2]
    return CLEAR_HEAD.match(data) is not None and not after.strip()
