"""From a published figure back to question, file, weight, sample size and formula, computed anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thuis.errors import ThuisError, unknown
from thuis.findings.respondents import read_respondents
from thuis.findings.words import spoken
from thuis.language import texts
from thuis.language.numbers import number
from thuis.monitor.explain.published import Explained, Traced, published
from thuis.monitor.explain.recount import Recount, recount, resolved
from thuis.project.derived import made_from
from thuis.project.model import Breakdown, Category, Indicator, Project, Source, Span, Wave, Weighting
from thuis.project.sets import dimensions
from thuis.protect.observed import known_weights
from thuis.protect.rounding import step
from thuis.read import Microdata
from thuis.tables import own_rows
from thuis.values import TOTAL, breakdown_id, breakdown_parts, decimals


def trace(
    project: Project, figure: str, *, wave: str | None, cell: Sequence[str] | None, language: str
) -> Traced:
    """The record behind a figure in one wave, and each cell of it with its numbers; as ``explain``."""
    if figure not in project.figures:
        raise ThuisError(unknown("figure", figure, project.figures))
    indicator = project.indicator(figure.partition("/")[0])
    asked = project.asked(indicator.variable)
    if wave is not None and wave not in asked:
        raise ThuisError(unknown(f"wave of {indicator.id}", wave, asked))
    chosen = project.wave(wave or asked[-1])
    found = published(project.folder, f"figures/{figure}.json")
    cells = [each for each in found["cells"] if each["wave"] == chosen.id]
    if cell is not None:
        cells = [each for each in cells if tuple(each["cell"]) == tuple(cell)]
        if not cells:
            names = sorted({",".join(each["cell"]) for each in found["cells"]})
            raise ThuisError(unknown("cell", ",".join(cell), names))
    source = chosen.variables[indicator.variable]
    assert source is not None
    microdata = read_respondents(project)
    rules = _rules(project.folder)
    about = _About(project, indicator, chosen, source, language, found["level"])
    known = dimensions(project)
    breakdowns = [known[each] for each in breakdown_parts(figure.partition("/")[2])]
    explained = tuple(about.cell(each, breakdowns, microdata, rules) for each in cells)
    return about.head(figure, microdata), explained


def _rules(folder: Path) -> dict[tuple[str, str, str, str], str]:
    """What decided about every cell, from the audit of the last build."""
    path = folder / ".thuis" / "audit" / "audit.csv"
    if not path.exists():
        return {}
    return {
        (row["indicator"], row["breakdown"], row["wave"], row["cell"]): row["rule"]
        for row in own_rows(path.read_text("utf-8"))
    }


@dataclass(frozen=True, slots=True)
class _About:
    project: Project
    indicator: Indicator
    wave: Wave
    source: Source
    language: str
    level: float

    def say(self, key: str, **values: object) -> str:
        return texts("explain", self.language)(key, **values)

    def number(self, value: float, decimals: int = 3) -> str:
        return number(value, decimals, self.language)

    def head(self, figure: str, microdata: Microdata) -> tuple[str, ...]:
        """What holds for the whole figure in this wave."""
        one, wave = self.indicator, self.wave
        entry = next(e for e in microdata.codebook if (e.wave, e.variable) == (wave.id, one.variable))
        question = one.question[wave.id]
        asked = spoken(question.texts, self.language)
        lines = [
            f"{self.say('figure')}: {figure} — {one.title[self.language]}",
            f"{self.say('measures')}: {one.measures[self.language]}",
            f"{self.say('wave')}: {wave.title[self.language]}",
            f"{self.say('question')}: {asked}",
            f"{self.say('source')}: {wave.source[self.language]}",
            *self._origin(entry.column, entry.title),
        ]
        if one.base:
            told = "base" if one.base.when else "asked"
            lines.append(self.say(told, text=one.base.text[self.language], when=one.base.when))
        lines += self._answers()
        if isinstance(one.share, Span):
            lines.append(self.say("counted", codes=_condition(one.variable, one.share)))
        elif one.share:
            lines.append(self.say("counted", codes=self._codes(one.share, entry.labels)))
            among = self._codes(one.among, entry.labels) if one.among else self.say("everyone-who-answered")
            lines.append(self.say("among", codes=among))
        lines.append(self.say("set-aside", n=entry.missing, aside=entry.set_aside))
        return tuple(lines)

    def _answers(self) -> list[str]:
        """What counts for every answer of a set, and the variable below the line of a ratio."""
        one = self.indicator
        lines = [self.say("per", variable=one.per)] if one.per else []
        for each in one.answers:
            of = each.variable or ", ".join(one.variables_of) or one.variable
            said = " / ".join(each.counted)
            lines.append(self.say("answer", title=each.title[self.language], variable=of, codes=said))
        if one.kind == "multiple":
            lines.append(self.say(f"among-{one.of}"))
        return lines

    def _origin(self, made: str, title: str) -> list[str]:
        """The column of the file; or the rules, and the columns of the variables they name."""
        file = self.wave.file
        if not self.source.derived:
            found = self.say("column", column=self.source.from_, file=file)
            return [found + (f" ({title})" if title else "")]
        parts = made_from(self.wave, self.indicator.variable)
        sources = [(name, self.wave.variables[name]) for name in parts]
        return [
            self.say("derived", made=made),
            *(
                f"  {name}: {self.say('column', column=each.from_, file=file)}"
                for name, each in sources
                if each and not each.derived
            ),
        ]

    def _codes(self, harmonised: Sequence[str], labels: Mapping[str, str]) -> str:
        """The file's own codes behind harmonised ones, with their labels."""
        if self.source.derived:
            return ", ".join(each for each in self.source.results if each in harmonised)
        mapping = self.source.codes or {}
        return ", ".join(
            f"{code} {labels[code]!r}" if code in labels else f"{code} ({to})"
            for code, to in mapping.items()
            if to in harmonised
        )

    def cell(
        self,
        cell: Mapping[str, Any],
        breakdowns: Sequence[Breakdown],
        microdata: Microdata,
        rules: Mapping[tuple[str, str, str, str], str],
    ) -> Explained:
        """One cell, with its sums when it is published and its rule when it is not."""
        ids = tuple(cell["cell"])
        categories = [
            next(c for c in part.categories if c.id == id_) for part, id_ in zip(breakdowns, ids, strict=True)
        ]
        name = ", ".join(each.title[self.language] for each in categories) or self.say("total")
        lines = [f"{self.say('cell')}: {name}"]
        if any(each.when for each in categories):
            conditions = "; ".join(said for each in categories for said in _conditions(each))
            lines.append(self.say("group", conditions=conditions))
        if cell["status"] != "published":
            breakdown = breakdown_id([each.id for each in breakdowns])
            key = (self.indicator.id, breakdown, self.wave.id, ", ".join(ids) or TOTAL)
            rule = rules.get(key, "-")
            reason = self.say(f"reason.{cell['reason']}")
            lines.append(self.say("withheld", reason=reason, rule=rule))
            return Explained(tuple(lines), {**cell, "rule": rule})
        found = recount(microdata.of(self.wave.id), resolved(self.indicator, breakdowns, ids))
        numbers = {"part": found.part, "whole": found.whole}
        pools = {each.id: each.pools for each in self.project.waves if each.pools}
        bears = decimals(cell["se"]) if self.project.protection.digits == "standard-error" else None
        if self.wave.id in known_weights(microdata.frame, self.indicator.weight or "", pools) and cell["se"]:
            bears = step(cell["se"], cell["n"])[1]
        told = self._numbers(cell, found, bears)
        return Explained((*lines, *told), {**cell, **numbers})

    def _calibrated(self, own: Weighting) -> list[str]:
        """That the weight agrees with a table of totals, and that replicates carry the variance."""
        said = []
        if own.calibrate:
            method = self.say(f"calibration.{own.calibrate.method}")
            said.append(self.say("calibrated", method=method, table=own.calibrate.margins))
        if own.replicates:
            said.append(self.say("replicates", method=own.replicates.method))
        return said

    def _numbers(self, cell: Mapping[str, Any], found: Recount, bears: int | None) -> list[str]:
        kind = "proportion" if self.indicator.percentage else self.indicator.kind
        value = found.value
        design = self.wave.design
        own = design.weightings[self.indicator.weight or ""]
        # The data folder keeps eight decimals, or as many as the standard error bears.
        near = 1e-8 + 1e-9 * abs(value) + (0.0 if bears is None else 0.5 * 10.0**-bears)
        same = abs(value - cell["estimate"]) <= near
        return [
            self.say("respondents-n", n=cell["n"]),
            self.say(
                "weight",
                weight=own.weight or self.say("none"),
                strata=design.strata or self.say("none"),
                psu=", ".join(design.stages) or self.say("respondents"),
                df=self.number(cell["df"], 0),
            ),
            *self._calibrated(own),
            self.say(
                f"formula-{kind}",
                part=self.number(found.part),
                whole=self.number(found.whole),
                value=self.number(value),
                quantile=self.number(100 * self.indicator.quantile, 0),
                step=f"{self.indicator.rounding:g}",
            ),
            self.say("error", se=self.number(cell["se"])),
            self.say(
                f"interval-{'proportion' if kind == 'proportion' else 'mean'}",
                level=self.number(self.level * 100, 0),
                lower=self.number(cell["lower"]),
                upper=self.number(cell["upper"]),
            ),
            self.say("same")
            if same
            else self.say("other", value=self.number(value), published=self.number(cell["estimate"])),
        ]


def _conditions(category: Category) -> list[str]:
    """What makes somebody one of a category: its expression, or its conditions."""
    if category.rule:
        return [category.rule]
    return [_condition(name, wanted) for name, wanted in category.conditions.items()]


def _condition(variable: str, wanted: Any) -> str:
    if isinstance(wanted, Span):
        low = f"{wanted.from_:g} <= " if wanted.from_ is not None else ""
        high = f" < {wanted.below:g}" if wanted.below is not None else ""
        return f"{low}{variable}{high}"
    return f"{variable} = {' / '.join(wanted)}"
