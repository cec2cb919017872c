"""The numbers that reports print, reckoned again from the exported tables alone: `python -m bench.recompute [ATHLETE]`.

Takes the store of whoever runs it (`CADENCECOACH_STORE`, `XDG_DATA_HOME`), exports it with `cohort build`, and reckons
from the CSV by pandas what each session report, the progress page and the page of each patient print. Prints a line a
number: what it is, what stands on the page, what comes from the tables, whether they are equal. The status is 1 where
one is not. What hangs on the text of a programme (planned sessions, the next session) is no number of the tables.
"""

import math
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import pandas_weeks as weeks
from pandas_report import report_of

from cadencecoach.cli.main import main as program
from cadencecoach.desk.history.filing import report_of as session_report
from cadencecoach.desk.history.progress import athlete_progress
from cadencecoach.desk.patient.looking import look_at_patient
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import Store
from cadencecoach.store.user_store import user_store
from cadencecoach.view.patient.page import patient_parts
from cadencecoach.view.report.progress.page import progress_page

DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"
LEAST_JUDGED_S, MINUTE_S = 20.0, 60.0
TABLES = ("sessions", "checkins", "baselines", "decisions", "findings")
PAIN_DAYS = 14
OR = " or "


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a page.

    Attributes:
        where: page and place
        printed: on the page
        reckoned: from the tables
    """

    where: str
    printed: str
    reckoned: str

    @property
    def is_equal(self) -> bool:
        """Letter by letter; of one on the edge between two roundings, either."""
        return self.printed in self.reckoned.split(OR)


class Page:
    """A page as a person reads it: its large numbers, its tables and its pairs.

    Args:
        text: of the page, or of a part of one
    """

    def __init__(self, text: str) -> None:
        """Read it."""
        self._root = ET.fromstring(re.sub(r"^<!doctype html>", "", text.strip(), flags=re.IGNORECASE))  # noqa: S314

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each large number with its unit, and its words."""
        found = (one for one in self._root.iter("ul") if one.get("class") in {"facts", "glance"})
        return [(_plain(item.find("b")), _plain(item.find("span"))) for those in found for item in those]

    def table(self, heading: str) -> list[dict[str, str]]:
        """The rows of the table whose heads have this one; the head of a row under the empty name."""
        for table in self._root.iter("table"):
            heads = [_plain(one) for one in table.iterfind("thead/tr/th")]
            if heading in heads:
                rows = (row for part in ("tbody", "tfoot") for row in table.iterfind(f"{part}/tr"))
                return [dict(zip(heads, map(_plain, row), strict=True)) for row in rows]
        return []

    def pairs(self, heading: str) -> dict[str, str]:
        """Names and words under a heading; of names that stand there twice, numbered."""
        found: dict[str, str] = {}
        for part in self._root.iter("section"):
            inside = list(part)
            at = next((n for n, one in enumerate(inside) if one.tag == "h2" and _plain(one) == heading), None)
            if at is None:
                continue
            lists = (one for one in inside[at:] if one.tag == "dl")
            flat = [one for those in lists for one in those.iter() if one.tag in {"dt", "dd"}]
            for name, said in zip(flat[::2], flat[1::2], strict=True):
                key = _plain(name)
                found[key if key not in found else f"{key} ({len(found)})"] = _plain(said)
        return found

    def lines(self, id_: str) -> list[str]:
        """The lines of a list of a part."""
        part = next((one for one in self._root.iter("section") if one.get("id") == id_), None)
        return [] if part is None else [_plain(one) for one in part.iter("li")]


def _plain(element: Any) -> str:  # noqa: ANN401  # an element, or none
    text = "" if element is None else "".join(element.itertext())
    return text.replace("\xa0", " ").replace("\u202f", " ").replace(MINUS, "-").strip()


# How a page writes numbers.


def per_cent(ratio: float | None) -> str:
    """A part in percent."""
    return DASH if ratio is None else OR.join(f"{one} %" for one in rounded(100 * ratio, ".0f").split(OR))


def decimal(value: float | None, form: str = ".1f") -> str:
    """A number."""
    return DASH if value is None else rounded(value, form)


