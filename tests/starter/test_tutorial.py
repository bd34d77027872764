"""The tutorial, followed to the letter: what it shows is what is printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from thuis.cli import COMMANDS, thuis
from thuis.project import load_project


@pytest.fixture(scope="module")
def tutorial(root: Path) -> str:
    return (root / "docs" / "tutorial" / "first-monitor.md").read_text("utf-8")


def run(line: str) -> Result:
    return CliRunner().invoke(thuis, shlex.split(line.partition("#")[0])[1:])


def commands(tutorial: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", tutorial, re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line.startswith("thuis ")]


def test_every_command_and_option_exists(tutorial: str) -> None:
    shown = commands(tutorial)
    assert {line.split()[1] for line in shown} == {"init", "check", "build", "serve", "explain"}
    for line in [*shown, *re.findall(r"`(thuis [a-z]+ [^`]*)`", tutorial)]:
        name, *rest = shlex.split(line.partition("#")[0])[1:]
        assert name in COMMANDS
        said = CliRunner().invoke(thuis, [name, "--help"]).output
        assert all(each in said for each in rest if each.startswith("--")), line


def test_the_steps_without_a_file(tutorial: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, *rest = [line for line in commands(tutorial) if not re.search(r"--from|serve|\.sav", line)]
    assert first == "thuis init mymonitor"
    assert run(f"{first} --wave 2026").exit_code == 0
    shown = re.search(r"^mymonitor/\n(.*?)```", tutorial, re.DOTALL | re.MULTILINE)
    assert shown
    for name in re.findall(r"^  (\S+)", shown[1], re.MULTILINE):
        assert (tmp_path / "mymonitor" / name).is_file()
    for line in rest:
        result = run(line)
        assert result.exit_code == 0, (line, result.output)
    assert "equal to what is published" in result.output


def test_the_message_it_shows_is_the_message_printed(
    tutorial: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("thuis init mymonitor --wave 2026")
    path = tmp_path / "mymonitor" / "waves" / "2026.yaml"
    path.write_text(path.read_text("utf-8").replace('from: "trust"', 'from: "trsut"'), "utf-8")
    shown = re.search(r"```\n(waves/2026.*?)```", tutorial, re.DOTALL)
    assert shown
    result = run("thuis check mymonitor")
    assert (result.exit_code, result.output) == (2, shown[1])


def test_a_second_wave_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("thuis init mymonitor --wave 2026")
    folder = tmp_path / "mymonitor"
    wave = (folder / "waves" / "2026.yaml").read_text("utf-8")
    wave = wave.replace('"2026"', '"2028"')
    wave = re.sub("^field:.*$", "field: {start: 2028-01-01, end: 2028-03-31}", wave, flags=re.MULTILINE)
    (folder / "waves" / "2028.yaml").write_text(wave, "utf-8")
    settings = folder / "thuis.yaml"
    settings.write_text(
        re.sub(
            "^released:.*$",
            "released: 2028-06-01",
            settings.read_text("utf-8").replace('waves: ["2026"]', 'waves: ["2026", "2028"]'),
            flags=re.MULTILINE,
        ),
        "utf-8",
    )
    result = run("thuis check mymonitor")
    assert "the question of wave '2028' is missing" in result.output
    indicator = folder / "indicators" / "trust.yaml"
    text = indicator.read_text("utf-8").replace(
        "breakdowns:", '  "2028": {nl: "trust", en: "trust"}\nbreakdowns:'
    )
    indicator.write_text(text, "utf-8")
    assert [each.id for each in load_project(folder).waves] == ["2026", "2028"]
    assert run("thuis check mymonitor").exit_code == 0
