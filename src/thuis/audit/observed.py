"""Rows of forms for machines: SDMX in XML and JSON, JSON-stat, RDF, and any JSON, as lines by their names."""

from __future__ import annotations

import itertools
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

Line = Mapping[str, Any]
NAMES = {"obsvalue": "obs_value", "value": "obs_value", "stderr": "std_err"}
"""What RDF calls the columns of an observation."""


def of_json(value: Any) -> Iterator[Line]:
    """Every object of a JSON value as a line; JSON-stat and SDMX in JSON by what their numbers are of."""
    if isinstance(value, dict):
        if value.get("class") == "dataset" and "dimension" in value:
            yield from _of_json_stat(value)
        if "dataSets" in value or "dataSets" in (value.get("data") or {}):
            yield from _of_sdmx_json(value)
        yield {key: _plain(each) for key, each in value.items()}
        value = [each for key, each in value.items() if key != "dimension"]
    if isinstance(value, list):
        for each in value:
            if isinstance(each, dict | list):
                yield from of_json(each)


def _plain(value: Any) -> Any:
    return "|".join(map(str, value)) if isinstance(value, list) else value


def _of_json_stat(found: Mapping[str, Any]) -> Iterator[Line]:
    sides = []
    for name in found["id"]:
        category = found["dimension"][name]["category"]
        index = category.get("index") or category["label"]
        counted = isinstance(index, dict) and all(isinstance(each, int) for each in index.values())
        order = sorted(index, key=index.__getitem__) if counted else list(index)
        sides.append([(name, each) for each in order])
    values, states = found.get("value") or [], found.get("status") or {}
    figure = str((found.get("extension") or {}).get("figure", ""))
    for at, kind in enumerate(itertools.product(*sides)):
        value, state = _at(values, at), _at(states, at)
        if value is not None:
            told = {"obs_value": value, "reason": state, "status": state or "A"}
            yield {**_figure(figure), **dict(kind), **told}


def _at(values: Any, at: int) -> Any:
    if isinstance(values, dict):
        return values.get(str(at))
    return values[at] if isinstance(values, list) and at < len(values) else None


def _figure(id_: str) -> dict[str, str]:
    indicator, _, breakdown = id_.partition("/")
    return {"indicator": indicator, "breakdown": breakdown} if breakdown else {}


def _of_sdmx_json(found: Mapping[str, Any]) -> Iterator[Line]:
    data = found.get("data") or found
    structure = data.get("structure") or (data.get("structures") or [{}])[0]
    attributes = (structure.get("attributes") or {}).get("observation", [])
    heads = structure.get("dimensions") or {}
    for each in data.get("dataSets", ()):
        series = {"": each} if "observations" in each else each.get("series") or {}
        for outer, rows in series.items():
            fixed = _coded(outer, heads.get("series", []))
            for key, row in rows.get("observations", {}).items():
                own = dict(zip(("obs_value",), row[:1], strict=False))
                told = (
                    (str(a["id"]), _value(a, k))
                    for a, k in zip(attributes, row[1:], strict=False)
                    if k is not None
                )
                yield {**fixed, **_coded(key, heads.get("observation", [])), **own, **dict(told)}


def _coded(key: str, heads: list[Any]) -> dict[str, Any]:
    numbers = [int(each) for each in key.split(":") if each.isdecimal()]
    return {str(head["id"]): _value(head, at) for head, at in zip(heads, numbers, strict=False)}


def _value(head: Mapping[str, Any], at: Any) -> Any:
    values = head.get("values") or []
    if isinstance(at, int) and at < len(values):
        return values[at].get("id", values[at].get("name")) if isinstance(values[at], dict) else values[at]
    return at


def of_xml(tree: etree._Element) -> Iterator[Line]:
    """Every observation of SDMX in XML, in either of its ways; of other XML every element with attributes."""
    for each in tree.iter("*"):
        name = etree.QName(each).localname
        held = {etree.QName(key).localname: str(value) for key, value in each.attrib.items()}
        if name == "Obs" and len(each):
            held |= {
                str(part.get("id", etree.QName(part).localname)): str(part.get("value"))
                for part in each.iter("*")
                if part.get("value") is not None
            }
            if (value := each.find("{*}ObsValue")) is not None:
                held["obs_value"] = str(value.get("value"))
        if held:
            yield held


def of_rdf(text: bytes, kind: str) -> Iterator[Line]:
    """Every subject of RDF with what is said of it, by the last part of each name.

    :raises Exception: whatever the reader raises for what is none.
    """
    from rdflib import Graph, Literal

    graph = Graph()
    with warnings.catch_warnings():
        # Its reader of JSON-LD uses what it deprecates itself.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph.parse(data=text, format=kind)
    for subject in dict.fromkeys(graph.subjects()):
        line: dict[str, Any] = {}
        for name, value in graph.predicate_objects(subject):
            key = _last(str(name)).lower()
            line[NAMES.get(key, key)] = value.value if isinstance(value, Literal) else _last(str(value))
        yield line


def named_elsewhere(value: Any) -> bool:
    """Whether JSON-LD takes the meaning of its names from another address.

    >>> named_elsewhere([{"@context": "https://schema.org"}]), named_elsewhere({"@context": {"n": "http://x/n"}})
    (True, False)
    """
    if isinstance(value, list):
        return any(map(named_elsewhere, value))
    if not isinstance(value, dict):
        return False
    context = value.get("@context", ())
    several = context if isinstance(context, list | tuple) else [context]
    return any(isinstance(each, str) or "@import" in each for each in several) or any(
        named_elsewhere(each) for each in value.values()
    )


def _last(name: str) -> str:
    return re.split(r"[#/:]", name.rstrip("/#"))[-1].removeprefix("code-")


def objects(text: str) -> Iterator[Any]:
    """The JSON values in a script or an attribute, wherever they begin."""
    reader, at = json.JSONDecoder(), 0
    while (start := min((k for k in (text.find("{", at), text.find("[", at)) if k >= 0), default=-1)) >= 0:
        try:
            value, at = reader.raw_decode(text, start)
        except (ValueError, RecursionError):
            at = start + 1
        else:
            yield value


def lines(values: Iterable[Any]) -> Iterator[Line]:
    """The lines of several JSON values."""
    for each in values:
        yield from of_json(each)
