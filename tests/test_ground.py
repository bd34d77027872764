"""The ground floor: files written whole, XML of others, feeds, distances, and the program as a module."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from thuis import trees
from thuis.errors import ThuisError
from thuis.feeds import Entry, atom
from thuis.files import aside, put
from thuis.sphere import EARTH_KM, kilometres
from thuis.trees import read_tree
from thuis.yaml import compose

ATOM = "{http://www.w3.org/2005/Atom}"
DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_a_file_whose_making_fails_is_the_one_of_before(tmp_path: Path) -> None:
    out = tmp_path / "report.csv"
    put(out, "whole\n")
    with pytest.raises(RuntimeError), aside(out) as part:
        part.write_text("half", "utf-8")
        raise RuntimeError
    assert out.read_text("utf-8") == "whole\n"
    assert [each.name for each in tmp_path.iterdir()] == ["report.csv"]


def test_two_processes_do_not_write_into_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "kept.json"
    with aside(out) as mine:
        mine.write_text("mine", "utf-8")
        monkeypatch.setattr(os, "getpid", lambda: -1)
        put(out, "theirs")
        assert mine.read_text("utf-8") == "mine"
    assert out.read_text("utf-8") == "mine", "who ends last has written it"
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b"naam;plaats\n", "does not begin with <"),
        (b"<a><b></a>", "breaks off here"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "declares entities"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "XML"),
    ],
)
def test_xml_that_is_none_is_one_sentence_with_the_file(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "codebook.xml"
    path.write_bytes(content)
    with pytest.raises(ThuisError, match=what) as told:
        read_tree(path)
    assert "codebook.xml" in str(told.value)


def test_xml_that_is_not_there_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ThuisError, match=r"book\.xml: cannot be read: no such file"):
        read_tree(tmp_path / "a.xml", "book.xml")
    path = tmp_path / "large.xml"
    path.write_bytes(b"<a/>" + b" " * 100)
    assert read_tree(path).tag == "a"
    monkeypatch.setattr(trees, "MOST_BYTES", 10)
    with pytest.raises(ThuisError, match="larger than"):
        read_tree(path)


@given(st.text(), st.text(), st.text(), st.text())
def test_a_feed_is_xml_whatever_it_tells(title: str, summary: str, author: str, link: str) -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    entry = Entry("urn:x:1", title, date(2026, 1, 2), summary, link, author)
    root = etree.fromstring(atom("https://a.example/?a&b", title, moment, [entry], author=author))
    assert root.tag == f"{ATOM}feed"
    told = root.find(f"{ATOM}entry")
    assert told is not None
    assert told.findtext(f"{ATOM}updated") == "2026-01-02T00:00:00Z"
    assert root.findtext(f"{ATOM}updated") == "2026-01-02T03:04:00+00:00"
    assert root.findtext(f"{ATOM}id") == "https://a.example/?a&b"
    plain = "".join(sign for sign in summary if sign.isprintable() and ord(sign) > 31)
    assert plain in "".join(sign for sign in told.findtext(f"{ATOM}summary", "") if sign.isprintable())


def test_a_feed_of_nothing_is_a_feed() -> None:
    root = etree.fromstring(atom("urn:a", "Leeg", date(2026, 1, 2), [], language="nl"))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    assert root.find(f"{ATOM}entry") is None


@given(DEGREES, DEGREES)
def test_a_distance_is_one_whichever_way_and_at_most_half_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there, back = kilometres(one, other), kilometres(other, one)
    assert there == pytest.approx(back, abs=1e-9)
    assert 0 <= there <= math.pi * EARTH_KM + 1e-6
    assert kilometres(one, one) == 0


def test_a_quarter_of_the_equator_is_a_quarter_turn() -> None:
    assert kilometres((0, 0), (0, 90)) == pytest.approx(math.pi * EARTH_KM / 2)


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "\tb", "&a [*a]", "? {"])
def test_yaml_that_one_reader_refuses_is_told_by_the_other(text: str) -> None:
    """libyaml's verdict is never the last: ruamel.yaml has to agree, in its own words."""
    try:
        node = compose(text)
    except Exception as error:
        assert type(error).__module__.startswith("ruamel.yaml")
    else:
        assert node is not None


def test_the_program_is_a_module_too() -> None:
    command = [sys.executable, "-m", "thuis", "--version"]
    out = subprocess.run(command, capture_output=True, text=True, check=True)
    assert out.stdout.startswith("thuis")
