"""The table of jobs: what a request may ask for, with ids and numbers only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cadencecoach.desk.caseload.looking import keep_lines
from cadencecoach.desk.history.filing import make_export, make_report
from cadencecoach.desk.history.reading import read_sessions
from cadencecoach.desk.running.sound_files import make_metronome, make_rehearsal
from cadencecoach.desk.sensors.room_test import judge_room
from cadencecoach.devices.background.process import MAX_FILE_BYTES, Work
from cadencecoach.devices.sound_file import KINDS as SOUND_ENDINGS
from cadencecoach.devices.sound_file import SoundForm
from cadencecoach.live.opening.metronome import MetronomeRequest
from cadencecoach.live.opening.request import Request
from cadencecoach.plan.music import OFF
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM
from cadencecoach.plan.values import duration_s
from cadencecoach.record.exports.formats import FORMATS
from cadencecoach.store.protocol import Store
from cadencecoach.web.asked import RefusedError, choice_in, fields_in, number_in, optional_text, text_in
from cadencecoach.web.beats import check_beat
from cadencecoach.web.choices import SIMULATED_WORD, music_word, plan_choices
from cadencecoach.web.jobs import Task
from cadencecoach.web.kept import check_kept
from cadencecoach.web.rows import MAY_SEE_RUNS, NOT_YOURS, READERS, Role, Visitor, athlete_meant
from cadencecoach.web.start_asked import metronome_in

MAX_FILE_S: Final = 8 * 3600.0
SOUND_FORMS: Final = tuple(ending.removeprefix(".") for ending in SOUND_ENDINGS)
MEDIA_TYPES: Final = {
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp3": "audio/mpeg",
    "tcx": "application/xml",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain",
}
ANY_BYTES: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks for a job, and where things are kept.

    Attributes:
        store: of sessions
        visitor: who asks
    """

    store: Store
    visitor: Visitor


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job.

    Attributes:
        fields: of a request, beside `id` and `kind`
        task: what is done, of those fields and of who asks
        roles: who may ask for it
    """

    fields: frozenset[str]
    task: Callable[[Mapping[str, Any], Asker], Task]
    roles: frozenset[Role] = MAY_SEE_RUNS


def task_in(told: object, asker: Asker) -> tuple[str, Task]:
    """The id of a request, and what it asks for.

    Raises:
        RefusedError: a field is missing, unknown or no such value, or this device may not ask for it
    """
    every = frozenset[str]().union(*(kind.fields for kind in KINDS.values()))
    name = choice_in(fields_in(told, {"id", "kind", *every}), "kind", KINDS)
    if name is None:
        raise RefusedError(400, f"kind is one of {', '.join(KINDS)}", "kind")
    if asker.visitor.role not in KINDS[name].roles:
        raise RefusedError(403, NOT_YOURS.format(role=asker.visitor.role), "kind")
    fields = fields_in(told, {"id", "kind", *KINDS[name].fields})
    return text_in(fields, "id"), KINDS[name].task(fields, asker)


def report_task(store: Store, session: str, *, back: str = "") -> Task:
    """A session's report; `back` is where its page leads back to."""
    return _task("report", make_report, store, session, back, file_name=f"{session}.html")


def export_task(store: Store, session: str, form: str) -> Task:
    """A session for other programs."""
    return _task("export", make_export, store, session, form, file_name=f"{session}.{form}")


def reading_task(store: Store) -> Task:
    """The sessions read into the index."""
    return _task("reading", read_sessions, store, file_name="read.txt")


def lines_task(store: Store) -> Task:
    """The lines of all athletes worked out, and kept."""
    return _task("lines", keep_lines, store, file_name="lines.txt")


def _task(kind: str, work: Work, *given: object, file_name: str) -> Task:
    """A task; of which type its file is, the ending of the name says."""
    media_type = MEDIA_TYPES.get(file_name.rpartition(".")[2], ANY_BYTES)
    return Task(kind=kind, work=work, given=given, file_name=file_name, media_type=media_type)


