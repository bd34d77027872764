"""Addresses, paths, handles and code are nobody's words to change; slashes and hyphens between words are."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from thuis.cli import thuis
from thuis.vocabulary.roles import role_of
from thuis.vocabulary.roles.address import address

WRITTEN = [
    "info@islamieten.nl",
    "stichting@de-islamieten.org",
    "islamieten.islamieten@gmail.com",
    "islamieten.nl",
    "www.islamieten.eu/over",
    "https://voorbeeld.nl/islamieten?x=islamieten",
    "ftp.islamieten.org/map",
    "mailto:islamieten@x.nl",
    "doi:10.1000/islamieten",
    "urn:nbn:nl:islamieten",
    "mastodon.nl/@islamieten",
    "islamieten.pdf",
    "/data/islamieten/cijfers.csv",
    r"C:\data\islamieten\a.csv",
    "~/islamieten",
    "./islamieten.sh",
    "islamieten.parquet",
    "islamieten_2015.xlsx",
    "@islamieten",
    "#islamieten",
    "u/islamieten",
    "islamieten_2015",
    "aantal_islamieten",
    "df.islamieten",
    "$islamieten",
    "islamieten=1",
    "--islamieten",
    "islamieten()",
    "islamietenTeller",
    "<islamieten>",
    "{{islamieten}}",
    "islamieten2015",
    "bitly.com/islamieten",
    "github.com/islamieten/islamieten",
    "linktr.ee/islamieten",
    "islamieten.7z",
    "islamieten.rds",
    "islamieten (1).xlsx",
    "islamieten def.docx",
    "islamieten v2.pptx",
    "islamieten[0]",
    "islamieten['n']",
    "data$islamieten",
    "{islamieten}",
    "&islamieten;",
]
# No sign of a kind that is told, but joined to what no running text joins to a word.
JOINED = [
    ":islamieten:", "!islamieten", "islamieten+1", "islamieten*2", "2*islamieten", "islamieten~1",
    "islamieten^2", "islamieten|n", "n(islamieten)", 'f"islamieten"', "nl-islamieten-2020", "islamieten;1",
]  # fmt: skip
RUNNING = [
    "islamieten", "islamieten,", "(islamieten)", "islamieten.", "islamieten/christenen", "islamieten-",
    "christenen/islamieten/joden", "islamieten:", "…islamieten", "islamieten).", "islamieten;",
]  # fmt: skip


@pytest.mark.parametrize("token", WRITTEN)
def test_a_written_sign_is_no_word(token: str) -> None:
    text = f"Zie {token} voor meer."
    start = text.index("islamieten")
    assert address(text, start, start + 10), token
    assert role_of(text, start, start + 10, "islamiet", "letter").role != "use"


@pytest.mark.parametrize("token", RUNNING)
def test_punctuation_makes_no_address(token: str) -> None:
    text = f"Hij sprak met {token} in de wijk."
    start = text.index("islamieten")
    assert address(text, start, start + 10) is None, token


def test_a_heading_in_markdown_is_no_tag() -> None:
    assert address("####Aanwezigheid islamieten", 17, 27) is None
    assert address("####islamieten in de wijk", 4, 14) is None


def test_apply_changes_the_running_word_alone(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    lines = [f"Zie {token} voor de rest van dit verhaal." for token in (*WRITTEN, *JOINED)]
    before = "Den Haag, 3 maart 2024\n\n" + "\n".join(lines) + "\n\nDe {} wonen in deze wijk.\n"
    file.write_text(before.replace("{}", "islamieten"), "utf-8")
    result = CliRunner().invoke(thuis, ["screen", str(file), "--language", "en", "--apply"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert file.read_text("utf-8") == before.replace("{}", "moslims")


@settings(deadline=None, max_examples=60)
@given(
    st.text("abcxyz019", min_size=1, max_size=8),
    st.text("abcxyz019._-", max_size=8),
    st.sampled_from(
        ["{0}@islamieten.nl", "islamieten@{0}.nl", "https://{0}.nl/{1}islamieten", "{0}_islamieten"]
    ),
)
def test_whatever_stands_around_it_an_address_stays_one(host: str, path: str, shape: str) -> None:
    text = f"Kijk op {shape.format(host, path)} nu."
    start = text.index("islamieten")
    assert address(text, start, start + 10)


@pytest.mark.parametrize("name", ["Partij van Islamieten", "de Bond voor Islamieten", "Stichting Islamieten"])
def test_apply_leaves_the_name_of_a_body(tmp_path: Path, name: str) -> None:
    file = tmp_path / "brief.txt"
    text = f"Den Haag, 3 maart 2024\n\nZie {name} voor de rest van dit verhaal over de wijk en de stad.\n"
    file.write_text(text, "utf-8")
    CliRunner().invoke(thuis, ["screen", str(file), "--language", "en", "--apply"])
    assert file.read_text("utf-8") == text
