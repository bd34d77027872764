"""Authors' Markdown as safe HTML: no raw HTML, no outside pictures, headings below the page's own."""

from __future__ import annotations

import html
import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def render(text: str, *, below: int = 1) -> Markup:
    """HTML of a Markdown text; its highest heading becomes ``h<below + 1>`` and no level is skipped.

    >>> render("### Title\\n\\n<b>raw</b>")
    Markup('<h2>Title</h2>\\n<p>&lt;b&gt;raw&lt;/b&gt;</p>\\n')
    """
    tokens = _parser().parse(text)
    _shift(tokens, below)
    rendered: str = _parser().renderer.render(tokens, _parser().options, {})
    table = '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table>'
    return Markup(rendered.replace("<table>", table.format("…")).replace("</table>", "</table></div>"))


def _shift(tokens: list[Token], below: int) -> None:
    """Renumber headings in order of depth, so that an author's ``###`` first does not skip a level."""
    stack: list[int] = []
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            continue
        if token.type == "heading_open":
            level = int(token.tag[1])
            while stack and stack[-1] >= level:
                stack.pop()
            stack.append(level)
        token.tag = f"h{min(6, below + len(stack))}"


def without_title(text: str) -> str:
    """The text without a first ``#`` heading, which the page shows as its own title.

    >>> without_title("# Title\\n\\nText")
    'Text'
    """
    first, _, rest = text.strip().partition("\n")
    return rest.lstrip() if first.startswith("# ") else text


_MEANS = re.compile(r"[\\`*_{}\[\]#|~!]|^[-+=]|(?<=^\d)[.)]|(?<=\d)[.)](?=\s|$)")


def literal(text: str) -> str:
    """One line that Markdown shows as it stands, whoever wrote it: no heading, link, list or picture.

    >>> print(literal("# See [this](https://a.example): 3 < 4"))
    \\# See \\[this\\](https://a.example): 3 &lt; 4
    """
    return _MEANS.sub(r"\\\g<0>", html.escape(" ".join(text.split()), quote=False))


def plain(markdown: str) -> str:
    """A Markdown text without its marks.

    >>> plain("**Not** weighted, see [the guide](x).")
    'Not weighted, see the guide.'
    """
    found: list[str] = []
    for token in MarkdownIt("commonmark").parse(markdown):
        for each in token.children or ():
            found.append(
                each.content if each.type in ("text", "code_inline") else " " if "break" in each.type else ""
            )
        if token.type.endswith("_close"):
            found.append(" ")
    return " ".join("".join(found).split())
