"""The command line itself: usage, words for what is wrong, exit codes, and consoles of all sorts."""

from __future__ import annotations

import errno
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from okrsync import __version__, cli
from okrsync.commands import bugs
from okrsync.commands.manual import manual
from okrsync.commands.terminal import Terminal
from okrsync.errors import WorkbookError

COMMANDS_MD = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder without a config."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_version_is_said(capsys: Captured) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"okrsync {__version__}\n"


def test_help_names_every_command(capsys: Captured) -> None:
    assert cli.main(["--help"]) == 0

    shown = capsys.readouterr().out
    assert {name.split()[0] for name in cli.COMMANDS} <= set(re.findall(r"^    (\w+) ", shown, flags=re.M))


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help(command: str, capsys: Captured) -> None:
    assert cli.main([*command.split(), "--help"]) == 0
    assert f"usage: okrsync {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "which command? There are: demo, init, read, parse, sync"),
        (["snyc"], "there is no command 'snyc'. Did you mean 'sync'?"),
        (["okrs.xlsx"], "there is no command 'okrs.xlsx'. To read a workbook: okrsync read okrs.xlsx"),
        (["inti", "a.xlsx"], "there is no command 'inti'"),
        (
            ["prase", "Grow"],
            "use one of: demo, init, read, parse, sync, audit, undo, nightly, checks, explain, mapping, config",
        ),
        (["read", "--jsn"], "unrecognized arguments: --jsn"),
        (["read", "--js"], "unrecognized arguments: --js"),
        (["read", "--today", "20.11.2026"], '"20.11.2026" is no day; write it as 2026-11-20'),
        (["read", "--fail-on", "info"], "invalid choice: 'info'"),
        (["read", "-q", "-v"], "not allowed with argument"),
        (["config"], "the following arguments are required: COMMAND"),
        (["read"], "no workbook is named, and there is no config.toml here"),
        (["read", "none.xlsx"], "none.xlsx: there is no such file or folder"),
        (["read", "--mapping", "m.toml"], "is for one workbook, and none is named"),
        (["read", "-c", "none.toml", "a.xlsx"], "none.toml: there is no such file"),
        (["audit", "-o", "report.html", "a.xlsx"], "reports as .html are not made by this version; they come with the"),
        (["audit", "-o", "report", "a.xlsx"], "reports as no ending"),
        (["nightly"], "nightly syncs the sources of a config, and there is none here"),
        (["config", "check"], "config.toml: there is no such file here"),
    ],
)
def test_wrong_usage_is_said_with_a_fix(argv: list[str], words: str, capsys: Captured) -> None:
    assert cli.main(argv) == 2

    shown = capsys.readouterr()
    assert words in shown.err
    assert "Fix: " in shown.err


def test_a_missing_source_in_json_is_a_failure(capsys: Captured) -> None:
    assert cli.main(["read", "--json", "none.xlsx"]) == 2

    printed = json.loads(capsys.readouterr().out)
    assert printed["objectives"] == []
    assert printed["failures"][0]["where"] == "none.xlsx"


def test_a_config_without_sources_has_nothing_to_work_on(here: Path, capsys: Captured) -> None:
    (here / "config.toml").write_text("")

    assert cli.main(["sync"]) == 2
    assert "config.toml: lists no [[source]]" in capsys.readouterr().err


def test_a_faulty_config_stops_the_run(here: Path, capsys: Captured) -> None:
    (here / "config.toml").write_text("[scoring]\nmising = 1\n")

    assert cli.main(["read", "a.xlsx"]) == 2
    assert 'Did you mean "missing"?' in capsys.readouterr().err


