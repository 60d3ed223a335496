"""Rendering that costs less: includes written in one piece, texts looked up once, one CSRF token a page.

A thread page yields three thousand pieces; through ten includes nested in each other each piece was handed on by ten
generators. And each text went through five calls before it was found in its catalogue.
"""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.html import format_html
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup


class _WholeIncludes(CodeGenerator):
    """Writes each include, and each block, as one piece."""

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        self._in_one_piece(node, frame, super().visit_Include)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        # a block that overrides a parent's is written where the parent calls it
        if frame.toplevel and self.has_known_extends:
            super().visit_Block(node, frame)
        else:
            self._in_one_piece(node, frame, super().visit_Block)

    def _in_one_piece(self, node: nodes.Node, frame: Frame, write: Any) -> None:
        if frame.buffer is not None:
            write(node, frame)
            return
        # `toplevel` stays: an include still sees what the template set
        inner = frame.copy()
        self.buffer(inner)
        write(node, inner)
        self.simple_write(f"concat({inner.buffer})", frame, node)


class QuickEnvironment(Environment):
    """An environment whose templates hand on few and large pieces."""

    code_generator_class = _WholeIncludes


@lru_cache(maxsize=20_000)
def _text(_language: str | None, message: str) -> Markup:
    return Markup(translation.gettext(message))  # noqa: S704 (our own catalogues)


@lru_cache(maxsize=20_000)
def _plain(language: str | None, message: str) -> Markup:
    # always a format string, with or without values: %% stands for one
    return _text(language, message) % {}


def gettext(message: str, /, **values: Any) -> Markup:
    """Say a text in the active language; values are escaped."""
    language = translation.get_language()
    return _text(language, message) % values if values else _plain(language, message)


@lru_cache(maxsize=2_000)
def _text_in(_language: str | None, context: str, message: str) -> Markup:
    return Markup(translation.pgettext(context, message))  # noqa: S704 (our own catalogues)


def pgettext(context: str, message: str, /, **values: Any) -> Markup:
    """Say a text that means one thing in this context and another elsewhere."""
    return _text_in(translation.get_language(), context, message) % {"context": context, **values}


class _CsrfField:
    """The hidden field of a form, made once a page and only when a form asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._field = request, ""

    def __html__(self) -> str:
        self._field = self._field or format_html(
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(self._request)
        )
        return self._field

    __str__ = __html__


def csrf_once(request: HttpRequest) -> dict[str, object]:
    """Give templates the CSRF field; Django's own makes a new mask for each of a page's forms."""
    return {"csrf_input": _CsrfField(request)}
