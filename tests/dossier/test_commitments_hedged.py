"""What is tried while its outcome is not promised is an intention; what is done for sure stays a promise."""

from __future__ import annotations

import pytest

from thuis.dossier.commitments import classify


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ik ga kijken of dat lukt, maar ik kan het niet beloven.", "intention"),
        ("Ik zal mijn best doen, maar ik kan niets beloven.", "intention"),
        ("Ik ga het proberen, zonder garanties.", "intention"),
        ("Ik zal bezien of het kan, maar ik doe geen toezegging.", "intention"),
        ("Ik zal kijken wat mogelijk is, al kan ik niet garanderen dat het lukt.", "intention"),
        ("Ik kan niet garanderen dat het lukt, maar ik zal mijn uiterste best doen.", "intention"),
        ("Ik stuur de brief voor de zomer, maar ik kan niet garanderen dat het voor 1 juni is.", "new"),
        ("Ik zal het vragen, maar ik kan niet toezeggen dat de gemeenten meedoen.", "new"),
        ("Daarover informeer ik uw Kamer voor de zomer, al kan ik niet beloven dat het rond is.", "new"),
        # To do nothing is not to promise nothing.
        ("Ik ga uitzoeken wat er kan, maar wij doen nu niets.", "new"),
        ("Ik ga het bezien, maar ik geef geen garantie.", "intention"),
        ("Nee, dat kan ik niet toezeggen.", "refused"),
        ("Dat kan ik niet beloven.", "refused"),
    ],
)
def test_a_clause_that_promises_nothing_is_about_the_outcome(sentence: str, kind: str) -> None:
    found = classify(sentence)
    assert found is not None
    assert found.kind == kind


def test_what_a_member_says_of_it_is_no_intention_of_the_government() -> None:
    found = classify("Ik ga kijken of dat lukt, maar ik kan het niet beloven.", "member")
    assert found is None or found.kind != "intention"
