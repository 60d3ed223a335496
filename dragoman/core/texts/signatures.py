"""What stands below a mail: the brand's words and the agent's, in the language of the mail."""

import re
from collections.abc import Mapping

from dragoman.core.accounts.models import Agent, Brand
from dragoman.kit.variants import chosen

from .chain import Reader, serve
from .localised import texts_said

KIND = "signature"
# what may stand in a signature; a line about the agent goes where a program wrote
SLOTS = ("agent.name", "agent.signature", "brand.name")
_SLOT = re.compile(r"\{(" + "|".join(re.escape(slot) for slot in SLOTS) + r")\}")


def signature_for(
    brand: Brand,
    agent: Agent | None,
    language: str,
    *,
    market: str = "",
    texts: Mapping[str, str] | None = None,
) -> str:
    """Return the signature of a mail in `language`, slots filled in; empty where there is none.

    The brand's text for the language stands, else what `chain.serve` finds; `texts` instead of what is stored. The
    agent's own stands above it, or where the brand's text says `{agent.signature}`. Without an agent (a program
    answered) lines about the agent are left out.
    """
    said = texts_said(brand, KIND, KIND) if texts is None else texts
    found = serve(said, Reader(language, market, brand.language))
    ours = found.words.strip() if found else ""
    mine = chosen(agent.signatures, language=language) if agent else None
    own = agent.signatures[mine].strip() if agent and mine else ""
    if own and "{agent.signature}" not in ours:
        ours = f"{{agent.signature}}\n{ours}"
    values = {"agent.name": agent.name if agent else "", "brand.name": brand.name}
    values["agent.signature"] = _filled(own, {**values, "agent.signature": ""})
    return _filled(ours, values)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Fill the slots in; a line that only had empty ones goes."""
    lines: list[str] = []
    for line in text.splitlines():
        named = _SLOT.findall(line)
        if named and not any(values[name] for name in named):
            continue
        lines.append(_SLOT.sub(lambda slot: values[slot[1]], line))
    return "\n".join(lines).strip()
