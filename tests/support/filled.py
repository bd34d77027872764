"""A service in which things happened, by the code that does them: one row and more of every kind."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

CELLS = {
    "name": "Taalcafé De Verzonnen Linde",
    "organization": "Stichting Verzonnen Linde",
    "description_nl": "Oefen Nederlands bij de koffie, elke dinsdag, met buren die ook willen oefenen.",
    "municipality": "Utrecht",
    "form": "language",
    "audience": "neighbours",
    "price": "free",
    "contact_role": "coördinator",
    "email": "info@linde.example",
}
MAIL = "Iemand.Anders@linde.example"


def fill() -> None:
    """Fill the database that Django is ready for."""
    from django.utils import timezone

    from thuis.live import consultation, moderation, submissions
    from thuis.live.api import changes
    from thuis.live.models import Organisation, PromiseProposal, Role, Round, ScreeningKept, User

    staff = User.objects.create_user("mo@thuis.example", "mo@thuis.example", "een lange zin als wachtwoord")
    own = Organisation.objects.create(key="utrecht", name="Gemeente Utrecht – é")
    Role.objects.create(user=staff, name="moderator", organisation=own)
    Role.objects.create(user=staff, name="editor")
    for number, mail in enumerate((MAIL, "b@linde.example", "c@linde.example")):
        cells = CELLS | {"name": f"Taalcafé De Verzonnen Linde {number} ☕"}
        made = submissions.send_in(cells, "neighbourhood", mail, "nl", organisation=own)
        if number < 2:
            submissions.confirm(made.pk)
        if number == 0:
            moderation.accept(made.pk, staff, {"core-team": True})
        if number == 1:
            moderation.refuse(made.pk, staff, {"core-team": False}, "Het lijkt op reclame.\nLees de regels.")
    today = timezone.localdate()
    round_ = Round.objects.create(
        key="ronde-1",
        title={"nl": "Ronde 1", "en": "Round 1"},
        opens_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=9),
    )
    fields = {"page": "indicator/voted", "place": "", "text": "Klopt dit? ’t Lijkt hoog.", "name": "Ann"}
    said = consultation.comment(round_, fields, MAIL, "nl")
    consultation.confirm(said.pk)
    consultation.decide(said.pk, staff, True, "")
    consultation.answer(said.pk, staff, "Ja, met een marge.", "unchanged")
    PromiseProposal.objects.create(entry={"text": "De minister zegt toe …", "n": 1.5, "none": None})
    ScreeningKept.objects.create(name="brief.txt", result={"hits": [1, 2]}, delete_after=timezone.localdate())
    changes.note()
    changes.register("https://elders.example/hook")


def first_version(target: Path) -> None:
    """Write a copy as the first version made it: without the tables that came later."""
    import json
    import zipfile

    from support.live import served

    served()
    from thuis.live.operations.backup import backup

    fill()
    whole = target.with_suffix(".whole")
    backup(whole)
    later = ("tables/live.Change.jsonl", "tables/live.Webhook.jsonl")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        manifest = json.loads(source.read("manifest.json"))
        manifest["migrations"] = [m for m in manifest["migrations"] if m[0] != "live" or m[1] < "0004"]
        for name in later:
            del manifest["sha256"][name]
            del manifest["rows"][name.removeprefix("tables/").removesuffix(".jsonl")]
        for name in manifest["sha256"]:
            out.writestr(name, source.read(name))
        out.writestr("manifest.json", json.dumps(manifest, indent=1))
    whole.unlink()


if __name__ == "__main__":
    first_version(Path(__file__).parents[1] / "live" / "first-version.zip")
