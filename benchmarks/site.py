"""Pages per second of the public site, what they weigh, and one chart against matplotlib in the same run.

python benchmarks/site.py [INDICATORS]

Times are processor seconds of this process, so that other work on the machine counts little; the wall time
stands beside them. The search index is made by a program of its own: only its wall time says something.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "tests"), str(Path(__file__).parent)]

from weight import tell

from support.monitor import INDICATORS, data_folder
from thuis.contract.figure import Figure
from thuis.contract.folder import read_folder
from thuis.site.build import build_site
from thuis.site.charts.bars import bars
from thuis.site.charts.scale import bar_scale
from thuis.site.page import Page
from thuis.site.pages import PAGE_TYPES
from thuis.site.render import Renderer, environment
from thuis.site.search import index
from thuis.site.voice import Voice

CHARTS = 200


def timed(name: str, work: Callable[[], object], count: int, unit: str) -> float:
    """Run once, print the seconds and the rate, return the processor seconds."""
    wall, started = time.perf_counter(), time.process_time()
    work()
    spent, passed = time.process_time() - started, time.perf_counter() - wall
    rate = f"{count / (spent if spent > passed / 10 else passed):9,.0f} {unit}/s"
    print(f"{name:<44} {spent:7.2f} s processor {passed:7.2f} s wall {rate}", flush=True)
    return spent


def ours(figure: Figure) -> str:
    """One table-as-chart with intervals, from values to HTML."""
    voice = Voice("en")
    chart = bars(figure, "2020", bar_scale([figure]), voice)
    macro = environment().get_template("charts/bars.html").make_module({}).table  # type: ignore[attr-defined]
    return str(macro(chart, "caption", "group", "%", "95%", voice.t))


def matplotlib_svg(figure: Figure) -> str:
    """The same values as bars with error bars, to SVG with its text kept as text."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.fonttype"] = "none"
    from matplotlib import pyplot as plt

    cells = [cell for cell in figure.of_wave("2020") if cell.status == "published"]
    values = [cell.estimate or 0.0 for cell in cells]
    below = [(c.estimate or 0.0) - (c.lower or 0.0) for c in cells]
    above = [(c.upper or 0.0) - (c.estimate or 0.0) for c in cells]
    drawing, axes = plt.subplots(figsize=(6, 4))
    axes.barh([" ".join(cell.key) for cell in cells], values, xerr=[below, above])
    out = io.StringIO()
    drawing.savefig(out, format="svg")
    plt.close(drawing)
    return out.getvalue()


def charts(figure: Figure) -> None:
    """Seconds per chart, ours and matplotlib's, after one of each to warm up."""
    ours(figure)
    base = timed(f"{CHARTS} charts, thuis", lambda: [ours(figure) for _ in range(CHARTS)], CHARTS, "charts")
    try:
        matplotlib_svg(figure)
    except ImportError:
        print("matplotlib is not installed; no comparison")
        return
    few = CHARTS // 10
    other = timed(
        f"{few} charts, matplotlib", lambda: [matplotlib_svg(figure) for _ in range(few)], few, "charts"
    )
    print(f"{'one chart: matplotlib / thuis':<44} {other / few / (base / CHARTS):7.0f} x")


def main(indicators: int) -> None:
    """A monitor of so many indicators, each with a total, two breakdowns and a crossing, four waves."""
    spec = INDICATORS["discrimination-at-work"]
    chosen = {f"indicator-{number}": spec for number in range(indicators)}
    with tempfile.TemporaryDirectory() as name:
        public = Path(name)
        folder = data_folder(public / "data", indicators=chosen, optional=True)
        data = read_folder(folder)
        voices = [Voice(language) for language in data.languages]
        pages: list[tuple[Page, Voice]] = []
        timed("read the data folder", lambda: read_folder(folder), len(list(folder.rglob("*.json"))), "files")
        timed(
            "views: from figures to pages",
            lambda: pages.extend((page, v) for v in voices for kind in PAGE_TYPES for page in kind(data, v)),
            2 * (indicators + 40),
            "pages",
        )
        count = len(pages)
        timed(
            "templates: from pages to HTML",
            lambda: [Renderer(data, v).page(p, data, "") for p, v in pages],
            count,
            "pages",
        )
        timed(
            "whole build, every page checked",
            lambda: build_site(folder, public, search=False),
            count,
            "pages",
        )
        timed("again, nothing changed", lambda: build_site(folder, public, search=False), count, "pages")
        found = [path.relative_to(public).as_posix() for path in public.rglob("index.html")]
        timed("search index (Pagefind)", lambda: index(public, found), count, "pages")
        size = sum(path.stat().st_size for path in public.rglob("*.html"))
        print(f"{count} pages, {size / count / 1000:.0f} kB each before compression")
        tell(public)
        charts(data.indicators[0].figures[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
