"""Writes the files that stand beside the data: workbooks always, the rest when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from thuis.contract.dossier import Dossier
from thuis.contract.folder import DataFolder, Indicator, read_folder
from thuis.contract.terms import Terms
from thuis.contract.written import dump, write
from thuis.errors import Place, Problem, ThuisError
from thuis.fingerprint import code
from thuis.handover.book import tables
from thuis.handover.exchange.dcat import dcat
from thuis.handover.exchange.jsonstat import jsonstat
from thuis.handover.exchange.sdmx import sdmx_csv, sdmx_data, sdmx_structure
from thuis.handover.exchange.sqlite import datasette, sqlite
from thuis.handover.index import HANDOVER, NAME, index
from thuis.handover.ods import ods
from thuis.handover.pictures import slides
from thuis.handover.report.pdf import pdf
from thuis.handover.report.word import word
from thuis.handover.speech import Speech, speech
from thuis.handover.workbook import whole, workbook
from thuis.handover.xlsx import xlsx
from thuis.language import LANGUAGES


def data_folder(folder: Path) -> DataFolder:
    """The data folder of a project, of a built monitor, or the folder itself.

    :raises ThuisError: when there is none, or something in it is not right.
    """
    for each in (folder, folder / "data", folder / "public" / "data"):
        if (each / "monitor.json").is_file():
            return read_folder(each)
    what = "there is no built monitor"
    raise ThuisError(
        Problem(
            what,
            Place(str(folder)),
            expected="a project, a monitor or its data folder",
            step="thuis build FOLDER",
        )
    )


NOTHING: dict[str, Any] = {
    **dict.fromkeys(("versions", "corrections", "pages", "population", "findings", "flows", "maps"), ()),
    **dict.fromkeys(("directory", "municipalities", "grants", "knowledge")),
    "shapes": {},
    "vocabulary": Terms(),
    "dossier": Dossier(),
}
"""What the workbook of an indicator is made without."""
Keep = Callable[[str, str, Callable[[], dict[str, bytes]]], Mapping[str, bytes]]
"""A name, a key of all that is read, and what makes the files."""


def write_beside(folder: Path, *, everything: bool = False, kept: Keep | None = None) -> int:
    """Write what stands beside the data, into a data folder that is not public yet; returns how many files.

    ``workbooks/<indicator>.<language>.xlsx``, ``figures.<language>.xlsx`` and ``index.json`` always;
    with ``everything`` also ``handover/``: a book of tables, reports, pictures, and what other systems take.

    :param kept: gives the workbooks under a name and key that it has, else makes them.
    """
    data = read_folder(folder)
    spoken = [speech(data, each) for each in data.languages if each in LANGUAGES]
    made = 0
    for name, content in _workbooks(data, spoken, kept or (lambda _name, _key, make: make())):
        write(folder / name, content)
        made += 1
    if everything:
        for name, make in _everything(data, spoken):
            write(folder / HANDOVER / name, make())
            made += 1
        sqlite(data, folder / HANDOVER / "monitor.db")
        made += 1
    if everything and data.monitor.address:
        write(folder / HANDOVER / "dcat.ttl", dcat(data, index(data)))
        made += 1
    write(folder / NAME, dump(index(data).plain()))
    return made + 1


def _workbooks(data: DataFolder, spoken: list[Speech], kept: Keep) -> Iterator[tuple[str, bytes]]:
    """The workbook of each indicator, made of a data folder without the others, and the one of all."""
    languages = [say.language for say in spoken]
    keys = {each.id: _key(data, each) for each in data.indicators}

    def book(alone: DataFolder) -> dict[str, bytes]:
        (each,) = alone.indicators
        says = [speech(alone, language) for language in languages]
        return {f"workbooks/{each.id}.{say.language}.xlsx": xlsx(workbook(each, say)) for say in says}

    def all_of_them() -> dict[str, bytes]:
        return {f"figures.{say.language}.xlsx": xlsx(whole(say)) for say in spoken}

    yield from kept("workbook", sha256("".join(keys.values()).encode()).hexdigest(), all_of_them).items()
    monitor = data.monitor.model_copy(update={"indicators": ()})
    for each in data.indicators:
        alone = replace(data, monitor=monitor, indicators=(each,), **NOTHING)
        yield from kept(f"workbook-{each.id}", keys[each.id], partial(book, alone)).items()


def _key(data: DataFolder, indicator: Indicator) -> str:
    """Of the code, the monitor and all that is said of one indicator."""
    told = [code(), data.monitor.model_copy(update={"indicators": ()}).model_dump_json()]
    told += [each.model_dump_json() for each in (indicator.record, *indicator.figures)]
    return sha256(json.dumps(told).encode()).hexdigest()


def _everything(data: DataFolder, spoken: list[Speech]) -> Iterator[tuple[str, Callable[[], bytes]]]:
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
