"""The withdrawal function: a form that needs no log-in, a second button that confirms, a receipt with the moment.

Directive 2011/83/EU Art. 11a (put in by Directive (EU) 2023/2673); Argentina's Disposición 954/2025 asks for much the
same with a code. No cookie is read and none needed: what is declared is the declarant's own word, and never refused.
"""

import secrets
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dragoman.front.portal.chat.limits import TooFast, count
from dragoman.front.portal.chat.post import can_mail
from dragoman.front.portal.languages import portal_language
from dragoman.kit import tags
from dragoman.kit.errors import NotFound
from dragoman.service.returns.actions.withdrawals import Statement, checked, declare_withdrawal
from dragoman.service.returns.errors import BadStatement
from dragoman.service.returns.models import Form, Withdrawal

from .door import (
    DECLARED_PER_ADDRESS,
    DECLARED_PER_MAILBOX,
    Visit,
    at_portal,
    page,
    passed,
    read_link,
    sign_link,
)
from .law_words import ARGENTINE_LAW, ARREPENTIMIENTO, EUROPEAN_LAW, confirm_words, withdraw_words
from .receipts import receipt_text, received_at
from .words import LACKS


# no cookie is read, so another site's form can only declare what anybody may
@csrf_exempt
@require_http_methods(["GET", "POST"])
@at_portal
def withdraw(visit: Visit) -> HttpResponse:
    """Ask who withdraws from what; show it; keep it when it is confirmed."""
    if visit.request.method == "GET":
        return _form(visit, _begun(visit))
    said = _said(visit)
    if visit.posted("step", 10) == "change":
        return _form(visit, said)
    try:
        said = checked(said)
        if visit.posted("step", 10) != "confirm":
            return page(
                visit, "withdraw_review.html", said=said, confirm_words=confirm_words(), **_facts(visit)
            )
        count((DECLARED_PER_ADDRESS, visit.address), (DECLARED_PER_MAILBOX, f"{visit.brand.pk}:{said.email}"))
    except BadStatement as bad:
        return _form(visit, said, problems={one: LACKS[one] for one in bad.fields}, status=bad.status)
    except TooFast as fast:
        return _form(visit, said, problem=str(fast), status=fast.status)
    with translation.override(portal_language(visit.brand.workspace.language)):
        reading = _content(visit, said)
    whole = replace(said, content=_content(visit, said), reading=reading)
    made = declare_withdrawal(visit.brand, said=whole)
    return redirect(visit.to("receipt", sign_link(visit.brand, "receipt", made.pk)))


@require_http_methods(["GET"])
@at_portal
def receipt(visit: Visit, token: str) -> HttpResponse:
    """Show the receipt, to be printed or kept."""
    made = _declared(visit, token)
    return page(
        visit,
        "withdrawn.html",
        made=made,
        token=token,
        when=received_at(made),
        can_mail=can_mail(visit.brand),
        **_facts(visit),
    )


@require_http_methods(["GET"])
@at_portal
def download(visit: Visit, token: str) -> HttpResponse:
    """Hand the receipt out as a file."""
    made = _declared(visit, token)
    answer = HttpResponse(receipt_text(made), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="withdrawal-{made.code}.txt"'
    answer["Cache-Control"] = "no-store"
    return answer


def _declared(visit: Visit, token: str) -> Withdrawal:
    here = Withdrawal.objects.filter(workspace_id=visit.brand.workspace_id, brand_id=visit.brand.pk)
    row_id = read_link(visit.brand, "receipt", token)
    made = here.select_related("order", "made", "brand").filter(pk=row_id).first()
    if made is None:
        raise NotFound
    return made


def _begun(visit: Visit) -> Statement:
    """Return the form as it begins: what is known of whoever reached an order is not asked again."""
    order = passed(visit)
    number = order.number if order else visit.request.GET.get("order", "")[:200]
    return Statement(
        key=secrets.token_urlsafe(24),
        name=order.name if order else "",
        email=order.email if order else "",
        order_number=number,
        content="",
        subject="",
    )


def _said(visit: Visit) -> Statement:
    part = visit.posted("part", 4000) if visit.posted("whole", 10) == "part" else ""
    number = visit.posted("order_number", 200)
    return Statement(
        key=visit.posted("key", 64) or secrets.token_urlsafe(24),
        name=visit.posted("name", 200),
        email=visit.posted("email", 254),
        order_number=number,
        part=part,
        content="",
        subject=_("Withdrawal from the contract: %(number)s") % {"number": number},
        language=tags.normalise(get_language() or "en"),
        country=visit.country,
        form=Form.AR if visit.country == "AR" else Form.EU,
    )


def _content(visit: Visit, said: Statement) -> str:
    """Return the declaration in the customer's own language, as it stands in the receipt."""
    first = (
        _("I withdraw from my contract with %(brand)s, from the part of it that is named below.")
        if said.part
        else _("I withdraw from my contract with %(brand)s.")
    )
    lines = [
        first % {"brand": visit.brand.name},
        _("Name: %(name)s") % {"name": said.name},
        _("Order: %(number)s") % {"number": said.order_number},
        _("E-mail: %(email)s") % {"email": said.email},
    ]
    if said.part:
        lines.append(_("Part of it: %(part)s") % {"part": said.part})
    return "\n".join(lines)


def _form(
    visit: Visit,
    said: Statement,
    *,
    problem: str = "",
    problems: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    return page(
        visit,
        "withdraw.html",
        status=status,
        said=said,
        problem=problem,
        problems=problems or {},
        **_facts(visit),
    )


def _facts(visit: Visit) -> dict[str, Any]:
    is_argentine = visit.country == "AR"
    return {
        "is_argentine": is_argentine,
        "heading": ARREPENTIMIENTO if is_argentine else withdraw_words(),
        "law": ARGENTINE_LAW if is_argentine else EUROPEAN_LAW,
    }
