"""What was measured on pages, as lists of faults."""

from __future__ import annotations

from typing import Any

from thuis.site.colour import GRAPHIC, TEXT, contrast


def listed(wrong: dict[Any, list[str]]) -> str:
    return "\n".join(f"{where}: {fault}" for where, faults in wrong.items() for fault in faults)


def hexed(rgb: list[float]) -> str:
    return "#" + "".join(f"{round(each):02x}" for each in rgb)


def faint(colours: list[dict[str, Any]]) -> list[str]:
    return [
        f"{each['kind']} {each['what']!r}: {ratio:.2f}"
        for each in colours
        if (ratio := contrast(hexed(each["front"]), hexed(each["back"])))
        < (TEXT if each["kind"] == "text" else GRAPHIC)
    ]
