"""A table described for machines: CSV on the Web beside each file, and as a Data Package resource."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from thuis.contract.tabular import (
    Constraints,
    Contributor,
    DataPackage,
    Datatype,
    Dialect,
    Fields,
    Language,
    Metadata,
    PackageLicence,
    PackageSource,
    Reference,
    Resource,
    Spoken,
    TableColumn,
    TableField,
    TableSchema,
)
from thuis.project.model import Project
from thuis.publish.columns import Column

_CSVW = {"string": "string", "number": "double", "integer": "integer", "boolean": "boolean"}


def csvw(
    file: str, columns: Sequence[Column], keys: Sequence[str], title: Mapping[str, str], project: Project
) -> Metadata:
    """The metadata of one CSV file by the W3C's "Metadata Vocabulary for Tabular Data" (2015).

    :param file: the name of the file, beside which the metadata stand.
    :param keys: columns that together are different in every row.
    :param title: what the table is, per language.
    """
    told = {"description": _spoken(project.synthetic, project)} if project.synthetic else {}
    return Metadata.given(
        context=("http://www.w3.org/ns/csvw", Language.given({"language": project.languages[0]})),
        url=file,
        title=_spoken(title, project),
        publisher=Reference.given({"id": project.publisher.url}),
        license=Reference.given({"id": project.licence.url}),
        issued=project.released,
        citation=_spoken(project.citation, project),
        version=project.version,
        dialect=Dialect(header=True, delimiter=",", encoding="utf-8"),
        table=TableSchema.given(
            {"columns": tuple(_column(each, project) for each in columns), "key": tuple(keys)}
        ),
        **told,
    )


def _spoken(text: Mapping[str, str], project: Project) -> tuple[Spoken, ...]:
    return tuple(Spoken.given(value=text[lang], language=lang) for lang in project.languages)


def _column(column: Column, project: Project) -> TableColumn:
    """``titles`` is the header as it stands in the file; what it means is said in every language."""
    kind: str | Datatype = _CSVW[column.kind]
    if column.values:
        kind = Datatype(base="string", format=f"({'|'.join(map(re.escape, column.values))})")
    return TableColumn.given(
        name=column.name,
        titles=column.name,
        description=_spoken(column.text, project),
        datatype=kind,
        required=column.required,
        null="",
    )


def resource(
    path: str,
    content: bytes,
    columns: Sequence[Column],
    title: Mapping[str, str],
    project: Project,
    *,
    keys: Sequence[str] = (),
) -> Resource:
    """A CSV file as a resource of the Data Package, with size and digest.

    :param path: where it is below the data folder; the resource's name follows from it.
    """
    key = {"key": tuple(keys)} if keys else {}
    fields = Fields.given(fields=tuple(_field(each, project) for each in columns), missing=("",), **key)
    return extra_table(path, content).but(title=title[project.languages[0]], titles=dict(title), table=fields)


def extra_table(path: str, content: bytes) -> Resource:
    """A CSV file of which no more is known than its bytes, as a resource of the Data Package."""
    return Resource.given(
        name=resource_name(path),
        path=path,
        type="table",
        format="csv",
        mediatype="text/csv",
        encoding="utf-8",
        bytes=len(content),
        hash=f"sha256:{hashlib.sha256(content).hexdigest()}",
    )


def resource_name(path: str) -> str:
    """A name for a file: lower case, with dots where folders end.

    >>> resource_name("figures/trust/origin-by-sex.csv")
    'figures.trust.origin-by-sex'
    """
    return path.removesuffix(".csv").replace("/", ".")


def _field(column: Column, project: Project) -> TableField:
    limits: dict[str, object] = {"required": True} if column.required else {}
    if column.values:
        limits["enum"] = column.values
    constraints = {"constraints": Constraints.given(limits)} if limits else {}
    about = {"name": column.name, "type": column.kind, "description": column.text[project.languages[0]]}
    return TableField.given(about | constraints)


def package(project: Project, resources: Sequence[Resource]) -> DataPackage:
    """``datapackage.json``: every table of the data folder, by the Data Package standard, version 2."""
    first = project.languages[0]
    description = project.description[first]
    if project.synthetic:
        description = f"{project.synthetic[first]} {description}"
    licence, publisher = project.licence, project.publisher
    return DataPackage.given(
        profile="https://datapackage.org/profiles/2.0/datapackage.json",
        name=_name(project),
        id=project.address,
        homepage=project.address,
        title=project.title[first],
        titles=project.title,
        description=description,
        descriptions=project.description,
        synthetic=project.synthetic,
        version=project.version,
        created=f"{project.released.isoformat()}T00:00:00Z",
        licenses=(PackageLicence(name=licence.id, path=licence.url, title=licence.title[first]),),
        contributors=(Contributor(title=publisher.name[first], path=publisher.url, roles=("publisher",)),),
        sources=tuple(PackageSource(title=wave.source[first]) for wave in project.waves),
        resources=tuple(resources),
    )


def _name(project: Project) -> str:
    """The last part of the address, as letters, digits and hyphens."""
    last = project.address.rstrip("/").rpartition("/")[2].lower()
    return re.sub(r"[^a-z0-9]+", "-", last).strip("-") or "monitor"
