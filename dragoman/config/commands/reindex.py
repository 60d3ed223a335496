"""`dragoman reindex`: index messages, customers and articles anew, for search."""

import argparse

from django.utils import timezone

from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import get_workspace
from dragoman.core.conversations.actions.index import BATCH, forget_scheme, reindex_batch
from dragoman.core.knowledge.actions.index import index_text
from dragoman.core.knowledge.queries import texts_of
from dragoman.kit import workspace


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Which workspace."""
    parser.add_argument("--workspace", help="the workspace's slug; without it all of them")


def run(options: argparse.Namespace) -> int:
    """Index everything, saying how far it is."""
    if options.workspace:
        chosen = [get_workspace(options.workspace)]
    else:
        with workspace.everywhere(reason="index every workspace anew"):
            chosen = list(Workspace.objects.order_by("pk"))
    for one in chosen:
        with workspace.acting_in(one.pk):
            for text in texts_of(one.pk).filter(live__isnull=False).iterator(chunk_size=100):
                index_text(text)
            forget_scheme(one.pk)
            batches = 1
            while reindex_batch(one.pk):
                batches += 1
                print(f"\r{one.slug}: {batches * BATCH:,} ", end="", flush=True)
        print(f"\r{one.slug}: done ({timezone.localtime():%H:%M:%S})")
    return 0
