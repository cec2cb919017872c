"""The numbers of a report reckoned by pandas from research tables alone: no code of ours has a hand in them.

docs/cohort.md says the same in words. Nothing here is imported from the package on purpose.
"""

from typing import Any

import pandas as pd

ENOUGH_S, STEADY_MPS, TOO_ALIKE, PER_10MIN_S = 300.0, 0.05, 0.9, 600.0
CORRECTIONS = ("below", "above")
OF_STAGES_ONLY = ("target_spm", "low_spm", "high_spm", "above_band_s", "mean_above_spm")
SPLIT = ("band_s", "in_band_s", "mean_cadence_spm", "mean_target_spm", "mean_own_spm", "in_band_ratio")


def report_of(series: pd.DataFrame, session: pd.Series) -> dict[str, Any]:
    """What `history show --json` says of a session, names left out.

    Args:
        series: the rows of one session
        session: its row of `sessions`
    """
    rows = _prepare(series)
    parts = [part for part in sorted(rows.stage.unique()) if part > 0 or _is_told(rows[rows.stage == 0])]
    stages = [_part(rows[rows.stage == part], rows) for part in parts]
    baselines = rows[rows.event == "baseline"]
    gaps = rows[rows.event == "gap"]
    return {
        "end": session.end,
        "baseline_spm": _value(session.baseline_spm if baselines.empty else baselines.iloc[-1].own_spm),
        "baseline_speed_mps": None if baselines.empty else _baseline_speed(rows, baselines),
        "highest_pain": _value(session.highest_pain),
        "is_unwell": bool(session.is_unwell),
        "stopped_for_pain_s": _value(session.stopped_for_pain_s),
        "paused_s": rows[(rows.paused == 1) & (rows.late == 0)].lasts_s.sum(),
        "gaps": [{"t": row.from_s, "gap_s": _value(row.gap_s)} for row in gaps.itertuples()],
        "session": _whole(rows, parts, stages),
        "stages": stages,
    }


def dynamics_of(series: pd.DataFrame) -> dict[str, Any]:
    """Oscillation, contact time and stride of a session, as its row in `history show --json` has them."""
    rows = series[series.event == "dynamics"].copy()
    middle = rows.told_speed_mps.median()
    rows["slower"] = rows.told_speed_mps.clip(upper=middle)
    if pd.notna(middle):
        rows = rows[(rows.told_speed_mps - middle).abs() <= 0.05 * rows.slower]
    moved = _told_most(rows[rows.told_by.notna()], ["placement", "told_by"])
    strode = _told_most(rows[rows.stride_by.notna()], ["stride_by"])
    told = {**_means(moved, "oscillation", "mm"), **_means(moved, "contact", "ms"), **_means(strode, "stride", "m")}
    is_told = any(value is not None for value in told.values())
    return {**told, "dynamics_speed_mps": _value(middle) if is_told else None}


