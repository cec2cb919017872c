"""From the header of a journal and its summary to its row."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.record.dynamics import columns_of
from cadencecoach.record.entrainment import in_step_columns
from cadencecoach.record.figures import Part, Summary
from cadencecoach.record.local_time import offset_in
from cadencecoach.record.row import NO_DAY, SessionRow

JsonObject = Mapping[str, Any]

LABEL = "athlete_is_label"  # in a header: the athlete was a mere name, and nobody was kept under it
LEAST_S = 20.0  # of a session's probes; fewer seconds say nothing
SIMULATION, REPLAY, REHEARSAL = "simulation", "replay", "rehearsal"  # what a session was that nobody was coached in
PRACTICE = "practice"  # of an athlete who is nobody: whatever ran, it is no patient's run
EXPORTED = "exported"  # from a file that this program wrote of a session: it does not say what its steps came from


class SessionKind(StrEnum):
    """What a session was, for those who look for one."""

    RUN = "run"  # of a person, by a plan
    METRONOME = "metronome"  # of a person, by the beat alone
    SIMULATION = SIMULATION
    REPLAY = REPLAY
    REHEARSAL = REHEARSAL
    PRACTICE = PRACTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Means:
    """Running seconds of some stages, those off the known speeds left out, and means over them."""

    running_s: float
    cadence_spm: float | None
    target_spm: float | None
    own_spm: float | None


def row_from(header: JsonObject, summary: Summary, *, id: str) -> SessionRow:  # noqa: A002  # the row's word for it
    """The row of a session, by the first line of its journal, the summary of the rest, and its name without ending."""
    whole = summary.session
    probes = [part for part in summary.stages if part.is_probe and part.target_spm is not None]
    probed, retained = _means(probes), _means([part for part in probes if part.is_before_help])
    return SessionRow(
        id=id,
        started=_text(header.get("started")),
        day=day_of(header, id=id),
        athlete=_text(header.get("athlete")),
        plan_name=plan_name_of(header),
        plan_sha256=_text((header.get("plan") or {}).get("sha256")),
        end=summary.end_reason.value,
        origin=origin_of(header),
        is_ended=summary.is_ended or header.get("recording") is True,  # which is no session, and has no end
        duration_s=whole.duration_s,
        running_s=whole.running_s,
        mean_cadence_spm=whole.mean_cadence_spm,
        sd_spm=whole.sd_spm,
        mean_speed_mps=whole.mean_speed_mps,
        distance_m=whole.distance_m,
        baseline_spm=summary.baseline_spm,
        baseline_speed_mps=summary.baseline_speed_mps,
        target_spm=whole.mean_target_spm,
        band_s=whole.band_s,
        in_band_s=whole.in_band_s,
        helped_s=whole.helped.band_s,
        silent_s=whole.silent.band_s,
        probe_s=probed.running_s,
        probe_in_band_s=sum((part.in_band_s for part in probes if part.in_band_s is not None), 0.0),
        probe_below_s=sum(map(_below_s, probes)),
        probe_above_s=sum((part.above_band_s for part in probes if part.above_band_s is not None), 0.0),
        probe_above_spm=_mean_above_spm(probes),
        probe_cadence_spm=probed.cadence_spm,
        probe_target_spm=probed.target_spm,
        probe_own_spm=probed.own_spm,
        retention_s=retained.running_s,
        retention_cadence_spm=retained.cadence_spm,
        retention_target_spm=retained.target_spm,
        retention_own_spm=retained.own_spm,
        n_corrections=whole.n_corrections,
        n_cues=sum(whole.n_cues.values()),
        steps=whole.steps,
        coverage_ratio=whole.coverage_ratio,
        highest_pain=summary.highest_pain,
        steps_from=summary.steps_from,
        utc_offset_s=offset_in(header.get("utc_offset_s")),
        **in_step_columns(summary.entrainment),  # type: ignore[arg-type]  # each is of its field
        **columns_of(summary.dynamics),  # type: ignore[arg-type]  # each is of its field
    )


def plan_name_of(header: JsonObject) -> str:
    """The plan's title; empty where the header names none."""
    return _text((header.get("plan") or {}).get("name"))


def baseline_of(header: JsonObject) -> float | None:
    """The baseline that was given before the start."""
    return _number(header.get("baseline_spm"))


