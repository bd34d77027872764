"""Writes the files that stand beside the data: workbooks always, the rest when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from thuis.contract.folder import DataFolder, read_folder
from thuis.contract.written import dump, write
from thuis.errors import Place, ThuisError, unknown
from thuis.files import put
from thuis.handover.crew import make_all, workbooks
from thuis.handover.index import HANDOVER, NAME, index, kept
from thuis.handover.speech import Speech, speech
from thuis.language import LANGUAGES

Files = dict[str, bytes]
Keep = Callable[[Callable[[], Files]], Files]


def no_keep(make: Callable[[], Files]) -> Files:
    """Nothing is kept: the files are made."""
    return make()


def data_folder(folder: Path) -> DataFolder:
    """The data folder of a project, of a built monitor, or the folder itself.

    :raises ThuisError: when there is none, or something in it is not right.
    """
    for each in (folder, folder / "data", folder / "public" / "data"):
        if (each / "monitor.json").is_file():
            return read_folder(each)
    what = "there is no built monitor"
    raise ThuisError(
        what,
        Place(str(folder)),
        expected="a project, a monitor or its data folder",
        step="thuis build FOLDER",
    )


def write_beside(
    folder: Path,
    *,
    everything: bool = False,
    before: Path | None = None,
    kept_by: Keep = no_keep,
    later: bool = False,
    data: DataFolder | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> int:
    """Write what stands beside the data, into a data folder that is not public yet; returns how many files.

    ``workbooks/<indicator>.<language>.xlsx``, ``figures.<language>.xlsx`` and ``index.json`` always;
    an unchanged workbook is taken from the data folder ``before``;
    with ``everything`` also ``handover/``: a book of tables, reports, pictures, and what other systems take.

    :param kept_by: called with what makes the files of ``handover/``; may give those it kept instead.
    :param folder: a data folder that :func:`thuis.publish.publish` wrote.
    :param later: leave the workbooks of ``before`` and their list as they stand, changed or not: what is made
        next mends them, for the list still tells what they were made of.
    :param data: what the folder holds, when it was read already.
    :param meanwhile: called often; what it raises ends it.
    :raises ThuisError: when the data folder is not as its records say, or a template or ``tables.yaml`` is
        faulty.

    >>> import tempfile
    >>> from thuis.monitor.pipeline import build
    >>> from thuis.starter import start
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     monitor = Path(folder) / "monitor"
    ...     _ = start(monitor, wave="2020")
    ...     _ = build(monitor, pages=False, keep=False)
    ...     write_beside(monitor / "public" / "data")
    5
    """
    data = data or read_folder(folder)
    spoken = [speech(data, each) for each in data.languages if each in LANGUAGES]
    old = kept(before, folder)
    made = 0
    todo: dict[str, Callable[[], bytes]] = {}
    for say in spoken:
        for name, needs, make in workbooks(say):
            made += 1
            if later and old.take_over(name):
                continue
            if same := old.same(name, needs):
                write(folder / name, same)
            else:
                todo[name] = make
    make_all(folder, todo, len(data.indicators), meanwhile)
    if everything:
        for name, content in kept_by(partial(_everything, data, spoken)).items():
            write(folder / HANDOVER / name, content)
            made += 1
    if everything and data.monitor.address:
        from thuis.handover.exchange.dcat import dcat

        write(folder / HANDOVER / "dcat.ttl", dcat(data, index(data)))
        made += 1
    if not (later and old.take_over(NAME)):
        write(folder / NAME, dump(index(data).plain()))
    return made + 1


def _everything(data: DataFolder, spoken: list[Speech]) -> dict[str, bytes]:
    from thuis.handover.exchange.sqlite import sqlite

    with TemporaryDirectory() as aside:
        database = Path(aside) / "monitor.db"
        sqlite(data, database)
        made = {name: make() for name, make in _makers(data, spoken)}
        return made | {database.name: database.read_bytes()}


def _makers(data: DataFolder, spoken: list[Speech]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """What makes each file; the libraries for them are loaded here, for most builds make none of these."""
    from thuis.handover.book import tables
    from thuis.handover.exchange.jsonstat import jsonstat
    from thuis.handover.exchange.sdmx import sdmx_csv, sdmx_data, sdmx_structure
    from thuis.handover.exchange.sqlite import datasette
    from thuis.handover.ods import ods
    from thuis.handover.pictures import slides
    from thuis.handover.report.pdf import pdf
    from thuis.handover.report.word import word
    from thuis.handover.xlsx import xlsx

    for say in spoken:
        lang = say.language
        book = tables(data, lang)
        yield f"tables.{lang}.xlsx", partial(xlsx, book)
        yield f"tables.{lang}.ods", partial(ods, book)
        yield f"monitor.{lang}.json-stat.json", partial(jsonstat, say)
        yield f"report.{lang}.pdf", partial(pdf, say)
        yield f"report.{lang}.docx", partial(word, say)
        yield f"brief.{lang}.pdf", partial(pdf, say, brief=True)
        for theme in (each.id for each in data.themes if _shown(data, each.id)):
            yield f"{theme}.figures.{lang}.zip", partial(slides, say, theme, every=False)
            yield f"{theme}.report.{lang}.pdf", partial(pdf, say, theme)
    yield "monitor.sdmx.csv", partial(sdmx_csv, data)
    yield "monitor.sdmx.xml", partial(sdmx_data, data)
    yield "monitor.dsd.xml", partial(sdmx_structure, data)
    yield "metadata.json", partial(datasette, data, "monitor")


def _shown(data: DataFolder, theme: str) -> bool:
    return any(figure.published() for each in data.of_theme(theme) for figure in each.figures)


def deliver(out: Path, made: Mapping[str, Callable[[], bytes]]) -> None:
    """Make and write the file in the form of its suffix.

    :raises ThuisError: when no form has that suffix.
    """
    make = made.get(out.suffix.lower())
    if make is None:
        where = Place(str(out))
        raise ThuisError(f"no file ending in {out.suffix!r} is made", where, expected=" or ".join(made))
    put(out, make())


def zip_of_figures(say: Speech, theme: str | None, colours: Path | None) -> bytes:
    """The figures of a theme, in the colours of a theme file.

    :raises ThuisError: when there is no such theme, or the colours cannot be read.
    """
    from thuis.handover.pictures import colours_of, slides
    from thuis.site.charts.frame import COLOURS

    known = [each.id for each in say.data.themes]
    if theme is not None and theme not in known:
        raise ThuisError(unknown("theme", theme, known))
    return slides(say, theme, colours_of(colours) if colours else COLOURS)
