import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from athlete_home import AT, Home
from coach_rig import AT_170, plan_of
from each_row import each_row

from cadencecoach.coach.actions import Action, SetTempo
from cadencecoach.coach.coaching import guided
from cadencecoach.errors import UsageError
from cadencecoach.gait.unit import Unit
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import prepare, session_of
from cadencecoach.plan.feedback import HowMuch
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.record.profile import Profile
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import NoFeet
from cadencecoach.session.recorder import APP, SessionRecorder
from cadencecoach.store.user_store import user_files

DEMO = Request(plan_name="demo", feet_text="sim", sound_text="none", started="2026-11-23T07:30:00Z")


class ListedOutput(NoAudio):
    """Notes what it is asked to perform."""

    def __init__(self, order: list[str]) -> None:
        """Heard nothing."""
        super().__init__()
        self._order = order

    def perform(self, action: Action) -> float | None:
        """Note it."""
        self._order.append(f"ear {type(action).__name__}")
        return 12.5


class Listener(NoFeet):
    """Feet that never come, and hear."""

    def __init__(self, order: list[str]) -> None:
        """Heard nothing."""
        self._order = order

    def hear(self, action: Action) -> None:
        """Note it."""
        self._order.append(f"feet {type(action).__name__}")


def test_the_header_says_what_was_asked_for() -> None:
    """Plan, feet, sound, athlete, and what it takes to have the same session again."""
    request = replace(DEMO, athlete="A7", baseline_spm=160.0, seed=9, sound_text="file:secret/out.wav")
    header = prepare(user_files(), request, {"rehearsal": True}).header.to_dict()
    sha256 = header["plan"].pop("sha256")  # type: ignore[attr-defined]
    assert len(sha256) == 64
    assert header == {
        "journal": 1,
        "app": APP,
        "started": "2026-11-23T07:30:00Z",
        "plan": {"name": "Demo"},
        "athlete": "A7",
        "feet": "sim",
        "sound": "file",
        "day": "2026-11-23",
        "utc_offset_s": 0,
        "baseline_spm": 160.0,
        "seed": 9,
        "unit": "strides",
        "rehearsal": True,
    }


@each_row(
    ("text", "label"),
    [
        ("2026-11-23T08:30:00+01:00", "2026-11-23T07:30:00Z"),
        ("2026-11-23T07:30:00.999Z", "2026-11-23T07:30:00Z"),
    ],
)
def test_a_start_is_written_in_one_form(text: str, label: str) -> None:
    """UTC, whole seconds."""
    assert prepare(user_files(), replace(DEMO, started=text), {}).header.started == label


def test_without_a_start_the_wall_clock_is_asked() -> None:
    """A label of the same form."""
    started = prepare(user_files(), replace(DEMO, started=None), {}).header.started
    assert prepare(user_files(), replace(DEMO, started=started), {}).header.started == started


