"""Orders from a file: chosen, looked at, its columns named, brought in; what was not taken is a table to keep."""

import csv
from io import StringIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.commerce.actions.imports import (
    Preview,
    change_reading,
    find_order_import,
    keep_order_file,
    look_at,
    start_order_import,
)
from dragoman.core.commerce.models import OrderImport
from dragoman.core.commerce.order_files import Options
from dragoman.core.commerce.queries import faults_of
from dragoman.core.playbooks.queries import markets_of
from dragoman.ground.markets.opening import main_zone
from dragoman.ground.markets.playbook import countries
from dragoman.kit.errors import Refusal
from dragoman.kit.tables import safe_cell

from ...request import AgentRequest
from ..exchange import taken_out
from ..places import leads_only, show
from .forms import OrderFileForm, ReadingForm
from .views import ImportForm, page

SHOWN = 20


@require_http_methods(["GET", "POST"])
@leads_only
def upload(request: AgentRequest) -> HttpResponse:
    """Keep a file and show what is in it; who comes back to a refused one finds the form."""
    if request.method == "GET":
        return redirect("settings_imports")
    form = OrderFileForm(request, request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, form, _("Choose a file with orders first."))
    told, agent = form.cleaned_data, request.agent
    try:
        found = keep_order_file(
            told["brand"], told["file"], name=str(told["file"].name), agent=agent, zone=agent.time_zone
        )
    except Refusal as refusal:
        return _refused(request, form, str(refusal))
    return redirect("settings_order_file", found.pk)


def _refused(request: AgentRequest, form: OrderFileForm, why: str) -> HttpResponse:
    return page(request, ImportForm(request), 422, order_form=form, problem=why)


@require_http_methods(["GET", "POST"])
@leads_only
def look(request: AgentRequest, import_id: int) -> HttpResponse:
    """Show a file's first orders, read it otherwise, and bring it in."""
    found = find_order_import(request.agent, import_id)
    if found.state != OrderImport.State.WAITING:
        return _page(request, found, Preview())
    preview, problem = _seen(found)
    near = _zones_near(found)
    form = ReadingForm(Options(**found.options), preview.names, request.POST or None, near=near)
    if request.method == "POST":
        if not _is_read(found, form):
            return _page(request, found, preview, form=form, status=422)
        preview, problem = _seen(found)
        if "start" in request.POST and not problem and not preview.missing and not preview.open:
            start_order_import(found)
            messages.success(request, _("The orders come in now. You may go on working."))
            return redirect("settings_order_file", found.pk)
        form = ReadingForm(Options(**found.options), preview.names, near=near)
    return _page(request, found, preview, form=form, problem=problem)


def _zones_near(found: OrderImport) -> list[str]:
    """Return the clocks most customers of the brand's markets live by."""
    chosen = markets_of(found.workspace_id, found.brand_id)
    return [main_zone(one.country) for one in chosen if one.country in countries()]


def _is_read(found: OrderImport, form: ReadingForm) -> bool:
    """Store how a file is read; of JSON there is nothing to say."""
    if form.kind != "csv":
        return True
    if not form.is_valid():
        return False
    options = form.options()
    try:
        change_reading(found, options)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _seen(found: OrderImport) -> tuple[Preview, str]:
    try:
        return look_at(found), ""
    except Refusal as refusal:
        return Preview(), str(refusal)


def _page(
    request: AgentRequest,
    found: OrderImport,
    preview: Preview,
    *,
    form: ReadingForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    is_waiting = found.state == OrderImport.State.WAITING
    return show(
        request,
        "order_file.html",
        place="import",
        up="/settings/import",
        status=status,
        found=found,
        form=form,
        preview=preview,
        problem=problem,
        is_ready=not (problem or preview.missing or preview.open) and bool(preview.orders),
        is_table=found.options.get("kind") == "csv",
        faults=[] if is_waiting else faults_of(found)[:SHOWN],
    )


@require_GET
@leads_only
def faults(request: AgentRequest, import_id: int) -> HttpResponse:
    """Hand out all that was not taken, with the rows of the file."""
    found = find_order_import(request.agent, import_id)
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([_("Row"), _("Number"), _("Why")])
    for one in faults_of(found).iterator():
        writer.writerow([one.row, safe_cell(one.number), safe_cell(one.why)])
    return taken_out(
        "\ufeff" + file.getvalue(), content_type="text/csv", name=f"orders-{found.pk}-faults.csv"
    )
