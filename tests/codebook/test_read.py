"""DDI files as archives write them; each oddity is one that a public archive's file has."""

from __future__ import annotations

from pathlib import Path

import pytest

from thuis.codebook import Codebook, read_codebook, said
from thuis.errors import ThuisError

NS = 'xmlns="ddi:codebook:2_5"'


def book(tmp_path: Path, body: str, head: str = f'<codeBook version="2.5" {NS}>') -> Codebook:
    path = tmp_path / "survey.xml"
    path.write_text(f"{head}{body}</codeBook>", "utf-8")
    return read_codebook(path)


def test_a_variable_as_the_european_social_survey_has_it(tmp_path: Path) -> None:
    """With a prefix, `xml-lang` in place of `xml:lang`, and missing codes told twice."""
    found = _prefixed(tmp_path)
    one = found.wanted("trstsci")
    assert one.label == {"en": "Trust in scientists"}
    assert one.missing == ("77", "88")
    assert [(each.code, each.missing) for each in one.categories] == [("0", False), ("77", True)]
    assert not one.question


def _prefixed(tmp_path: Path) -> Codebook:
    path = tmp_path / "ess.xml"
    path.write_text(
        """<ddi:codeBook xmlns:ddi="ddi:codebook:2_5" version="2.5"><ddi:dataDscr>
        <ddi:var ID="Vw" name="trstsci" files="f" dcml="0">
        <ddi:labl xml-lang="en">Trust in scientists</ddi:labl>
        <ddi:invalrng><ddi:item VALUE="77"/><ddi:item VALUE="88"/></ddi:invalrng>
        <ddi:catgry><ddi:catValu>0</ddi:catValu><ddi:labl xml-lang="en">No trust at all</ddi:labl>
        </ddi:catgry>
        <ddi:catgry missing="Y"><ddi:catValu>77</ddi:catValu><ddi:labl>Refusal</ddi:labl></ddi:catgry>
        </ddi:var></ddi:dataDscr></ddi:codeBook>""",
        "utf-8",
    )
    return read_codebook(path)


def test_a_battery_asks_its_stem_with_every_item(tmp_path: Path) -> None:
    """The Finnish archive puts the stem in a group, the name before the label, and no namespace anywhere."""
    found = book(
        tmp_path,
        """<stdyDscr><citation><titlStmt><titl>Barometri</titl><parTitl xml:lang="en">Barometer</parTitl>
        </titlStmt></citation></stdyDscr><dataDscr>
        <varGrp var="Q1_1 Q1_2"><txt>Mihin puolueisiin sopii mielestänne ...</txt></varGrp>
        <varGrp type="subject" var="Q1_1"><txt>Variables about parties.</txt></varGrp>
        <var ID="Q1_1" name="Q1_1"><labl level="variable">[q1_1] Sopii: rehellinen</labl>
        <qstn><preQTxt/><qstnLit>Rehellinen</qstnLit><postQTxt/><ivuInstr>Show card</ivuInstr></qstn></var>
        </dataDscr>""",
        '<!DOCTYPE codeBook SYSTEM "http://www.icpsr.umich.edu/DDI/Version2-0.dtd"><codeBook xml:lang="fi">',
    )
    one = found.wanted("q1_1")
    assert one.label == {"fi": "Sopii: rehellinen"}
    assert one.question == {"fi": "Mihin puolueisiin sopii mielestänne ... Rehellinen"}
    assert found.title == {"fi": "Barometri", "en": "Barometer"}


def test_codes_before_labels_and_zeros_before_codes(tmp_path: Path) -> None:
    """As in the American National Election Studies and in IPUMS."""
    found = book(
        tmp_path,
        """<dataDscr><var name="V1"><labl>WHY</labl><catgry><catValu>24</catValu>
        <labl>24. EXPECTED</labl></catgry>
        </var><var name="MONTH"><catgry><catValu>01</catValu><labl>January</labl></catgry></var>
        </dataDscr>""",
    )
    (why,) = found.wanted("V1").categories
    assert why.label == {"": "EXPECTED"}
    january = found.wanted("month").category("1")
    assert january is not None
    assert said(january.label, "nl") == "January"


