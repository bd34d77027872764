"""The writing of a municipality's name brought to one form, so that what only looks different is the same."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from thuis.language.letters import plain

PROVINCES: dict[str, tuple[str, ...]] = {
    "Groningen": ("groningen", "gr", "gn", "gron"),
    "Friesland": ("friesland", "fryslan", "fr", "frl", "f"),
    "Drenthe": ("drenthe", "dr", "d"),
    "Overijssel": ("overyssel", "ov", "o", "ovl", "over"),
    "Flevoland": ("flevoland", "fl", "flev", "fle"),
    "Gelderland": ("gelderland", "gld", "g", "ge", "geld", "gl"),
    "Utrecht": ("utrecht", "ut", "utr", "u"),
    "Noord-Holland": ("noordholland", "nh", "nhol", "nholland", "noordh"),
    "Zuid-Holland": ("zuidholland", "zh", "zhol", "zholland", "zuidh"),
    "Zeeland": ("zeeland", "zl", "zld", "z", "ze", "zee"),
    "Noord-Brabant": ("noordbrabant", "nb", "nbr", "nbrab", "br", "brabant", "nbrabant"),
    "Limburg": ("limburg", "l", "lb", "li", "lim", "limb"),
}
_PROVINCE = {short: name for name, shorts in PROVINCES.items() for short in shorts}
_JOINED = (
    (re.compile(r"\ba\s*[/.]\s*d\b\.?|\bad(?=\s)"), " aan de "),
    (re.compile(r"\ba\s*[/.]\s*h\b\.?"), " aan het "),
    (re.compile(r"\bo\s*[/.]\s*z\b\.?"), " op zoom "),
    (re.compile(r"\b(v|b|o)\s*[/.]\s*d\b\.?"), r" \1 de "),
    (re.compile(r"\bc\s*\.?\s*a\b\.?|\bcum\s+annexis\b|\be\s*\.\s*o\b\.?"), " "),
    (re.compile(r"[&+]"), " en "),
    (re.compile(r"(?<=y)'(?=s)"), ""),
)
_SAME = {
    "st": "sint",
    "den": "de",
    "der": "de",
    "t": "het",
    "nw": "nieuw",
    "v": "van",
    "b": "by",
    "a": "aan",
    "o": "op",
}
ARTICLES = frozenset({"de", "het", "s", "it"})
LINKS = frozenset({"aan", "en", "by", "op", "van", "de", "het", "in", "onder"})


def clean(text: str) -> str:
    """Without what a table or converter adds: entities, double encoding, footnote marks, stray spaces.

    >>> clean(" Skarsterl&acirc;n *) "), clean("SÃºdwest-FryslÃ¢n"), clean("Amsterdam 1)")
    ('Skarsterlân', 'Súdwest-Fryslân', 'Amsterdam')
    """
    text = html.unescape(text)
    text = _twice(text)
    text = re.sub(r"[\u00ad\u200b-\u200f\ufeff]", "", text)
    text = re.sub(r"(?:\s*(?:\*+\)?|[¹²³†‡]|(?<=[^\d\s(])\s*\(?\d{1,2}\)))+\s*$", "", text)
    return re.sub(r"\s+", " ", text).strip(' \t\n;:"“”„')


def _twice(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


@lru_cache(maxsize=50_000)
def tokens(text: str) -> tuple[str, ...]:
    """Folded words: no capitals, accents or signs; ``ij`` and ``y`` alike; the usual short forms written out.

    >>> tokens("Alphen a/d Rijn"), tokens("St. Oedenrode"), tokens("’s-Gravenhage")
    (('alphen', 'aan', 'de', 'ryn'), ('sint', 'oedenrode'), ('s', 'gravenhage'))
    """
    text = re.sub(r"[’‘`´′ʼ]", "'", plain(text.casefold()))
    for pattern, full in _JOINED:
        text = pattern.sub(full, text)
    words = re.findall(r"[a-z]+", text.replace("ij", "y"))
    return tuple(_SAME.get(word, word) for word in words)


def key(words: tuple[str, ...]) -> str:
    """Words run together: hyphens, spaces and apostrophes make no difference."""
    return "".join(words)


def province(text: str) -> str | None:
    """The province a short form means.

    >>> province("N.H."), province("(Gld)"), province("Gooi")
    ('Noord-Holland', 'Gelderland', None)
    """
    letters = re.sub(r"[^a-z]", "", plain(text.casefold()).replace("ij", "y"))
    return _PROVINCE.get(letters) or _PROVINCE.get(re.sub(r"^(prov|provincie)", "", letters))


def without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    """``de bilt`` as ``bilt``; the words themselves where no article stands first."""
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def short_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is left when the last complement goes: ``nuenen`` of ``nuenen gerwen en nederwetten``.

    >>> short_of(("krimpen", "aan", "de", "yssel")), short_of(("west", "maas", "en", "waal"))
    (('krimpen',), ('west', 'maas'))
    """
    first = next((i for i, word in enumerate(words[1:], 1) if word in {"aan", "en", "by", "op"}), 0)
    return words[:first] if first else words
