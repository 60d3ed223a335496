"""The page on which an agent chooses what they are told and how."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.notifications.actions import Choice, choose
from dragoman.core.notifications.kinds import CHANNELS, KINDS
from dragoman.core.notifications.outgoing import trial_letter
from dragoman.core.notifications.push import application_server_key
from dragoman.core.notifications.queries import channels_of, preference_of, subscriptions_of
from dragoman.kit.errors import OutsideError, Refusal

from ...request import AgentRequest
from ..places import show
from .forms import NotificationsForm


def _states() -> dict[str, str]:
    return {
        "insecure": _("Pushes need https (or localhost). Ask whoever runs this installation to set it up."),
        "unsupported": _(
            "This browser cannot take pushes. On an iPhone, add Dragoman to the home screen first."
        ),
        "denied": _(
            "You have forbidden notifications for this site; allow them in the browser's site settings."
        ),
        "on": _("This device takes pushes."),
        "off": _("This device takes no pushes."),
        "asking": _("The browser asks you now."),
        "failed": _("The browser or its push service refused. Try again later, or in another browser."),
    }


@require_http_methods(["GET", "POST"])
def notifications(request: AgentRequest) -> HttpResponse:
    """Show and store an agent's wishes."""
    preference = preference_of(request.agent)
    if request.method == "GET":
        known = {name: getattr(preference, name) for name in NotificationsForm.base_fields}
        chosen = {kind: channels_of(preference, kind) for kind in KINDS}
        return _page(request, NotificationsForm(initial=known), chosen)
    form = NotificationsForm(request.POST)
    chosen = {kind: tuple(request.POST.getlist(kind)) for kind in KINDS}
    if not form.is_valid():
        return _page(request, form, chosen, status=422)
    try:
        choose(request.agent, Choice(choices=chosen, **form.cleaned_data))
    except Refusal as refusal:
        form.add_error("quiet_to" if refusal.code == "bad_quiet" else None, str(refusal))
        return _page(request, form, chosen, status=refusal.status)
    messages.success(request, _("Your wishes are saved."))
    return redirect("settings_notifications")


@require_POST
def try_mail(request: AgentRequest) -> HttpResponse:
    """Send the agent a mail, now, whatever their hours are."""
    letter = trial_letter()
    if not settings.MAIL_URL:
        messages.error(request, _("This installation sends no mail yet: whoever runs it sets MAIL_URL."))
        return redirect("settings_notifications")
    try:
        send_mail(letter.subject, letter.text, None, [request.agent.user.email])
    except OutsideError as error:
        messages.error(request, _("The mail did not go out: %(words)s") % {"words": str(error)})
    else:
        messages.success(
            request, _("A mail is on its way to %(address)s.") % {"address": request.agent.user.email}
        )
    return redirect("settings_notifications")


def _page(
    request: AgentRequest, form: NotificationsForm, chosen: dict[str, tuple[str, ...]], status: int = 200
) -> HttpResponse:
    kinds = [{"name": name, "label": kind.label, "chosen": chosen[name]} for name, kind in KINDS.items()]
    return show(
        request,
        "notifications.html",
        place="notifications",
        status=status,
        form=form,
        kinds=kinds,
        channels=list(CHANNELS.items()),
        mails_go=bool(settings.MAIL_URL),
        has_address=bool(settings.BASE_URL),
        push_key=application_server_key(),
        states=_states(),
        devices=subscriptions_of(request.agent),
    )
