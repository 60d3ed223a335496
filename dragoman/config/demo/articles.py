"""The demo's articles: Markdown files in each language, brought in as any shop would bring its own in."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.knowledge.actions.bringing import How, bring_articles
from dragoman.core.knowledge.actions.learning import PathWish, WebinarWish, save_path, save_webinar
from dragoman.core.knowledge.actions.standing import set_article
from dragoman.core.knowledge.files.opening import read_files
from dragoman.core.knowledge.models import Webinar
from dragoman.core.knowledge.queries import articles_of

# who looks after which shelf; the others have nobody yet
_OWNERS = {"delivery": "aino", "returns": "pekka", "payment": "greta", "customs": "zofia"}
_FIRST = ("delivery-times", "delivery-cost", "payment-methods", "return-an-item")
_PATH = {
    "en": "Your first order",
    "fi": "Ensimmäinen tilauksesi",
    "et": "Sinu esimene tellimus",
    "pl": "Twoje pierwsze zamówienie",
    "nl": "Je eerste bestelling",
    "th": "คำสั่งซื้อแรกของคุณ",
    "de": "Ihre erste Bestellung",
    "fr": "Votre première commande",
    "es": "Tu primer pedido",
    "ja": "はじめてのご注文",
    "ar": "طلبك الأول",
}


def pour_articles(brand: Brand, agents: Mapping[str, Agent], *, now: datetime) -> None:
    """Bring all articles in, the source's language first; give shelves their owners; something to learn together."""
    folder = files(__package__).joinpath("data", "articles")
    told = sorted(_files(folder, ""), key=lambda one: (not one[0].startswith("en/"), one[0]))
    bring_articles(brand.workspace_id, read_files(told), how=How(brand_id=brand.pk), agent=None)
    for article in articles_of(brand.workspace_id):
        owner = agents.get(_OWNERS.get(article.category.key, "")) if article.category else None
        if owner is not None:
            set_article(article, agent=None, changes={"owner_id": owner.pk})
    save_path(
        brand.workspace_id, PathWish(_PATH, _FIRST, "first-order", brand_id=brand.pk, shown=True), agent=None
    )
    starts = (now + timedelta(days=12)).replace(hour=15, minute=0, second=0, microsecond=0)
    webinar = WebinarWish(
        brand.pk, "Hanging a lamp without an electrician", "en", starts, minutes=45, time_zone="Europe/Helsinki",
        about="We hang three lamps together and answer your questions.", host="Aino",
        link="https://meet.kaisla.example/lamps", seats=100, state=Webinar.State.OPEN,
    )  # fmt: skip
    save_webinar(brand.workspace_id, webinar, agent=None)


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _files(one, f"{path}{one.name}/")
        else:
            yield f"{path}{one.name}", one.read_bytes()
