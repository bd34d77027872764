"""What docs and decisions name is there, and what they show runs: files, commands, links, code."""

from __future__ import annotations

import doctest
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from thuis.cli import thuis

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    page
    for pattern in ("*.md", "docs/**/*.md", "decisions/*.md", "examples/*/README.md", "deploy/**/*.md")
    for page in ROOT.glob(pattern)
)
OURS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
ROOMS = {path.name for path in (ROOT / "src" / "thuis").iterdir() if path.is_dir()}
BUILT = {"site", "directory", "live"}
"""Rooms that are folders of what is built as well: ``directory/feed.xml``."""
WORD = re.compile(r"thuis(?:\.\w+)+")
PATH = re.compile(r"[\w.{},*-]+(?:/[\w.{},*<>-]+)+/?|[\w-]+\.py")
FILES = {path.name for folder in OURS for path in (ROOT / folder).rglob("*.py")}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def prose(page: Path) -> str:
    """A page without its blocks of code, its lines where they were."""
    return re.sub(
        r"^```.*?^```", lambda m: "\n" * m[0].count("\n"), page.read_text("utf-8"), flags=re.S | re.M
    )


def named(page: Path) -> Iterator[tuple[int, str]]:
    """The line and text of everything between backticks."""
    text = prose(page)
    for found in re.finditer(r"(?<!`)`([^`]+)`(?!`)", text):
        yield text.count("\n", 0, found.start()) + 1, " ".join(found[1].split())


def is_module(name: str) -> bool:
    """Whether a dotted name is a module of ours, or something in one."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:end]))
        except ImportError:
            continue
        try:
            for part in parts[end:]:
                found = getattr(found, part)
        except AttributeError:
            return False
        return True
    return False


def is_path(name: str) -> bool:
    """Whether a path is one of the repository's; those of projects and data folders are not ours to check."""
    first = name.partition("/")[0]
    if "/" not in name:
        return name in FILES
    if first not in OURS | ROOMS or name.isupper():
        return True
    stem = re.sub(r"<\w+>", "*", name.rstrip("/"))
    one, *more = re.split(r"[{}]", stem)
    spelled = [f"{one}{each}{''.join(more[1:])}" for each in more[0].split(",")] if more else [stem]
    homes = ("", "src/thuis/", "src/", "tests/", "examples/nederland/")
    return all(
        any(any(ROOT.glob(f"{home}{each}{end}")) for home in homes for end in ("", ".py")) for each in spelled
    )


def fault_of(words: list[str]) -> str | None:
    """What is wrong with a command as it is written in a text."""
    command: click.Command = thuis
    context = click.Context(thuis)
    while isinstance(command, click.Group) and words and re.fullmatch(r"[a-z]+", words[0]):
        found = command.get_command(context, words[0])
        if found is None:
            return f"no command {words[0]}"
        command, words = found, words[1:]
    known = {each for p in command.params for each in (*p.opts, *p.secondary_opts)} | {"--help", "--version"}
    said = [re.match(r"--[a-z-]+", word) for word in words]
    strange = [each[0] for each in said if each and each[0] not in known]
    return f"no option {strange[0]}" if strange else None


def commands(page: Path) -> Iterator[tuple[int, str]]:
    """The commands of thuis in a page: between backticks, and in blocks of code."""
    yield from ((line, text) for line, text in named(page) if text.startswith("thuis "))
    inside = False
    for line, text in enumerate(page.read_text("utf-8").splitlines(), 1):
        inside ^= text.lstrip().startswith("```")
        found = re.match(r"\s*(?:\$ )?(?:\S*/bin/)?(thuis [a-z-].*)", text) if inside else None
        if found:
            yield line, re.split(r"\s[#|>&]|\\$", found[1])[0]


def strange(page: Path) -> list[str]:
    """What a page names and is not there, with its line."""
    wrong = []
    for line, text in named(page):
        bare = text.removesuffix("()")
        if WORD.fullmatch(bare) and not text.endswith((".yaml", ".css", ".example")) and not is_module(bare):
            wrong.append(f"{line}: no module {text}")
        elif text.startswith("make ") and text.split()[1] not in TARGETS:
            wrong.append(f"{line}: no target {text}")
        elif PATH.fullmatch(text) and not is_path(text) and not _built(text):
            wrong.append(f"{line}: no file {text}")
    told = ((line, text, fault_of(text.split()[1:])) for line, text in commands(page))
    return wrong + [f"{line}: {fault} ({text})" for line, text, fault in told if fault]


def dead(page: Path) -> list[str]:
    """Links of a page to files and headings of ours that are not there."""
    wrong = []
    for link in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        to = (page.parent / path).resolve() if path else page
        if not to.exists() or (anchor and to.suffix == ".md" and anchor not in anchors(to)):
            wrong.append(link)
    return wrong


def _built(name: str) -> bool:
    return name.partition("/")[0] in BUILT and not name.endswith(".py")


def anchors(page: Path) -> set[str]:
    """The ids that headings get, and those that are written out."""
    heads = re.findall(r"^#+ +(.+)$", prose(page), re.M)
    said = [re.search(r"\{#([\w-]+)\}", head) for head in heads]
    slugs = (
        re.sub(r"[^\w\s-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", head)).strip().lower()
        for head in heads
    )
    made = {
        found[1] if found else re.sub(r"[-\s]+", "-", slug) for found, slug in zip(said, slugs, strict=True)
    }
    return made | set(re.findall(r'id="([^"]+)"', page.read_text("utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_is_there(page: Path) -> None:
    assert strange(page) == []
    assert dead(page) == []


def test_names_that_are_not_there_are_told(tmp_path: Path) -> None:
    """The checks above can fail: one page with one of each kind."""
    page = tmp_path / "page.md"
    page.write_text(
        "# Here\n`thuis.nowhere` `thuis.tables.nothing`\n`src/thuis/nowhere.py` `nowhere.py`\n"
        "`make nothing`\n`thuis bild` `thuis build --quietly`\n[a](#here) [b](#nowhere) [c](nowhere.md)\n",
        "utf-8",
    )
    assert strange(page) == [
        "2: no module thuis.nowhere",
        "2: no module thuis.tables.nothing",
        "3: no file src/thuis/nowhere.py",
        "3: no file nowhere.py",
        "4: no target make nothing",
        "5: no command bild (thuis bild)",
        "5: no option --quietly (thuis build --quietly)",
    ]
    assert dead(page) == ["#nowhere", "nowhere.md"]


RUN_ELSEWHERE = "".join(
    (ROOT / "tests" / name).read_text("utf-8")
    for name in ("dossier/test_how_to.py", "survey/test_tutorial.py")
)
SHOWN = [
    page
    for page in PAGES
    if ">>>" in page.read_text("utf-8") and page.relative_to(ROOT).as_posix()[5:] not in RUN_ELSEWHERE
]


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.stem)
def test_examples_of_a_page_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert (failed, tried > 0) == (0, True)


BLOCKS = [
    pytest.param(found[1], id=f"{page.stem}-{number}")
    for page in PAGES
    for number, found in enumerate(
        re.finditer(r"^```python\n(?!>>>)(.*?)^```", page.read_text("utf-8"), re.S | re.M)
    )
]
AWAY = re.compile(r"https?://|from_file\(|requests")
"""What needs a file or an address that only a reader has is compiled, not run."""


@pytest.mark.parametrize("block", BLOCKS)
def test_python_of_a_page_is_python(block: str) -> None:
    code = compile(block, "page", "exec")
    if not AWAY.search(block):
        exec(code, {})
