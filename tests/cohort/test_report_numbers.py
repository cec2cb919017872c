"""Every number of a report can be had from the exported tables: reckoned by pandas from them alone, they are equal."""

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from numbers import Number
from pathlib import Path
from typing import Any

import pytest
from athlete_home import Home
from golden import WHOLE

from cadencecoach.cli.main import main
from cadencecoach.record.profile import Profile
from cadencecoach.store.user_store import user_files

pytestmark = pytest.mark.slow

Line = dict[str, Any]
HARDLY = "sim:beat_gain=0.3,noise=2,lost_per_hour=120,lost_s=8"
CURVE = {"c0_spm": 163.0, "v0_mps": 2.9, "slope_spm_per_mps": 6.0, "range_mps": [2.4, 3.2], "surface": "road"}
FADED = """plan: Faded help, short
baseline: athlete
feedback: {cycle: 30 s, spacing: 20 s, dwell: 6 s}
stages:
  - {name: Warm-up, duration: 1 min, target: free}
  - {name: Full help, duration: 4 min, target: +5 %, ramp: 30 s}
  - {name: Half, duration: 2 min, target: +5 %, help: 50 %}
  - {name: On your own, duration: 80 s, target: +5 %, beat: off, feedback: none}
  - {name: Cool-down, duration: 20 s, target: free}
"""
NOT_NUMBERS = {"plan", "is_own_by_speed", "name", "journal", "row"}


def rehearsed(home: Home, plan: str, feet: str, *more: str) -> list[Line]:
    """The lines of a session in virtual time, as if somebody had run it."""
    path = home.root / "rehearsed.jsonl"
    words = ("--feet", feet, "--seed", "3", "--journal", str(path), "--force", *more)
    assert main(["rehearse", plan, *words, "--started", "2026-03-02T08:00:00Z"]) == 0
    header, *lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    header |= {"feet": "ble", "athlete": "r7", "rehearsal": False}
    return [header, *lines]


def faded(home: Home, feet: str) -> list[Line]:
    """The session of a plan in which help fades, up to a probe."""
    plan = home.root / "faded.yaml"
    plan.write_text(FADED, encoding="utf-8")
    return rehearsed(home, str(plan), feet, "--baseline", "164")


def at(lines: list[Line], *more: Line, **header: object) -> list[Line]:
    """The session with other lines in it, each before the first that is later, and more in its header."""
    first, *rest = lines
    return [{**first, **header}, *sorted([*rest, *more], key=lambda line: line["t"])]


def keep(name: str, lines: list[Line]) -> str:
    """Put a session into the store."""
    text = "".join(json.dumps(line) + "\n" for line in lines)
    assert user_files().add_journal(name, io.BytesIO(text.encode()))
    return name


def guided(home: Home) -> list[Line]:
    """Help that fades, a probe at the end, a pod that falls silent, cues that correct."""
    return faded(home, HARDLY)


def with_breaks(home: Home) -> list[Line]:
    """A measured baseline, walks, a drill, two pauses, and a break of known length after which it goes on."""
    pauses = [{"t": t + 0.25, "what": what} for t, what in ((130, "pause"), (170, "resume"), (400, "pause"))]
    return at(
        rehearsed(home, WHOLE, "sim:noise=1.5", "--open-stage", "1 min"),
        *pauses,
        {"t": 420.75, "what": "gap", "gap_s": 65.5, "reason": "broken off"},
        {"t": 421.0, "what": "feet", "state": "live"},
    )


