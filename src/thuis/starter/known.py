"""The variables of a project in the file of one more wave: found by column, read by the labels of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thuis.errors import Place, Problem, raise_all, unknowns
from thuis.expression.language import names
from thuis.formats import Column, Raw, codes
from thuis.formats.answers import unanswered, untagged
from thuis.project.model import Project, Source, Wave
from thuis.starter.again import Changed, changed, column_of, moved, plain
from thuis.starter.category import in_order, slug, variable
from thuis.starter.looked import Looked
from thuis.starter.records import Variable


@dataclass(frozen=True, slots=True)
class Carried:
    """One variable in the new wave.

    ``written`` is what stands in the wave's file; ``own`` how it is asked there and ``before`` how it was in
    the wave it is laid beside, both missing for what is made from others and for what was not asked.
    """

    id: str
    written: Mapping[str, Any] | None
    own: Variable | None = None
    before: Variable | None = None
    told: tuple[str, ...] = ()

    def changes(self, *, earlier: bool) -> list[Changed]:
        """Why figures of the two waves are not to be compared; seen from the later of the two."""
        if self.own is None or self.before is None:
            return []
        found = changed(self.before, self.own) if earlier else changed(self.own, self.before)
        worded = bool(self.before.title and self.own.title)
        return [each for each in found if worded or each.kind != "wording"]

    @property
    def marks_alone(self) -> bool:
        """Whether the wording differs in marks and capitals alone."""
        own, before = self.own, self.before
        return bool(own and before and own.title != before.title and plain(own.title) == plain(before.title))


def as_known(project: Project, wave: Wave, looked: Looked) -> dict[str, Variable]:
    """The categories of a wave as variables: title and labels of its file, and the ids that they have."""
    sources = {name: each for name, each in wave.variables.items() if each and each.from_}
    return {
        name: _known(name, each, looked.columns[each.from_], _titles(project, name))
        for name, each in sources.items()
        if each.from_ in looked.columns
    }


def _titles(project: Project, variable: str) -> dict[str, str]:
    """What answers are called in breakdowns that show them one by one: title -> id."""
    found: dict[str, str] = {}
    for breakdown in project.breakdowns.values():
        for each in breakdown.categories:
            wanted = each.conditions.get(variable)
            if len(each.conditions) == 1 and isinstance(wanted, tuple) and len(wanted) == 1:
                found |= {plain(text): str(wanted[0]) for text in each.title.values()}
    return found


def _known(name: str, source: Source, about: Column, titles: Mapping[str, str]) -> Variable:
    mapping = dict(source.codes or {})
    by_id = {to: text for text, to in titles.items()}
    labels = {
        code: untagged(about.labels.get(code, "")) or by_id.get(to, code) for code, to in mapping.items()
    }
    labels |= {code: untagged(about.labels[code]) for code in source.missing if code in about.labels}
    return Variable(
        name,
        source.from_,
        untagged(about.title),
        mapping,
        labels,
        source.missing,
        declared=tuple(map(untagged, about.labels.values())),
    )


def carried_over(
    project: Project, near: Wave, known: Mapping[str, Variable], looked: Looked, said: Mapping[str, str]
) -> list[Carried]:
    """Every variable of a wave as the new file has it.

    :param near: the wave whose variables are looked for.
    :param known: its categories, from :func:`as_known`.
    :param said: columns that the user named, by variable.
    :raises ThuisError: when a named variable or column is not there.
    """
    document = project.documents[f"waves/{near.id}"].value["variables"]
    place = Place("--as")
    raise_all(unknowns("variable", said, document, place))
    raise_all(unknowns("column", said.values(), looked.columns, place))
    found: list[Carried] = []
    for name, written in document.items():
        source = near.variables[name]
        if source is None or written is None:
            found.append(Carried(name, None))
        elif not source.from_:
            found.append(Carried(name, written))
        else:
            found.append(_asked(project, source, written, known.get(name), name, looked, said.get(name)))
    return _without_what_lacks(found, near)


def _asked(
    project: Project,
    source: Source,
    written: Mapping[str, Any],
    before: Variable | None,
    name: str,
    looked: Looked,
    said: str | None,
) -> Carried:
    file = looked.file.name
    as_before = before or Variable(
        name, source.from_, "", source.codes or {}, source.codes or {}, source.missing
    )
    column = said or column_of(as_before, looked.columns)
    if column is None:
        line = f"not asked: {source.from_!r}, of {name!r}, is not in {file}; --as {name}=COLUMN names another"
        return Carried(name, None, told=(line,))
    told = (
        ()
        if column == source.from_
        else (f"column: {name!r} is {column!r} in {file}, was {source.from_!r}: check",)
    )
    raw = looked.whole([column])
    if source.type == "number":
        about = looked.columns[column]
        own = Variable(name, column, untagged(about.title) or as_before.title, {}, {})
        return Carried(name, {**written, "from": column}, own, as_before, told)
    own = _category(raw, column, as_before, _titles(project, name))
    if not set(own.codes.values()) & set(as_before.codes.values()):
        line = f"not asked: {column!r} of {file} has none of the answers of {name!r}: {_listed(own)}"
        return Carried(name, None, told=(*told, line))
    mine = {**written, "from": column, "codes": dict(own.codes), "missing": list(own.missing)}
    return Carried(name, mine, own, as_before, (*told, *_said(own, as_before, file)))


def _category(raw: Raw, column: str, before: Variable, titles: Mapping[str, str]) -> Variable:
    """A column with the ids that its answers had: by label, else by code where the file has no labels."""
    about = raw.about(column)
    labels = {code: untagged(text) for code, text in about.labels.items()}
    there = [each for each in codes(raw.frame[column]).drop_nulls().unique().to_list() if each]
    guessed = variable(raw, column, (), before.id)
    silent = _silent(there, labels, before, about.missing, guessed.missing if guessed else ())
    ids = {plain(to.replace("-", " ")): to for to in before.codes.values()} | dict(titles)
    ids |= {plain(before.labels[code]): to for code, to in before.codes.items()}
    mapping: dict[str, str] = {}
    for code in sorted(set(there) - silent, key=in_order):
        label = labels.get(code, code)
        to = ids.get(plain(label)) or (before.codes.get(code) if code not in labels else None)
        mapping[code] = to or slug(label, [*before.codes.values(), *mapping.values()])
    shown = {code: labels.get(code) or before.labels.get(code, code) for code in mapping}
    title = untagged(about.title) or before.title
    return Variable(
        before.id,
        column,
        title,
        mapping,
        shown,
        tuple(sorted(silent, key=in_order)),
        declared=tuple(labels.values()),
    )


def _silent(
    there: Sequence[str],
    labels: Mapping[str, str],
    before: Variable,
    told: Sequence[str],
    guessed: Sequence[str],
) -> set[str]:
    """Codes that are no answer. What the project made of a label, or of a code without one, goes first."""
    answers = {plain(before.labels[code]) for code in before.codes}
    gone = {plain(before.labels[code]) for code in before.missing if code in before.labels}
    none = {*told, *unanswered({code: labels.get(code, code) for code in there})}

    def silent(code: str) -> bool:
        text = plain(labels.get(code, code))
        if text in answers or (code not in labels and code in before.codes):
            return False
        if text in gone or (code not in labels and code in before.missing):
            return True
        return code in none or (code not in labels and code in guessed)

    return {code for code in there if silent(code)}


def _listed(own: Variable) -> str:
    return ", ".join(map(repr, list(own.labels.values())[:6])) or "no answers"


def _said(own: Variable, before: Variable, file: str) -> tuple[str, ...]:
    """What a person should know of a question that is put again."""
    told = moved(own, before, file)
    known = set(before.codes.values())
    new = [own.labels[code] for code, to in own.codes.items() if to not in known]
    if not told and before.declared and not own.declared:
        told.append(
            f"codes: {own.column!r} has no labels in {file}: its codes are taken to mean what they did: check"
        )
    if new:
        told.append(
            f"answers: {own.column!r} of {file} has {', '.join(map(repr, new))}, which no wave before had"
        )
    if (took := set(own.missing) - set(before.missing)) and not own.declared:
        told.append(f"codes: {', '.join(sorted(took))} of {own.column!r} are taken for no answer: check")
    return tuple(told)


def _without_what_lacks(found: Sequence[Carried], near: Wave) -> list[Carried]:
    """The same, without variables made from others of which one was not asked."""
    gone = {each.id for each in found if each.written is None}
    kept: list[Carried] = []
    for each in found:
        source = near.variables[each.id]
        uses = (
            {name.replace("_", "-") for _, text in source.expressions for name in names(text)}
            if source
            else set()
        )
        lacking = sorted(uses & gone)
        if each.written is not None and lacking:
            gone.add(each.id)
            line = f"not asked: {each.id!r} is made from {', '.join(map(repr, lacking))}"
            kept.append(Carried(each.id, None, told=(line,)))
        else:
            kept.append(each)
    return kept


def too_little(found: Sequence[Carried], file: str) -> list[Problem]:
    """The fault of a file that has nothing of a project."""
    if any(each.own for each in found):
        return []
    return [
        Problem(
            f"{file} has none of the questions of this project",
            Place(file),
            expected="the columns of a wave that is there, by name or by title",
            step="name columns with --as VARIABLE=COLUMN, or start another project with thuis init",
        )
    ]
