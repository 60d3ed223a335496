"""S/MIME (RFC 8551): what is signed is shown and checked, what is encrypted is opened where the mailbox has the key.

`valid` needs three things: the signature fits, the certificate names the sender's address, and it leads to a
certificate the mailbox trusts (`smime_trust`, PEM; public authorities are not trusted by themselves, as their rules
for mail differ). Revocation is not asked for.
"""

import hashlib
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7

from dragoman.ground.channels.ports import Seal, Secrets

LIMIT = 30 * 1024 * 1024
MAX_CHAIN = 6
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
FAULTS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, UnsupportedAlgorithm)


@dataclass
class Opened:
    """What an envelope held: `data` is the mail part inside, None where it stays closed."""

    data: bytes | None = None
    seals: list[Seal] = field(default_factory=list)


def open_envelope(data: bytes, *, sender: str, secrets: Secrets) -> Opened:
    """Open an application/pkcs7-mime body: signed, compressed or encrypted; never raises."""
    try:
        found = cms.ContentInfo.load(data)
        kind = found["content_type"].native
        if kind == "signed_data":
            inner = found["content"]["encap_content_info"]["content"].native
            inner = inner if isinstance(inner, bytes) else None
            return Opened(inner, [check(data, inner or b"", sender=sender, secrets=secrets)] if inner else [])
        if kind == "compressed_data":
            packed = found["content"]["encap_content_info"]["content"].native
            return Opened(zlib.decompressobj().decompress(packed, LIMIT))
    except (*FAULTS, zlib.error):
        return Opened(seals=[Seal("smime", "signed", why="it cannot be read")])
    return _decrypt(data, secrets)


def _decrypt(data: bytes, secrets: Secrets) -> Opened:
    if not (secrets.get("smime_key") and secrets.get("smime_certificate")):
        return Opened(seals=[Seal("smime", "encrypted")])
    try:
        certificate = x509.load_pem_x509_certificate(secrets["smime_certificate"].encode("ascii"))
        key = serialization.load_pem_private_key(secrets["smime_key"].encode("ascii"), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("only RSA keys can open a mail")
        opened = pkcs7.pkcs7_decrypt_der(data, certificate, key, [])
    except FAULTS as fault:
        return Opened(seals=[Seal("smime", "encrypted", why=str(fault)[:200])])
    return Opened(opened)


def check(signature: bytes, signed: bytes, *, sender: str, secrets: Secrets) -> Seal:
    """Check a CMS signature over `signed`, which has CRLF line ends; never raises."""
    try:
        content = cms.ContentInfo.load(signature)["content"]
        certificates = [_certificate(each.chosen) for each in content["certificates"] or []]
        [signer, *_] = list(content["signer_infos"])
        owner = _owner(signer, certificates)
    except FAULTS:
        return Seal("smime", "signed", why="it cannot be read")
    if owner is None:
        return Seal("smime", "signed", why="the certificate is not in the mail")
    who = next(iter(_addresses(owner)), "")
    try:
        _verify(signer, owner, signed)
    except InvalidSignature:
        return Seal("smime", "invalid", who, "the text was changed after it was signed")
    except FAULTS:
        return Seal("smime", "signed", who, "the algorithm is not known here")
    if sender not in _addresses(owner):
        return Seal("smime", "invalid", who, "the certificate belongs to another address")
    if datetime.now(UTC) > owner.not_valid_after_utc:
        return Seal("smime", "expired", who, "the certificate has expired")
    if not _is_trusted(owner, certificates, secrets.get("smime_trust", "")):
        return Seal("smime", "signed", who, "the signature fits; nobody this mailbox trusts vouches for it")
    return Seal("smime", "valid", who)


def read_certificates(text: str) -> list[x509.Certificate]:
    """Return the certificates of a PEM text, each once; raises ValueError."""
    return list(dict.fromkeys(x509.load_pem_x509_certificates(text.encode("ascii"))))


def fingerprint_of(certificate: x509.Certificate) -> str:
    """Return the SHA-256 by which a certificate is told from others, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def _certificate(found: asn1_x509.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(found.dump())


def _owner(signer: cms.SignerInfo, certificates: list[x509.Certificate]) -> x509.Certificate | None:
    """Return the certificate the signer names, by serial number or by its key's id."""
    sid = signer["sid"]
    for each in certificates:
        if sid.name == "issuer_and_serial_number":
            if each.serial_number == sid.chosen["serial_number"].native:
                return each
        else:
            try:
                key_id = each.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
            except x509.ExtensionNotFound:
                continue
            if key_id == sid.chosen.native:
                return each
    return None


def _verify(signer: cms.SignerInfo, owner: x509.Certificate, signed: bytes) -> None:
    """Raise InvalidSignature unless the text and its signed attributes are what the key signed."""
    digest_name = signer["digest_algorithm"]["algorithm"].native
    digest = hashlib.new(digest_name, signed, usedforsecurity=False).digest()
    covered = signed
    attributes = signer["signed_attrs"]
    if attributes:
        told = {each["type"].native: each["values"][0].native for each in attributes}
        if told.get("message_digest") != digest:
            raise InvalidSignature
        covered = attributes.untag().dump(force=True)
    algorithm = HASHES[digest_name]()
    key, value = owner.public_key(), signer["signature"].native
    if isinstance(key, rsa.RSAPublicKey):
        if signer["signature_algorithm"]["algorithm"].native == "rsassa_pss":
            pss = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
            key.verify(value, covered, pss, algorithm)
        else:
            key.verify(value, covered, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(value, covered, ec.ECDSA(algorithm))
    else:
        raise ValueError("this kind of key is not known")


def _addresses(certificate: x509.Certificate) -> list[str]:
    """Return the mail addresses a certificate names, lower case."""
    found: list[str] = []
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        found += names.get_values_for_type(x509.RFC822Name)
    except (x509.ExtensionNotFound, ValueError):
        pass
    found += [
        str(each.value) for each in certificate.subject.get_attributes_for_oid(x509.NameOID.EMAIL_ADDRESS)
    ]
    return [each.lower() for each in found]


def _is_trusted(owner: x509.Certificate, others: list[x509.Certificate], trust: str) -> bool:
    """Say whether a chain of certificates valid today leads from `owner` to one of the PEM bundle `trust`."""
    if not trust.strip():
        return False
    try:
        anchors = read_certificates(trust)
    except FAULTS:
        return False
    now, current = datetime.now(UTC), owner
    for _ in range(MAX_CHAIN):
        if not current.not_valid_before_utc <= now <= current.not_valid_after_utc:
            return False
        if current in anchors:
            return True
        issuer = next((each for each in [*anchors, *others] if _has_issued(each, current)), None)
        if issuer is None or issuer == current:
            return False
        current = issuer
    return False


def _has_issued(issuer: x509.Certificate, issued: x509.Certificate) -> bool:
    """Say whether an authority's certificate signed another one."""
    try:
        limits = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        issued.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, *FAULTS):
        return False
    return bool(limits.ca)
