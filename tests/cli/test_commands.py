"""The commands as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from thuis import crew
from thuis.cli import main, thuis


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(thuis, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def test_from_nothing_to_a_number(tmp_path: Path) -> None:
    folder = str(tmp_path / "monitor")
    code, said = run("init", folder)
    assert code == 0
    assert f"thuis check {folder}" in said
    assert run("check", folder)[0] == 0
    code, said = run("build", folder, "--data-only", "--json")
    assert code == 0
    assert json.loads(said)["figures"] == 4
    code, said = run("explain", "trust/sex", "--project", folder)
    assert code == 0
    assert said.count("equal to what is published") == 2


def test_check_lists_every_problem_and_leaves_with_2(project: Path) -> None:
    path = project / "indicators" / "trust.yaml"
    path.write_text(path.read_text("utf-8").replace("polarity:", "polarty:"), "utf-8")
    code, said = run("check", str(project))
    assert code == 2
    assert "polarty" in said
    code, said = run("check", str(project), "--json")
    assert code == 2
    problems = json.loads(said)["problems"]
    assert problems[0]["file"] == "indicators/trust.yaml"
    assert problems[0]["line"] > 0


def test_check_shows_the_codebook_and_the_schema(project: Path) -> None:
    code, said = run("check", str(project), "--codebook")
    assert code == 0
    assert "set aside" in said
    code, said = run("check", "--schema", "waves")
    assert code == 0
    assert "variables" in json.loads(said)["properties"]


def test_check_finds_alone_what_it_finds_with_a_process_beside(
    project: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = (root / "examples" / "nederland" / "grant-schemes.csv").read_text("utf-8")
    for wrong in (False, True):
        told = table.replace("title", "titel") if wrong else table
        (project / "grant-schemes.csv").write_text(told, "utf-8")
        found = []
        for processes in "21":
            monkeypatch.setenv("THUIS_PROCESSES", processes)
            found.append(run("check", str(project)))
            assert crew.helpers_running() == int(processes) - 1
            crew.close()
        assert found[0] == found[1]
        assert (found[0][0], "titel" in found[0][1]) == (2 * wrong, wrong)


def test_check_writes_nothing(project: Path) -> None:
    before = sorted(project.rglob("*"))
    run("check", str(project))
    assert sorted(project.rglob("*")) == before


def test_init_overwrites_nothing(project: Path) -> None:
    code, said = run("init", str(project))
    assert code == 2
    assert "not empty" in said


def test_init_from_a_file_without_the_columns_named(project: Path, tmp_path: Path) -> None:
    source = project / "data" / "example.csv"
    code, said = run(
        "init", str(tmp_path / "new"), "--from", str(source), "--by", "sxe", "--weight", "wieght"
    )
    assert code == 2
    assert "did you mean 'sex'" in said
    assert "did you mean 'weight'" in said
    assert not (tmp_path / "new").exists()


def test_a_mistyped_command_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["thuis", "chekc"])
    with pytest.raises(SystemExit):
        main()
    assert "Did you mean 'check'?" in capsys.readouterr().err


def test_what_the_machine_refuses_is_a_message(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / ".thuis").write_text("a file where a folder must be", "utf-8")
    monkeypatch.setattr("sys.argv", ["thuis", "build", str(project)])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_has_help() -> None:
    for name in ("init", "check", "build", "serve", "explain", "release"):
        code, said = run(name, "--help")
        assert code == 0
        assert "Usage" in said


def test_a_folder_with_spaces_is_quoted_in_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "mijn één map"
    assert run("init", str(folder))[1].splitlines()[-1].count(f"'{folder}'") == 2
    assert run("check", str(folder))[0] == 0
    assert "'/nowhere at all'" in run("check", "/nowhere at all")[1]


@pytest.mark.parametrize("form", [["--json"], []])
@pytest.mark.parametrize("command", ["check", "build", "explain", "release"])
def test_every_command_tells_a_fault_for_a_person_and_for_a_machine(
    tmp_path: Path, command: str, form: list[str]
) -> None:
    figure = ["trust/sex", "--project"] if command == "explain" else []
    result = CliRunner().invoke(thuis, [command, *figure, str(tmp_path / "nothing"), *form])
    assert result.exit_code == 2
    if form:
        assert json.loads(result.stdout)["problems"]
    else:
        assert result.stdout == ""
        assert result.stderr


def test_what_the_machine_refuses_is_a_sentence(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "public")

    monkeypatch.setattr("thuis.monitor.pipeline.build", full)
    result = CliRunner().invoke(thuis, ["build", str(project)])
    assert (result.exit_code, result.stderr) == (2, "public: no space left on device\n")
