"""Rendering that costs less says the same as Jinja's and Django's own."""

import re

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from jinja2 import DictLoader, Environment

from dragoman.ground.design import quick

_SOURCES = {
    "page": "{% extends 'frame' %}{% set t = 3 %}{% block x %}{% include 'part' %}{% for i in y %}{% include 'part' %}"
    "{% endfor %}{% set q %}{% include 'part' %}{% endset %}[{{ q }}]{% include ['no', 'part'] ignore missing %}"
    "{% include 'no' ignore missing %}{% include 'part' without context %}{{ super() }}{{ t }}"
    "{% block deep %}d{% endblock %}{% endblock %}",
    "frame": "<{% set k = 9 %}{% block x %}base {{ k }}{% endblock %}{% include 'part' %}>{{ self.x() }}",
    "part": "hi {{ z }} {{ i }}{% block inner %}inner{% endblock %}{% import 'macros' as m %}{{ m.f(2) }}",
    "macros": "{% macro f(n) %}({{ n }}{% if n %}{{ f(n - 1) }}{% endif %}){% endmacro %}",
    "perhaps": "{% if p %}{% extends 'frame' %}{% endif %}{% block x %}alone{% endblock %}",
}


@pytest.mark.parametrize("name", ["page", "part", "perhaps"])
@pytest.mark.parametrize("inherits", [True, False])
def test_whole_includes_write_what_jinjas_own_write(name: str, inherits: bool):
    written = [
        kind(loader=DictLoader(_SOURCES), autoescape=True)
        .get_template(name)
        .render(y=[1, 2], z="<z>", p=inherits)
        for kind in (Environment, quick.QuickEnvironment)
    ]
    assert written[0] == written[1] != ""


def test_texts_follow_the_active_language_and_escape_their_values():
    page = engines["jinja2"].env.from_string(
        "{{ _('Inbox') }}|{{ _('Not translated: %(language)s.', language=x) }}"
        "|{% trans n=2 %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}|{{ _('100 %%') }}"
    )
    with translation.override("en"):
        english = page.render(x="<b>")
        assert english == "Inbox|Not translated: &lt;b&gt;.|2 days|100 %"
    with translation.override("fi"):
        assert page.render(x="<b>").partition("|")[0] == translation.gettext("Inbox") != "Inbox"
    with translation.override("en"):
        assert page.render(x="<b>") == english


def test_all_forms_of_a_page_have_one_token_and_pages_without_a_form_none():
    request = RequestFactory().get("/")
    twice = "{{ csrf_input }}{{ csrf_input }}"
    fields = quick.csrf_once(request)
    written = quick.QuickEnvironment(autoescape=True).from_string(twice).render(fields)
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', written)
    assert len(tokens) == 2 and len(set(tokens)) == 1
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"]
    other = RequestFactory().get("/")
    quick.csrf_once(other)
    render_to_string("design/refusal.html", {"title": "t", "message": "m", "status": 404}, request=other)
    assert "CSRF_COOKIE" not in other.META