def rounded(value: float, form: str) -> str:
    """A number as it is printed; both where the ten digits of a table leave open which of two it is."""
    off = abs(value) * 1e-9 + 1e-9
    return OR.join(dict.fromkeys(f"{one:{form}}" for one in (value, value - off, value + off)))


def clock(time_s: float | None) -> str:
    """Minutes and seconds."""
    if not time_s:
        return "00:00"
    minutes, seconds = divmod(math.floor(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def minutes_words(time_s: float) -> str:
    """A length of time in words."""
    if time_s < 2 * MINUTE_S:
        return f"{time_s:.0f} s"
    whole = round(time_s / MINUTE_S)
    if whole < 2 * MINUTE_S:
        return f"{whole} min"
    return f"{whole // 60} h {whole % 60} min" if whole % 60 else f"{whole // 60} h"


# The report of a session.


def session_numbers(name: str, page: Page, series: pd.DataFrame, session: pd.Series) -> Iterator[Number]:
    """Large numbers, stages, help, cues."""
    told = report_of(series, session)
    whole = told["session"]
    yield from _in_order(f"{name} facts", [number for number, _ in page.facts], _facts(whole))
    yield from _in_order(f"{name} own", _spoken(page, r"own cadence (\d+)"), _own(told))
    rows = page.table("stage")
    parts = [*told["stages"], whole]
    yield Number(f"{name} stages", str(len(rows)), str(len(parts)))
    for row, part in zip(rows, parts, strict=False):
        for head, value in _stage(part).items():
            if head in row and (part is not whole or head != "target, spm"):  # a session has no target of its own
                yield Number(f"{name} {row['stage']}: {head}", row[head], value)
    yield from _helped(name, page, told)
    cues = {row["reason"]: row for row in page.table("reason")}
    counts = sorted(whole["n_cues"].items(), key=lambda one: (one[0] not in {"below", "above"}, -one[1]))
    yield from _in_order(f"{name} cues", [row["number"] for row in cues.values()], [str(n) for _, n in counts])
    ran = whole["running_s"] >= MINUTE_S
    rates = [f"{n / whole['running_s'] * 600:.1f}" if ran else DASH for _, n in counts]
    yield from _in_order(f"{name} cues a time", [row["per 10 min of running"] for row in cues.values()], rates)


def _facts(whole: dict[str, Any]) -> Iterator[str]:
    shown = [one for one in (whole["helped"], whole["silent"]) if one["band_s"] >= LEAST_JUDGED_S]
    yield from (per_cent(one["in_band_s"] / one["band_s"]) for one in shown)
    if not shown and whole["band_s"]:
        yield per_cent(whole["in_band_ratio"])
    if whole["mean_cadence_spm"] is not None:
        yield f"{whole['mean_cadence_spm']:.0f} spm"
    if whole["covered_s"]:
        yield minutes_words(whole["running_s"])
    if whole["band_s"]:
        yield str(whole["n_corrections"])
    if whole["covered_s"]:
        yield per_cent(whole["coverage_ratio"])


def _own(told: dict[str, Any]) -> Iterator[str]:
    own = told["session"]["mean_own_spm"]
    own = told["baseline_spm"] if own is None else own
    if own is not None and told["session"]["mean_cadence_spm"] is not None:
        yield f"{own:.0f}"


def _spoken(page: Page, pattern: str) -> list[str]:
    return [found[1] for _, words in page.facts if (found := re.search(pattern, words))]


def _stage(part: dict[str, Any]) -> dict[str, str]:
    target = part["mean_target_spm"] if part["target_spm"] is None else part["target_spm"]
    return {
        "time": clock(part["duration_s"]),
        "running": clock(part["running_s"]),
        "target, spm": decimal(target, ".0f"),
        "mean, spm": decimal(part["mean_cadence_spm"]),
        "SD, spm": decimal(part["sd_spm"]),
        "in band": per_cent(part["in_band_ratio"]),
        "longest in band": clock(part["longest_streak_s"]) if part["longest_streak_s"] else DASH,
        "drift, spm in 10 min": decimal(part["drift_spm_per_10min"], "+.1f"),
        "speed, km/h": DASH if part["mean_speed_mps"] is None else f"{part['mean_speed_mps'] * 3.6:.1f}",
        "steps": rounded(part["steps"], ".0f") if part["steps"] else DASH,
        "corrected": DASH if part["band_s"] is None else str(part["n_corrections"]),
    }


def _helped(name: str, page: Page, told: dict[str, Any]) -> Iterator[Number]:
    """With help, without, each probe."""
    whole, rows = told["session"], page.table("judged")
    probes = [one for one in told["stages"] if one["is_probe"]]
    rest_s = whole["silent"]["band_s"] - sum(one["silent"]["band_s"] for one in probes)
    splits = [whole["helped"]]
    splits += [whole["silent"]] if rest_s >= LEAST_JUDGED_S or len(probes) > 1 else []
    splits += [one["silent"] for one in probes]
    splits = [one for one in splits if one["band_s"] >= LEAST_JUDGED_S and one["mean_cadence_spm"] is not None]
    yield Number(f"{name} helped", str(len(rows)), str(len(splits)))
    for row, split in zip(rows, splits, strict=False):
        own = told["baseline_spm"] if split["mean_own_spm"] is None else split["mean_own_spm"]
        mean, target = split["mean_cadence_spm"], split["mean_target_spm"]
        made = None if own is None or abs(target - own) < 1 else (mean - own) / (target - own)
        values = {
            "judged": minutes_words(split["band_s"]),
            "mean, spm": decimal(mean),
            "target": decimal(target),
            "target change": decimal(None if own is None else target - own, "+.1f"),
            "change made": decimal(None if own is None else mean - own, "+.1f"),
            "share made": per_cent(made),
            "in band": per_cent(split["in_band_s"] / split["band_s"]),
        }
        for head, value in values.items():
            yield Number(f"{name} {row['']}: {head}", row[head], value)


# The progress page.


def progress_numbers(name: str, page: Page, one: weeks.Athlete) -> Iterator[Number]:
    """Own cadence in three steps, pain, every session, what was done, baselines."""
    own, facts = weeks.own_of(one), page.facts
    base = DASH if own.baseline is None else f"{weeks.spm_of(own.baseline):.1f} spm"
    yield Number(f"{name} baseline", facts[0][0], base)
    now, again = own.now, own.again
    yield Number(f"{name} now", facts[1][0], DASH if now is None else f"{now.after:.1f} spm")
    yield Number(f"{name} reassessed", facts[2][0], DASH if again is None else f"{again.after:.1f} spm")
    for what, words, change in (("now", facts[1][1], now), ("reassessed", facts[2][1], again)):
        if change is not None and own.baseline is not None:
            yield from _change(f"{name} {what}", words, change)
    if now is not None:
        found = re.search(r"(\d+) runs?", facts[1][1])
        yield Number(f"{name} now, runs", found[1] if found else "", str(now.n_after))
    pains = weeks.worst_pains(one)
    said = [number for number, words in facts if words == "highest pain rated"]
    yield from _in_order(f"{name} pain", said, [f"{pains.max():.0f} of 10"] if len(pains) else [])
    yield from _sessions(name, page, one)
    yield from _done(name, page, one)
    runs = one.baselines.sort_values("day", kind="stable")
    told = [", ".join(_baseline(run)) for run in runs.itertuples()]
    printed = [re.match(r"[^,]*spm(, at [^,]*)?(, over [^,]*)?", words) for words in page.pairs("Baselines").values()]
    yield from _in_order(f"{name} baseline runs", [found[0] if found else "" for found in printed], told)


def _change(where: str, words: str, change: weeks.Change) -> Iterator[Number]:
    found = re.search(r"([+-][\d.]+) spm, (more than chance|may be chance, up to)\D*([\d.]+) spm \(([\d.]+) %\)", words)
    printed = found.groups() if found else ("", "", "", "")
    is_more = abs(change.spm) > change.mdc * change.before
    values = (
        f"{change.spm:+.1f}",
        "more than chance" if is_more else "may be chance, up to",
        f"{change.mdc * change.before:.1f}",
        f"{100 * change.mdc:.1f}",
    )
    for what, on_page, value in zip(("change", "verdict", "chance", "chance, %"), printed, values, strict=True):
        yield Number(f"{where}, {what}", on_page, value)


def _sessions(name: str, page: Page, one: weeks.Athlete) -> Iterator[Number]:
    rows, lines = page.table("at the same speed"), weeks.lines_of(one)
    yield Number(f"{name} sessions", str(len(rows)), str(len(lines)))
    for row, line in zip(rows, lines, strict=False):
        values = {
            "running": clock(line["running_s"]),
            "mean, spm": decimal(line["mean_spm"]),
            "at the same speed": decimal(line["at_speed_spm"]),
            "target": decimal(line["target_spm"], ".0f"),
            "in band": per_cent(line["in_band"]),
            "kept without help": per_cent(line["kept"]),
            "corrected": DASH if line["corrected"] is None else str(line["corrected"]),
            "pain": DASH if line["pain"] is None else str(line["pain"]),
            "effort": DASH if line["effort"] is None else str(line["effort"]),
        }
        for head, value in values.items():
            yield Number(f"{name} {line['session']}: {head}", row[head], value)


def _done(name: str, page: Page, one: weeks.Athlete) -> Iterator[Number]:
    dose, printed = weeks.dose_of(one), page.pairs("What was done")
    values = {"sessions": str(dose["n"]), "running": f"{dose['running_h']:.1f} h"}
    if dose["target_ratio"]:
        values["with a target"] = f"{dose['target_h']:.1f} h, {100 * dose['target_ratio']:.0f} % of the running"
        values["with help"] = f"{dose['helped_h']:.1f} h"
    for what, value in values.items():
        yield Number(f"{name} done: {what}", printed.get(what, ""), value)
    for what, value in (("reached the target", per_cent(dose["reached"])), ("corrections", decimal(dose["rate"]))):
        found = re.match(r"[\d.]+( %)?", printed.get(what, ""))
        yield Number(f"{name} done: {what}", found[0] if found else DASH, value)


def _baseline(run: Any) -> Iterator[str]:  # noqa: ANN401  # a row of pandas
    yield f"{run.cadence_spm:.1f} spm"
    if pd.notna(run.speed_mps):
        yield f"at {run.speed_mps * 3.6:.1f} km/h"
    if pd.notna(run.duration_s):
        yield f"over {run.duration_s / 60:.0f} min"


# The page of a patient.


def patient_numbers(name: str, page: Page, one: weeks.Athlete, findings: pd.DataFrame) -> Iterator[Number]:
    """What is seen at a glance, the baseline, runs, findings first and latest."""
    glance, today = {words: number for number, words in page.facts}, pd.Timestamp(today_here())
    days = [(today - pd.Timestamp(day)).days for day in one.sessions.day]
    last = "never" if not days else "today" if min(days) == 0 else f"{min(days)} d"
    yield Number(f"{name} last run", glance["Last run"], last)
    pains = weeks.worst_pains(one)
    recent = [pain for day, pain in pains.items() if (today - pd.Timestamp(str(day))).days < PAIN_DAYS]
    found = re.match(r"highest \d+|nothing said", glance["Pain, 14 days"])
    worst = f"highest {max(recent):.0f}" if recent else "nothing said"
    yield Number(f"{name} pain, 14 days", found[0] if found else "", worst)
    yield Number(f"{name} kept alone", glance["Kept alone, spm"], _kept_alone(one))
    counted = weeks.counted_from(one)
    said = re.search(r"([\d.]+) spm", page.pairs("Baseline").get("Counts from", ""))
    yield Number(
        f"{name} counts from", said[1] if said else "", "" if counted is None else f"{weeks.spm_of(counted):.1f}"
    )
    rows = one.sessions.sort_values(["day", "started"], ascending=False)
    for line, row in zip(page.lines("runs"), rows.itertuples(), strict=False):
        for what, value in _run_words(row).items():
            said = re.search(RUN_WORDS[what], line)
            yield Number(f"{name} {row.session}: {what}", said[1] if said else "", value)
    values = [f"{value:g}" for value in findings.value[::-1] if pd.notna(value)]
    lines = [line for line in page.lines("findings") if re.match(r"\d{4}-\d\d-\d\d", line)]
    printed = [found[1] for line in lines if (found := re.search(r": (-?[\d.]+)", line))]
    yield from _in_order(f"{name} findings", printed, values)


RUN_WORDS = {
    "in band": r"in band (\d+) %",
    "without help": r"without help (\d+) %",
    "mean": r"mean (\d+) spm",
}


def _run_words(row: Any) -> dict[str, str]:  # noqa: ANN401  # a row of pandas
    return {
        "in band": f"{row.in_band_s / row.band_s * 100:.0f}" if pd.notna(row.in_band_s) and row.band_s else "",
        "without help": f"{row.probe_in_band_s / row.probe_s * 100:.0f}" if row.probe_s else "",
        "mean": f"{row.mean_cadence_spm:.0f}" if pd.notna(row.mean_cadence_spm) else "",
    }


def _kept_alone(one: weeks.Athlete) -> str:
    for row in one.sessions.sort_values(["day", "started"], ascending=False).to_dict("records"):
        for what in ("retention", "probe"):
            spm, target, own = (row[f"{what}_{name}_spm"] for name in ("cadence", "target", "own"))
            if row["steps_from"] != "taps" and pd.notna(spm) and pd.notna(target) and pd.notna(own):
                return f"{spm - own:+.1f} of {target - own:+.1f}"
    return DASH


def _in_order(where: str, printed: Iterable[str], values: Iterable[str]) -> Iterator[Number]:
    on_page, reckoned = list(printed), list(values)
    yield Number(f"{where}, how many", str(len(on_page)), str(len(reckoned)))
    for n, (one, other) in enumerate(zip(on_page, reckoned, strict=False), start=1):
        yield Number(f"{where} {n}", one, other)


# All of a store.


def exported(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of the store, as anybody reads them; whole numbers that may be missing stay numbers."""
    assert program(["cohort", "build", str(folder)]) in {0, 1}  # 1: something could not be read, and was told
    tables = {name: pd.read_csv(folder / f"{name}.csv") for name in TABLES}
    parts = [pd.read_csv(path) for path in sorted((folder / "series").glob("part-*.csv"))]
    return {**tables, "series": pd.concat(parts)}


def numbers_of(store: Store, athlete: str, tables: dict[str, pd.DataFrame]) -> Iterator[Number]:
    """Every number of the pages of an athlete."""
    yield from sessions_numbers(store, athlete, tables)
    yield from weeks_numbers(store, athlete, tables)


def sessions_numbers(store: Store, athlete: str, tables: dict[str, pd.DataFrame]) -> Iterator[Number]:
    """Of the report of each session."""
    for _, session in weeks.athlete_of(tables, athlete).sessions.iterrows():
        series = tables["series"]
        mine = series[(series.athlete == athlete) & (series.session == session.session)]
        yield from session_numbers(session.session, Page(session_report(store, session.session, "")), mine, session)


def weeks_numbers(store: Store, athlete: str, tables: dict[str, pd.DataFrame]) -> Iterator[Number]:
    """Of the progress page and of the patient's."""
    one = weeks.athlete_of(tables, athlete)
    if len(one.runs):
        page = Page(progress_page(athlete_progress(store, athlete, today_here())))
        yield from progress_numbers(f"{athlete} progress", page, one)
    found = tables["findings"][tables["findings"].athlete == athlete]
    parts = patient_parts(look_at_patient(store, athlete, today_here())).text
    yield from patient_numbers(f"{athlete} patient", Page(f"<div>{parts}</div>"), one, found)


def main(names: Sequence[str]) -> int:
    """Reckon, and print; 1 where a number is another one."""
    store = user_store()
    with tempfile.TemporaryDirectory() as folder:
        tables = exported(Path(folder) / "study")
        numbers = [one for name in names or store.athlete_names() for one in numbers_of(store, name, tables)]
    for one in numbers:
        print(f"{one.where} | {one.printed} | {one.reckoned} | {'equal' if one.is_equal else 'DIFFERS'}")
    wrong = [one for one in numbers if not one.is_equal]
    print(f"{len(numbers)} numbers, {len(wrong)} of them differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
