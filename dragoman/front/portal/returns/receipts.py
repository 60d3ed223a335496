"""What is mailed to customers of the portal: the code, the receipt of a withdrawal, what becomes of a return."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Brand
from dragoman.front.portal.chat.post import mail_shopper
from dragoman.front.portal.languages import portal_language
from dragoman.ground.design.functions import format_date, format_full
from dragoman.ground.markets.zones import zones_of
from dragoman.service.returns.models import EntryCode, Return, State, Withdrawal
from dragoman.service.returns.queries import place_for

from .door import sign_link
from .shown import goods_words, money_told
from .words import STATES, next_step


def received_at(made: Withdrawal) -> str:
    """Write when a declaration was received, with the zone: the order's or country's, where it has one, else UTC."""
    if made.order is not None:
        return format_full(made.declared_at, place_for(made.order).zone.key)
    zones = zones_of(made.country)
    return format_full(made.declared_at, zones[0] if len(zones) == 1 else "")


def receipt_text(made: Withdrawal) -> str:
    """Return the receipt: that it was received, when, under which code, word for word, and what follows."""
    brand = made.brand.name
    blocks = [
        _("%(brand)s has received your declaration of withdrawal.") % {"brand": brand},
        "\n".join(
            [
                _("Received: %(when)s") % {"when": received_at(made)},
                _("Code of your request: %(code)s") % {"code": made.code},
            ]
        ),
        _("This is what you declared:"),
        made.content,
    ]
    if made.made is not None:
        blocks.append(
            _("Your return has the number %(number)s. Write it on the parcel.") % {"number": made.made.number}
        )
    else:
        blocks.append(_("We look at it and write to you at this address."))
    blocks.append(_("Keep this: it shows when you declared it, and what."))
    return "\n\n".join(blocks)


def mail_receipt(made: Withdrawal) -> None:
    """Send the receipt to the address that was given; raises OutsideError."""
    with translation.override(portal_language(made.language)):
        subject = _("Received: your withdrawal %(code)s") % {"code": made.code}
        mail_shopper(
            made.brand,
            message_id=f"withdrawal.{made.pk}.{made.code}",
            to=made.email,
            subject=subject,
            text=receipt_text(made),
            language=made.language,
        )


def mail_code(row: EntryCode, code: str) -> None:
    """Send a code to the order's own address; raises OutsideError."""
    assert row.order is not None
    with translation.override(portal_language(row.language)):
        facts = {"brand": row.brand.name, "number": row.order.number, "code": code}
        lines = [
            _("Your code for the return page of %(brand)s: %(code)s") % facts,
            _("It opens your order %(number)s for 15 minutes. Type it on the page that asked for it.")
            % facts,
            _("If you did not ask for it, do nothing. Give the code to nobody, not to us either."),
        ]
        mail_shopper(
            row.brand,
            message_id=f"returns.code.{row.pk}.{timezone.now():%H%M%S%f}",
            to=row.order.email,
            subject=_("Your code for %(brand)s: %(code)s") % facts,
            text="\n\n".join(lines),
            language=row.language,
        )


def mail_return(made: Return, *, first: bool, state: str) -> None:
    """Tell the customer that a return was taken in, or where it stands; raises OutsideError."""
    brand, order = made.brand, made.order
    # a gift's giver may read another language
    language = portal_language(made.language or ("" if made.gift else order.language) or brand.language)
    with translation.override(language):
        facts = {"number": made.number, "brand": brand.name, "state": STATES[state]}
        lines = [
            _("We have taken in your return %(number)s.") % facts
            if first
            else _("Your return %(number)s: %(state)s.") % facts,
            next_step(made, state),
            "\n".join(goods_words(made)),
            *money_told(made),
        ]
        if made.refund_due_on and not made.closed_at and not made.gift:
            day = format_date(made.refund_due_on, form="long")
            lines.append(_("By law we send it by %(day)s at the latest.") % {"day": day})
        why = [one.note for one in made.events.all() if one.state == State.REJECTED and one.note]
        if state == State.REJECTED and why:
            lines.append(why[-1])
        if made.gift and state == State.CREDITED and made.reference:
            lines.append(_("The code of your store credit: %(code)s") % {"code": made.reference})
        if settings.BASE_URL:
            lines += [
                _("Where it stands, at any time:"),
                f"{settings.BASE_URL}{return_link(brand, made)}?locale={language}",
            ]
        mail_shopper(
            brand,
            message_id=f"return.{made.pk}.{'new' if first else state}",
            to=made.told_to,
            subject=_("Your return %(number)s at %(brand)s") % facts,
            text="\n\n".join(lines),
            language=language,
        )


def return_link(brand: Brand, made: Return) -> str:
    """Return the address that opens a return for whoever has the mail."""
    return reverse("returns_link", args=[brand.slug, sign_link(brand, "return", made.pk)])
