"""Eight seconds of damaged mails in every run of the tests: spliced, cut and repeated, each must become one message."""

import random
import time

import pytest

from tests.fuzz.mail import check, seeds
from tests.fuzz.shapes import DICTIONARY

SECONDS = 8.0
LONGEST = 24 * 1024


def damaged(chance: random.Random, mails: list[bytes]) -> bytes:
    """Return a mail with parts of others, words of mail, and faults of single bytes in it."""
    data = bytearray(chance.choice(mails))
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(6)
        if kind == 0 and data:
            data[at % len(data)] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 200)]
        elif kind == 2:
            data[at:at] = chance.choice(DICTIONARY)
        elif kind == 3:
            other = chance.choice(mails)
            begin = chance.randrange(len(other))
            data[at:at] = other[begin : begin + chance.randrange(1, 600)]
        elif kind == 4:
            data[at:at] = data[at : at + 50] * chance.randrange(2, 20)
        else:
            data[at:at] = chance.randbytes(chance.randrange(1, 30))
    return bytes(data[:LONGEST])


@pytest.mark.slow
def test_damaged_mails_each_become_one_message_in_good_time() -> None:
    chance, mails = random.Random(20251127), seeds()
    for mail in mails:
        check(mail)
    until = time.monotonic() + SECONDS
    count = 0
    while time.monotonic() < until:
        mail = damaged(chance, mails)
        begun = time.process_time()
        try:
            check(mail)
        except Exception as fault:
            pytest.fail(f"{type(fault).__name__}: {fault} for {mail!r}")
        assert time.process_time() - begun < 5, mail
        count += 1
    assert count > 100
