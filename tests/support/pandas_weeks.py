"""The numbers of the progress page and of a patient's page reckoned by pandas from research tables alone.

docs/cohort.md says the same in words. Nothing here is imported from the package on purpose.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

LEAST_RUN_S, LEAST_LONG_S, TOGETHER_DAYS, COMPARED = 60.0, 720.0, 14, 4
SPM_PER_MPS, USUAL_CV, LEAST_CV, ENOUGH_PAIRS, LEAST_STEP_SPM = 6.5, 0.023, 0.01, 4, 1.0
TARGET_MET = 0.97
SET = "set"


@dataclass(frozen=True, slots=True)
class Athlete:
    """The tables of one athlete.

    Attributes:
        sessions, checkins, baselines, decisions: their rows, in order
    """

    sessions: pd.DataFrame
    checkins: pd.DataFrame
    baselines: pd.DataFrame
    decisions: pd.DataFrame

    @property
    def runs(self) -> pd.DataFrame:
        """Sessions with a minute of running."""
        one = self.sessions
        ran = one[(one.running_s >= LEAST_RUN_S) & one.mean_cadence_spm.notna()]
        return ran.sort_values(["day", "started", "session"], na_position="first")


def athlete_of(tables: dict[str, pd.DataFrame], name: str) -> Athlete:
    """The rows of somebody."""
    mine = {key: table[table.athlete == name] for key, table in tables.items() if "athlete" in table}
    return Athlete(*(mine[key] for key in ("sessions", "checkins", "baselines", "decisions")))


# Baselines: runs that belong together, and which of them the programme counts from.


def assessments(one: Athlete) -> list[pd.DataFrame]:
    """Baseline runs on one surface with no session of the programme between them, within a fortnight."""
    trained = sorted(one.sessions[one.sessions.item.notna()].day)
    found: list[list[int]] = []
    for index, run in one.baselines.sort_values("day", kind="stable").iterrows():
        same = [those for those in found if _surface(one.baselines.loc[those[0]]) == _surface(run)]
        last = None if not same else one.baselines.loc[same[-1][-1]]
        first = None if not same else one.baselines.loc[same[-1][0]]
        is_new = (
            last is None
            or first is None
            or any(last.day <= day < run.day for day in trained)
            or (pd.Timestamp(run.day) - pd.Timestamp(first.day)).days > TOGETHER_DAYS
        )
        if is_new:
            found.append([index])
        else:
            same[-1].append(index)
    return [one.baselines.loc[those] for those in found]


def counted_of(those: pd.DataFrame) -> pd.DataFrame:
    """The runs that are long enough; all of them where none is."""
    long = those[those.duration_s >= LEAST_LONG_S]
    return long if len(long) else those


def is_complete(those: pd.DataFrame) -> bool:
    """Whether there are two of twelve minutes."""
    return int((those.duration_s >= LEAST_LONG_S).sum()) > 1


def counted_from(one: Athlete) -> pd.DataFrame | None:
    """What the programme counts from: complete when it was set, else the first that is; counted from new, likewise."""
    every, sets = assessments(one), one.decisions[one.decisions.verdict == SET]
    if not every:
        return None
    anew = sets[sets.counts_from_new == 1]
    if sets.empty:
        complete = [those for those in every if is_complete(those)]
        return (complete or every)[-1 if one.decisions.empty else 0]
    at = (anew.iloc[-1] if len(anew) else sets.iloc[0])["at"]
    before = [those for those in every if is_complete(those) and sorted(counted_of(those)["at"])[1] <= at]
    after = [those for those in every if is_complete(those) and sorted(counted_of(those)["at"])[1] > at]
    return before[-1] if before else after[0] if after else every[-1]


def _surface(run: pd.Series) -> str:
    return "" if pd.isna(run.surface) else str(run.surface).casefold()


def spm_of(those: pd.DataFrame) -> float:
    """The cadence of a baseline."""
    return float(counted_of(those).cadence_spm.mean())


def mps_of(those: pd.DataFrame | None) -> float | None:
    """Its speed; None where a run does not tell it."""
    if those is None:
        return None
    speeds = counted_of(those).speed_mps
    return None if speeds.isna().any() else float(speeds.mean())


# Own cadence without help, at one speed.


def common_mps(one: Athlete, baseline: pd.DataFrame | None) -> float | None:
    """The speed that all are brought to; None unless every session tells one."""
    told = one.runs.mean_speed_mps
    if told.empty or told.isna().any():
        return None
    if baseline is not None:
        return mps_of(baseline)
    own = one.runs.baseline_speed_mps.dropna()
    return float(own.iloc[0]) if len(own) else float(sorted(told)[len(told) // 2])


def brought(spm: Any, mps: Any, wanted_mps: float | None) -> Any:  # noqa: ANN401  # numbers or columns of them
    """As it would be at another speed."""
    return spm if wanted_mps is None else spm + SPM_PER_MPS * (wanted_mps - mps)


@dataclass(frozen=True, slots=True)
class Change:
    """From some runs to others.

    Attributes:
        before, after: means
        n_after: runs
        mdc: what may be chance, over before
    """

    before: float
    after: float
    n_after: int
    mdc: float

    @property
    def spm(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Own:
    """Own cadence.

    Attributes:
        baseline: what is compared with
        now, again: from it to the last probes, to the newest baseline after it; None where there is none
        reassessed: that baseline
        told: the newer of the two
    """

    baseline: pd.DataFrame | None
    now: Change | None
    again: Change | None
    reassessed: pd.DataFrame | None
    told: Change | None


def own_of(one: Athlete) -> Own:
    """From the baseline until now."""
    baseline = counted_from(one)
    wanted_mps = common_mps(one, baseline)
    rows = one.runs[one.runs.steps_from != "taps"]
    alone = rows.retention_cadence_spm.fillna(rows.probe_cadence_spm)
    rows = rows.assign(alone=brought(alone, rows.mean_speed_mps, wanted_mps))[alone.notna()]
    cv = _own_cv(rows)
    if baseline is None:
        n = min(COMPARED, len(rows) // 2)
        now = _change(rows.alone[:n], rows.alone[len(rows) - n :], cv) if n else None
        return Own(None, now, None, None, None)
    taken = set(baseline.session.dropna())
    since = rows[(rows.day >= baseline.day.iloc[0]) & ~rows.session.isin(taken)][-COMPARED:]
    first = counted_of(baseline)
    now = _change(brought(first.cadence_spm, first.speed_mps, wanted_mps), since.alone, cv) if len(since) else None
    last_day = counted_of(baseline).day.max()
    later = [those for those in assessments(one) if those.day.iloc[0] > last_day]
    if not later:
        return Own(baseline, now, None, None, now)
    newest = counted_of(later[-1])
    mps = mps_of(baseline) if mps_of(later[-1]) is not None else None
    before, after = (brought(those.cadence_spm, those.speed_mps, mps) for those in (first, newest))
    again = _change(before, after, cv)
    is_newer = now is None or rows.day.iloc[-1] <= newest.day.max()
    return Own(baseline, now, again, later[-1], again if is_newer else now)


def _own_cv(rows: pd.DataFrame) -> float:
    """The runner's own spread from run to run, by one source; else the usual one."""
    sources = ["" if pd.isna(one) else one for one in rows.steps_from]  # one that is not known stands for any
    both = zip(pairwise(rows.itertuples()), pairwise(sources), strict=True)
    pairs = [pair for pair, (one, other) in both if not one or not other or one == other]
    if len(pairs) < ENOUGH_PAIRS:
        return USUAL_CV
    variance = sum((b.alone - a.alone) ** 2 for a, b in pairs) / (2 * len(pairs))
    return float(max(LEAST_CV, variance**0.5 / (sum(a.alone + b.alone for a, b in pairs) / (2 * len(pairs)))))


