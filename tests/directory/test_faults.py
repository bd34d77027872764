"""What ``thuis check`` says of a directory with faults: all of them at once, by file, row and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from thuis.directory.load import load
from thuis.errors import ThuisError

DAY = date(2026, 6, 1)
HEAD = "id,name,municipality,url,checked_on,email,description_nl,latitude,longitude,freq\n"
FAULTY = (
    "a,Een,GM0518,javascript:alert(1),2026-02-30,geen,,,,\n"
    "a,Twee,Weesp,https://example.org,,,,,,\n"
    "c,,GM9999,,,,,91,5,\n"
    "d,Vier,GM0518,http://:80,,,,,,SOMETIMES\n"
)
FIGURES = "id,title_nl,title_en,unit_nl,unit_en,group_nl,group_en,date,source_nl,source_en,merge\n"


def project(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(ThuisError) as caught:
        load(folder, DAY)
    return [str(each) for each in caught.value.problems]


def test_every_fault_of_every_file_at_once(tmp_path: Path) -> None:
    project(
        tmp_path,
        initiatives__all_csv=HEAD + FAULTY,
        grants_csv="scheme,year,municipality,amount\nx,2010,Amersvoort,12\nx,20x0,Ede,-\n",
        municipalities_csv="code,inhabitants,unknown\nGM0518,many,1\nGM0518,3,1\nGM9999,4,1\n",
    )
    (tmp_path / "key-figures.csv").write_text(
        FIGURES + "inhabitants,I,I,p,p,B,P,2021,CBS,CBS,add\n", encoding="utf-8"
    )
    found = "\n".join(problems(tmp_path))
    for wanted in (
        "a link may not be", "2026-02-30", "two records have the id 'a'", "Weesp", "GM9999", "91",
        "SOMETIMES", "Amersvoort", "20x0", "'many'", "GM0518 stands there twice", "'unknown'", "'add'",
    ):  # fmt: skip
        assert wanted in found, f"{wanted}\n{found}"
    for file in ("all.csv", "grants.csv", "municipalities.csv", "key-figures.csv"):
        assert file in found


def test_personal_data_is_pointed_out_and_not_refused(tmp_path: Path) -> None:
    project(
        tmp_path,
        initiatives__all_csv=HEAD + "a,Een,GM0518,,,,Bel Jan op 06-12345678 of kom naar Kerkstraat 12.,,,\n",
    )
    found = load(tmp_path, DAY).remarks()
    assert {each.kind for _, each in found} == {"address", "mobile number", "name"}
    assert all("all.csv" in str(place) for place, _ in found)


@pytest.mark.parametrize("value", ["inf", "nan", "1e999", "1,5", "twee"])
def test_a_value_that_is_no_number_is_refused(tmp_path: Path, value: str) -> None:
    row = f'GM0518,"{value}"\n'
    project(tmp_path, municipalities_csv="code,inhabitants\n" + row)
    (tmp_path / "key-figures.csv").write_text(
        FIGURES + "inhabitants,I,I,p,p,B,P,2021,CBS,CBS,sum\n", encoding="utf-8"
    )
    assert any(value in each for each in problems(tmp_path))
