"""What the portal does later: mails of the chat to its shopper."""

from dragoman.core.accounts.queries import brands_of
from dragoman.front.portal.chat.transcript import Copy, mail_confirmation, mail_copy
from dragoman.ground.events.registry import task

from . import offers  # noqa: F401  # found with its tasks


@task
def confirm_copy(workspace_id: int, brand_id: int, facts: dict[str, str], base: str) -> None:
    """Ask the owner of an address whether the copy may come."""
    brand = brands_of(workspace_id).filter(pk=brand_id).first()
    if brand is not None:
        mail_confirmation(brand, Copy(**facts), base=base)


@task
def send_copy(workspace_id: int, brand_id: int, facts: dict[str, str]) -> None:
    """Send the copy."""
    brand = brands_of(workspace_id).filter(pk=brand_id).first()
    if brand is not None:
        mail_copy(brand, Copy(**facts))
