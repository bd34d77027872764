"""A project of one file, as small as a project can be, for inputs that went wrong somewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

SETTINGS = """title: {{nl: m, en: m}}
description: {{nl: m, en: m}}
publisher: {{name: {{nl: p, en: p}}, url: "https://example.org", email: a@example.org}}
address: https://example.org/m
languages: [nl, en]
licence: {{id: CC-BY-4.0, title: {{nl: l, en: l}}, url: "https://example.org/l"}}
citation: {{nl: c, en: c}}
version: "1.0"
released: 2026-11-28
waves: [{waves}]
themes:
  - {{id: t, dimension: political, title: {{nl: t, en: t}}, description: {{nl: t, en: t}}}}
{more}"""
WAVE = """id: "{id}"
title: {{nl: "{id}", en: "{id}"}}
field: {{start: {id}-01-01, end: {id}-12-31}}
mode: {mode}
population: {population}
source: {{nl: s, en: s}}
file: "{file}"
{more}
design: {design}
variables:
{variables}
"""
BOTH = "{nl: x, en: x}"
TRUST = """id: trust
theme: t
title: {nl: t, en: t}
measures: {nl: t, en: t}
kind: proportion
variable: trust
share: [can]
polarity: neutral
question: {QUESTIONS}
breakdowns: [total, sex]
"""
SEX = """id: sex
title: {nl: sex, en: sex}
description: {nl: t, en: t}
source: {nl: t, en: t}
categories:
  - {id: man, title: {nl: m, en: m}, when: {sex: [man]}}
  - {id: woman, title: {nl: w, en: w}, when: {sex: [woman]}}
"""
VARIABLES = (
    'trust: {from: trust, codes: {"1": can, "2": cannot}}',
    'sex: {from: sex, codes: {"1": man, "2": woman}}',
)


def rows(n: int = 240) -> list[tuple[int, int, int, str]]:
    """Number, sex, trust and weight of made-up people: 0.85 and 1.15 in turn."""
    return [(i, 1 + i % 2, 1 + (i % 7) % 2, f"{0.85 + 0.3 * (i % 2):.2f}") for i in range(1, n + 1)]


def table(people: Sequence[Sequence[object]], head: str = "id,sex,trust,weight", mark: str = ",") -> bytes:
    """A CSV of people."""
    lines = [head.replace(",", mark), *(mark.join(map(str, each)) for each in people)]
    return ("\n".join(lines) + "\n").encode()


def project(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    waves: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
    settings: str = "",
    design: str = "{weight: weight}",
    variables: Sequence[str] = VARIABLES,
    indicators: Mapping[str, str] | None = None,
    texts: Mapping[str, Mapping[str, str]] | None = None,
) -> Path:
    """A project folder whose waves (id to file) read the files.

    :param more: lines added to a wave.
    :param texts: ``mode``, ``population`` and ``question`` of a wave, where they are not the usual.
    """
    waves = waves or {"2026": next(iter(files))}
    for name in ("data", "waves", "indicators", "breakdowns"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / "data" / name).write_bytes(content)
    listed = ", ".join(f'"{each}"' for each in waves)
    (folder / "thuis.yaml").write_text(SETTINGS.format(waves=listed, more=settings), "utf-8")
    texts = texts or {}
    for id_, file in waves.items():
        said = texts.get(id_, {})
        (folder / "waves" / f"{id_}.yaml").write_text(
            WAVE.format(
                id=id_,
                file=f"data/{file}",
                more=(more or {}).get(id_, ""),
                design=design,
                mode=said.get("mode", BOTH),
                population=said.get("population", BOTH),
                variables="\n".join(f"  {each}" for each in variables),
            ),
            "utf-8",
        )
    asked = ", ".join(f'"{id_}": {texts.get(id_, {}).get("question", BOTH)}' for id_ in waves)
    (folder / "breakdowns" / "sex.yaml").write_text(SEX, "utf-8")
    for name, text in (indicators or {"trust": TRUST}).items():
        own = f"\ntitle: {{nl: {name}, en: {name}}}"
        (folder / "indicators" / f"{name}.yaml").write_text(
            text.replace("{QUESTIONS}", "{" + asked + "}").replace("\ntitle: {nl: t, en: t}", own), "utf-8"
        )
    return folder
