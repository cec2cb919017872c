"""A phone in a live session: bytes and links in session time, and what its owner is told to do."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from coach_rig import STAGE, plan_of
from each_row import each_row
from phone_batches import batch_of

from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.phone.process import Came, CannotListen, Event, Listening, NoAnswer, TurnedAway
from cadencecoach.gait.phone_messages import PhoneBatch
from cadencecoach.live.sensors.phone_feet import PhoneFeet
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN as TEXTS
from cadencecoach.record.line_json import json_of_line
from cadencecoach.session.session import Session

STILL = (0.0, 0.0, 9.8)


@dataclass
class Events:
    """What came, all of it before it is looked at."""

    waiting: deque[Event] = field(default_factory=deque)
    is_closed: bool = False

    def ring_with(self, ring: Callable[[], None]) -> None:
        """Everything is there."""

    def peek(self) -> Event | None:
        """The next."""
        return self.waiting[0] if self.waiting else None

    def take(self) -> Event | None:
        """The next."""
        return self.waiting.popleft() if self.waiting else None

    def close(self) -> None:
        """No more."""
        self.is_closed = True


class Scene:
    """A session with a phone, whose events are told by hours and minutes of its own clock."""

    def __init__(self, *, is_asked: bool = False) -> None:
        self.events = Events()
        self.n_begun = 0
        self.error: OSError | None = None
        address = "" if is_asked else "http://here"
        self.feet = PhoneFeet(self.events, TEXTS, is_asked=is_asked, begin_again=self.begin_again, address=address)
        self.clock = HostClock()
        self.feet.begin(self.clock)
        self.lines: list[dict[str, Any]] = []
        write = lambda line: self.lines.append(json_of_line(line))  # noqa: E731
        self.session = Session(plan_of(STAGE), baseline_spm=160.0, perform=lambda _: None, write=write)

    def begin_again(self) -> Events:
        """Another process."""
        self.n_begun += 1
        if self.error is not None:
            raise self.error
        self.events = Events()
        return self.events

    def came(self, time_s: float, batch: PhoneBatch) -> None:
        """A batch arrives."""
        self.events.waiting.append(Came(time_s=self.clock.begun_s + time_s, value=batch))

    def deliver(self, until_s: float = 0.0) -> None:
        """Hand over what there is, and what is due."""
        while self.events.waiting or self.feet.next_s() <= until_s:
            self.feet.next_s()
            self.feet.deliver(self.session)

    def told(self, what: str) -> list[dict[str, Any]]:
        """Lines of the journal of a kind."""
        return [line for line in self.lines if line["what"] == what]


def second(begin_s: float, *, sender: str = "1", value: Iterable[float] = STILL) -> PhoneBatch:
    """A second of samples."""
    return batch_of([begin_s + number / 100 for number in range(100)], [tuple(value)] * 100, sender=sender)


def clocked(every_s: float) -> PhoneBatch:
    """Samples of a phone that lies still, so far apart by its own times."""
    return batch_of([number * every_s for number in range(60)], [STILL] * 60)


def test_what_came_is_written_down_under_a_name_that_is_nobodys() -> None:
    """A link, and bytes of the source phone: neither a name of the phone nor an address."""
    scene = Scene()
    scene.came(1.0, second(0.0, sender="192.168.1.9"))
    scene.deliver()
    (link,), (payload,) = scene.told("link"), scene.told("payload")
    assert link == {"t": 1.0, "what": "link", "state": "connected", "source": "phone", "name": "phone"}
    assert (payload["t"], payload["source"], payload["sensor"]) == (1.0, "phone", "phone")
    assert "192.168" not in str(scene.lines)


def test_what_came_before_the_start_only_orders_the_clock() -> None:
    """It is not written down, and what overlaps it is not told twice."""
    scene = Scene()
    scene.came(-1.0, second(0.0))
    scene.came(1.0, second(0.5))
    scene.deliver()
    (payload,) = scene.told("payload")
    assert len(payload["hex"]) == 2 * (10 + 50 * 8)


def test_a_phone_that_falls_silent_is_lost_and_comes_back() -> None:
    """Five seconds after its last samples, at that time, once."""
    scene = Scene()
    scene.came(1.0, second(0.0))
    scene.deliver()
    assert scene.feet.next_s() == 6.0
    scene.deliver(100.0)
    scene.came(20.0, second(19.0))
    scene.deliver()
    states = [(line["t"], line["state"]) for line in scene.told("link")]
    assert states == [(1.0, "connected"), (6.0, "lost"), (20.0, "connected")]


def past(seconds: float) -> float:
    """So long ago in a session that has just begun."""
    return -seconds


@each_row(
    ("is_asked", "events", "says"),
    [
        (False, [], TEXTS.phone_sought_at.replace("{address}", "http://here")),
        (True, [], TEXTS.phone_sought),
        (True, [NoAnswer(time_s=0.0, is_other=True)], TEXTS.phone_other),
        (True, [NoAnswer(time_s=0.0, is_other=False)], TEXTS.phone_silent),
        (False, [second(0.0)], ""),
        (False, [second(0.0, value=(0.0, 0.0, 1.0))], ""),
        (False, [second(0.0, value=(0.0, 0.1, 0.0))], TEXTS.phone_without_gravity),
        (False, [second(0.0, value=(0.0, 0.0, 980.0))], TEXTS.phone_senseless),
        (False, [clocked(1.0 / 100)], ""),
        (False, [clocked(1.0 / 400)], ""),
        (False, [clocked(1.0 / 20)], ""),
        (False, [clocked(1.0 / 10)], "It sends 10 samples a second; at least 20 are needed."),
        (False, [clocked(10.0)], TEXTS.phone_odd_times),  # milliseconds, taken for seconds
        (False, [clocked(1e-5)], TEXTS.phone_odd_times),
        (False, [second(0.0), second(0.0, sender="2")], TEXTS.phone_second),
    ],
)
def test_the_message_says_what_to_do_on_that_phone(is_asked: bool, events: list[Any], says: str) -> None:  # noqa: FBT001
    """While it sends, and before it did."""
    scene = Scene(is_asked=is_asked)
    for event in events:
        if isinstance(event, PhoneBatch):
            scene.came(0.0, event)
        else:
            scene.events.waiting.append(event)
    scene.deliver()
    assert scene.feet.message == says


@each_row(
    ("is_asked", "app", "is_measuring", "says"),
    [
        (False, "phyphox", True, TEXTS.phone_lost),
        (False, "Sensor Logger", True, TEXTS.phone_lost_logger),
        (True, "phyphox", True, TEXTS.phone_lost_remote),
        (True, "phyphox", False, TEXTS.phone_paused),
    ],
)
def test_a_phone_that_is_lost_is_told_by_its_app(is_asked: bool, app: str, is_measuring: bool, says: str) -> None:  # noqa: FBT001
    """Whoever reads it has to tap there."""
    scene = Scene(is_asked=is_asked)
    scene.came(past(6.0), replace(second(0.0), app=app))
    scene.came(past(5.5), replace(batch_of([], []), app=app, is_measuring=is_measuring))
    scene.feet.next_s()
    assert scene.feet.message == says


def test_what_was_turned_away_is_one_line_for_each_kind() -> None:
    """On the screen when it begins, and at the end with its number; the session is the same as without."""
    scene = Scene()
    scene.came(0.0, second(0.0))
    for number in (6, 20_000):
        counts = {"wrong secret": number, "too slow": 1, "too large": 2, "too many connections": number}
        scene.events.waiting.append(TurnedAway(time_s=scene.clock.begun_s + 0.1, counts=counts))
    scene.deliver()
    assert scene.feet.message.endswith("turned away at the phone's port: 3")
    assert [line.rpartition(" ")[2] for line in scene.feet.remember(scene.session)] == ["20000", "3"]
    assert {line["what"] for line in scene.lines} >= {"link", "payload"}
    assert scene.told("note") == []


def test_a_flood_alone_is_a_line_of_its_own() -> None:
    """Beside another kind it is that one's: whoever guesses the code knocks often."""
    scene = Scene()
    scene.events.waiting.append(TurnedAway(time_s=scene.clock.begun_s, counts={"too many connections": 900}))
    scene.deliver()
    assert scene.feet.remember(scene.session) == (
        "requests too large, too slow or too many, turned away at the phone's port: 900",
    )


