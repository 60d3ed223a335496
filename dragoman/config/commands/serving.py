"""`dragoman serve` and `dragoman demo`: prepare in a process of its own, then become the light supervisor."""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path

from dragoman.config import demo
from dragoman.config.environment import environment
from dragoman.config.serve import ServeError, address, check_port
from dragoman.config.stamp import current_stamp, stored_stamp
from dragoman.kit.hosts import is_loopback

DEMO_LINES = (
    "",
    "  Dragoman is running with its demo workspace.",
    "",
    "  Agent console   {console}/",
    "    log in as     greta@demo.dragoman.example (owner, Helsinki)",
    "    or            aino@, mei@, rafael@demo.dragoman.example",
    "    password      {password}",
    "  Demo shops      {shop}/demo/shop/kaisla/?lang=th",
    "                  {shop}/demo/shop/northbound/?lang=fi",
    "  API docs        {console}/api/v1/docs",
    "",
    "  Write as a customer in the shop, answer in the console. Ctrl-C stops all of it; data stays in {home}.",
)


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000, help="default 8000")


def run(options: argparse.Namespace) -> int:
    """Refuse what is unsafe, prepare, then hand over to the supervisor."""
    environ = dict(os.environ)
    setting = environment()
    environ["DRAGOMAN_HOME"] = str(setting.home)
    # the supervisor reads no .env: what stands there reaches it this way
    environ["DATABASE_URL"] = setting.database_url
    environ["DRAGOMAN_DEBUG"] = "1" if setting.debug else ""
    is_demo = options.command == "demo"
    check_port(options.host, options.port)
    if not is_loopback(options.host):
        _refuse_unsafe(demo=is_demo or setting.demo, has_secret=setting.has_own_secret)
    if is_demo:
        environ.update(_demo_environment(setting.home, environ))
        # what is mailed leads back here
        environ["DRAGOMAN_BASE_URL"] = setting.base_url or address(options.host, options.port)
    _prepare(environ, demo=is_demo, host=options.host)
    lines = _lines(options, setting.home) if is_demo else []
    command = [sys.executable, "-m", "dragoman.config.serve", options.host, str(options.port), *lines]
    os.execve(sys.executable, command, environ)  # noqa: S606


def _refuse_unsafe(*, demo: bool, has_secret: bool) -> None:
    if demo:
        raise ServeError("The demo's log-ins are printed in its docs: it listens on 127.0.0.1 only.")
    if not has_secret:
        raise ServeError(
            "Set DRAGOMAN_SECRET_KEY (32 characters or more, e.g. from `openssl rand -base64 48`) before others can"
            " reach this machine."
        )


def _demo_environment(home: Path, environ: dict[str, str]) -> dict[str, str]:
    chosen = {"DRAGOMAN_DEMO": "1"}
    if not environ.get("MAIL_URL"):
        chosen["MAIL_URL"] = f"folder://{home / 'outbox'}"
    if not environ.get("MAIL_LISTEN"):
        chosen["MAIL_LISTEN"] = f"smtp://127.0.0.1:{_free_port(8025)}"
    return chosen


def _free_port(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServeError("No free port for the demo's mail listener.")


def _prepare(environ: dict[str, str], *, demo: bool, host: str) -> None:
    """Migrate a fresh or a demo database; refuse one of another version; refuse demo log-ins off loopback."""
    setting = environment()
    stored = stored_stamp(setting.home)
    if stored and stored != current_stamp() and not demo:
        raise ServeError(
            "The database was made by another version: back it up (dragoman backup FILE), run dragoman migrate, then"
            " start again."
        )
    # a restored home is up to date but for the collected files, which no archive holds
    complete = stored == current_stamp() and (setting.home / "static").is_dir()
    steps = [] if complete and not demo else [["migrate"]]
    if demo:
        steps.append(["seed"])
    if not is_loopback(host):
        steps.append(["doctor", "--unsafe"])
    for step in steps:
        done = subprocess.run([sys.executable, "-m", "dragoman", *step], env=environ, check=False)
        if done.returncode:
            raise ServeError(f"`dragoman {' '.join(step)}` did not succeed; its reason stands above.")


def _lines(options: argparse.Namespace, home: Path) -> list[str]:
    console = address(options.host, options.port)
    # another origin than the console's, so that the widget crosses one as on a real shop
    shop = console.replace("127.0.0.1", "localhost")
    return [
        line.format(console=console, shop=shop, password=demo.PASSWORD, home=home) or " "
        for line in DEMO_LINES
    ]
