"""The door of a room's file: bytes in, a room or its mistakes out. No bytes make it raise anything else.

What one file can tell is told here, two lanes that claim one thing included; whether athletes, plans and devices are
there is asked by whoever opens the room.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from cadencecoach.live.room.language import TONGUE, LaneText, RoomText
from cadencecoach.live.room.model import MOST_LANES, TODAY, USUAL_CONNECTIONS, Lane, Room
from cadencecoach.plan.faults import Report
from cadencecoach.plan.part import Part, need, read_keys
from cadencecoach.plan.syntax.findings import Finding, Severity, errors_in, render_findings
from cadencecoach.plan.syntax.nodes import ListNode, MapNode, Node, ScalarNode, data_of
from cadencecoach.plan.syntax.parser import parse
from cadencecoach.plan.syntax.text import Unreadable, decode
from cadencecoach.plan.words import nearest

EMPTY: Final = "there is nothing in the file; begin with 'room: ' and a name, then 'lanes:'"
NO_ROOM: Final = "this is not a room; begin with 'room: ' and a name, then 'lanes:'"
WAYS_LANE: Final = "write '- {lane: 1, athlete: r7, plan: today, sensor: ..., output: ...}'"
DEVICE_PAIR: Final = re.compile(r"(device:.*)@([0-9]{1,2})-([0-9]{1,2})")  # how `--sound` names a pair of channels

LanePart = Part[LaneText]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A lane and where it stands."""

    lane: Lane
    part: LanePart


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRoom:
    """What came of a check.

    Attributes:
        source: the file's name
        room: None when there is an error among the findings
        findings: in the order of the file
        written: the lanes that could be read, with their places
        report: where more that is wrong with them goes
    """

    source: str
    room: Room | None
    findings: tuple[Finding, ...]
    written: tuple[Written, ...] = ()
    report: Report | None = None

    def text(self) -> str:
        """Every finding with its file, line and caret; safe to print."""
        return render_findings(self.findings, self.source)

    def with_more(self, look: Callable[[tuple[Written, ...], Report], None]) -> "CheckedRoom":
        """The same, with what somebody finds who knows what is there."""
        if self.report is None:
            return self
        look(self.written, self.report)
        findings = _in_order(self.report)
        room = None if errors_in(findings) else self.room
        return CheckedRoom(source=self.source, room=room, findings=findings, written=self.written, report=self.report)


def check_room(raw: bytes, source: str) -> CheckedRoom:
    """Every mistake of a room's file, and the room when there is none. Never raises.

    Args:
        raw: the file
        source: its name, for messages
    """
    try:
        report = Report(decode(raw))
    except Unreadable as stop:
        return CheckedRoom(source=source, room=None, findings=stop.findings)
    room: Room | None = None
    written: tuple[Written, ...] = ()
    try:
        room, written = _room_of(report)
    except Unreadable as stop:  # so many findings that nobody would read on
        report.found.update(dict.fromkeys(stop.findings))
    findings = _in_order(report)
    room = None if errors_in(findings) else room
    return CheckedRoom(source=source, room=room, findings=findings, written=written, report=report)


def _in_order(report: Report) -> tuple[Finding, ...]:
    return tuple(sorted(report.found, key=lambda one: (one.line, one.column, one.severity is Severity.WARNING)))


def _room_of(report: Report) -> tuple[Room | None, tuple[Written, ...]]:
    root, findings, report.refused = parse(report.text)
    report.found.update(dict.fromkeys(findings))
    if root is None:
        if not findings:
            report.found[report.text.finding(1, 1, EMPTY)] = None
        return None, ()
    if not isinstance(root, MapNode) or not any(nearest(key, ("room", "lanes")) for key in root.keys):
        report.add(root, NO_ROOM)
        return None, ()
    head = read_keys(RoomText, root, report, tongue=TONGUE, apart=frozenset({"lanes"}))
    need(head, "room", "the room has no name; write 'room: ' and a name", report)
    need(head, "lanes", f"the room has no lanes; write 'lanes:' and a list below it; {WAYS_LANE}", report)
    written = tuple(_lanes(root.get("lanes"), report))
    check_claims(written, report)
    keys = head.keys
    lanes = tuple(sorted((one.lane for one in written), key=lambda lane: lane.number))
    room = Room(
        name=keys.room or "",
        lanes=lanes,
        adapters=keys.adapters or (),
        connections=keys.connections or USUAL_CONNECTIONS,
    )
    _check_connections(head, room, report)
    return room, written


def _lanes(node: Node | None, report: Report) -> Iterator[Written]:
    """The lanes that could be read; what is wrong with each is told."""
    if node is None:
        return
    is_empty = node.value is None if isinstance(node, ScalarNode) else not data_of(node)
    if is_empty:
        report.add(node, f"the room has no lanes; {WAYS_LANE}")
    elif not isinstance(node, ListNode):
        report.add(node, f"'lanes' is not a list; {WAYS_LANE}")
    if not isinstance(node, ListNode):
        return
    for entry in node.items[MOST_LANES : MOST_LANES + 1]:
        report.add(entry, f"this is lane {MOST_LANES + 1} of {len(node.items)}; a room has {MOST_LANES} at most")
    for entry in node.items[:MOST_LANES]:
        if not isinstance(entry, MapNode):
            report.add(entry, f"this is no lane; {WAYS_LANE}")
            continue
        part = read_keys(LaneText, entry, report, tongue=TONGUE, apart=frozenset())
        lane = _lane_of(part, report)
        if lane is not None:
            yield Written(lane=lane, part=part)


