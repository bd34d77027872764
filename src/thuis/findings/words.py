"""Sentences in every language: numbers written as a reader of that language writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from thuis.language import LANGUAGES, clauses, sentences, texts
from thuis.language.clauses import Verdict
from thuis.language.letters import opened
from thuis.language.numbers import number, percent, signed

AREA = "findings"
Form = Literal["plain", "percent", "signed", "size"]


@dataclass(frozen=True, slots=True)
class Num:
    """A number in a sentence; ``size`` leaves the sign to the words ("3.1 points lower").

    >>> Num(-1234.56, 1).text("nl"), Num(31.24, 1, "percent").text("en"), Num(2, 0, "signed").text("en")
    ('−1.234,6', '31.2%', '+2')
    """

    value: float
    decimals: int = 1
    form: Form = "plain"

    def text(self, language: str) -> str:
        """The number in one language."""
        match self.form:
            case "percent":
                return percent(self.value, self.decimals, language)
            case "signed":
                return signed(self.value, self.decimals, language)
            case "size":
                return number(abs(self.value), self.decimals, language)
        return number(self.value, self.decimals, language)


Value = Num | Mapping[str, str] | str | int


def say(key: str, **values: Value) -> dict[str, str]:
    """One text of the catalogue in every language, its places filled.

    A value that is a mapping is a text per language; a plain value is the same in all of them.

    >>> say("alpha.name")["en"]
    'Cronbach’s alpha'
    """
    return {
        language: texts(AREA, language)(
            key, **{name: _put(value, language) for name, value in values.items()}
        )
        for language in LANGUAGES
    }


def clause(
    says: Mapping[str, str] | None, who: Sequence[Mapping[str, str] | None], verdict: Verdict
) -> dict[str, str]:
    """The clause of an indicator with people in front, in each language in which all of them have a name.

    >>> clause({"en": "{who} vote {often}"}, [{"en": "migrants"}, {"en": "women"}], "lower")
    {'en': 'Migrants and women vote less often'}
    >>> clause({"en": "{who} vote {often}"}, [{"en": "migrants"}, None], "lower")
    {}
    """
    found = {}
    for language, text in (says or {}).items():
        names = [each.get(language, "") if each else "" for each in who]
        if names and all(names):
            told = clauses.told(text, "more", verdict, [sentences.listed(names, language)], language)
            found[language] = told[0]
    return found


def spoken(text: Mapping[str, str], language: str) -> str:
    """A text in a language; a monitor in one language says it in that one.

    >>> spoken({"nl": "herkomst"}, "en")
    'herkomst'
    """
    return text[language] if language in text else next(iter(text.values()), "")


def _put(value: Value, language: str) -> str:
    if isinstance(value, Num):
        return value.text(language)
    if isinstance(value, Mapping):
        return spoken(value, language)
    return Num(value, 0).text(language) if isinstance(value, int) else value


def sentence(*parts: Mapping[str, str]) -> dict[str, str]:
    """Several texts one after the other; each starts with a capital.

    >>> sentence({"nl": "een.", "en": "one."}, {"nl": "Twee.", "en": "Two."})["nl"]
    'Een. Twee.'
    """
    return {
        language: " ".join(opened(text, language) for part in parts if (text := spoken(part, language)))
        for language in LANGUAGES
    }


def listed(items: Sequence[Mapping[str, str]], joiner: str = "and") -> dict[str, str]:
    """Several names in one phrase: ``a, b and c``; ``joiner`` is a text of the catalogue, ``and`` or ``or``.

    >>> listed([{"nl": "a", "en": "a"}, {"nl": "b", "en": "b"}])["nl"]
    'a en b'
    """
    return {
        language: sentences.listed([spoken(item, language) for item in items], language, joiner)
        for language in LANGUAGES
    }