def _told_most(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The rows of whoever told most."""
    tellers = rows[by].fillna("").agg(" ".join, axis=1) if len(rows) else pd.Series(dtype=str)
    return rows[tellers == tellers.value_counts().idxmax()] if len(rows) else rows


def _means(rows: pd.DataFrame, quantity: str, unit: str) -> dict[str, Any]:
    """A quantity with its error; fewer than six say too little."""
    names = (f"{quantity}_{unit}", f"{quantity}_error_{unit}")
    known = rows[list(names)].dropna()
    return {name: float(known[name].mean()) if len(known) >= 6 else None for name in names}


def _prepare(series: pd.DataFrame) -> pd.DataFrame:
    """The rows with what follows from each of them alone."""
    rows = series.reset_index(drop=True).copy()
    rows["event"] = rows.event.fillna("")
    time = (rows.event == "") & (rows.late == 0)
    rows["counts"] = time & (rows.paused == 0)  # of the duration
    rows["run"] = (rows.event == "") & (rows.running == 1)
    judgeable = rows.run & (rows.late == 0) & (rows.off_speed == 0)
    rows["asked"] = judgeable & rows.target_spm.notna()
    rows["banded"] = judgeable & rows.low_spm.notna() & rows.high_spm.notna()
    rows["judged"] = rows.banded & (rows.ramp == 0)
    rows["in_band"] = rows.judged & rows.estimate_spm.between(rows.low_spm, rows.high_spm)
    rows["above"] = rows.judged & (rows.estimate_spm > rows.high_spm)
    is_time = ((rows.event == "") | (rows.event == "gap")) & (rows.late == 0)
    rows["place"] = is_time.cumsum()
    rows["at_speed"] = rows.run & (rows.speed_is_of_run == 1)
    return rows


def _part(mine: pd.DataFrame, rows: pd.DataFrame) -> dict[str, Any]:
    """A stage."""
    last = mine.iloc[-1]
    begins_s = mine.from_s.min()
    helps = rows[rows.run & (rows.late == 0) & (rows.helped == 1) & rows.low_spm.notna()]
    has_band = bool(mine.low_spm.notna().any())
    told = _sums(mine, has_band=has_band)
    return {
        **told,
        "target_spm": _value(last.target_spm),
        "low_spm": _value(last.low_spm),
        "high_spm": _value(last.high_spm),
        "start_s": begins_s,
        "is_probe": bool(last.probe),
        "is_before_help": last.stage > 0 and (helps.empty or begins_s <= helps.from_s.min()),
        "longest_streak_s": _longest_streak(mine),
        "above_band_s": _seconds(mine, "above") if has_band else None,
        "mean_above_spm": _mean(mine, "above", "estimate_spm"),
        **_drift(mine),
    }


def _whole(rows: pd.DataFrame, parts: list[int], stages: list[dict[str, Any]]) -> dict[str, Any]:
    """The session: the sum of its stages."""
    mine = rows[rows.stage.isin(parts)]
    return {
        **_sums(mine, has_band=any(one["band_s"] is not None for one in stages)),
        **dict.fromkeys(OF_STAGES_ONLY),
        "start_s": stages[0]["start_s"] if stages else 0.0,
        "is_probe": False,
        "is_before_help": False,
        "longest_streak_s": max((one["longest_streak_s"] for one in stages), default=0.0),
        **_drift(rows),
    }


def _sums(mine: pd.DataFrame, *, has_band: bool) -> dict[str, Any]:
    duration_s, running_s = _seconds(mine, "counts"), _seconds(mine, "run")
    stepped = mine[(mine.event == "") & (mine.paused == 0) & mine.cadence_spm.notna()]
    steps = (stepped.cadence_spm * stepped.lasts_s).sum() / 60
    covered_s = stepped.lasts_s.sum()
    moving_s = stepped[stepped.cadence_spm > 0].lasts_s.sum()
    way = mine[mine.counts & mine.speed_mps.notna()]
    mean_spm = _mean(mine, "run", "estimate_spm")
    run = mine[mine.run]
    sd_spm = None if mean_spm is None else (((run.estimate_spm - mean_spm) ** 2 * run.lasts_s).sum() / running_s) ** 0.5
    band_s = _seconds(mine, "judged") if has_band else None
    in_band_s = _seconds(mine, "in_band") if has_band else None
    cues = mine[mine.event == "cue"].cue_reason.value_counts().to_dict()
    n_corrections = sum(cues.get(reason, 0) for reason in CORRECTIONS)
    return {
        "duration_s": duration_s,
        "running_s": running_s,
        "mean_cadence_spm": mean_spm,
        "sd_spm": sd_spm,
        "band_s": band_s,
        "in_band_s": in_band_s,
        "steps": steps,
        "covered_s": covered_s,
        "moving_s": moving_s,
        "n_cues": cues,
        "off_speed_s": mine[mine.run & (mine.late == 0) & (mine.off_speed == 1)].lasts_s.sum(),
        "mean_target_spm": _mean(mine, "asked", "target_spm"),
        "mean_asked_cadence_spm": _mean(mine, "asked", "estimate_spm"),
        "mean_own_spm": _mean(mine, "asked", "own_spm"),
        "mean_speed_mps": _mean(mine, "at_speed", "speed_mps"),
        "distance_m": (way.speed_mps * way.lasts_s).sum() if len(way) else None,
        "helped": _split(mine[mine.judged & (mine.helped == 1)]),
        "silent": _split(mine[mine.judged & (mine.helped == 0)]),
        "moving_cadence_spm": steps / moving_s * 60 if moving_s else None,
        "in_band_ratio": in_band_s / band_s if band_s and in_band_s is not None else None,
        "coverage_ratio": covered_s / duration_s if duration_s else None,
        "cv_ratio": sd_spm / mean_spm if mean_spm and sd_spm is not None else None,
        "cues_per_min": sum(cues.values()) / duration_s * 60 if duration_s else None,
        "corrections_per_min": n_corrections / band_s * 60 if band_s else None,
        "n_corrections": n_corrections,
    }


def _split(judged: pd.DataFrame) -> dict[str, Any]:
    band_s, in_band_s = judged.lasts_s.sum(), judged[judged.in_band].lasts_s.sum()
    means = (_mean(judged, "judged", name) for name in ("estimate_spm", "target_spm", "own_spm"))
    return dict(zip(SPLIT, (band_s, in_band_s, *means, in_band_s / band_s if band_s else None), strict=True))


def _longest_streak(mine: pd.DataFrame) -> float:
    """The longest time in the band without a break; running for no band is none, another stage in between is."""
    time = mine[((mine.event == "") | (mine.event == "gap")) & (mine.late == 0)]
    is_beside = time.run & (time.off_speed == 0) & ~time.banded
    came_back = time.place.diff() > 1
    streak = ((~time.in_band & ~is_beside) | came_back).cumsum()
    held_s = time[time.in_band].groupby(streak).lasts_s.sum()
    return float(held_s.max()) if len(held_s) else 0.0


def _drift(rows: pd.DataFrame) -> dict[str, Any]:
    """The common slope of all targets of all stages, ramps left out."""
    groups = list(_settled(rows))
    at_speed = pd.DataFrame([_moments(group[group.at_speed], speed=True) for group in groups])
    every = pd.DataFrame([_moments(group, speed=False) for group in groups])
    known_s = at_speed.weight.sum() if len(at_speed) else 0.0
    all_s = every.weight.sum() if len(every) else 0.0
    if known_s and known_s >= 0.5 * all_s:
        slope = _slope_after_speed(at_speed.sum())
        return {"drift_spm_per_10min": slope, "is_drift_after_speed": slope is not None}
    slope = _slope(every.sum()) if len(every) else None
    return {"drift_spm_per_10min": slope, "is_drift_after_speed": False}


def _settled(rows: pd.DataFrame) -> "list[pd.DataFrame]":
    """Running rows of each target of each stage, with the running time at which each of them begins."""
    found = []
    for _, stage in rows.groupby("stage"):
        run = stage[(stage.event == "") | (stage.event == "stage")].copy()
        run["at_s"] = (run.lasts_s * run.run).cumsum() - run.lasts_s * run.run
        target = run.target_spm.fillna(-1.0)
        run["under"] = (target != target.shift()).cumsum()
        run = run[run.run & (run.late == 0) & (run.ramp == 0) & (run.lasts_s > 0)]
        found += [group for _, group in run.groupby("under")]
    return found


def _moments(group: pd.DataFrame, *, speed: bool) -> dict[str, float]:
    """Sums of squares and products about means of their own; time goes on within a row."""
    w, c, t = group.lasts_s, group.estimate_spm, group.at_s + group.lasts_s / 2
    v = group.speed_mps if speed else group.lasts_s * 0
    weight = w.sum()
    if not weight:
        return dict.fromkeys(("weight", "aa", "vv", "ca", "cv", "av"), 0.0)
    c, t, v = (one - (one * w).sum() / weight for one in (c, t, v))
    return {
        "weight": weight,
        "aa": (w * t * t).sum() + (w**3 / 12).sum(),
        "vv": (w * v * v).sum(),
        "ca": (w * c * t).sum(),
        "cv": (w * c * v).sum(),
        "av": (w * t * v).sum(),
    }


def _slope(sums: pd.Series) -> float | None:
    return float(sums.ca / sums.aa * PER_10MIN_S) if sums.weight >= ENOUGH_S and sums.aa > 0 else None


def _slope_after_speed(sums: pd.Series) -> float | None:
    if sums.vv / sums.weight < STEADY_MPS**2:
        return _slope(sums)
    apart = sums.aa * sums.vv - sums.av**2
    if sums.weight < ENOUGH_S or sums.av**2 > TOO_ALIKE * sums.aa * sums.vv or apart <= 0:
        return None
    slope: float = (sums.ca * sums.vv - sums.cv * sums.av) / apart * PER_10MIN_S
    return slope


def _baseline_speed(rows: pd.DataFrame, baselines: pd.DataFrame) -> float | None:
    """The middle of the speeds of the stage the last baseline was measured in."""
    last = baselines.iloc[-1]
    before = rows[(rows.index < baselines.index[-1]) & (rows.stage == last.stage) & rows.at_speed & (rows.goes_on == 0)]
    return float(before.speed_mps.median()) if len(before) else None


def _seconds(mine: pd.DataFrame, which: str) -> float:
    return float(mine[mine[which]].lasts_s.sum())


def _mean(mine: pd.DataFrame, which: str, name: str) -> float | None:
    """A mean over seconds in which it is known; None where there are none."""
    known = mine[mine[which] & mine[name].notna()]
    weight_s = known.lasts_s.sum()
    return float((known[name] * known.lasts_s).sum() / weight_s) if weight_s else None


def _is_told(before: pd.DataFrame) -> bool:
    """Whether something happened before the first stage."""
    return bool(before.counts.mul(before.lasts_s).sum() or (before.event == "cue").any())


def _value(cell: Any) -> Any:  # noqa: ANN401  # of a table
    return None if pd.isna(cell) else cell
