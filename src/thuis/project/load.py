"""A folder of YAML, CSV and Markdown becomes one checked project, or one error that lists all faults."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from thuis.errors import Place, Problem, ThuisError, nearest, raise_all
from thuis.files import listed
from thuis.language import LANGUAGES
from thuis.project.battery import Questions
from thuis.project.checks import check_references
from thuis.project.codebooks import with_codebooks
from thuis.project.comparable import with_wave_breaks
from thuis.project.corrections import read_corrections
from thuis.project.derived import with_common
from thuis.project.grouped import as_codes, common_with, in_last
from thuis.project.model import Breakdown, Indicator, Project, Settings, Theme, Variables, Wave
from thuis.project.namespace import EXPECTED
from thuis.project.pages import read_pages
from thuis.project.pools import Pooled, check_pools, with_pools, with_questions
from thuis.yaml.faults import as_model
from thuis.yaml.located import Located, read_yaml

M = TypeVar("M", bound=BaseModel)

FORMS = {"namespace": EXPECTED, "version": 'a version like "1.0"'}
FOLDERS = ("waves", "breakdowns", "indicators", "pages")
OTHERS = ("vocabulary", "letters", "initiatives", "knowledge", "findings", "data", "public", "releases")


def load_project(folder: Path) -> Project:
    """Read and check a project folder; no row of microdata is touched.

    :param folder: the folder with ``thuis.yaml``.
    :returns: the checked project.
    :raises ThuisError: with every problem in every file: unknown and repeated keys, missing texts, names that
        refer to nothing, values outside their range.

    >>> import tempfile
    >>> from thuis.starter import start
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = start(Path(folder) / "monitor", wave="2020")
    ...     project = load_project(Path(folder) / "monitor")
    >>> [each.id for each in project.indicators], len(project.figures)
    (['trust'], 4)
    """
    folder = Path(folder)
    if not (folder / "thuis.yaml").is_file():
        raise ThuisError(_no_project(folder))
    return _Loader(folder).load()


def _no_project(folder: Path) -> Problem:
    if not folder.exists():
        near = (
            nearest(folder.name, [p.name for p in folder.parent.glob("*/")])
            if folder.parent.exists()
            else None
        )
        return Problem(
            "there is no such folder",
            Place(str(folder)),
            step=f"did you mean {str(folder.parent / near)!r}?"
            if near
            else f"thuis init {shlex.quote(str(folder))}",
        )
    return Problem(
        "there is no thuis.yaml here",
        Place(str(folder)),
        expected="a project folder",
        step=f"thuis init {shlex.quote(str(folder))}, or name the folder that has thuis.yaml",
    )


def _languages(settings: dict[str, object]) -> tuple[str, ...]:
    """The languages of ``thuis.yaml`` when they are right; a wrong one is told once, not at every text."""
    given = settings.get("languages")
    right = isinstance(given, list) and all(given.count(each) == 1 and each in LANGUAGES for each in given)
    return tuple(given) if right and isinstance(given, list) else ()


def _stand_in(waves: tuple[str, ...], languages: tuple[str, ...]) -> Settings:
    """For the checks of the other files when ``thuis.yaml`` is wrong; it never leaves this module."""
    return Settings.model_construct(
        waves=waves,
        languages=languages,
        themes=(),
        samples="independent",
        version="",
        outside=False,
        lead=None,
    )


def _ordered(indicators: list[Indicator], themes: tuple[Theme, ...]) -> tuple[Indicator, ...]:
    """Indicators theme by theme, in the order the theme names them."""
    place = {name: (i, j) for i, theme in enumerate(themes) for j, name in enumerate(theme.indicators)}
    order = {theme.id: i for i, theme in enumerate(themes)}
    last = len(indicators)
    return tuple(sorted(indicators, key=lambda each: place.get(each.id, (order.get(each.theme, last), last))))


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.documents: dict[str, Located] = {}
        self.languages: tuple[str, ...] = LANGUAGES
        self.failed: set[str] = set()

    def load(self) -> Project:
        settings = self._one(self.folder / "thuis.yaml", "thuis.yaml", Settings, "thuis")
        found: list[Wave | Pooled] = self._many("waves", Wave)
        waves = [each for each in found if isinstance(each, Wave)]
        pooled = [each for each in found if isinstance(each, Pooled)]
        breakdowns = self._many("breakdowns", Breakdown)
        indicators = self._many("indicators", Indicator)
        pages, faults = read_pages(self.folder, self.languages)
        self.problems += faults
        corrections, faults = read_corrections(self.folder, self.languages)
        self.problems += faults
        questions = self._optional("findings", Questions)
        self._stray()
        by_id = {wave.id: wave for wave in waves}
        named = settings.waves if settings else tuple(by_id)
        common = common_with(breakdowns, self._optional("variables", Variables))
        asked_in = tuple(with_common(by_id[id_], common) for id_ in named if id_ in by_id)
        asked_in = in_last(asked_in, breakdowns, common)
        breakdowns = [as_codes(each) for each in breakdowns]
        asked_in = with_pools(asked_in, [each for each in pooled if each.id in named])
        asked_in, indicators = self._with_codebooks(asked_in, indicators, settings)
        indicators = [with_wave_breaks(with_questions(each, asked_in), asked_in) for each in indicators]
        project = Project(
            self.folder,
            settings or _stand_in(named, self.languages),
            asked_in,
            {each.id: each for each in breakdowns},
            _ordered(indicators, settings.themes if settings else ()),
            pages,
            corrections,
            questions,
            self.documents,
        )
        self.problems += check_references(project, tuple(found), failed=frozenset(self.failed))
        if not self.failed & {"thuis", "waves", "indicators"}:
            self.problems += check_pools(project, pooled)
        raise_all(self.problems)
        return project

    def _with_codebooks(
        self, waves: tuple[Wave, ...], indicators: list[Indicator], settings: Settings | None
    ) -> tuple[tuple[Wave, ...], list[Indicator]]:
        places = {each.id: self.documents[f"waves/{each.id}"].place(("codebook",)) for each in waves}
        outside = settings is not None and settings.outside
        filled = with_codebooks(
            self.folder, waves, indicators, places, outside=outside, languages=self.languages
        )
        self.problems += filled.problems
        if filled.problems:
            self.failed.add("codebooks")
        return filled.waves, filled.indicators

    def _optional(self, name: str, model: type[M]) -> M | None:
        path = self.folder / f"{name}.yaml"
        return self._one(path, path.name, model, name) if path.exists() else None

    def _one(self, path: Path, name: str, model: type[M], key: str) -> Any:
        document = read_yaml(path, name)
        self.documents[key] = document
        self.problems += document.problems
        pools = model is Wave and isinstance(document.value, dict) and "pools" in document.value
        item: Any = self._validated(document, Pooled if pools else model, key)
        if item is None:
            self.failed.add(key.partition("/")[0])
        return item

    def _validated(self, document: Located, model: type[M], key: str) -> M | None:
        if document.value is None:
            return None
        if not isinstance(document.value, dict):
            self.problems.append(
                Problem("the file is not key: value pairs", document.place(), expected="lines like id: …")
            )
            return None
        if key == "thuis":
            self.languages = _languages(document.value) or self.languages
        try:
            return as_model(replace(document, problems=()), model, {"languages": self.languages}, FORMS)
        except ThuisError as error:
            self.problems += error.problems
            return None

    def _many(self, kind: str, model: type[BaseModel]) -> list[Any]:
        known = len(self.problems)
        paths = listed(self.folder / kind, "*.y*ml", self.problems)
        if len(self.problems) > known:
            self.failed.add(kind)
        elif not paths and kind != "breakdowns":
            self.failed.add(kind)
            self.problems.append(
                Problem(
                    f"no {kind} are declared",
                    Place(kind),
                    expected=f"at least one file in {kind}/",
                    step=f"add {kind}/….yaml",
                )
            )
        found: list[Any] = []
        named: dict[str, str] = {}
        for path in paths:
            name = f"{kind}/{path.name}"
            # The place of a part is looked up by its id, which another file may have as its name.
            item = self._one(path, name, model, f"{kind}/ {path.name}")
            document = self.documents.pop(f"{kind}/ {path.name}")
            if item is None:
                continue
            id_: str = item.id
            if id_ in named:
                self.problems.append(
                    Problem(
                        f"id {id_!r} is already used in {named[id_]}",
                        document.place(("id",)),
                        step="give one of the two another id",
                    )
                )
                continue
            named[id_] = name
            self.documents[f"{kind}/{id_}"] = document
            found.append(item)
        return found

    def _stray(self) -> None:
        """A folder that is nearly one of ours is a misspelling: its files would be passed over in silence."""
        for path in sorted(self.folder.iterdir()):
            if not path.is_dir() or path.name in (*FOLDERS, *OTHERS) or path.name.startswith("."):
                continue
            near = nearest(path.name, list(FOLDERS + OTHERS))
            if near:
                self.problems.append(
                    Problem(
                        f"folder {path.name!r} is not read", Place(path.name), step=f"did you mean {near!r}?"
                    )
                )
