"""Projects that nobody would make on purpose, each made of the smallest project by one change.

What is right of each stands in ``tests/project/odd.tsv``, written before it was run for the first time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from support.small import SEX, TRUST, VARIABLES, project, rows, table

Text = str | Mapping[str, str]
ARABIC, HEBREW, TIFINAGH = "أصل مغربي 2026", "ממוצא מרוקאי (12)", "ⵉⵎⴰⵣⵉⵖⵏ"
SAMPLE = "{strata: stratum, psu: psu, weight: weight}"


def text(value: Text) -> str:
    """A text in both languages as YAML, which JSON is too."""
    both = {"nl": value, "en": value} if isinstance(value, str) else value
    return json.dumps(both, ensure_ascii=False)


def indicator(title: Text, *, id_: str = "trust", breakdowns: str = "[total, sex]") -> str:
    """The indicator of the smallest project under another name."""
    made = TRUST.replace("id: trust", f"id: {id_}").replace("title: {nl: t, en: t}", f"title: {text(title)}")
    return made.replace("[total, sex]", breakdowns)


def breakdown(*names: Text, title: Text = "Geslacht", id_: str = "sex", extra: str = "") -> str:
    """A breakdown whose categories are the answers of a variable."""
    head = SEX.partition("categories:")[0].replace("title: {nl: sex, en: sex}", f"title: {text(title)}")
    codes = ["woman", "man"] if len(names) < 3 else [f"g{at}" for at in range(len(names))]
    lines = [
        f"  - {{id: c{at}, title: {text(name)}, when: {{sex: [{code}]}}{extra}}}"
        for at, (name, code) in enumerate(zip(names, codes, strict=False))
    ]
    return head.replace("id: sex", f"id: {id_}") + "categories:\n" + "\n".join(lines) + "\n"


def theme(title: Text, id_: str = "u") -> str:
    """One more theme, as lines of ``thuis.yaml``."""
    return f"  - {{id: {id_}, dimension: political, title: {text(title)}, description: {text('d')}}}\n"


class Odd:
    """A small project in a folder, and the changes that make it odd."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.make()

    def make(self, *, people: bytes | None = None, **more: object) -> Odd:
        """The smallest project, its parts with names of their own."""
        data = table(rows()) if people is None else people
        project(self.folder, {"2026.csv": data}, **more)  # type: ignore[arg-type]
        self.put("breakdowns/sex.yaml", breakdown("Vrouwen", "Mannen"))
        return self

    def put(self, name: str, content: str) -> Odd:
        """Write a file, with the questions of an indicator filled in."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        asked = {each.stem: {"nl": "x", "en": "x"} for each in self.folder.glob("waves/*.yaml")}
        path.write_text(content.replace("{QUESTIONS}", json.dumps(asked)), "utf-8")
        return self

    def swap(self, name: str, old: str, new: str) -> Odd:
        """Write something else in a file, at the first place where it stands."""
        content = (self.folder / name).read_text("utf-8")
        assert old in content, (name, old)
        (self.folder / name).write_text(content.replace(old, new, 1), "utf-8")
        return self

    def people(self, change: Callable[[int, list[object]], list[object]]) -> Odd:
        """Change every row of the survey: number, sex, trust, weight."""
        changed = [change(at, list(row)) for at, row in enumerate(rows())]
        (self.folder / "data/2026.csv").write_bytes(table(changed))
        return self

    def themes(self, *titles: Text) -> Odd:
        """More themes."""
        path = self.folder / "thuis.yaml"
        lines = (theme(each, f"u{at}") for at, each in enumerate(titles))
        path.write_text(path.read_text("utf-8").rstrip() + "\n" + "".join(lines), "utf-8")
        return self

    def indicators(self, *titles: Text) -> Odd:
        """Indicators of these titles and no other."""
        (self.folder / "indicators/trust.yaml").unlink()
        for at, each in enumerate(titles):
            self.put(f"indicators/i{at}.yaml", indicator(each, id_=f"i{at}"))
        return self

    def waves(self, *titles: Text) -> Odd:
        """Waves of these titles, one a year."""
        years = [str(2026 - at) for at in reversed(range(len(titles)))]
        self.make(waves=dict.fromkeys(years, "2026.csv"))
        for year, title in zip(years, titles, strict=True):
            self.swap(f"waves/{year}.yaml", f'title: {{nl: "{year}", en: "{year}"}}', f"title: {text(title)}")
        return self

    def groups(self, *names: Text, **more: str) -> Odd:
        """Categories of these names, each with sixty people."""
        if (count := len(names)) > 2:
            codes = ", ".join(f'"{at}": g{at}' for at in range(count))
            variables = (VARIABLES[0], f"sex: {{from: sex, codes: {{{codes}}}}}")
            people = [[i, i % count, 1 + i // count % 2, w] for i, _, _, w in rows(60 * count)]
            self.make(people=table(people), variables=variables)
        return self.put("breakdowns/sex.yaml", breakdown(*names, **more))

    def called(self, title: Text) -> Odd:
        """The indicator under another name."""
        return self.put("indicators/trust.yaml", indicator(title))


def _weights(of: Callable[[int], float]) -> Callable[[Odd], object]:
    return lambda odd: odd.people(lambda at, row: [*row[:3], of(at)])


def _lonely(odd: Odd) -> object:
    people = [(*row, 1 if row[0] > 2 else 2, row[0] // 4 if row[0] > 2 else 999) for row in rows()]
    return odd.make(people=table(people, "id,sex,trust,weight,stratum,psu"), design=SAMPLE)


def _scale(odd: Odd) -> object:
    numbers = ("trust: {from: trust, type: number}", VARIABLES[1])
    odd.make(variables=numbers).people(lambda at, row: [*row[:2], at % 11, row[3]])
    made = indicator("Cijfer").replace("kind: proportion", "kind: mean").replace("share: [can]\n", "")
    return odd.put("indicators/trust.yaml", made + "scale: [0, 10]\nunit: {nl: cijfer, en: mark}\n")


def _all(odd: Odd) -> object:
    odd.waves("Meting", "Meting").themes("Wonen", "Wonen").indicators("Vertrouwen", "Vertrouwen")
    return odd.put("breakdowns/two.yaml", breakdown("A", "B", id_="two"))


def _pages(odd: Odd) -> object:
    for slug in ("one", "two"):
        for language in ("nl", "en"):
            odd.put(f"pages/{slug}.{language}.md", "# Over ons\n\nTekst.\n")
    return odd


def _marked(odd: Odd) -> None:
    for path in odd.folder.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))


def _english(odd: Odd) -> None:
    for path in odd.folder.rglob("*.yaml"):
        content = path.read_text("utf-8").replace("[nl, en]", "[en]")
        for found in ("m", "p", "l", "c", "t", "x", "s", "w", "trust"):
            content = content.replace(f"{{nl: {found}, en: {found}}}", f"{{en: {found}}}")
        content = content.replace('{nl: "2026", en: "2026"}', '{en: "2026"}')
        for name in ("Geslacht", "Vrouwen", "Mannen"):
            content = content.replace(text(name), f'{{"en": "{name}"}}')
        path.write_text(content, "utf-8")


LONG = (
    "Mensen die in de afgelopen tien jaar naar Nederland kwamen om te werken, te studeren of bij hun gezin "
    "te gaan wonen, of allebei"
)
CASES: dict[str, Callable[[Odd], object]] = {
    "same-indicators": lambda odd: odd.indicators("Vertrouwen", "Vertrouwen"),
    "same-in-one-language": lambda odd: odd.indicators(
        {"nl": "Vertrouwen in mensen", "en": "Trust"}, {"nl": "Vertrouwen in de politiek", "en": "Trust"}
    ),
    "same-breakdowns": lambda odd: odd.put("breakdowns/two.yaml", breakdown("A", "B", id_="two")),
    "same-categories": lambda odd: odd.groups("Overig", "Overig"),
    "same-waves": lambda odd: odd.waves("Meting", "Meting"),
    "same-themes": lambda odd: odd.themes("Wonen", "Wonen"),
    "case-apart": lambda odd: odd.indicators("Vertrouwen in de EU", "Vertrouwen in de Eu"),
    "space-apart": lambda odd: odd.groups("Anders", "Anders "),
    "form-apart": lambda odd: odd.themes("Caf\u00e9", "Cafe\u0301"),
    "hidden-apart": lambda odd: odd.indicators("Vertrouwen", "Ver\u00adtrouwen"),
    "three-alike": lambda odd: odd.indicators("Vertrouwen", "Vertrouwen", "Vertrouwen"),
    "all-at-once": _all,
    "short-alike": lambda odd: odd.groups("Mannen", "Jongens", extra=f", short: {text('M')}"),
    "same-pages": _pages,
    "other-in-both": lambda odd: odd.groups("Vrouwen", "Overig").put(
        "breakdowns/two.yaml", breakdown("Samen", "Overig", title="Huishouden", id_="two")
    ),
    "theme-as-indicator": lambda odd: odd.themes("Wonen").called("Wonen"),
    "across-languages": lambda odd: odd.indicators(
        {"nl": "Trust", "en": "Confidence"}, {"nl": "Vertrouwen", "en": "Trust"}
    ),
    "digits": lambda odd: odd.called("2024").groups("12", "34"),
    "punctuation": lambda odd: odd.called("???").groups("…", "—"),
    "invisible": lambda odd: odd.called("\u200b\u00ad"),
    "script": lambda odd: odd.groups("<script>alert(1)</script>", "</title><b>", "Anders"),
    "braces": lambda odd: odd.called("Vertrouwen {{ x }}").groups("{% raw %}", "{ggplot2}"),
    "path": lambda odd: odd.groups("../../etc/passwd", "C:\\con"),
    "backticks": lambda odd: odd.called("De `code` en **vet** en [link](https://x)").groups("`a`", "_b_"),
    "formula": lambda odd: odd.called("Met $y=mx+b$ erin").groups("$a$", "\\(b\\)"),
    "entity": lambda odd: odd.called("Werk &amp; inkomen & meer").groups("A&B", "A&amp;B"),
    "percent": lambda odd: odd.called("%s {n} {0} 100%").groups("%(x)s", "{groups}"),
    "sixty-letters": lambda odd: odd.called("Arbeidsmarktdiscriminatiebestrijdingsmaatregelenevaluatiejaar"),
    "long-label": lambda odd: odd.groups(LONG, f"Niet: {LONG}"),
    "forty": lambda odd: odd.groups(*(f"Groep {at}" for at in range(40))),
    "one-group": lambda odd: odd.groups("Allemaal"),
    "no-breakdown": lambda odd: (
        odd.put("indicators/trust.yaml", indicator("Vertrouwen", breakdowns="[total]")),
        (odd.folder / "breakdowns/sex.yaml").unlink(),
    ),
    "empty-theme": lambda odd: odd.themes("Leeg"),
    "one-language": lambda odd: odd.called({"nl": "Vertrouwen"}),
    "nobody": lambda odd: odd.make(people=table([])),
    "no-answers": lambda odd: odd.people(lambda at, row: [*row[:2], "", row[3]]),
    "five": lambda odd: odd.make(people=table(rows(5))),
    "all-zero": lambda odd: odd.people(lambda at, row: [*row[:2], 2, row[3]]),
    "equal-weights": _weights(lambda at: 1),
    "zero-weights": _weights(lambda at: 0 if at % 5 == 0 else 1.2),
    "no-weight": _weights(lambda at: 0),
    "negative-weight": _weights(lambda at: -1 if at == 7 else 1),
    "lonely": _lonely,
    "future-release": lambda odd: odd.swap("thuis.yaml", "released: 2026-11-28", "released: 2027-11-28"),
    "future-field": lambda odd: odd.swap(
        "waves/2026.yaml", "{start: 2026-01-01, end: 2026-12-31}", "{start: 2028-01-01, end: 2028-12-31}"
    ),
    "scale": _scale,
    "arabic": lambda odd: odd.called(ARABIC).groups(ARABIC, "Nederlands"),
    "hebrew": lambda odd: odd.called(HEBREW).groups(HEBREW, "Nederlands"),
    "tifinagh": lambda odd: odd.groups(TIFINAGH, "Nederlands"),
    "chinese": lambda odd: odd.groups("华裔", "Nederlands"),
    "emoji": lambda odd: odd.groups("👩🏽‍👧🏽 Gezin", "Nederlands"),
    "turned": lambda odd: odd.called("Vertrouwen \u202enedroh"),
    "lines": lambda odd: odd.called("Vertrouwen\nin de\n politiek"),
    "bom": _marked,
    "number-title": lambda odd: odd.swap(
        "indicators/trust.yaml", "title: {nl: trust, en: trust}", "title: {nl: 2024, en: t}"
    ),
    "compatible-forms": lambda odd: odd.groups("日本", "⽇本"),
    "sharp-s": lambda odd: odd.indicators("Straße", "STRASSE"),
    "wide-spaces": lambda odd: odd.put(
        "breakdowns/two.yaml", breakdown("A", "B", title="Jong\u00a0en oud", id_="two")
    ).put("breakdowns/three.yaml", breakdown("A", "B", title="Jong en oud", id_="three")),
    "spaces-inside": lambda odd: odd.waves("Eerste meting", "Eerste  meting"),
    "ethiopic": lambda odd: odd.groups("ትግርኛ", "Nederlands"),
    "persian-digits": lambda odd: odd.groups("گروه ۱۲ (Iran)", "Nederlands"),
    "vietnamese": lambda odd: odd.groups("Người Việt".encode().decode(), "Viê\u0323t"),
    "slashes": lambda odd: odd.called("A/B \\ C # D ? \"e\" 'f'").groups("a/b?c#d", "\"q\" 'r'"),
    "total-category": lambda odd: odd.groups("Totaal", "Anders"),
    "one-language-only": _english,
}
