"""The commands over the whole flow, on small workbooks drawn as text."""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any  # JSON as it comes

import pytest
import xlsxwriter

from okrsync.cli import main
from okrsync.demo import write_demo

Captured = pytest.CaptureFixture[str]
TODAY = ("--today", "2026-11-20")
SHIPPING = """
    Objective   | Key result                              | Owner | Baseline | Target | Current | Due
    Ship faster | Shorten deploys from 45 to 30 minutes   | Ana   | 45       | 30     | 38      | 2026-12-31
    Ship faster | Raise weekly releases from 2 to 10      | Ben   | 2        | 10     | 3       | 2026-12-31
"""
UNREADABLE = """
    Objective   | Key result                              | Owner | Baseline | Target | Current
    Ship faster | Shorten deploys from 45 to 30 minutes   | Ana   | 45       | 30     | 38
    Ship faster | Raise weekly releases from 2 to 10      | Ben   | 2        | 10     | abt three
"""
NO_OKRS = """
    Item  | Price
    Bread | 3
    Milk  | 2
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder without a config."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def workbook(path: Path, drawn: str, sheet: str = "2026-Q4") -> Path:
    """A workbook with one sheet as drawn; what looks like a number is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for row, line in enumerate(drawn.strip().splitlines()):
            for column, text in enumerate(cell.strip() for cell in line.split("|")):
                page.write(row, column, float(text) if text.isdigit() else text)
    return path


def printed(capsys: Captured) -> Any:
    return json.loads(capsys.readouterr().out)


def test_read_shows_where_every_key_result_stands(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["read", "team.xlsx", *TODAY]) == 0

    shown = capsys.readouterr()
    assert "team.xlsx · '2026-Q4'" in shown.out
    assert "45 → 30" in shown.out
    assert "47 %" in shown.out
    assert "read 1 workbook in" in shown.err
    assert "1 objective, 2 key results" in shown.err


def test_read_in_json_is_for_programs(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["read", "team.xlsx", "--json", *TODAY]) == 0

    (objective,) = printed(capsys)["objectives"]
    deploys, releases = objective["key_results"]
    assert (objective["title"], objective["cycle"], objective["at"]) == (
        "Ship faster",
        "2026-Q4",
        "team.xlsx!'2026-Q4'!A2",
    )
    assert (deploys["baseline"], deploys["target"], deploys["current"], deploys["kind"]) == (45, 30, 38, "decrease")
    assert (deploys["progress"], deploys["computed_status"]) == (0.466667, "on track")
    assert (releases["progress"], releases["computed_status"]) == (0.125, "off track")


def test_a_single_source_without_okrs_is_exit_code_2_and_an_empty_list(here: Path, capsys: Captured) -> None:
    workbook(here / "shop.xlsx", NO_OKRS, "Prices")

    assert main(["read", "shop.xlsx", "--json", *TODAY]) == 2

    shown = capsys.readouterr()
    assert json.loads(shown.out)["objectives"] == []
    assert "shop.xlsx: no OKRs found: no header row" in shown.err
    assert "Fix: " in shown.err


def test_a_workbook_without_okrs_in_a_folder_is_skipped_with_a_line(here: Path, capsys: Captured) -> None:
    workbook(here / "q4" / "shop.xlsx", NO_OKRS, "Prices")
    workbook(here / "q4" / "team.xlsx", SHIPPING)

    assert main(["read", "q4", *TODAY]) == 0
    assert "shop.xlsx" in capsys.readouterr().err


def test_a_bad_workbook_stops_only_itself(here: Path, capsys: Captured) -> None:
    (here / "bad.xlsx").write_bytes(b"no workbook at all")
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["sync", "bad.xlsx", "team.xlsx", *TODAY]) == 2

    shown = capsys.readouterr()
    assert "team.xlsx: made" in shown.out
    assert "bad.xlsx: " in shown.err
    assert "Fix: " in shown.err
    assert "1 failed" in shown.err


def test_csv_comes_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    csv = "Objective,Key result,Baseline,Target,Current\nShip faster,Raise releases from 2 to 10,2,10,6\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(csv.encode())))

    assert main(["read", "-", "--json", *TODAY]) == 0
    assert printed(capsys)["objectives"][0]["key_results"][0]["progress"] == 0.5


def test_sync_on_csv_is_refused_with_a_fix(here: Path, capsys: Captured) -> None:
    (here / "team.csv").write_text("Objective,Key result,Target,Current\nShip,Give 5 talks,5,2\n")

    assert main(["sync", "team.csv", *TODAY]) == 2
    assert "audit" in capsys.readouterr().err.partition("Fix: ")[2]


