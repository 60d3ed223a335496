"""Signed and encrypted parts found in the tree of a mail: opened where that is possible, and told as seals."""

import re
from typing import BinaryIO

from dragoman.ground.channels.email import smime
from dragoman.ground.channels.email.structure import Part
from dragoman.ground.channels.email.unpack import content, open_enclosed
from dragoman.ground.channels.ports import Seal, Secrets

MAX_LAYERS = 4
SIGNED_LIMIT = 30 * 1024 * 1024
PGP_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
PGP_MESSAGE = "-----BEGIN PGP MESSAGE-----"
PGP_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
ARMOR_HEADERS = re.compile(r"\A(?:[A-Za-z-]{1,40}: [^\n]{0,200}\n)*\n?")


def open_seals(root: Part, raw: BinaryIO, *, sender: str, secrets: Secrets) -> list[Seal]:
    """Open envelopes below `root`, layer by layer, and return what is sealed and how well."""
    seals: list[Seal] = []
    seen: set[int] = set()
    for _ in range(MAX_LAYERS):
        waiting = [part for part in root.walk() if id(part) not in seen]
        seen.update(id(part) for part in waiting)
        for part in waiting:
            seals += _seals_of(part, raw, sender=sender, secrets=secrets)
    return seals


def _seals_of(part: Part, raw: BinaryIO, *, sender: str, secrets: Secrets) -> list[Seal]:
    kind = part.headers.content_type
    if kind == "multipart/signed" and len(part.parts) >= 2:
        return _detached(part, raw, sender=sender, secrets=secrets)
    if kind == "multipart/encrypted":
        return [Seal("pgp", "encrypted")]
    is_envelope = kind == "application/pkcs7-mime" or (
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
    if "pgp" in signature.headers.content_type:
        return [Seal("pgp", "signed")]
    if signature.headers.content_type != "application/pkcs7-signature":
        return []
    if covered.end - covered.begin > SIGNED_LIMIT:
        return [Seal("smime", "signed", why="too large to check")]
    text = covered.whole(raw).read()
    text = re.sub(rb"\r?\n", b"\r\n", text)
    data = content(signature, raw, limit=1024 * 1024)
    if data is None:
        return [Seal("smime", "signed", why="it cannot be read")]
    return [smime.check(data, text, sender=sender, secrets=secrets)]


def read_armor(text: str) -> tuple[str, list[Seal]]:
    """Take PGP's armour off a text: the words of a signed one are shown, an encrypted one is told."""
    text = text.replace("\r\n", "\n")
    if PGP_SIGNED in text:
        before, _, rest = text.partition(PGP_SIGNED)
        rest = ARMOR_HEADERS.sub("", rest.lstrip("\n"), count=1)
        words, _, tail = rest.partition(PGP_SIGNATURE)
        after = tail.partition("-----END PGP SIGNATURE-----")[2]
        words = re.sub(r"(?m)^- ", "", words)
        return f"{before}{words}{after}".strip("\n"), [Seal("pgp", "signed")]
    if PGP_MESSAGE in text:
        return text, [Seal("pgp", "encrypted")]
    return text, []
