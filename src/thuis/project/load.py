"""A folder of YAML, CSV and Markdown becomes one checked project, or one error that lists all faults."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from thuis.errors import Place, Problem, ThuisError, nearest, raise_all
from thuis.project.battery import Questions
from thuis.project.checks import check_references
from thuis.project.locate import Located, read_yaml
from thuis.project.model import Breakdown, Correction, Indicator, Page, Project, Settings, Wave
from thuis.project.report import problems_of

M = TypeVar("M", bound=BaseModel)

FOLDERS = ("waves", "breakdowns", "indicators", "pages")
OTHERS = ("vocabulary", "letters", "initiatives", "knowledge", "findings", "data", "public")


def load_project(folder: Path) -> Project:
    """Read and check a project folder; no row of microdata is touched.

    :param folder: the folder with ``thuis.yaml``.
    :returns: the checked project.
    :raises ThuisError: with every problem in every file: unknown and repeated keys, missing texts, names that
        refer to nothing, values outside their range.
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
            step=f"did you mean {str(folder.parent / near)!r}?" if near else f"thuis init {folder}",
        )
    return Problem(
        "there is no thuis.yaml here",
        Place(str(folder)),
        expected="a project folder",
        step=f"thuis init {folder}, or name the folder that has thuis.yaml",
    )


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.documents: dict[str, Located] = {}
        self.languages: tuple[str, ...] = ("nl", "en")

    def load(self) -> Project:
        settings = self._one(self.folder / "thuis.yaml", "thuis.yaml", Settings, "thuis")
        waves = self._many("waves", Wave)
        breakdowns = self._many("breakdowns", Breakdown)
        indicators = self._many("indicators", Indicator)
        pages = self._pages()
        corrections = self._corrections()
        asked = self.folder / "findings.yaml"
        questions = self._one(asked, "findings.yaml", Questions, "findings") if asked.exists() else None
        self._stray()
        if settings is None:
            raise_all(self.problems)
        assert settings is not None
        by_id = {wave.id: wave for wave in waves}
        project = Project(
            self.folder,
            settings,
            tuple(by_id[id_] for id_ in settings.waves if id_ in by_id),
            {each.id: each for each in breakdowns},
            tuple(indicators),
            pages,
            corrections,
            questions,
            self.documents,
        )
        self.problems += check_references(project, tuple(waves), complete=not self.problems)
        raise_all(self.problems)
        return project

    def _one(self, path: Path, name: str, model: type[M], key: str) -> M | None:
        document = read_yaml(path, name)
        self.documents[key] = document
        self.problems += document.problems
        if document.value is None:
            return None
        if not isinstance(document.value, dict):
            self.problems.append(Problem("the file is not key: value pairs", document.place()))
            return None
        if key == "thuis" and isinstance(document.value.get("languages"), list):
            self.languages = tuple(map(str, document.value["languages"])) or self.languages
        try:
            return model.model_validate(document.value, context={"languages": self.languages})
        except ValidationError as error:
            self.problems += problems_of(error, document, model)
            return None

    def _many(self, kind: str, model: type[M]) -> list[M]:
        folder = self.folder / kind
        paths = sorted(folder.glob("*.y*ml")) if folder.is_dir() else []
        if not paths and kind != "breakdowns":
            self.problems.append(
                Problem(
                    f"no {kind} are declared",
                    Place(kind),
                    expected=f"at least one file in {kind}/",
                    step=f"add {kind}/….yaml",
                )
            )
        found: list[M] = []
        named: dict[str, str] = {}
        for path in paths:
            name = f"{kind}/{path.name}"
            key = f"{kind}/{path.stem}"
            item = self._one(path, name, model, key)
            if item is None:
                continue
            id_: str = item.id  # type: ignore[attr-defined]
            if id_ in named:
                self.problems.append(
                    Problem(
                        f"id {id_!r} is already used in {named[id_]}",
                        self.documents[key].place(("id",)),
                        step="give one of the two another id",
                    )
                )
                continue
            named[id_] = name
            self.documents[f"{kind}/{id_}"] = self.documents[key]
            found.append(item)
        return found

    def _pages(self) -> tuple[Page, ...]:
        folder = self.folder / "pages"
        slugs: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
            slug, _, language = path.stem.rpartition(".")
            if not slug or language not in self.languages:
                self.problems.append(
                    Problem(
                        f"{path.name!r} does not say its language",
                        Place(f"pages/{path.name}"),
                        expected=f"about.{self.languages[0]}.md",
                        available=self.languages,
                    )
                )
                continue
            try:
                slugs.setdefault(slug, {})[language] = path.read_text("utf-8")
            except UnicodeDecodeError as error:
                self.problems.append(
                    Problem(
                        f"byte {error.start} is not UTF-8", Place(f"pages/{path.name}"), step="save as UTF-8"
                    )
                )
        for slug, bodies in slugs.items():
            for language in self.languages:
                if language not in bodies:
                    self.problems.append(
                        Problem(
                            f"the page has no text in {language!r}",
                            Place(f"pages/{slug}.{next(iter(bodies))}.md"),
                            expected=f"pages/{slug}.{language}.md",
                            step="write the translation, or remove the page",
                        )
                    )
        return tuple(Page(slug, bodies) for slug, bodies in slugs.items())

    def _corrections(self) -> tuple[Correction, ...]:
        path = self.folder / "corrections.csv"
        if not path.exists():
            return ()
        columns = ["date", "version", "indicator", *self.languages]
        found: list[Correction] = []
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            absent = [c for c in columns if c not in (reader.fieldnames or [])]
            if absent:
                self.problems.append(
                    Problem(
                        f"column {absent[0]!r} is missing",
                        Place("corrections.csv", 1),
                        expected=", ".join(columns),
                        available=tuple(reader.fieldnames or ()),
                    )
                )
                return ()
            for number, row in enumerate(reader, 2):
                values = {c: (row[c] or "").strip() for c in columns}
                try:
                    date = dt.date.fromisoformat(values["date"])
                except ValueError:
                    self.problems.append(
                        Problem(
                            f"{values['date']!r} is not a date",
                            Place("corrections.csv", row=number, key="date"),
                            expected="a date like 2026-01-31",
                        )
                    )
                    continue
                for column in columns[1:]:
                    if not values[column]:
                        self.problems.append(
                            Problem("the cell is empty", Place("corrections.csv", row=number, key=column))
                        )
                texts = {language: values[language] for language in self.languages}
                found.append(Correction(date, values["version"], values["indicator"], texts))
        return tuple(found)

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