def _metronome(fields: Mapping[str, Any], asker: Asker) -> Task:
    asked, form, athlete = metronome_in(fields.get("metronome")), _sound_form(fields), _athlete(fields, asker)
    if asked.for_text is None:
        raise RefusedError(400, "a file needs an end: say for_s", "for_s")
    length_s = duration_s(asked.for_text)
    if length_s > MAX_FILE_S:
        raise RefusedError(400, f"a file has {MAX_FILE_S / 3600:g} hours at most", "for_s")
    music = music_word(asker.store.machine, ENGLISH_PAGE, optional_text(fields, "music"))
    sound = SoundForm(n_channels=2 if asked.pan or music not in {None, OFF} else 1)
    if form == "wav" and length_s * sound.fs_hz * sound.n_frame_bytes > MAX_FILE_BYTES:
        raise RefusedError(400, "too long for wav: choose mp3 or flac, or a shorter time", "form")
    check_beat(asker.store, athlete, asked)
    return _task(
        "metronome",
        make_metronome,
        asker.store,
        asked,
        athlete,
        music,
        file_name=f"metronome-{_tempo_name(asked)}-{length_s / 60:g}min.{form}",
    )


def _rehearsal(fields: Mapping[str, Any], asker: Asker) -> Task:
    plan, form = plan_choices(asker.store.machine).get(text_in(fields, "plan")), _sound_form(fields)
    if plan is None:
        raise RefusedError(400, "there is no such plan", "plan")
    request = Request(
        plan_name=str(plan.path),
        feet_text=SIMULATED_WORD,
        sound_text="none",
        baseline_spm=number_in(fields, "spm", LOW_SPM, HIGH_SPM),
        athlete=_athlete(fields, asker),
    )
    return _task("rehearsal", make_rehearsal, asker.store, request, file_name=f"{plan.id}.{form}")


def _report(fields: Mapping[str, Any], asker: Asker) -> Task:
    return report_task(asker.store, _session(fields, asker))


def _export(fields: Mapping[str, Any], asker: Asker) -> Task:
    form = choice_in(fields, "form", FORMATS)
    if form is None:
        raise RefusedError(400, f"form is one of {', '.join(FORMATS)}", "form")
    return export_task(asker.store, _session(fields, asker), form)


def _microphone(_: Mapping[str, Any], asker: Asker) -> Task:
    return _task("microphone", judge_room, asker.store, file_name="room.txt")


def _athlete(fields: Mapping[str, Any], asker: Asker) -> str | None:
    """Under whose limits a beat is made; None is a guest."""
    athlete = athlete_meant(asker.visitor, optional_text(fields, "athlete"))
    if athlete is not None and athlete not in asker.store.athlete_names():
        raise RefusedError(400, "there is no such athlete", "athlete")
    return athlete


def _session(fields: Mapping[str, Any], asker: Asker) -> str:
    session = text_in(fields, "session")
    check_kept(asker.store, asker.visitor, session)
    return session


def _sound_form(fields: Mapping[str, Any]) -> str:
    return choice_in(fields, "form", SOUND_FORMS) or "mp3"


def _tempo_name(asked: MetronomeRequest) -> str:
    tempos = dict.fromkeys(f"{spm:g}" for spm in (asked.spm, asked.to_spm) if spm is not None)
    return "-to-".join(tempos)


KINDS: Final[Mapping[str, Kind]] = {
    "metronome": Kind(frozenset({"metronome", "form", "athlete", "music"}), _metronome),
    "rehearsal": Kind(frozenset({"plan", "spm", "form", "athlete"}), _rehearsal),
    "report": Kind(frozenset({"session"}), _report),
    "export": Kind(frozenset({"session", "form"}), _export),
    "microphone": Kind(frozenset(), _microphone, READERS),  # it listens to the room that the computer stands in
}
