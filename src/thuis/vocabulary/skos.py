"""The vocabulary as SKOS-XL, out and in without loss.

Every term is a ``skosxl:Label``; terms of one concept hang under one ``skos:Concept``. What SKOS has no word
for (dates, genres, replacements with their meaning, context rules) stands in a namespace of our own; ordered
fields are RDF lists. A vocabulary that was exported comes back equal, its version included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from thuis.errors import ThuisError
from thuis.language.letters import slug
from thuis.values import NAMESPACE
from thuis.vocabulary.model import Name, Replacement, Rule, Source, Stage, Term, Vocabulary

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

_IDS, _WORDS = "id/vocabulary/", "ns/vocabulary#"
NS = NAMESPACE + _WORDS
_SPOKEN = frozenset({"definition", "reason", "context", "note", "text", "name", "when"})
_Record = Term | Source | Stage | Name | Rule | Replacement


def to_graph(vocabulary: Vocabulary, namespace: str = NAMESPACE, base: str | None = None) -> Graph:
    """The vocabulary as a graph, its identifiers and the words of our own in the owner's ``namespace``.

    :param base: where terms and concepts get their identifiers, when not in ``id/vocabulary/`` below it.

    >>> from thuis.vocabulary import load_vocabulary
    >>> vocabulary = load_vocabulary()
    >>> from_graph(to_graph(vocabulary)) == vocabulary
    True
    """
    from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef

    base = base or namespace + _IDS
    graph = Graph()
    for prefix, address in (("skosxl", _xl("")), ("thuis", namespace + _WORDS), ("voc", base)):
        graph.bind(prefix, address)
    scheme = URIRef(base + "scheme")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, OWL.versionInfo, Literal(vocabulary.version)))
    terms = [URIRef(f"{base}term/{term.id}") for term in vocabulary.terms]
    for node, term in zip(terms, vocabulary.terms, strict=True):
        graph.add((node, RDF.type, URIRef(_xl("Label"))))
        graph.add((node, URIRef(_xl("literalForm")), Literal(term.term, lang=term.language)))
        _describe(graph, node, term, term.language)
    _list(graph, scheme, "vocabularyTerms", terms)
    for name in ("names", "rules", "stages"):
        _list(graph, scheme, name, [_node(graph, each) for each in getattr(vocabulary, name)])
    _list(graph, scheme, "sources", [_source(graph, each, base) for each in vocabulary.sources.values()])
    refused = sorted(vocabulary.rejected)
    _list(graph, scheme, "refusedForms", [Literal("\t".join(pair)) for pair in refused])
    _concepts(graph, vocabulary, base)
    return graph if namespace == NAMESPACE else _renamed(graph, NS, namespace + _WORDS)


def _renamed(graph: Graph, old: str, new: str) -> Graph:
    """The same graph, with the words of one namespace in another."""
    from rdflib import Graph, URIRef

    def moved(node: Node) -> Node:
        return URIRef(new + node[len(old) :]) if isinstance(node, URIRef) and node.startswith(old) else node

    found = Graph()
    for prefix, address in graph.namespaces():
        if str(address) != old:
            found.bind(prefix, address)
    for triple in graph:
        found.add((moved(triple[0]), moved(triple[1]), moved(triple[2])))
    return found


def _own_words(graph: Graph) -> str | None:
    """The namespace in which a graph has our words, whoever owns it."""
    name = f"{_WORDS}vocabularyTerms"
    return next(
        (str(p)[: -len("vocabularyTerms")] for p in graph.predicates() if str(p).endswith(name)), None
    )


def from_graph(graph: Graph) -> Vocabulary:
    """The vocabulary in a graph that :func:`to_graph` made.

    :raises ThuisError: when the graph holds no such vocabulary; :func:`foreign_terms` reads others.
    """
    from rdflib import OWL, URIRef

    words = _own_words(graph)
    if words is None:
        raise ThuisError(
            "no vocabulary of thuis in this graph", expected=f"a scheme with <{NS}vocabularyTerms>"
        )
    graph = graph if words == NS else _renamed(graph, words, NS)
    scheme = next(graph.subjects(URIRef(NS + "vocabularyTerms")))
    sources = [_read(graph, node, Source) for node in _items(graph, scheme, "sources")]
    return Vocabulary(
        terms=tuple(_read(graph, node, Term) for node in _items(graph, scheme, "vocabularyTerms")),
        names=tuple(_read(graph, node, Name) for node in _items(graph, scheme, "names")),
        sources={each.id: each for each in sources},
        stages=tuple(_read(graph, node, Stage) for node in _items(graph, scheme, "stages")),
        rules=tuple(_read(graph, node, Rule) for node in _items(graph, scheme, "rules")),
        rejected=frozenset(_pair(str(each)) for each in _items(graph, scheme, "refusedForms")),
        version=str(graph.value(scheme, OWL.versionInfo) or ""),
    )


def is_own(graph: Graph) -> bool:
    """Whether a graph holds a vocabulary that :func:`to_graph` made."""
    return _own_words(graph) is not None


def foreign_terms(graph: Graph, source: str) -> tuple[Term, ...]:
    """The Dutch and English labels of another SKOS or SKOS-XL graph, as terms to be reviewed.

    Their status is ``under-review``: another vocabulary's judgement is not ours until someone takes it over.
    The label's concept gives the definition; ``source`` is the id of the source they will name.
    """
    from rdflib import DCTERMS, RDFS, SKOS, URIRef
    from rdflib import Literal as Text

    found: dict[str, Term] = {}
    contentious = set(graph.objects(None, URIRef("https://w3id.org/culco#hasContentiousLabel")))
    forms = (URIRef(_xl("literalForm")), SKOS.prefLabel, SKOS.altLabel)
    labels = [pair for kind in forms for pair in graph.subject_objects(kind)]
    for label, form in sorted(labels, key=lambda pair: (str(pair[1]), str(pair[0]))):
        if not isinstance(form, Text) or (form.language or "")[:2] not in ("nl", "en"):
            continue
        if contentious and label not in contentious:
            continue
        language = str(form.language)[:2]
        notes = [
            str(text)
            for node in (label, *sorted(graph.subjects(None, label), key=str))
            for kind in (SKOS.definition, SKOS.scopeNote, SKOS.note, DCTERMS.description, RDFS.comment)
            for text in graph.objects(node, kind)
            if isinstance(text, Text) and (text.language or language)[:2] == language
        ]
        name = slug(f"{'' if language == 'nl' else 'en-'}{form}")
        if name and name not in found:
            found[name] = Term(
                name,
                str(form),
                language,
                "under-review",
                kind="phrase" if " " in str(form) else "noun",
                concept=name,
                definition=" ".join(" ".join(notes[:1]).split()) or None,
                sources=(source,),
                certainty="disputed",
            )
    return tuple(found.values())


def _concepts(graph: Graph, vocabulary: Vocabulary, base: str) -> None:
    from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef

    preferred: set[tuple[str, str]] = set()
    ordered = sorted(
        vocabulary.terms, key=lambda each: each.status not in ("preferred", "allowed", "statutory")
    )
    for term in ordered:
        concept, label = URIRef(f"{base}concept/{term.concept}"), URIRef(f"{base}term/{term.id}")
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, URIRef(base + "scheme")))
        key = (term.concept, term.language)
        graph.add((concept, URIRef(_xl("altLabel" if key in preferred else "prefLabel")), label))
        preferred.add(key)
        notes = (
            (SKOS.definition, term.definition),
            (SKOS.changeNote, term.reason),
            (SKOS.scopeNote, term.context),
        )
        for kind, text in notes:
            if text:
                graph.add((concept, kind, Literal(text, lang=term.language)))
        for other in term.related:
            if other in vocabulary.by_id and vocabulary.by_id[other].concept != term.concept:
                graph.add((concept, SKOS.related, URIRef(f"{base}concept/{vocabulary.by_id[other].concept}")))
        for source in term.sources:
            graph.add((label, DCTERMS.source, URIRef(f"{base}source/{source}")))
        for each in term.replacements:
            if each.id:
                graph.add((label, DCTERMS.isReplacedBy, URIRef(f"{base}term/{each.id}")))


def _source(graph: Graph, source: Source, base: str) -> URIRef:
    from rdflib import DCTERMS, Literal, URIRef

    node = URIRef(f"{base}source/{source.id}")
    graph.add((node, DCTERMS.title, Literal(source.title)))
    _describe(graph, node, source, None)
    return node


def _node(graph: Graph, record: _Record) -> Node:
    from rdflib import BNode

    node = BNode()
    _describe(graph, node, record, getattr(record, "language", None))
    return node


def _describe(graph: Graph, node: Node, record: _Record, language: str | None) -> None:
    """Every field that differs from its default, as a statement."""
    from rdflib import Literal, URIRef

    for each in fields(record):
        value = getattr(record, each.name)
        if value == each.default:
            continue
        predicate = URIRef(NS + each.name)
        if isinstance(value, tuple):
            items: list[Node] = [
                _node(graph, item) if isinstance(item, Replacement) else Literal(item) for item in value
            ]
            _list(graph, node, each.name, items)
        elif isinstance(value, str) and language and each.name in _SPOKEN:
            graph.add((node, predicate, Literal(value, lang=language)))
        else:
            graph.add((node, predicate, Literal(value)))


def _read(graph: Graph, node: Node, kind: type[Any]) -> Any:
    from rdflib import URIRef

    values: dict[str, Any] = {}
    for each in fields(kind):
        value = graph.value(node, URIRef(NS + each.name))
        if value is None:
            if each.default is MISSING:
                raise ThuisError(f"a {kind.__name__.lower()} without {each.name}: {node}")
        elif str(each.type).startswith("tuple"):
            inner = Replacement if "Replacement" in str(each.type) else None
            items = _items(graph, node, each.name)
            values[each.name] = tuple(_read(graph, i, inner) if inner else str(i) for i in items)
        elif each.type in ("bool", bool):
            values[each.name] = str(value).lower() == "true"
        else:
            values[each.name] = str(value)
    return kind(**values)


def _list(graph: Graph, subject: Node, name: str, items: Iterable[Node]) -> None:
    from rdflib import RDF, BNode, URIRef
    from rdflib.collection import Collection

    kept = list(items)
    head: Node = BNode() if kept else RDF.nil
    if kept:
        Collection(graph, head, kept)
    graph.add((subject, URIRef(NS + name), head))


def _items(graph: Graph, subject: Node, name: str) -> list[Node]:
    from rdflib import URIRef

    head = graph.value(subject, URIRef(NS + name))
    return list(graph.items(head)) if head is not None else []


def _pair(text: str) -> tuple[str, str]:
    term, _, form = text.partition("\t")
    return term, form


@cache
def _xl(name: str) -> str:
    return "http://www.w3.org/2008/05/skos-xl#" + name
