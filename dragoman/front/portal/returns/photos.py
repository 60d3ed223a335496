"""Photos of what comes back: a form's files are kept one by one, and each that is not says why."""

from typing import Final

from django.utils.translation import gettext as _

from dragoman.front.portal.chat.limits import TooFast, count
from dragoman.ground.files.store import TooLarge
from dragoman.service.returns.actions.files import add_file
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.errors import BadFile, HeicFile, TooManyFiles
from dragoman.service.returns.models import FileKind, Return

from .door import PHOTOS_PER_ADDRESS, Visit
from .words import LARGE_PHOTO, NO_HEIC, NO_PHOTO, PHOTOS_FULL

AT_ONCE: Final = 6


def keep_photos(visit: Visit, made: Return) -> list[str]:
    """Keep the photos that came with a form, and return what has to be said of those that were not."""
    given = visit.request.FILES.getlist("photos")
    problems: list[str] = []
    for one in given[:AT_ONCE]:
        name = (one.name or "")[:80]
        try:
            count((PHOTOS_PER_ADDRESS, visit.address))
            add_file(
                made.workspace_id,
                made.pk,
                by=By("customer"),
                kind=FileKind.PHOTO,
                name=name,
                source=one,  # type: ignore[arg-type]
            )
        except TooFast as fast:
            return [*problems, str(fast)]
        except (HeicFile, TooLarge, TooManyFiles, BadFile) as refused:
            problems.append(str(_WORDS[type(refused)]) % {"name": name})
    if len(given) > AT_ONCE:
        problems.append(
            _("At most %(most)s photos are taken at once. Add the others below.") % {"most": AT_ONCE}
        )
    return problems


_WORDS: Final = {HeicFile: NO_HEIC, TooLarge: LARGE_PHOTO, TooManyFiles: PHOTOS_FULL, BadFile: NO_PHOTO}
