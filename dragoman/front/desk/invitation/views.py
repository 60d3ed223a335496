"""The page behind an invitation's link."""

from allauth.account.utils import perform_login
from allauth.core.ratelimit import consume, respond_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import accept_invitation
from dragoman.core.accounts.models import Invitation, User
from dragoman.core.accounts.queries import find_invitation
from dragoman.kit.errors import Refusal

from .forms import KnownForm, NewcomerForm


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered, and take the seat; a second step is asked for where the log-in has one."""
    offer = find_invitation(token)
    if offer is None or offer.expires_at < timezone.now():
        return render(request, "account/invitation_gone.html", status=410)
    known = User.objects.filter(email=offer.email).first()
    kind = KnownForm if known is not None and known.has_usable_password() else NewcomerForm
    form = kind(request.POST or None)
    form.address = offer.email
    if request.method == "GET" or not form.is_valid():
        return _page(request, offer, form, status=200 if request.method == "GET" else 422)
    # whoever holds a link could otherwise guess the password of a log-in
    if not consume(request, action="login_failed", key=offer.email):
        return respond_429(request)
    try:
        seat = accept_invitation(token, ui_language=get_language() or "", **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("password", str(refusal))
        return _page(request, offer, form, status=refusal.status)
    messages.success(request, _("Welcome. Say which languages you speak, and where your clock stands."))
    answer: HttpResponse = perform_login(request, seat.user, redirect_url="/settings/profile")
    if request.user == seat.user:
        request.session["agent"] = seat.pk
    return answer


def _page(request: HttpRequest, offer: Invitation, form: NewcomerForm, *, status: int) -> HttpResponse:
    another = request.user if request.user.is_authenticated and request.user.email != offer.email else None
    facts = {
        "offer": offer,
        "form": form,
        "is_known": isinstance(form, KnownForm),
        "another": another,
        "role": offer.get_role_display(),
        "workspace": offer.workspace.name,
        "language_hint": _("You can change the language of the screens in your profile."),
    }
    return render(request, "account/invitation.html", facts, status=status)
