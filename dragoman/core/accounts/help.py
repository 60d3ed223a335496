"""What a brand decided about its help centre, kept in one column of the brand and read as facts."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from dragoman.kit import workspace

from .models import Brand


@dataclass(frozen=True)
class HelpSettings:
    """Where the help centre leads, by what customers reach people, and whether it counts what is read.

    `shop_url` is the shop's own page; `phone` stands as it is written; `email` empty: the brand's own mailbox. `chat`
    says whether the chat is offered, `domain` is a host name of its own, `measure` whether visits are counted without
    knowing whose they are.
    """

    shop_url: str = ""
    phone: str = ""
    email: str = ""
    chat: bool = True
    measure: bool = True
    domain: str = ""


def help_settings(brand: Brand) -> HelpSettings:
    """Return a brand's settings; what is missing or of the wrong kind is as it is by default."""
    kept: dict[str, Any] = brand.help if isinstance(brand.help, dict) else {}
    plain = HelpSettings()
    known = {
        field.name: kept[field.name]
        for field in fields(HelpSettings)
        if type(kept.get(field.name)) is type(getattr(plain, field.name))
    }
    return HelpSettings(**known)


def as_kept(settings: HelpSettings) -> dict[str, Any]:
    """Return what goes into the column: only what differs from the default, so that a better default reaches all."""
    plain = asdict(HelpSettings())
    return {name: value for name, value in asdict(settings).items() if value != plain[name]}


def domains() -> dict[str, str]:
    """Return the host names of all help centres in the installation with the slugs of their brands."""
    with workspace.everywhere(reason="find the help centre of a host name"):
        rows = Brand.objects.exclude(help={}).order_by("-pk").values_list("slug", "help")
        # of two that claim the same name the older brand has it
        return {
            str(kept["domain"]): slug for slug, kept in rows if isinstance(kept, dict) and kept.get("domain")
        }