def test_the_example_config_is_printed(here: Path, capsys: Captured) -> None:
    assert cli.main(["config", "example"]) == 0

    (here / "config.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert cli.main(["config", "check"]) == 0


def test_config_check_lists_the_workbooks_it_means(here: Path, capsys: Captured) -> None:
    (here / "okrs").mkdir()
    (here / "okrs" / "a.xlsx").write_bytes(b"")
    (here / "config.toml").write_text('[[source]]\npath = "okrs"\n')

    assert cli.main(["config", "check"]) == 0
    assert capsys.readouterr().out == (
        f"config.toml: every setting can be used\n1 workbook to read:\n  {Path('okrs') / 'a.xlsx'}\n"
    )


def test_config_check_names_sources_and_mappings_that_are_not_there(here: Path, capsys: Captured) -> None:
    (here / "a.xlsx").write_bytes(b"")
    (here / "config.toml").write_text('[[source]]\npath = "a.xlsx"\nmapping = "m.toml"\n[[source]]\npath = "b.xlsx"\n')

    assert cli.main(["config", "check"]) == 2

    shown = capsys.readouterr()
    assert "b.xlsx: there is no such file" in shown.err
    assert "m.toml: there is no such mapping file" in shown.err
    assert "every setting can be used" not in shown.out


def test_a_nightly_time_that_is_none_is_refused(here: Path, capsys: Captured) -> None:
    (here / "config.toml").write_text('[[source]]\npath = "a.xlsx"\n')

    assert cli.main(["nightly", "--at", "2am"]) == 2
    assert '"2am" is no time of day' in capsys.readouterr().err


def run_as(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    """The exit code of a command that ends in `error`."""

    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "COMMANDS", {"checks": fail})
    return cli.main(["checks"])


def test_a_bug_leaves_a_log_without_what_a_sheet_holds(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(here))
    bug = ValueError("could not read 'salary of Ana'")
    bug.__cause__ = KeyError("salary of Ben")

    assert run_as(monkeypatch, bug) == 3

    shown = capsys.readouterr().err
    (log,) = here.glob("okrsync-bug-*.log")
    text = log.read_text(encoding="utf-8")
    assert str(log) in shown
    assert shown.count("\n") == 1
    assert "ValueError" in text
    assert "KeyError" in text
    assert f"okrsync {__version__}, command: checks" in text
    assert "in fail" in text
    assert "salary" not in text + shown


def test_a_bug_that_cannot_be_logged_is_still_said_to_be_one(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(here / "gone"))

    assert run_as(monkeypatch, ValueError()) == 3
    assert "its log could not be written" in capsys.readouterr().err


def test_a_library_that_is_missing_is_named_so_in_the_log() -> None:
    assert bugs._version("no-such-library") == "missing"


def test_an_interruption_has_its_own_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    assert run_as(monkeypatch, KeyboardInterrupt()) == 130
    assert "interrupted" in capsys.readouterr().err


def test_an_error_in_words_is_shown_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    assert run_as(monkeypatch, WorkbookError("a.xlsx", "is \x1b[2J locked", "close it")) == 2
    assert capsys.readouterr().err == "a.xlsx: is  [2J locked\n  Fix: close it\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = "import sys; from okrsync.cli import main; sys.exit(main(['config', 'example']))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()

    assert (process.returncode, errors) == (0, b"")


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "okrsync", "--version"], capture_output=True, text=True)

    assert done.stdout == f"okrsync {__version__}\n"


@pytest.mark.parametrize("argv", [["--help"], ["--version"], ["config", "--help"]])
def test_starting_up_imports_nothing_heavy(argv: list[str]) -> None:
    code = (
        "import sys; from okrsync.cli import main; main(sys.argv[1:]); "
        "heavy = {'pydantic', 'rich', 'openpyxl', 'python_calamine', 'xlsxwriter', 'pandas', 'rapidfuzz'}; "
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, text=True)

    assert done.stdout.splitlines()[-1] == ""


class Console(io.TextIOWrapper):
    """A console of an old code page, as a terminal or as a pipe."""

    def __init__(self, encoding: str, *, tty: bool) -> None:
        self.written = io.BytesIO()
        self._tty = tty
        super().__init__(self.written, encoding=encoding, newline="\n", write_through=True)

    def isatty(self) -> bool:
        return self._tty

    def shown(self) -> str:
        return self.written.getvalue().decode(self.encoding)


