"""Sensors looked for and listened to from the page: our own commands do it, beside the server."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cadencecoach.desk.sensors.kinds import kind_words
from cadencecoach.devices.background.lines import CommandLines
from cadencecoach.gait.unit import Unit
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.machine import Machine
from cadencecoach.store.sensor_book import STEP_KINDS, Remembered, change_book, open_book
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import id_of
from cadencecoach.web.radio import RadioTurns

SCAN_S, LISTEN_S = 5, 60
GRACE_S: Final = 30.0  # to open the radio and to close it
LOOK_S: Final = 0.5
MOST_HEARD: Final = 4  # sensors listened to at once; a radio has room for about seven
UNITS: Final = ("auto", *(unit.name.lower() for unit in Unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A sensor of the list.

    Attributes:
        id: what a request names it by
        name: as it calls itself
        address: never sent to anybody
        kinds: what it is
        signal_dbm: how loud it is heard; None where it is not
        is_remembered: it was used before
        unit: what it counts, once that is known; empty before
        is_held: another program of this computer has it
    """

    id: str
    name: str
    address: str
    kinds: tuple[str, ...]
    signal_dbm: int | None = None
    is_remembered: bool = False
    unit: str = ""
    is_held: bool = False

    def row(self, texts: PageTexts) -> dict[str, Any]:
        """As it is sent, with what it is in the words of whoever reads."""
        shown = ("id", "name", "kinds", "signal_dbm", "is_remembered", "unit", "is_held")
        counts_steps = bool(set(self.kinds) & set(STEP_KINDS))
        return {
            **{name: getattr(self, name) for name in shown},
            "is": kind_words(self.kinds, texts),
            "counts_steps": counts_steps,
        }


class Sensing:
    """Looks for sensors and listens to them.

    Args:
        machine: whose sensors are remembered
        turns: at the radio
        texts: for what a person is told
    """

    def __init__(self, machine: Machine, turns: RadioTurns, texts: PageTexts) -> None:
        """Nothing has been looked for."""
        self._machine, self._turns, self._texts = machine, turns, texts
        self._around: dict[str, Seen] = {}

    def list_known(self) -> list[Seen]:
        """Those that are remembered.

        Raises:
            UsageError: the list cannot be read
        """
        return [_seen_of(one) for one in open_book(self._machine.sensors_file).here()]

    async def scan(self, texts: PageTexts) -> tuple[list[Seen], str]:
        """Who is around, and what a session would do; whoever listens is ended for it.

        Args:
            texts: of whoever reads why not
        Raises:
            RefusedError: the radio is in use, or there is none; says what to do
        """
        try:
            async with asyncio.timeout(SCAN_S + GRACE_S), self._turns.look(texts, ends_listening=True):
                told = await _scan(texts)
        except TimeoutError:
            raise RefusedError(409, texts.no_radio) from None
        found = [_row_as_seen(row) for row in told["sensors"]]
        self._around = {one.id: one for one in found}
        return found, session_words(told["session"], found, texts)

    async def values(self, ids: Sequence[str], texts: PageTexts) -> AsyncIterator[dict[str, Any]]:
        """What sensors of the last scan say, for a minute, or until somebody else needs the radio.

        Args:
            ids: of the list
            texts: of whoever reads why not
        Raises:
            RefusedError: no such sensor, the radio is in use, or there is none
        """
        by_address = {one.address: one.id for one in (self._find(id_) for id_ in ids[:MOST_HEARD])}
        if not by_address:
            raise RefusedError(400, texts.no_such_choice, "ids")
        listening = Listening(["sensors", "watch", ",".join(by_address), "--json", "--seconds", str(LISTEN_S)])
        async with self._turns.listen(texts, listening.end):
            lines = await asyncio.to_thread(listening.begin)
            try:
                while (line := await asyncio.to_thread(lines.next, LOOK_S)) is not None:
                    told = _values_in(line, by_address)
                    if told is not None or not line:
                        yield told or {}
                if not listening.is_ended and (complaint := lines.complaint()):
                    yield {"error": complaint.splitlines()[-1]}
            finally:
                await asyncio.to_thread(lines.end)

    def choose(self, id_: str, unit: str | None) -> None:
        """Remember a sensor as the one to use, and what it counts.

        Args:
            id_: of the list
            unit: `auto` is found out anew; None leaves it
        Raises:
            RefusedError: no such sensor, or no such unit
        """
        one = self._find(id_)
        if unit is not None and unit not in UNITS:
            raise RefusedError(400, f"unit: one of {', '.join(UNITS)}", "unit")
        entry = Remembered(name=one.name, address=one.address, kinds=one.kinds)
        book = change_book(self._machine.sensors_file, lambda book: book.with_sensor(entry))
        if unit is not None:
            given = replace(
                book.by_address(one.address) or entry,
                unit="" if unit == "auto" else unit,
                is_unit_given=unit != "auto",
            )
            change_book(
                self._machine.sensors_file,
                lambda book: replace(book, sensors=(given, *(s for s in book.sensors if not _is(s, given)))),
            )

    def forget(self, id_: str) -> None:
        """Forget a sensor.

        Raises:
            RefusedError: no such sensor
        """
        address = self._find(id_).address
        change_book(
            self._machine.sensors_file, lambda book: book.without(one for one in book.here() if one.address == address)
        )

    def _find(self, id_: str) -> Seen:
        known = {one.id: one for one in self.list_known()}
        found = self._around.get(id_) or known.get(id_)
        if found is None:
            raise RefusedError(404, self._texts.no_such_choice, "id")
        return found


