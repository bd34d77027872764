"""An eighth batch: what programs leave in a file, and rows of more than one kind.

At first sight 10 right, 2 unclear, 8 silent; one label (the id of a quarter) was wrong.
"""

from __future__ import annotations

import struct
from pathlib import Path

from outside.kinds import (
    FIRST,
    PEOPLE,
    PLAIN,
    PSU,
    RIGHT,
    SCORE,
    SEX,
    SILENT,
    STRATUM,
    TRUST,
    WEIGHT,
    Case,
    N,
    Write,
    by_wave,
    csv_file,
    dta_file,
    mean,
    mixed,
    sav_file,
    shares,
)
from outside.sixth import NUMBERED, gone

ARABIC = "٠١٢٣٤٥٦٧٨٩"


def weighted_by(write: Write, index: int) -> Write:
    """SPSS: a file saved while WEIGHT BY was on; its header says by which column."""

    def changed(folder: Path) -> Path:
        path = write(folder)
        data = bytearray(path.read_bytes())
        data[76:80] = struct.pack("<i", index)
        path.write_bytes(data)
        return path

    return changed


def surveyset(write: Write, **said: str) -> Write:
    """Stata: a file saved after svyset; its characteristics say how it was drawn."""

    def changed(folder: Path) -> Path:
        path = write(folder)
        data = path.read_bytes()
        start, end = data.index(b"<characteristics>") + 17, data.index(b"</characteristics>")
        assert start == end, "a file without any"
        width = 129
        made = b""
        for name, value in said.items():
            text = b"_dta".ljust(width, b"\0") + name.encode().ljust(width, b"\0") + value.encode() + b"\0"
            made += b"<ch>" + struct.pack("<I", len(text)) + text + b"</ch>"
        data = data[:start] + made + data[start:]
        at = data.index(b"<map>") + 5
        places = list(struct.unpack("<14Q", data[at : at + 112]))
        marks = [each + len(made) * (each >= end) for each in places]
        path.write_bytes(data[:at] + struct.pack("<14Q", *marks) + data[at + 112 :])
        return path

    return changed


def digits(value: object) -> str | None:
    return None if value is None else "".join(ARABIC[int(c)] if c.isdigit() else "٫" for c in str(value))


ODD = {"id": list(PEOPLE), "sex": SEX, "trust": mixed(TRUST, None), "x1": WEIGHT}
COPIES = [i for i in PEOPLE for _ in range(5)]

