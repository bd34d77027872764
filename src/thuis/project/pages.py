"""``pages/*.md``: free pages, each in every language of the monitor."""

from __future__ import annotations

from pathlib import Path

from thuis.errors import Place, Problem
from thuis.files import listed, read_text
from thuis.project.model import Page


def read_pages(folder: Path, languages: tuple[str, ...]) -> tuple[tuple[Page, ...], list[Problem]]:
    """The free pages of a project folder, and everything wrong with them."""
    problems: list[Problem] = []
    slugs: dict[str, dict[str, str]] = {}
    for path in listed(folder / "pages", "*.md", problems):
        name = f"pages/{path.name}"
        slug, _, language = path.stem.rpartition(".")
        if not slug or language not in languages:
            problems.append(
                Problem(
                    f"{path.name!r} does not say its language",
                    Place(name),
                    expected=f"pages/{slug or path.stem}.{languages[0]}.md",
                    available=languages,
                    step="rename the file",
                )
            )
            continue
        text = read_text(path, name)
        if isinstance(text, Problem):
            problems.append(text)
        slugs.setdefault(slug, {})[language] = "" if isinstance(text, Problem) else text
    for slug, bodies in slugs.items():
        problems += [
            Problem(
                f"the page has no text in {language!r}",
                Place(f"pages/{slug}.{next(iter(bodies))}.md"),
                expected=f"pages/{slug}.{language}.md",
                step="write the translation, or remove the page",
            )
            for language in languages
            if language not in bodies
        ]
    return tuple(Page(slug, bodies) for slug, bodies in slugs.items()), problems