def test_the_missing_value_of_a_program_is_no_answer(tmp_path: Path) -> None:
    """As the World Bank lists it, beside categories without a code."""
    found = book(
        tmp_path,
        """<dataDscr><var name="a3_10"><catgry><catStat type="vald"/></catgry><catgry>
        <catValu>1</catValu></catgry>
        <catgry><catValu>Sysmiss</catValu></catgry></var></dataDscr>""",
    )
    one = found.wanted("a3_10")
    assert [(each.code, each.missing) for each in one.categories] == [("1", False), ("Sysmiss", True)]


def test_languages_universe_and_stretches(tmp_path: Path) -> None:
    found = book(
        tmp_path,
        """<stdyDscr><stdyInfo><sumDscr><universe xml:lang="nl-NL">Inwoners van 18 jaar en ouder</universe>
        <universe clusion="E" xml:lang="nl">Bewoners van instellingen</universe></sumDscr></stdyInfo>
        </stdyDscr>
        <dataDscr><var name="werk" qstn="Q9"><labl xml:lang="nl">Werk</labl><labl xml:lang="en">Work</labl>
        <qstn ID="Q9"><qstnLit xml:lang="nl">Hebt u <emph>betaald</emph> werk?</qstnLit>
        <qstnLit xml:lang="en">Do you have paid work?</qstnLit></qstn>
        <invalrng><range min="-9" max="-1"/><range minExclusive="90"/></invalrng>
        <universe>Wie jonger is dan 75</universe>
        <catgry><catValu>-2</catValu><labl xml:lang="nl">Weigert</labl></catgry>
        <catgry><catValu>90</catValu><labl xml:lang="nl">Anders</labl></catgry></var></dataDscr>""",
    )
    one = found.wanted("werk")
    assert one.question == {"nl": "Hebt u betaald werk?", "en": "Do you have paid work?"}
    assert found.universe == {"nl": "Inwoners van 18 jaar en ouder"}
    assert one.universe == {"": "Wie jonger is dan 75"}
    assert [one.is_missing(each) for each in ("-9", "-2", "0", "90", "91")] == [
        True,
        True,
        False,
        False,
        True,
    ]
    assert [each.missing for each in one.categories] == [True, False]


