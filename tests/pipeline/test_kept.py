"""What a build keeps of the one before: every kind of input is changed, and the site is that of a build from
nothing, byte by byte. A figure that stays as it was while its input changed would be a wrong figure."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from thuis.cli import thuis
from thuis.exchange import MANIFEST
from thuis.language import LANGUAGES
from thuis.monitor import pipeline
from thuis.monitor.companions import companions
from thuis.monitor.pipeline import Turn, build
from thuis.monitor.stages import MADE, PARSED, answers_key, beside_key, figures_key
from thuis.monitor.standing import Build
from thuis.project import load_project
from thuis.publish import freeze
from thuis.serve.preview import LATE
from thuis.starter import start

SPLIT = """splits:
  - id: by-sex
    title: {nl: Hangt het samen met regio?, en: Does it go with region?}
    wave: "2020"
    indicator: trust
    breakdown: sex
    first: man
    second: woman
    by: [{breakdown: born, title: {nl: geboorte, en: birth}}]
"""
SECOND = """
  - id: second-theme
    dimension: political
    title: {nl: Tweede thema, en: Second theme}
    description: {nl: Nog een., en: One more.}
"""


LOOKED = (
    "id,name,organization,description_nl,description_en,municipality,themes,source,invented\n"
    "a,Eettafel,Stichting,Bel Jan Jansen op 06-12345678.,Call Jan Jansen on 06-12345678.,,,"
    "https://example.org/a,no\n"
)
NAMES = "name,language,note,source\nSurvey Integratie Minderheden,nl,peiling,S1\n"
LETTER = """De voorzitter van de Tweede Kamer
Datum 14 november 2022
Betreft Reactie publicatie SCP

De Nederlandse samenleving is een diverse samenleving. Nog veel te vaak worden mensen uitgesloten.

Ik zal de Kamer hierover voor de zomer informeren.
"""
COUNTS = "origin_nl,origin_en,born_nl,born_en,population,precision,source\na,a,b,b,1,exact,c\n"


def said(path: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of a text in a file, which must be there."""

    def change(project: Path) -> None:
        file = project / path
        text = file.read_text("utf-8")
        assert old in text, (path, old)
        file.write_text(text.replace(old, new, 1), "utf-8")

    return change


