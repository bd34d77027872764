"""Words and phrases that a reading of text looks for, kept as data beside it and not in its code.

A document holds ``phrases``: by name, what is looked for, as one phrase or a list of which any will do. Each
is written as it is read, and found as whole words whatever their capitals::

    parts:
      PAPER: [brief, notitie, \\w*rapportage]
    phrases:
      will-come:
        - er (komt|volgt) … {PAPER}
        - [binnenkort, spoedig]

``(a|b)`` is a choice and a list within the list as well, ``{PAPER}`` a part (any of its own list), `` … ``
whatever stands between whole words up to a full stop or semicolon (`` …{0,60} ``: at most sixty characters),
and ``~`` at either end says that the word may go on there. The rest is as in :mod:`re`. ``words`` holds plain
lists: what a text has one of before an expression is worth the search. Where ``capitals`` count, ``any-case``
names the phrases of which they do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

from thuis.yaml import wording

_BEGINS_A_WORD = re.compile(r"[\w{[]|\((?!\?)|\\[wd]")
_ENDS_A_WORD = re.compile(r"[\w)}\]*+?]\Z(?<!\\[bBWsS])(?<!\\W[*+?])(?<!\\s[*+?])")
_PART = re.compile(r"\{([A-Z][A-Z_\d]*)\}")
_GAP = re.compile(r"( )?…(\{[\d,]+\})?(\??)(?(1) )")
_CHOICE = re.compile(r"(?<!\\)\((?!\?)")
_NONE: Mapping[str, str] = MappingProxyType({})


class Phrases(dict[str, re.Pattern[str]]):
    """The expressions of a document by name, each made when it is first asked for.

    :param package: where the document stands.
    :param name: its file.
    :param beside: another document, whose parts it may take.
    :param given: more parts, as expressions.

    >>> said = Phrases("thuis.dossier.commitments", "phrases/common.yaml")
    >>> said["not"].search("Dat doe ik niet.")[0]
    'niet'
    """

    def __init__(
        self, package: str, name: str, beside: Phrases | None = None, given: Mapping[str, str] = _NONE
    ) -> None:
        super().__init__()
        self._place = (package, name)
        self._beside, self._given = beside, given

    def __missing__(self, name: str) -> re.Pattern[str]:
        strict = self.document.get("capitals") == "count" and name not in self.document.get("any-case", ())
        made = self[name] = self.any_of(self.document["phrases"][name], 0 if strict else re.I)
        return made

    @cached_property
    def document(self) -> dict[str, Any]:
        """All that it tells, every value as the text it is."""
        return dict(wording(*self._place))

    @cached_property
    def parts(self) -> dict[str, str]:
        """The parts by name, each as a group for a larger expression."""
        found = {**({} if self._beside is None else self._beside.parts), **self._given}
        for name, choices in self.document.get("parts", _NONE).items():
            found[name] = f"(?:{'|'.join(_filled(each, found) for each in choices)})"
        return found

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """The plain lists by name."""
        return {name: tuple(told) for name, told in self.document.get("words", _NONE).items()}

    def any_of(self, choices: str | Sequence[str | Sequence[str]], flags: int = re.I) -> re.Pattern[str]:
        """The expression for any of these, or for the one, in the notation of the document."""
        listed = [choices] if isinstance(choices, str) else choices
        return re.compile("|".join(_whole(each, self.parts) for each in listed), flags)


def _whole(choice: str | Sequence[str], parts: Mapping[str, str]) -> str:
    """One phrase as an expression that begins and ends where words do."""
    if not isinstance(choice, str):
        return rf"\b(?:{'|'.join(_filled(each, parts) for each in choice)})\b"
    before = r"\b" if _BEGINS_A_WORD.match(choice) else ""
    after = r"\b" if _ENDS_A_WORD.search(choice) else ""
    return before + _filled(choice.strip("~"), parts) + after


def _filled(phrase: str, parts: Mapping[str, str]) -> str:
    grouped = _CHOICE.sub("(?:", _GAP.sub(_gap, phrase))
    return _PART.sub(lambda found: parts[found[1]], grouped)


def _gap(found: re.Match[str]) -> str:
    edge = r"\b" if found[1] else ""
    return f"{edge}[^.;]{found[2] or '*'}{found[3]}{edge}"
