"""Bringing in mail kept elsewhere: choose files, watch them come in, see what became of them."""

from io import BytesIO

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.commerce.queries import order_imports_of
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import connections_of
from dragoman.core.conversations.actions.imports import add_piece, begin_import, find_import, start_import
from dragoman.core.conversations.import_models import MailImport
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import OrderFileForm

SHOWN = 20
OLD, NEW = "old", "new"


class ImportForm(forms.Form):
    """Whose mails they are."""

    mailbox = forms.ModelChoiceField(
        label=_("Mailbox that took these mails"), queryset=Connection.objects.none(), empty_label=None
    )
    dates = forms.ChoiceField(
        label=_("What are they?"),
        choices=[
            (OLD, _("Old mail: keep the dates, resolved and read")),
            (NEW, _("As if they had just come in: open and unread")),
        ],
        widget=forms.RadioSelect,
        initial=OLD,
        required=False,
    )

    def __init__(self, request: AgentRequest, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        boxes = self.fields["mailbox"]
        boxes.queryset = connections_of(request.agent.workspace_id)  # type: ignore[attr-defined]
        boxes.label_from_instance = lambda box: box.address  # type: ignore[attr-defined]


def _begun(request: AgentRequest, form: ImportForm, name: str) -> MailImport:
    wanted = form.cleaned_data
    return begin_import(request.agent, wanted["mailbox"], name=name, as_new=wanted["dates"] == NEW)


def page(
    request: AgentRequest,
    form: ImportForm,
    status: int = 200,
    *,
    order_form: OrderFileForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """Show both kinds of import; `problem` says why the file of orders was refused."""
    found = MailImport.objects.filter(workspace_id=request.agent.workspace_id).select_related(
        "mailbox", "agent"
    )
    return show(
        request,
        "imports.html",
        place="import",
        status=status,
        form=form,
        has_mailbox=connections_of(request.agent.workspace_id).exists(),
        imports=found.order_by("-pk")[:SHOWN],
        order_form=order_form or OrderFileForm(request),
        problem=problem,
        order_imports=order_imports_of(request.agent.workspace_id)[:SHOWN],
    )


@require_http_methods(["GET", "POST"])
@leads_only
def imports(request: AgentRequest) -> HttpResponse:
    """List imports; take files of a form sent without a script at once."""
    if request.method == "GET":
        return page(request, ImportForm(request))
    form = ImportForm(request, request.POST)
    files = request.FILES.getlist("files")
    if not form.is_valid() or not files:
        if form.is_valid():
            form.add_error(None, _now("Choose a file with mails first."))
        return page(request, form, status=422)
    found = _begun(request, form, str(files[0].name))
    try:
        for number, file in enumerate(files):
            # an empty one is kept too, so that it is named
            for block in file.chunks(8 * 1024 * 1024) if file.size else (b"",):
                found.refresh_from_db()
                add_piece(found, BytesIO(block), number=number, at=found.size, name=str(file.name))
        start_import(found)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return page(request, form, status=refusal.status)
    messages.success(
        request, _now("The mails come in now. You may go on working; this page shows how far it is.")
    )
    return redirect("settings_imports")


@require_POST
@leads_only
def begin(request: AgentRequest) -> HttpResponse:
    """Make room for files that a script sends in pieces."""
    form = ImportForm(request, request.POST)
    if not form.is_valid():
        return JsonResponse({"title": _now("Choose a mailbox first.")}, status=422)
    found = _begun(request, form, request.POST.get("name", ""))
    return JsonResponse({"id": found.pk})


@require_POST
@leads_only
def piece(request: AgentRequest, import_id: int) -> HttpResponse:
    """Keep one piece, or start after the last one."""
    found = find_import(request.agent, import_id)
    try:
        if "start" in request.GET:
            start_import(found)
            messages.success(
                request, _now("The mails come in now. You may go on working; this page shows how far it is.")
            )
        else:
            place = {"number": _number(request, "file"), "at": _number(request, "at")}
            add_piece(found, request, **place, name=request.GET.get("name", ""))  # type: ignore[arg-type]
    except Refusal as refusal:
        return JsonResponse({"title": str(refusal)}, status=refusal.status)
    return JsonResponse({"ok": True})


def _number(request: AgentRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0
