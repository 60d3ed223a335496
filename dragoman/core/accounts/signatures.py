"""What stands below a mail: the brand's words and the agent's, in the language of the mail."""

import re
from collections.abc import Mapping

from dragoman.kit.variants import chosen

from .models import Agent, Brand

# what may stand in a signature; a line about the agent goes where a program wrote
SLOTS = ("agent.name", "agent.signature", "brand.name")
_SLOT = re.compile(r"\{(" + "|".join(re.escape(slot) for slot in SLOTS) + r")\}")


def _text_in(texts: Mapping[str, str], language: str) -> str:
    found = chosen(texts, language=language)
    return texts[found].strip() if found else ""


def signature_for(brand: Brand, agent: Agent | None, language: str) -> str:
    """Return the signature of a mail in `language`, slots filled in; empty where there is none.

    The brand's text for the language stands, else its text for all. The agent's own stands above it, or where the
    brand's text says `{agent.signature}`. Without an agent (a program answered) lines about the agent are left out.
    """
    ours = _text_in(brand.signatures, language) or brand.signature.strip()
    own = _text_in(agent.signatures, language) if agent else ""
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