class Listening:
    """A command that listens, which may be ended before it has begun.

    Args:
        words: of the command
    """

    def __init__(self, words: Sequence[str]) -> None:
        """Nothing runs."""
        self._words = words
        self._lines: CommandLines | None = None
        self.is_ended = False

    def begin(self) -> CommandLines:
        """Start it."""
        self._lines = lines = CommandLines(self._words)
        if self.is_ended:
            lines.end()
        return lines

    def end(self) -> None:
        """End it for somebody else."""
        self.is_ended = True
        if self._lines is not None:
            self._lines.end()


async def _scan(texts: PageTexts) -> dict[str, Any]:
    lines = await asyncio.to_thread(CommandLines, ["sensors", "scan", "--json", "--seconds", str(SCAN_S)])
    printed = []
    try:
        while (line := await asyncio.to_thread(lines.next, LOOK_S)) is not None:
            printed.append(line)
    finally:
        await asyncio.to_thread(lines.end)
    try:
        told: dict[str, Any] = json.loads("\n".join(printed))
    except ValueError:
        raise RefusedError(409, lines.complaint() or texts.no_radio) from None
    return told


def session_words(told: dict[str, Any], found: Sequence[Seen], texts: PageTexts) -> str:
    """What a session would do with what was found."""
    used = next((one for one in found if one.address == told["uses"]), None)
    if used is not None:
        return fill(texts.session_uses, sensor=used.name)
    if told["waits_for"] is not None:
        return fill(texts.session_waits, sensor=told["waits_for"])
    names = ", ".join(one.name for one in found if set(one.kinds) & set(STEP_KINDS))
    return fill(texts.sensor_several, sensors=names) if names else texts.sensor_silent


def _seen_of(one: Remembered) -> Seen:
    return Seen(
        id=id_of("sensor", one.address),
        name=one.name,
        address=one.address,
        kinds=one.kinds,
        is_remembered=True,
        unit=one.unit,
    )


def _row_as_seen(row: dict[str, Any]) -> Seen:
    return Seen(
        id=id_of("sensor", row["address"]),
        name=row["name"],
        address=row["address"],
        kinds=tuple(row["kinds"]),
        signal_dbm=row["signal_dbm"],
        is_remembered=row["is_remembered"],
        unit=row["unit"] or "",
        is_held=row["is_held"],
    )


def _values_in(line: str, ids: dict[str, str]) -> dict[str, Any] | None:
    """What a line says of one of the sensors: numbers and its link; None where it says nothing of them."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    id_ = ids.get(told.pop("address", ""))
    if id_ is None:
        return None
    shown = ("cadence_spm", "raw_per_min", "hr_bpm", "speed_mps", "unit", "link", "battery")
    return {"id": id_, **{name: told[name] for name in shown if name in told}}


def _is(one: Remembered, other: Remembered) -> bool:
    return (one.address, one.platform) == (other.address, other.platform)