def _lane_of(part: LanePart, report: Report) -> Lane | None:
    """A lane whose keys are all there and go together."""
    for key, message in (
        ("lane", "a lane without a number; write 'lane: ' and 1 to 8"),
        ("plan", "a lane without a plan; write 'plan: ' and a name or file, or 'plan: today'"),
        ("sensor", "a lane without a sensor; write 'sensor: ble:NAME-OR-ADDRESS', or 'sensor: none'"),
        ("output", "a lane without an output; write 'output: device:NAME', 'output: sink:NAME', or 'output: none'"),
    ):
        need(part, key, message, report)
    keys = part.keys
    if "athlete" not in part.written and "guest" not in part.written:
        report.add(part.node, "a lane without a runner; write 'athlete: ' and a pseudonym, or 'guest: yes'")
    if {"athlete", "guest"} <= part.written:
        report.add(part.at_key("guest"), "an athlete is no guest; delete one of the two")
    if keys.plan == TODAY and "guest" in part.written:
        report.add(part.at("plan"), "today's session is that of an athlete's programme; a guest needs a plan's name")
    if keys.channels is not None and keys.output is not None and not keys.output.startswith("device:"):
        report.add(part.at_key("channels"), "a pair of channels is one of a device; write 'output: device:NAME'")
    is_whole = None not in (keys.lane, keys.plan, keys.sensor, keys.output)
    if not is_whole or part.bad:
        return None
    pair = "" if keys.channels is None else f"@{keys.channels[0]}-{keys.channels[1]}"
    return Lane(
        number=keys.lane or 0,
        athlete=keys.athlete,
        plan=keys.plan or "",
        sensor=keys.sensor or "",
        output=f"{keys.output}{pair}",
        baseline_spm=keys.baseline,
    )


def check_claims(written: tuple[Written, ...], report: Report) -> None:
    """Tell of each thing that two lanes claim: a number, an athlete, a sensor, an output."""
    first: dict[tuple[str, str], Written] = {}
    for one in written:
        for kind, key, claim, message in _claims(one.lane):
            before = first.setdefault((kind, claim), one)
            if before is not one:
                report.add(one.part.at(key), message.replace("{lane}", str(before.lane.number)))
    _check_pairs(written, report)


def _claims(lane: Lane) -> Iterator[tuple[str, str, str, str]]:
    """What a lane needs for itself: its kind, the key it stands in, what it is, and what is told of a second one."""
    yield "lane", "lane", str(lane.number), f"there are two lanes {lane.number}; give one another number"
    if lane.athlete is not None:
        yield "athlete", "athlete", lane.athlete, f"{lane.athlete} runs in lane {{lane}}; one athlete, one lane"
    for pod in lane.pods:
        yield "pod", "sensor", pod.casefold(), f"lane {{lane}} claims {_safe(pod)} too; each pod is one runner's"
    if lane.sensor.startswith("phone:"):
        yield "phone", "sensor", lane.sensor.casefold(), "lane {lane} claims this phone too; each is one runner's"
    if lane.output != "none":
        yield "output", "output", lane.output.casefold(), "lane {lane} is heard there too; each runner needs an output"


def _check_pairs(written: tuple[Written, ...], report: Report) -> None:
    """Tell of a device that one lane wants as a whole and another a pair of."""
    whole = {one.lane.output.casefold(): one.lane.number for one in written if _pair_of(one.lane.output) is None}
    for one in written:
        pair = _pair_of(one.lane.output)
        first = None if pair is None else whole.get(pair[0].casefold())
        if first is not None:
            message = f"lane {first} has the whole of this device; give it a pair of channels too"
            report.add(one.part.at_key("channels"), message)
    pairs = [(one, pair) for one in written if (pair := _pair_of(one.lane.output)) is not None]
    for number, (one, pair) in enumerate(pairs):
        for other, before in pairs[:number]:
            if before[0].casefold() == pair[0].casefold() and abs(before[1] - pair[1]) == 1:
                message = f"shares a channel with lane {other.lane.number}; pairs do not overlap: 1-2, 3-4, 5-6"
                report.add(one.part.at("channels"), f"'{pair[1]}-{pair[2]}' {message}")


def _pair_of(output: str) -> tuple[str, int, int] | None:
    match = DEVICE_PAIR.fullmatch(output)
    return None if match is None else (match[1], int(match[2]), int(match[3]))


def _check_connections(head: Part[Any], room: Room, report: Report) -> None:
    """Tell of more sensors than the adapters hold."""
    n_pods = sum(len(lane.pods) for lane in room.lanes)
    n_adapters = max(1, len(room.adapters))
    most = n_adapters * room.connections
    if n_pods > most:
        held = "one adapter holds" if n_adapters == 1 else f"{n_adapters} adapters hold"
        message = (
            f"{n_pods} Bluetooth sensors, and {held} {most}; add an adapter (adapters: [hci0, hci1]), or write "
            "how many one really holds (connections: 8)"
        )
        report.add(head.at_key("lanes"), message)


def _safe(text: str) -> str:
    """A text for a message that is filled in later."""
    return text.replace("{", "{{").replace("}", "}}")
