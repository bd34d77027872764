"""What is written keeps to the schema of DDI-Codebook 2.5, reads back, and gives nothing away."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from thuis.cli import thuis
from thuis.codebook import read_codebook
from thuis.project import load_project
from thuis.publish.codebook import codebook

EXAMPLES = ("gss", "nederland", "vertrouwen")
ORDER = {
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "stdyDscr": "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* "
    "othrStdyMat* notes*",
    "citation": "titlStmt rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit? holdings* notes*",
    "titlStmt": "titl subTitl* altTitl* parTitl* IDNo*",
    "prodStmt": "producer* copyright? prodDate* prodPlac* software* fundAg* grantNo*",
    "distStmt": "distrbtr* contact* depositr* depDate* distDate?",
    "verStmt": "version? verResp? notes*",
    "stdyInfo": "studyBudget* subject* abstract* sumDscr* qualityStatement? notes* exPostEvaluation*",
    "sumDscr": "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly? anlyUnit* "
    "universe* dataKind*",
    "method": "dataColl* notes* anlyInfo? stdyClas* dataProcessing* codingInstructions*",
    "dataColl": "timeMeth* dataCollector* collectorTraining* frequenc* sampProc* sampleFrame* "
    "targetSampleSize* "
    "deviat* collMode* resInstru* instrumentDevelopment* sources? collSitu* actMin* ConOps* weight* "
    "cleanOps*",
    "sources": "dataSrc* sourceCitation* srcOrig* srcChar* srcDocu* sources*",
    "dataAccs": "setAvail* useStmt* notes*",
    "useStmt": "confDec? specPerm? restrctn? contact* citReq? deposReq? conditions? disclaimer?",
    "fileDscr": "fileTxt* locMap? notes*",
    "fileTxt": "fileName? fileCitation? dataFingerprint* fileCont? fileStrc? dimensns? fileType*",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn? universe? notes*",
    "var": "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* invalrng* "
    "undocCod* "
    "universe* TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* verStmt* concept* derivation? "
    "varFormat? geoMap* catLevel* notes*",
    "catgry": "catValu? labl* txt* catStat* mrow?",
    "valrng": "range*",
}
"""Children in the order and number that ``codebook.xsd`` of version 2.5 allows, for the elements we write."""
OURS = ("gewicht",)
"""A column of an example that is called as our own sentence calls a weight."""
FREE = {"qstn": {"preQTxt", "qstnLit", "postQTxt", "ivuInstr"}}
ATTRIBUTES = {
    "var": {"ID", "name", "files", "intrvl"}, "varGrp": {"ID", "type", "var"}, "catgry": {"missing"},
    "collDate": {"date", "event", "cycle"}, "varFormat": {"type"}, "range": {"min", "max"},
    "version": {"date"}, "contact": {"email"}, "codeBook": {"version"},
}  # fmt: skip


def faults(root: etree._Element) -> list[str]:
    """Where a tree breaks the order, the number of children, the attributes or the references of the "
    "schema."""
    found = []
    ids = [each.get("ID") for each in root.iter() if each.get("ID")]
    found += [f"ID {each} twice" for each in {each for each in ids if ids.count(each) > 1}]
    for element in root.iter():
        name = etree.QName(element).localname
        children = [etree.QName(each).localname for each in element]
        allowed = {"ID"} | ATTRIBUTES.get(name, set())
        found += [
            f"{name}/@{key}" for key in element.attrib if not str(key).startswith("{") and key not in allowed
        ]
        for key in ("files", "var"):
            found += [f"{name}: no {each}" for each in (element.get(key) or "").split() if each not in ids]
        if name in FREE:
            found += [f"{name}/{each}" for each in children if each not in FREE[name]]
        elif name in ORDER:
            found += _misplaced(name, children)
        else:
            found += [f"{name}/{each}" for each in children]
    return found


def _misplaced(name: str, children: list[str]) -> list[str]:
    parts = ORDER[name].split()
    order = [each.rstrip("*+?") for each in parts]
    found = [f"{name}/{each}" for each in children if each not in order]
    known = [order.index(each) for each in children if each in order]
    found += [f"{name}: {order[b]} after {order[a]}" for a, b in pairwise(known) if b < a]
    for part, each in zip(parts, order, strict=True):
        times = children.count(each)
        if times > 1 and part[-1] not in "*+":
            found.append(f"{name}: {times} {each}")
        if times == 0 and part[-1] not in "*?":
            found.append(f"{name}: no {each}")
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_written_keeps_to_the_schema(root: Path, example: str) -> None:
    tree = etree.fromstring(codebook(load_project(root / "examples" / example)))
    assert faults(tree) == []


def test_the_check_of_the_schema_can_fail() -> None:
    wrong = etree.fromstring(
        "<codeBook><dataDscr/><stdyDscr><citation><titlStmt><titl/><titl/></titlStmt></citation></stdyDscr>"
        "<x/></codeBook>"
    )
    assert faults(wrong) == ["codeBook/x", "codeBook: stdyDscr after dataDscr", "titlStmt: 2 titl"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_reads_back_and_names_no_file_and_no_column(root: Path, tmp_path: Path, example: str) -> None:
    project = load_project(root / "examples" / example)
    written = codebook(project)
    path = tmp_path / "codebook.xml"
    path.write_bytes(written)
    found = read_codebook(path)
    assert len(found.variables) == sum(
        source is not None for wave in project.waves for source in wave.variables.values()
    )
    for indicator in project.indicators:
        wordings = {each.question.get("nl") for each in found.variables if each.name == indicator.variable}
        # Several indicators may show one variable; the first tells its wording.
        assert wordings <= {
            " ".join(asked.nl.split())
            for each in project.indicators
            if each.variable == indicator.variable
            for asked in each.question.values()
        }
        assert None not in wordings
    text = written.decode()
    assert project.title["nl"] in text
    for wave in project.waves:
        assert wave.file not in text
        assert Path(wave.file).name not in text
        design = filter(None, (wave.design.weight, wave.design.strata, wave.design.psu))
        for column in (each for each in design if each not in OURS):
            assert not re.search(rf"\b{re.escape(column)}\b", text), column
        columns = {source.from_ for source in wave.variables.values() if source and source.from_}
        ours = {*wave.variables, *(each.id for each in project.indicators)}
        told = [
            each for each in columns - ours if len(each) > 4 and re.search(rf"\b{re.escape(each)}\b", text)
        ]
        assert not [each for each in told if any(letter.isdigit() or letter == "_" for letter in each)]


def test_no_weights_are_told(root: Path) -> None:
    assert "Er zijn geen gewichten" in codebook(load_project(root / "examples" / "vertrouwen")).decode()
    assert "Er zijn geen gewichten" not in codebook(load_project(root / "examples" / "gss")).decode()


def test_the_command_writes_a_file_and_overwrites_none(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "codebook.xml"
    words = ["codebook", str(root / "examples" / "vertrouwen"), "--out", str(out)]
    assert CliRunner().invoke(thuis, words).exit_code == 0
    before = out.read_bytes()
    again = CliRunner().invoke(thuis, words)
    assert again.exit_code == 2
    assert "the file is there already" in again.output
    assert out.read_bytes() == before
    assert CliRunner().invoke(thuis, [*words, "--force"]).exit_code == 0
