"""The documents of HSDS that the public folder holds, and by what they are found.

They are the very documents of ``directory/hsds-services.json``, so the API, the download and the pages cannot
differ; organisations, places and terms are taken out of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from thuis.contract.folder import DataFolder
from thuis.directory.find import Query, find
from thuis.directory.hsds import DUTCH, ENGLISH, TAXONOMIES, Doc, as_dict, as_list, attributes_of, uid
from thuis.directory.index import Index, build
from thuis.directory.load import records_of
from thuis.directory.merges import Blocks, blocks
from thuis.directory.terms import terms
from thuis.errors import ThuisError

HSDS = "directory/hsds-services.json"
LISTED = (
    "id", "organization_id", "program_id", "name", "alternate_name", "description", "url", "email", "status",
    "interpretation_services", "application_process", "fees_description", "wait_time", "fees",
    "accreditations", "eligibility_description", "minimum_age", "maximum_age", "assured_date",
    "assurer_email", "licenses", "alert", "last_modified", "organization", "program",
)  # fmt: skip
"""What HSDS has in a list of services; the rest comes with ``full`` or by id."""
ANSWERS = 1000
_TITLES = {
    "themes": "Themes of the monitor",
    "audience": "For whom",
    "form": "Forms of contact",
    "price": "What it costs",
}


@dataclass(frozen=True, eq=False)
class Shelf:
    """All documents, in the order of the directory. ``documents[i]`` is of ``index.records[i]``."""

    index: Index
    documents: tuple[Doc, ...]
    day: date

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Id of a document -> its number."""
        return {str(each["id"]): number for number, each in enumerate(self.documents)}

    @cached_property
    def by_record(self) -> Mapping[str, int]:
        """Id of a record -> its number."""
        return {each.id: number for number, each in enumerate(self.index.records)}

    def found(self, text: str) -> tuple[int, ...]:
        """The numbers of the services that a search gives on the day of the directory, best first.

        The last thousand answers are kept: who turns a page of one asks it again.
        """
        return self._kept(text)

    @cached_property
    def _kept(self) -> Callable[[str], tuple[int, ...]]:
        return lru_cache(maxsize=ANSWERS)(self._found)

    def _found(self, text: str) -> tuple[int, ...]:
        return tuple(self.by_record[each.id] for each in find(self.index, Query(text), self.day).records)

    @cached_property
    def blocks(self) -> Blocks:
        """By what records may be seen to be the same."""
        return blocks(self.index.records)

    @cached_property
    def organizations(self) -> Mapping[str, tuple[Doc, tuple[int, ...]]]:
        """Id -> the organisation, and the numbers of its services."""
        found: dict[str, tuple[Doc, list[int]]] = {}
        for number, each in enumerate(self.documents):
            own = as_dict(each.get("organization"))
            if own.get("id"):
                doc, numbers = found.setdefault(str(own["id"]), ({}, []))
                doc.update({key: value for key, value in own.items() if key not in doc})
                numbers.append(number)
        return {key: (doc, tuple(numbers)) for key, (doc, numbers) in sorted(found.items(), key=_by_name)}

    @cached_property
    def places(self) -> Mapping[str, tuple[Doc, int]]:
        """Id -> a service at a location, and the number of its service."""
        return {
            str(row["id"]): (row, number)
            for number, each in enumerate(self.documents)
            for row in map(as_dict, as_list(each.get("service_at_locations")))
            if row.get("id")
        }

    @cached_property
    def taxonomies(self) -> Mapping[str, Doc]:
        """Id -> a taxonomy: our own, and those that documents brought along."""
        own = {
            uid("taxonomy", name): {
                "id": uid("taxonomy", name),
                "name": name,
                "description": _TITLES[facet],
            }
            for facet, name in TAXONOMIES.items()
        }
        brought = (as_dict(each.get("taxonomy_detail")) for each in self._brought)
        theirs = {str(each["id"]): each for each in brought if each.get("id") and each.get("name")}
        return {**own, **{key: {"description": str(each["name"]), **each} for key, each in theirs.items()}}

    @cached_property
    def terms(self) -> Mapping[str, Doc]:
        """Id -> a term: every mark there is of our own, and those that documents brought along."""
        own: dict[str, Doc] = {}
        for facet, name in TAXONOMIES.items():
            for code, term in terms(facet).items():
                doc = {"id": uid(name, code), "code": code, "name": term.title[DUTCH]}
                doc |= {"description": term.title[ENGLISH], "taxonomy": name, "language": DUTCH}
                own[doc["id"]] = doc | {"taxonomy_detail": self.taxonomies[uid("taxonomy", name)]}
        theirs = {str(each["id"]): each for each in self._brought if each.get("id") and each.get("name")}
        return {**{key: {"description": str(each["name"]), **each} for key, each in theirs.items()}, **own}

    @cached_property
    def _brought(self) -> tuple[Doc, ...]:
        return tuple(_terms_of(self.documents))

    @cached_property
    def marked(self) -> Mapping[str, frozenset[int]]:
        """Id of a term or of a taxonomy -> the numbers of the services that have it."""
        found: dict[str, set[int]] = {}
        names = {each["name"]: key for key, each in self.taxonomies.items()}
        for number, each in enumerate(self.documents):
            for term in _terms_of([each]):
                detail = as_dict(term.get("taxonomy_detail")).get("id")
                of = detail or names.get(str(term.get("taxonomy")))
                for key in (term.get("id"), of):
                    if key:
                        found.setdefault(str(key), set()).add(number)
        return {key: frozenset(numbers) for key, numbers in found.items()}


def _by_name(item: tuple[str, tuple[Doc, list[int]]]) -> tuple[str, str]:
    return str(item[1][0].get("name", "")).casefold(), item[0]


def _terms_of(documents: Iterable[Doc]) -> Iterable[Doc]:
    for each in documents:
        for attribute in attributes_of(each):
            term = as_dict(attribute.get("taxonomy_term"))
            if term:
                yield term


def shelf(data: DataFolder) -> Shelf:
    """The documents of a data folder.

    :raises ThuisError: when its two files are not of the same records.
    """
    if data.directory is None:
        return Shelf(build(()), (), date.min)
    records = records_of(data.directory)
    page: Any = json.loads((data.folder / HSDS).read_bytes())
    documents = tuple(page["contents"])
    same = [(each.name, str(doc.get("name"))) for each, doc in zip(records, documents, strict=False)]
    if len(records) != len(documents) or any(a != b for a, b in same):
        step = "thuis build PROJECT again"
        raise ThuisError("directory.json and hsds-services.json are of two builds", step=step)
    return Shelf(build(records, data.directory.places), documents, data.directory.made_on)


def listed(document: Doc) -> Doc:
    """A service as a list has it."""
    return {key: document[key] for key in LISTED if key in document}
