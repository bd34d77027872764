"""A codebook file of any kind that is known, by its first element."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thuis.codebook.ddi_c import read_ddi_c
from thuis.codebook.ddi_l import read_ddi_l
from thuis.codebook.elements import local
from thuis.codebook.model import Codebook
from thuis.errors import Place, ThuisError
from thuis.trees import read_tree

_KINDS = ("codeBook", "DDIInstance", "FragmentInstance")


def read_codebook(path: Path, name: str | None = None) -> Codebook:
    """What a DDI file says of a survey's variables: labels, questions, answers, missing codes, universe.

    DDI-Codebook (1.2 to 2.6) and DDI-Lifecycle (3.2, 3.3) are read, also inside an answer of an archive's
    harvesting service (OAI-PMH). Wordings are those of the file, in every language it has.

    :param name: how messages call the file; its name when left out.
    :raises ThuisError: when the file is no such codebook or describes no variables, with file and line.

    >>> from tempfile import TemporaryDirectory
    >>> ddi = '''<codeBook version="2.5" xmlns="ddi:codebook:2_5"><dataDscr><var name="trust">
    ...   <labl xml:lang="en">Trust</labl><qstn><qstnLit xml:lang="en">Can people be trusted?</qstnLit></qstn>
    ...   <catgry missing="Y"><catValu>9</catValu><labl xml:lang="en">No answer</labl></catgry>
    ... </var></dataDscr></codeBook>'''
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "survey.xml"
    ...     written = path.write_text(ddi)
    ...     book = read_codebook(path)
    >>> one = book.wanted("TRUST")
    >>> one.question["en"], one.missing
    ('Can people be trusted?', ('9',))
    """
    name = name or path.name
    root = read_tree(path, name)
    found = _instance(root)
    if found is None:
        raise ThuisError(
            f"this is no DDI: its first element is <{local(root) or root.tag}>",
            Place(name, root.sourceline),
            expected="DDI-Codebook (<codeBook>) or DDI-Lifecycle (<DDIInstance>, <FragmentInstance>)",
            step="export the documentation of the variables as DDI",
        )
    if local(found) == "codeBook":
        book = read_ddi_c(found, name)
    elif "3_1" in str(found.tag):
        raise ThuisError(
            "this is DDI-Lifecycle 3.1, which names its parts otherwise",
            Place(name, found.sourceline),
            expected="DDI-Lifecycle 3.2 or 3.3, or DDI-Codebook",
            step="ask the archive for one of these",
        )
    else:
        book = read_ddi_l(found, name)
    if not book.variables:
        raise ThuisError(
            f"this {book.kind} describes a study, but no variables",
            Place(name, found.sourceline),
            expected="<var> elements" if local(found) == "codeBook" else "<Variable> elements",
            step="ask the archive for the documentation at the level of variables",
        )
    return book


def _instance(root: Any) -> Any | None:
    return next((each for each in root.iter() if local(each) in _KINDS), None)
