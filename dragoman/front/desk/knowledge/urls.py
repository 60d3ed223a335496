"""Addresses of the knowledge base in the console."""

from django.urls import URLPattern
from django.urls import path as bare_path

from ..request import View, agents_only
from . import around, exchange, learning, shelves, views, writing


def path(route: str, view: View, name: str | None = None) -> URLPattern:
    """Lead to a view for agents."""
    return bare_path(route, agents_only(view), name=name)


_ONE = "articles/<str:key>"

urlpatterns = [
    path("", views.articles, name="knowledge"),
    path("/new", views.new, name="knowledge_new"),
    path("/categories", shelves.categories, name="knowledge_categories"),
    path("/categories/new", shelves.category, name="knowledge_category_new"),
    path("/categories/<str:key>", shelves.category, name="knowledge_category"),
    path("/synonyms", shelves.synonyms, name="knowledge_synonyms"),
    path("/import", exchange.bring_in, name="knowledge_import"),
    path("/export.zip", exchange.take_out, name="knowledge_export"),
    path("/learning", learning.learning, name="knowledge_learning"),
    path("/learning/webinars/new", learning.webinar, name="knowledge_webinar_new"),
    path("/learning/webinars/<int:webinar_id>", learning.webinar, name="knowledge_webinar"),
    path("/learning/paths/new", learning.path, name="knowledge_path_new"),
    path("/learning/paths/<str:key>", learning.path, name="knowledge_path"),
    path(f"/{_ONE}", writing.article, name="knowledge_article"),
    path(f"/{_ONE}/preview", writing.preview, name="knowledge_preview"),
    path(f"/{_ONE}/step", writing.step, name="knowledge_step"),
    path(f"/{_ONE}/versions", writing.versions, name="knowledge_versions"),
    path(f"/{_ONE}/about", around.about, name="knowledge_about"),
    path(f"/{_ONE}/questions", around.questions, name="knowledge_questions"),
    path(f"/{_ONE}/files", around.files, name="knowledge_files"),
    path(f"/{_ONE}/remove", around.remove, name="knowledge_remove"),
]
