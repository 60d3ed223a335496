"""All files of a message as one."""

import tempfile
import zipfile
from collections.abc import Iterable

from django.http import FileResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from dragoman.core.conversations.access import get_message
from dragoman.core.conversations.models import Attachment
from dragoman.ground.files.store import open_file
from dragoman.kit.errors import NotFound

from ..request import AgentRequest

IN_MEMORY = 8 * 1024 * 1024  # bytes; what is larger waits in a file that leaves with the answer
PIECE = 256 * 1024


@require_GET
def all_files(request: AgentRequest, message_id: int) -> HttpResponseBase:
    """Hand out the files of a message in one archive, each under a name of its own."""
    message = get_message(request.agent, message_id)
    files = list(
        Attachment.objects.filter(workspace_id=message.workspace_id, message_id=message.pk).order_by("pk")
    )
    if not files:
        raise NotFound
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        for name, file in _named(files):
            with open_file(file.file_key) as reader, out.open(name, "w") as entry:
                while piece := reader.read(PIECE):
                    entry.write(piece)
    archive.seek(0)
    return FileResponse(archive, as_attachment=True, filename=f"{message.conversation_id}-{message.pk}.zip")


def _named(files: Iterable[Attachment]) -> Iterable[tuple[str, Attachment]]:
    """Give each file a name that is no path and stands once."""
    taken: set[str] = set()
    for file in files:
        plain = file.name.replace("/", "_").replace("\\", "_").strip(". ") or "file"
        stem, dot, end = plain.rpartition(".")
        name, number = plain, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem} ({number}).{end}" if dot else f"{plain} ({number})"
        taken.add(name.lower())
        yield name, file
