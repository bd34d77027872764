"""What sentences do with a promise: right kind, and recall and precision per kind, on labelled sentences.

python benchmarks/promises.py [LABELS...] [--show] [--model]

LABELS have a JSON object a line: sentence, role, label, and also (other readings that are defensible).
Without any, every set under tests/dossier/gold is measured, in groups: letters and registers, speech, one
plenary day whole, and sentences written for the purpose. First sights: decisions 0304, 1130, 1300 to 1304.

--model compares the rules with a linear model on words and characters (scikit-learn, not a dependency:
install it for this alone). The model is trained on every set but the one it is asked about; the rules were
mended on all but what their decision says, so they have the advantage here.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.labels import Kinds, read_labels, score_sentences
from thuis.dossier.commitments import classify

GOLD = Path(__file__).resolve().parent.parent / "tests" / "dossier" / "gold"
NAME = re.compile(r"\b(?:de heer|mevrouw|meneer|het lid) (?:(?:van|de|der|den|el|ten|ter) )*[A-Z][\w'-]+")
UNSEEN = (
    *("commitments-spoken-7", "commitments-spoken-8", "commitments-spoken-9"),
    *(f"commitments-outside-{number}" for number in range(1, 15)),
)
"""The sets that the model is asked about, each untouched when the rules first met it."""


def kind_of(sentence: str, role: str) -> str | None:
    """The kind of a sentence, as the scorer asks it."""
    judged = classify(sentence, role)  # type: ignore[arg-type]
    return judged.kind if judged else None


def group_of(path: Path) -> str:
    """Which kind of text a set is."""
    name = path.stem.removeprefix("commitments-")
    if name.startswith(("spoken", "debates")):
        return "speech"
    if name.startswith("written"):
        return "written for the purpose"
    return "one plenary day" if name == "one-day" else "letters and registers"


def told(name: str, score: Kinds) -> str:
    """One line of a set or group."""
    return (
        f"{name}: {score.sentences} sentences, right kind {score.right} "
        f"({score.right / score.sentences:.0%}), right or defensible {score.defensible} "
        f"({score.defensible / score.sentences:.0%})"
    )


def plain(sentence: str) -> str:
    """Without names and numbers, which a model would learn by heart."""
    return re.sub(r"\d+", "9", NAME.sub("lid", sentence)).lower()


def model_against_rules(sets: dict[str, list[dict[str, Any]]]) -> None:
    """Recall and precision of new promises: rules, model, and either, on the sets of speech in turn."""
    try:
        text = importlib.import_module("sklearn.feature_extraction.text")
        linear = importlib.import_module("sklearn.linear_model")
        union = importlib.import_module("sklearn.pipeline").make_union
    except ImportError:
        sys.exit("the comparison needs scikit-learn: pip install scikit-learn")
    rows = {name: [row for row in each if row.get("role") == "government"] for name, each in sets.items()}
    wanted, rules, model = [], [], []
    for name in UNSEEN:
        train = [row for other, each in rows.items() if other != name for row in each]
        words = text.TfidfVectorizer(
            ngram_range=(1, 3), min_df=2, sublinear_tf=True, token_pattern=r"\w+|[.,?!;:]"
        )
        signs = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)
        features = union(words, signs)
        learned = linear.LogisticRegression(C=3, class_weight="balanced", max_iter=3000).fit(
            features.fit_transform([plain(row["sentence"]) for row in train]),
            [row["label"] == "new" for row in train],
        )
        asked = features.transform([plain(row["sentence"]) for row in rows[name]])
        wanted += [row["label"] == "new" for row in rows[name]]
        rules += [kind_of(row["sentence"], "government") == "new" for row in rows[name]]
        model += [bool(p > 0.5) for p in learned.predict_proba(asked)[:, 1]]
    for name, given in (
        ("rules", rules),
        ("model", model),
        ("rules or model", [a or b for a, b in zip(rules, model, strict=True)]),
    ):
        right = sum(a and b for a, b in zip(given, wanted, strict=True))
        share = f"{right}/{sum(wanted)} ({right / sum(wanted):.0%})"
        print(f"{name}: recall {share}, precision {right}/{sum(given)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("labels", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true", help="also the sentences that went wrong")
    parser.add_argument("--model", action="store_true", help="compare with a trained model")
    asked = parser.parse_args()
    paths = asked.labels or sorted(GOLD.glob("commitments-*.jsonl"))
    sets = {path.stem: read_labels(path) for path in paths}
    if asked.model:
        model_against_rules(sets)
        return
    for path in paths:
        score = score_sentences(sets[path.stem], kind_of)
        print(told(path.name, score))
        for name, each in score.kinds.items():
            print(f"  {name}: {each}")
        if sure := [row for row in sets[path.stem] if not row["also"]]:
            print(told("  labelled without doubt", score_sentences(sure, kind_of)))
        for wrong in score.wrong if asked.show else ():
            print(f"  {wrong}")
    for group in dict.fromkeys(map(group_of, paths)) if not asked.labels else ():
        rows = [row for path in paths if group_of(path) == group for row in sets[path.stem]]
        score = score_sentences(rows, kind_of)
        print(told(f"= {group}", score) + f"; new: {score.kinds['new']}")


if __name__ == "__main__":
    main()
