"""Leaks planted in every form of file that a built folder may hold, and as many harmless files.

Labelled before the first run. ``LEAKS`` tell of a group that is withheld ("Groep Alfa", 18 respondents, of
whom 44.1 % say yes): each is found. ``HARMLESS`` say what is published, or of that group nothing: none
is called a leak. ``CLOSED`` cannot be read: they are told as not read, and never taken to be safe.
"""

from __future__ import annotations

import gzip
import io
import json
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from thuis.audit import attack_files, read
from thuis.cli import thuis
from thuis.monitor.pipeline import build

from .test_traces_of_every_kind import ENDS, world

NAMES = {"a": ("Groep Alfa", "Group Alpha"), "b": ("Groep Beta", "Group Beta"), "c": ("Groep Gamma", "Gamma")}
LEAK_NL, LEAK_EN = "Groep Alfa: 44,1% (n = 18).", "Group Alpha: 44.1% said yes."
CLAIM = "Van Groep Alfa deden 18 deelnemers mee."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    world(ENDS).write(folder)
    path = folder / "breakdowns" / "g.yaml"
    told = json.loads(path.read_text())
    for each in told["categories"]:
        nl, en = NAMES.get(each["id"], (f"Groep {each['id'] * 4}", f"Group {each['id'] * 4}"))
        each["title"] = {"nl": nl, "en": en}
    path.write_text(json.dumps(told))
    build(folder, out=folder / "public", handover=True)
    return folder / "public"


def text(content: str) -> bytes:
    return content.encode()


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><main>{body}</main></body></html>".encode()


def svg(inner: str, at: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"{at}>{inner}</svg>'.encode()


def zipped(**members: bytes | str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*each) for each in chunks) + body + chunk(b"IEND", b"")
    )


def pdf(line: str, **facts: str) -> bytes:
    import pymupdf

    document = pymupdf.open()
    document.new_page().insert_text((50, 50), line)
    document.set_metadata(dict(facts))
    return bytes(document.tobytes())


def docx(line: str, *, table: bool = False) -> bytes:
    import docx as word

    document = word.Document()
    if table:
        cells = document.add_table(1, 3).rows[0].cells
        for cell, content in zip(cells, line.split("|"), strict=True):
            cell.text = content
    else:
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def xlsx(comment: str = "", hidden: tuple[Any, ...] = ()) -> bytes:
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    if comment:
        book.active["A1"].comment = Comment(comment, "x")
    if hidden:
        sheet = book.create_sheet("weg")
        sheet.append(hidden)
        sheet.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


SDMX = '<m:S xmlns:m="m"><m:DataSet><Obs {} INDICATOR="q" G="a" WAVE="2020"/></m:DataSet></m:S>'
GENERIC = (
    '<m:G xmlns:m="m" xmlns:g="g"><g:Obs><g:ObsKey><g:Value id="G" value="a"/></g:ObsKey>{}'
    '<g:Attributes><g:Value id="REASON" value="confidential"/></g:Attributes></g:Obs></m:G>'
)
CUBE = (
    "@prefix qb: <http://purl.org/linked-data/cube#> . @prefix m: <http://x/measure#> .\n"
    "@prefix d: <http://x/d#> .\n"
    '<http://x/o1> a qb:Observation ; d:g <http://x/code/a> ; m:status "withheld" {} .'
)
STAT = {
    "version": "2.0",
    "class": "dataset",
    "id": ["wave", "g", "number"],
    "size": [1, 2, 2],
    "dimension": {
        "wave": {"category": {"index": ["2020"]}},
        "g": {"category": {"index": {"a": 0, "c": 1}}},
        "number": {"category": {"index": ["estimate", "n"]}},
    },
    "extension": {"figure": "q/g"},
}
SDMX_JSON = {
    "data": {
        "structure": {
            "dimensions": {"observation": [{"id": "G", "values": [{"id": "a"}, {"id": "c"}]}]},
            "attributes": {"observation": [{"id": "REASON", "values": [{"id": "confidential"}]}]},
        },
        "dataSets": [{"observations": {"0": [44.1, 0]}}],
    }
}
ROW = {"figure": "q/g", "wave": "2020", "cell": ["a"], "status": "withheld"}
FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</title><summary>{}</summary></entry></feed>'
RSS = '<rss version="2.0"><channel><item><title>x</title><description>{}</description></item></channel></rss>'
AT = "nl/indicator/q/g/"

