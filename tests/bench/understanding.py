"""What understanding a message costs: processor time of all parts, the first message of a process, and memory."""

import subprocess
import sys
from pathlib import Path

from tests.bench.sections import Figures, Size, section

LANGUAGES = ("en", "fi", "de", "sv", "et", "fr", "pl", "nl")
# a process of its own: what others have loaded there would be counted here
_PROGRAM = """
import json, resource, sys, time
languages = sys.argv[1:]
began, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from dragoman.core.language.redact import redacted
from dragoman.core.language.understand import understand
from tests.quality import sets
texts = [line.text for tag in languages for line in sets.messages(tag)]
understand(texts[0], languages)
first = time.process_time() - began
for text in texts:
    understand(text, languages)
began = time.process_time()
for text in texts:
    understand(text, languages)
each = (time.process_time() - began) / len(texts)
memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024
began = time.process_time()
for text in texts:
    redacted(text)
masking = (time.process_time() - began) / len(texts)
print(json.dumps([len(texts), each * 1000, first, memory, masking * 1000]))
"""


@section("understanding")
def measure(home: Path, size: Size) -> Figures:
    """Understand the evaluation sets of eight languages on one core."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *LANGUAGES],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
    )
    count, each, first, memory, masking = map(float, done.stdout.strip("[]\n ").split(","))
    return {
        f"all parts, CPU-ms a message ({count:.0f} messages, {len(LANGUAGES)} languages)": round(each, 2),
        "personal data masked, CPU-ms a message": round(masking, 2),
        "imports and first message, CPU-s": round(first, 2),
        "memory of the models, MB": round(memory),
    }