def on_a_belt(home: Home) -> list[Line]:
    """A belt's speeds with an own cadence by speed, speeds off it, and readings that came late."""
    told = at(faded(home, "sim:speed=2.7,noise=1,start_delay=12"), speed_curve=CURVE)
    for line in told[1:]:
        if line["what"] == "reading" and line.get("speed_mps"):
            line["speed_mps"] = 2.6 + 0.5 * (line["t"] // 97 % 2)
    off = [{"t": t, "what": "speed", "is_off": is_off} for t, is_off in ((250.5, True), (290.2, False))]
    late = [
        {"t": 11.9, "what": "reading", "cadence_spm": 166.0, "speed_mps": 2.7, "came_s": came_s, "feet": "live"}
        for came_s in (2.0, 3.0, 4.5)
    ]
    return at(told, {"t": 0.0, "what": "lead", "source": "treadmill", "name": "Belt"}, *off, *late)


def tapped(home: Home) -> list[Line]:
    """Taps: no speed at all."""
    lines = faded(home, "sim:noise=2,lost_per_hour=60")
    for line in lines[1:]:
        line.pop("speed_mps", None)
    return at(lines, {"t": 0.0, "what": "lead", "source": "taps", "name": "taps"})


STORIES = (guided, with_breaks, on_a_belt, tapped)


def tables(folder: Path, form: str) -> tuple[Any, Any]:
    """Sessions and series of a folder, by pandas."""
    pd = pytest.importorskip("pandas", reason="pandas is for tests only")
    read = pd.read_csv if form == "csv" else pd.read_parquet
    parts = [read(path) for path in sorted((folder / "series").glob(f"part-*.{form}"))]
    return read(folder / f"sessions.{form}"), pd.concat(parts)


def is_number(value: object) -> bool:
    """Whether it is a number and no truth; pandas has its own kinds."""
    return isinstance(value, Number) and not isinstance(value, bool)


def differences(told: Any, found: Any, where: str = "") -> list[str]:  # noqa: ANN401  # JSON
    """Where two reports differ by more than what ten digits leave open."""
    if isinstance(told, Mapping):
        names = [name for name in told if name not in NOT_NUMBERS]
        return [line for name in names for line in differences(told[name], found[name], f"{where}.{name}")]
    if isinstance(told, list):
        if len(told) != len(found):
            return [f"{where}: {len(told)} and not {len(found)}"]
        return [line for n, one in enumerate(told) for line in differences(one, found[n], f"{where}[{n}]")]
    both = is_number(told) and is_number(found)
    same = found == pytest.approx(told, rel=1e-7, abs=1e-7) if both else told == found
    return [] if same else [f"{where}: {told} in the report, {found} from the tables"]


@dataclass(frozen=True, slots=True)
class Told:
    """What the program says of the same sessions in two ways.

    Attributes:
        reports: of each session, as `history show --json` tells it
        folders: with the tables, by `complete` and `research`
    """

    reports: list[Line]
    folders: dict[str, Path]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Four sessions of one athlete, each of another kind, reported and exported."""
    root = tmp_path_factory.mktemp("machine")
    with pytest.MonkeyPatch.context() as patch:
        home = Home(root).move_in(patch)
        user_files().write_profile(Profile(athlete="r7"))
        for day, story in enumerate(STORIES, start=2):
            lines = at(story(home), started=f"2026-03-0{day}T08:00:00Z", day=f"2026-03-0{day}")
            keep(f"2026-03-0{day}T080000Z", lines)
        reports = [report(f"2026-03-0{day}T080000Z") for day in range(2, 2 + len(STORIES))]
        folders = {"complete": root / "complete", "research": root / "research"}
        assert main(["cohort", "build", str(folders["complete"])]) == 0
        assert main(["cohort", "build", str(folders["research"]), "--for", "research"]) == 0
        yield Told(reports, folders)


def report(session: str) -> Line:
    """What `history show --json` prints."""
    with redirect_stdout(io.StringIO()) as out:
        assert main(["history", "show", session, "--json"]) == 0
    told: Line = json.loads(out.getvalue())
    return told


@pytest.mark.parametrize(("whom", "form"), [("complete", "parquet"), ("research", "csv")])
def test_pandas_has_every_number_of_a_report_from_the_tables(told: Told, whom: str, form: str) -> None:
    """Every number of the whole and of each stage, of four sessions; of the row what stands in `sessions`."""
    pytest.importorskip("pandas", reason="pandas is for tests only")  # here: all processes read this file
    from pandas_report import dynamics_of, report_of  # noqa: PLC0415  # needs pandas

    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is an extra")
    sessions, series = tables(told.folders[whom], form)
    assert list(sessions.day_offset) == list(range(len(STORIES)))
    for reported, (_, row) in zip(told.reports, sessions.iterrows(), strict=True):
        mine = series[(series.athlete == row.athlete) & (series.session == row.session)]
        assert differences(reported, report_of(mine, row)) == [], reported["plan"]
        found = dynamics_of(mine)
        assert differences({name: reported["row"][name] for name in found}, found) == [], reported["plan"]
        numbers = {name: value for name, value in reported["row"].items() if is_number(value) and name in row}
        assert len(numbers) > 20
        assert differences(numbers, row.to_dict()) == [], reported["plan"]


def test_the_sessions_have_what_they_are_about(told: Told) -> None:
    """Fading help, a probe, pauses, a gap, off speeds, late readings, taps: none of them is missing from the series."""
    sessions, series = tables(told.folders["complete"], "csv")
    time = series[series.event.isna()]
    seconds = {name: time[time[name] == 1].lasts_s.sum() for name in ("probe", "paused", "ramp", "off_speed", "late")}
    assert all(amount > 0.2 for amount in seconds.values()), seconds
    assert 0.2 < time[time.running == 1].helped.mean() < 0.95
    assert set(series.event.dropna()) >= {"stage", "cue", "gap", "baseline", "dynamics", "end"}
    assert sessions.stride_m.notna().any()
    assert set(sessions.steps_from.dropna()) >= {"taps", "treadmill"}
    assert sessions.drift_spm_per_10min.notna().any()
    assert time.lasts_s.max() <= 1.0 + 1e-9
    assert time.groupby(["session", "t_s"]).size().min() >= 1
