"""Every reader of files that come from somewhere else, each with good files to begin from."""

import json
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.fuzz.reader import KEPT, ROOT, Read, Reader, files_below
from bench.fuzz.songs_and_stores import song_readers, store_readers
from cadencecoach.desk.history.exporting import Wish, export_one
from cadencecoach.desk.history.finishing import finish
from cadencecoach.desk.history.reporting import load_any, session_sheet
from cadencecoach.desk.travel.comparing import compare
from cadencecoach.desk.travel.opening import open_file
from cadencecoach.desk.travel.taking import How, take_in
from cadencecoach.desk.workouts.exchange import import_workout
from cadencecoach.devices.assets import asset
from cadencecoach.devices.recordings import read_recording
from cadencecoach.live.opening.sources import open_feet
from cadencecoach.plan.model import Plan
from cadencecoach.store.file_store import FileStore
from cadencecoach.store.indexing import FileSessions
from cadencecoach.store.log_file import lines_in, read_log
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.plan_files import open_plan
from cadencecoach.store.programme_files import check_programme_file
from cadencecoach.store.sensor_book import open_book
from cadencecoach.store.settings import VoiceTable, load_settings
from cadencecoach.store.sound_book import open_sound_book
from cadencecoach.view.report.session.page import session_page

sys.path.insert(0, str(ROOT / "tests" / "support"))

import workout_samples  # of the tests

DEMO = KEPT / "data" / "cadencecoach" / "sessions" / "2026-03-08T080000Z.jsonl"
LONG_RUN_S = 3 * 3600.0
N_LINES = 120  # of a journal: what takes little time is tried often


def readers(folder: Path) -> tuple[Reader, ...]:
    """All of them; `folder` is for what they write."""
    plan = open_plan(asset("sessions") / "demo.yaml")
    journals = (_short_journal(), _accel_journal(), *files_below(KEPT, "data/cadencecoach/sessions/*.jsonl", 8_000))
    plans = tuple(path.read_bytes() for path in sorted(asset("sessions").glob("*.yaml")))
    programmes = tuple(path.read_bytes() for path in sorted(asset("sessions", "programmes").glob("*.yaml")))
    phrases = tuple(path.read_bytes() for path in sorted(asset("config").glob("phrases.*.yaml")))
    settings = (asset("config", "defaults.toml").read_bytes(), *files_below(KEPT, "config/cadencecoach/settings.toml"))
    told = workout_samples
    workouts = (told.ZWIFT_RUN, told.INTERVALS_RUN, told.INTERVALS_FORUM, told.GARMIN_RUN, told.RUNNERUP_RUN)
    recordings = (
        Reader(name=f"recording {ending}", ending=ending, read=_recording, seeds=(data,))
        for ending, data in _recordings(folder).items()
    )
    return (
        Reader(name="plan", ending=".yaml", read=open_plan, seeds=plans),
        Reader(name="programme", ending=".yaml", read=check_programme_file, seeds=programmes),
        Reader(name="workout", ending=".zwo", read=import_workout, seeds=(*workouts, told.FIT_RUN)),
        Reader(name="settings", ending=".toml", read=load_settings, seeds=settings),
        Reader(name="phrases", ending=".yaml", read=_phrases, seeds=phrases),
        Reader(name="sensor book", ending=".json", read=open_book, seeds=files_below(KEPT, "config/*/sensors.json")),
        Reader(name="sound book", ending=".json", read=open_sound_book, seeds=files_below(KEPT, "config/*/sound.json")),
        Reader(name="log", ending=".jsonl", read=_log, seeds=files_below(KEPT, "data/*/athletes/*/log.jsonl")),
        Reader(
            name="profile",
            ending=".json",
            read=_profile(folder),
            seeds=files_below(KEPT, "data/*/athletes/*/profile.json"),
        ),
        Reader(name="package", ending=".zip", read=_package(folder), seeds=files_below(KEPT, "*.zip")),
        Reader(name="index", ending=".sqlite", read=_index(folder), seeds=files_below(KEPT, "data/*/index.sqlite")),
        Reader(name="journal", ending=".jsonl", read=_load_and_show, seeds=journals),
        Reader(
            name="broken journal",
            ending=".jsonl",
            read=lambda path: finish(FileStore(path.parent), path),
            seeds=journals,
        ),
        Reader(name="journal to play", ending=".jsonl", read=_played(plan), seeds=journals),
        Reader(name="journal to export", ending=".jsonl", read=_exported(folder), seeds=journals),
        *recordings,
        *song_readers(folder),
        *store_readers(folder),
    )