@each_row("text", ["", "now", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+05:00", "25:00"])
def test_a_start_that_is_none_is_refused(text: str) -> None:
    """With an example of one."""
    with pytest.raises(UsageError, match="2026-11-23T07:30:00Z"):
        prepare(user_files(), replace(DEMO, started=text), {})


@pytest.mark.parametrize(("given", "unit"), [(None, Unit.STEPS), ("strides", Unit.STRIDES), ("auto", Unit.STRIDES)])
def test_the_unit_of_the_settings_holds_where_none_was_given(tmp_path: Path, given: str | None, unit: Unit) -> None:
    """Words at the command line win over the settings file, also `auto`."""
    path = tmp_path / "settings.toml"
    path.write_text('[feet]\nunit = "steps"\n', encoding="utf-8")
    assert prepare(user_files(), replace(DEMO, config=str(path), unit=given), {}).opened.vote.unit is unit


def test_an_action_is_heard_by_the_ear_and_then_by_the_feet() -> None:
    """The answer is the ear's: when a cue sounded; a simulated runner cannot hear what was not played."""
    order: list[str] = []
    watched: list[object] = []
    prepared, plan = prepare(user_files(), DEMO, {}), plan_of(AT_170)
    prepared = replace(
        prepared, plan=plan, coaching=guided(plan), opened=replace(prepared.opened, feet=Listener(order))
    )
    session = session_of(prepared, ListedOutput(order), SessionRecorder(None, plan, None), watch=watched.append)
    session.advance(1.0)
    assert order == [f"{who} {what}" for what in ("EnterStage", "GiveCue", "SetTempo") for who in ("ear", "feet")]
    assert isinstance(watched[-1], SetTempo)


WRITTEN = "plan: P\nbaseline: {}\nstages:\n  - {{name: Run, duration: 4 min, target: +5 %}}\n"


@pytest.mark.parametrize(
    ("said", "given_spm", "baseline_spm", "has_curve"),
    [
        ("164 spm", None, 164.0, False),
        ("164 spm", 170.0, 170.0, False),
        ("{speeds: {9 km/h: 160 spm, 11 km/h: 168 spm}}", None, 164.0, True),
        ("{speeds: {9 km/h: 160 spm, 11 km/h: 168 spm}}", 170.0, 170.0, False),
    ],
)
def test_the_header_says_what_the_session_goes_by(
    said: str, given_spm: float | None, baseline_spm: float, *, has_curve: bool, tmp_path: Path
) -> None:
    """The plan's baseline, unless another one is given; the header says the same as the coach begins with."""
    path = tmp_path / "p.yaml"
    path.write_text(WRITTEN.format(said), encoding="utf-8")
    prepared = prepare(user_files(), replace(DEMO, plan_name=str(path), baseline_spm=given_spm), {})
    header, begun = prepared.header.to_dict(), prepared.coaching.begun
    assert header["baseline_spm"] == prepared.baseline_spm == begun.baseline_spm == baseline_spm
    assert ("speed_curve" in header, prepared.curve is not None, begun.curve is not None) == (has_curve,) * 3
    assert prepared.curve == begun.curve


@pytest.mark.skipif(sys.platform == "win32", reason="this system's zone is not that of a variable")
@pytest.mark.parametrize(("zone", "offset_s"), [("IST-5:30", 19_800), ("NST3:30", -12_600), ("UTC0", 0)])
def test_a_run_now_says_how_far_the_clocks_of_the_place_are_ahead(
    monkeypatch: pytest.MonkeyPatch, zone: str, offset_s: int
) -> None:
    """Its start is told in UTC, which says nothing of it; a rehearsal goes by the time it was given."""
    if sys.platform == "win32":
        pytest.skip("not on this system")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        now = prepare(user_files(), replace(DEMO, day="2026-11-23"), {}).header
        rehearsed = prepare(user_files(), DEMO, {}).header
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (now.extra["utc_offset_s"], rehearsed.extra["utc_offset_s"]) == (offset_s, 0)


CHOICES = ("few", "usual", "many")


@each_row("of_settings", CHOICES)
@each_row("of_athlete", ["", *CHOICES])
@each_row("of_plan", ["", "as chosen", *CHOICES])
def test_how_much_is_said_is_the_plans_the_athletes_or_the_settings_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of_settings: str, of_athlete: str, of_plan: str
) -> None:
    """In this order, each combination; and what is about pain, stop and sensor may be said in any of them."""
    Home(tmp_path).move_in(monkeypatch)
    store = user_files()
    store.write_profile(Profile(athlete="r7", words=of_athlete))
    config = tmp_path / "own.toml"
    config.write_text(f'[voice]\nwords = "{of_settings}"\nlanguage = "en"\n', encoding="utf-8")
    plan = tmp_path / "own.yaml"
    feedback = f", feedback: {{words: {of_plan}}}" if of_plan else ""
    plan.write_text(
        f"plan: Own\nbaseline: 160 spm\nstages:\n  - {{name: Run, duration: 60 s, target: +5 %{feedback}}}\n",
        encoding="utf-8",
    )
    request = Request(
        plan_name=str(plan), feet_text="none", sound_text="none", athlete="r7", config=str(config), started=AT
    )
    prepared = prepare(store, request, {})
    wanted = of_plan if of_plan in CHOICES else of_athlete or of_settings
    assert prepared.plan.stages[0].feedback.words is HowMuch(wanted)
    safety = {ENGLISH.stop_for_pain, ENGLISH.taken_back, ENGLISH.sensor_lost, ENGLISH.sensor_back}
    assert safety <= set(prepared.score.sentences)


MEASURING = """plan: P
baseline: measured
stages:
  - {name: As you run, duration: 5 min, measure: baseline}
  - {name: Run, duration: 4 min, target: +5 %}
"""


@pytest.mark.parametrize(
    ("feet", "extra", "is_refused"),
    [("taps", {}, False), ("taps", {"programme": {}}, True), ("sim", {"programme": {}}, False)],
)
def test_no_target_of_a_programme_counts_from_what_is_tapped_in_its_session(
    feet: str, extra: dict[str, object], *, is_refused: bool, tmp_path: Path
) -> None:
    """Of a run of one's own it does; a programme takes a sensor, or a baseline that is given."""
    path = tmp_path / "p.yaml"
    path.write_text(MEASURING, encoding="utf-8")
    request = replace(DEMO, plan_name=str(path), feet_text=feet)
    if is_refused:
        with pytest.raises(UsageError, match="--feet taps can be 3 steps a minute off: use a foot pod, or give"):
            prepare(user_files(), request, extra)
        request = replace(request, baseline_spm=164.0)
    assert prepare(user_files(), request, extra).opened.label == feet