def test_other_events_are_let_pass() -> None:
    """And closing it closes what is behind it."""
    scene = Scene()
    scene.events.waiting.append(Listening(port=1))
    scene.deliver()
    scene.feet.close()
    assert scene.lines == []
    assert scene.events.is_closed


@each_row(("came_s", "says"), [(-1.0, ""), (-40.0, "no phone can be listened to: no address")])
def test_where_nothing_can_be_heard_any_more_nobody_is_sent_to_the_phone(came_s: float, says: str) -> None:
    """That is said once the phone is silent, and no code is shown again."""
    scene = Scene()
    scene.came(came_s, second(0.0))
    scene.feet.next_s()
    assert scene.feet.is_sought is bool(says)
    scene.events.waiting.append(CannotListen(why="no address"))
    scene.deliver()
    assert scene.feet.message == says
    assert not scene.feet.is_sought


def test_a_process_that_has_ended_is_followed_by_another_and_told_once() -> None:
    """What the first one turned away is counted on; the same phone sends on."""
    scene = Scene()
    scene.events.waiting += [TurnedAway(time_s=0.0, counts={"wrong secret": 3}), CannotListen()]
    first = scene.events
    scene.deliver()
    scene.feet.next_s()
    assert (scene.n_begun, first.is_closed) == (1, True)
    assert scene.feet.message == "waiting for the phone; its experiment for phyphox: http://here"
    scene.events.waiting += [Listening(port=1), TurnedAway(time_s=0.0, counts={"wrong secret": 2})]
    scene.came(0.0, second(0.0))
    scene.deliver()
    assert scene.feet.message == TEXTS.phone_begun_again
    assert [line["state"] for line in scene.told("link")] == ["connected"]
    assert scene.feet.remember(scene.session)[0].endswith(" 5")
    scene.feet.close()
    assert scene.events.is_closed


def test_a_process_that_ends_at_once_is_not_started_without_a_pause() -> None:
    """The second one ends as soon as it was begun: nobody starts a third one now."""
    scene = Scene()
    scene.events.waiting.append(CannotListen())
    scene.deliver()
    scene.feet.next_s()
    scene.events.waiting += [CannotListen(why="address in use"), CannotListen()]
    scene.deliver()
    scene.feet.next_s()
    assert scene.n_begun == 1
    assert scene.feet.message == "no phone can be listened to: address in use"
    scene.events.waiting.append(Listening(port=1))
    scene.deliver()
    assert scene.feet.message.startswith(TEXTS.phone_sought)


def test_where_the_system_starts_no_process_that_is_said_and_tried_later() -> None:
    """The session goes on."""
    scene = Scene()
    scene.error = OSError(11, "Resource temporarily unavailable")
    scene.events.waiting.append(CannotListen())
    scene.deliver()
    scene.feet.next_s()
    scene.feet.next_s()
    assert scene.n_begun == 1
    assert scene.feet.message == "no phone can be listened to: Resource temporarily unavailable"
