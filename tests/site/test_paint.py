"""A frame drawn by PDFium looks as the renderer of SVG draws it, and what it cannot draw is left to that."""

import io

import pytest
from PIL import Image, ImageChops

from thuis.site.charts.bars import Bars, Group
from thuis.site.charts.drawn import Drawn
from thuis.site.charts.frame import FAMILY, Words, drawable, frame
from thuis.site.paint import painted
from thuis.site.pictures import by_resvg, lettered, png_of

ROWS = (
    Drawn("Turkse herkomst", 55, 50, 60, "55,1%", "50,2 tot 60,0"),
    Drawn("Côte d’Ivoire & Réunion", 30, 20, 40, "30,0%", "20,1 tot 39,9", moderate=True, style=1),
    Drawn("Nederlandse herkomst", 9, 7, 11, "8,7%", "6,8 tot 11,0", reference=True),
)
WORDS = Words(
    "nl", "Ervaren discriminatie", "Aandeel van allen.", "Stip: schatting.", "Bron: wij.", "Verzonnen", ""
)


def drawn(rows: tuple[Drawn, ...] = ROWS) -> str:
    return frame(Bars("2020", (Group("", rows),), ((0, "0"), (100, "100")), True, 9.0), WORDS)


def difference(one: bytes, other: bytes) -> float:
    """The mean over all pixels, of 255."""
    pictures = [Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other)]
    assert pictures[0].size == pictures[1].size
    counts = ImageChops.difference(*pictures).convert("L").histogram()
    return sum(value * n for value, n in enumerate(counts)) / sum(counts)


@pytest.mark.parametrize("wide", [None, 1920])
def test_a_frame_looks_the_same_drawn_either_way(wide: int | None) -> None:
    svg = drawn()
    made = painted(svg, wide)
    assert made is not None
    assert difference(made, by_resvg(svg, wide)) < 1
    assert difference(made, by_resvg(drawn(ROWS[:1]), wide)) > 1
    assert made == painted(svg, wide) == png_of(svg, wide)


@pytest.mark.parametrize("name", ["تركيا", "Turkse ◇", "x\u0301"])
def test_letters_that_the_font_has_not_or_that_join_are_left_to_the_other(name: str) -> None:
    svg = drawn((Drawn(name, 55, 50, 60, "55%", "50 tot 60"),))
    assert painted(svg) is None
    assert png_of(svg) == by_resvg(svg)


def test_a_letter_and_its_accent_apart_are_drawn_as_one() -> None:
    apart, one = (drawn((Drawn(each, 5, 5, 6, "5%", "5 tot 6"),)) for each in ("Vie\u0302\u0323t", "Việt"))
    assert png_of(apart) == painted(one)
    assert lettered(one)


LETTERS = {
    "Arabic": "مغرب",
    "Hebrew": "אבגד",
    "Armenian": "հայե",
    "Georgian": "ქართ",
    "Tifinagh": "ⵜⴰⵎⴰ",
    "arrows": "→≥",
}
LACKING = ("华", "አ", "अ", "😀", "x\u0338")


def written(text: str) -> Image.Image:
    made = f'<text x="20" y="60" font-size="40" fill="#000000">{text}</text>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="90" font-family="{FAMILY}">{made}</svg>'
    )
    return Image.open(io.BytesIO(by_resvg(svg))).convert("RGBA")


@pytest.mark.parametrize("script", LETTERS)
@pytest.mark.parametrize("letter", range(4))
def test_letters_of_other_scripts_are_letters_and_no_boxes(script: str, letter: int) -> None:
    text = LETTERS[script][letter % len(LETTERS[script])]
    assert drawable(text)
    made = written(text)
    assert made.getbbox()
    assert made.tobytes() not in {written(each).tobytes() for each in LACKING}


def test_hebrew_stands_from_right_to_left() -> None:
    """The last letter stands where the picture begins."""
    whole, last, first = written("אב"), written("ב"), written("א")
    box = last.getbbox()
    assert box
    assert whole.crop(box).tobytes() == last.crop(box).tobytes()
    assert whole.crop(box).tobytes() != first.crop(box).tobytes()


@pytest.mark.parametrize("text", LACKING)
def test_a_letter_that_no_font_has_is_known(text: str) -> None:
    assert not drawable(f"Groep {text}")
    assert not lettered(drawn((Drawn(text, 5, 5, 6, "5%", "5 tot 6"),)))


@pytest.mark.parametrize("odd", ['<path d="M0 0"/>', '<rect width="1" height="1" fill="url(#a)"/>'])
def test_what_is_no_part_of_a_frame_is_left_to_the_other(odd: str) -> None:
    assert painted(drawn().replace("</svg>", f"{odd}</svg>")) is None
