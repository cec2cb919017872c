"""A short form of bench/recompute.py: what three kinds of pages print is what pandas reckons from the tables."""

from pathlib import Path

import pytest
from athlete_home import Home
from real_patients import break_off, lose_sensor, make_real

from cadencecoach.cli.main import main
from cadencecoach.store.user_store import user_files, user_store

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SHORT = """programme: Short weeks
works-on: cadence
allow: {dose: short}
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 4}
plans:
  short:
    plan: Short
    baseline: athlete
    stages:
      - {name: Warm-up, duration: 20 s, target: free}
      - {name: Run, duration: 1 min, target: +5 %, takes: [target]}
      - {name: Walk, duration: 20 s, target: walk}
      - {name: On your own, duration: 1 min, target: +5 %, beat: off, feedback: none, takes: [target]}
days:
  - {session: One, plan: short, target: +5 %}
  - rest: 1 day
  - {session: Two, plan: short, target: +5 %}
  - rest: 1 day
  - {session: Three, plan: short, target: +7.5 %}
"""
STORY = """story: Odd weeks
about: Pain in a run and after one, an answer that is missing.
days:
  - {day: 3, during: {pain: 4, site: knee}, after: {pain: 3, site: knee, soreness: 2}}
  - {day: 5, answers: no}
"""
ODD = {0: lambda lines: break_off(lines, 60.5), 1: lambda lines: lose_sensor(lines, 45.0, 70.0)}
RUN = "t_s,cadence_spm,speed_mps\n" + "".join(f"{t},{165 + t % 7 * 0.5},{2.8 + t % 5 * 0.05:.2f}\n" for t in range(900))


def typed(*words: str) -> None:
    """A command that works."""
    assert main(list(words)) == 0, words


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A patient: a session that broke off and went on, a sensor lost, pain, walks, baselines, a recorded run."""
    one = Home(tmp_path).move_in(monkeypatch)
    for name, text in (("short.yaml", SHORT), ("story.yaml", STORY), ("run.csv", RUN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    story, programme = (str(tmp_path / name) for name in ("story.yaml", "short.yaml"))
    typed("athlete", "practise", "r7", "--story", story, "--programme", programme, "--weeks", "2")
    data = user_files().folder
    names = sorted(path.stem for path in data.glob("sessions/*.jsonl"))
    make_real(data, lambda name, lines: ODD.get(names.index(name), list)(lines))
    newest = user_files().log_of("r7").entries[-1].day
    typed("athlete", "add-run", "r7", str(tmp_path / "run.csv"), "--day", f"{newest}")
    for spm in ("170", "171.5"):
        typed("baseline", "--athlete", "r7", "--spm", spm, "--minutes", "15", "--speed", "10 km/h")
    for value in ("8", "5.5"):
        typed("finding", "add", "r7", "--what", "knee valgus", "--side", "L", "--value", value, "--unit", "deg")
    return one


def test_every_number_of_the_pages_comes_from_the_tables(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Of each session, of the progress page and of the patient's; of those of weeks, after a count from new too."""
    pytest.importorskip("pandas", reason="pandas is for tests only")  # here: all processes read this file
    from bench.recompute import exported, numbers_of, weeks_numbers  # noqa: PLC0415  # needs pandas

    folder = home.root / "study"
    before = list(numbers_of(user_store(), "r7", exported(folder)))
    assert [one for one in before if not one.is_equal] == []
    told = {one.where.partition(" ")[2] for one in before}
    assert len(before) > 300
    assert {"progress reassessed", "progress now, chance", "progress pain 1", "patient kept alone"} <= told
    again = ("--count-from-new", "--because", "measured again")
    typed("programme", "start", str(home.root / "short.yaml"), "--athlete", "r7", *again)
    tables = exported(folder)
    assert [one for one in weeks_numbers(user_store(), "r7", tables) if not one.is_equal] == []
    other = {**tables, "sessions": tables["sessions"].assign(mean_cadence_spm=tables["sessions"].mean_cadence_spm + 1)}
    assert any(not one.is_equal for one in weeks_numbers(user_store(), "r7", other))
    capsys.readouterr()
