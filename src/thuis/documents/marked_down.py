"""What in a file of Markdown is no running text: code, the head of a page, comments, links and their names.

A reader of the page meets none of it; a program does. Code is told by its fence or by its indentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["code_in", "standing"]
#: Keys in the head of a page whose values a reader meets.
TEXT_KEYS = frozenset(
    re.findall(
        r"\w+",
        """title subtitle description summary excerpt abstract lead caption alt heading
        titel ondertitel kop omschrijving beschrijving samenvatting onderschrift inleiding""",
    )
)
_FENCE = re.compile(r"[ \t]*(?:[-*+>][ \t]+)*(?P<sign>`{3,}|~{3,})(?P<rest>.*)")
_INDENTED = re.compile(r"(?: {4}|\t)\s*\S")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_HEAD = re.compile(r"\ufeff?(?P<sign>---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n)*?(?P=sign)[ \t]*(?:\r?\n|\Z)")
_PAIR = re.compile(r"(?P<key>[\w-]+)\s*[:=][ \t]*(?P<value>[^\r\n]*)")
# What a link leads to and what it is called in the file, one alternative a kind.
_STANDS = re.compile(
    r"""`+[^`\n]+`+                                     # code in a line
      |<!--.*?-->                                       # a comment
      |</?[A-Za-z][^<>]*>|<[A-Za-z][\w+.-]*:[^<>\s]*>     # an element of HTML, an address between < and >
      |(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*          # where a link leads
      |(?m:^[ ]{0,3}\[[^\]\n]+\]:[^\n]*)                # what a name of a link stands for
      |(?<=\])\[[^\]\n]*\]                              # by which name a link is found
      |\[\^[^\]\n]+\]|(?m:^\*\[[^\]\n]+\](?=:))          # the name of a note, a word that is explained
      |\[\[[^\]|\n]+(?:\||\]\])                         # a page of a wiki
      |\{[#.:%{][^{}\n]*\}{1,2}                         # an id, a class, a template
    """,
    re.VERBOSE | re.DOTALL,
)
_DEFINED = re.compile(r"^[ ]{0,3}\[(?!\^)(?P<name>[^\]\n]+)\]:", re.MULTILINE)


def head_of(text: str) -> int:
    """Where the head of a page ends that begins it (``---`` or ``+++`` around it); 0 without one.

    >>> head_of("---\\ntitle: Kop\\n---\\nTekst"), head_of("Tekst")
    (19, 0)
    """
    found = _HEAD.match(text)
    return found.end() if found else 0


def code_in(text: str) -> Iterator[tuple[int, int, str]]:
    """The stretches that are code, and those of a page's head, in order: begin, end, ``code`` or ``label``.

    >>> page = "Zo:\\n\\n```\\nn = 1\\n```\\n\\nTekst\\n"
    >>> [page[a:b] for a, b, _ in code_in(page)]
    ['```\\nn = 1\\n```\\n']
    """
    at = head_of(text)
    yield from _head(text, at)
    fence, begun, blank, item = "", 0, True, False
    for line in text[at:].splitlines(keepends=True):
        found = _FENCE.match(line)
        if fence:
            closes = found and found["sign"].startswith(fence) and not found["rest"].strip()
            if closes:
                yield begun, at + len(line), "code"
                fence = ""
        elif found and "`" not in found["rest"]:
            fence, begun = found["sign"], at
        elif blank and not item and _INDENTED.match(line):
            yield at, at + len(line), "code"
            at += len(line)
            continue  # the next line goes on with it
        if line.strip():
            blank = False
            item = bool(_ITEM.match(line)) or (item and line[:1].isspace())
        else:
            blank = True
        at += len(line)
    if fence:
        yield begun, len(text), "code"


def _head(text: str, end: int) -> Iterator[tuple[int, int, str]]:
    """The lines of a page's head: the values of keys that hold text, apart from all the rest."""
    done = 0
    for found in _PAIR.finditer(text, 0, end):
        if found["key"].lower() in TEXT_KEYS and found["value"].strip():
            yield done, found.start("value"), "code"
            yield found.start("value"), found.end("value"), "label"
            done = found.end("value")
    if end > done:
        yield done, end, "code"


def standing(text: str) -> list[tuple[int, int]]:
    """The stretches of a file of Markdown that must stay as they are, in order, apart from each other.

    >>> page = "Zie [de wijk](wijk.html) en `wijk`."
    >>> [page[a:b] for a, b in standing(page)]
    ['(wijk.html', '`wijk`']
    """
    code = [(begin, end) for begin, end, kind in code_in(text) if kind == "code"]
    found = [*code, *(each.span() for each in _STANDS.finditer(text))]
    for name in {each["name"] for each in _DEFINED.finditer(text)}:
        found += [each.span() for each in re.finditer(rf"\[{re.escape(name)}\]", text, re.IGNORECASE)]
    out: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if out and begin < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    return out
