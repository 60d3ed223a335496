"""First steps of an empty workspace: brand, mailbox, chat, people, and a message to try it all."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.html import escape
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.actions import change_brand, change_workspace, invite
from dragoman.core.accounts.models import Agent, Brand, Role, Workspace
from dragoman.core.accounts.queries import agents_of, get_brand, invitations_of
from dragoman.core.connections.queries import connections_of
from dragoman.core.conversations.actions.receive import Incoming, receive_message
from dragoman.core.conversations.models import Message
from dragoman.core.language import phrasebook
from dragoman.kit.errors import OutsideError, Refusal
from dragoman.kit.tags import same

from ..frame import frame
from ..request import AgentRequest
from ..settings.agents.mails import link_of, may_see_link, send_invitation
from ..settings.languages import language_choices
from ..settings.mailboxes.wizard import AddressForm
from ..settings.places import leads_only, owners_only

_languages = lazy(language_choices, list)
# in which languages a customer of the test may write, the first that is not the team's
TRIED = ("th", "fi")


class BrandForm(forms.Form):
    """What customers see, and what the team reads."""

    name = forms.CharField(
        label=_("Name of your shop"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    team = forms.ChoiceField(
        label=_("Your team reads and writes"),
        choices=_languages,
        help_text=_("Customers' messages are translated into it."),
    )
    language = forms.ChoiceField(
        label=_("The shop's own language"),
        choices=_languages,
        help_text=_("Used where a customer's language is not known yet."),
    )
    colour = forms.RegexField(
        label=_("Colour of the chat"),
        regex=r"^#[0-9a-fA-F]{6}\Z",
        widget=forms.TextInput(attrs={"type": "color"}),
    )


class PeopleForm(forms.Form):
    """Who works here too: one address to the line."""

    people = forms.CharField(
        label=_("Mail addresses of your colleagues"),
        required=False,
        max_length=4000,
        help_text=_("One to the line. Each gets a link that holds for seven days, and a seat as an agent."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr", "spellcheck": "false"}),
    )


@dataclass(frozen=True)
class Step:
    """One step; `is_done` asks what there is."""

    name: str
    label: Promise
    is_done: Callable[[Workspace, Brand], bool]


def _has_people(workspace: Workspace, _brand: Brand) -> bool:
    return agents_of(workspace.pk).count() > 1 or invitations_of(workspace.pk).exists()


def _has_chat(workspace: Workspace, brand: Brand) -> bool:
    chat = Message.objects.filter(workspace_id=workspace.pk, source__startswith=f"chat:{brand.pk}:")
    return chat.exists()


STEPS = (
    Step("brand", _("Brand"), lambda _workspace, brand: brand.name != brand.slug),
    Step("mailbox", _("Mailbox"), lambda workspace, _brand: connections_of(workspace.pk).exists()),
    Step("chat", _("Chat"), _has_chat),
    Step("team", _("Team"), _has_people),
)
_NAMES = [step.name for step in STEPS]


def _facts(request: AgentRequest) -> tuple[Workspace, Brand]:
    workspace_id = request.agent.workspace_id
    return Workspace.objects.get(pk=workspace_id), get_brand(workspace_id)


def _page(request: AgentRequest, name: str, *, status: int = 200, **matter: object) -> HttpResponse:
    workspace, brand = _facts(request)
    # the settings lead back here until the last step
    request.session["welcoming"] = name if name != "done" else ""
    here = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
    context = {
        "step": name,
        "steps": [(step, step.is_done(workspace, brand)) for step in STEPS],
        "brand": brand,
        "number": _NAMES.index(name) + 1 if name in _NAMES else len(_NAMES) + 1,
        "after": _after(name),
        "snippet": f'<script src="{escape(here)}/widget.js" data-brand="{escape(brand.slug)}" async></script>',
        "title": _now("First steps"),
        **matter,
    }
    return render(request, "desk/welcome.html", frame(request, section="settings", **context), status=status)


def _after(name: str) -> str:
    place = _NAMES.index(name) + 1 if name in _NAMES else len(_NAMES)
    return f"/welcome/{_NAMES[place]}" if place < len(_NAMES) else "/welcome/done"


@require_GET
@leads_only
def welcome(request: AgentRequest) -> HttpResponse:
    """Go on where somebody was, at the first step from there that is not done: a skipped one is not asked again."""
    workspace, brand = _facts(request)
    was = request.session.get("welcoming", "")
    ahead = STEPS[_NAMES.index(was) if was in _NAMES else 0 :]
    first = next((step.name for step in ahead if not step.is_done(workspace, brand)), "done")
    return redirect(f"/welcome/{first}")


@require_http_methods(["GET", "POST"])
@leads_only
def brand(request: AgentRequest) -> HttpResponse:
    """Name the shop and say who reads what."""
    workspace, known = _facts(request)
    first = {
        "name": "" if known.name == known.slug else known.name,
        "team": workspace.language,
        "language": known.language,
        "colour": known.colour,
    }
    form = BrandForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        change_brand(known, changes={name: facts[name] for name in ("name", "language", "colour")})
        changes = {"language": facts["team"]}
        if workspace.name == workspace.slug:
            changes["name"] = facts["name"]
        change_workspace(workspace, changes=changes)
        return redirect(_after("brand"))
    return _page(request, "brand", status=422 if request.method == "POST" else 200, form=form)


@require_GET
@leads_only
def mailbox(request: AgentRequest) -> HttpResponse:
    """Lead into the connecting of a mailbox."""
    boxes = list(connections_of(request.agent.workspace_id))
    return _page(request, "mailbox", form=AddressForm(request), boxes=boxes)


@require_GET
@leads_only
def chat(request: AgentRequest) -> HttpResponse:
    """Show the line for the shop's pages, and a page to try it."""
    return _page(request, "chat")


