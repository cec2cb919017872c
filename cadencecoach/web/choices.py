"""What can be chosen on the page: lists with ids. Nothing that comes over HTTP is a path, a host or a device's name."""

import asyncio
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.errors import CadencecoachError, DeviceError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.model import Plan
from cadencecoach.plan.music import OFF, ON, is_on_network
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.machine import Machine
from cadencecoach.store.plan_files import kept_plans, known_plans, open_plan
from cadencecoach.store.sensor_book import STEP_KINDS, open_book
from cadencecoach.view.words import clean
from cadencecoach.web.asked import RefusedError

NOTHING, SIMULATED, AUTO, BY_TAPS, BY_PHONE = "none", "sim", "auto", "taps", "phone"
BY_MICROPHONE = "mic"
MAX_PLANS = 1000  # that are kept in memory once they have been read
SIMULATED_WORD = "sim:wander=2,drift=-2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing of a list.

    Attributes:
        id: what a request names it by
        name: for a person to read
        word: of the command line; never sent to anybody
        is_of_desk: nobody but the desk may choose it: it listens to the room that the computer stands in
    """

    id: str
    name: str
    word: str
    is_of_desk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChoice:
    """A plan of the list.

    Attributes:
        id: what a request names it by
        path: of its file
        plan: what it prescribes
        is_own: a person keeps it here, and may change it
    """

    id: str
    path: Path
    plan: Plan
    is_own: bool = False

    @property
    def minutes(self) -> int | None:
        """Its length, at least one; None where it waits for a key."""
        return None if self.plan.duration_s is None else max(1, round(self.plan.duration_s / 60))

    @property
    def length(self) -> str:
        """Its length in words; empty where it waits for a key."""
        return "" if self.plan.duration_s is None else length_words(self.plan.duration_s)

    @property
    def needs_sensor(self) -> bool:
        """Whether it measures the runner's own cadence first."""
        return any(stage.measures_baseline for stage in self.plan.stages)


def plan_choices(machine: Machine) -> dict[str, PlanChoice]:
    """The plans that come with the program and those kept here, by id; each is read again when it has changed."""
    kept = kept_plans(machine)
    found = {}
    for name, path in known_plans(machine).items():
        try:
            changed_ns = path.stat().st_mtime_ns
            found[name] = PlanChoice(id=name, path=path, plan=_read_plan(path, changed_ns), is_own=name in kept)
        except (CadencecoachError, OSError):  # a programme of several runs, which is no plan; one with mistakes; gone
            continue
    return found


@lru_cache(maxsize=MAX_PLANS)
def _read_plan(path: Path, _changed_ns: int) -> Plan:
    return open_plan(path)


def sensor_choices(machine: Machine, texts: PageTexts) -> dict[str, Choice]:
    """Where steps can come from, by id: what is found first, remembered sensors, none, others."""
    try:
        remembered = open_book(machine.sensors_file).of_kinds(*STEP_KINDS)
    except CadencecoachError:
        remembered = ()
    own = [
        Choice(id=id_of("sensor", one.address), name=clean(one.name) or one.address, word=f"ble:{one.address}")
        for one in remembered
    ]
    usual = Choice(id=AUTO, name=texts.automatic, word=AUTO)
    fixed = (
        Choice(id=NOTHING, name=texts.no_sensor, word="none"),
        Choice(id="ble", name=texts.any_sensor, word="ble"),
        Choice(id=BY_PHONE, name=texts.by_phone, word=BY_PHONE),
        Choice(id=BY_TAPS, name=texts.by_taps, word=BY_TAPS),
        Choice(id=BY_MICROPHONE, name=texts.by_microphone, word=BY_MICROPHONE, is_of_desk=True),
        Choice(id=SIMULATED, name=texts.simulated_runner, word=SIMULATED_WORD),
    )
    return {one.id: one for one in (usual, *own, *fixed)}


def music_choices(machine: Machine, texts: PageTexts) -> dict[str, Choice]:
    """What the beat can be, by id: the songs that were added, the click, and where there are several, a folder."""
    folders = [one for one in machine.song_book.folders() if not is_on_network(str(one)) and one.name]
    names = [one.name for one in folders]
    shown = [f"{one.parent.name}/{one.name}" if names.count(one.name) > 1 else one.name for one in folders]
    own = [
        Choice(id=id_of("folder", str(path)), name=fill(texts.beat_is_music_of, folder=clean(name)), word=str(path))
        for path, name in zip(folders, shown, strict=True)
    ]
    fixed = (
        Choice(id=ON, name=texts.beat_is_music, word=ON),
        *(own if len(own) > 1 else ()),  # of one folder, its songs are all there are
        Choice(id=OFF, name=texts.beat_is_click, word=OFF),
    )
    return {one.id: one for one in fixed}


def music_word(machine: Machine, texts: PageTexts, id_: str | None) -> str | None:
    """The word of `--music` for a choice; None is what the plan says.

    Raises:
        RefusedError: there is no such choice
    """
    if not id_:
        return None
    chosen = music_choices(machine, texts).get(id_)
    if chosen is None:
        raise RefusedError(400, texts.no_such_choice, "music")
    return chosen.word


async def ready_values(machine: Machine, texts: PageTexts) -> dict[str, Any]:
    """What the template of the choices needs; the page asks for the sound devices later, since that takes a while."""
    sensors, musics = await asyncio.gather(
        asyncio.to_thread(sensor_choices, machine, texts), asyncio.to_thread(music_choices, machine, texts)
    )
    return {"sensors": sensors.values(), "musics": musics.values(), "no_output": NOTHING}


def output_choices(texts: PageTexts) -> dict[str, Choice]:
    """Where the sound can go, by id; takes a moment, since the sound system is asked."""
    try:
        devices = sound_devices()
    except DeviceError:  # what there is to do is long, and in English
        devices = []
    names = {clean(device.name): device.name for device in devices}
    own = [Choice(id=id_of("device", name), name=shown, word=f"device:{name}") for shown, name in names.items()]
    default_name = texts.default_sound if devices else texts.no_sound_device
    fixed = (
        Choice(id="default", name=default_name, word="default"),
        Choice(id=NOTHING, name=texts.no_sound, word="none"),
    )
    return {one.id: one for one in (*fixed, *own)}


def id_of(kind: str, name: str) -> str:
    """An id that stays the same from one list to the next."""
    raw = name.encode(errors="backslashreplace")  # the name of a folder need not be text
    return f"{kind}-{hashlib.sha256(raw).hexdigest()[:10]}"
