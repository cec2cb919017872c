"""The sentence over a session."""

from dataclasses import replace

import pytest
from drawn_sessions import Line, made_lines, made_sheet
from each_row import each_row
from hand_lines import records

from cadencecoach.coach.actions import EndReason
from cadencecoach.record.figures import Part, Split, Summary
from cadencecoach.record.fold.tracing import trace_of
from cadencecoach.record.trace import Span, SpanKind, Trace
from cadencecoach.view.report.story import headline, lead, minutes


def part(**fields: object) -> Part:
    """An hour, with whatever else is said."""
    plain: dict[str, object] = {
        "name": "P", "target_spm": None, "duration_s": 3600.0, "running_s": 3000.0, "mean_cadence_spm": 162.0,
        "band_s": None, "in_band_s": None, "steps": 8000.0, "covered_s": 3500.0, "n_cues": {},
    }  # fmt: skip
    return Part(**(plain | fields))  # type: ignore[arg-type]


def summary(session: Part, *stages: Part, baseline_spm: float | None = 160.0) -> Summary:
    """A finished session."""
    return Summary(
        session=session, stages=stages, baseline_spm=baseline_spm, paused_s=0.0, end_reason=EndReason.FINISHED
    )


def alone(mean_spm: float) -> Summary:
    """Half an hour without help at a cadence, 10 spm above one's own asked for."""
    split = Split(band_s=1800.0, in_band_s=900.0, mean_cadence_spm=mean_spm, mean_target_spm=170.0)
    stage = part(target_spm=170.0, silent=split, is_probe=True)
    return summary(part(silent=split, band_s=1800.0, in_band_s=900.0), stage)


@each_row(
    ("mean_spm", "words"),
    [
        (169.0, "nearly all of the change stayed"),
        (168.0, "nearly all of the change stayed"),
        (166.0, "more than half of the change stayed"),
        (163.0, "part of the change stayed"),
        (161.0, "little of the change stayed"),
        (158.0, "none of the change stayed"),
    ],
)
def test_what_stayed_is_said(mean_spm: float, words: str) -> None:
    """By how much of the change asked for was there without help."""
    assert headline(alone(mean_spm)) == f"On target 50 % of the time, all of it without help: {words}."


def test_without_a_baseline_nothing_is_said_of_what_stayed() -> None:
    """Nobody knows what the change was."""
    split = Split(band_s=1800.0, in_band_s=900.0, mean_cadence_spm=169.0)
    told = summary(part(silent=split, band_s=1800.0), part(target_spm=170.0, silent=split), baseline_spm=None)
    assert headline(told) == "On target 50 % of the time, all of it without help."


@pytest.mark.slow
def test_help_and_silence_stand_beside_each_other() -> None:
    """Both figures in one sentence."""
    assert headline(made_sheet().summary).startswith("On target ")
    assert " with help, " in headline(made_sheet().summary)


@each_row(
    ("session", "expected"),
    [
        (part(covered_s=0.0, running_s=0.0), "60 min without a sensor: the cadence is not known."),
        (part(running_s=0.0), "60 min, no running detected."),
        (part(), "50 min of running at 162 steps a minute, no target given."),
        (part(band_s=600.0, in_band_s=450.0), "On target 75 % of the time, with help throughout."),
    ],
)
def test_sessions_of_every_kind_have_a_headline(session: Part, expected: str) -> None:
    """Without a sensor, without running, without a target, without silence."""
    assert headline(summary(session)) == expected


def test_the_lead_tells_what_else_happened() -> None:
    """Length, walking, rates, corrections by direction, silences of the sensor, pain."""
    note: Line = {"t": 1190.0, "what": "note", "about": "pain", "text": "pain", "level": 4}
    lines = made_lines()
    lines.insert(-1, note)
    sheet = made_sheet(lines=lines)
    told = " ".join(lead(sheet.summary, trace_of(records(lines))))
    for words in (
        "Ran 16 min of 20 min",
        "4 min of walking",
        "2 corrections, 1 too slow, 1 too quick",
        "silent once, for 20 s",
        "4 of 10",
    ):
        assert words in told


@each_row(("time_s", "expected"), [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7200, "2 h"), (7260, "2 h 1 min")])
def test_lengths_in_words(time_s: float, expected: str) -> None:
    """Seconds, minutes, hours."""
    assert minutes(time_s) == expected


def test_where_no_change_was_made_none_is_said_to_have_gone() -> None:
    """A runner who stayed at the own cadence with help too has lost nothing without it."""
    split = Split(band_s=900.0, in_band_s=45.0, mean_cadence_spm=160.5, mean_target_spm=170.0)
    both = part(helped=split, silent=split, band_s=1800.0, in_band_s=90.0)
    told = summary(both, part(target_spm=170.0, helped=split, silent=split))
    assert (
        headline(told)
        == "On target 5 % of the time with help, 5 % without: the cadence hardly moved towards the target."
    )


def test_what_stayed_is_counted_from_the_own_cadence_at_the_speed_run() -> None:
    """At a speed where the own cadence is the one that was run nothing has stayed, whatever it is in the middle."""
    split = Split(band_s=900.0, in_band_s=0.0, mean_cadence_spm=169.0, mean_target_spm=177.0, mean_own_spm=169.0)
    told = summary(part(silent=split, band_s=900.0, in_band_s=0.0), part(target_spm=177.0, silent=split))
    assert headline(told) == "On target 0 % of the time, all of it without help: none of the change stayed."


def test_what_was_run_off_the_known_speeds_is_told_and_not_judged() -> None:
    """Eight judged seconds before it say nothing of the session."""
    split = Split(band_s=8.0, in_band_s=0.0, mean_cadence_spm=180.0, mean_target_spm=172.0)
    whole = part(helped=split, band_s=8.0, in_band_s=0.0, off_speed_s=2992.0)
    told = summary(whole, part(target_spm=172.0, helped=split))
    assert headline(told) == "50 min of running at 162 steps a minute, almost none of it judged."
    assert "49:52 too fast or too slow for the baseline: not judged." in lead(told, trace_of([]))


def test_of_a_runner_who_tapped_no_silence_and_no_change_is_told() -> None:
    """Nobody taps all the time, and some taps do not show what stayed."""
    tapped = replace(alone(168.0), steps_from="taps")
    assert headline(tapped) == "On target 50 % of the time, all of it without help."
    sheet = made_sheet()
    trace = trace_of(records(made_lines()))
    assert "silent once" in " ".join(lead(sheet.summary, trace))
    assert "silent" not in " ".join(lead(replace(sheet.summary, steps_from="taps"), trace))


@each_row(("read_s", "is_told"), [(0.0, False), (1.0, False), (2.0, True)])
def test_without_a_sensor_none_is_said_to_have_been_silent(read_s: float, *, is_told: bool) -> None:
    """A pause is no reading either: what is left of a session must have had some for a silence to be one."""
    spans = (
        Span(kind=SpanKind.NO_SENSOR, start_s=read_s, end_s=36.0),
        Span(kind=SpanKind.PAUSED, start_s=36.0, end_s=46.0),
    )
    told = " ".join(lead(summary(part(covered_s=read_s)), Trace(end_s=46.0, spans=spans)))
    assert ("silent once" in told) is is_told