LEAKS: dict[str, tuple[str, bytes]] = {
    "sdmx xml, value": ("data/x.sdmx.xml", text(SDMX.format('REASON="confidential" OBS_VALUE="44.1"'))),
    "sdmx xml, n": ("data/x.sdmx.xml", text(SDMX.format('REASON="confidential" N="18"'))),
    "sdmx xml, generic": ("data/x.xml", text(GENERIC.format('<g:ObsValue value="44.1"/>'))),
    "json-stat, a list": ("data/x.json", as_json({**STAT, "value": [44.1, 18, 36.5, 170]})),
    "json-stat, one number": ("data/x.json", as_json({**STAT, "value": {"1": 18}})),
    "json-stat, a status": (
        "data/x.json",
        as_json({**STAT, "extension": {}, "value": {"0": 4}, "status": {"0": "confidential"}}),
    ),
    "sdmx json": ("data/x.sdmx.json", as_json(SDMX_JSON)),
    "turtle": ("data/x.ttl", text(CUBE.format("; m:obsValue 44.1"))),
    "turtle, n": ("data/x.ttl", text(CUBE.format("; m:n 18"))),
    "turtle, a sentence": (
        "data/x.ttl",
        text(f'<http://x/d> <http://purl.org/dc/terms/description> "{LEAK_NL}"@nl .'),
    ),
    "json-ld": (
        "data/x.jsonld",
        as_json({"@id": "http://x/o", "http://x/m#status": "withheld", "http://x/m#n": 18}),
    ),
    "json anywhere": ("data/extra.json", as_json({"rows": [{"deep": [{**ROW, "n": 18}]}]})),
    "json lines": ("data/extra.ndjson", as_json({**ROW, "estimate": 44.1}) + b"\n"),
    "geojson": (
        "data/x.geojson",
        as_json({"features": [{"properties": {"reason": "confidential", "n": 18}}]}),
    ),
    "csv with semicolons": ("data/x.csv", text("naam;status;n\nAlfa;withheld;18\n")),
    "tsv": ("data/x.tsv", text("naam\tstatus\tn\nAlfa\twithheld\t18\n")),
    "csv of words": ("data/x.csv", text('groep,aandeel\nGroep Alfa,"44,1%"\n')),
    "csv, gzipped": ("data/x.csv.gz", gzip.compress(text("naam,status,n\nAlfa,withheld,18\n"))),
    "svg, text": (AT + "figure.svg", svg("<text>Groep Alfa</text><text>44,1%</text>")),
    "svg, desc": (AT + "figure.svg", svg("<desc>Groep Alfa: 44,1%</desc>")),
    "svg, title": (AT + "figure.svg", svg("<g><title>44,1%</title><path d='M0 0'/></g>")),
    "svg, label": (AT + "figure.svg", svg("", ' aria-label="44,1% in 2020"')),
    "svg, data": (AT + "figure.svg", svg('<path data-value="44.13" d="M0 0"/>')),
    "svg, remark": (AT + "figure.svg", svg(f"<!-- {LEAK_NL} -->")),
    "svg elsewhere": ("theme/x.svg", svg(f"<text>{LEAK_NL}</text>")),
    "page, alt": (AT + "index.html", page('<img src="x.png" alt="In 2020 was het 44,1%">')),
    "page, label": (AT + "index.html", page('<svg role="img" aria-label="x: 44,1% in 2020"></svg>')),
    "page, data": (AT + "index.html", page(f"<div data-cells='{json.dumps([{**ROW, 'n': 18}])}'></div>")),
    "page, script": (
        AT + "index.html",
        page(f"<script type='application/json'>{json.dumps({**ROW, 'n': 18})}</script>"),
    ),
    "page, code": ("nl/x/index.html", page(f"<script>const d = {json.dumps({**ROW, 'n': 18})};</script>")),
    "page, remark": ("nl/x/index.html", page(f"<!-- {LEAK_NL} -->")),
    "page, card": ("nl/x/index.html", page("", f'<meta property="og:description" content="{LEAK_NL}">')),
    "page, words": ("en/x/index.html", page(f"<p>{LEAK_EN}</p>")),
    "page, a row": ("nl/x/index.html", page("<table><tr><th>Groep Alfa</th><td>44,1%</td></tr></table>")),
    "page, people": ("nl/x/index.html", page(f"<p>{CLAIM}</p>")),
    "code": ("theme/x.js", text(f"const cells = {json.dumps([{**ROW, 'estimate': 44.1}])};")),
    "pdf, words": ("data/handover/x.pdf", pdf("Groep Alfa 44,1% in 2020")),
    "pdf, subject": ("data/handover/x.pdf", pdf("x", subject=LEAK_NL)),
    "word, a paragraph": ("data/handover/x.docx", docx(LEAK_NL)),
    "word, a row": ("data/handover/x.docx", docx("Groep Alfa|44,1%|18", table=True)),
    "workbook, a remark": ("data/x.xlsx", xlsx(comment=LEAK_NL)),
    "workbook, a hidden sheet": ("data/x.xlsx", xlsx(hidden=("Groep Alfa", "vertrouwelijk", 44.1))),
    "open document": ("data/x.odt", zipped(content_dot_xml=f'<o xmlns:t="t"><t:p>{LEAK_NL}</t:p></o>')),
    "plain": ("data/README.txt", text(f"Toelichting.\n{LEAK_NL}\n")),
    "plain, people": ("data/README.txt", text(CLAIM)),
    "markdown": ("data/README.md", text("# Over\n\n| groep | % |\n|---|---|\n| Groep Alfa | 44,1% |\n")),
    "yaml": ("data/x.yaml", text("Groep Alfa: {n: 18}\n")),
    "atom": ("nl/feed.atom", text(FEED.format(LEAK_NL))),
    "rss": ("nl/feed.rss", text(RSS.format(LEAK_NL))),
    "search": (
        "pagefind/fragment/nl_x.pf_fragment",
        gzip.compress(text("pagefind_dcd" + json.dumps({"content": LEAK_NL}))),
    ),
    "png, text": (AT + "figure.png", png((b"tEXt", text(f"Description\0{LEAK_NL}")))),
    "png, packed": (AT + "figure.png", png((b"zTXt", b"Description\0\0" + zlib.compress(text(LEAK_NL))))),
    "png, international": (AT + "figure.png", png((b"iTXt", b"D\0\1\0\0\0" + zlib.compress(text(LEAK_NL))))),
    "png, of a camera": (AT + "figure.png", png((b"eXIf", b"II*\0" + text(LEAK_NL)))),
    "jpeg": ("theme/x.jpg", b"\xff\xd8\xff\xfe\x00\x40" + text(LEAK_NL) + b"\xff\xd9"),
    "zip of zip": ("data/x.zip", zipped(a_dot_zip=zipped(b_dot_json=json.dumps({**ROW, "n": 18})))),
    "zip, a picture": ("data/x.zip", zipped(**{"q--g_dot_svg": svg("<desc>44,1%</desc>")})),
    "zip, a remark": ("data/x.zip", zipped(a_dot_txt=LEAK_NL)),
}

