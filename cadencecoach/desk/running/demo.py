"""The demonstration: what is said before it, what it runs, and what to do after it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cadencecoach.desk.history.reporting import load_any, page_file, session_sheet
from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError, DeviceError
from cadencecoach.live.live_session import SOUNDS, run_session
from cadencecoach.live.opening.outputs import check_sound
from cadencecoach.live.opening.request import Request
from cadencecoach.live.outcome import Outcome
from cadencecoach.plan.begin_texts import BeginTexts
from cadencecoach.plan.forms import fill, heading
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.session.host import Host
from cadencecoach.store.machine import Machine
from cadencecoach.store.protocol import Store
from cadencecoach.view.report.session.page import session_page

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio

RUNNER = "sim:wander=2,drift=-6"  # tires quickly, so that ninety seconds are enough for a correction
HEARD, SEEN = "demo", "demo-silent"  # ninety seconds to hear, twenty to look at: nobody reads about sound for longer
SECONDS = {HEARD: 90, SEEN: 20}
PAGE = "demo.html"


def why_unheard(sound_text: str, texts: BeginTexts) -> str:
    """Why nobody will hear the demonstration; empty where it is heard, or goes into a file."""
    kind = sound_text.partition(":")[0]
    if kind == "none":
        return texts.demo_muted
    if kind not in {"default", "device"}:
        return ""
    try:
        return "" if sound_devices() else texts.demo_no_device
    except DeviceError as error:
        return str(error)


def lines_before(plan_name: str, why: str, texts: BeginTexts) -> Iterator[str]:
    """What a person reads first; `why` it is not heard, if it is not."""
    if why:
        yield fill(texts.demo_without_sound, why=why)
        yield heading(texts.demo_hear, texts.forms)
        yield f"  {command_line('rehearse demo --sound file:demo.mp3')}"
        yield heading(texts.demo_see, texts.forms)
        yield f"  {command_line('plan show demo --svg demo.svg')}"
        if why != texts.demo_muted:
            yield heading(texts.demo_why, texts.forms)
            yield f"  {command_line('doctor')}"
    yield fill(texts.demo, seconds=SECONDS[plan_name])


def lines_after(texts: BeginTexts) -> Iterator[str]:
    """What to do next."""
    yield texts.demo_over
    for words, about in (
        ("begin", texts.demo_begin),
        ("learn", texts.demo_learn),
        ("metronome 170", texts.demo_alone),
    ):
        yield f"  {command_line(words)}  ({about})"


def play_demo(  # one for each thing a session is begun with
    store: Store, request: Request, host: Host, words: Phrasebook, *, journal: Path | None, audio: "LiveAudio | None"
) -> tuple[Outcome, str]:
    """Tell of the demonstration, and run it; what it came to, and a line on its report.

    Args:
        store: where athletes are kept
        request: the words; the plan is what can be heard, and another where nobody will hear it
        host: what it runs in
        words: in the language of whoever reads
        journal: where to keep it; None keeps it no longer than the report takes
        audio: a process that is warm already
    Raises:
        CadencecoachError: whatever is wrong with the request
    """
    check_sound(store.machine, request, allowed=SOUNDS)
    why = why_unheard(request.sound_text, words.begin)
    if why:
        request = replace(request, plan_name=SEEN, sound_text="none")
    host.tell(*lines_before(request.plan_name, why, words.begin))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        where = journal or Path(folder, "demo.jsonl")
        outcome = run_session(store, request, host, journal=where, audio=None if why else audio)
        report = write_report(store.machine, outcome.journal or where, words, may_replace=request.force)
    return (outcome if journal is not None else replace(outcome, journal=None)), report


def write_report(machine: Machine, journal: Path, words: Phrasebook, *, may_replace: bool) -> str:
    """Write the report of the demonstration into the working folder; a line on where it is, or why it is not."""
    try:
        file = page_file(machine, Path(PAGE), may_replace=may_replace, sources=(journal,))
        file.check()
        file.write(session_page(session_sheet(load_any(journal), words=words)).encode("utf-8", "replace"))
    except CadencecoachError as error:
        return str(error)
    return fill(words.begin.demo_report, address=Path(PAGE).resolve().as_uri())
