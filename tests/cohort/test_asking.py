"""Questions in SQL: what they may read, what they may take, and what they can never do."""

import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from here import POOL
from memory_store import MemoryStore
from sessions_folder import journal_text

from cadencecoach.cli.main import main
from cadencecoach.cohort.asking import Answer, Limits, answer_question, ask_tables, views_of
from cadencecoach.cohort.building import ALL_TABLES, build_cohort
from cadencecoach.cohort.questions import MEASURES, question_of
from cadencecoach.devices.background.answering import Answerer
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import BaselineTaken, CheckIn, Moment
from cadencecoach.record.profile import Profile

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
pytest.importorskip("duckdb", reason="questions need the extra [research]")
DAY, AT, NAME = date(2026, 3, 2), "2026-03-02T07:00:00Z", "anna"
WEEK = timedelta(days=7)
Ask = Callable[[str], Answer]
COUNT = "SELECT count(*) FROM sessions"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of one athlete with three sessions, and a secret beside them."""
    store = MemoryStore()
    store.write_profile(Profile(athlete=NAME))
    for n in range(3):
        day = DAY + n * WEEK
        text = journal_text(started=f"{day}T08:00:00Z", day=f"{day}", athlete=NAME)
        assert store.add_journal(f"{day}T080000Z-{NAME}", io.BytesIO(text.encode()))
        store.add_entries(NAME, CheckIn(at=AT, day=day, moment=Moment.AFTER, pain=3 * n))
    rough = BaselineTaken(at=AT, day=DAY, cadence_spm=190.0, taken_by="mic", error_spm=3.0)
    accepted = replace(rough, cadence_spm=170.0, accepted="seen on video")
    store.add_entries(NAME, BaselineTaken(at=AT, day=DAY, cadence_spm=164.0), rough, accepted)
    home = tmp_path_factory.mktemp("home")
    (home / "secret.csv").write_text("word\nsesame\n", encoding="utf-8")
    build_cohort(store, home / "study", POOL, for_research=False)
    return home / "study"


@pytest.fixture(scope="module")
def ask(folder: Path) -> Iterator[Ask]:
    """Asks in one process for all tests: each question bounds it anew."""
    answerer = Answerer(within_s=60.0)
    limits = Limits(within_s=60.0, memory_mb=200, most_rows=10)
    yield lambda sql: answerer.ask(answer_question, str(folder), views_of(folder, ALL_TABLES), sql, limits)
    answerer.close()


def test_an_answer_is_what_the_tables_say(ask: Ask) -> None:
    """In their own types: numbers are numbers, and what is not known is None."""
    answer = ask("SELECT athlete, day_offset, mean_cadence_spm, surface FROM sessions ORDER BY day_offset")
    assert answer.columns == ("athlete", "day_offset", "mean_cadence_spm", "surface")
    assert answer.rows == ((NAME, 0, 165.0, None), (NAME, 7, 165.0, None), (NAME, 14, 165.0, None))


def test_parquet_and_csv_give_one_answer(ask: Ask, folder: Path, tmp_path: Path) -> None:
    """Where only the CSV is there, its columns have the same types."""
    for name in ("sessions.csv", "checkins.csv", "dictionary.md"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    for sql in ("SELECT * FROM sessions ORDER BY session", "SELECT * FROM checkins ORDER BY entry"):
        assert ask_tables(tmp_path, ALL_TABLES, sql, Limits()) == ask(sql)


@pytest.mark.parametrize("measure", [one.name for one in MEASURES])
def test_each_measure_can_be_asked_by_week(ask: Ask, measure: str) -> None:
    """The engine takes each question of the table."""
    assert ask(question_of(measure, ["week"])).columns == ("week", measure, "n_rows")


def test_a_measure_by_week_is_the_mean_of_its_week(ask: Ask) -> None:
    """Pain by week, as it was said."""
    assert ask(question_of("pain", ["week"])).rows == ((1, 0.0, 1), (2, 3.0, 1), (3, 6.0, 1))


def test_a_coarse_baseline_that_nobody_accepted_is_in_no_mean(ask: Ask) -> None:
    """Neither of one athlete's own cadence nor of many."""
    assert ask(question_of("own_cadence_spm", ["athlete"])).rows == ((NAME, 167.0, 2),)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("COPY sessions TO '{folder}/out.csv'", "the question is COPY"),
        ("COPY sessions TO '{folder}/sessions.csv'", "the question is COPY"),
        ("EXPLAIN ANALYZE COPY (SELECT 1 WHERE false) TO '{folder}/sessions.csv' (HEADER false)", "is EXPLAIN"),
        ("EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1", "the question is EXPLAIN"),
        ("EXPLAIN SELECT 1", "the question is EXPLAIN"),
        ("ATTACH '{folder}/x.db'", "the question is ATTACH"),
        ("INSTALL httpfs", "the question is LOAD"),
        ("LOAD httpfs", "the question is LOAD"),
        ("EXPORT DATABASE '{folder}/e'", "the question is EXPORT"),
        ("SET memory_limit = '8GB'", "the question is SET"),
        ("CREATE TABLE t AS SELECT 1", "the question is CREATE"),
        ("PRAGMA database_list", "the question is PRAGMA"),
        ("CALL pragma_version()", "the question is CALL"),
        ("SELECT 1; COPY sessions TO '{folder}/out.csv'", "the question is SELECT, COPY"),
        ("", "the question is nothing"),
        ("-- nothing", "the question is nothing"),
        ("SELECT * FROM read_csv('{folder}/../secret.csv')", "Cannot access file"),
        ("SELECT * FROM '{folder}/../secret.csv'", "Cannot access file"),
        ("SELECT * FROM read_text('/etc/hostname')", "Cannot access file"),
        ("SELECT * FROM read_blob('{folder}/../*')", "Cannot access file"),
        ("SELECT * FROM glob('/etc/*')", "Cannot access file"),
        ("SELECT * FROM read_parquet('https://example.org/x.parquet')", "Cannot access file"),
        ("SELECT * FROM read_csv('{folder}/series/../../secret.csv')", "Cannot access file"),
        ("SELECT * FROM read_csv('file:///etc/hostname')", "Cannot access file"),
        ("SELECT * FROM sniff_csv('/etc/hostname')", "Cannot access file"),
        ("SELECT * FROM parquet_metadata('{folder}/../x.parquet')", "Cannot access file"),
        ("SELECT * FROM query('SELECT * FROM read_text(''/etc/hostname'')')", "Cannot access file"),
        ("SELECT * FROM duckdb_secrets()", "Cannot access directory"),
        ("SELECT * FROM duckdb_extensions()", "Cannot access directory"),
        ("SELECT * FROM postgres_scan('a', 'b', 'c')", "does not exist"),
        ("PREPARE p AS SELECT 1", "the question is PREPARE"),
        ("CREATE SECRET (TYPE s3)", "the question is CREATE"),
        ("RESET memory_limit", "the question is SET"),
        ("SELECT * FROM query('COPY sessions TO ''{folder}/o.csv''')", "Expected a single SELECT"),
        ("SELECT nonsense FROM sessions", 'Referenced column "nonsense"'),
        ("SELEC 1", "syntax error"),
        ("SELECT list(range) FROM range(1000000000)", "the question took more than 200 MB of memory; ask for less"),
    ],
)
def test_a_question_reads_these_tables_and_does_nothing_else(ask: Ask, folder: Path, sql: str, told: str) -> None:
    """Each is refused in one line, and the folder is as it was."""
    before = {one: one.stat().st_mtime_ns for one in folder.rglob("*")}
    with pytest.raises(UsageError) as caught:
        ask(sql.format(folder=folder))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert {one: one.stat().st_mtime_ns for one in folder.rglob("*")} == before
    assert ask(COUNT).rows == ((3,),)


