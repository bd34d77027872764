"""SDMX: the cube as SDMX-CSV 2.0 and as SDMX-ML 2.1, with its data structure definition.

The structure and the code lists have their names in every language of the monitor.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from thuis.contract.folder import DataFolder
from thuis.errors import ThuisError
from thuis.handover.exchange import cube
from thuis.language import LANGUAGES, texts
from thuis.tables import as_csv

FLOW = "MONITOR"
_MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"


def agency(data: DataFolder) -> str:
    """The id of who maintains the structure, from the publisher's name."""
    name = data.monitor.publisher.name[data.languages[0]]
    found = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")
    return found if found[:1].isalpha() else f"A_{found}"


def version(data: DataFolder) -> str:
    """The version as SDMX writes it.

    >>> from types import SimpleNamespace
    >>> version(SimpleNamespace(monitor=SimpleNamespace(version="2.1-beta")))
    '2.1'
    """
    found = re.match(r"\d+(\.\d+)*", data.monitor.version)
    return found[0] if found else "1.0"


def dimensions(data: DataFolder) -> list[str]:
    """The names of the dimensions, in order; the time is the last."""
    return ["INDICATOR", *cube.breakdowns(data), "WAVE", "TIME_PERIOD"]


def sdmx_csv(data: DataFolder) -> bytes:
    """Every cell as SDMX-CSV 2.0."""
    names = dimensions(data)
    flow = f"{agency(data)}:{FLOW}({version(data)})"
    fixed = {"STRUCTURE": "dataflow", "STRUCTURE_ID": flow, "ACTION": "I"}
    rows = (
        {**fixed, **each.place, cube.MEASURE: None if each.value is None else repr(each.value), **each.told}
        for each in cube.observations(data)
    )
    return as_csv(rows, [*fixed, *names, cube.MEASURE, *cube.ATTRIBUTES]).encode()


def sdmx_structure(data: DataFolder) -> bytes:
    """The data structure definition, its concepts and code lists, as SDMX-ML 2.1.

    :raises ThuisError: when the extra ``exchange`` is not installed.
    """
    sdmx = _library()
    found = _Structure(data)
    message = sdmx.message.StructureMessage(header=_header(data, "STRUCTURE"))
    for each in (*found.lists.values(), found.concepts, found.definition, found.flow):
        message.add(each)
    return bytes(sdmx.to_xml(message, pretty_print=True))


def sdmx_data(data: DataFolder) -> bytes:
    """Every cell as a structure-specific data message of SDMX-ML 2.1.

    :raises ThuisError: when the extra ``exchange`` is not installed.
    """
    sdmx = _library()
    from sdmx.model import v21 as model

    found = _Structure(data)
    definition = found.definition
    measure = definition.measures.get(cube.MEASURE)
    attributes = {name: definition.attributes.get(name) for name in cube.ATTRIBUTES}
    rows = []
    for each in cube.observations(data):
        key = definition.make_key(sdmx.model.common.Key, each.place)
        told = {
            name: model.AttributeValue(value=value, value_for=attributes[name])
            for name, value in each.told.items()
        }
        rows.append(
            model.Observation(dimension=key, value=each.value, value_for=measure, attached_attribute=told)
        )
    cells = model.StructureSpecificDataSet(structured_by=definition, described_by=found.flow)
    cells.add_obs(rows)
    message = sdmx.message.DataMessage(
        header=_header(data, "DATA"),
        data=[cells],
        dataflow=found.flow,
        observation_dimension=model.AllDimensions,
    )
    return _completed(sdmx.to_xml(message, pretty_print=True), data)


def _completed(xml: bytes, data: DataFolder) -> bytes:
    """With two attributes that the schema demands of the header and sdmx1 leaves out."""
    root = etree.fromstring(xml)
    of = f"{agency(data)}:{FLOW}({version(data)})"
    for each in root.iter(f"{{{_MESSAGE}}}Structure"):
        each.set(
            "namespace",
            f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={of}:ObsLevelDim:AllDimensions",
        )
        each.set("dimensionAtObservation", "AllDimensions")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _library() -> Any:
    try:
        import sdmx
    except ImportError as error:
        what = "SDMX-ML needs the extra 'exchange'"
        raise ThuisError(what, step="pip install 'thuis[exchange]'") from error
    return sdmx


