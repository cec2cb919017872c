"""The summary for a person and for a program."""

import io
import json
from dataclasses import replace

import pytest
from each_row import each_row
from rich.cells import cell_len
from rich.console import Console

from cadencecoach.coach.actions import EndReason
from cadencecoach.record.figures import Part, Summary, whole
from cadencecoach.view.summary_table import summary_json, summary_table


def part(name: str, target_spm: float | None, duration_s: float) -> Part:
    """A stage run at 168 spm, two thirds of it in the band."""
    band_s = None if target_spm is None else duration_s
    return Part(
        name=name,
        target_spm=target_spm,
        duration_s=duration_s,
        running_s=duration_s,
        mean_cadence_spm=168.0,
        band_s=band_s,
        in_band_s=None if band_s is None else band_s * 2 / 3,
        steps=duration_s * 2.8,
        covered_s=duration_s,
        n_cues={"stage": 1, "below": 2},
    )


STAGES = (part("Warm-up", None, 300.0), part("[red]Run\x1b[2J with a very long name", 172.2, 36_000.0))
SUMMARY = Summary(
    session=whole("Läufe", STAGES), stages=STAGES, baseline_spm=164.0, paused_s=31.0, end_reason=EndReason.STOPPED
)
NOTHING = Summary(session=whole("", ()), stages=(), baseline_spm=None, paused_s=0.0, end_reason=EndReason.INTERRUPTED)


def printed(summary: Summary, encoding: str = "utf-8") -> list[str]:
    """The lines on a terminal of 80 columns."""
    written = io.BytesIO()
    file = io.TextIOWrapper(written, encoding=encoding, newline="\n")
    Console(file=file, width=80, no_color=True).print(summary_table(summary))
    file.flush()
    return written.getvalue().decode(encoding).splitlines()


def test_the_table_has_a_line_a_stage_and_a_line_for_all() -> None:
    """Name, time, running, mean, target, in band, steps, corrections, in this order."""
    lines = [line.split() for line in printed(SUMMARY)]
    assert ["Warm-up", "05:00", "05:00", "168", "-", "-", "840", "2"] in lines
    assert ["session", "10:05:00", "10:05:00", "168", "-", "67", "%", "101640", "4"] in lines
    assert "Session stopped; baseline 164 spm; sensor on 100 % of the time; paused 00:31." in printed(SUMMARY)
    assert "Cues given: stage 2, below 4." in printed(SUMMARY)


@each_row(("walked_s", "is_told"), [(29.0, False), (30.0, True)])
def test_the_mean_with_walking_is_told_where_it_differs(*, walked_s: float, is_told: bool) -> None:
    """As other programs reckon it: all steps, over the time in which steps were made."""
    stage = replace(part("Warm-up", None, 300.0), moving_s=300.0 + walked_s)
    walked = replace(SUMMARY, session=whole("Läufe", (stage,)), stages=(stage,))
    assert ("Including walking, the mean is 153 spm." in printed(walked)) is is_told


@each_row("encoding", ["utf-8", "ascii"])
def test_the_table_fits_eighty_columns(encoding: str) -> None:
    """Long names are cut, ten hours fit, and names command nothing."""
    lines = printed(SUMMARY, encoding)
    assert max(cell_len(line) for line in lines) <= 80
    assert any(line.startswith("[red]Run [2J") for line in lines)
    assert all(line.isprintable() for line in lines)


def test_a_session_of_nothing_has_a_summary() -> None:
    """Interrupted before the first line: dashes, no division by zero."""
    assert ["session", "00:00", "00:00", "-", "-", "-", "0", "0"] in [line.split() for line in printed(NOTHING)]


def test_the_same_numbers_as_json() -> None:
    """Plain values that survive JSON; missing is null."""
    values = json.loads(json.dumps(summary_json(SUMMARY), allow_nan=False))
    assert (values["plan"], values["end"], values["baseline_spm"], values["paused_s"]) == ("Läufe", "stopped", 164, 31)
    assert [stage["in_band_ratio"] for stage in values["stages"]] == [None, pytest.approx(2 / 3)]
    assert values["session"]["n_cues"] == {"stage": 2, "below": 4}
    assert values["session"]["n_corrections"] == 4
    assert summary_json(NOTHING)["session"] is not None


@each_row("width", [20, 40, 60])
def test_a_narrow_terminal_gets_a_line_a_stage(width: int) -> None:
    """Mean and time in band are there like all the rest; what says nothing is left out."""
    console = Console(width=width, no_color=True)
    with console.capture() as capture:
        console.print(summary_table(SUMMARY))
    drawn = " ".join(capture.get().split())
    assert "Warm-up: time 05:00, running 05:00, mean 168, steps 840, corrected 2 " in drawn
    assert "mean 168, target 172, in band 67 %, steps 100800, corrected 2 " in drawn
    assert "session: time 10:05:00, running 10:05:00, mean 168, in band 67 %, steps 101640, corrected 4" in drawn
    assert all(cell_len(line) <= width for line in capture.get().splitlines())


def test_an_own_cadence_by_speed_is_told_as_such() -> None:
    """Its mean over what was asked for, and the time in which it was not known."""
    part = replace(SUMMARY.session, mean_own_spm=169.0, off_speed_s=65.0)
    told = "\n".join(printed(replace(SUMMARY, session=part, is_own_by_speed=True)))
    assert "baseline 169 spm at the speeds run" in told
    assert "01:05 too fast or too slow for the baseline: not judged." in told


def test_a_target_that_moved_is_shown_by_its_mean() -> None:
    """171 spm on the average, 177 at the end."""
    part = replace(STAGES[0], target_spm=177.0, mean_target_spm=171.0)
    told = "\n".join(printed(replace(SUMMARY, stages=(part,))))
    assert " 171 " in told
    assert " 177 " not in told
