"""Files of SKOS-XL: a vocabulary out to a file, a file in as tables, and nothing of a foreign graph lost.

A foreign graph is kept whole beside the tables (``graph.nt``); an export of that folder holds it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from thuis.errors import Place, Problem, ThuisError
from thuis.files import put
from thuis.values import NAMESPACE
from thuis.vocabulary.load import load_vocabulary
from thuis.vocabulary.model import Source, Term, Vocabulary
from thuis.vocabulary.skos import foreign_terms, from_graph, is_own, to_graph
from thuis.vocabulary.tables_out import write_tables

if TYPE_CHECKING:
    from rdflib import Graph

# JSON-LD is left out: reading it may fetch a context from elsewhere.
FORMATS = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".xml": "xml"}
KEPT = "graph.nt"
_LIMIT = 200_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: terms written, terms left out because they are already there, triples kept."""

    own: bool
    terms: int
    known: tuple[str, ...]
    triples: int
    files: tuple[Path, ...]


def export_file(folder: Path | None, out: Path, base: str | None = None, namespace: str = NAMESPACE) -> int:
    """Write the vocabulary (with the graph a folder keeps) as Turtle, N-Triples or RDF/XML; the triple count.

    :raises ThuisError: for an unknown suffix, or a vocabulary with problems.
    """
    kind = _format(out)
    graph = to_graph(load_vocabulary(folder), namespace, base)
    if folder and (folder / KEPT).exists():
        graph += _parse(folder / KEPT)
    put(out, graph.serialize(format=kind, encoding="utf-8"))
    return len(graph)


def import_file(path: Path, folder: Path) -> Imported:
    """Read a SKOS or SKOS-XL file into the tables of a folder.

    An export of thuis comes back as it was. Of another graph the Dutch and English labels become terms under
    review, apart from those the shipped vocabulary already judges, and the graph itself is kept.

    :raises ThuisError: when the file cannot be read, holds no labels, or the folder has tables already.
    """
    there = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if there:
        step = "import into an empty folder and compare"
        raise ThuisError(
            [Problem("this table is already here", Place(str(each)), step=step) for each in there]
        )
    graph = _parse(path)
    if is_own(graph):
        vocabulary = from_graph(graph)
        files = write_tables(vocabulary, folder)
        return Imported(True, len(vocabulary.terms), (), len(graph), tuple(files))
    source = Source("imported", _title(graph) or path.stem, basis="C")
    terms, known = _new(foreign_terms(graph, source.id))
    if not terms and not known:
        raise ThuisError(
            "no Dutch or English labels in this graph",
            Place(str(path)),
            expected="skosxl:literalForm or skos:prefLabel with a language",
        )
    files = write_tables(Vocabulary(terms, sources={source.id: source}), folder)
    kept = folder / KEPT
    lines = sorted(set(graph.serialize(format="nt", encoding="utf-8").decode("utf-8").splitlines()))
    put(kept, "\n".join(line for line in lines if line) + "\n")
    return Imported(False, len(terms), known, len(graph), (*files, kept))


def _new(terms: tuple[Term, ...]) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    shipped = load_vocabulary()
    spelled = {(term.language, term.term.casefold()) for term in shipped.terms}
    kept: dict[tuple[str, str], Term] = {}
    known = []
    for term in terms:
        key = (term.language, term.term.casefold())
        if key in spelled or term.id in shipped.by_id:
            known.append(term.term)
        else:
            kept.setdefault(key, term)
    return tuple(kept.values()), tuple(known)


def _title(graph: Graph) -> str | None:
    from rdflib import DCTERMS, RDF, SKOS

    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        if (title := graph.value(scheme, DCTERMS.title)) is not None:
            return str(title)
    return None


def _format(path: Path) -> str:
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise ThuisError(f"unknown suffix {path.suffix!r}", Place(str(path)), available=tuple(FORMATS))
    return kind


def _parse(path: Path) -> Graph:
    from rdflib import Graph

    kind = _format(path)
    if not path.exists():
        raise ThuisError("no such file", Place(str(path)))
    if path.stat().st_size > _LIMIT:
        raise ThuisError("larger than 200 MB", Place(str(path)), step="split the graph")
    if kind == "xml" and b"<!ENTITY" in path.read_bytes():
        raise ThuisError("entities are not read", Place(str(path)), step="convert the file to Turtle")
    graph = Graph()
    try:
        graph.parse(path, format=kind)
    except Exception as error:  # rdflib's parsers raise many types, none of them common
        raise ThuisError(f"cannot be read as {kind}: {error}", Place(str(path))) from error
    return graph