@require_http_methods(["GET", "POST"])
@owners_only
def team(request: AgentRequest) -> HttpResponse:
    """Invite colleagues."""
    form = PeopleForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, "team", form=form, status=422 if request.method == "POST" else 200)
    wrong: dict[str, Refusal] = {}
    lines = list(dict.fromkeys(form.cleaned_data["people"].split()))
    for line in lines:
        try:
            _invite(request, line.strip(",;<>"))
        except Refusal as refusal:
            wrong[line] = refusal
    if not wrong:
        return redirect("/welcome/done")
    # who was invited is told above the form; what is left to mend stays in it
    left = PeopleForm({"people": "\n".join(wrong)})
    for line, why in wrong.items():
        left.add_error("people", f"{line}: {why}")
    return _page(request, "team", form=left, partly=len(wrong) < len(lines), status=422)


def _invite(request: AgentRequest, address: str) -> None:
    """Offer a seat and mail the link; where no mail goes out the link is shown, if that is safe."""
    link = link_of(request, invite(request.agent, email=address, role=Role.AGENT))
    try:
        is_sent = send_invitation(request.agent, address=address, link=link)
    except OutsideError:
        is_sent = False
    if is_sent:
        messages.success(request, _now("%(address)s was invited.") % {"address": address})
    elif may_see_link(address):
        messages.warning(
            request,
            _now("No mail could be sent. Give %(address)s this link: %(link)s")
            % {"address": address, "link": link},
        )


@require_GET
@leads_only
def done(request: AgentRequest) -> HttpResponse:
    """Say what there is now, and offer a message to try it."""
    _finish(request.agent)
    return _page(request, "done")


@require_POST
@leads_only
def leave(request: AgentRequest) -> HttpResponse:
    """Put the first steps aside; they stand in the settings."""
    _finish(request.agent)
    request.session.pop("welcoming", None)
    return redirect("inbox")


def _finish(agent: Agent) -> None:
    workspace = Workspace.objects.get(pk=agent.workspace_id)
    if workspace.welcomed_at is None:
        change_workspace(workspace, changes={"welcomed_at": timezone.now()})


@require_POST
@leads_only
def try_message(request: AgentRequest) -> HttpResponse:
    """Let a customer of ours write in another language, and open the conversation."""
    workspace, brand = _facts(request)
    language = next(tag for tag in TRIED if not same(tag, workspace.language))
    received = receive_message(
        Incoming(
            channel="api",
            source="welcome",
            external_id=f"welcome-{timezone.now():%Y%m%d%H%M%S}",
            brand_id=brand.pk,
            kind="handle",
            identity="first-steps",
            name="Somchai" if language == "th" else "Aada",
            text=phrasebook.render("where_is_my_order", language, {}),
            language=language,
            market="TH" if language == "th" else "FI",
            raw=b"{}",
        )
    )
    # beside the list that has it: nobody is assigned yet
    return redirect(reverse("conversation", args=[received.conversation_id]) + "?view=open")
