import json
from pathlib import Path

from coach_rig import AT_170, plan_of

from cadencecoach.coach.actions import EndReason
from cadencecoach.devices.journal.file import JournalFile
from cadencecoach.record.journal import Header
from cadencecoach.record.line_json import json_of_line
from cadencecoach.record.lines import EndLine, StageLine
from cadencecoach.session.recorder import SessionRecorder

HEADER = Header(
    app="cadencecoach 0.0",
    started="2026-11-23T07:30:00Z",
    plan_name="Test",
    plan_sha256="",
    athlete=None,
    feet="none",
    sound="none",
    extra={"rehearsal": True},
)
END = EndLine(60.0, "stopped")
STAGE = StageLine(0.0, 0, "Run", None, None, None, beat="on", feedback="words")


def filled(recorder: SessionRecorder) -> SessionRecorder:
    """A recorder with a minute of session."""
    recorder.write(STAGE)
    recorder.write(END)
    return recorder


def test_every_line_goes_to_the_journal_and_into_the_summary(tmp_path: Path) -> None:
    """Header first, lines in their order; and the summary knows how it ended without reading the file."""
    with JournalFile(tmp_path / "a.jsonl", HEADER.line) as journal:
        recorder = filled(SessionRecorder(journal, plan_of(AT_170), None))
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == [HEADER.to_dict(), json_of_line(STAGE), json_of_line(END)]
    assert recorder.summary().end_reason is EndReason.STOPPED


def test_without_a_journal_there_is_still_a_summary() -> None:
    """Of the same lines, under the name of the plan."""
    summary = filled(SessionRecorder(None, plan_of(AT_170), None)).summary()
    assert summary.session.name == "Test"
    assert [stage.name for stage in summary.stages] == ["Run"]
