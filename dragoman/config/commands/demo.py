"""`dragoman seed`: make the demo workspace, once."""

import argparse

from dragoman.config.demo import PASSWORD
from dragoman.config.demo.seed import seed


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Take no options."""


def run(options: argparse.Namespace) -> int:
    """Seed, and say so."""
    print("Making the demo workspace: 2 brands, 60 customers, 150 conversations ...", flush=True)
    print("Done." if seed(PASSWORD) else "It is there already; its data stays.", flush=True)
    return 0