def put(path: str, text: str) -> Callable[[Path], None]:
    """A file that was not there."""

    def change(project: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")

    return change


CHANGES = {
    "answers": said("data/example.csv", "north,man,abroad,yes", "north,man,abroad,no"),
    "a weight": said("data/example.csv", "1.731", "1.931"),
    "the title of an indicator": said("indicators/trust.yaml", 'nl: "trust"', 'nl: "Vertrouwen"'),
    "which answer counts": said("indicators/trust.yaml", "share: [yes]", "share: [no]"),
    "the title of a category": said("breakdowns/sex.yaml", 'nl: "man"', 'nl: "mannen"'),
    "who is in a category": said(
        "breakdowns/region.yaml", "{region: [east]}", "{region: [east], sex: [man]}"
    ),
    "the wave": said("waves/2020.yaml", "mode: {nl: nog niet beschreven", "mode: {nl: op papier"),
    "the least respondents": said("thuis.yaml", "minimum_n: 50", "minimum_n: 60"),
    "the name of the monitor": said("thuis.yaml", "nl: Mijn monitor", "nl: Onze monitor"),
    "a theme": said("thuis.yaml", "description: {nl: Waar dit", "description: {nl: Waarover dit"),
    "a theme more": lambda project: _append(project / "thuis.yaml", SECOND),
    "a page": lambda project: [put(f"pages/about.{each}.md", "Nieuw.\n")(project) for each in LANGUAGES],
    "a question": said("findings.yaml", "nl: Hangt het samen", "nl: Hangt het verschil samen"),
    "counts of a register": put("population.csv", COUNTS),
    "a correction": put(
        "corrections.csv", "date,version,indicator,nl,en\n2026-11-28,1.0,trust,Fout hersteld.,Mended.\n"
    ),
    "a word": put("vocabulary/names.csv", NAMES),
    "a note on a word": said("vocabulary/names.csv", "peiling", "onderzoek"),
    "a letter": put("letters/kst-32824-378.txt", LETTER),
    "the text of a letter": said("letters/kst-32824-378.txt", "Nog veel te vaak", "Nog altijd"),
    "a version": lambda project: _released(project),  # noqa: PLW0108
    "the file of a version": lambda project: _rezipped(project),  # noqa: PLW0108
    "an indicator more": lambda project: _second(project),  # noqa: PLW0108
    "a breakdown less": said("indicators/trust.yaml", "[total, sex, region, born]", "[total, sex, born]"),
    # From here on there is a page for every municipality, so each build takes long.
    "an initiative": put("initiatives/list.csv", LOOKED),
    "the name of an initiative": said("initiatives/list.csv", "Eettafel", "Leestafel"),
    "a grant": lambda project: _granted(project),  # noqa: PLW0108
    "the amount of a grant": said("grants.csv", "29167", "29168"),
    "an indicator less": lambda project: (project / "indicators" / "second.yaml").unlink(),
}


def spoilt(path: str) -> Callable[[Path], None]:
    """A file of the site that somebody wrote over."""

    def change(project: Path) -> None:
        (project / path).write_bytes((project / path).read_bytes() + b" ")

    return change


def _link(project: Path) -> None:
    (project.parent / "elsewhere").mkdir(exist_ok=True)
    (project / "letters").symlink_to(project.parent / "elsewhere")


FOLLOWS = {
    "an indicator less": "an indicator more",
    "a note on a word": "a word",
    "the text of a letter": "a letter",
    "the name of an initiative": "an initiative",
    "the amount of a grant": "a grant",
    "the file of a version": "a version",
}
"""Changes of what an earlier one put there, by the earlier one: each test may be the first of its process."""
STANDS = {
    **{name: each for name, each in CHANGES.items() if name not in FOLLOWS},
    "a file of its own": put("notes.txt", "mine\n"),
    "a release": put("releases/0.9/data/monitor.json", "{}"),
    "a page that was written over": spoilt("public/nl/index.html"),
    "a page that is gone": lambda project: (project / "public/en/index.html").unlink(),
    "a file more among the pages": put("public/more.txt", "x"),
    "the audit": spoilt(".thuis/audit/audit.csv"),
    "a folder that is a link": _link,
    "what was noted": spoilt(".thuis/standing.json"),
}


@pytest.mark.parametrize("change", STANDS.values(), ids=STANDS.keys())
def test_a_build_stands_until_anything_of_it_changes(built: Path, change: Callable[[Path], None]) -> None:
    asked = Build(built, built / "public")
    assert asked.standing() is not None
    change(built)
    if change is STANDS["what was noted"]:
        assert asked.standing() is not None  # a space at the end says nothing else
        (built / ".thuis" / "standing.json").write_bytes(b"[1]")
    assert asked.standing() is None


def test_a_build_asked_for_otherwise_does_not_stand(built: Path) -> None:
    assert Build(built, built / "public", pages=False).standing() is None
    assert Build(built, built / "public", handover=True).standing() is None
    assert Build(built, built / "elsewhere").standing() is None


def test_the_command_answers_with_what_stands(built: Path) -> None:
    answers = [CliRunner().invoke(thuis, ["build", str(built), "--json"]) for _ in range(2)]
    first, second = ({**json.loads(each.output), "seconds": 0} for each in answers)
    assert first == second
    told = CliRunner().invoke(thuis, ["build", str(built)]).output
    assert "nothing changed" in told
    said("indicators/trust.yaml", 'nl: "trust"', 'nl: "Kwinkeleren"')(built)
    assert "nothing changed" not in CliRunner().invoke(thuis, ["build", str(built)]).output
    assert "Kwinkeleren" in (built / "public/nl/indicator/trust/index.html").read_text("utf-8")


def test_a_file_that_changes_while_it_is_built_is_not_taken_for_built(built: Path) -> None:
    asked = Build(built, built / "public")
    key, report = asked.key(), asked.standing()
    assert report
    said("indicators/trust.yaml", 'nl: "trust"', 'nl: "Ander"')(built)
    asked.note(key, report)
    assert asked.standing() is None


def _granted(project: Path) -> None:
    put("grant-schemes.csv", "id,title_nl,title_en,purpose_nl,purpose_en,source\na,A,A,Doel.,Aim.,S\n")(
        project
    )
    put("grants.csv", "scheme,annex,year,municipality,amount\na,1,2008,Amersfoort,29167\n")(project)


def _released(project: Path) -> None:
    freeze(load_project(project))
    settings = project / "thuis.yaml"
    settings.write_text(settings.read_text("utf-8").replace("1.0", "1.1"), "utf-8")


def _rezipped(project: Path) -> None:
    """The kept file of the version with another title in it."""
    path = project / "releases" / "1.0.zip"
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["indicators/trust.json"] = held["indicators/trust.json"].replace(b"Vertrouwen", b"Vertrouwd")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8").rstrip() + text, "utf-8")


def _second(project: Path) -> None:
    text = (project / "indicators" / "trust.yaml").read_text("utf-8")
    text = text.replace("id: trust", "id: second").replace(
        '"Vertrouwen", en: "trust"', '"Nog een", en: "Another"'
    )
    (project / "indicators" / "second.yaml").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a question, built once; its tests change it one after another."""
    project = tmp_path_factory.mktemp("kept") / "monitor"
    start(project, wave="2020")
    (project / "findings.yaml").write_text(SPLIT, "utf-8")
    build(project)
    shutil.copytree(project / "public", project.parent / "nothing")
    return project


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built, with what it keeps for itself."""
    project = tmp_path_factory.mktemp("standing") / "monitor"
    start(project, wave="2020")
    (project / "findings.yaml").write_text(SPLIT, "utf-8")
    build(project)
    return project


@pytest.fixture
def built(standing: Path, tmp_path: Path) -> Path:
    """The same in a place of its own; what a build noted holds for its place, so it is noted again."""
    project = tmp_path / "monitor"
    shutil.copytree(standing, project)
    report = Build(standing, standing / "public").standing()
    assert report
    here = Build(project, project / "public")
    here.note(here.key(), report)
    return project


def files(public: Path) -> dict[str, bytes]:
    """Every file but the search index, which takes longest and is made of the pages alone."""
    return {
        name: path.read_bytes()
        for path in public.rglob("*")
        if path.is_file()
        and not (name := path.relative_to(public).as_posix()).startswith(("pagefind/", "theme/search.txt"))
    }


DONE: set[str] = set()


class Eyes:
    """Somebody has every page open that stood before the change."""

    def __init__(self, public: Path) -> None:
        self.shown: dict[str, bytes] = {}
        self._open = {each.relative_to(public).as_posix() for each in public.rglob("*.html")}

    def wanted(self) -> set[str]:
        return self._open - self.shown.keys()

    def show(self, path: str, html: str) -> None:
        assert path not in self.shown
        self.shown[path] = html.encode()


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_the_site_is_that_of_a_build_from_nothing(kept: Path, name: str) -> None:
    first = FOLLOWS.get(name, name)
    if first != name and first not in DONE:
        CHANGES[first](kept)
        build(kept, turn=Turn.REST)
    DONE.update((first, name))
    before = files(kept / "public")
    CHANGES[name](kept)
    eyes = Eyes(kept / "public")
    build(kept, turn=Turn.PAGES, looked=eyes)
    build(kept, out=kept.parent / "nothing", keep=False)
    shown, wanted = files(kept / "public"), files(kept.parent / "nothing")
    assert eyes.shown, "a page that is open comes first"
    assert {each: wanted[each] for each in eyes.shown} == eyes.shown, "a page was shown that is not so"
    late = {each for each in {*shown, *wanted} if shown.get(each) != wanted.get(each)}
    assert all(LATE.match(each) for each in late - {MANIFEST}), "a preview shows what is not so"
    build(kept, turn=Turn.REST)
    found = files(kept / "public")
    assert {each for each in {*found, *wanted} if found.get(each) != wanted.get(each)} == set()
    assert found != before, "the change did not reach the site"
    empty = [path for path in (kept / "public").rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert empty == []


def test_the_index_is_made_of_the_pages_that_stand(project: Path) -> None:
    build(project)
    said("indicators/trust.yaml", 'nl: "trust"', 'nl: "Kwinkeleren"')(project)
    build(project, turn=Turn.PAGES)
    old = (project / "public" / "theme" / "search.txt").read_text("utf-8")
    build(project)
    assert (project / "public" / "theme" / "search.txt").read_text("utf-8") != old
    build(project, out=project.parent / "nothing", keep=False)
    for name in (path.name for path in (project / "public" / "pagefind").rglob("*.pf_meta")):
        assert (project.parent / "nothing" / "pagefind" / name).exists()


def test_what_somebody_wrote_over_is_written_again(project: Path) -> None:
    build(project)
    public = project / "public"
    whole = files(public)
    page, png = public / "nl/indicator/trust/index.html", next(public.rglob("figure.png"))
    page.write_text(page.read_text("utf-8").replace("%", "‰"), "utf-8")
    png.write_bytes(b"another")
    (public / "nl/indicator/trust/sex/figure.svg").unlink()
    build(project)
    assert files(public) == whole


def test_what_was_kept_and_broke_is_made_again(project: Path) -> None:
    build(project)
    whole = files(project / "public")
    for path in [project / ".thuis" / "pages.json", *(project / ".thuis" / "stages").iterdir()]:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    build(project)
    assert files(project / "public") == whole
    for path in [project / ".thuis" / "pages.json", *(project / ".thuis" / "stages").iterdir()]:
        path.write_bytes(b"[1]")
    build(project)
    assert files(project / "public") == whole


@pytest.mark.parametrize(
    ("path", "beside", "asked"),
    [
        ("vocabulary/names.csv", True, True),
        ("letters/brief.txt", True, True),
        ("commitments.csv", True, True),
        ("initiatives/list.csv", True, True),
        ("grants.csv", True, True),
        ("findings/counts.csv", True, True),
        ("data/register.csv", False, True),
        ("public/index.html", False, False),
        (".thuis/audit/audit.csv", False, False),
    ],
)
def test_a_file_of_a_stage_is_in_its_key(project: Path, path: str, beside: bool, asked: bool) -> None:
    loaded = pipeline.load_project(project)
    figures = figures_key(loaded)

    def keys() -> tuple[str, str]:
        return beside_key(loaded), answers_key(loaded, figures)

    seen = [keys()]
    for text in ("a\n", "b\n"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")
        seen.append(keys())
    assert len({each for each, _ in seen}) == (3 if beside else 1)
    assert len({each for _, each in seen}) == (3 if asked else 1)
    assert figures_key(loaded) == figures


OPENED: list[Path] = []
WATCHING: list[Path] = []


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if WATCHING and event == "open" and isinstance(given[0], str | bytes | Path):
        path = Path(given[0].decode() if isinstance(given[0], bytes) else given[0])
        if path.is_absolute() and path.is_relative_to(WATCHING[0]):
            OPENED.append(path.relative_to(WATCHING[0]))


@pytest.fixture
def opened() -> Iterator[Callable[[Path], list[Path]]]:
    """Files of a project that are opened from the call on."""
    if _hook not in HOOKED:
        sys.addaudithook(_hook)
        HOOKED.append(_hook)

    def watch(project: Path) -> list[Path]:
        OPENED.clear()
        WATCHING[:] = [project]
        return OPENED

    yield watch
    WATCHING.clear()


HOOKED: list[object] = []


def test_dossier_vocabulary_and_directory_open_no_file_outside_their_key(
    root: Path, opened: Callable[[Path], list[Path]]
) -> None:
    folder = root / "examples" / "nederland"
    project = pipeline.load_project(folder)
    seen = opened(folder)
    companions(project)
    found = {path.parts[0] for path in seen}
    assert {"letters", "initiatives", "vocabulary", "grants.csv"} <= found
    assert not found & {*PARSED, *MADE, "data"}


def test_figures_and_answers_open_no_file_outside_their_key(
    kept: Path, opened: Callable[[Path], list[Path]]
) -> None:
    project = pipeline.load_project(kept)
    seen = opened(kept)
    figures = pipeline.figures_of(project)
    assert {path.as_posix() for path in seen} == {wave.file for wave in project.waves}
    seen = opened(kept)
    figures.asked()
    assert not {path.parts[0] for path in seen} & {*PARSED, *MADE}


def checked(project: Path) -> str:
    return CliRunner().invoke(thuis, ["check", str(project)]).output


def test_check_says_the_same_whether_or_not_a_build_read_before(built: Path) -> None:
    put("initiatives/list.csv", LOOKED)(built)
    build(built, pages=False)
    kept = checked(built)
    (built / ".thuis").rename(built / ".away")
    assert kept == checked(built)
    assert "respondents" in kept
    assert "look  " in kept
    (built / ".away").rename(built / ".thuis")
    said("data/example.csv", "north,man,abroad,yes", "north,man,abroad,maybe")(built)
    assert "maybe" in checked(built)


def test_check_still_finds_what_broke_after_a_build(project: Path) -> None:
    put("vocabulary/names.csv", "name,language,note,source\nEen enquête,nl,,S1\n")(project)
    build(project, pages=False)
    checked = CliRunner().invoke(thuis, ["check", str(project)])
    assert checked.exit_code == 0, checked.output
    put("vocabulary/names.csv", "name,language\nEen enquête,xx,te veel\n")(project)
    assert CliRunner().invoke(thuis, ["check", str(project)]).exit_code != 0


def test_grants_without_a_directory_point_to_no_directory(project: Path) -> None:
    _granted(project)
    assert build(project).pages > 0
    assert not (project / "public/nl/directory").exists()
