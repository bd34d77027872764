"""A survey file the machine does not give: told by name, never by a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.errors import ThuisError
from thuis.formats import columns_of
from thuis.formats.files import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"survey{kind}").touch()
    with pytest.raises(ThuisError, match=rf"survey\{kind}: the file is empty") as error:
        columns_of(tmp_path / f"survey{kind}")
    assert error.value.problems[0].step


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_with_the_name_of_a_file(tmp_path: Path, kind: str) -> None:
    (tmp_path / f"survey{kind}").mkdir()
    with pytest.raises(ThuisError, match="is a directory") as error:
        columns_of(tmp_path / f"survey{kind}")
    assert error.value.problems[0].step == "name a file"


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_one_may_not_read(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"survey{kind}"
    path.write_bytes(b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    # Whoever runs the tests may be allowed to read everything, so the mode of a file proves nothing.
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ThuisError, match="permission denied") as error:
        columns_of(path)
    assert "right to read" in str(error.value.problems[0].step)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"survey{kind}"
    path.write_bytes(b"\x00\x01\x02\xff" * 50)
    with pytest.raises(ThuisError) as error:
        columns_of(path)
    assert error.value.problems[0].step
