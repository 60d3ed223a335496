"""Coverage-guided fuzzing of the mail parser: `python -m tests.fuzz.mail --seconds 600 [folder for what it finds]`.

Starts from the recorded mails of the channel's tests and from shapes of its own, mutates them by coverage (atheris, which is
libFuzzer) and by mail's own words (a dictionary). Every input must give exactly one message whose texts any
database takes; anything else, and anything slower than five seconds, stops the run and leaves the input in the folder.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FunctionType, ModuleType

try:
    import atheris
except ImportError:  # a development tool: nothing else needs it
    atheris = None

from dragoman.ground.channels.email import (
    addresses,
    attachments,
    automatic,
    bodies,
    calendar,
    charset,
    facts,
    guess,
    headers,
    html,
    ids,
    parse,
    quotes,
    reports,
    rtf,
    sealed,
    smime,
    structure,
    transfer,
    unpack,
    verdicts,
    words,
)
from dragoman.ground.channels.ports import Inbound
from tests.fuzz.shapes import DICTIONARY, SHAPES

PAYLOADS = Path(parse.__file__).parent / "tests" / "payloads"
MODULES = (
    addresses, attachments, automatic, bodies, calendar, charset, facts, guess, headers, html, ids, parse, quotes,
    reports, rtf, sealed, smime, structure, transfer, unpack, verdicts, words,
)  # fmt: skip
MAX_INPUT = 16 * 1024


def check(data: bytes) -> None:
    """Fail unless these bytes become one message that can be stored."""
    found = [each for each in parse.parse_mail(io.BytesIO(data)) if isinstance(each, Inbound)]
    assert len(found) == 1
    [mail] = found
    assert mail.external_id
    names = [mail.sender.name, *(each.name for each in mail.attachments)]
    for text in (mail.text, mail.quoted, mail.html, mail.subject, mail.external_id, *names):
        assert "\0" not in text
        text.encode("utf-8")


def seeds() -> list[bytes]:
    """Return the mails to start from."""
    return [path.read_bytes() for path in sorted(PAYLOADS.glob("*.eml"))] + list(SHAPES)


def run(seconds: int, folder: Path, extra: Sequence[str] = ()) -> None:
    """Fuzz for some seconds; does not return: libFuzzer ends the process with its own code."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number:03}").write_bytes(seed[:MAX_INPUT])
    dictionary = folder / "mail.dict"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in DICTIONARY), encoding="ascii")
    for module in MODULES:
        _instrument(module)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={MAX_INPUT}",
            "-timeout=5",
            "-rss_limit_mb=2000",
            f"-dict={dictionary}",
            f"-artifact_prefix={folder}/",
            "-print_final_stats=1",
            *extra,
            str(corpus),
        ],
        check,
    )
    atheris.Fuzz()


def _instrument(module: ModuleType) -> None:
    """Let the fuzzer see every branch of the functions and methods a module defines."""
    own = [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]
    methods = [each for kind in own if isinstance(kind, type) for each in vars(kind).values()]
    for function in (*own, *methods):
        if isinstance(function, FunctionType):
            atheris.instrument_func(function)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("folder", type=Path, nargs="?")
    chosen = parser.parse_args()
    if atheris is None:
        sys.exit("atheris is not installed: pip install atheris")
    run(chosen.seconds, chosen.folder or Path(tempfile.mkdtemp(prefix="dragoman-fuzz-")))


if __name__ == "__main__":
    main()