def _header(data: DataFolder, kind: str) -> Any:
    from sdmx.message import Header
    from sdmx.model.v21 import Agency

    day = datetime.combine(data.monitor.released, datetime.min.time(), UTC)
    sender = Agency(id=agency(data), name=data.monitor.publisher.name)
    return Header(id=f"{FLOW}_{kind}", test=False, prepared=day, sender=sender)


class _Structure:
    """Concepts, code lists, definition and flow."""

    def __init__(self, data: DataFolder) -> None:
        from sdmx.model import v21 as model

        self.model, self.data = model, data
        self.owner = model.Agency(id=agency(data), name=data.monitor.publisher.name)
        self.kept = {"maintainer": self.owner, "version": version(data)}
        self.kept |= {"is_final": True, "is_external_reference": False}
        self.lists = self._lists()
        self.concepts = model.ConceptScheme(id="CONCEPTS", name=data.monitor.title, **self.kept)
        self.definition = model.DataStructureDefinition(id=FLOW, name=data.monitor.title, **self.kept)
        self._components()
        self.flow = model.DataflowDefinition(
            id=FLOW, name=data.monitor.title, structure=self.definition, **self.kept
        )

    def _lists(self) -> dict[str, Any]:
        data = self.data
        said = {name: {"en": text} for name, text in cube.STATUS_NAMES.items()}
        secret = {name: {"en": text} for name, text in cube.CONFIDENTIAL_NAMES.items()}
        spoken = [each for each in data.languages if each in LANGUAGES]
        total = {language: texts("handover", language)("sheet.total") for language in spoken}
        found = {
            "INDICATOR": {each.id: each.title for each in data.indicators},
            **{name: {cube.ALL: total, **titles} for name, titles in cube.categories(data).items()},
            "WAVE": {id_: wave.title for id_, wave in data.waves.items()},
            "OBS_STATUS": said,
            "CONF_STATUS": secret,
        }
        return {name: self._list(name, codes) for name, codes in found.items()}

    def _list(self, name: str, codes: dict[str, dict[str, str]]) -> Any:
        made = self.model.Codelist(id=f"CL_{name}", name={"en": name}, **self.kept)
        for id_, title in codes.items():
            made.append(self.model.Code(id=id_, name=title))
        return made

    def _component(self, name: str) -> dict[str, Any]:
        titles = {each: d.title for each, d in cube.breakdowns(self.data).items()}
        concept = self.model.Concept(id=name, name=titles.get(name) or {"en": name})
        self.concepts.append(concept)
        found = {"id": name, "concept_identity": concept}
        if name in self.lists:
            found["local_representation"] = self.model.Representation(enumerated=self.lists[name])
        elif name == "TIME_PERIOD":
            facet = self.model.Facet(value_type=self.model.FacetValueType["observationalTimePeriod"])
            found["local_representation"] = self.model.Representation(non_enumerated=[facet])
        return found

    def _components(self) -> None:
        model, definition = self.model, self.definition
        definition.dimensions.id = "DimensionDescriptor"
        definition.measures.id = "MeasureDescriptor"
        definition.attributes.id = "AttributeDescriptor"
        for order, name in enumerate(dimensions(self.data), 1):
            kind = model.TimeDimension if name == "TIME_PERIOD" else model.Dimension
            definition.dimensions.append(kind(order=order, **self._component(name)))
        definition.measures.append(model.PrimaryMeasure(**self._component(cube.MEASURE)))
        for name in cube.ATTRIBUTES:
            status = model.UsageStatus.mandatory if name == "OBS_STATUS" else model.UsageStatus.conditional
            told = {"related_to": model.PrimaryMeasureRelationship(), "usage_status": status}
            definition.attributes.append(model.DataAttribute(**self._component(name), **told))
