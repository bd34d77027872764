"""``thuis serve``: look at the monitor while you write it."""

from __future__ import annotations

from pathlib import Path

import click

from thuis.cli.options import PROJECT
from thuis.errors import ThuisError


@click.command("serve")
@PROJECT
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port.")
@click.option("--name", "names", multiple=True, help="A host name to answer to; may be repeated.")
@click.option("--watch/--no-watch", default=True, help="Rebuild and reload when the project changes.")
@click.option(
    "--handover",
    is_flag=True,
    help="Also the book of tables, reports and the like, once pages are served.",
)
def command(folder: Path, host: str, port: int, names: tuple[str, ...], watch: bool, handover: bool) -> None:
    """Serve the monitor of FOLDER on this machine; build it first when its pages are older than it."""
    try:
        from thuis.serve.preview import Preview
        from thuis.serve.run import Builds, check_port, is_older, serve
    except ModuleNotFoundError as error:
        raise ThuisError(f"serving needs {error.name}", step="pip install 'thuis[serve]'") from error
    from thuis.monitor.pipeline import Turn, build

    def pages(looked: Preview) -> object:
        return build(folder, turn=Turn.PAGES, looked=looked)

    def whole(looked: Preview) -> object:
        return build(folder, handover=handover, turn=Turn.REST, say=looked.go_on, looked=looked)

    public = folder / "public"
    check_port(host, port)
    if is_older(public, folder):
        click.echo("building first")
        build(folder)
    serve(
        folder,
        public,
        host=host,
        port=port,
        builds=Builds((pages, whole) if watch else (), whole if handover else None),
        say=click.echo,
        names=names,
    )
