"""XML from elsewhere as a tree: nothing is fetched or expanded, and a fault is one sentence with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from thuis.errors import Place, Problem, ThuisError
from thuis.files import unreadable

MOST_BYTES = 100_000_000


def read_tree(path: Path, name: str | None = None) -> Any:
    """The root element of an XML file.

    Entities are neither expanded nor fetched; a file that declares its own is refused, since a text could
    hide in one, or a few bytes could become gigabytes.

    :param name: how messages call the file; its name when left out.
    :raises ThuisError: when the file cannot be read, is larger than 100 MB, is not well-formed (with the
        line), or declares entities.
    """
    name = name or path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ThuisError(
                f"the file is larger than {MOST_BYTES // 1_000_000} MB",
                Place(name),
                step="take the part about this survey",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ThuisError(unreadable(name, error)) from None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ThuisError(_broken(error, data, name)) from None
    except ValueError:
        raise ThuisError("this is not XML", Place(name)) from None
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():
        raise ThuisError(
            "the file declares entities of its own",
            Place(name, 1),
            expected="a file without <!ENTITY …>",
            step="write the texts out where they are used, and remove the declarations",
        )
    return root


def _broken(error: etree.XMLSyntaxError, data: bytes, name: str) -> Problem:
    if not data.strip():
        return Problem("the file is empty", Place(name))
    if not data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return Problem("this is not XML: it does not begin with <", Place(name, 1))
    line, column = error.position
    lines = data.splitlines()
    source = lines[line - 1].decode("utf-8", "replace") if 0 < line <= len(lines) else None
    kept = source if source is not None and len(source) <= 160 else None
    return Problem(
        "the XML breaks off here: a tag is not closed, or a character may not stand here",
        Place(name, line or 1, column if kept is not None and column else None, source=kept),
        expected="well-formed XML",
        step="export the file again, or correct this line",
    )
