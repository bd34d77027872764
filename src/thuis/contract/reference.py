"""JSON Schema of every file, and the tables of keys in the documentation, both made from the records.

``python -m thuis.contract.reference docs/reference/data-folder.md`` writes both; a test says
when they are not fresh.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from thuis.contract import act, area, directory, dossier, figure, finding, flow, index, monitor, terms
from thuis.contract.base import Record
from thuis.contract.files import FILES

MODULES = (figure, monitor, finding, flow, area, terms, dossier, directory, act, index)
FOLDER = "schema"
"""Where the schemas stand, in this package and in a data folder."""
_BLOCK = re.compile(r"(<!-- keys of ([\w, ]+) -->\n).*?(<!-- end of keys -->)", re.DOTALL)


def schema_name(path: str) -> str:
    """The schema of a file, by the file's path.

    >>> schema_name("figures/<indicator>/<breakdown>.json"), schema_name("monitor.json")
    ('figure.json', 'monitor.json')
    """
    folder, _, _ = path.partition("/")
    return f"{folder.removesuffix('s')}.json" if "<" in path else path


def schemas() -> dict[str, str]:
    """The JSON Schema (draft 2020-12) of every file, by its name, as it is shipped."""
    return {
        schema_name(path): json.dumps(_schema(path, model), ensure_ascii=False, indent=1) + "\n"
        for path, model in FILES.items()
    }


def shipped() -> Iterator[tuple[str, bytes]]:
    """The schemas of the package: name and content."""
    for each in sorted((resources.files("thuis.contract") / FOLDER).iterdir(), key=lambda one: one.name):
        if each.name.endswith(".json"):
            yield each.name, each.read_bytes()


def _schema(path: str, model: type[BaseModel]) -> dict[str, Any]:
    found = model.model_json_schema(by_alias=True)
    for name, part in [(model.__name__, found), *found.get("$defs", {}).items()]:
        for key, text in keys_of(name).items():
            if key in part.get("properties", {}):
                part["properties"][key]["description"] = text.replace("`", "")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": path, **_less(found)}


def _less(schema: Any) -> Any:
    """Without titles that only repeat a key."""
    if isinstance(schema, list):
        return [_less(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _less(each) for name, each in value.items()} if key == "properties" else _less(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str))
    }


def keys_of(name: str) -> dict[str, str]:
    """Key -> what it holds, in the order in which the keys of a record are written.

    >>> keys_of("Break")["text"]
    'what changed'
    """
    model = _models().get(name)
    if model is None:
        return {}
    told = {
        key: text
        for base in reversed(model.__mro__)
        if issubclass(base, Record)
        for key, text in _said(base.__module__).get(base.__name__, {}).items()
    }
    return {(field.alias or key): told.get(key, "") for key, field in model.model_fields.items()}


@cache
def _models() -> dict[str, type[Record]]:
    return {
        name: each
        for module in MODULES
        for name, each in vars(module).items()
        if inspect.isclass(each) and issubclass(each, Record) and each.__module__ == module.__name__
    }


@cache
def _said(module: str) -> dict[str, dict[str, str]]:
    """The text under each field in the source of a module, by class and field."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    found: dict[str, dict[str, str]] = {}
    for each in tree.body:
        if not isinstance(each, ast.ClassDef):
            continue
        own = found.setdefault(each.name, {})
        for field, text in zip(each.body, each.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
            ):
                own[field.target.id] = " ".join(str(text.value.value).split())
    return found


def filled(page: str) -> str:
    """A page with its tables of keys made anew; ``<!-- keys of Name -->`` says which record stands there."""
    return _BLOCK.sub(lambda found: f"{found[1]}{_table(found[2])}{found[3]}", page)


def _table(names: str) -> str:
    keys: dict[str, str] = {}
    for name in names.split(", "):
        keys |= keys_of(name)
    rows = "".join(f"| `{key}` | {text} |\n" for key, text in keys.items())
    return f"\n| key | what |\n|---|---|\n{rows}\n"


def main(page: Path) -> None:
    """Write the schemas into the package, and the tables into a page."""
    folder = Path(__file__).parent / FOLDER
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")
    page.write_text(filled(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
