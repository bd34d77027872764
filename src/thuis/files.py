"""Text files that people edit: whatever keeps one from being read is a problem with its place."""

from __future__ import annotations

import contextlib
import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from thuis.errors import Place, Problem

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def ordinary(path: Path) -> bool:
    """Whether a path is a file, a folder or nothing: a pipe, a socket or a device may have no end.

    >>> ordinary(Path("/")), ordinary(Path("/dev/zero"))
    (True, False)
    """
    return path.is_file() or path.is_dir() or not path.exists()


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a file in UTF-8, or what is wrong with it.

    :param name: how messages call it, relative to the project folder.
    """
    if not ordinary(path):
        return special(name)
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        return not_utf8(name, path.read_bytes(), error.start)
    except OSError as error:
        return unreadable(name, error)


def special(name: str) -> Problem:
    """That something stands where a file should.

    >>> print(special("thuis.yaml"))
    thuis.yaml: this is no ordinary file
      expected: a file: no pipe, socket or device
      next: save it as a file
    """
    return Problem(
        "this is no ordinary file",
        Place(name),
        expected="a file: no pipe, socket or device",
        step="save it as a file",
    )


def not_utf8(name: str, raw: bytes, start: int) -> Problem:
    """The byte that does not fit, with its line."""
    return Problem(
        f"byte 0x{raw[start]:02x} is not UTF-8",
        Place(name, raw.count(b"\n", 0, start) + 1),
        expected="a text file in UTF-8",
        step="save the file as UTF-8",
    )


def unreadable(name: str, error: OSError) -> Problem:
    """Why the machine does not give the file.

    >>> print(unreadable("indicators", PermissionError(13, "Permission denied")))
    indicators: cannot be read: permission denied
      next: give yourself the right to read it
    """
    steps: dict[type[OSError], str] = {
        PermissionError: "give yourself the right to read it",
        IsADirectoryError: "a folder has the name of a file: rename or remove it",
        NotADirectoryError: "a file has the name of a folder: rename or remove it",
    }
    why = (error.strerror or str(error)).lower()
    return Problem(f"cannot be read: {why}", Place(name), step=steps.get(type(error)))


def listed(folder: Path, pattern: str, problems: list[Problem]) -> list[Path]:
    """The files of a folder by name; none when it is absent, and a problem when it cannot be looked into."""
    if not folder.exists():
        return []
    try:
        next(folder.iterdir(), None)
    except OSError as error:
        problems.append(unreadable(folder.name, error))
        return []
    return sorted(folder.glob(pattern))


def put(out: Path, content: str | bytes) -> None:
    """Write a file as a whole or not at all; a text in UTF-8, its lines as they are."""
    with aside(out) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


@contextlib.contextmanager
def aside(out: Path) -> Iterator[Path]:
    """Where a file is written before it takes its place; after an error what stood there still stands.

    Two processes may write the same file: one of them writes last, and neither writes into the other's.
    """
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def zipped(files: Mapping[str, bytes], day: date, stored: tuple[str, ...] = ()) -> bytes:
    """A zip of files in their order: the same bytes for the same files, wherever and whenever it is made.

    :param day: stands in it as the day of every file.
    :param stored: ends of names of what is not pressed, for it was already, or readers look into it.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name.endswith(stored) else zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, content)
    return stream.getvalue()


def in_xml(text: str) -> str:
    r"""A text without the signs that no XML file may hold.

    >>> in_xml("a\x00b\tc")
    'ab\tc'
    """
    return _NOT_IN_XML.sub("", text)