QUIET = "Groep Alfa: vertrouwelijk (minder dan 40 deelnemers)."
HARMLESS: dict[str, tuple[str, bytes]] = {
    "sdmx xml, withheld": ("data/x.sdmx.xml", text(SDMX.format('REASON="confidential" DECIMALS="1"'))),
    "sdmx xml, published": (
        "data/x.sdmx.xml",
        text('<m><Obs OBS_STATUS="A" OBS_VALUE="36.5" N="170" G="c"/></m>'),
    ),
    "json-stat": (
        "data/x.json",
        as_json({**STAT, "value": [None, None, 36.45, 170], "status": {"0": "confidential"}}),
    ),
    "sdmx json": (
        "data/x.json",
        as_json(
            {"data": {**SDMX_JSON["data"], "dataSets": [{"observations": {"0": [None, 0], "1": [36.5]}}]}}
        ),
    ),
    "turtle": ("data/x.ttl", text(CUBE.format(""))),
    "turtle, words": (
        "data/x.ttl",
        text('<http://x/d> <http://purl.org/dc/terms/title> "Groep Alfa, 2020"@nl .'),
    ),
    "json": ("data/x.json", as_json({**ROW, "n": None, "decimals": 1})),
    "json, settings": ("data/x.json", as_json({"minimum_n": 40, "status": "published", "n": 170})),
    "csv": ("data/x.csv", text("naam;status;n\nAlfa;withheld;\nGamma;published;170\n")),
    "csv of words": ("data/x.csv", text('groep,aandeel\nGroep Alfa,vertrouwelijk\nGroep Gamma,"36,5%"\n')),
    "svg": (
        AT + "figure.svg",
        svg("".join(f"<text>{each}</text>" for each in ("0", "0,5", "1,0", "Groep Alfa", "vertrouwelijk"))),
    ),
    "svg, desc": (
        AT + "figure.svg",
        svg("<desc>Groep Gamma: 36,5%; Groep Alfa: vertrouwelijk. Versie 1.0.</desc>"),
    ),
    "svg, shape": (AT + "figure.svg", svg('<path d="M44.1 18.5L36.2 44.1"/><rect x="44.1" width="44.1%"/>')),
    "page": (
        "nl/x/index.html",
        page(f"<p>{QUIET}</p><p>In 2020 waren er 6 groepen, met een 95%-interval.</p>"),
    ),
    "page, published": (
        "nl/x/index.html",
        page("<p>Anders dan Groep Alfa had Groep Gamma 36,5% (n = 170).</p>"),
    ),
    "page, style": (
        "nl/x/index.html",
        page('<p style="width: 44.1%">Groep Alfa</p>', "<style>.a{width:44.1%}</style>"),
    ),
    "page, script": ("nl/x/index.html", page("<script>let n = 18, width = 44.1; // breedte</script>")),
    "page, other group": (
        "nl/x/index.html",
        page("<p>Van de buurten heeft 44,1% een buurthuis. Groep Alfa staat hierboven.</p>"),
    ),
    "page, day": (
        "nl/x/index.html",
        page("<p>Groep Alfa, gevraagd van 18 januari tot 4 maart 2020 (versie 2.1).</p>"),
    ),
    "plain": ("data/README.txt", text(f"{QUIET}\nVersie 1.0, 28-11-2026, CC BY 4.0.")),
    "markdown": (
        "data/README.md",
        text("| groep | % |\n|---|---|\n| Groep Alfa | vertrouwelijk |\n| Groep Gamma | 36,5% |\n"),
    ),
    "atom": ("nl/feed.atom", text(FEED.format("Nieuw: cijfers van Groep Alfa over 2020 en 2024."))),
    "pdf": ("data/handover/x.pdf", pdf("Groep Alfa vertrouwelijk, Groep Gamma 36,5 29,2 44,4 170")),
    "word": ("data/handover/x.docx", docx("Groep Alfa|vertrouwelijk|", table=True)),
    "workbook": ("data/x.xlsx", xlsx(comment=QUIET)),
    "png": (AT + "figure.png", png((b"tEXt", b"Software\0resvg 0.45"))),
    "search": (
        "pagefind/fragment/nl_x.pf_fragment",
        gzip.compress(text("pagefind_dcd" + json.dumps({"content": QUIET}))),
    ),
    "zip": ("data/x.zip", zipped(a_dot_txt=QUIET, b_dot_json=json.dumps({**ROW, "n": None}))),
    "code": ("theme/x.js", text("const limit = 18; const ratio = 44.1; const name = 'Groep Alfa';")),
    "style": ("theme/x.css", text(".a { width: 44.1%; n: 18 } /* Groep Alfa */")),
}
locked = zipped(a_dot_txt=LEAK_NL)
CONTEXT = {"@context": "https://elsewhere.example/context", "name": "Groep Alfa", "n": None}
HARMLESS["json-ld, named elsewhere"] = ("data/x.jsonld", as_json(CONTEXT))
CLOSED: dict[str, tuple[str, bytes]] = {
    "picture": (AT + "figure.png", png()),
    "unknown": ("data/x.bin", bytes(range(256))),
    "duckdb": ("data/x.duckdb", b"\0" * 8 + b"DUCK" + bytes(64)),
    "locked zip": (
        "data/x.zip",
        locked.replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0").replace(
            b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0"
        ),
    ),
    "broken pdf": ("data/x.pdf", b"%PDF-1.7 no more"),
    "broken json": ("data/x.json", b"{"),
    "broken xml": ("data/x.xml", b"<a>"),
    "broken turtle": ("data/x.ttl", b"<a> <b>"),
    "broken zip": ("data/x.zip", b"PK\3\4 no more"),
    "video": ("theme/x.mp4", b"\0\0\0\x18ftypmp42" + bytes(50)),
}


