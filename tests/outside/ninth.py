"""A ninth batch: other languages, labels in two, and what stands beside a scale.

At first sight 15 right, 5 silent.
"""

from __future__ import annotations

from typing import Any

from outside.kinds import (
    PEOPLE,
    PLAIN,
    PSU,
    RIGHT,
    SEX,
    STRATUM,
    TRUST,
    WEIGHT,
    Case,
    csv_file,
    mixed,
    sav_file,
)
from outside.sixth import FOUR, NUMBERED, gone
from outside.third import worded


def in_words(words: tuple[str, ...], *silent: str) -> list[str]:
    """Answers in words, and in turn what the silent are called."""
    return [words[each - 1] if isinstance(each, int) else each for each in gone(*silent)]


def labelled(words: tuple[str, ...], more: dict[Any, str], **columns: Any) -> Case:
    """An SPSS file with labels in a language; ``more`` are those of no answer."""
    return Case(
        "",
        sav_file(
            {**PLAIN, "trust": gone(*more), **columns}, None, {"trust": {**dict(enumerate(words, 1)), **more}}
        ),
        right=RIGHT,
    )


ITALIAN = ("Per niente", "Poco", "Abbastanza", "Molto")
ROMANIAN = ("Deloc", "Puțină", "Destulă", "Multă")
JAPANESE = ("全く信頼しない", "あまり信頼しない", "やや信頼する", "非常に信頼する")
CHINESE = ("完全不信任", "不太信任", "比较信任", "完全信任")
KOREAN = ("전혀 신뢰하지 않음", "별로 신뢰하지 않음", "다소 신뢰함", "매우 신뢰함")
HEBREW = ("בכלל לא", "לא כל כך", "די", "מאוד")
ARABIC = ("لا أثق على الإطلاق", "لا أثق كثيرا", "أثق إلى حد ما", "أثق كثيرا")
INDONESIAN = ("Tidak percaya sama sekali", "Kurang percaya", "Cukup percaya", "Sangat percaya")

CASES: dict[str, Case] = {
    "suppressed data": labelled(
        FOUR, {-1: "Missing/Not reported", -2: "Not applicable", -3: "Suppressed data"}
    ),
    "not in universe, without a label": Case(
        "SIPP, CPS: -1 is not in universe, in a CSV", csv_file({**PLAIN, "trust": gone(-1)}), right=RIGHT
    ),
    "italian": Case(
        "ISTAT, ITANES: Non so, Non risponde, Preferisco non rispondere; peso_finale",
        csv_file(
            {
                "id": list(PEOPLE),
                "sesso": SEX,
                "fiducia": in_words(ITALIAN, "Non so", "Non risponde", "Preferisco non rispondere"),
                "peso_finale": [f"{w:.2f}".replace(".", ",") for w in WEIGHT],
            },
            ";",
        ),
        item="fiducia",
        by="sesso",
        weight=("peso_finale",),
        right=worded(RIGHT, ITALIAN),
    ),
    "romanian": labelled(ROMANIAN, {8: "NȘ", 9: "NR", 98: "Nu știu", 99: "Nu răspund"}),
    "japanese": labelled(JAPANESE, {8: "わからない", 9: "無回答"}),
    "chinese": labelled(CHINESE, {-1: "不适用", -2: "不知道", -3: "拒绝回答"}),
    "korean": labelled(KOREAN, {8: "모르겠다", 9: "무응답"}),
    "hebrew": labelled(HEBREW, {8: "לא יודע", 9: "מסרב לענות"}),
    "arabic": labelled(ARABIC, {98: "لا أعرف", 99: "رفض الإجابة"}),
    "indonesian": labelled(INDONESIAN, {8: "Tidak tahu", 9: "Tidak menjawab"}),
    "a space that does not break": Case(
        "Word and web pages: names and words with a space that does not break",
        csv_file(
            {
                "id": list(PEOPLE),
                "sex\u00a0": SEX,
                "trust\u00a0": in_words(FOUR, "Don't\u00a0know"),
                "weight\u00a0": WEIGHT,
            }
        ),
        item="trust",
        by="sex",
        right=worded(RIGHT, FOUR),
    ),
    "numbers and a dash before labels": Case(
        "Latinobarómetro: '1 - Nada', '98 - NS/NC'",
        csv_file({**PLAIN, "trust": [f"{t} - {NUMBERED[t]}" if t < 5 else "98 - NS/NC" for t in gone(98)]}),
        right={f"{k} - {NUMBERED[int(k)]}": v for k, v in RIGHT.items()},
    ),
    "labels in two languages": labelled(
        ("Pas du tout / Helemaal niet", "Peu / Weinig", "Assez / Redelijk", "Beaucoup / Veel"),
        {8: "Ne sait pas / Weet niet", 9: "Refus / Weigering"},
    ),
    "what interviewers are told": labelled(
        FOUR, {8: "(ENQ.: NIET VOORLEZEN) Weet niet", 9: "** Geen antwoord (spontaan) **"}
    ),
    "an older weight": Case(
        "bureaus: weegfactor_oud beside weegfactor_def",
        sav_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "trust": mixed(TRUST, None),
                "weegfactor_oud": [1 + i % 5 / 10 for i in PEOPLE],
                "weegfactor_def": WEIGHT,
            },
            {"weegfactor_oud": "Weegfactor (oud, niet gebruiken)", "weegfactor_def": "Weegfactor definitief"},
        ),
        weight=("weegfactor_def",),
        right=RIGHT,
    ),
    "members of households": Case(
        "household surveys: everybody of 100 households, hhid and no PSU: the households are the units",
        sav_file(
            {
                "hhid": [1 + i // 3 for i in PEOPLE],
                "pnr": [1 + i % 3 for i in PEOPLE],
                **{k: v for k, v in PLAIN.items() if k != "id"},
            },
            {"hhid": "Household number", "pnr": "Person number in household"},
        ),
        psu=("hhid",),
        right=RIGHT,
    ),
    "nought without a label": Case(
        "SPSS: 1 to 4 have labels, 0 stands for nothing ticked",
        sav_file({**PLAIN, "trust": gone(0)}, None, {"trust": NUMBERED}),
        right=RIGHT,
    ),
    "adjacent codes": labelled(FOUR, {5: "Don't know", 6: "Refused"}),
    "a volunteered middle": Case(
        "CIS: (NO LEER) Ni de acuerdo ni en desacuerdo is an answer",
        sav_file(
            {**PLAIN, "trust": gone(8, 9)},
            None,
            {
                "trust": {
                    1: "De acuerdo",
                    2: "(NO LEER) Ni de acuerdo ni en desacuerdo",
                    3: "En desacuerdo",
                    4: "Muy en desacuerdo",
                    8: "N.S.",
                    9: "N.C.",
                }
            },
        ),
        right=RIGHT,
    ),
    "implied decimals in text": Case(
        "IPUMS, NHIS: weights of eight digits with three decimals left out, as text with zeros in front",
        csv_file(
            {
                "SERIAL": list(PEOPLE),
                "STRATA": STRATUM,
                "PSU": PSU,
                "SEX": SEX,
                "TRUST": gone(7, 8, 9),
                "PERWEIGHT": [f"{int(w * 1000):08d}" for w in WEIGHT],
            }
        ),
        item="TRUST",
        by="SEX",
        weight=("PERWEIGHT",),
        strata=("STRATA",),
        psu=("PSU",),
        right=RIGHT,
    ),
}
