"""How the directory stood before a decision, and putting that back: never over what came since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from thuis.live.catalogue import one
from thuis.live.models import Decision, Initiative, Submission, Version
from thuis.live.refused import RefusedError

State = Submission.State


def before(found: Submission, key: str = "") -> dict[str, Any]:
    """What a decision on a submission is about to change.

    :param key: of the initiative that it is about to change, where it does.
    """
    there = Initiative.objects.filter(key=key).first() if key else None
    return {
        "state": found.state,
        "question": found.question,
        "answer": found.answer,
        "initiative": found.initiative_id,
        "organisation": there.organisation_id if there else None,
        "key": key,
        "current": there.current_id if there else None,
        "withdrawn": there.withdrawn if there else False,
    }


def restore(found: Submission, was: Mapping[str, Any]) -> None:
    """Put the initiative of a decision back as it was; one that was withdrawn since stays so.

    :raises RefusedError: when others decided something of it since, which this would undo too.
    """
    there = Initiative.objects.select_for_update().filter(key=was["key"]).first() if was["key"] else None
    if there is None:
        return
    now = there.current
    # A decision of before this was kept does not tell what it made.
    made = was.get("made", there.current_id)
    if now and now.pk != made and now.submission_id != found.pk:
        step = "undo what was decided since first"
        raise RefusedError("decided.since", "its initiative was changed since", step)
    there.current = Version.objects.filter(pk=was["current"]).first()
    there.withdrawn = there.withdrawn or was["withdrawn"]
    # Nor does one of before organisations were kept tell of whose it was.
    there.organisation_id = was.get("organisation", there.organisation_id)
    there.save()


def organises(found: Submission) -> bool:
    """Whether an accepted submission is of who brought its initiative, and not of who corrected it."""
    same = {"submitter": found.submitter_id, "initiative": found.initiative_id}
    return Submission.objects.filter(state=State.ACCEPTED, corrects="", **same).exists()


def last_accepted(found: Submission) -> Decision | None:
    """The decision by which a submission was accepted."""
    accepted = found.decisions.filter(what=Decision.What.ACCEPT, undone=False)
    return accepted.order_by("-pk").first()


def leads(found: Submission) -> bool:
    """Whether the initiative of a submission is one that nobody took out of the directory."""
    return bool(found.initiative and not found.initiative.withdrawn)


def seen(found: Submission) -> str:
    """A number for all that a moderator reads of a submission: another one when anything of it changes."""
    original = one(found.corrects) if found.corrects else None
    told = [found.cells, found.kind, found.state, found.answer, found.appeal]
    text = json.dumps([*told, original.model_dump(mode="json") if original else None], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
