"""What accounts outside need from time to time."""

import logging
from datetime import timedelta

from dragoman.ground.channels.email.authorize import renewed_refresh_token
from dragoman.ground.events.registry import every
from dragoman.kit import workspace
from dragoman.kit.errors import OutsideError

from .actions import change_secrets, forget_old_answers, note_try
from .queries import mailboxes_with_tokens
from .secrets import hidden_of, secrets_of

log = logging.getLogger(__name__)


@every(seconds=86400)
def renew_tokens() -> None:
    """Use each mailbox's refresh token once a day and keep the newest: an unused one is forgotten by its vendor."""
    for box in mailboxes_with_tokens():
        with workspace.acting_in(box.workspace_id):
            try:
                token = renewed_refresh_token(secrets_of(box))
            except OutsideError as error:
                log.warning("the token of %s cannot be renewed: %s", box.address, error)
                if error.permanent:
                    note_try(box, error=str(error))
                continue
            if token != hidden_of(box).get("refresh_token"):
                change_secrets(box, secrets={"refresh_token": token}, settings={})


@every(seconds=3600)
def forget_answers() -> None:
    """Forget answers to keys of the API after a day: nobody gets them again, and they tell of customers."""
    with workspace.everywhere(reason="forget old answers of every workspace"):
        forget_old_answers(older_than=timedelta(hours=24))