def _short_journal() -> bytes:
    return b"".join(DEMO.read_bytes().splitlines(keepends=True)[:N_LINES])


def _accel_journal() -> bytes:
    """A strap's acceleration as `sensors record` writes it down: the answer to the start, then frames of 36 samples."""
    head = {"journal": 1, "app": "x", "started": "2026-03-01T08:00:00Z", "feet": "ble:H10", "recording": True}
    samples = struct.pack("<3h", 20, -980, 150) * 36
    frames = (struct.pack("<BQB", 2, 10**17 + n * 180_000_000, 1) + samples for n in range(20))
    payloads = [bytes.fromhex("f00201000000"), *frames]
    lines = ({"t": n * 0.18, "what": "payload", "source": "accel", "hex": raw.hex()} for n, raw in enumerate(payloads))
    return b"".join(json.dumps(line).encode() + b"\n" for line in (head, *lines))


def _recordings(folder: Path) -> Mapping[str, bytes]:
    """The demo as other programs would hold it."""
    path = folder / "seed.jsonl"
    path.write_bytes(_short_journal())
    made = {}
    for form in ("fit", "tcx", "csv"):
        target = folder / f"seed.{form}"
        export_one(FileStore(path.parent), path, str(target), Wish(form=form, surface=None, may_replace=True))
        made[f".{form}"] = target.read_bytes()
    points = "".join(
        f"<trkpt><time>2026-03-01T08:00:{n:02}Z</time><extensions><cad>{80 + n % 5}</cad></extensions></trkpt>"
        for n in range(40)
    )
    made[".gpx"] = f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>".encode()
    return {**made, ".csv.gz": made[".csv"]}


def _load_and_show(path: Path) -> None:
    session_page(session_sheet(load_any(path)))


def _recording(path: Path) -> None:
    """Read it; where it is no longer than a long run, follow it as a session too, which takes longer than reading."""
    if read_recording(path).rows[-1].time_s < LONG_RUN_S:
        _load_and_show(path)


def _phrases(path: Path) -> None:
    find_phrasebook(NO_MACHINE, VoiceTable(phrases=str(path)))


def _log(path: Path) -> None:
    read_log(path)
    lines_in(path)


def _profile(folder: Path) -> Read:
    store = FileStore(folder / "profiles")
    place = store.athlete_folder("r7")
    place.mkdir(parents=True, exist_ok=True)

    def read(path: Path) -> None:
        link = place / "profile.json"
        link.unlink(missing_ok=True)
        link.symlink_to(path)
        store.read_profile("r7")

    return read


def _package(folder: Path) -> Read:
    store = FileStore(folder / "arrived")
    store.athletes_folder.mkdir(parents=True, exist_ok=True)

    def read(path: Path) -> None:
        with open_file(store, path) as arrived:
            take_in(store, arrived, compare(store, arrived), How.MERGE)

    return read


def _index(folder: Path) -> Read:
    sessions = folder / "indexed" / "sessions"
    sessions.mkdir(parents=True, exist_ok=True)
    (sessions / "2026-03-01T080000Z.jsonl").write_bytes(_short_journal())

    def read(path: Path) -> None:
        for leftover in sessions.parent.glob("index.sqlite*"):
            leftover.unlink()
        if path.is_file():  # the program makes this file itself; nobody names it
            (sessions.parent / "index.sqlite").write_bytes(path.read_bytes()[:1_000_000])
        with FileSessions(sessions) as index:
            index.refresh()
            index.rows()

    return read


def _played(plan: Plan) -> Read:
    return lambda path: open_feet(NO_MACHINE, f"replay:{path}", plan=plan, seed=1, unit="auto")


def _exported(folder: Path) -> Read:
    def read(path: Path) -> None:
        for form in ("csv", "json", "tcx", "fit"):
            export_one(
                FileStore(path.parent),
                path,
                str(folder / f"out.{form}"),
                Wish(form=form, surface=None, may_replace=True),
            )

    return read
