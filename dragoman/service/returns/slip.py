"""What goes into the parcel: our own return slip as PDF, in the customer's language, with its number as codes."""

import io
from dataclasses import dataclass

import qrcode
from django.utils import translation
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

from dragoman.ground.design.code128 import bars_of
from dragoman.ground.design.functions import market_name
from dragoman.ground.design.paper import Codes, Paragraph, Square, pdf_of
from dragoman.ground.files.store import open_file

from .models import FileKind, Return, ReturnPlace


def squares_of(number: str) -> tuple[tuple[bool, ...], ...]:
    """Return the QR code of a number as rows of squares, True where it is dark, with its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(number)
    code.make(fit=True)
    return tuple(tuple(bool(one) for one in row) for row in code.get_matrix())


def qr_svg(number: str) -> bytes:
    """Return the QR code of a number as an SVG picture that stands by itself."""
    out = io.BytesIO()
    qrcode.make(number, image_factory=SvgPathImage, error_correction=ERROR_CORRECT_M).save(out)
    return out.getvalue()


def codes_of(number: str) -> Codes:
    """Return a number as QR code for phones, and as Code 128 for the hand scanners of warehouses."""
    return Codes(Square(squares_of(number), number), bars_of(number), number)


def _address(place: ReturnPlace) -> list[str]:
    """Return an address as its own country writes it, and the country's name for the customer."""
    return [*place.lines[:-1], market_name(place.country)]


def slip_pdf(made: Return) -> bytes:
    """Return the slip of a return (with its parts); raises NoFont where this machine lacks a script's font."""
    language = made.order.language or "en"
    with translation.override(language):
        said = [Paragraph(_("Put this page into the parcel."), language)]
        if made.place:
            said.append(Paragraph(_("It goes to this address:"), language, "small"))
            said += [Paragraph(line, kind="text") for line in _address(made.place)]
        said += [
            Paragraph(_("%(count)s × %(title)s") % {"count": row.quantity, "title": row.line.title}, language)
            for row in made.lines.all()
        ]
        said.append(
            Paragraph(_("Order %(number)s") % {"number": made.order.number}, language, "small")
            if not made.gift
            else Paragraph(_("Gift"), language, "small")
        )
        title = _("Return %(number)s") % {"number": made.number}
        brand = Paragraph(made.brand.name, language, "small")
        return pdf_of(title, [brand, *said, codes_of(made.number)], language=language)


@dataclass(frozen=True)
class Printed:
    """A file to print; `ending` is of its name."""

    content: bytes
    media_type: str
    ending: str


def to_print(made: Return) -> Printed:
    """Return what a customer prints: the newest label of a carrier that was added, else our own slip. Raises NoFont."""
    labels = [one for one in made.files.all() if one.kind == FileKind.LABEL]
    if not labels:
        return Printed(slip_pdf(made), "application/pdf", "pdf")
    newest = max(labels, key=lambda one: one.pk)
    with open_file(newest.file_key) as file:
        return Printed(file.read(), newest.media_type, newest.media_type.rpartition("/")[2])
