"""DDI-Lifecycle 3.2 and 3.3: variables, questions, code lists and universes that refer to one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from thuis.codebook.elements import (
    below,
    by_language,
    child,
    children,
    language,
    local,
    texts,
    without_code,
    words,
)
from thuis.codebook.model import Category, Codebook, Texts, Variable

_QUESTIONS = ("QuestionItem", "QuestionGrid", "QuestionBlock")
_KEPT = (
    *_QUESTIONS, "Category", "CodeList", "Universe", "RepresentedVariable", "ConceptualVariable", "Variable",
    "ManagedMissingValuesRepresentation",
)  # fmt: skip
_DEEPEST = 20


def read_ddi_l(root: Any, file: str) -> Codebook:
    """The codebook in a ``DDIInstance`` or ``FragmentInstance``; what a reference misses is remarked on."""
    items = _Items(root)
    variables = tuple(_Reader(items, each).variable() for each in items.of("Variable"))
    version = str(root.tag).partition("}")[0].rpartition(":")[2].replace("_", ".")
    study = next((each for each in root.iter() if local(each) in ("StudyUnit", "Group")), None)
    universe = items.follow(study, "UniverseReference") if study is not None else None
    return Codebook(
        file,
        f"DDI-Lifecycle {version}",
        texts(below(study, "Citation", "Title", "String")),
        _described(universe),
        tuple(each for each in variables if each.name),
        tuple(items.remarks()),
    )


class _Items:
    """Every item of a document by what it is and how it is referred to."""

    def __init__(self, root: Any) -> None:
        self._by_key: dict[tuple[str, ...], Any] = {}
        self._kinds: dict[str, list[Any]] = {}
        self._missed: dict[str, int] = {}
        for each in root.iter():
            kind = local(each)
            if kind not in _KEPT or not _identified(each):
                continue
            self._kinds.setdefault(kind, []).append(each)
            for key in _keys(each):
                self._by_key[key] = each
        # Of several versions of a variable the last one counts.
        found = {_keys(each)[-1]: each for each in self._kinds.get("Variable", [])}
        self._kinds["Variable"] = list(found.values())

    def of(self, kind: str) -> list[Any]:
        return self._kinds.get(kind, [])

    def remarks(self) -> Iterator[str]:
        for kind, times in sorted(self._missed.items()):
            yield f"{times} {'reference' if times == 1 else 'references'} to a {kind} that is not in the file"

    def all(self, element: Any, *names: str) -> Iterator[Any]:
        """What the references in ``element`` with these names lead to."""
        for reference in children(element, *names):
            found = next((self._by_key[key] for key in _keys(reference) if key in self._by_key), None)
            inline = next((each for each in reference if local(each) in _KEPT and _identified(each)), None)
            if found is not None or inline is not None:
                yield found if found is not None else inline
            elif _identified(reference):
                kind = local(reference).removesuffix("Reference")
                self._missed[kind] = self._missed.get(kind, 0) + 1

    def follow(self, element: Any, *names: str) -> Any | None:
        return next(self.all(element, *names), None)


def _identified(element: Any) -> bool:
    return child(element, "ID") is not None or child(element, "URN") is not None


def _keys(element: Any) -> list[tuple[str, ...]]:
    """How an item is named and referred to: with its version first, then without."""
    urn, agency, id_, version = (
        words(found) if (found := child(element, name)) is not None else ""
        for name in ("URN", "Agency", "ID", "Version")
    )
    if not id_ and urn.lower().startswith("urn:ddi:"):
        parts = urn.split(":")
        agency, id_, version = (*parts[2:5], "", "", "")[:3]
    agency, id_ = agency.lower(), id_.lower()
    return [(agency, id_, version), (agency, id_)]


class _Reader:
    """One variable, with what it takes from the items it refers to."""

    def __init__(self, items: _Items, variable: Any) -> None:
        self._items, self._variable = items, variable
        represented = items.follow(variable, "RepresentedVariableReference")
        conceptual = [
            found
            for each in (variable, represented)
            if each is not None
            for found in items.all(each, "ConceptualVariableReference")
        ]
        self._behind = [each for each in (represented, *conceptual) if each is not None]

    def variable(self) -> Variable:
        name = texts(below(self._variable, "VariableName", "String"))
        categories, missing, ranges = self._answers()
        return Variable(
            next(iter(name.values()), ""),
            texts(below(self._variable, "Label", "Content")),
            self._question(),
            self._universe(),
            categories,
            missing,
            ranges,
            self._variable.sourceline,
        )

    def _question(self) -> Texts:
        names = tuple(f"{each}Reference" for each in _QUESTIONS)
        found = self._items.all(self._variable, "QuestionReference", *names)
        return by_language((code, text) for item in found for code, text in _wording(item).items())

    def _universe(self) -> Texts:
        for element in (self._variable, *self._behind):
            found = by_language(
                (code, text)
                for each in self._items.all(element, "UniverseReference")
                for code, text in _described(each).items()
            )
            if found:
                return found
        return {}

    def _answers(self) -> tuple[tuple[Category, ...], tuple[str, ...], tuple[tuple[float, float], ...]]:
        own = child(self._variable, "VariableRepresentation")
        places = [each for each in (own, self._variable, *self._behind) if each is not None]
        codes = next(filter(None, (list(self._codes(each, "CodeRepresentation")) for each in places)), [])
        unanswered, ranges = self._missing(places)
        known = {each.code for each in codes}
        gone = {each.code for each in unanswered} | {each.code for each in codes if each.missing}
        marked = [Category(each.code, each.label, missing=each.code in gone) for each in codes]
        marked += [
            Category(each.code, each.label, missing=True) for each in unanswered if each.code not in known
        ]
        missing = [each.code for each in marked if each.missing]
        return tuple(each for each in marked if each.label), tuple(missing), ranges

    def _codes(self, element: Any, kind: str) -> Iterator[Category]:
        for representation in children(element, kind):
            for listed in self._items.all(representation, "CodeListReference"):
                yield from self._listed(listed, _DEEPEST)
            for code in (representation.get("missingValue") or "").split():
                yield Category(code, {}, missing=True)

    def _listed(self, element: Any, deep: int) -> Iterator[Category]:
        for code in children(element, "Code") if deep else ():
            value = child(code, "Value")
            category = self._items.follow(code, "CategoryReference")
            if value is not None and words(value):
                missing = category is not None and category.get("isMissing") in ("true", "1")
                yield Category(words(value), without_code(_label(category), words(value)), missing)
            yield from self._listed(code, deep - 1)

    def _missing(self, places: Iterable[Any]) -> tuple[list[Category], tuple[tuple[float, float], ...]]:
        codes: list[Category] = []
        ranges: list[tuple[float, float]] = []
        for managed in (
            found for each in places for found in self._items.all(each, "MissingValuesReference")
        ):
            codes += self._codes(managed, "MissingCodeRepresentation")
            for numeric in children(managed, "MissingNumericRepresentation"):
                ranges += filter(None, map(_range, children(numeric, "NumberRange")))
        return codes, tuple(ranges)


def _range(element: Any) -> tuple[float, float] | None:
    try:
        low, high = (
            float(words(found)) if (found := child(element, name)) is not None else endless
            for name, endless in (("Low", -float("inf")), ("High", float("inf")))
        )
    except ValueError:
        return None
    return (low, high)


def _wording(question: Any) -> Texts:
    """The text of a question; where it changes with an earlier answer stands …"""
    pairs: list[tuple[str, str]] = []
    for told in children(question, "QuestionText"):
        by_code: dict[str, list[str]] = {}
        for part in children(told, "LiteralText", "ConditionalText"):
            text = child(part, "Text")
            code = language(text) if text is not None else language(part)
            said = words(text) if text is not None else ""
            by_code.setdefault(code, []).append(said if local(part) == "LiteralText" else "…")
        pairs += [(code, " ".join(filter(None, parts))) for code, parts in by_code.items()]
    return by_language(pairs)


def _label(element: Any | None) -> Texts:
    """The label of an item, else its name."""
    if element is None:
        return {}
    return texts(below(element, "Label", "Content")) or texts(
        below(element, f"{local(element)}Name", "String")
    )


def _described(element: Any | None) -> Texts:
    """What an item says of itself: its description, else its label."""
    return texts(below(element, "Description", "Content")) or _label(element)
