"""DDI-Codebook 2.5 written: what a study is, how it was held, and every variable of every wave."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from thuis.codebook.model import Texts, Variable
from thuis.files import in_xml

NAMESPACE = "ddi:codebook:2_5"
SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True, slots=True)
class Asking:
    """One round of asking: who, when and how, how answers were weighted, and its variables."""

    id: str
    title: Texts
    start: dt.date
    end: dt.date
    population: Texts
    mode: Texts
    source: Texts
    weighting: Texts
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A study with its rounds; texts by language, the first language of ``languages`` is the main one."""

    title: Texts
    abstract: Texts
    publisher: Texts
    languages: Sequence[str]
    version: str
    released: dt.date
    citation: Texts
    licence: Texts
    licence_url: str
    rounds: tuple[Asking, ...]
    email: str = ""
    numbers: Mapping[str, tuple[float, float] | None] = field(default_factory=dict)
    """By name, the variables that are numbers, with the ends of their scale where there is one."""


def ddi_codebook(study: Study) -> bytes:
    """A study as DDI-Codebook 2.5, in UTF-8; elements in the order of its schema.

    >>> day = dt.date(2021, 3, 1)
    >>> one = Asking("2021", {"en": "2021"}, day, day, {"en": "adults"}, {"en": "web"}, {}, {}, (
    ...     Variable("trust", {"en": "Trust"}, {"en": "Can people be trusted?"}),))
    >>> text = ddi_codebook(Study({"en": "Trust"}, {}, {"en": "We"}, ["en"], "1.0", day, {}, {}, "", (one,)))
    >>> b"<qstnLit xml:lang=" in text
    True
    """
    nsmap: Any = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap=nsmap, version="2.5")
    root.set(_LANG, study.languages[0])
    root.set(_LOCATION, f"{NAMESPACE} {SCHEMA}")
    _study(_add(root, "stdyDscr"), study)
    for each in study.rounds:
        told = _add(_add(root, "fileDscr", ID=_id("F", each.id)), "fileTxt")
        _texts(told, "fileCont", each.title, study, study.languages[:1])
    data = _add(root, "dataDscr")
    for each in study.rounds:
        ids = " ".join(_id("V", each.id, one.name) for one in each.variables)
        if ids:
            group = _add(data, "varGrp", ID=_id("G", each.id), type="section", var=ids)
            _texts(group, "labl", each.title, study)
    for each in study.rounds:
        for one in each.variables:
            _variable(data, each, one, study)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _study(at: etree._Element, study: Study) -> None:
    citation = _add(at, "citation")
    titles = _add(citation, "titlStmt")
    main, *others = study.languages
    _texts(titles, "titl", study.title, study, [main])
    _texts(titles, "parTitl", study.title, study, others)
    _texts(_add(citation, "prodStmt"), "producer", study.publisher, study)
    if study.email:
        _add(_add(citation, "distStmt"), "contact", study.email, email=study.email)
    day = study.released.isoformat()
    _add(_add(citation, "verStmt"), "version", study.version, date=day)
    _texts(citation, "biblCit", study.citation, study, [main])  # the schema has room for one
    about = _add(at, "stdyInfo")
    _texts(about, "abstract", study.abstract, study)
    for each in study.rounds:
        summary = _add(about, "sumDscr", ID=_id("S", each.id))
        for event, when in (("start", each.start), ("end", each.end)):
            _add(summary, "collDate", when.isoformat(), date=when.isoformat(), event=event, cycle=each.id)
        _texts(summary, "universe", each.population, study)
    for each in study.rounds:
        held = _add(_add(at, "method", ID=_id("M", each.id)), "dataColl")
        _texts(held, "collMode", each.mode, study)
        if each.source:
            _texts(_add(held, "sources"), "dataSrc", each.source, study)
        _texts(held, "weight", each.weighting, study)
    for language in study.languages:  # a statement of use has room for one text of each kind
        use = _add(_add(at, "dataAccs"), "useStmt")
        _texts(use, "citReq", study.citation, study, [language])
        for _, text in _ordered(study.licence, [language]):
            _add(use, "conditions", f"{text} {study.licence_url}".strip(), language)


def _variable(data: etree._Element, each: Asking, one: Variable, study: Study) -> None:
    number = one.name in study.numbers
    var = _add(
        data, "var", ID=_id("V", each.id, one.name), name=one.name, files=_id("F", each.id),
        intrvl="contin" if number else "discrete",
    )  # fmt: skip
    _texts(var, "labl", one.label, study)
    if one.question:
        _texts(_add(var, "qstn"), "qstnLit", one.question, study)
    ends = study.numbers.get(one.name)
    if ends:
        _add(_add(var, "valrng"), "range", min=f"{ends[0]:g}", max=f"{ends[1]:g}")
    _texts(var, "universe", one.universe, study)
    for category in one.categories:
        catgry = _add(var, "catgry", **({"missing": "Y"} if category.missing else {}))
        _add(catgry, "catValu", category.code)
        _texts(catgry, "labl", category.label, study)
    _add(var, "varFormat", type="numeric" if number else "character")


def _texts(
    at: etree._Element, name: str, texts: Texts, study: Study, languages: Iterable[str] | None = None
) -> None:
    for language, text in _ordered(texts, study.languages if languages is None else languages):
        _add(at, name, text, language)


def _ordered(texts: Texts, languages: Iterable[str]) -> list[tuple[str, str]]:
    return [(each, texts[each]) for each in languages if texts.get(each)]


def _add(
    at: etree._Element, tag: str, text: str = "", language: str = "", /, **attributes: str
) -> etree._Element:
    found = etree.SubElement(at, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        found.set(key, in_xml(value))
    if language:
        found.set(_LANG, language)
    if text:
        found.text = in_xml(" ".join(text.split()))
    return found


def _id(kind: str, *parts: str) -> str:
    """An id as XML wants it: a letter first, no spaces; other characters by their number."""
    return "-".join((kind, *(_NO_NAME.sub(lambda found: f"_{ord(found[0]):x}_", each) for each in parts)))
