"""The workspace and its brands."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.actions import change_brand, change_workspace, create_brand
from dragoman.core.accounts.models import Brand, Workspace
from dragoman.core.accounts.queries import brands_of
from dragoman.core.conversations.outbound import machine_note, original_label
from dragoman.core.language.detect import detect
from dragoman.kit.errors import NotFound, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import BrandForm, NewBrandForm, WorkspaceForm


@require_http_methods(["GET", "POST"])
@leads_only
def workspace(request: AgentRequest) -> HttpResponse:
    """Show and store the workspace's settings."""
    known = Workspace.objects.get(pk=request.agent.workspace_id)
    initial = {name: getattr(known, name) for name in WorkspaceForm.base_fields if name != "try_text"}
    form = WorkspaceForm(request.POST or None, initial=initial)
    status, tried = 200, None
    if request.method == "POST":
        status = 200 if form.is_valid() else 422
        facts = dict(form.cleaned_data)
        text = facts.pop("try_text", "")
        if status == 200 and "try" not in request.POST:
            change_workspace(known, changes=facts)
            messages.success(request, _("The workspace is saved."))
            return redirect("settings_workspace")
        tried = detect(text, facts["languages"]) if status == 200 else None
    return show(
        request, "workspace.html", place="workspace", status=status, form=form, known=known, tried=tried
    )


def get_brand_of(request: AgentRequest, brand_id: int) -> Brand:
    """Return a brand of the agent's workspace; raises NotFound."""
    found = brands_of(request.agent.workspace_id).filter(pk=brand_id).first()
    if found is None:
        raise NotFound(_("There is no such brand."))
    return found


@require_GET
@leads_only
def brands(request: AgentRequest) -> HttpResponse:
    """List all brands."""
    return show(request, "brands.html", place="brands", brands=brands_of(request.agent.workspace_id))


@require_http_methods(["GET", "POST"])
@leads_only
def new_brand(request: AgentRequest) -> HttpResponse:
    """Make a brand."""
    form = NewBrandForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = create_brand(request.agent.workspace_id, **form.cleaned_data)
            except Refusal as refusal:
                form.add_error("slug", str(refusal))
            else:
                messages.success(request, _("The brand is made."))
                return redirect("settings_brand", made.pk)
    return show(request, "brand_new.html", place="brands", status=status, form=form, up="/settings/brands")


@require_http_methods(["GET", "POST"])
@leads_only
def brand(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store what customers see of a brand."""
    known = get_brand_of(request, brand_id)
    if request.method == "GET":
        return _brand_page(request, known)
    form = BrandForm(request.POST)
    if not form.is_valid():
        return _brand_page(request, known, form=form, status=422)
    change_brand(known, changes=form.cleaned_data)
    messages.success(request, _("The brand is saved."))
    return redirect("settings_brand", known.pk)


def _brand_page(
    request: AgentRequest, known: Brand, *, form: BrandForm | None = None, status: int = 200, secret: str = ""
) -> HttpResponse:
    initial = {name: getattr(known, name) for name in BrandForm.base_fields}
    return show(
        request,
        "brand.html",
        place="brands",
        status=status,
        up="/settings/brands",
        known=known,
        form=form or BrandForm(initial=initial),
        snippet=_snippet(request, known),
        help_address=request.build_absolute_uri(reverse("help_start", args=[known.slug])),
        secret=secret,
        note=machine_note(known, known.language),
        original_label=original_label(known, known.language),
        reader_language=request.agent.workspace.language,
    )


def _snippet(request: HttpRequest, known: Brand) -> str:
    here = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
    # text to copy, so it must stay a plain string: the template escapes it
    return f'<script src="{escape(here)}/widget.js" data-brand="{escape(known.slug)}" async></script>'


@require_POST
@leads_only
def show_secret(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show the secret that a shop signs its customers' identities with."""
    known = get_brand_of(request, brand_id)
    return _brand_page(request, known, secret=known.identity_secret)


@require_POST
@leads_only
def renew_secret(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Make a new secret; what was signed with the old one is no longer believed."""
    known = get_brand_of(request, brand_id)
    change_brand(known, changes={"identity_secret": secrets.token_hex(24)})
    messages.warning(request, _("The secret is new. Put it into your shop now: the old one no longer works."))
    return _brand_page(request, known, secret=known.identity_secret)


@require_GET
@leads_only
def try_chat(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show the chat as customers get it, on a page of our own."""
    return render(request, "desk/settings/brand_try.html", {"known": get_brand_of(request, brand_id)})