def _change(before: pd.Series, after: pd.Series, cv: float) -> Change:
    mdc = 1.96 * cv * (1 / len(before) + 1 / len(after)) ** 0.5
    return Change(float(before.mean()), float(after.mean()), len(after), mdc)


# Sessions among the others.


def lines_of(one: Athlete) -> list[dict[str, Any]]:
    """Each session, the newest first, as the table of the progress page has them; None where there is a dash."""
    wanted_mps = common_mps(one, counted_from(one))
    return [_line(row, one, wanted_mps) for _, row in one.runs[::-1].iterrows()]


def _line(row: pd.Series, one: Athlete, wanted_mps: float | None) -> dict[str, Any]:
    said = one.checkins[one.checkins.session == row.session]
    pains = list(said.pain.dropna()) or [value for value in [row.highest_pain] if pd.notna(value)]
    efforts = said[said.moment == "after"].effort.dropna()
    known = one.baselines[one.baselines.day <= row.day].sort_values("day", kind="stable")
    own_spm = row.baseline_spm if pd.notna(row.baseline_spm) else known.cadence_spm.iloc[-1] if len(known) else None
    kept = _kept(row, "retention", own_spm)
    kept = _kept(row, "probe", own_spm) if kept is None else kept
    in_band = row.in_band_s / row.band_s if row.band_s and pd.notna(row.in_band_s) else None
    return {
        "session": row.session,
        "running_s": row.running_s,
        "mean_spm": row.mean_cadence_spm,
        "at_speed_spm": brought(row.mean_cadence_spm, row.mean_speed_mps, wanted_mps),
        "target_spm": _value(row.target_spm),
        "in_band": _value(in_band),
        "kept": kept,
        "corrected": int(row.n_corrections) if pd.notna(row.band_s) and row.band_s else None,
        "pain": int(max(pains)) if pains else None,
        "effort": int(efforts.max()) if len(efforts) else None,
    }


