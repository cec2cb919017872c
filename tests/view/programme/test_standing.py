"""What was written down of an athlete on a programme, a line an entry."""

from dataclasses import replace

from each_row import each_row
from programme_rig import at, day, programme

from cadencecoach.programme.rules.deciding import decide
from cadencecoach.record.entries import BaselineTaken, Entry, ProgrammeSet
from cadencecoach.view.programme.standing import log_lines, status_json, status_lines


@each_row(("anew", "told"), [(False, ""), (True, ", counts from the newest complete baseline")])
def test_a_programme_in_the_log_says_where_targets_begin_to_count_anew(anew: bool, told: str) -> None:  # noqa: FBT001
    """Exchanging a text and counting from a new baseline are told apart."""
    entry = ProgrammeSet(at=at(0), day=day(0), name="P", sha256="0" * 64, because="measured", counts_from_new=anew)
    (line,) = log_lines(programme(), (), (entry,))
    assert line.endswith(f"programme 'P' (00000000){told}, because: measured")


def test_a_set_that_ended_a_stop_says_so() -> None:
    """The log is where a clinician looks for who ended it, and why."""
    entry = ProgrammeSet(at=at(0), day=day(0), name="P", sha256="0" * 64, because="hops", ends=("a5c0f58c62d7",))
    (line,) = log_lines(programme(), (), (entry,))
    assert line.endswith("programme 'P' (00000000), ends a stop, because: hops")


@each_row(("accepted", "mark"), [("", ", from taps ±3, not counted"), ("by eye", ", from taps ±3")])
def test_a_baseline_that_starts_no_programme_is_told_as_that(accepted: str, mark: str) -> None:
    """With its source and how far off it may be; a run that was accepted later stands there once."""
    on = programme()
    pod = BaselineTaken(at=at(0), day=day(0), cadence_spm=160.0, duration_s=720.0, session="a", taken_by="rsc")
    taps = BaselineTaken(at=at(1), day=day(1), cadence_spm=165.0, session="b", taken_by="taps", error_spm=3.0)
    began = ProgrammeSet(at=at(0), day=day(0), name="P", sha256="0" * 64)
    log: list[Entry] = [began, pod, taps, *([replace(taps, at=at(2), accepted=accepted)] if accepted else [])]
    decision = decide(on, (), log, day(3))
    status = status_json(on, (), log, decision, day(3))
    *_, line = status_lines(status, on, decision)
    assert line == f"baselines: 160 spm ({day(0)}), 165 spm ({day(1)}{mark})"
    assert status["baselines"] == [
        {"day": str(day(0)), "cadence_spm": 160.0, "taken_by": "rsc", "error_spm": 0.0, "starts_programmes": True},
        {
            "day": str(day(1)),
            "cadence_spm": 165.0,
            "taken_by": "taps",
            "error_spm": 3.0,
            "starts_programmes": bool(accepted),
        },
    ]
