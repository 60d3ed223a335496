"""`dragoman version`."""

import argparse
from importlib.metadata import version


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Take no options."""


def run(options: argparse.Namespace) -> int:
    """Print the version alone."""
    print(version("dragoman"))
    return 0