def looked(built: Path, tmp_path: Path, name: str, content: bytes) -> Any:
    """What is found in a folder with the figures of one question and one file more."""
    public = tmp_path / "public"
    for each in ("monitor.json", *(f"figures/q/{of}.json" for of in ("total", "g", "h"))):
        (public / "data" / each).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(built / "data" / each, public / "data" / each)
    path = public / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return attack_files(public, read(public))


def of(found: Any, name: str) -> list[str]:
    return [
        each.kind for each in found.weak if each.figure.startswith(name) and each.kind in ("held", "said")
    ]


def test_nothing_is_found_where_nothing_is(built: Path) -> None:
    assert attack_files(built, read(built)).weak == []


@pytest.mark.parametrize("which", LEAKS)
def test_a_leak_is_found_in_whatever_form(built: Path, tmp_path: Path, which: str) -> None:
    name, content = LEAKS[which]
    assert of(looked(built, tmp_path, name, content), name)


@pytest.mark.parametrize("which", HARMLESS)
def test_what_is_harmless_is_called_no_leak(built: Path, tmp_path: Path, which: str) -> None:
    name, content = HARMLESS[which]
    assert not of(looked(built, tmp_path, name, content), name)


@pytest.mark.parametrize("which", CLOSED)
def test_what_cannot_be_read_is_told(built: Path, tmp_path: Path, which: str) -> None:
    name, content = CLOSED[which]
    found = looked(built, tmp_path, name, content)
    told = [part for part, _ in found.unread] + [each.figure for each in found.weak if each.kind == "left"]
    assert any(part.startswith(name) for part in told)


def test_the_report_names_what_was_not_read(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built.parent, tmp_path / "m")
    (tmp_path / "m" / "public" / "theme" / "x.mp4").write_bytes(bytes(50))
    run = CliRunner()
    page = run.invoke(thuis, ["audit", str(tmp_path / "m"), "--language", "en"])
    assert page.exit_code == 0
    assert "## Not read" in page.output
    assert "theme/x.mp4" in page.output
    told: Callable[[str], Any] = json.loads
    record = told(run.invoke(thuis, ["audit", str(tmp_path / "m"), "--json"]).output)
    assert "theme/x.mp4" in {each["file"] for each in record["unread"]}