@pytest.mark.parametrize(
    "endless",
    [
        "SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
    ],
)
def test_an_endless_question_is_ended(folder: Path, endless: str) -> None:
    """After the seconds it was allowed; the process is gone."""
    with pytest.raises(
        UsageError, match=r"^the question was ended after 1 s; ask for less, or allow more with --within$"
    ):
        ask_tables(folder, ALL_TABLES, endless, Limits(within_s=1.0))


def test_an_answer_is_cut_at_its_rows_and_letters(ask: Ask) -> None:
    """At, below and above: more rows than are told are left out, and that is said."""
    for n, is_cut in ((9, False), (10, False), (11, True)):
        answer = ask(f"SELECT range FROM range({n})")  # noqa: S608
        assert (len(answer.rows), answer.is_cut) == (min(n, 10), is_cut)
    assert len(str(ask("SELECT repeat('x', 3000)").rows[0][0])) == 2000


def test_the_command_answers_in_a_table_as_json_and_in_a_picture(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """By measure and group; a folder that is none, and a question that is neither, are told."""
    picture = tmp_path / "pain.svg"
    assert main(["cohort", "query", str(folder), "--measure", "pain", "--by", "week", "--svg", str(picture)]) == 0
    lines = ["week  pain  n_rows", "   1     0       1", "   2     3       1", "   3     6       1", "(3 rows)"]
    assert capfd.readouterr().out.splitlines() == lines
    assert "<svg" in picture.read_text(encoding="utf-8")
    assert main(["cohort", "query", str(folder), COUNT, "--json"]) == 0
    assert json.loads(capfd.readouterr().out) == [{"count_star()": 3}]
    assert main(["cohort", "query", str(tmp_path), COUNT]) == 2
    assert f"{tmp_path.name}: no research tables" in capfd.readouterr().err.replace(os.linesep, " ")
    assert main(["cohort", "query", str(folder)]) == 2
    assert "either SQL or --measure NAME" in capfd.readouterr().err
