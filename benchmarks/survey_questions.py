"""Peers' own questions, asked of thuis: how many answers are equal, and why the rest is not.

Run: python benchmarks/survey_questions.py. The questions are those of ``tests/peers``; the sets and answers
of R ``survey`` 4.5 stand in the shared material beside the checkout.
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

KINDS = ("equal", "differs", "refused", "crash")


def counted() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str, str]], int]:
    """Answers by suite and kind, those not equal by reason, and how many are equal to fewer digits."""
    from peers.asking import FOLDER, every

    if not FOLDER.is_dir():
        sys.exit("the questions of peers are not beside this checkout")
    warnings.simplefilter("ignore")
    counts: Counter[tuple[str, str]] = Counter()
    fewer = 0
    reasons: Counter[tuple[str, str, str]] = Counter()
    for question in every():
        kind = question.kind
        counts[question.suite, kind] += 1
        fewer += kind == "equal" and question.tolerance > 1e-8
        if kind != "equal":
            reasons[question.suite, kind, question.why or "no reason stands beside it"] += 1
    return counts, reasons, fewer


def main() -> None:
    """Print a table per suite, and the reasons."""
    counts, reasons, fewer = counted()
    suites = list(dict.fromkeys(suite for suite, _ in counts))
    print("| suite | questions | equal | differ | refused | crash |")
    print("|---|---|---|---|---|---|")
    for suite in suites:
        own = [counts[suite, kind] for kind in KINDS]
        print(f"| {suite} | {sum(own)} | {' | '.join(map(str, own))} |")
    whole = [sum(counts[suite, kind] for suite in suites) for kind in KINDS]
    print(f"| all | {sum(whole)} | {' | '.join(map(str, whole))} |")
    answered = whole[0] + whole[1]
    print(
        f"\n{whole[0]} of {sum(whole)} are equal, {whole[0] / answered:.1%} of the {answered} that "
        f"are answered: to 1e-8, {fewer} of these to the digits that R's own iterations leave.\n"
    )
    print("| suite | | why | questions |")
    print("|---|---|---|---|")
    for (suite, kind, why), many in sorted(reasons.items()):
        print(f"| {suite} | {kind} | {why} | {many} |")


if __name__ == "__main__":
    main()
