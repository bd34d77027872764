"""Questions that were added to the example later, drawn apart so that the others keep their answers.

Nothing here rests on a printed figure: all shares are invented.
"""

from __future__ import annotations

import numpy as np
import polars as pl

NEWS = {"television": 0.62, "newspaper": 0.38, "websites": 0.55, "social-media": 0.42, "radio": 0.3}
YOUNGER = {"television": -1.1, "newspaper": -1.3, "websites": 0.7, "social-media": 1.9, "radio": -0.5}
"""What being young adds on the logit scale, from 65 to 20 years."""
NEIGHBOURHOOD = ("very-satisfied", "satisfied", "neutral", "dissatisfied", "very-dissatisfied")
VOLUNTEERS = {"low": 0.27, "middle": 0.38, "high": 0.47}


def later(data: pl.DataFrame, wave: str, rng: np.random.Generator) -> pl.DataFrame:
    """The answers of one wave with those to the later questions."""
    if wave not in ("2015", "2020"):
        return data
    youth = (65 - data["age"].to_numpy().clip(20, 65)) / 45
    news = []
    for name, share in NEWS.items():
        chance = 1 / (1 + np.exp(-(np.log(share / (1 - share)) + YOUNGER[name] * (youth - 0.5))))
        given = np.where(rng.random(data.height) < chance, "yes", "no")
        news.append(pl.Series(f"news-{name}", given))
    data = data.with_columns(news)
    if wave == "2015":
        return data
    crowded = data["size"].to_numpy() == "four-large-cities"
    weights = np.array([0.28, 0.42, 0.17, 0.09, 0.04])
    shifted = np.array([0.2, 0.4, 0.2, 0.13, 0.07])
    cut = np.where(crowded[:, None], np.cumsum(shifted), np.cumsum(weights))
    at = (rng.random(data.height)[:, None] > cut).sum(axis=1).clip(0, 4)
    chance = data["education"].replace_strict(VOLUNTEERS, default=0.3, return_dtype=pl.Float64).to_numpy()
    helps = np.where(rng.random(data.height) < chance, "volunteer", "none")
    return data.with_columns(
        pl.Series("neighbourhood", np.array(NEIGHBOURHOOD)[at]), pl.Series("volunteering", helps)
    )