def _kept(row: pd.Series, what: str, own_spm: Any) -> float | None:  # noqa: ANN401  # a number or None
    """Part of the change asked for that was there without help."""
    own = row[f"{what}_own_spm"] if pd.notna(row[f"{what}_own_spm"]) else own_spm
    spm, target = row[f"{what}_cadence_spm"], row[f"{what}_target_spm"]
    if row.steps_from == "taps" or pd.isna(spm) or pd.isna(target) or own is None or pd.isna(own):
        return None
    return float((spm - own) / (target - own)) if abs(target - own) >= LEAST_STEP_SPM else None


def dose_of(one: Athlete) -> dict[str, Any]:
    """How much was done."""
    runs = one.runs
    running_h, band_h, helped_h = (float(runs[name].sum() / 3600) for name in ("running_s", "band_s", "helped_s"))
    asked = runs[runs.target_spm.notna()]
    met = asked.mean_cadence_spm >= asked.target_spm * TARGET_MET
    return {
        "n": len(runs),
        "running_h": running_h,
        "target_h": band_h,
        "target_ratio": band_h / running_h if running_h else None,
        "helped_h": helped_h,
        "reached": float(met.mean()) if len(asked) else None,
        "rate": float(runs.n_corrections.sum() / (band_h * 6)) if band_h else None,
    }


def worst_pains(one: Athlete) -> pd.Series:
    """The highest pain of each day that has an answer; keys where no answer of the session is there."""
    said = one.checkins[["day", "pain"]].dropna()
    keyed = [(row.day, row.highest_pain) for row in one.sessions.itertuples() if _is_keyed(row, one)]
    every = pd.concat([said, pd.DataFrame(keyed, columns=["day", "pain"])]) if keyed else said
    return every.groupby("day").pain.max()


def _is_keyed(row: Any, one: Athlete) -> bool:  # noqa: ANN401  # a row of pandas
    return pd.notna(row.highest_pain) and not (one.checkins[one.checkins.session == row.session].pain.notna().any())


def _value(cell: Any) -> Any:  # noqa: ANN401  # of a table
    return None if cell is None or pd.isna(cell) else cell
