"""What an engine damages is told, in every language; an honest answer is not doubted."""

import random

from tests.quality.protection import DAMAGES, HARMLESS, cases, faults_of, languages_of


def test_every_damage_is_told_and_no_honest_answer_is_doubted() -> None:
    rng, found = random.Random(1), list(cases(28))
    assert len(languages_of(found)) == 28
    silent, doubted, done = [], [], set()
    for index, case in enumerate(found):
        name = list(DAMAGES)[index % len(DAMAGES)]
        answer = DAMAGES[name](case, rng)
        if answer is not None and answer != case.answer:
            done.add(name)
            silent += [] if faults_of(case, answer) else [(name, case.source, case.target, answer)]
        change = list(HARMLESS.values())[index % len(HARMLESS)]
        doubted += [(case.source, case.target, fault) for fault in faults_of(case, change(case))]
    assert len(done) > 20
    assert silent == []
    assert doubted == []
