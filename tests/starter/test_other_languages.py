"""Weights, strata, units and words for "don't know" as files from other countries have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from support.small import project, rows, table
from thuis.errors import ThuisError
from thuis.formats import Column, Raw
from thuis.formats.answers import no_answer
from thuis.project import load_project
from thuis.starter import start
from thuis.starter.category import variable
from thuis.starter.roles import ROLES, candidates, decide

WEIGHTS = [round(0.4 + i * 37 % 160 / 100, 2) for i in range(300)]
KILOS = [45 + i * 13 % 64 for i in range(300)]


def raw(
    columns: Mapping[str, Sequence[object]], labels: Mapping[str, Mapping[str, str]] | None = None
) -> Raw:
    about = {name: Column(name, labels=(labels or {}).get(name, {})) for name in columns}
    return Raw(pl.DataFrame(columns, strict=False), about)


def role(role: str, found: Raw) -> str | None:
    return decide(found, role, candidates(found.columns, role)).column


@pytest.mark.parametrize(
    "name",
    [
        *("poids", "POIDS_CALE", "facteur_pond", "coef", "peso", "PESOFINAL", "peso_muestral", "FEX", "fexp"),
        *("factor_expansion", "ponderador", "PONDRES", "coefin", "gew", "vhhgew", "gewichtsvariable", "HRF"),
        *(
            "hochrechnungsfaktor",
            "waga",
            "koeficient_vah",
            "súly",
            "pondere",
            "paino",
            "vikt",
            "vægt",
            "kaal",
        ),
        *("ağırlık", "вес", "βάρος", "ウエイト", "权重", "w8", "W_FSTUWT", "WTMEC2YR", "v005", "weegfactor"),
    ],
)
def test_names_of_weights(name: str) -> None:
    assert role("weight", raw({"sex": [1, 2] * 150, name: WEIGHTS})) == name


@pytest.mark.parametrize(
    ("name", "beside"), [("peso", "altura"), ("gewicht", "lengte"), ("weight", "height"), ("vikt", "längd")]
)
def test_how_much_people_weigh_is_no_weight(name: str, beside: str) -> None:
    tall = [150 + i % 50 for i in range(300)]
    found = decide(raw({name: KILOS, beside: tall}), "weight", [name])
    assert found.column is None
    assert found.others == (f"{name} (from 45 to 108 beside {beside!r}: how much people weigh)",)
    assert "like kilos" in decide(raw({name: KILOS}), "weight", [name]).others[0]
    assert role("weight", raw({name: WEIGHTS, beside: tall})) == name


def test_an_item_of_a_battery_is_no_weight() -> None:
    assert role("weight", raw({"w8": [1 + i % 5 for i in range(300)]})) is None
    assert (
        candidates({each: Column(each) for each in ("birthwt", "body_weight", "weight_kg")}, "weight") == []
    )


@pytest.mark.parametrize(
    ("strata", "psu"),
    [
        *(
            ("estrato", "upm"),
            ("Schicht", "Klumpen"),
            ("strate", "grappe"),
            ("strato", "ups"),
            ("NEST", "UPA"),
        ),
        *(("estrato", "conglomerado"), ("ositus", "ryvas"), ("warstwa", "jednostka_losowania")),
        *(("v022", "v021"), ("STRATUM", "SCHOOLID")),
    ],
)
def test_names_of_strata_and_units(strata: str, psu: str) -> None:
    found = raw({strata: [i % 6 for i in range(300)], psu: [i // 6 % 10 for i in range(300)]})
    assert (role("strata", found), role("psu", found)) == (strata, psu)


def test_weights_with_a_number_are_told_from_replicates_by_their_labels() -> None:
    kinds = (
        "RESULT FROM TARGET",
        "GERMANY",
        "EU6",
        "EU9",
        "EU10",
        "EU12",
        "EURO ZONE",
        "EU15",
        "EU25",
        "EU28",
    )
    labelled = {f"w{i}": Column(f"w{i}", f"WEIGHT {each}") for i, each in enumerate(kinds, 1)}
    assert candidates(labelled, "weight")[0] == "w1"
    replicates = {f"w{i}": Column(f"w{i}", f"Replicate weight {i}") for i in range(1, 81)}
    assert candidates(replicates, "weight") == []


def test_strata_and_schools_may_have_labels() -> None:
    names = {
        "STRATUM": {str(i): f"region {i}" for i in range(6)},
        "SCHOOLID": {str(i): f"{i}" for i in range(40)},
    }
    found = raw({"STRATUM": [i % 6 for i in range(300)], "SCHOOLID": [i % 40 for i in range(300)]}, names)
    assert (role("strata", found), role("psu", found)) == ("STRATUM", "SCHOOLID")
    points = {"points": [i % 6 for i in range(300)], "point": [i % 6 for i in range(300)]}
    asked = {each: {str(i): f"{i}" for i in range(6)} for each in points}
    assert role("psu", raw(points, asked)) is None


@pytest.mark.parametrize(
    "label",
    [
        *(
            "weiß nicht",
            "Weiß ich nicht",
            "keine Angabe",
            "k.A.",
            "kann ich nicht sagen",
            "möchte nicht sagen",
        ),
        *("no sabe", "No sabe / No responde", "NS/NC", "Ns/Nr", "NS", "prefiere no responder", "No aplica"),
        *("ne sait pas", "(Ne sait pas)", "NSP", "Ne se prononce pas", "Non réponse", "Ne veut pas répondre"),
        *("non sa", "Non so", "rifiuto", "não sabe", "Não sei", "recusa", "nie wiem", "trudno powiedzieć"),
        *(
            "odmowa odpowiedzi",
            "vet ej",
            "vill ej svara",
            "Ej svar",
            "vet ikke",
            "vil ikke svare",
            "ved ikke",
        ),
        *("ønsker ikke at svare", "en osaa sanoa", "ei vastausta", "neví", "bez odpovědi", "nem tudja"),
        *("nem válaszol", "bilmiyor", "cevap yok", "затрудняюсь ответить", "отказ от ответа", "nu știu"),
        *("δεν γνωρίζω", "w.n.", "WN/GA", "geen idee", "onbekend/geweigerd", "REFUSED (VOL.)", "Unsure"),
        *("Don’t  know", "Declined to answer", "System missing", "わからない", "不知道"),
    ],
)
def test_words_for_no_answer(label: str) -> None:
    assert no_answer(label)


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Never",
            "Nooit",
            "Nee",
            "No",
            "Nacht",
            "Natural gas",
            "Refugee",
            "Missing a limb",
            "nada",
            "Keine",
        ),
        *(
            "Unknown soldier",
            "niet gelovig",
            "Niet van hier",
            "No religion",
            "Undecided",
            "ns",
            "ne",
            "Nabij",
        ),
        *("Kann sein", "Non", "Nein", "Rifle", "Vet", "Nema", "Refurbished"),
    ],
)
def test_words_that_are_answers(label: str) -> None:
    assert not no_answer(label)


def test_two_letters_among_others_are_a_place() -> None:
    provinces = ["AB", "BC", "MB", "NB", "NS", "ON", "QC", "SK"]
    found = variable(raw({"province": provinces * 30}), "province")
    assert found
    assert found.missing == ()
    answered = variable(raw({"voto": ["sí", "no", "NS"] * 30}), "voto")
    assert answered
    assert answered.missing == ("NS",)


def test_a_column_called_wave_or_status(tmp_path: Path) -> None:
    people = [(*each, 1 + at % 3, 1 + at % 2) for at, each in enumerate(rows())]
    (tmp_path / "a.csv").write_bytes(table(people, "id,sex,trust,weight,wave,status"))
    start(tmp_path / "m", tmp_path / "a.csv", wave="2026", by=["status"], indicators=["wave"])
    made = load_project(tmp_path / "m")
    assert (list(made.breakdowns), made.indicators[0].id) == (["status-2"], "wave-2")
    own = (
        'wave: {from: trust, codes: {"1": can, "2": cannot}}',
        'sex: {from: sex, codes: {"1": man, "2": woman}}',
    )
    folder = project(tmp_path / "n", {"a.csv": table(people, "id,sex,trust,weight,x,y")}, variables=own)
    with pytest.raises(ThuisError, match="a variable cannot be called 'wave'"):
        load_project(folder)


def test_an_ambiguous_weight_says_why(tmp_path: Path) -> None:
    thousands = [f"{1000 + i * 317 % 9000:,}" for i in range(300)]
    found = decide(raw({"weight": thousands}), "weight", ["weight"])
    assert found.column is None
    assert "can be" in found.others[0]
    assert set(ROLES) == {"weight", "strata", "psu"}


def test_names_of_known_surveys() -> None:
    known = {
        "weight": [
            "RB050",
            "_LLCPWT",
            "WTFA_A",
            "Gewicht_totaal",
            "withinwt_hh",
            "COEFF",
            "v005",
            "anweight",
        ],
        "strata": ["DB050", "_STSTR", "PSTRAT", "estratopri", "Stratum_nr", "v022", "sdmvstra"],
        "psu": ["DB060", "PPSU", "EANUMB", "upm", "CNTSCHID", "v021", "sdmvpsu"],
    }
    for role_, names in known.items():
        assert all(candidates({name: Column(name)}, role_) == [name] for name in names), role_
