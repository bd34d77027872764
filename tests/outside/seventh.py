"""A seventh batch: how institutes of other countries hand out their files.

At first sight 16 right, 4 silent.
"""

from __future__ import annotations

from outside.kinds import (
    EVEN,
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
    dta_file,
    mixed,
    sav_file,
)
from outside.sixth import FOUR, NUMBERED, RUSSIAN, gone
from outside.third import worded

POLISH = ("Wcale nie ufam", "Raczej nie ufam", "Raczej ufam", "Ufam")
TURKISH = ("Hiç güvenmiyorum", "Pek güvenmiyorum", "Biraz güveniyorum", "Çok güveniyorum")
PORTUGUESE = ("Nenhuma", "Pouca", "Alguma", "Muita")
FRENCH = ("Pas du tout confiance", "Plutôt pas confiance", "Plutôt confiance", "Tout à fait confiance")


CASES: dict[str, Case] = {
    "codes of eight digits": Case(
        "RLMS: 99999997 to 99999999 with Russian labels, no flag",
        dta_file(
            {**PLAIN, "trust": gone(99999997, 99999998, 99999999)},
            None,
            {
                "trust": {
                    **dict(enumerate(RUSSIAN, 1)),
                    99999997: "ЗАТРУДНЯЮСЬ ОТВЕТИТЬ",
                    99999998: "ОТКАЗ ОТ ОТВЕТА",
                    99999999: "НЕТ ОТВЕТА",
                }
            },
        ),
        right=RIGHT,
    ),
    "abbreviations of a data centre": Case(
        "IHSN: -999 rta, -888 dk, -777 mv, -666 skip",
        dta_file(
            {**PLAIN, "trust": gone(-999, -888, -777, -666)},
            None,
            {"trust": {**NUMBERED, -999: "rta", -888: "dk", -777: "mv", -666: "Skip"}},
        ),
        right=RIGHT,
    ),
    "east and west": Case(
        "ALLBUS: wghtpew, and respondents' numbers as respid",
        sav_file(
            {
                "za_nr": [5280] * len(PEOPLE),
                "respid": list(PEOPLE),
                "sex": SEX,
                "pt12": gone(-9, -42),
                "wghtpew": WEIGHT,
            },
            {"wghtpew": "PERSONENBEZOGENES OST-WEST-GEWICHT", "pt12": "VERTRAUEN: BUNDESTAG"},
            {
                "pt12": {
                    -9: "KEINE ANGABE",
                    -42: "DATENFEHLER: MFN",
                    1: "GAR KEIN VERTRAUEN",
                    4: "GROSSES VERTRAUEN",
                }
            },
        ),
        item="pt12",
        weight=("wghtpew",),
        right=RIGHT,
    ),
    "demographic and health": Case(
        "DHS: v005 a weight with six decimals left out, v021 and v022",
        dta_file(
            {
                "caseid": [f"{i:8d}  1" for i in PEOPLE],
                "v005": [int(w * 1e6) for w in WEIGHT],
                "v021": PSU,
                "v022": STRATUM,
                "v025": SEX,
                "v155": gone(9),
            },
            {
                "v005": "women's individual sample weight (6 decimals)",
                "v021": "primary sampling unit",
                "v022": "sample strata for sampling errors",
                "v025": "type of place of residence",
                "v155": "literacy",
            },
            {"v155": {**NUMBERED, 9: "missing"}, "v025": {1: "urban", 2: "rural"}},
        ),
        item="v155",
        by="v025",
        weight=("v005",),
        psu=("v021",),
        strata=("v022",),
        right=RIGHT,
    ),
    "share": Case(
        "SHARE: dw_w8 and cciw_w8, -1 don't know and -2 refusal",
        dta_file(
            {
                "mergeid": [f"NL-{i:06d}-01" for i in PEOPLE],
                "gender": SEX,
                "ac012_": gone(-1, -2),
                "dw_w8": [round(1000 * (1 + i % 9) / 3, 3) for i in PEOPLE],
                "cchw_w8": [round(900 * (1 + i % 7) / 3, 3) for i in PEOPLE],
                "cciw_w8": WEIGHT,
            },
            {
                "dw_w8": "Design weight - wave 8",
                "cchw_w8": "Calibrated cross-sectional household weight - wave 8",
                "cciw_w8": "Calibrated cross-sectional individual weight - wave 8",
            },
            {"ac012_": {**NUMBERED, -1: "Don't know", -2: "Refusal"}},
        ),
        item="ac012_",
        by="gender",
        weight=("cciw_w8",),
        right=RIGHT,
    ),
    "labour force of the netherlands": Case(
        "CBS: RINPERSOON, EBBGEWJAARGEWICHTA",
        sav_file(
            {
                "RINPERSOONS": ["R"] * len(PEOPLE),
                "RINPERSOON": [f"{900000000 + i}" for i in PEOPLE],
                "EBBHHBGESLACHT": SEX,
                "EBBTW1VERTROUWEN": gone(9),
                "EBBGEWJAARGEWICHTA": [round(w * 800, 4) for w in WEIGHT],
            },
            {"EBBHHBGESLACHT": "Geslacht", "EBBGEWJAARGEWICHTA": "Jaargewicht persoon"},
            {"EBBTW1VERTROUWEN": {**NUMBERED, 9: "Onbekend"}},
        ),
        item="EBBTW1VERTROUWEN",
        by="EBBHHBGESLACHT",
        weight=("EBBGEWJAARGEWICHTA",),
        right=RIGHT,
    ),
    "housing of the netherlands": Case(
        "WoON: ew_huis and ew_pers",
        sav_file(
            {
                "respnr": list(PEOPLE),
                "sekse": SEX,
                "vertr": gone(8, 9),
                "ew_huis": [round(500 + 31 * (i % 17), 1) for i in PEOPLE],
                "ew_pers": [round(w * 1000, 2) for w in WEIGHT],
            },
            {"ew_huis": "Ophooggewicht huishoudens", "ew_pers": "Ophooggewicht personen"},
            {"vertr": {**NUMBERED, 8: "Weigert", 9: "Weet niet"}},
        ),
        item="vertr",
        by="sekse",
        weight=("ew_pers",),
        right=RIGHT,
    ),
    "numbers before labels": Case(
        "ELSA, HRS with labels: '1. Not at all', '-8. Don't know'",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    f"{t}. {NUMBERED[t]}" if t in NUMBERED else {-8: "-8. Don't know", -9: "-9. Refusal"}[t]
                    for t in gone(-8, -9)
                ],
            }
        ),
        right={f"{k}. {NUMBERED[int(k)]}": v for k, v in RIGHT.items()},
    ),
    "words of understanding society": Case(
        "UKHLS exported with labels: refusal, don't know, inapplicable, proxy, missing",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    NUMBERED[t] if isinstance(t, int) else t
                    for t in gone("refusal", "don't know", "inapplicable", "proxy", "missing")
                ],
            }
        ),
        right=worded(RIGHT, FOUR),
    ),
    "nought for not applicable": Case(
        "ISSP: 0 NAP, 8 Can't choose, 9 No answer, no flags",
        sav_file(
            {**PLAIN, "trust": gone(0, 8, 9)},
            None,
            {"trust": {0: "NAP (code 2 in PARTLIV)", **NUMBERED, 8: "Can't choose", 9: "No answer"}},
        ),
        right=RIGHT,
    ),
    "peruvian households": Case(
        "ENAHO: FACTOR07, ESTRATO, CONGLOME",
        sav_file(
            {
                "CONGLOME": PSU,
                "VIVIENDA": list(PEOPLE),
                "ESTRATO": STRATUM,
                "P207": SEX,
                "P1_1": gone(9),
                "FACTOR07": [round(w * 250, 3) for w in WEIGHT],
            },
            {
                "CONGLOME": "Número de conglomerado",
                "ESTRATO": "Estrato geográfico",
                "FACTOR07": "Factor de expansión",
            },
            {
                "P207": {1: "Hombre", 2: "Mujer"},
                "P1_1": {1: "Nada", 2: "Poco", 3: "Suficiente", 4: "Bastante", 9: "No sabe"},
            },
        ),
        item="P1_1",
        by="P207",
        weight=("FACTOR07",),
        strata=("ESTRATO",),
        psu=("CONGLOME",),
        right=RIGHT,
    ),
    "french words": Case(
        "CEVIPOF, INSEE: (NSP), Refus, POND",
        csv_file(
            {
                "IDENT": list(PEOPLE),
                "SEXE": SEX,
                "CONF": [FRENCH[t - 1] if isinstance(t, int) else t for t in gone("(NSP)", "Refus")],
                "POND": [f"{w:.2f}".replace(".", ",") for w in WEIGHT],
            },
            ";",
        ),
        item="CONF",
        by="SEXE",
        weight=("POND",),
        right=worded(RIGHT, FRENCH),
    ),
    "portuguese words": Case(
        "Brazil: Não sabe, Não respondeu, peso",
        sav_file(
            {"id": list(PEOPLE), "sexo": SEX, "conf": gone(98, 99), "peso": WEIGHT},
            {"peso": "Peso amostral"},
            {"conf": {**dict(enumerate(PORTUGUESE, 1)), 98: "Não sabe", 99: "Não respondeu"}},
        ),
        item="conf",
        by="sexo",
        weight=("peso",),
        right=RIGHT,
    ),
    "polish words": Case(
        "CBOS: Trudno powiedzieć, Odmowa odpowiedzi, waga",
        sav_file(
            {"id": list(PEOPLE), "plec": SEX, "q5": gone(7, 8), "waga": WEIGHT},
            {"waga": "Waga analityczna", "plec": "Płeć"},
            {"q5": {**dict(enumerate(POLISH, 1)), 7: "Trudno powiedzieć", 8: "Odmowa odpowiedzi"}},
        ),
        item="q5",
        by="plec",
        weight=("waga",),
        right=RIGHT,
    ),
    "turkish words": Case(
        "KONDA: Fikrim yok, Cevap vermedi",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    TURKISH[t - 1] if isinstance(t, int) else t for t in gone("Fikrim yok", "Cevap vermedi")
                ],
            }
        ),
        right=worded(RIGHT, TURKISH),
    ),
    "curled apostrophes": Case(
        "Qualtrics: Don’t know, I’d rather not say",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    FOUR[t - 1] if isinstance(t, int) else t for t in gone("Don’t know", "I’d rather not say")
                ],
            }
        ),
        right=worded(RIGHT, FOUR),
    ),
    "the last of three weights": Case(
        "bureaus: w_base, w_nonresponse, w_final",
        sav_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "trust": mixed(TRUST, None),
                "w_base": [1 + i % 5 / 10 for i in PEOPLE],
                "w_nonresponse": [1 + i % 6 / 10 for i in PEOPLE],
                "w_final": WEIGHT,
            },
            {
                "w_base": "Design weight",
                "w_nonresponse": "Nonresponse adjusted weight",
                "w_final": "Final weight",
            },
        ),
        weight=("w_final",),
        right=RIGHT,
    ),
    "null flavours": Case(
        "REDCap: missing data codes NI, UNK, ASKU, NASK",
        csv_file(
            {
                "record_id": list(PEOPLE),
                "sex": SEX,
                "trust": gone("NI", "UNK", "ASKU", "NASK"),
                "form_1_complete": [2] * len(PEOPLE),
            }
        ),
        weight=(None,),
        right=EVEN,
    ),
    "letters of stata in csv": Case(
        "Stata: export delimited with .d and .r",
        csv_file({**PLAIN, "trust": gone(".d", ".r", ".")}),
        right=RIGHT,
    ),
    "living standards": Case(
        "LSMS: ea_id, strata, wgt_adj_pop",
        dta_file(
            {
                "hhid": list(PEOPLE),
                "ea_id": PSU,
                "strata": STRATUM,
                "sex": SEX,
                "s1q5": gone(98, 99),
                "wgt_adj_surveypop": [round(w * 3000, 5) for w in WEIGHT],
            },
            {"ea_id": "Unique enumeration area ID", "wgt_adj_surveypop": "Weight adjusted to population"},
            {"s1q5": {**NUMBERED, 98: "DK", 99: "REF"}},
        ),
        item="s1q5",
        weight=("wgt_adj_surveypop",),
        strata=("strata",),
        psu=("ea_id",),
        right=RIGHT,
    ),
}
