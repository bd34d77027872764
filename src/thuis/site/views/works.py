"""What is known to work: by situation in a neighbourhood, by form of contact, and who does it."""

from __future__ import annotations

from collections.abc import Iterator

from thuis.contract.folder import DataFolder
from thuis.site.page import Page
from thuis.site.views.act import Act, page
from thuis.site.voice import Voice


def pages(data: DataFolder, voice: Voice) -> Iterator[Page]:
    """The way in, a page per situation and one per form of contact; none where nothing is done or known."""
    if not (data.directory or data.knowledge or data.municipalities):
        return
    act = Act(data, voice)
    a = act.a
    situations = [(each.id, voice.say(each.title)) for each in act.knowledge.situations if each.count]
    yield page(
        act, "works", "works", a("works.title"), a("works.description"), "works", situations=situations
    )
    for id_, title in situations:
        yield page(
            act,
            f"situation/{id_}",
            "situation",
            a("works.situation", name=title),
            a("works.situation-text", name=title),
            "works",
            activities=[each for each in act.knowledge.activities if each.situation == id_],
        )
    names = dict(situations)
    for form in act.forms:
        yield page(
            act,
            f"activity/{form}",
            "activity",
            act.capital("form", form),
            a("works.form-text"),
            "works",
            form=form,
            activities=[(names.get(each.situation, each.situation), each) for each in act.activities(form)],
            entries=act.about(form),
            who=[each for each in act.initiatives if form in each.form],
        )
