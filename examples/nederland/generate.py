"""Write the four synthetic survey files of this example: the same seed gives the same data, to the byte.

    python examples/nederland/generate.py            # into examples/nederland/data
    python examples/nederland/generate.py FOLDER

Every person is invented. Shares are steered to the few printed figures in ``published.csv`` where there is
one and are invented elsewhere (``synthesis/targets.csv`` says which).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyreadstat

sys.path.insert(0, str(Path(__file__).parent))

from synthesis.answers import answer
from synthesis.codebook import FILES, NO_ANSWER, QUESTIONS, STRATUM, VARIABLES, WEIGHT, YES, Scale
from synthesis.later import later
from synthesis.people import WAVES, draw, pick

SEED = 32824
VOTING_AGE = 18
NOT_ELIGIBLE = {"polish": 0.9, "turkish": 0.25, "moroccan": 0.2, "somali": 0.35, "iranian": 0.2}
NO_ANSWER_SHARES = (0.02, 0.01)
CREATED = b"25 Nov 2600:00:00"
CREATED_AT = 92


def wave_data(wave: str) -> pl.DataFrame:
    """The harmonised answers of one wave, before they are coded: one row per respondent."""
    rng = np.random.default_rng([SEED, int(wave)])
    data = harmonised(answer(draw(wave, rng), wave, rng), rng)
    return later(data, wave, np.random.default_rng([SEED, int(wave), 2]))


def harmonised(data: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Yes and no turned into the words of the project's mapping; null where nobody was asked."""
    born = pl.when(pl.col("generation") == "first").then(pl.lit("abroad")).otherwise(pl.lit("netherlands"))
    words = [
        pl.when(pl.col(name).is_nan())
        .then(None)
        .when(pl.col(name) == 1)
        .then(pl.lit(yes))
        .otherwise(pl.lit(no))
        for name, (yes, no) in YES.items()
        if name in data.columns
    ]
    often = (
        pl.when(pl.col("discriminated-often") == 1)
        .then(pl.lit("often"))
        .when(pl.col("discriminated") == 1)
        .then(pl.lit("sometimes"))
        .otherwise(pl.lit("never"))
    )
    chance = pl.col("origin").replace_strict(NOT_ELIGIBLE, default=0.0, return_dtype=pl.Float64)
    barred = (pl.col("age") < VOTING_AGE) | (
        (pl.col("generation") == "first") & (pl.Series(rng.random(data.height)) < chance)
    )
    voted = (
        pl.when(barred)
        .then(pl.lit("not-eligible"))
        .when(pl.col("voted") == 1)
        .then(pl.lit("voted"))
        .otherwise(pl.lit("did-not-vote"))
    )
    return data.with_columns(
        born.alias("born"),
        *(expression.alias(name) for expression, name in zip(words, _present(data), strict=True)),
        often.alias("discrimination"),
        voted.alias("voted"),
    )


def _present(data: pl.DataFrame) -> list[str]:
    return [name for name in YES if name in data.columns]


def coded(data: pl.DataFrame, wave: str) -> tuple[pd.DataFrame, dict[str, object]]:
    """One wave as numbers, with the labels and user-missing codes for ``pyreadstat.write_sav``."""
    rng = np.random.default_rng([SEED, int(wave), 1])
    asked = {variable.name for variable in QUESTIONS}
    columns: dict[str, np.ndarray] = {"respnr": data["number"].to_numpy().astype(float)}
    labels, values, missing = {"respnr": "Volgnummer respondent"}, {}, {}
    for variable in VARIABLES:
        held = variable.held(wave)
        if held is None:
            continue
        name, scale = held
        numbers = _numbers(data[variable.name], scale, rng)
        if variable.name in asked:
            numbers = _unanswered(numbers, wave, rng)
            missing[name] = [float(code) for code in sorted(NO_ANSWER[wave])]
        columns[name], labels[name] = numbers, variable.label
        values[name] = {float(code.number): code.label for code in scale or ()}
        if variable.name in asked:
            values[name] |= dict(
                zip(map(float, NO_ANSWER[wave]), ("weet niet", "wil niet zeggen"), strict=True)
            )
    columns[STRATUM[wave]] = data["stratum"].to_numpy().astype(float)
    columns[WEIGHT[wave]] = data["weight"].to_numpy()
    labels |= {
        STRATUM[wave]: "Steekproefstratum (herkomst en gemeente)",
        WEIGHT[wave]: "Weegfactor (personen)",
    }
    meta: dict[str, object] = {
        "file_label": f"Synthetisch voorbeeld SIM {wave}: alle personen zijn verzonnen",
        "column_labels": labels,
        "variable_value_labels": {name: value for name, value in values.items() if value},
        "missing_ranges": missing,
        "variable_format": {name: "F12.4" if name == WEIGHT[wave] else "F8.0" for name in columns},
    }
    return pd.DataFrame(columns), meta


def _numbers(answers: pl.Series, scale: Scale | None, rng: np.random.Generator) -> np.ndarray:
    if scale is None:
        return answers.cast(pl.Float64).to_numpy().astype(float)
    words = answers.to_numpy()
    out = np.full(len(words), np.nan)
    for word in dict.fromkeys(code.answer for code in scale):
        codes = [code for code in scale if code.answer == word]
        rows = np.flatnonzero(words == word)
        chosen = pick(rng, len(rows), tuple(code.weight for code in codes))
        out[rows] = np.asarray([float(code.number) for code in codes])[chosen]
    return out


def _unanswered(numbers: np.ndarray, wave: str, rng: np.random.Generator) -> np.ndarray:
    unknown, refused = NO_ANSWER_SHARES
    kind = pick(rng, len(numbers), (1 - unknown - refused, unknown, refused))
    out = np.where(kind == 1, NO_ANSWER[wave][0], np.where(kind == 2, NO_ANSWER[wave][1], numbers))
    return np.where(np.isnan(numbers), np.nan, out)


def write(folder: Path) -> list[Path]:
    """Write the four .sav files into ``folder``, each built aside and moved into place."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for wave in WAVES:
        frame, meta = coded(wave_data(wave), wave)
        target, aside = folder / FILES[wave], folder / f".{FILES[wave]}"
        pyreadstat.write_sav(frame, aside, row_compress=True, **meta)
        content = bytearray(aside.read_bytes())
        content[CREATED_AT : CREATED_AT + len(CREATED)] = CREATED
        aside.write_bytes(content)
        written.append(aside.replace(target))
    return written


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data"):
        print(path, path.stat().st_size)