def terminal(encoding: str = "utf-8", *, tty: bool = False, **environ: str) -> tuple[Terminal, Console, Console]:
    out, err = Console(encoding, tty=tty), Console(encoding, tty=tty)
    return Terminal(out, err, environ), out, err


def test_a_console_of_an_old_code_page_shows_question_marks_and_does_not_crash() -> None:
    shown, out, err = terminal("cp1252")

    shown.show("目标 → café")
    shown.warn("目标")
    assert out.shown() == "?? ? café\n"
    assert err.shown() == "??\n"


def test_json_survives_an_old_code_page() -> None:
    shown, out, _ = terminal("cp1252")

    shown.json(json.dumps({"title": "目标 🚢 café"}, ensure_ascii=False))
    assert json.loads(out.shown()) == {"title": "目标 🚢 café"}


def test_reports_are_plain_where_nobody_watches() -> None:
    look = terminal()[0].look()

    assert (look.colour, look.width, look.unicode, look.rows) == (False, 120, True, 2_000)


def test_verbose_reports_hold_everything() -> None:
    shown, _, _ = terminal()
    shown.verbosity = 1

    assert shown.look().rows is None


def test_reports_are_coloured_on_a_terminal_unless_asked_not_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")

    assert terminal(tty=True)[0].look().colour
    assert terminal(tty=True)[0].look().width == 90
    assert not terminal(tty=True, NO_COLOR="1")[0].look().colour
    assert not terminal(tty=True, TERM="dumb")[0].look().colour
    assert not terminal("cp437", tty=True)[0].look().unicode


def test_progress_is_a_line_per_workbook_where_nobody_watches() -> None:
    shown, _, err = terminal()

    shown.progress("a.xlsx", 0, 2)
    shown.progress("b\x1b.xlsx", 1, 2)
    assert err.shown() == "[1/2] a.xlsx\n[2/2] b .xlsx\n"


def test_progress_is_one_bar_on_a_terminal_and_gone_before_the_next_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    shown, out, err = terminal(tty=True)

    shown.progress("a.xlsx", 0, 2)
    shown.progress("b.xlsx", 1, 2)
    shown.show("done")
    bars = err.shown().split("\r")
    assert bars[1].rstrip() == "[........................] 1/2 a.xlsx"
    assert bars[2].rstrip() == "[############............] 2/2 b.xlsx"
    assert bars[-1] == ""
    assert out.shown() == "done\n"


def test_one_workbook_needs_no_progress() -> None:
    shown, _, err = terminal()

    shown.progress("a.xlsx", 0, 1)
    assert err.shown() == ""


def test_quiet_leaves_only_what_must_be_said() -> None:
    shown, _, err = terminal()
    shown.verbosity = -1

    shown.progress("a.xlsx", 0, 2)
    shown.note("skipped")
    shown.error(WorkbookError("a.xlsx", "is locked", "close it"))
    assert err.shown() == "a.xlsx: is locked\n  Fix: close it\n"


def test_a_lost_standard_error_does_not_stop_the_work() -> None:
    shown, out, err = terminal()
    err.close()

    shown.warn("nobody hears this")
    shown.show("but this")
    assert out.shown() == "but this\n"


def test_the_commands_in_the_documentation_are_those_of_the_parsers(update_golden: bool) -> None:
    text = COMMANDS_MD.read_text(encoding="utf-8")
    generated = re.sub(
        r"(<!-- commands -->\n).*?(<!-- /commands -->)", lambda m: m[1] + manual() + m[2], text, flags=re.S
    )
    if update_golden:
        COMMANDS_MD.write_text(generated, encoding="utf-8", newline="\n")
        text = generated

    assert text == generated


def test_a_language_that_okrsync_does_not_write_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "okrs.csv"
    book.write_text("Objective,Key result,Target\nGrow,Sell 5,5\n", encoding="utf-8")

    assert cli.main(["sync", str(book), "--output-lang", "klingon"]) == 2
    assert 'okrsync does not write "klingon" (it writes: en, zh)' in capsys.readouterr().err


def test_a_full_disk_under_standard_output_is_no_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("sys.stdout", Full())

    assert cli.main(["checks"]) == 2
