"""Machine text on a page: ids, names of files and words of code, told apart from what people write.

    python tests/support/machine.py PUBLIC

prints every such text on the pages of a built site.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_HIDDEN = re.compile(
    r"<(script|style|code|pre|svg)\b.*?</\1>|<!--.*?-->|<[^>]+\bhidden\b[^>]*>.*?</[^>]+>", re.DOTALL
)
"""What nobody reads as text, and what is shown as code because it is: an address, a line to copy."""
_TAG = re.compile(r"<[^>]+>")
_FILE = re.compile(r"\b[\w/-]+\.(?:py|ya?ml|json|parquet|toml)\b|\b[\w-]+/[\w/-]+\.\w{2,5}\b")
_MONTH = re.compile(r"(?<![\w/-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\w-])")
"""A month as machines write it."""
_PAPER = re.compile(r"(?<![\w/-])(?:kst|ah|h-[te]k|stb|stcrt|trb|dossier)-\d[\w-]*")
"""Ids of official publications, which people cite otherwise."""
_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|\bundefined\b|[{}]")


def shown(page: str) -> str:
    """The text of the main part of a page, without what is no text."""
    main = page.partition("<main")[2].partition("</main>")[0]
    text = html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", f"<main{main}")))
    return " ".join(each for each in text.split() if "://" not in each)


def ids(public: Path) -> frozenset[str]:
    """Ids of several words of a data folder, which no person writes with a hyphen like that."""
    monitor = json.loads((public / "data" / "monitor.json").read_text("utf-8"))
    found = {each["id"] for each in (*monitor["indicators"], *monitor["themes"], *monitor["breakdowns"])}
    found |= {category["id"] for each in monitor["breakdowns"] for category in each["categories"]}
    dossier = public / "data" / "dossier.json"
    if dossier.is_file():
        told = json.loads(dossier.read_text("utf-8"))
        found |= {each["id"] for kind in ("letters", "commitments", "measures") for each in told[kind]}
    return frozenset(each for each in found if each.count("-") >= 1 and not re.fullmatch(r"[\d-]+", each))


def machine_text(public: Path) -> Iterator[str]:
    """Every machine text on every page: page and text."""
    known = "|".join(map(re.escape, sorted(ids(public)))) or "(?!)"
    pattern = re.compile(rf"(?<![\w/-])(?:{known})(?![\w/-])")
    for path in sorted(public.glob("*/**/*.html")):
        text = shown(path.read_text("utf-8"))
        found = {
            *_FILE.findall(text),
            *_CODE.findall(text),
            *_PAPER.findall(text),
            *_MONTH.findall(text),
            *pattern.findall(text),
        }
        yield from (f"{path.relative_to(public).as_posix()}: {each!r}" for each in sorted(found))


if __name__ == "__main__":
    lines = list(machine_text(Path(sys.argv[1])))
    print("\n".join(lines))
    print(len(lines), "machine texts")