def test_the_second_sync_changes_nothing(here: Path, capsys: Captured) -> None:
    team = workbook(here / "team.xlsx", SHIPPING)
    assert main(["sync", "team.xlsx", *TODAY]) == 0
    once, when = team.read_bytes(), team.stat().st_mtime_ns
    assert "team.xlsx: made" in capsys.readouterr().out

    assert main(["sync", "team.xlsx", *TODAY]) == 0

    assert (team.read_bytes(), team.stat().st_mtime_ns) == (once, when)
    assert "team.xlsx: nothing to change" in capsys.readouterr().out


def test_a_dry_run_prints_the_edits_and_leaves_the_file(here: Path, capsys: Captured) -> None:
    team = workbook(here / "team.xlsx", SHIPPING)
    before = team.read_bytes()

    assert main(["sync", "team.xlsx", "--dry-run", *TODAY]) == 0

    shown = capsys.readouterr().out
    assert "'2026-Q4'!H2: blank → 0.466667" in shown
    assert "add our sheet" in shown
    assert team.read_bytes() == before
    assert not (here / ".okrsync").exists()


def test_sync_in_json_lists_its_edits(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["sync", "team.xlsx", "--json", *TODAY]) == 0

    made = printed(capsys)
    assert {"at": "team.xlsx!'2026-Q4'!H2", "before": None, "after": 0.466667} in made["edits"]
    assert made["failures"] == []


def test_a_verbose_sync_names_every_edit(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["sync", "team.xlsx", "-v", *TODAY]) == 0
    assert "'2026-Q4'!H2: blank → 0.466667" in capsys.readouterr().out


def test_a_quiet_sync_says_nothing_on_standard_error(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["sync", "team.xlsx", "-q", *TODAY]) == 0
    assert capsys.readouterr().err == ""


