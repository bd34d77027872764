"""Search: an index per language by Pagefind, and the words that Dutch compounds hide."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from thuis.errors import ThuisError
from thuis.exchange import link
from thuis.language import catalogue

Splits = Callable[[str], list[str]]


def splitter(splits: Mapping[str, Sequence[str]]) -> Splits:
    """A function from a word to its parts, fed by the ``splits`` of ``vocabulary.json``.

    Without a vocabulary, or for a word it does not hold, there are no parts: a wrong split finds wrong pages.

    >>> splitter({"Arbeidsmarkt": ["arbeid", "markt"]})("arbeidsmarkt")
    ['arbeid', 'markt']
    """
    parts = {word.casefold(): list(found) for word, found in splits.items()}
    return lambda word: parts.get(word.casefold(), [])


def within(words: Iterable[str]) -> Splits:
    """Parts from known words: a word ends in, or begins with, another the monitor uses as a keyword.

    >>> within(["discriminatie"])("arbeidsmarktdiscriminatie")
    ['discriminatie']
    """
    known = sorted({word.casefold() for word in words if len(word) >= 5})

    def parts(word: str) -> list[str]:
        folded = word.casefold()
        return [
            each for each in known if each != folded and (folded.endswith(each) or folded.startswith(each))
        ]

    return parts


def hidden_words(text: str, keywords: Iterable[str], *splits: Splits) -> str:
    """Keywords and the parts of compounds, for the attribute that search reads beside the page's text."""
    words = [word.strip(".,;:!?()‘’'\"") for word in text.split()]
    found = [part for word in words for split in splits for part in split(word)]
    return " ".join(dict.fromkeys([*keywords, *found]))


@cache
def _families(section: str, language: str) -> tuple[frozenset[str], ...]:
    """The families of words of the catalogue ``search``; a language without that catalogue has none."""
    try:
        table = catalogue("search", language)
    except KeyError:
        return ()
    return tuple(frozenset(words.split()) for key, words in table.items() if key.startswith(f"{section}."))


@cache
def _compounds(language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Compounds of the catalogue and the words that a page they find must have."""
    try:
        listed = catalogue("search", language)["compounds"]
    except KeyError:
        return ()
    pairs = (each.strip().partition("=") for each in listed.split(";") if each.strip())
    return tuple((compound, frozenset(parts.split("+"))) for compound, _, parts in pairs)


def kindred(words: Iterable[str], language: str, section: str = "families") -> list[str]:
    """Words that mean the same or stand close to those of a page, which readers may type instead.

    :param section: ``families`` for what a page is about, ``people`` for the groups it compares.

    >>> found = kindred(["Discriminatie", "op", "het", "werk"], "nl")
    >>> "discrimineren" in found, "werkloosheid" in found, "arbeidsmarktdiscriminatie" in found
    (True, True, True)
    >>> "turken" in kindred(["Turkse herkomst"], "nl", "people")
    True
    >>> kindred(["Wurk"], "fy")
    []
    """
    own = {word.strip(".,;:!?()‘’'\"").casefold() for text in words for word in text.split()}
    reached = own | {word for family in _families(section, language) if family & own for word in family}
    reached |= {compound for compound, parts in _compounds(language) if parts <= own}
    return sorted(reached - own)


@contextmanager
def index(site: Path, pages: Iterable[str], meanwhile: Callable[[], object]) -> Iterator[None]:
    """Write ``site/pagefind`` while other work is done: Pagefind makes one index for each ``<html lang>``.

    :param pages: the pages to index, by their path from the root.
    :param meanwhile: when the other work is done, called often until it is made; what it raises ends it.
    :raises ThuisError: at the end, when Pagefind fails, with what it said.
    """
    with tempfile.TemporaryDirectory(prefix=".searched-", dir=site) as name:
        for page in pages:
            shown = Path(name, page)
            shown.parent.mkdir(parents=True, exist_ok=True)
            link(site / page, shown)
        made = site / "pagefind"
        command = [sys.executable, "-m", "pagefind", "--site", name, "--output-path", str(made), "--silent"]
        process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            yield
            told = _told(process, meanwhile)
        finally:
            process.kill()
            process.wait()
    if process.returncode or not (made / "pagefind.js").is_file():
        said = told.strip().splitlines()
        raise ThuisError(
            f"the search index was not made: {said[-1] if said else 'no message'}",
            step="reinstall the packages pagefind and pagefind_bin",
        )
    entry = made / "pagefind-entry.json"
    # Pagefind writes the languages in the order its threads finish; the same pages must give the same bytes.
    entry.write_text(json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True), "utf-8")
    for name in ("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css"):
        (made / name).unlink(missing_ok=True)


def _told(process: subprocess.Popen[str], meanwhile: Callable[[], object]) -> str:
    """What a process says until its end."""
    while True:
        meanwhile()
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=0.1)[0]
