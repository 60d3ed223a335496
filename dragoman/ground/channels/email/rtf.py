"""Rich text as Outlook packs it, told as plain text: words, paragraphs and letters of every script; nothing else."""

import re

from dragoman.ground.channels.email.charset import clean, decode

MAX_RTF = 1024 * 1024
MAX_DEPTH = 200
TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
# Groups that hold no words of the text.
SILENT = {
    b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"listtable",
    b"listoverridetable", b"generator", b"themedata", b"datastore", b"latentstyles", b"xmlnstbl", b"htmltag",
    b"mhtmltag", b"fldinst",
}  # fmt: skip
SAID = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t",
    b"bullet": "\u2022", b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019",
    b"ldblquote": "\u201c", b"rdblquote": "\u201d",
}  # fmt: skip


def text_of(rich: bytes) -> str:
    """Return the words of an RTF text; what is no RTF gives what looks like words in it."""
    out: list[str] = []
    pending = bytearray()
    codepage, skip = "cp1252", 0
    # One entry a group: (silent, letters that follow a \u for old readers).
    stack = [(False, 1)]
    for match in TOKEN.finditer(rich[:MAX_RTF]):
        word, number, code, symbol, brace, words = match.groups()
        silent, fallback = stack[-1]
        if code is None and pending:
            out.append(decode(bytes(pending), codepage)[0])
            pending.clear()
        if brace == b"{":
            stack.append(stack[-1] if len(stack) < MAX_DEPTH else (True, fallback))
        elif brace == b"}":
            skip = 0
            if len(stack) > 1:
                stack.pop()
        elif symbol == b"*" or word in SILENT:
            stack[-1] = (True, fallback)
        elif word == b"htmlrtf":
            stack[-1] = (number != b"0", fallback)
        elif silent:
            continue
        elif word == b"ansicpg" and number:
            codepage = f"cp{int(number)}"
        elif word == b"uc" and number:
            stack[-1] = (silent, max(0, min(int(number), 9)))
        elif word == b"u" and number:
            out.append(chr(int(number) % 65536))
            skip = fallback
        elif word is not None:
            out.append(SAID.get(word, ""))
        elif code is not None:
            if skip:
                skip -= 1
            else:
                pending.append(int(code, 16))
        elif symbol is not None:
            out.append({b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n"}.get(symbol, ""))
            out.append(symbol.decode("ascii", "replace") if symbol in (b"\\", b"{", b"}") else "")
        elif words is not None:
            out.append(words[skip:].decode("cp1252", "replace"))
            skip = max(0, skip - len(words))
    text = "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"\n{3,}", "\n\n", clean(text)).strip()
