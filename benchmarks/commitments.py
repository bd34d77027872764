"""What sentences do with a promise: right kind, and recall and precision per kind, on labelled sentences.

python benchmarks/commitments.py [LABELS...] [--show]

LABELS have a JSON object a line: sentence, role, label, and also (other readings that are defensible).
Without any, every set under tests/dossier/gold is measured.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.labels import read_labels, score_sentences
from thuis.dossier.commitments import classify

GOLD = Path(__file__).resolve().parent.parent / "tests" / "dossier" / "gold"


def kind_of(sentence: str, role: str) -> str | None:
    """The kind of a sentence, as the scorer asks it."""
    judged = classify(sentence, role)  # type: ignore[arg-type]
    return judged.kind if judged else None


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("labels", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true", help="also the sentences that went wrong")
    told = parser.parse_args()
    for path in told.labels or sorted(GOLD.glob("commitments-*.jsonl")):
        score = score_sentences(read_labels(path), kind_of)
        print(
            f"{path.name}: {score.sentences} sentences, right kind {score.right}"
            f" ({score.right / score.sentences:.0%}), right or defensible {score.defensible}"
            f" ({score.defensible / score.sentences:.0%})"
        )
        for name, each in score.kinds.items():
            print(f"  {name}: {each}")
        for each in score.wrong if told.show else ():
            print(f"  {each}")


if __name__ == "__main__":
    main()
