"""A service asks in many threads at once, and is asked by strangers: the words stay what they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from thuis.directory import lexicon
from thuis.directory.lexicon import words
from thuis.places import spelling

THREADS = 8
CACHES = (lexicon.stems, lexicon._inflected, spelling.tokens)


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads that take turns at nearly every step."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_at_once_stem_as_one_does(hasty: None) -> None:
    some = sorted(
        {word for each in lexicon.lexicon().surface.values() for text in each for word in words(text)}
    )
    assert len(some) > 500
    alone = {word: lexicon.stems.__wrapped__(word) for word in some}
    line = Barrier(THREADS)

    def all_of(number: int) -> dict[str, frozenset[str]]:
        line.wait()
        # Each begins at another word.
        turned = some[number * 20 :] + some[: number * 20]
        return {word: lexicon.stems.__wrapped__(word) for word in turned}

    with ThreadPoolExecutor(THREADS) as crew:
        for found in crew.map(all_of, range(THREADS)):
            assert found == alone


@pytest.mark.parametrize("cached", CACHES)
def test_what_strangers_type_is_not_kept_for_ever(cached: object) -> None:
    assert cached.cache_info().maxsize