def curve_of(header: JsonObject) -> SpeedCurve | None:
    """The runner's own cadence over speed; None where there is none, or none that can be read."""
    written = header.get("speed_curve")
    if not isinstance(written, dict):
        return None
    c0_spm, v0_mps, slope = (_number(written.get(name)) for name in ("c0_spm", "v0_mps", "slope_spm_per_mps"))
    edges = written.get("range_mps")
    speeds = [_number(edge) for edge in edges] if isinstance(edges, list | tuple) else []
    low, high = speeds if len(speeds) == len(("low", "high")) else (None, None)
    if c0_spm is None or v0_mps is None or slope is None or low is None or high is None:
        return None
    surface = _text(written.get("surface"))
    return SpeedCurve(c0_spm=c0_spm, v0_mps=v0_mps, slope_spm_per_mps=slope, range_mps=(low, high), surface=surface)


def messages_in(header: JsonObject) -> tuple[tuple[str, float], ...]:
    """The messages that were unread at the start: id and length of each as spoken, the newest first."""
    told = header.get("messages")
    lengths_s = {id_: _number(length_s) for id_, length_s in told.items()} if isinstance(told, dict) else {}
    return tuple((id_, length_s) for id_, length_s in lengths_s.items() if length_s is not None)


def day_of(header: JsonObject, *, id: str) -> date:  # noqa: A002  # as above
    """The calendar day: what the header says; else that of its start, in UTC; else that in the journal's name."""
    for text in (header.get("day"), header.get("started"), id):
        found = re.match(r"\d{4}-\d\d-\d\d", _text(text))
        if found is None:
            continue
        try:
            return date.fromisoformat(found[0])
        except ValueError:
            continue
    return NO_DAY


def origin_of(header: JsonObject) -> str:
    """What stood in for a person who is coached: a simulation, a replayed run, a rehearsal, practice; or nothing.

    Args:
        header: of a journal; `feet` is enough to tell a simulation or a replay that is about to begin
    """
    if header.get(PRACTICE) is True:
        return PRACTICE
    if header.get("recording") is True:  # of a sensor, or of another device: a run
        return ""
    kind = _text(header.get("feet")).partition(":")[0]
    if kind == "sim" or header.get("replayed") == SIMULATION:
        return SIMULATION
    return REPLAY if kind == "replay" else REHEARSAL if header.get("rehearsal") is True else ""


def kind_of(header: JsonObject) -> SessionKind:
    """What a session was; a metronome that nobody ran to is what stood in for the person."""
    origin = origin_of(header)
    if origin:
        return SessionKind(origin)
    return SessionKind.METRONOME if header.get("metronome") is True else SessionKind.RUN


def _means(parts: Iterable[Part]) -> _Means:
    run = [(part, part.running_s - part.off_speed_s) for part in parts if part.mean_asked_cadence_spm is not None]
    running_s = sum((seconds for _, seconds in run), 0.0)
    if running_s < LEAST_S:
        return _Means(running_s=running_s, cadence_spm=None, target_spm=None, own_spm=None)
    return _Means(
        running_s=running_s,
        cadence_spm=_mean((part.mean_asked_cadence_spm, seconds) for part, seconds in run),
        target_spm=_mean((part.mean_target_spm, seconds) for part, seconds in run),
        own_spm=_mean((part.mean_own_spm, seconds) for part, seconds in run),
    )


def _below_s(part: Part) -> float:
    """Running seconds below the band."""
    known = (part.band_s, part.in_band_s, part.above_band_s)
    band_s, in_band_s, above_s = (0.0 if seconds is None else seconds for seconds in known)  # None: there is no band
    return max(0.0, band_s - in_band_s - above_s)


def _mean_above_spm(parts: Iterable[Part]) -> float | None:
    """The mean of the cadence while it was above the band."""
    return _mean((part.mean_above_spm, part.above_band_s) for part in parts if part.above_band_s is not None)


def _mean(values: Iterable[tuple[float | None, float]]) -> float | None:
    known = [(value, weight_s) for value, weight_s in values if value is not None]
    total_s = sum(weight_s for _, weight_s in known)
    return sum(value * weight_s for value, weight_s in known) / total_s if total_s else None


def _number(value: object) -> float | None:
    return None if isinstance(value, bool) or not isinstance(value, int | float) else float(value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