def test_audit_fails_on_errors_unless_told_otherwise(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", UNREADABLE)

    assert main(["audit", "team.xlsx", *TODAY]) == 1
    assert main(["audit", "team.xlsx", "--fail-on", "never", *TODAY]) == 0
    assert main(["read", "team.xlsx", *TODAY]) == 0
    assert main(["read", "team.xlsx", "--fail-on", "error", *TODAY]) == 1

    shown = capsys.readouterr().out
    assert '"abt three"' in shown
    assert "team.xlsx!'2026-Q4'!F3  IN001" in shown


def test_the_config_may_say_what_to_fail_on(here: Path) -> None:
    workbook(here / "team.xlsx", UNREADABLE)
    (here / "config.toml").write_text('[run]\nfail_on = "never"\n')

    assert main(["audit", "team.xlsx", *TODAY]) == 0


def test_audit_never_writes_into_the_workbook(here: Path) -> None:
    team = workbook(here / "team.xlsx", SHIPPING)
    before = team.read_bytes()

    main(["audit", "team.xlsx", "-v", *TODAY])

    assert team.read_bytes() == before
    assert [path.name for path in here.iterdir()] == ["team.xlsx"]


def test_audit_writes_its_report_as_json(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["audit", "team.xlsx", "--json", "-o", "report.json", *TODAY]) == 0
    assert json.loads((here / "report.json").read_text(encoding="utf-8")) == printed(capsys)


def test_a_report_that_cannot_be_written_is_exit_code_2(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["audit", "team.xlsx", "-o", "none/report.json", *TODAY]) == 2

    shown = capsys.readouterr()
    assert "Ship faster" in shown.out
    assert "report.json: cannot be written" in shown.err


def test_a_cycle_that_no_sheet_has_is_refused(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["read", "team.xlsx", "--cycle", "2019-Q1", *TODAY]) == 2
    assert 'no sheet has the cycle "2019-Q1"' in capsys.readouterr().err


def test_without_a_source_the_configs_are_read(here: Path, capsys: Captured) -> None:
    workbook(here / "conf" / "okrs" / "team.xlsx", SHIPPING)
    (here / "conf" / "config.toml").write_text('[[source]]\npath = "okrs/*.xlsx"\n')

    assert main(["read", "-c", "conf/config.toml", "--json", *TODAY]) == 0
    assert len(printed(capsys)["objectives"]) == 1


def test_several_workbooks_show_progress(here: Path, capsys: Captured) -> None:
    workbook(here / "a.xlsx", SHIPPING)
    workbook(here / "b.xlsx", SHIPPING)

    assert main(["read", "a.xlsx", "b.xlsx", *TODAY]) == 0
    assert "[1/2] a.xlsx\n[2/2] b.xlsx\n" in capsys.readouterr().err


def test_mapping_show_says_how_a_sheet_is_read(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["mapping", "show", "team.xlsx", *TODAY]) == 0

    shown = " ".join(capsys.readouterr().out.split())
    assert "team.xlsx '2026-Q4': one row per key result" in shown
    assert "header in row 1, rows 2 to 3" in shown
    assert 'key_result column B "Key result"' in shown


def test_a_mapping_shown_as_toml_reads_the_same_workbook(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)
    assert main(["mapping", "show", "team.xlsx", "--toml", *TODAY]) == 0
    (here / "team.toml").write_text(capsys.readouterr().out, encoding="utf-8")

    assert "last_row" not in (here / "team.toml").read_text(encoding="utf-8")  # rows added later are to be read
    assert main(["read", "team.xlsx", "--mapping", "team.toml", "--json", *TODAY]) == 0
    given = printed(capsys)
    assert main(["read", "team.xlsx", "--json", *TODAY]) == 0
    assert given == printed(capsys)


def test_a_workbook_the_config_maps_is_read_by_that_mapping_also_when_it_is_named(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)
    main(["mapping", "show", "team.xlsx", "--toml", *TODAY])
    mapping = capsys.readouterr().out
    for given, other in (('current = "column F"\n', ""), ('current = "Current"\n', ""), ('"column E"', '"column F"')):
        mapping = mapping.replace(given, other)
    (here / "team.toml").write_text(mapping.replace('"Target"', '"Current"'), encoding="utf-8")
    (here / "config.toml").write_text('[[source]]\npath = "team.xlsx"\nmapping = "team.toml"\n')

    assert main(["read", "./team.xlsx", "--json", *TODAY]) == 0
    assert printed(capsys)["objectives"][0]["key_results"][0]["target"] == 38


def test_undo_puts_back_what_sync_replaced(here: Path, capsys: Captured) -> None:
    team = workbook(here / "team.xlsx", SHIPPING)
    before = team.read_bytes()
    main(["sync", "team.xlsx", *TODAY])
    assert team.read_bytes() != before

    assert main(["undo", "team.xlsx"]) == 0

    assert team.read_bytes() == before
    assert "team.xlsx" in capsys.readouterr().out


def test_undo_without_a_source_takes_the_workbooks_that_have_backups_here(here: Path) -> None:
    team = workbook(here / "team.xlsx", SHIPPING)
    before = team.read_bytes()
    main(["sync", "team.xlsx", *TODAY])

    assert main(["undo"]) == 0
    assert team.read_bytes() == before


def test_undo_refuses_a_workbook_that_changed_since_unless_forced(here: Path, capsys: Captured) -> None:
    team = workbook(here / "team.xlsx", SHIPPING)
    before = team.read_bytes()
    main(["sync", "team.xlsx", *TODAY])
    workbook(team, UNREADABLE)
    changed = team.read_bytes()

    assert main(["undo", "team.xlsx"]) == 2
    assert team.read_bytes() == changed
    assert "--force" in capsys.readouterr().err
    assert main(["undo", "team.xlsx", "--force"]) == 0
    assert team.read_bytes() == before


def test_undo_lists_the_runs_that_can_be_taken_back(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)
    main(["sync", "team.xlsx", *TODAY])
    capsys.readouterr()

    assert main(["undo", "--list"]) == 0
    assert "team.xlsx" in capsys.readouterr().out


def the_run(capsys: Captured) -> str:
    """The id of the newest run listed."""
    capsys.readouterr()
    main(["undo", "--list"])
    return capsys.readouterr().out.split()[0]


def test_a_run_is_undone_by_its_id_in_every_workbook_it_wrote_to(here: Path, capsys: Captured) -> None:
    teams = [workbook(here / name, SHIPPING) for name in ("a.xlsx", "b.xlsx")]
    before = [team.read_bytes() for team in teams]
    main(["sync", "a.xlsx", "b.xlsx", *TODAY])

    assert main(["undo", the_run(capsys)]) == 0
    assert [team.read_bytes() for team in teams] == before


def test_a_run_that_is_not_kept_is_said_to_be_none(here: Path, capsys: Captured) -> None:
    assert main(["undo", "20200101-000000"]) == 2
    assert "run 20200101-000000: no such run is kept" in capsys.readouterr().err


def test_undo_over_a_folder_takes_the_workbooks_that_have_runs(here: Path, capsys: Captured) -> None:
    team = workbook(here / "q4" / "team.xlsx", SHIPPING)
    before = team.read_bytes()
    main(["sync", "q4", *TODAY])
    workbook(here / "q4" / "new.xlsx", SHIPPING)

    assert main(["undo", "q4"]) == 0
    assert team.read_bytes() == before
    assert main(["undo", "none.xlsx", "--list"]) == 2
    (here / "empty").mkdir()
    workbook(here / "empty" / "new.xlsx", SHIPPING)
    assert main(["undo", "empty"]) == 2
    assert main(["undo", "empty", "--list"]) == 2


def test_backups_in_the_configs_own_folder_are_found_again(here: Path, capsys: Captured) -> None:
    team = workbook(here / "okrs" / "team.xlsx", SHIPPING)
    before = team.read_bytes()
    (here / "config.toml").write_text('[backup]\ndir = "kept"\n[[source]]\npath = "okrs"\n')
    main(["sync", *TODAY])
    assert (here / "kept").is_dir()
    assert not (here / "okrs" / ".okrsync").exists()

    assert main(["undo", "--list"]) == 0
    assert "team.xlsx" in capsys.readouterr().out
    assert main(["undo"]) == 0
    assert team.read_bytes() == before


def test_without_a_source_only_the_newest_run_is_undone(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    first, second = workbook(here / "a.xlsx", SHIPPING), workbook(here / "b.xlsx", SHIPPING)
    before = second.read_bytes()
    for hour, name in ((8, "a.xlsx"), (9, "b.xlsx")):
        monkeypatch.setattr("okrsync.commands.okrs.clock", lambda hour=hour: datetime(2026, 11, 20, hour).astimezone())
        main(["sync", name, *TODAY])
    synced = first.read_bytes()

    assert main(["undo"]) == 0
    assert (first.read_bytes(), second.read_bytes()) == (synced, before)


def test_several_sources_without_any_okrs_are_exit_code_2(here: Path, capsys: Captured) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        workbook(here / name, NO_OKRS, "Prices")

    assert main(["read", "a.xlsx", "b.xlsx", *TODAY]) == 2
    assert "2 workbooks: no OKRs were found in any of them" in capsys.readouterr().err


def test_undo_where_nothing_was_written_says_so(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)

    assert main(["undo", "team.xlsx"]) == 2
    assert main(["undo"]) == 2
    assert capsys.readouterr().err.count("Fix: ") == 2


def test_nightly_once_syncs_the_configs_sources_and_logs_it(here: Path, capsys: Captured) -> None:
    workbook(here / "team.xlsx", SHIPPING)
    (here / "config.toml").write_text('[[source]]\npath = "team.xlsx"\n')

    assert main(["nightly", "--once", *TODAY]) == 0

    first, *_, last = capsys.readouterr().err.splitlines()
    assert first.endswith("sync started")
    assert last.endswith("sync ended with exit code 0")
    assert (here / ".okrsync").is_dir()


def test_nightly_runs_at_its_times_until_it_is_stopped(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (here / "config.toml").write_text('[nightly]\nat = ["03:15"]\n[[source]]\npath = "team.xlsx"\n')

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", stop)
    assert main(["nightly"]) == 130
    assert "nightly at 03:15; stop it with Ctrl-C" in capsys.readouterr().err


def test_checks_are_listed_and_explained(capsys: Captured) -> None:
    assert main(["checks"]) == 0
    assert "KR002  warning   no-baseline" in capsys.readouterr().out

    assert main(["explain", "kr002"]) == 0
    explained = capsys.readouterr().out
    assert main(["explain", "no-baseline"]) == 0
    assert capsys.readouterr().out == explained
    assert explained.startswith("KR002 no-baseline (warning)\n")
    assert "Fix: " in explained


def test_a_check_that_is_not_there_is_answered_with_the_nearest(capsys: Captured) -> None:
    assert main(["explain", "KR02"]) == 2
    assert "Did you mean KR002?" in capsys.readouterr().err


def test_config_check_knows_the_codes_of_the_checks(here: Path, capsys: Captured) -> None:
    (here / "config.toml").write_text('[checks]\nignore = { KR02 = "we know" }\n')

    assert main(["config", "check"]) == 2
    assert '[checks] ignore names "KR02", which is no check. Did you mean KR002?' in capsys.readouterr().err


def test_the_demo_shows_the_whole_flow(here: Path, capsys: Captured) -> None:
    assert main(["demo", "company", *TODAY]) == 0

    shown = capsys.readouterr()
    assert "company.xlsx" in shown.out
    assert "人力资源.xlsx: made" in shown.out
    assert "okrsync undo company --list" in shown.out
    assert main(["sync", "company", "--json", *TODAY]) == 0
    assert printed(capsys)["edits"] == []


def test_the_demo_company_has_something_of_everything(here: Path, capsys: Captured) -> None:
    write_demo(here / "company", date(2026, 11, 20))

    main(["read", "company", "--json", *TODAY])

    made = printed(capsys)
    statuses = {one["computed_status"] for objective in made["objectives"] for one in objective["key_results"]}
    assert {"achieved", "on track", "at risk", "off track", "no data", "stale"} <= statuses
    assert {finding["code"] for finding in made["findings"]} >= {"IN001", "KR001", "KR002", "AL001", "AL004"}
    assert {objective["level"] for objective in made["objectives"]} == {"company", "department", "team", "individual"}


def test_a_demo_into_a_folder_that_holds_something_is_refused(here: Path, capsys: Captured) -> None:
    (here / "mine.txt").write_text("mine")

    assert main(["demo", "."]) == 2
    assert "is not empty" in capsys.readouterr().err
