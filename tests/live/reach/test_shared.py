import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from coach_rig import AT_170, STAGE, plan_of
from quiet_host import Pressed, Unseen
from reached_rig import PATIENCE_S, RawClient, client_of, only_place, private_folder

from cadencecoach.coach.key_table import KEY_BY_NAME, TEN, Mode
from cadencecoach.devices.reach.place import found_places
from cadencecoach.gait.reading import Reading
from cadencecoach.live.opening.opened import Joining
from cadencecoach.live.reach.shared import SharedSession
from cadencecoach.live.reach.unattended import PATIENCE_S as PATIENCE_S_UNATTENDED
from cadencecoach.live.reach.unattended import Unattended
from cadencecoach.session.host import Display
from cadencecoach.session.session import Session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a private folder is Unix's")
PLAN = plan_of(replace(STAGE, name="Warm-up", duration_s=20.0), replace(AT_170, name="Rung", duration_s=120.0))


@dataclass
class Rig:
    """A session in virtual time that others reach."""

    shared: SharedSession
    display: Display
    session: Session
    rung: threading.Event
    pressed: Pressed = field(default_factory=lambda: Pressed(deque()))
    asked: list[str] = field(default_factory=list)
    phone: list[str] = field(default_factory=list)  # what it has sent

    def run_to(self, until_s: int) -> None:
        """At 160 spm, shown each second."""
        for second in range(int(self.session.now_s) + 1, until_s + 1):
            self.session.take_reading(Reading(time_s=float(second), cadence_spm=160.0))
            self.display.show(self.session, float(second))

    def ask(self, client: RawClient, key: str, value: int | None = None) -> str:
        """What a client is answered to a key; the session looks for keys as it does live."""
        self.rung.clear()
        self.asked.append(key)
        client.write({"id": f"tap-{len(self.asked)}", "key": key, "value": value})
        assert self.rung.wait(PATIENCE_S)
        keys = self.shared.keys(self.pressed)
        while (name := keys.poll()) is not None:
            if name.isdigit() or name == TEN:
                self.session.rate_pain(self.session.now_s, 10 if name == TEN else int(name))
            else:
                self.session.press(self.session.now_s, KEY_BY_NAME[name])
        return str(client.read_until("answer")["wrong"])


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """Begun, and reached."""
    private_folder(tmp_path, monkeypatch)
    rung, phone = threading.Event(), list[str]()
    shared = SharedSession(
        PLAN,
        Mode.GUIDED,
        {"kind": "session"},
        takes_taps=False,
        joining=Joining(code="phyphox://here/x", before=("Scan",), after=("Play",), is_wanted=lambda: not phone),
        now_s=lambda: 1000.0 + session.now_s,
        ring=rung.set,
    )
    display = shared.display(Unseen(), lambda: "", "")
    session = Session(
        PLAN,
        baseline_spm=160.0,
        perform=lambda _: None,
        write=lambda _: None,
        watch=lambda thing: display.watch(session, thing),
    )
    tick = threading.Event()
    while not found_places():
        tick.wait(0.005)
    made = Rig(shared, display, session, rung, phone=phone)
    yield made
    shared.close()


def test_a_client_sees_the_plan_the_past_minutes_and_the_moment(rig: Rig) -> None:
    """Also one that comes late: the trace has a point a second."""
    rig.run_to(30)
    with client_of(only_place()) as client:
        hello = client.read_until("session")
        assert [stage["name"] for stage in hello["stages"]] == ["Warm-up", "Rung"]
        assert [stage["kind"] for stage in hello["stages"]] == ["free", "helped"]
        assert len(hello["trace"]) == 30
        assert hello["trace"][-1][:2] == [1030.0, 160.0]
        rig.run_to(100)
        while (moment := client.read_until("moment"))["time_s"] < 100:
            pass
        assert (moment["stage"]["name"], moment["target_spm"], moment["cadence_spm"]) == ("Rung", 170, 160)
        assert (moment["status"]["word"], moment["status"]["far_spm"]) == ("QUICKER", 5)


def test_a_client_is_told_how_a_phone_joins_until_it_has(rig: Rig) -> None:
    """The code and what to do once, at the beginning; whether it is wanted with each moment."""
    rig.run_to(1)
    with client_of(only_place()) as client:
        told = client.read_until("session")["joining"]
        assert told == {"code": "phyphox://here/x", "before": ["Scan"], "after": ["Play"]}
        rig.run_to(2)
        assert client.read_until("moment")["is_joining"] is True
        rig.phone.append("samples")
        rig.run_to(3)
        while (moment := client.read_until("moment"))["time_s"] < 3:
            pass
        assert moment["is_joining"] is False


