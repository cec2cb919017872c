import stat
import sys
from pathlib import Path

import pytest
from each_row import each_row
from made_sessions import A_SESSION, HEADER
from memory_store import MemoryStore

from cadencecoach.desk.history.exporting import Wish, export_all, export_one, format_of
from cadencecoach.errors import JournalError, UsageError
from cadencecoach.record.exports.formats import FORMATS
from cadencecoach.record.journal import encode
from cadencecoach.store.file_store import FileStore


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal on disk, in a folder of its own."""
    path = tmp_path / "sessions" / "2026-03-01.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(encode(line) for line in (HEADER, *A_SESSION)) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_written_for_its_owner_only(journal: Path, tmp_path: Path, form: str) -> None:
    """Whole, under the name that was asked for, and with the same bytes each time."""
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is an extra")
    target = tmp_path / f"out.{form}"
    done = export_one(MemoryStore(), journal, str(target), Wish(form=form))
    assert (done.path, done.words) == (target, f"{target}: 2 laps, 55 s, 118 steps")
    first = target.read_bytes()
    export_one(MemoryStore(), journal, str(target), Wish(form=form, may_replace=True))
    assert target.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"out.{form}", "sessions"]
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_folder_means_a_file_in_it_and_no_name_means_one_here(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named after the session."""
    monkeypatch.chdir(tmp_path)
    assert export_one(MemoryStore(), journal, None, Wish(form="csv")).path == Path("2026-03-01.csv")
    assert export_one(MemoryStore(), journal, str(tmp_path / "sessions"), Wish(form="csv")).path == journal.with_suffix(
        ".csv"
    )


def test_nothing_is_replaced_unasked_and_the_journal_never(journal: Path, tmp_path: Path) -> None:
    """With one line each that says what to do."""
    target = tmp_path / "a.csv"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="already exists; choose another name, or add --force to replace it"):
        export_one(MemoryStore(), journal, str(target), Wish(form="csv"))
    with pytest.raises(UsageError, match="this is the journal of a run, which is never replaced"):
        export_one(MemoryStore(), journal, str(journal), Wish(form="json", may_replace=True))
    with pytest.raises(UsageError, match="its folder does not exist"):
        export_one(MemoryStore(), journal, str(tmp_path / "nowhere" / "a.csv"), Wish(form="csv"))
    assert target.read_text(encoding="utf-8") == "mine"


def test_all_sessions_go_into_a_folder_and_a_broken_one_is_told(journal: Path, tmp_path: Path) -> None:
    """Those that are there are kept: the same command can be given again every week."""
    journal.with_name("broken.jsonl").write_text('{"journal": 1}\nnothing\n{"t": 0}\n', encoding="utf-8")
    journal.with_name("empty.jsonl").write_text('{"journal": 1}\n', encoding="utf-8")
    folder = tmp_path / "all" / "of them"
    done = list(export_all(FileStore(journal.parents[1]), folder, Wish(form="fit")))
    assert [(one.session, one.is_refused) for one in done] == [("2026-03-01", False), ("broken", True), ("empty", True)]
    assert "broken.jsonl: line 2: not JSON" in done[1].words
    assert [path.name for path in folder.iterdir()] == ["2026-03-01.fit"]
    again = list(export_all(FileStore(journal.parents[1]), folder, Wish(form="fit")))
    assert again[0].words.endswith("already there, kept")
    with pytest.raises(UsageError, match=r"-o .*: "):
        list(export_all(FileStore(journal.parents[1]), journal, Wish(form="fit")))


def test_the_surface_is_what_was_said_last(journal: Path, tmp_path: Path) -> None:
    """By the command, else by the journal, else it was a treadmill."""
    said = journal.with_name("outside.jsonl")
    said.write_text(
        journal.read_text(encoding="utf-8").replace('"journal":1', '"journal":1,"surface":"trail"'),
        encoding="utf-8",
    )
    made: list[bytes] = []
    for path, wish in ((journal, Wish(form="fit")), (said, Wish(form="fit")), (said, Wish(form="fit", surface="road"))):
        target = tmp_path / f"{len(made)}.fit"
        export_one(MemoryStore(), path, str(target), wish)
        made.append(target.read_bytes())
    assert len(set(made)) == 3


def test_standard_output_takes_text(journal: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The file and nothing else."""
    export_one(MemoryStore(), journal, "-", Wish(form="csv"))
    assert capfdbinary.readouterr().out.startswith(b"t_s,cadence_spm,")


@each_row(
    ("form", "output", "want"),
    [
        (None, "a.FIT", "fit"),
        ("csv", None, "csv"),
        ("csv", "a.txt", "csv"),
        (None, "x/b.json", "json"),
        ("tcx", "-", "tcx"),
    ],
)
def test_the_format_is_named_or_told_by_the_ending(form: str | None, output: str | None, want: str) -> None:
    """An ending nobody knows is a name like any other."""
    assert format_of(form, output) == want


@each_row(("form", "output"), [(None, None), (None, "a.pdf"), (None, "-"), ("fit", "a.csv")])
def test_a_format_that_nobody_names_is_asked_for(form: str | None, output: str | None) -> None:
    """And two that differ are refused."""
    with pytest.raises(UsageError, match=r"\.fit, \.tcx, \.csv, \.json, \.parquet|the name says csv"):
        format_of(form, output)


def test_a_journal_that_cannot_be_exported_names_itself(journal: Path) -> None:
    """Whichever format was asked for."""
    journal.write_text(
        '{"journal": 1, "started": null}\n{"t": 0, "what": "end", "reason": "finished"}\n', encoding="utf-8"
    )
    with pytest.raises(JournalError, match=r"2026-03-01\.jsonl: the journal does not say when"):
        export_one(MemoryStore(), journal, None, Wish(form="tcx"))
