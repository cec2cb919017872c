"""A session's small line: what of it is known, part by part."""

from typing import Any

from each_row import each_row
from hand_lines import records
from made_sessions import end, only, running, stage

from cadencecoach.record.fold.spark import N_PARTS, SparkPart, spark_of, spark_parts


def parts(*lines: dict[str, Any]) -> tuple[SparkPart, ...]:
    """The parts of a session, read back from their text."""
    return spark_parts(spark_of(records(lines)))


def test_each_part_has_its_mean_and_the_band_of_its_stage() -> None:
    """A minute free at 160, a minute at 170 towards 172."""
    found = parts(
        stage(0, 0, "Easy"), *running(0, 60, 160.0), stage(60, 1, "Run", 172.0), *running(60, 120, 170.0), end(120)
    )
    assert found == (SparkPart(160),) * (N_PARTS // 2) + (SparkPart(170, 170, 174),) * (N_PARTS // 2)


def test_a_pause_and_a_sensor_that_is_silent_are_gaps() -> None:
    """What is not known is not drawn, and no zero."""
    lost = {"t": 90.0, "what": "feet", "state": "lost"}
    late = {"t": 100.0, "what": "estimate", "cadence_spm": 165.0, "age_s": 9.0, "quality": 1.0}
    found = parts(
        *running(0, 60, 160.0), only(60, "pause"), *running(60, 90, 150.0), only(90, "resume"), lost, late, end(120)
    )
    assert {part.cadence_spm for part in found[: N_PARTS // 2]} == {160}
    assert {part.cadence_spm for part in found[N_PARTS // 2 :]} == {None}


def test_a_session_without_time_has_no_line() -> None:
    """As one that was killed at its beginning."""
    assert spark_of([]) == ""
    assert spark_parts("") == ()


@each_row("text", ["165", "165/1", "a/b/c", "1/2/3/4", "-1/2/3", "\u0661//"])
def test_what_cannot_be_read_is_not_known(text: str) -> None:
    """A table that was damaged stops no list."""
    assert spark_parts(text) == (SparkPart(),)
