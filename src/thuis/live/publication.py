"""Put what moderators decided into the public folder, by the site's own builder.

What the monitor brought is kept in ``delivered/``; a folder that was built anew is seen by its directory
being another than the one written here, so neither the monitor's changes nor those made here are lost.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from thuis.contract.act import KnowledgeFile, MunicipalitiesFile
from thuis.contract.folder import read_folder
from thuis.contract.written import dump
from thuis.directory.folder import FILES, files, json_of, lay, offered, per_10000, with_initiatives
from thuis.directory.load import Directory, reread
from thuis.directory.model import Initiative as Record
from thuis.exchange import replace_folder
from thuis.files import put
from thuis.fingerprint import of_file
from thuis.handover.index import NAME, index
from thuis.live.catalogue import overlaid
from thuis.live.jobs import doer
from thuis.site.build import write_site

DIRECTORY = "directory.json"
NOTHING: Mapping[str, Any] = {}


@doer("publish")
def publish(payload: Mapping[str, Any] = NOTHING) -> bool:
    """Write the directory with all decisions, and the pages that show it; whether anything changed."""
    public, kept = settings.PUBLIC, settings.HOME / "delivered"
    state = _state()
    now = of_file(public / "data" / DIRECTORY)
    if now != state.get("written"):
        _keep(public / "data", kept)
    delivered = reread(kept / DIRECTORY).records if (kept / DIRECTORY).is_file() else ()
    records = overlaid(delivered)
    told = _told(records)
    if now == state.get("written") and told == state.get("told"):
        return False
    today = timezone.localdate()
    made = directory_files(records, kept, today)
    if made.get(DIRECTORY) == (public / "data" / DIRECTORY).read_bytes():
        _remember(now, told)
        return False

    def make(stage: Path) -> None:
        shutil.copytree(public / "data", stage / "data")
        lay(made, stage / "data")
        reindexed(stage / "data")
        theme = public / "theme" / "theme.css"
        search = (public / "pagefind").is_dir()
        write_site(
            read_folder(stage / "data"), public, theme=theme, search=search, keep=settings.HOME / "pages.json"
        )

    replace_folder(public, make)
    _remember(of_file(public / "data" / DIRECTORY), told)
    return True


def reindexed(data: Path) -> None:
    """Let the index of a data folder that has one tell the digests of the files that stand there now."""
    if (data / NAME).is_file():
        told = dump(index(read_folder(data)).plain())
        (data / NAME).unlink()
        (data / NAME).write_text(told, "utf-8")


def directory_files(records: tuple[Record, ...], kept: Path, today: date) -> dict[str, bytes]:
    """The files of the data folder that follow from the records.

    What only the monitor's project knows (grants, key figures, what works) stays as it was delivered, with
    the initiatives in it that are there now.
    """
    made = files(Directory(records), today)
    made.pop("municipalities.json", None)
    if (kept / "municipalities.json").is_file():
        town = MunicipalitiesFile.model_validate_json((kept / "municipalities.json").read_bytes())
        made["municipalities.json"] = json_of(_towns(town, records))
    if (kept / "knowledge.json").is_file():
        known = KnowledgeFile.model_validate_json((kept / "knowledge.json").read_bytes())
        made["knowledge.json"] = json_of(known.but(activities=with_initiatives(known.activities, records)))
    return made


def _towns(file: MunicipalitiesFile, records: tuple[Record, ...]) -> MunicipalitiesFile:
    offer = offered(records)
    rows = []
    for town in file.municipalities:
        ids = tuple(sorted(offer.get(town.code, ())))
        rate = per_10000(ids, town.inhabitants)
        rows.append(town if ids == town.initiatives else town.but(initiatives=ids, per_10000=rate))
    return file.but(municipalities=tuple(rows))


def _keep(data: Path, kept: Path) -> None:
    """Take what the monitor delivered as what decisions are laid over."""
    kept.mkdir(exist_ok=True)
    for name in FILES:
        (kept / name).unlink(missing_ok=True)
        if (data / name).is_file():
            shutil.copyfile(data / name, kept / name)


def _state() -> dict[str, str]:
    path = settings.HOME / "published.json"
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _remember(written: str, told: str) -> None:
    put(settings.HOME / "published.json", json.dumps({"written": written, "told": told}))


def _told(records: tuple[Record, ...]) -> str:
    text = "\n".join(each.model_dump_json() for each in records)
    return hashlib.sha256(text.encode()).hexdigest()
