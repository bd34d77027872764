"""Files of the kinds on which surveys were read wrong: the right number, or a sentence why not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from support.small import TRUST, VARIABLES, project, rows, table
from thuis.errors import Problem, ThuisError
from thuis.monitor.estimate import estimate
from thuis.project import load_project
from thuis.read import Microdata, read_waves, remarks

NUMBER = TRUST.replace("id: trust", "id: mark").replace(
    "kind: proportion\nvariable: trust\nshare: [can]",
    "kind: mean\nvariable: h\nscale: [0, 10]\nunit: {nl: p, en: p}",
)


def read(folder: Path) -> Microdata:
    return read_waves(load_project(folder))


def faults(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(ThuisError) as error:
        read(folder)
    return error.value.problems


def total(folder: Path, indicator: str = "trust") -> dict[str, float]:
    loaded = load_project(folder)
    cells = estimate(loaded, read_waves(loaded)).cells
    row = cells.filter(pl.col("indicator") == indicator, pl.col("breakdown") == "total").row(0, named=True)
    return {name: row[name] for name in ("estimate", "se", "df", "n")}


def share(people: list[tuple[int, int, int, str]]) -> float:
    weights = [(float(w), t) for _, _, t, w in people]
    return 100 * sum(w for w, t in weights if t == 1) / sum(w for w, _ in weights)


@pytest.mark.parametrize("length", [10, 140_000])
def test_a_quote_that_never_closes(tmp_path: Path, length: int) -> None:
    people = [(*each, "x") for each in rows()]
    people[6] = (*people[6][:4], '"' + "y" * length)
    content = table(people, "id,sex,trust,weight,note")
    (problem,) = faults(project(tmp_path, {"a.csv": content}))
    assert problem.what == "row 7 has a quote that never closes"
    assert problem.where
    assert (problem.where.line, problem.where.row) == (8, 7)


def test_a_long_text_is_a_text(tmp_path: Path) -> None:
    people = [(*each, '"' + "y, " * 60_000 + '"' if each[0] == 7 else "x") for each in rows()]
    folder = project(tmp_path, {"a.csv": table(people, "id,sex,trust,weight,note")})
    assert read(folder).n == {"2026": 240}


def test_rows_swallowed_by_a_field_are_remarked_upon(tmp_path: Path) -> None:
    people = [(*each, {7: '"open', 90: 'close"'}.get(each[0], "x")) for each in rows()]
    folder = project(tmp_path, {"a.csv": table(people, "id,sex,trust,weight,note")})
    found = read(folder)
    assert found.n == {"2026": 240 - 83}
    assert "line 8 to line 91 and holds what looks like rows" in remarks(load_project(folder), found)[0]


def test_answers_with_a_comma_do_not_vote_on_the_decimal_mark(tmp_path: Path) -> None:
    people = [(*each, *(f'"1,{2 + each[0] % 3}"' for _ in range(5))) for each in rows()]
    folder = project(tmp_path, {"a.csv": table(people, "id,sex,trust,weight,m1,m2,m3,m4,m5")})
    assert total(folder)["estimate"] == pytest.approx(share(rows()), abs=1e-9)


@pytest.mark.parametrize(
    ("values", "decimal", "expected"),
    [
        (["7.5", "6.0", "3"], ",", "'7.5' is not a number"),
        (["7.5", "6,5", "3"], None, "have different decimal marks"),
        (["1.234", "2.345", "3"], ",", "can be 1234 or 1.234"),
        (["1,234", "2,345", "3"], None, "can be 1234 or 1.234"),
        (["7,5", "6,0", "3"], ".", "'7,5' is not a number"),
        (["7 5", "6", "3"], None, "'7 5' is not a number"),
        (["75", "60", "30"], None, "outside its range"),
        (["1.234,5", "2,5", "3"], None, "1234.5 in row 1"),
        (["-1", "2,5", "3"], None, "-1 in row 1"),
    ],
)
def test_a_number_that_is_doubtful_or_beyond_its_scale(
    tmp_path: Path, values: list[str], decimal: str | None, expected: str
) -> None:
    people = [(*p[:3], p[3].replace(".", decimal or "."), values[i % 3]) for i, p in enumerate(rows())]
    marks = f'csv: {{delimiter: ";", decimal: "{decimal}"}}' if decimal else 'csv: {delimiter: ";"}'
    folder = project(
        tmp_path,
        {"a.csv": table(people, "id,sex,trust,weight,h", ";")},
        more={"2026": marks},
        variables=(*VARIABLES, "h: {from: h, type: number}"),
        indicators={"trust": TRUST, "mark": NUMBER},
    )
    (problem,) = faults(folder)
    assert expected in problem.what
    assert problem.step


@pytest.mark.parametrize(
    ("values", "more", "mean"),
    [
        (["7,5", "6", "3"], "", 5.5),
        (["7.5", "6", "3"], "", 5.5),
        ([".5", "6", "3"], "", 19 / 6),
        (["7,500", "6", "3"], ', decimal: ","', 5.5),
    ],
)
def test_every_column_shows_its_own_decimal_mark(
    tmp_path: Path, values: list[str], more: str, mean: float
) -> None:
    people = [(*each[:3], "0.85", values[i % 3]) for i, each in enumerate(rows())]
    folder = project(
        tmp_path,
        {"a.csv": table(people, "id,sex,trust,weight,h", ";")},
        more={"2026": 'csv: {delimiter: ";"}'},
        variables=(*VARIABLES, f"h: {{from: h, type: number{more}}}"),
        indicators={"mark": NUMBER},
    )
    assert total(folder, "mark")["estimate"] == pytest.approx(mean, abs=1e-9)


@pytest.mark.parametrize("end", ["\r\n", "\r\r\n", "\r", "\n\r", "\x85", "\u2028", "\x1e", "\x0b"])
def test_every_line_end(tmp_path: Path, end: str) -> None:
    content = table(rows()).decode().replace("\n", end).encode()
    assert total(project(tmp_path, {"a.csv": content}))["estimate"] == pytest.approx(share(rows()), abs=1e-9)


@pytest.mark.parametrize(
    ("head", "change"),
    [
        (b"sep=,\r\n", None),
        (b"\xef\xbb\xbfsep=,\n", None),
        (b"\xef\xbb\xbf\xef\xbb\xbf", None),
        (b"\n\n", None),
        (b"Result of the query\n\n", None),
        (b"Person,,,\n", None),
        (b"", (b"\n", b",\n")),
        (b"", (b"\n240,", b"\n\n,,,\n \n240,")),
        (b"", (b"\n240,", b'\n="240",')),
        (b"", (b"sex,", b' "sex" ,')),
    ],
)
def test_what_exports_put_around_the_rows(
    tmp_path: Path, head: bytes, change: tuple[bytes, bytes] | None
) -> None:
    content = table(rows())
    content = head + (content.replace(*change) if change else content) + b"\x1a"
    if change and b'"sex"' in change[1]:
        content = content.replace(b' "sex" ', b'"sex"')
    found = total(project(tmp_path, {"a.csv": content}))
    assert (found["estimate"], found["n"]) == (pytest.approx(share(rows()), abs=1e-9), 240)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff\xfe\x00\x00" + "id,sex".encode("utf-32-le"), "UTF-32"),
        (table(rows()).decode().encode("utf-16-le"), "every other byte is NUL"),
        (table(rows())[:-30] + b"\0" + table(rows())[-30:], "a NUL byte"),
        (b"PK\x03\x04" + b"\0" * 100, "an Excel workbook"),
        (table(rows()).replace(b"sex", b"trust", 1), "'trust' stands twice"),
        (table(rows()).replace(b"\n7,2,", b'\n7,"1"2,'), "row 7 has a quote that closes within a field"),
    ],
)
def test_a_file_that_is_refused_in_one_sentence(tmp_path: Path, content: bytes, what: str) -> None:
    found = faults(project(tmp_path, {"a.csv": content}))
    assert any(what in each.what for each in found), found
    assert all("Polars" not in str(each) and "Traceback" not in str(each) for each in found)


def keyed(tmp_path: Path, name: str, keys: list[object], *, dtype: pl.DataType | None = None) -> Path:
    """240 people of 80 households, three each."""
    people = rows()
    frame = pl.DataFrame(
        {
            "sex": [p[1] for p in people],
            "trust": [p[2] for p in people],
            "weight": [float(p[3]) for p in people],
            "hh": pl.Series([keys[i // 3] for i in range(240)], dtype=dtype),
        }
    )
    path = tmp_path / name
    match path.suffix:
        case ".parquet":
            frame.write_parquet(path)
        case ".csv":
            frame.write_csv(path)
        case ".sav":
            pyreadstat.write_sav(frame.to_pandas(), str(path))
        case _:
            pyreadstat.write_dta(frame.to_pandas(), str(path))
    return project(tmp_path / "p", {name: path.read_bytes()}, design="{weight: weight, psu: hh}")


BIG = [2**53 + 1 + i for i in range(80)]


@pytest.mark.parametrize(
    ("name", "keys", "dtype"),
    [
        ("a.parquet", BIG, pl.Int64()),
        ("a.parquet", [2**63 + 5 + i for i in range(80)], pl.UInt64()),
        ("a.parquet", [str(each) for each in BIG], pl.String()),
        ("a.csv", BIG, pl.Int64()),
        ("a.sav", [str(each) for each in BIG], pl.String()),
        ("a.dta", [str(each) for each in BIG], pl.String()),
    ],
)
def test_long_keys_keep_their_ends(tmp_path: Path, name: str, keys: list[object], dtype: pl.DataType) -> None:
    found = total(keyed(tmp_path, name, keys, dtype=dtype))
    short = (
        total(keyed(tmp_path / "short", "a.csv", list(range(80))))
        if (tmp_path / "short").mkdir() is None
        else {}
    )
    assert found["df"] == 79
    assert found["se"] == pytest.approx(short["se"], rel=1e-12)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("a.parquet", [float(each) for each in BIG]),
        ("a.sav", [float(each) for each in BIG]),
        ("a.dta", [float(each) for each in BIG]),
        ("a.csv", [f"9.0072E+{15 + i % 3}" for i in range(80)]),
    ],
)
def test_a_key_that_lost_its_ends_is_refused(tmp_path: Path, name: str, keys: list[object]) -> None:
    (problem,) = faults(keyed(tmp_path, name, keys))
    assert "the PSU 'hh' has lost its last digits" in problem.what


@pytest.mark.parametrize("nothing", ["NA", "NULL", "#N/A", "."])
def test_a_word_for_nothing_is_no_psu(tmp_path: Path, nothing: str) -> None:
    (problem,) = faults(keyed(tmp_path, "a.csv", [nothing, *map(str, range(79))]))
    assert problem.what == "the PSU 'hh' is missing in 3 rows"


def stata(tmp_path: Path, trust: list[object], **options: object) -> bytes:
    people = rows()
    frame = pl.DataFrame({"sex": [float(p[1]) for p in people], "weight": [float(p[3]) for p in people]})
    whole = frame.to_pandas().assign(trust=trust)
    pyreadstat.write_dta(whole, str(tmp_path / "a.dta"), **options)  # type: ignore[arg-type]
    return (tmp_path / "a.dta").read_bytes()


def test_tagged_missing_answers_of_stata(tmp_path: Path) -> None:
    trust: list[object] = [{0: "a", 1: "b"}.get(i, float(1 + i % 2)) for i in range(240)]
    labels = {"trust": {1.0: "can", 2.0: "cannot", "a": "refused", "b": "don't know"}}
    content = stata(tmp_path, trust, variable_value_labels=labels, missing_user_values={"trust": ["a", "b"]})
    found = read(project(tmp_path / "p", {"a.dta": content}))
    entry = next(each for each in found.codebook if each.variable == "trust")
    assert (entry.answered, entry.missing, entry.set_aside) == (238, 2, 2)
    assert dict(entry.labels) == {"1": "can", "2": "cannot", ".a": "refused", ".b": "don't know"}
    mapped = 'trust: {from: trust, codes: {"1": can, "2": cannot, ".a": refused}}'
    folder = project(tmp_path / "q", {"a.dta": content}, variables=(mapped, VARIABLES[1]))
    found = read(folder)
    assert found.frame["trust"].to_list()[:3] == ["refused", None, "can"]
    assert (
        "the file calls code .a of 'trust' missing (1 rows); it is mapped"
        in remarks(load_project(folder), found)[0]
    )


def test_a_user_missing_code_that_is_mapped_counts(tmp_path: Path) -> None:
    people = rows()
    frame = pl.DataFrame(
        {
            "sex": [float(p[1]) for p in people],
            "weight": [float(p[3]) for p in people],
            "trust": [float(i % 3 + 1) for i in range(240)],
        }
    )
    for name, spans in (("a", [3.0]), ("b", [{"lo": 3.0, "hi": 9.0}])):
        path = tmp_path / f"{name}.sav"
        pyreadstat.write_sav(frame.to_pandas(), str(path), missing_ranges={"trust": spans})
        mapped = 'trust: {from: trust, codes: {"1": can, "2": cannot, "3": maybe}}'
        folder = project(
            tmp_path / name, {f"{name}.sav": path.read_bytes()}, variables=(mapped, VARIABLES[1])
        )
        found = read(folder)
        assert found.frame["trust"].to_list().count("maybe") == 80
        assert any("it is mapped, so it counts" in each for each in remarks(load_project(folder), found))


@pytest.mark.parametrize("label", ["Don't know", "88. Refusal", "Weet niet", "(NIET GEVRAAGD)", "Weiß nicht"])
def test_a_label_that_says_no_answer_is_no_number(tmp_path: Path, label: str) -> None:
    people = rows()
    frame = pl.DataFrame(
        {
            "sex": [float(p[1]) for p in people],
            "weight": [float(p[3]) for p in people],
            "trust": [float(p[2]) for p in people],
            "h": [float(i % 9) if i % 10 else 10.0 for i in range(240)],
        }
    )
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame.to_pandas(), str(path), variable_value_labels={"h": {10.0: label}})
    content = {"a.sav": path.read_bytes()}

    def made(name: str, more: str) -> Path:
        return project(
            tmp_path / name,
            content,
            variables=(*VARIABLES, f"h: {{from: h, type: number{more}}}"),
            indicators={"mark": NUMBER},
        )

    (problem,) = faults(made("a", ""))
    assert f"code 10 {label!r} of 'h' is counted as a number in 24 rows" in problem.what
    assert read(made("b", ", missing: [10]")).frame["h"].null_count() == 24
    assert read(made("c", ", answers: [10]")).frame["h"].null_count() == 0


@pytest.mark.parametrize("letters", [("é", "ë"), ("ø", "å")])
@pytest.mark.parametrize("kind", [".sav", ".dta"])
def test_letters_that_do_not_fit_what_a_file_claims(
    tmp_path: Path, kind: str, letters: tuple[str, str]
) -> None:
    one, other = letters
    people = rows()
    frame = pl.DataFrame(
        {
            "sex": [float(p[1]) for p in people],
            "weight": [float(p[3]) for p in people],
            "trust": [f"{one}n", f"{other}x"] * 120,
        }
    ).to_pandas()
    labels = {"sex": {1.0: f"m{one}n", 2.0: f"vrou{other}w"}}
    path = tmp_path / f"a{kind}"
    write = pyreadstat.write_sav if kind == ".sav" else pyreadstat.write_dta
    write(frame, str(path), variable_value_labels=labels)
    content = path.read_bytes()
    for letter in letters:
        content = content.replace(letter.encode(), letter.encode("cp1252") + b" ")
    mapped = f'trust: {{from: trust, codes: {{"{one} n": can, "{other} x": cannot}}}}'
    for more, said in (("", 1), ("encoding: cp1252", 0)):
        folder = project(
            tmp_path / f"p{said}",
            {path.name: content},
            more={"2026": more},
            variables=(mapped, VARIABLES[1]),
        )
        found = read(folder)
        assert found.n == {"2026": 240}
        assert len([each for each in found.notes if "it was read as cp1252" in each]) == said
        entry = next(each for each in found.codebook if each.variable == "sex")
        assert entry.labels["1"].startswith(f"m{one}")
