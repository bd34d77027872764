"""Every question of peers' suites: equal to their answers, or different for the reason beside it."""

from __future__ import annotations

import pytest

from peers.asking import FOLDER, Question, every

HERE = FOLDER.is_dir()
ALL = list(every()) if HERE else []


@pytest.mark.skipif(not HERE, reason="the questions of peers are not beside this checkout")
def test_there_are_questions() -> None:
    assert len(ALL) > 250


@pytest.mark.parametrize("question", ALL, ids=[f"{each.suite}: {each.case}" for each in ALL])
def test_answers_are_those_of_peers(question: Question) -> None:
    if question.why:
        assert question.kind in ("differs", "refused"), f"now equal: take {question.why!r} away"
    else:
        assert not question.away(question.ask())
