"""The report as a Word file in the house style of a template: a .docx with fields, filled by docxtpl."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from thuis.errors import Place, Problem, ThuisError, listing, raise_all
from thuis.files import zipped
from thuis.handover.pictures import Picture
from thuis.handover.report.content import content
from thuis.handover.speech import Speech
from thuis.site.pictures import png_of

NEEDED = ("title", "version", "synthetic", "themes", "limits", "sources")
"""Fields without which a report would not say what it is, how sure it is or where it is from."""
_LOOP = (
    ("{%p for theme in themes %}", None),
    ("{{ theme.title }}", 1),
    ("{{ theme.description }}", None),
    ("{%p for i in theme.indicators %}", None),
    ("{{ i.title }}", 2),
    ("{{ i.measures }}", None),
    ("{%p for fact in i.facts %}", None),
    ("{{ fact }}", "List Bullet"),
    ("{%p endfor %}", None),
    ("{%p if i.image %}", None),
    ("{{ i.image }}", None),
    ("{{ i.figure.caption }}", "Caption"),
    ("{%p endif %}", None),
    ("{{ i.table.caption }}", "Caption"),
    ("TABLE", None),
    ("{{ i.table.source }}", None),
    ("{%p for b in i.breaks %}", None),
    ("{{ b }}", None),
    ("{%p endfor %}", None),
    ("{%p for q in i.questions %}", None),
    ("{{ words.question }} ({{ q.waves }}): {{ q.text }}", None),
    ("{%p endfor %}", None),
    ("{%p endfor %}", None),
    ("{%p endfor %}", None),
)


def word(say: Speech, theme: str | None = None, template: Path | None = None) -> bytes:
    """The report as a Word file.

    Pictures have their alternative text and tables a marked row of headers. The same folder and template give
    the same bytes.

    :param template: a Word file with the fields of :func:`starter`; that one unless told.
    :raises ThuisError: when the extra ``report`` is not installed, or the template cannot be read, is no
        valid template or lacks a field that a report needs.
    """
    docxtpl = _library()
    source = io.BytesIO(starter()) if template is None else io.BytesIO(_read(template))
    told = content(say, theme)
    filled = docxtpl.DocxTemplate(source)
    _check(filled, str(template or "template"))
    alternatives: dict[str, Picture] = told.pop("pictures")
    order: list[str] = []
    for part in told["themes"]:
        for indicator in part["indicators"]:
            figure = indicator["figure"]
            indicator["image"] = None
            if figure:
                png = io.BytesIO(png_of(alternatives[figure["name"]].svg))
                indicator["image"] = docxtpl.InlineImage(filled, png, width=_width(filled))
                order.append(figure["alt"])
    try:
        filled.render(told, autoescape=True)
    except Exception as error:
        raise ThuisError(_broken(str(template or "template"), error)) from error
    _finish(filled.docx, order, told)
    made = io.BytesIO()
    filled.save(made)
    with zipfile.ZipFile(made) as written:
        parts = {name: written.read(name) for name in written.namelist()}
    return zipped(parts, say.data.monitor.released)


def starter() -> bytes:
    """A template to begin with: open it in Word, give its styles the look of the house, leave its fields."""
    _library()
    import docx

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    document.add_heading("{{ title }}", 0)
    document.add_paragraph("{{ kind }} · {{ publisher }} · {{ version }}")
    document.add_paragraph("{{ synthetic }}", style="Intense Quote")
    document.add_paragraph("{{ description }}")
    for said, style in _LOOP:
        if said == "TABLE":
            _table(document)
        elif isinstance(style, int):
            document.add_heading(said, style)
        else:
            document.add_paragraph(said, style=style)
    document.add_heading("{{ words.method }}", 1)
    for loop in ("method", "waves"):
        document.add_paragraph(f"{{%p for m in {loop} %}}")
        document.add_paragraph("{{ m }}", style="List Bullet" if loop == "waves" else None)
        document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{{ limits }}")
    document.add_paragraph("{{ withheld }}")
    document.add_heading("{{ words.sources }}", 1)
    document.add_paragraph("{%p for s in sources %}")
    document.add_paragraph("{{ s.text }} {{ s.url }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document: Any) -> None:
    table = document.add_table(rows=4, cols=4)
    table.style = "Table Grid"
    heads = ("group", "value", "interval", "n")
    for at, name in enumerate(heads):
        table.rows[0].cells[at].text = f"{{{{ words.{name} }}}}"
        table.rows[2].cells[at].text = f"{{{{ row[{at}] }}}}"
    table.rows[1].cells[0].text = "{%tr for row in i.table.rows %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"


def _library() -> Any:
    try:
        import docxtpl
    except ImportError as error:
        raise ThuisError(
            "a Word file needs the extra 'report'", step="pip install 'thuis[report]'"
        ) from error
    return docxtpl


def _read(template: Path) -> bytes:
    try:
        data = template.read_bytes()
    except OSError as error:
        raise ThuisError(
            f"cannot be read: {(error.strerror or str(error)).lower()}", Place(str(template))
        ) from error
    if (
        not zipfile.is_zipfile(io.BytesIO(data))
        or "word/document.xml" not in zipfile.ZipFile(io.BytesIO(data)).namelist()
    ):
        what = "this is no Word file"
        raise ThuisError(
            what, Place(str(template)), expected="a .docx", step="save it as .docx, not .doc or .dotx"
        )
    return data


def _check(filled: Any, name: str) -> None:
    try:
        known = filled.get_undeclared_template_variables()
    except Exception as error:
        raise ThuisError(_broken(name, error)) from error
    missing = [each for each in NEEDED if each not in known]
    raise_all(
        [
            Problem(
                f"the template has no field {each!r}",
                Place(name),
                expected=f"the fields {listing(NEEDED)}",
                step=f"put {{{{ {each} }}}} into it, or begin with thuis report --new-template FILE",
            )
            for each in missing
        ]
    )


def _broken(name: str, error: Exception) -> Problem:
    said = str(error).partition("\n")[0]
    return Problem(
        f"a field of the template cannot be filled: {said}", Place(name), step="mend the field in Word"
    )


def _width(filled: Any) -> Any:
    """The width between the margins of the template's first section."""
    section = filled.get_docx().sections[0]
    return section.page_width - section.left_margin - section.right_margin


def _finish(document: Any, alternatives: list[str], told: dict[str, Any]) -> None:
    """What docxtpl does not set: alternative texts, rows of headers, title, author, language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    inline = list(document.element.body.iter(qn("wp:docPr")))
    for each, text in zip(inline[-len(alternatives) :] if alternatives else [], alternatives, strict=False):
        each.set("descr", text)
    for table in document.tables:
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))
    properties = document.core_properties
    properties.title, properties.author = told["document"], told["publisher"]
    properties.language = told["language"]
