"""The `dragoman` command: every error is one sentence that says what to do, with a non-zero exit status.

Commands that serve stay light here (their memory counts); all others set Django up first.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from dragoman.kit.starting import uncollected

# command -> (module with `add(parser)` and `run(arguments)`, whether Django is set up first, one line of help)
COMMANDS: dict[str, tuple[str, bool, str]] = {
    "demo": ("dragoman.config.commands.serving", False, "start everything with the demo workspace"),
    "serve": ("dragoman.config.commands.serving", False, "start database, web and worker as one command"),
    "web": ("dragoman.config.commands.web", False, "run the web process alone"),
    "worker": ("dragoman.config.commands.worker", True, "run the worker process alone"),
    "migrate": ("dragoman.config.commands.database", True, "bring the database up to date"),
    "stop": ("dragoman.config.commands.database", False, "stop the embedded database"),
    "seed": ("dragoman.config.commands.demo", True, "make the demo workspace, once"),
    "backup": ("dragoman.config.commands.database", False, "write database, files and key into one archive"),
    "restore": ("dragoman.config.commands.database", False, "read such an archive back"),
    "doctor": ("dragoman.config.commands.doctor", True, "say what is configured, what answers, what to do"),
    "workspace": ("dragoman.config.commands.accounts", True, "create a workspace"),
    "agent": ("dragoman.config.commands.accounts", True, "add an agent to a workspace"),
    "token": ("dragoman.config.commands.accounts", True, "create an API token"),
    "understand": ("dragoman.config.commands.language", True, "say what language a text is in"),
    "ask": ("dragoman.config.commands.ask", True, "answer a question from a workspace's articles"),
    "import": (
        "dragoman.config.commands.transfer",
        True,
        "bring mail, parcels, orders or articles kept elsewhere in",
    ),
    "export": ("dragoman.config.commands.transfer", True, "write a workspace's conversations as JSON lines"),
    "reindex": (
        "dragoman.config.commands.reindex",
        True,
        "index messages, customers and articles anew for search",
    ),
    "version": ("dragoman.config.commands.version", False, "print the version"),
}


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command's options."""
    top = argparse.ArgumentParser(
        prog="dragoman", description="Customer service in every customer's language."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_module, _django, text) in COMMANDS.items():
        commands.add_parser(name, help=text, description=text.capitalize() + ".", add_help=False)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help"}:
        parser().print_help()
        return 0 if arguments else 2
    if arguments[0] not in COMMANDS:
        parser().parse_args(arguments[:1])
    module_name, needs_django, text = COMMANDS[arguments[0]]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dragoman.config.settings")
    try:
        with uncollected():
            if needs_django:
                _set_up()
            module = importlib.import_module(module_name)
        own = argparse.ArgumentParser(prog=f"dragoman {arguments[0]}", description=text.capitalize() + ".")
        module.add(own, arguments[0])
        options = own.parse_args(arguments[1:])
        options.command = arguments[0]
        return int(module.run(options) or 0)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        # the border to the person at the terminal: one sentence, the trace only where it was asked for
        if os.environ.get("DRAGOMAN_DEBUG", "").lower() in {"1", "true", "yes", "on"} or not _is_plain(error):
            raise
        print(f"dragoman: {_sentence(error)}", file=sys.stderr)
        return 1


def _is_plain(error: Exception) -> bool:
    """Say whether the error's text is a sentence for people."""
    plain = {
        "WrongSetting",
        "OperationalError",
        "PoolTimeout",
        "ProgrammingError",
        "PermissionError",
        "ClusterError",
        "Refusal",
        "OutsideError",
        "BackupError",
        "ServeError",
        "CommandError",
    }
    return any(base.__name__ in plain for base in type(error).__mro__)


def _sentence(error: Exception) -> str:
    """Return the error for a person: a database's is long, and its first line tells enough."""
    names = {base.__name__ for base in type(error).__mro__}
    if "ProgrammingError" in names:
        return "The database is not up to date: run dragoman migrate."
    if names & {"OperationalError", "PoolTimeout"}:
        return f"The database does not answer ({str(error).splitlines()[0]}): check DATABASE_URL, or dragoman doctor."
    return str(error)


def _set_up() -> None:
    """Start or adopt the database, then Django."""
    setting = importlib.import_module("dragoman.config.environment").environment()
    if not setting.database_url:
        importlib.import_module("dragoman.ground.database.cluster").start(setting.home)
    importlib.import_module("django").setup()