def test_a_question_without_parts_and_a_file_inside_a_harvest(tmp_path: Path) -> None:
    path = tmp_path / "oai.xml"
    path.write_text(
        f"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><metadata>
        <codeBook {NS}><dataDscr><var name="a"><qstn ID="Q1">How often do you discuss politics?</qstn></var>
        </dataDscr></codeBook></metadata></record></GetRecord></OAI-PMH>""",
        "utf-8",
    )
    assert read_codebook(path).wanted("a").question == {"": "How often do you discuss politics?"}


LIFECYCLE = """<FragmentInstance xmlns="ddi:instance:3_3" xmlns:r="ddi:reusable:3_3"
  xmlns:l="ddi:logicalproduct:3_3"
  xmlns:d="ddi:datacollection:3_3" xmlns:c="ddi:conceptualcomponent:3_3">
<Fragment><d:QuestionItem><r:Agency>org.x</r:Agency><r:ID>Q1</r:ID><r:Version>2</r:Version>
  <d:QuestionText audienceLanguage="en-CA"><d:LiteralText><d:Text>Are</d:Text></d:LiteralText>
  <d:ConditionalText/><d:LiteralText><d:Text>satisfied?</d:Text></d:LiteralText></d:QuestionText>
  <d:QuestionText audienceLanguage="fr-CA"><d:LiteralText><d:Text>Satisfait?</d:Text></d:LiteralText>
  </d:QuestionText></d:QuestionItem></Fragment>
<Fragment><l:Category><r:URN>urn:ddi:org.x:C1:1</r:URN><r:Agency>org.x</r:Agency><r:ID>C1</r:ID>
  <r:Version>1</r:Version><r:Label><r:Content xml:lang="en">Yes</r:Content></r:Label></l:Category></Fragment>
<Fragment><l:Category isMissing="true"><r:Agency>org.x</r:Agency><r:ID>C9</r:ID><r:Version>1</r:Version>
  <l:CategoryName><r:String xml:lang="en">Refused</r:String></l:CategoryName></l:Category></Fragment>
<Fragment><l:CodeList><r:Agency>org.x</r:Agency><r:ID>L1</r:ID><r:Version>1</r:Version>
  <l:Code><r:Agency>org.x</r:Agency><r:ID>K1</r:ID><r:Version>1</r:Version><r:CategoryReference>
  <r:URN>urn:ddi:org.x:C1:1</r:URN></r:CategoryReference><r:Value>1</r:Value></l:Code></l:CodeList></Fragment>
<Fragment><l:CodeList><r:Agency>org.x</r:Agency><r:ID>L9</r:ID><r:Version>1</r:Version>
  <l:Code><r:Agency>org.x</r:Agency><r:ID>K9</r:ID><r:Version>1</r:Version><r:CategoryReference>
  <r:Agency>org.x</r:Agency><r:ID>C9</r:ID><r:Version>1</r:Version></r:CategoryReference><r:Value>9</r:Value>
  </l:Code></l:CodeList></Fragment>
<Fragment><r:ManagedMissingValuesRepresentation><r:Agency>org.x</r:Agency><r:ID>M</r:ID>
        <r:Version>1</r:Version>
  <r:MissingCodeRepresentation><r:CodeListReference><r:Agency>org.x</r:Agency><r:ID>L9</r:ID>
  <r:Version>1</r:Version></r:CodeListReference></r:MissingCodeRepresentation>
  <r:MissingNumericRepresentation><r:NumberRange><r:Low>-3</r:Low><r:High>-1</r:High></r:NumberRange>
  </r:MissingNumericRepresentation></r:ManagedMissingValuesRepresentation></Fragment>
<Fragment><c:Universe><r:Agency>org.x</r:Agency><r:ID>U</r:ID><r:Version>1</r:Version>
  <r:Description><r:Content xml:lang="en">Adults in work</r:Content></r:Description></c:Universe></Fragment>
<Fragment><l:RepresentedVariable><r:Agency>org.x</r:Agency><r:ID>RV</r:ID><r:Version>1</r:Version>
  <r:UniverseReference><r:Agency>org.x</r:Agency><r:ID>U</r:ID><r:Version>1</r:Version></r:UniverseReference>
  <r:CodeRepresentation><r:CodeListReference><r:Agency>org.x</r:Agency><r:ID>L1</r:ID><r:Version>1</r:Version>
  </r:CodeListReference></r:CodeRepresentation></l:RepresentedVariable></Fragment>
<Fragment><l:Variable><r:Agency>org.x</r:Agency><r:ID>V1</r:ID><r:Version>1</r:Version>
  <l:VariableName><r:String>SAT</r:String></l:VariableName>
  <r:Label><r:Content xml:lang="en">Satisfied</r:Content><r:Content xml:lang="fr">Satisfait</r:Content>
        </r:Label>
  <r:QuestionReference><r:Agency>org.x</r:Agency><r:ID>Q1</r:ID><r:Version>2</r:Version></r:QuestionReference>
  <r:QuestionReference><r:Agency>org.x</r:Agency><r:ID>Q7</r:ID><r:Version>1</r:Version></r:QuestionReference>
  <l:RepresentedVariableReference><r:Agency>org.x</r:Agency><r:ID>RV</r:ID><r:Version>1</r:Version>
  </l:RepresentedVariableReference>
  <l:VariableRepresentation><l:MissingValuesReference><r:Agency>org.x</r:Agency><r:ID>M</r:ID>
  <r:Version>1</r:Version></l:MissingValuesReference></l:VariableRepresentation></l:Variable></Fragment>
</FragmentInstance>"""


@pytest.mark.parametrize("version", ["3_3", "3_2"])
def test_lifecycle_is_followed_from_item_to_item(tmp_path: Path, version: str) -> None:
    path = tmp_path / "lifecycle.xml"
    path.write_text(LIFECYCLE.replace("3_3", version), "utf-8")
    found = read_codebook(path)
    assert found.kind == f"DDI-Lifecycle {version.replace('_', '.')}"
    one = found.wanted("SAT")
    assert one.label == {"en": "Satisfied", "fr": "Satisfait"}
    assert one.question == {"en": "Are … satisfied?", "fr": "Satisfait?"}
    assert one.universe == {"en": "Adults in work"}
    assert [(each.code, said(each.label, "en"), each.missing) for each in one.categories] == [
        ("1", "Yes", False),
        ("9", "Refused", True),
    ]
    assert one.ranges == ((-3.0, -1.0),)
    assert found.remarks == ("1 reference to a Question that is not in the file",)


@pytest.mark.parametrize(
    ("text", "said_", "line"),
    [
        ("", "the file is empty", None),
        ("name;label\nq1;Trust\n", "this is not XML", 1),
        (f"<codeBook {NS}>\n<dataDscr>\n<var name='a'></dataDscr></codeBook>", "breaks off here", 3),
        ("<html>\n<body/></html>", "this is no DDI: its first element is <html>", 1),
        (f"\n<codeBook {NS}><stdyDscr/></codeBook>", "describes a study, but no variables", 2),
        ('<ddi:DDIInstance xmlns:ddi="ddi:instance:3_1"/>', "DDI-Lifecycle 3.1", 1),
        (
            '<!DOCTYPE c [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><codeBook><titl>&b;</titl></codeBook>',
            "declares entities of its own",
            1,
        ),
        (
            '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><codeBook><titl>&x;</titl></codeBook>',
            "declares entities of its own",
            1,
        ),
        ("<codeBook>" + "<notes>" * 400 + "</notes>" * 400 + "</codeBook>", "breaks off here", 1),
        (
            "<codeBook><dataDscr><var name='a'><labl>\x01</labl></var></dataDscr></codeBook>",
            "breaks off here",
            1,
        ),
    ],
)
def test_a_bad_file_is_one_sentence_with_its_line(
    tmp_path: Path, text: str, said_: str, line: int | None
) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(ThuisError) as caught:
        read_codebook(path, "data/bad.xml")
    (problem,) = caught.value.problems
    assert said_ in problem.what
    assert problem.where is not None
    assert problem.where.file == "data/bad.xml"
    assert problem.where.line == line
    assert "root:" not in str(caught.value)


def test_a_name_described_twice_otherwise_is_an_error_when_asked_for(tmp_path: Path) -> None:
    found = book(
        tmp_path,
        """<dataDscr><var name="a"><qstn><qstnLit>One?</qstnLit></qstn></var>
        <var name="a"><qstn><qstnLit>Two?</qstnLit></qstn></var><var name="b"/><var name="b"/></dataDscr>""",
    )
    assert found.variable("b") is not None
    with pytest.raises(ThuisError, match="described 2 times, each time otherwise"):
        found.variable("a")
    with pytest.raises(ThuisError, match="unknown variable 'c'"):
        found.wanted("c")


def test_a_column_described_as_asked_and_as_stored_is_one(tmp_path: Path) -> None:
    """As in the file of Statistics Canada: one description has the wording, another the codes."""
    found = book(
        tmp_path,
        """<dataDscr><var name="a"><qstn><qstnLit>One?</qstnLit></qstn></var>
        <var name="a"><labl>Stored</labl><catgry><catValu>1</catValu></catgry></var></dataDscr>""",
    )
    one = found.wanted("a")
    assert one.question == {"": "One?"}
    assert one.label == {"": "Stored"}
    assert len(one.categories) == 1