CASES: dict[str, Case] = {
    "weighted by": Case(
        "SPSS: saved with WEIGHT BY x1, which its header keeps",
        weighted_by(sav_file(ODD), 4),
        weight=("x1",),
        right=RIGHT,
    ),
    "weighted by another": Case(
        "SPSS: saved with WEIGHT BY w2, beside an older 'weight'",
        weighted_by(sav_file({**PLAIN, "weight": [1 + i % 5 / 10 for i in PEOPLE], "w2": WEIGHT}), 5),
        weight=("w2",),
        right=RIGHT,
    ),
    "set for surveys": Case(
        "Stata: svyset x2 [pweight=x1], strata(x3)",
        surveyset(
            dta_file({**ODD, "x2": PSU, "x3": STRATUM}),
            _svy_version="2",
            _svy_su1="x2",
            _svy_strata1="x3",
            _svy_wtype="pweight",
            _svy_wexp="= x1",
            _svy_wvar="x1",
        ),
        weight=("x1",),
        psu=("x2",),
        strata=("x3",),
        right=RIGHT,
    ),
    "yes of access": Case(
        "Access: Yes/No fields are -1 and 0",
        csv_file(
            {
                **PLAIN,
                "trust": [None if s else -1 if t > 2 else 0 for t, s in zip(TRUST, SILENT, strict=True)],
            }
        ),
        right=shares([-1 if t > 2 else 0 for t in TRUST]),
    ),
    "eleven beside a mark": Case(
        "Dutch municipalities: a mark from 1 to 10, and 11 is 'weet niet', without labels",
        sav_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "cijfer": gone(11, of=[1 + s % 10 for s in SCORE]),
                "weight": WEIGHT,
            },
            {"cijfer": "Rapportcijfer voor uw buurt (1-10)"},
        ),
        item="cijfer",
        mean=mean([1 + s % 10 for s in SCORE]),
    ),
    "households and persons in rows": Case(
        "IPUMS, hierarchical: RECTYPE H and P, a household before its members",
        csv_file(
            {
                "RECTYPE": [t for i in PEOPLE for t in (("H", "P") if i % 2 == 0 else ("P",))],
                "HHWT": [WEIGHT[i // 2 * 2] for i in PEOPLE for _ in range(2 if i % 2 == 0 else 1)],
                "PERWT": [w for i in PEOPLE for w in ((None, WEIGHT[i]) if i % 2 == 0 else (WEIGHT[i],))],
                "SEX": [s for i in PEOPLE for s in ((None, SEX[i]) if i % 2 == 0 else (SEX[i],))],
                "TRUST": [
                    t
                    for i in PEOPLE
                    for t in ((None, PLAIN["trust"][i]) if i % 2 == 0 else (PLAIN["trust"][i],))
                ],
            }
        ),
        item="TRUST",
        by="SEX",
        weight=("PERWT",),
        right=RIGHT,
        n=(N,),
        refused="RECTYPE|missing",
    ),
    "five implicates": Case(
        "HFCS, SCF: every person five times, with im0100",
        csv_file(
            {
                "id": COPIES,
                "im0100": [1 + k for _ in PEOPLE for k in range(5)],
                "sex": [SEX[i] for i in COPIES],
                "trust": [1 + (TRUST[i] + (k == 3 and i % 9 == 0)) % 4 for i in PEOPLE for k in range(5)],
                "hw0010": [WEIGHT[i] for i in COPIES],
            }
        ),
        weight=("hw0010", None),
        refused="imputation",
    ),
    "mice": Case(
        "R mice complete('long', include=TRUE): .imp from 0 to 5 and .id",
        csv_file(
            {
                ".imp": [k for k in range(6) for _ in PEOPLE],
                ".id": [i + 1 for _ in range(6) for i in PEOPLE],
                "sex": SEX * 6,
                "trust": [*mixed(TRUST, None), *(TRUST * 5)],
                "weight": WEIGHT * 6,
            }
        ),
        refused="imputation",
    ),
    "a filter of spss": Case(
        "SPSS: filter_$ left by Select Cases",
        sav_file(
            {**PLAIN, "filter_$": [int(i % 3 == 0) for i in PEOPLE]},
            {"filter_$": "leeftijd >= 18 (FILTER)"},
            {"filter_$": {0: "Not Selected", 1: "Selected"}},
        ),
        right=RIGHT,
        said="filter_",
    ),
    "arabic digits": Case(
        "Excel in Arabic: digits and marks of its own",
        csv_file({k: [digits(e) for e in v] for k, v in PLAIN.items()}),
        weight=("weight", None),
        refused="digits",
        right={digits(k) or "": v for k, v in RIGHT.items()},
    ),
    "health monitor of the netherlands": Case(
        "GGD: ewCBS and ewGGD, primaire eenheid",
        sav_file(
            {
                "Respnr": list(PEOPLE),
                "Geslacht": SEX,
                "MGVTA201": gone(9),
                "PrimaireEenheid": STRATUM,
                "ewCBS": [round(w * 250, 1) for w in WEIGHT],
                "ewGGD": WEIGHT,
            },
            {"ewCBS": "Weegfactor landelijk", "ewGGD": "Weegfactor GGD", "PrimaireEenheid": "Stratum"},
            {"MGVTA201": {**NUMBERED, 9: "Onbekend"}},
        ),
        item="MGVTA201",
        by="Geslacht",
        weight=("ewGGD", "ewCBS"),
        strata=("PrimaireEenheid",),
        right=RIGHT,
    ),
    "seen but unanswered": Case(
        "Qualtrics: -99 for seen but unanswered questions, without a label",
        sav_file({**PLAIN, "trust": gone(-99)}, None, {"trust": NUMBERED}),
        right=RIGHT,
    ),
    "other of limesurvey": Case(
        "LimeSurvey: -oth- is another answer",
        csv_file(
            {
                **PLAIN,
                "trust": [
                    None if s else f"A{t}" if t < 4 else "-oth-" for t, s in zip(TRUST, SILENT, strict=True)
                ],
            }
        ),
        right={"A1": RIGHT["1"], "A2": RIGHT["2"], "A3": RIGHT["3"], "-oth-": RIGHT["4"]},
    ),
    "a measurement before": Case(
        "Dutch evaluations: 0-meting and 1-meting",
        csv_file({**PLAIN, "meting": ["0-meting" if f else "1-meting" for f in FIRST]}),
        right=by_wave(("0-meting", "1-meting")),
        waves=({"0-meting": 150, "1-meting": 150},),
    ),
    "quarters": Case(
        "continuous surveys: 2023Q1 and 2023Q2",
        csv_file({**PLAIN, "quarter": ["2023Q1" if f else "2023Q2" for f in FIRST]}),
        right=by_wave(("2023q1", "2023q2")),
        waves=({"2023q1": 150, "2023q2": 150},),
    ),
    "school years": Case(
        "education: 2019/2020 and 2020/2021",
        csv_file({**PLAIN, "year": ["2019/2020" if f else "2020/2021" for f in FIRST]}),
        right=by_wave(("2019-2020", "2020-2021")),
        waves=({"2019-2020": 150, "2020-2021": 150},),
    ),
    "a proxy for some": Case(
        "SHARE, UKHLS: proxies did not answer, code -7 'Proxy interview'",
        sav_file(
            {**PLAIN, "trust": gone(-7, -8)},
            None,
            {"trust": {**NUMBERED, -7: "Proxy respondent", -8: "Inapplicable"}},
        ),
        right=RIGHT,
    ),
    "half of the sample": Case(
        "split ballots: the question in two wordings, columns trust_a and trust_b",
        csv_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "trust_a": [t if i % 2 else None for i, t in enumerate(PLAIN["trust"])],
                "trust_b": [None if i % 2 else t for i, t in enumerate(PLAIN["trust"])],
                "weight": WEIGHT,
            }
        ),
        item="trust_a",
        right=shares(gone=[s or i % 2 == 0 for i, s in enumerate(SILENT)]),
    ),
    "weights of a boost": Case(
        "boost samples: wt_core is empty for the boost, wt_all for everybody",
        sav_file(
            {
                "id": list(PEOPLE),
                "sex": SEX,
                "trust": mixed(TRUST, None),
                "wt_core": [w if i % 3 else None for i, w in enumerate(WEIGHT)],
                "wt_all": WEIGHT,
            },
            {"wt_core": "Weight, core sample", "wt_all": "Weight, core and boost"},
        ),
        weight=("wt_all",),
        right=RIGHT,
    ),
    "one line per answer, numbered": Case(
        "SQL: respondent, question, answer in rows",
        csv_file(
            {
                "respondent": [i for i in PEOPLE for _ in range(3)],
                "question": ["sex", "trust", "weight"] * N,
                "answer": [e for i in PEOPLE for e in (SEX[i], TRUST[i], WEIGHT[i])],
            }
        ),
        item="",
        by="",
        refused="row for each",
    ),
}
