"""DCAT-AP: what a data portal needs to know of the monitor, as Turtle or JSON-LD.

The terms are those of DCAT-AP 3.0 with the properties that DCAT-AP-NL makes mandatory: identifier, title,
description, publisher, contact point, theme, access rights and licence.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from rdflib import DCAT, DCTERMS, FOAF, OWL, RDF, XSD, Graph, Namespace, URIRef
from rdflib import Literal as Value
from rdflib.namespace import PROV

from thuis.contract.base import Text
from thuis.contract.folder import DataFolder
from thuis.contract.index import Index
from thuis.errors import Place, ThuisError
from thuis.language import LANGUAGES, texts

_EU = "http://publications.europa.eu/resource/authority/"
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_FILES = {
    ".csv": ("text/csv", "CSV"),
    ".json": ("application/json", "JSON"),
    ".parquet": ("application/vnd.apache.parquet", "PARQUET"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", "ODS"),
    ".db": ("application/vnd.sqlite3", "OP_DATPRO"),
    ".xml": ("application/xml", "XML"),
    ".pdf": ("application/pdf", "PDF"),
}


def dcat(data: DataFolder, index: Index, form: Literal["turtle", "json-ld"] = "turtle") -> bytes:
    """The catalogue with one dataset, and a distribution for each file over the whole monitor.

    :param index: the list of files, ``index.json``.
    :raises ThuisError: when the monitor has no address, which every identifier is made from.
    """
    monitor = data.monitor
    if not monitor.address:
        what = "a data portal needs the address of the monitor"
        raise ThuisError(what, Place("monitor.json", key="address"), step="set address in thuis.yaml")
    base = monitor.address.rstrip("/")
    graph = Graph()
    for name, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", _VCARD), ("prov", PROV)):
        graph.bind(name, space)
    whole, catalogue = URIRef(f"{base}/data/#dataset"), URIRef(f"{base}/data/#catalogue")
    publisher = URIRef(monitor.publisher.url or f"{base}/#publisher")
    graph.add((publisher, RDF.type, FOAF.Agent))
    _said(graph, publisher, FOAF.name, monitor.publisher.name)
    for node, kind in ((catalogue, DCAT.Catalog), (whole, DCAT.Dataset)):
        graph.add((node, RDF.type, kind))
        _said(graph, node, DCTERMS.title, monitor.title)
        _said(graph, node, DCTERMS.description, _described(data))
        graph.add((node, DCTERMS.publisher, publisher))
        for language in data.languages:
            if language in LANGUAGES:
                code = texts("handover", language)("language-code")
                graph.add((node, DCTERMS.language, URIRef(f"{_EU}language/{code}")))
        if monitor.licence:
            graph.add((node, DCTERMS.license, URIRef(monitor.licence.url)))
    graph.add((catalogue, DCAT.dataset, whole))
    graph.add((catalogue, FOAF.homepage, URIRef(f"{base}/")))
    _dataset(graph, whole, data, base)
    for each in index.files:
        if each.kind in ("whole", "handover") and PurePosixPath(each.path).suffix in _FILES:
            _distribution(graph, whole, data, base, each.path, each.bytes)
    said = graph.serialize(format=form, encoding="utf-8")
    return bytes(said)


def _described(data: DataFolder) -> Text:
    synthetic = data.synthetic or {}
    found = data.monitor.description
    return {language: f"{synthetic.get(language, '')} {text}".strip() for language, text in found.items()}


def _dataset(graph: Graph, whole: URIRef, data: DataFolder, base: str) -> None:
    monitor = data.monitor
    contact = URIRef(f"{base}/data/#contact")
    graph.add((contact, RDF.type, _VCARD.Organization))
    _said(graph, contact, _VCARD.fn, monitor.publisher.name)
    if monitor.publisher.email:
        graph.add((contact, _VCARD.hasEmail, URIRef(f"mailto:{monitor.publisher.email}")))
    if monitor.publisher.url:
        graph.add((contact, _VCARD.hasURL, URIRef(monitor.publisher.url)))
    graph.add((whole, DCAT.contactPoint, contact))
    graph.add((whole, DCTERMS.identifier, Value(f"{base}/data/", datatype=XSD.string)))
    graph.add((whole, DCAT.landingPage, URIRef(f"{base}/")))
    graph.add((whole, DCAT.theme, URIRef(f"{_EU}data-theme/SOCI")))
    graph.add((whole, DCTERMS.accessRights, URIRef(f"{_EU}access-right/PUBLIC")))
    graph.add((whole, DCTERMS.modified, Value(monitor.released)))
    graph.add((whole, OWL.versionInfo, Value(monitor.version)))
    graph.add((whole, URIRef(f"{DCAT}version"), Value(monitor.version)))
    for each in data.themes:
        _said(graph, whole, DCAT.keyword, each.title)
    days = [day for wave in data.waves.values() for day in (wave.field.start, wave.field.end)]
    if days:
        span = URIRef(f"{base}/data/#period")
        graph.add((span, RDF.type, DCTERMS.PeriodOfTime))
        graph.add((span, DCAT.startDate, Value(min(days))))
        graph.add((span, DCAT.endDate, Value(max(days))))
        graph.add((whole, DCTERMS.temporal, span))


def _distribution(graph: Graph, whole: URIRef, data: DataFolder, base: str, path: str, size: int) -> None:
    media, form = _FILES[PurePosixPath(path).suffix]
    node, address = URIRef(f"{base}/data/#{path}"), URIRef(f"{base}/data/{path}")
    graph.add((whole, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Value(path)))
    graph.add((node, DCAT.accessURL, address))
    graph.add((node, DCAT.downloadURL, address))
    graph.add((node, DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{media}")))
    graph.add((node, DCTERMS.format, URIRef(f"{_EU}file-type/{form}")))
    graph.add((node, DCAT.byteSize, Value(size, datatype=XSD.nonNegativeInteger)))
    if data.monitor.licence:
        graph.add((node, DCTERMS.license, URIRef(data.monitor.licence.url)))


def _said(graph: Graph, node: URIRef, what: URIRef, text: Text) -> None:
    for language, said in text.items():
        graph.add((node, what, Value(said, lang=language)))
