"""Grants through mergers, totals, and statements of what works."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from thuis.contract.act import GrantOf
from thuis.directory.folder import knowledge_file
from thuis.directory.grants import (
    as_rows,
    differences,
    given,
    on,
    read_grants,
    read_schemes,
    repeated,
    totals,
)
from thuis.directory.knowledge import read_knowledge
from thuis.directory.load import load
from thuis.errors import ThuisError
from thuis.site.views.grants import kinds_of

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "examples" / "nederland"
ANNEXES = ROOT.parent / "shared" / "data" / "initiatives" / "du-gemeenten.csv"
TODAY = date(2026, 6, 1)


def grants(tmp_path: Path, *rows: str, head: str = "scheme,year,municipality,amount") -> Path:
    path = tmp_path / "grants.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return path


def test_a_grant_is_of_the_municipality_of_its_year(tmp_path: Path) -> None:
    path = grants(
        tmp_path,
        "x,2009,Abcoude,100",
        "x,2012,De Ronde Venen,10",
        'x,2009,Boarnsterhim,"1.000"',
        "x,2009,Breukelen,7",
    )
    found = read_grants(path)
    assert [each.code for each in found] == ["GM0305", "GM0736", "GM0055", "GM0311"]
    now = on(found, TODAY)
    assert sum(each.amount for each in now["GM0736"]) == 110
    assert sum(each.amount for each in now["GM0055"]) == 1000
    assert sum(sum(g.amount for g in each) for each in now.values()) == sum(each.amount for each in found)
    assert [each.code for each in given(found, "Stichtse Vecht", TODAY)] == ["GM0311"]
    assert [each.code for each in given(found, "Boarnsterhim", TODAY)] == ["GM0055"]


def test_every_fault_of_every_row(tmp_path: Path) -> None:
    path = grants(
        tmp_path,
        "x,2009,Bergen,100",
        "x,twee,Ede,1",
        "x,2009,Edee,1",
        "x,2009,Ede,veel",
        ",2009,Ede,1",
        "x,2009,Ede,-5",
    )
    with pytest.raises(ThuisError) as caught:
        read_grants(path)
    assert {each.where.line for each in caught.value.problems if each.where} == {2, 3, 4, 5, 6, 7}
    assert "GM0373" in str(caught.value)


def test_one_municipality_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ThuisError, match="2 amounts"):
        read_grants(grants(tmp_path, "x,2009,Den Haag,100", "x,2009,'s-Gravenhage,100"))


def test_projects_of_one_scheme_by_kind_through_a_merger(tmp_path: Path) -> None:
    path = grants(
        tmp_path,
        'respect,2009,Abcoude,dialogen,Tafels,"1.000,50"',
        "respect,2009,Abcoude,normcampagne,Posters,500",
        "respect,2009,Abcoude,Training,,250",
        "respect,2009,Abcoude,training,Gastlessen,250",
        "respect,2011,De Ronde Venen,meetings,,100",
        "respect,2009,Boarnsterhim,dialogues,,7",
        "respect,2009,Ede,,,3",
        head="regeling,jaar,gemeente,soort,project,bedrag",
    )
    found = read_grants(path)
    assert [each.kind for each in found] == [
        "dialogues", "norm campaigns", "trainings", "trainings", "meetings", "dialogues", ""
    ]  # fmt: skip
    now = on(found, TODAY)
    assert sum(each.amount for each in now["GM0736"]) == Decimal("2100.50")
    assert sum(sum(g.amount for g in each) for each in now.values()) == Decimal("2110.50")
    rows = tuple(GrantOf.model_validate(each) for each in as_rows(found, TODAY))
    kinds = {each.id: each for each in kinds_of(rows)}
    assert {id_: each.total for id_, each in kinds.items()} == {
        "dialogues": 1007.5, "norm campaigns": 500, "meetings": 100, "trainings": 500, "": 3
    }  # fmt: skip
    assert (kinds["dialogues"].number, kinds["dialogues"].towns) == (2, 2)
    with pytest.raises(ThuisError, match="norm campaigns"):
        read_grants(grants(tmp_path, "x,2009,Ede,5,feestje", head="scheme,year,municipality,amount,kind"))
    with pytest.raises(ThuisError, match="2 amounts"):
        read_grants(
            grants(tmp_path, *["x,2009,Ede,5,dialogen"] * 2, head="scheme,year,municipality,amount,kind")
        )


def test_totals_are_checked_against_what_the_scheme_states(tmp_path: Path) -> None:
    found = read_grants(grants(tmp_path, "x,2009,Ede,100", "x,2009,Breda,50"))
    path = tmp_path / "schemes.csv"
    path.write_text("id,title_nl,total_2009\nx,Iks,151\n", "utf-8")
    assert totals(found) == {("x", 2009): Decimal(150)}
    assert "150" in differences(found, read_schemes(path))[0].what
    path.write_text("id,title_nl,total_2009\nx,Iks,150\n", "utf-8")
    assert differences(found, read_schemes(path)) == ()


@pytest.mark.skipif(not ANNEXES.is_file(), reason="the annexes are not here")
def test_the_annexes_of_the_law() -> None:
    found = read_grants(ANNEXES)
    assert len(found) == 818
    assert sum(each.amount for each in found) == 221_105_894
    assert any("annexes 20 and 20a" in each.what for each in repeated(found))
    now = on(found, TODAY)
    assert sum(g.amount for each in now.values() for g in each) == sum(each.amount for each in found)


def test_the_demo_holds_together() -> None:
    found = load(DEMO, TODAY)
    assert sum(not each.invented for each in found.records) == 17
    assert all(each.provenance.source for each in found.records)
    assert all(each.name.startswith("Voorbeeld") for each in found.records if each.invented)
    assert len(found.knowledge.entries) == 20
    assert not repeated(found.grants)
    assert {each.year for each in found.grants} == set(range(2008, 2014))
    known = {each.id for each in found.knowledge.entries}
    assert {"adults-none", "ethnic-weaker"} <= known
    told = knowledge_file(found, found.records).activities
    assert [each.initiatives for each in told if each.situation == "calm" and each.initiatives]


@pytest.mark.parametrize(
    ("cell", "what"),
    [("Dit is bewezen.", "may not say"), ("It is proven.", "may not say")],
)
def test_no_entry_says_proven(tmp_path: Path, cell: str, what: str) -> None:
    (tmp_path / "entries.csv").write_text(
        f"id,statement_nl,statement_en,level,year,source,certainty\na,{cell},x,trial,2020,y,seen\n", "utf-8"
    )
    with pytest.raises(ThuisError, match=what):
        read_knowledge(tmp_path)


def test_a_figure_from_memory_is_refused_and_all_faults_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "entries.csv").write_text(
        "id,statement_nl,statement_en,effect,level,year,source,certainty,url\n"
        "a,x,y,0.3,trial,2020,z,memory,\n"
        "b,x,y,,trail,twee,z,gezien,javascript:x\n",
        "utf-8",
    )
    with pytest.raises(ThuisError) as caught:
        read_knowledge(tmp_path)
    assert len(caught.value.problems) == 5
