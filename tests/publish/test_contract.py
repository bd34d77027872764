"""The contract: schemas that hold for what is published, fresh documentation, faults with their place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from support.monitor import data_folder
from thuis.contract import FILES, read_folder
from thuis.contract.figure import Figure, WithheldCell
from thuis.contract.monitor import Monitor
from thuis.contract.reference import filled, keys_of, schema_name, schemas, shipped
from thuis.contract.terms import Terms
from thuis.contract.written import dump
from thuis.errors import ThuisError
from thuis.project import Project
from thuis.publish import publish
from thuis.values import Release


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file that the contract describes, after its pattern."""
    for pattern in FILES:
        for path in sorted(folder.glob(re.sub("<[^>]*>", "*", pattern))):
            if not path.name.endswith("-metadata.json"):
                yield pattern, path


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data_folder(tmp_path_factory.mktemp("contract"), optional=True)


@pytest.fixture(scope="module")
def published(demo: tuple[Project, Release], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published") / "data"
    publish(*demo, out)
    return out


def test_the_shipped_schemas_are_those_of_the_records() -> None:
    assert {name: content.decode() for name, content in shipped()} == schemas(), (
        "run python -m thuis.contract.reference docs/reference/data-folder.md"
    )


def test_the_reference_is_made_from_the_records(root: Path) -> None:
    page = (root / "docs" / "reference" / "data-folder.md").read_text("utf-8")
    assert page == filled(page), "run python -m thuis.contract.reference docs/reference/data-folder.md"
    assert page.count("<!-- keys of ") >= 20


@pytest.mark.parametrize("name", ["Figure", "Monitor", "IndicatorRecord", "Finding", "Flow", "Map", "Letter"])
def test_every_key_is_told(name: str) -> None:
    assert [key for key, text in keys_of(name).items() if not text] == []


def test_every_file_is_valid_by_its_schema(published: Path, full: Path) -> None:
    known = schemas()
    checks = {name: jsonschema.Draft202012Validator(json.loads(text)) for name, text in known.items()}
    seen = set()
    for folder in (published, full):
        for pattern, path in files_of(folder):
            value = json.loads(path.read_text("utf-8"))
            faults = [each.message for each in checks[schema_name(pattern)].iter_errors(value)]
            assert not faults, (path, faults[:3])
            seen.add(schema_name(pattern))
    assert seen == set(known)


def test_a_schema_refuses_a_number_in_a_withheld_cell(published: Path) -> None:
    check = jsonschema.Draft202012Validator(json.loads(schemas()["figure.json"]))
    value = json.loads(next((published / "figures").glob("*/origin.json")).read_text("utf-8"))
    cell = next(each for each in value["cells"] if each["status"] == "withheld")
    cell["n"] = 3
    assert not check.is_valid(value)


def test_a_data_folder_brings_its_schemas(published: Path) -> None:
    found = {path.name: path.read_bytes() for path in (published / "schema").iterdir()}
    assert found == dict(shipped())


def test_what_is_read_is_written_the_same(published: Path) -> None:
    for pattern, path in files_of(published):
        text = path.read_text("utf-8")
        assert dump(FILES[pattern].model_validate_json(text).plain()) == text, path  # type: ignore[attr-defined]


def test_a_later_version_may_have_more_keys_but_we_write_none_unknown(published: Path) -> None:
    value = json.loads((published / "monitor.json").read_text("utf-8")) | {"colour": "blue"}
    assert Monitor.model_validate(value).version == value["version"]
    with pytest.raises(ThuisError, match="a key that no reader knows"):
        Monitor.given(value)


def test_a_cell_that_is_not_there_says_so_and_a_copy_forgets_what_was_worked_out(published: Path) -> None:
    path = next((published / "figures").glob("*/sex.json"))
    figure = Figure.model_validate_json(path.read_bytes())
    assert isinstance(figure.cell("never", ("men",)), WithheldCell)
    assert len(figure.keys) == 2
    assert figure.but(dimensions=()).keys == ((),)


def test_rows_that_were_given_the_same_fields_hold_their_names_once(published: Path) -> None:
    figure = Figure.model_validate_json(next((published / "figures").glob("*/sex.json")).read_bytes())
    assert len(figure.published()) > 1
    assert len({id(each.model_fields_set) for each in figure.published()}) == 1
    assert len({id(each.key) for each in figure.published()}) == 2


def test_the_vocabulary_leaves_out_what_a_term_does_not_have() -> None:
    told = {"terms": [{"id": "a", "term": "a", "language": "nl", "status": "avoid"}]}
    assert Terms.given(told).plain() == told


def drop(*path: Any) -> Callable[[Any], None]:
    def edit(value: Any) -> None:
        for part in path[:-1]:
            value = value[part]
        del value[path[-1]]

    return edit


def put(new: Any, *path: Any) -> Callable[[Any], None]:
    def edit(value: Any) -> None:
        for part in path[:-1]:
            value = value[part]
        value[path[-1]] = new

    return edit


@pytest.mark.parametrize(
    ("name", "edit", "said"),
    [
        ("monitor.json", drop("title"), "monitor.json, title: key 'title' is missing"),
        ("monitor.json", put("soon", "released"), "released is 'soon'"),
        ("monitor.json", drop("waves", 1, "field", "end"), "waves '2011', field lacks 'end'"),
        ("indicators/voted.json", drop("measures"), "indicators/voted.json, measures: key 'measures'"),
        ("indicators/voted.json", put("share", "kind"), "kind is 'share', expected one of proportion, mean"),
        ("figures/voted/total.json", drop("cells", 0, "reason"), "cells 1 lacks 'reason'"),
        ("figures/voted/total.json", put("hidden", "cells", 0, "status"), "status is 'hidden'"),
        ("figures/voted/total.json", drop("cells", 0, "status"), "cells 1: 'status' is missing"),
        ("figures/voted/total.json", put("many", "cells", 0, "n"), "cells 1: n is 'many'"),
        ("versions.json", drop(0, "version"), "lacks 'version'"),
        ("corrections.json", put({}, 0), "lacks 'date'"),
        ("flow.json", put(-1, "flows", 0, "links", 0, "persons"), "links 1: persons is -1"),
        ("map.json", put("none", "maps", 0, "areas", 0, "status"), "areas 'GM0000': status is 'none'"),
        ("dossier.json", put(999, "letters", 0, "blocks", 1, "spans", 0, "end"), "blocks 'b2': the span"),
        ("vocabulary.json", put(3, "terms", 0, "forms"), "terms 'begrip-preferred': forms is 3"),
        ("monitor.json", put([], "publisher"), "publisher is []"),
    ],
)
def test_a_fault_is_named_with_its_place(
    full: Path, tmp_path: Path, name: str, edit: Callable[[Any], None], said: str
) -> None:
    folder = data_folder(tmp_path / "data", optional=True)
    value = json.loads((folder / name).read_text("utf-8"))
    edit(value)
    (folder / name).write_text(json.dumps(value), "utf-8")
    with pytest.raises(ThuisError) as error:
        read_folder(folder)
    assert str(error.value).startswith(name)
    assert said in str(error.value)
    assert "pydantic" not in str(error.value)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1,", b"null", b"\xff\xfe", b"[]", b'"text"', b"12", b"NaN"]
)
def test_any_file_may_hold_anything_and_each_is_named(tmp_path: Path, content: bytes) -> None:
    folder = data_folder(tmp_path / "data", optional=True)
    names = [path.relative_to(folder).as_posix() for _, path in files_of(folder)]
    for name in names:
        if name not in ("monitor.json", "indicators/voted.json"):
            (folder / name).write_bytes(content)
    with pytest.raises(ThuisError) as error:
        read_folder(folder)
    faulty = {each.where.file for each in error.value.problems if each.where}
    lists = {"versions.json", "corrections.json", "pages.json"} if content == b"[]" else set()
    read = {name for name in names if "/" not in name or name.startswith("figures/voted/")}
    # The index of the directory is read by the page's own script, and by no page.
    assert faulty >= read - {"monitor.json", "directory-search.json", "index.json", *lists}
