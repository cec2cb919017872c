"""The demonstration: what is said before it, what it runs, and what to do after it."""

from collections.abc import Iterator
from pathlib import Path

from cadencecoach.desk.history.reporting import load_any, page_file, session_sheet
from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError, DeviceError
from cadencecoach.plan.begin_texts import BeginTexts
from cadencecoach.plan.forms import heading
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.screen_texts import fill
from cadencecoach.view.report.session.page import session_page

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


def write_report(journal: Path, words: Phrasebook, *, may_replace: bool) -> str:
    """Write the report of the demonstration into the working folder; a line on where it is, or why it is not."""
    try:
        file = page_file(Path(PAGE), may_replace=may_replace, sources=(journal,))
        file.check()
        file.write(session_page(session_sheet(load_any(journal), words=words)).encode("utf-8", "replace"))
    except CadencecoachError as error:
        return str(error)
    return fill(words.begin.demo_report, address=Path(PAGE).resolve().as_uri())
