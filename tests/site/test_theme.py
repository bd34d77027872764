"""The theme: every colour pair has contrast, every variable is used, no text is small."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from support.monitor import data_folder
from thuis.errors import ThuisError
from thuis.site.build import build_site
from thuis.site.colour import PAIRS, check_theme, contrast, schemes

THEME = (files("thuis.site") / "theme" / "theme.css").read_text("utf-8")
STYLE = (files("thuis.site") / "theme" / "site.css").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(scheme: str, front: str, back: str, least: float) -> None:
    colours = schemes(THEME)[scheme]
    assert contrast(colours[front], colours[back]) >= least


def test_contrast_by_the_formula() -> None:
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_every_variable_is_declared_used_and_few() -> None:
    declared = set(re.findall(r"--([\w-]+)\s*:", THEME.partition("@media")[0]))
    used = set(re.findall(r"var\(--([\w-]+)\)", STYLE))
    assert used == declared
    assert len(declared) <= 32


def test_every_colour_is_in_some_pair_or_decoration() -> None:
    paired = {name for front, back, _ in PAIRS for name in (front, back)}
    assert set(schemes(THEME)["light"]) - paired == {"line"}


def test_no_text_is_smaller_than_twelve_pixels() -> None:
    sizes = [float(size) for size in re.findall(r"font-size:\s*(\.?\d*\.?\d+)rem", STYLE)]
    assert sizes
    assert min(sizes) * 16 >= 12


def test_the_style_loads_nothing_from_outside() -> None:
    assert "@import" not in STYLE + THEME
    assert not re.search(r"url\((?!#)", STYLE + THEME)


def test_a_theme_without_contrast_is_refused(tmp_path: Path) -> None:
    theme = tmp_path / "theme.css"
    theme.write_text(THEME.replace("--muted: #565c63", "--muted: #b0b0b0"), "utf-8")
    with pytest.raises(ThuisError, match="--muted on --paper has contrast"):
        build_site(data_folder(tmp_path / "data"), tmp_path / "public", theme=theme, search=False)
    assert not (tmp_path / "public" / "nl").exists()


def test_a_theme_that_lacks_a_variable_is_refused() -> None:
    assert any(
        "--focus is no colour" in str(each) for each in check_theme(THEME.replace("--focus:", "--fokus:"))
    )


def test_a_theme_of_ones_own_is_used(tmp_path: Path) -> None:
    theme = tmp_path / "theme.css"
    theme.write_text(THEME.replace("#0a5766", "#4b1d6e"), "utf-8")
    build_site(data_folder(tmp_path / "data"), tmp_path, theme=theme, search=False)
    assert "#4b1d6e" in (tmp_path / "theme" / "theme.css").read_text("utf-8")
