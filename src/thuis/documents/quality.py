"""Can the words of a text be trusted? A tenth of a real archive cannot be screened as it stands.

Dutch and English running text is for a third made of a few dozen short words. When spaces are lost, or the
characters of a font are mapped wrongly, their share falls: 0.36 in the median of 454 real manifestos, below
0.20 in the broken ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NL = """
    de het een en van in is dat te op voor met zijn die niet aan er om ook als dan maar bij door naar uit
    over of wordt worden kan heeft hebben deze dit wij we ze hun onder tot tegen meer geen nog zoals moet
    moeten zal was ik u hij haar ons onze wat wie waar hier daar al zo
"""
_EN = """
    the of and to in a is that for on with as are be was this by it from at or an not have has which their we
    they were will can been more but you our who all its i he she his her would there if
"""
_SHARED = frozenset({"in", "is", "was", "of", "over", "we", "at", "had"})
NL_WORDS = frozenset(_NL.split()) - _SHARED
EN_WORDS = frozenset(_EN.split()) - _SHARED
STOP_WORDS = NL_WORDS | EN_WORDS | _SHARED
SUSPECT = 0.20
HOPELESS = 0.05
_ENOUGH = 40
_TOKEN = re.compile(r"[^\W\d_]+")
_DOUBLE = re.compile(r"[\u00c2\u00c3][\u0080-\u00bf\u2018-\u203a\u20ac\u0152-\u0178]")
_ODD = re.compile(r"[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f\x80-\x9f]|\(cid:\d+\)")


@dataclass(frozen=True, slots=True)
class Quality:
    """The measured quality of a text; ``verdict`` is ``good``, ``suspect`` or ``unreadable``.

    ``why`` names what is wrong: ``empty``, ``few-common-words``, ``lost-spaces``, ``odd-characters``,
    ``double-encoded``.
    """

    verdict: str
    words: int
    common: float
    long: float
    why: tuple[str, ...] = ()


def quality(text: str) -> Quality:
    """Measure a text; long ones are measured on stretches from begin to end.

    >>> quality("").verdict
    'unreadable'
    >>> quality("Het kabinet wil dat iedereen in de wijk kan meedoen en dat het werk er is. " * 4).verdict
    'good'
    >>> quality("totzijnrecht telaten komenindewesterse samenlevingvanillegalen " * 12).why
    ('few-common-words', 'lost-spaces')
    """
    sample = _sample(text)
    tokens = _TOKEN.findall(sample.lower())
    if not tokens:
        return Quality("unreadable", 0, 0.0, 0.0, ("empty",))
    common = sum(token in STOP_WORDS for token in tokens) / len(tokens)
    long = sum(len(token) > 20 for token in tokens) / len(tokens)
    odd = len(_ODD.findall(sample)) / len(sample)
    double = len(_DOUBLE.findall(sample))
    why = []
    enough = len(tokens) >= _ENOUGH
    if enough and common < SUSPECT:
        why.append("few-common-words")
    if enough and long > 0.05 and common < 0.30:
        why.append("lost-spaces")
    if odd > 0.01:
        why.append("odd-characters")
    if double > 2 and double / len(tokens) > 0.002:
        why.append("double-encoded")
    hopeless = (enough and common < HOPELESS) or odd > 0.15
    verdict = "unreadable" if hopeless else "suspect" if why else "good"
    return Quality(verdict, len(tokens), round(common, 3), round(long, 3), tuple(why))


def _sample(text: str, size: int = 20_000, parts: int = 5) -> str:
    if len(text) <= size * parts:
        return text
    step = (len(text) - size) // (parts - 1)
    return " ".join(text[start : start + size] for start in range(0, len(text) - size + 1, step))
