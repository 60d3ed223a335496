"""Inside django-helpdesk: `desk.py make FOLDER` makes an agent and a queue and prints the agent's session; `desk.py
take` takes in the mails of the queue's folder each time a line comes, and answers with one.
"""

import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402 (its models need its settings)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from helpdesk.email import process_email  # noqa: E402
from helpdesk.models import Queue  # noqa: E402


def make(folder: str) -> None:
    """Make an agent who is logged in, and a queue whose mail lies in a folder and is looked for whenever we ask."""
    agent = get_user_model().objects.create_superuser("greta", "greta@peer.example", "bench bench bench")
    Queue.objects.create(
        title="Help",
        slug="help",
        email_address="help@peer.example",
        allow_email_submission=True,
        email_box_type="local",
        email_box_local_dir=folder,
        email_box_interval=0,
        logging_type="none",
    )
    session = SessionStore()
    session[SESSION_KEY] = str(agent.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = agent.get_session_auth_hash()
    session.save()
    print(session.session_key)


def take() -> None:
    """Take in what lies there, each time a line comes: the process lives on, as its own start costs more than a mail."""
    for _line in sys.stdin:
        process_email(quiet=True)
        print("taken", flush=True)


if __name__ == "__main__":
    {"make": make, "take": take}[sys.argv[1]](*sys.argv[2:])
