"""Catalogues of further languages, as their owner would make them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import thuis.language
from thuis import yaml

HERE = Path(__file__).parents[1] / "handover" / "languages"


def catalogues(folder: Path, languages: Iterable[str], *, without: str = "") -> Path:
    """The texts of languages: English, with what is translated in its place; texts can be left out."""
    for language in languages:
        (folder / language).mkdir(parents=True)
        for path in (Path(thuis.language.__file__).parent / "en").glob("*.yaml"):
            table = dict(yaml.texts(path.read_text("utf-8")))
            own = HERE / language / path.name
            table |= dict(yaml.texts(own.read_text("utf-8"))) if own.exists() else {}
            lines = [
                f"{json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}\n"
                for key, text in table.items()
                if not without or not key.startswith(without)
            ]
            (folder / language / path.name).write_text("".join(lines), "utf-8")
    return folder
