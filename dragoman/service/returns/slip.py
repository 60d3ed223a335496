"""What goes into the parcel: our own return slip as PDF with its number as QR code and bars, in the customer's language."""

import io

import qrcode
from django.utils import translation
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

from dragoman.ground.design.code128 import bars_of
from dragoman.ground.design.paper import Codes, Paragraph, Square, pdf_of

from .models import Return


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


def slip_pdf(made: Return) -> bytes:
    """Return the slip of a return (with its parts); raises NoFont where this machine lacks a script's font."""
    language = made.order.language or "en"
    with translation.override(language):
        said = [Paragraph(_("Put this page into the parcel."), language)]
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
