"""What a page says to search engines in schema.org's words, as JSON-LD: data, which no browser runs."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dragoman.core.knowledge.published import Listed
from dragoman.core.knowledge.queries import Read

from .door import Visit
from .json_ld import Data


def shop_data(visit: Visit) -> Data:
    """Return the site itself, with its search."""
    home = f"{visit.base}{visit.to()}"
    return {
        "@type": "WebSite",
        "name": visit.brand.name,
        "url": home,
        "inLanguage": visit.place,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{home}search?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def crumbs_data(visit: Visit, steps: Sequence[tuple[str, str]]) -> Data:
    """Return the way down to a page, from the first page of the help centre on."""
    every = [(_("Help"), visit.to()), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name or _("More"), "item": f"{visit.base}{path}"}
            for at, (name, path) in enumerate(every, 1)
        ],
    }


def questions_data(visit: Visit, articles: Sequence[Listed]) -> Data | None:
    """Return a category as questions and answers: the articles whose answer stands in a sentence."""
    said = [one for one in articles if one.summary and not one.fallback]
    if not said:
        return None
    return {
        "@type": "FAQPage",
        "inLanguage": visit.place,
        "mainEntity": [
            {
                "@type": "Question",
                "name": one.title,
                "url": f"{visit.base}{visit.to(one.article.key)}",
                "acceptedAnswer": {"@type": "Answer", "text": one.summary},
            }
            for one in said[:50]
        ],
    }


def article_data(visit: Visit, read: Read, path: str) -> Data:
    """Return an article: what it is called, its language, and when it was written."""
    wording, text = read.wording, read.text
    return {
        "@type": "Article",
        "headline": wording.title[:110],
        "description": wording.summary,
        "inLanguage": text.language,
        "url": f"{visit.base}{path}",
        "datePublished": (text.published_at or wording.written_at).isoformat(),
        "dateModified": (text.checked_at or wording.written_at).isoformat(),
        "author": {"@type": "Organization", "name": visit.brand.name},
        "publisher": {"@type": "Organization", "name": visit.brand.name},
    }