def test_keys_of_others_do_what_those_of_the_host_do(rig: Rig) -> None:
    """And what does nothing is answered with why."""
    rig.run_to(10)
    with client_of(only_place()) as client:
        assert rig.ask(client, "up") == "this stage has no target to move"
        assert rig.ask(client, "tap") == "tap is not a key of this session"
        assert rig.ask(client, "dance") == "dance is not a key of this session"
        assert rig.ask(client, "pause") == ""
        assert rig.session.state.pause_began_s is not None
        assert rig.ask(client, "next") == "paused: press space to go on"
        assert rig.ask(client, "pause") == ""
        assert rig.ask(client, "next") == ""
        assert rig.session.state.current.index == 1
        assert rig.ask(client, "up") == ""
        assert rig.ask(client, "mute") == ""
        assert rig.session.state.is_muted
        assert rig.ask(client, "stop") == ""
        assert rig.session.is_over
        assert [one["reason"] for one in client.passed if one["what"] == "end"] == ["stopped"]


@pytest.mark.parametrize(("value", "is_stopped"), [(0, False), (5, False), (6, True), (10, True)])
def test_a_number_for_pain_comes_in_one(rig: Rig, value: int, *, is_stopped: bool) -> None:
    """Whether or not the question is open; above the limit it stops the beat."""
    rig.run_to(10)
    with client_of(only_place()) as client:
        assert rig.ask(client, "pain", value) == ""
        answer = rig.session.state.pain.answer
        assert answer is not None
        assert (answer.level, rig.session.state.pain.is_stopped) == (value, is_stopped)
        assert rig.ask(client, "take back") == ""
        assert rig.ask(client, "pain") == ""
        assert rig.ask(client, "pain", value) == ""
        answer = rig.session.state.pain.answer
        assert answer is not None
        assert answer.level == value


@pytest.mark.parametrize(("key", "value"), [("pain", -1), ("pain", 11), ("next", 1)])
def test_a_number_out_of_place_presses_nothing(rig: Rig, key: str, value: int) -> None:
    """The answer says what may be said."""
    rig.run_to(10)
    with client_of(only_place()) as client:
        assert "number" in rig.ask(client, key, value)
    assert rig.session.state.pain.asked_s < 0
    assert rig.session.state.current.index == 0


def test_what_is_said_is_sent_once(rig: Rig) -> None:
    """With its reason."""
    with client_of(only_place()) as client:
        client.read_until("session")
        rig.run_to(1)
        assert client.read_until("said")["reason"] == "stage"


def test_what_goes_wrong_in_sharing_ends_the_sharing_and_not_the_session(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs hears the beat to the end; who is connected is let go."""

    def wrong(*_: object, **__: object) -> None:
        raise ValueError

    with client_of(only_place()) as client:
        client.read_until("session")
        monkeypatch.setattr("cadencecoach.live.reach.shared.moment_message", wrong)
        rig.run_to(30)
        assert rig.session.now_s == 30
        while client.read() is not None:
            pass
    assert rig.shared.keys(Pressed(deque(["space"]))).poll() == "space"
    assert found_places() == []


def test_who_sits_before_no_screen_counts_by_keys_also_when_the_sharing_has_broken(rig: Rig) -> None:
    """A session nobody sees still ends itself: a bug in the sharing keeps nothing running for ever."""
    unattended = Unattended()
    display = rig.shared.display(unattended, lambda: "", "")
    session = Session(plan_of(replace(STAGE, duration_s=None)), baseline_spm=160.0, perform=lambda _: None)
    session.advance(1.0)
    display.show(session, 1.0)
    with client_of(only_place()) as client:
        session.advance(PATIENCE_S_UNATTENDED)
        rig.ask(client, "mute")
    rig.shared.share(lambda: str(1 / 0))
    session.advance(2 * PATIENCE_S_UNATTENDED)
    display.show(session, session.now_s)
    assert not rig.shared.is_forsaken
    session.advance(2 * PATIENCE_S_UNATTENDED + 1.0)
    display.show(session, session.now_s)
    assert rig.shared.is_forsaken
