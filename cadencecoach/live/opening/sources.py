"""From the words of the command line to the things a session needs: plan, feet, settings, baseline."""

from dataclasses import replace
from pathlib import Path

from cadencecoach.devices.input_file import check_file, clean_name, user_path
from cadencecoach.devices.journal.reading import journal_lines
from cadencecoach.errors import DeviceError, JournalError, UsageError
from cadencecoach.gait.replayed import readings_of
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import parse_settings
from cadencecoach.gait.sources import MICROPHONE, error_of
from cadencecoach.gait.unit import Unit, unit_of_file
from cadencecoach.gait.vote import Vote, vote_for
from cadencecoach.live.opening.opened import OpenedFeet, closed_if_refused
from cadencecoach.live.opening.tapping import open_taps
from cadencecoach.plan.model import AthleteBaseline, MeasuredBaseline, Plan
from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.plan.syntax.findings import clip
from cadencecoach.plan.targets import needs_baseline
from cadencecoach.record.journal import read_journal
from cadencecoach.record.rows import SIMULATION, baseline_of, curve_of, origin_of
from cadencecoach.session.feet import JournalledFeet, NoFeet, RecordedFeet, SimulatedFeet, votes_of_header
from cadencecoach.session.host import NOBODY, Person
from cadencecoach.store.machine import Machine
from cadencecoach.store.sensor_book import keep_chosen

LIVE_FEET = frozenset({"auto", "ble", "mic", "phone", "taps"})  # what runs at the pace of the world, and nowhere else
BASELINE_SPM = (LOW_SPM, HIGH_SPM)
FEET_FORMS = (
    "auto, ble, ble:NAME-OR-ADDRESS, phone, phone:HOST[:PORT], mic, mic:PART-OF-ITS-NAME, taps, "
    "sim, sim:spm=160,noise=2, "
    "replay:FILE (.fit, .tcx, .csv, .gpx or a journal), or none"
)


def open_feet(
    machine: Machine,
    text: str,
    *,
    plan: Plan,
    seed: int,
    unit: str,
    person: Person = NOBODY,
    texts: ScreenTexts = ENGLISH_SCREEN,
) -> OpenedFeet:
    """The source that `--feet` names.

    Args:
        machine: which sensors it remembers
        text: as given
        plan: a simulated runner walks where it says so
        seed: of the simulated runner
        unit: `auto`, or what the sensor is known to count
        person: who says which of several sensors is theirs
        texts: in that person's language
    Raises:
        UsageError: no such kind of source
        RecordingError, JournalError: the file cannot be used
    """
    kind, _, rest = text.partition(":")
    match kind:
        case "none" if not rest:
            return OpenedFeet(feet=NoFeet(), vote=Vote(), label="none", has_readings=False)
        case "sim":
            return _simulate(rest, plan, seed, unit)
        case "replay" if rest:
            check_file(Path(rest), what="recorded run or journal")
            return _replay(user_path(rest), unit)
        case "replay":
            raise UsageError(f"--feet '{text}' is neither a source of steps nor a file; allowed: {FEET_FORMS}")
        case _ if kind in LIVE_FEET:
            return _open_live(machine, text, plan, unit, person, texts)
        case _:
            raise UsageError(f"--feet '{text}' is not a source of steps; allowed: {FEET_FORMS}")


def _open_live(  # whose, for what, and who is asked
    machine: Machine, text: str, plan: Plan, unit: str, person: Person, texts: ScreenTexts
) -> OpenedFeet:
    """A source that runs at the pace of the world."""
    kind, _, rest = text.partition(":")
    match kind:
        case "taps" if not rest:
            return open_taps(machine, texts)
        case "auto" if not rest:
            from cadencecoach.live.opening.automatic import open_automatically  # noqa: PLC0415  # as below

            def open_chosen(chosen: str) -> OpenedFeet:
                return _open_live(machine, chosen, plan, unit, person, texts)

            return open_automatically(machine, plan, unit, person, texts, open_chosen=open_chosen)
        case "ble":
            from cadencecoach.live.opening.radio import open_radio  # noqa: PLC0415  # the radio's library is slow to load

            return open_radio(machine, rest, unit, person, texts)
        case "phone":
            from cadencecoach.live.opening.phone import open_phone  # noqa: PLC0415  # XML, sockets: of a phone only

            opened = open_phone(rest, unit, person, texts)
            with closed_if_refused(opened):
                return replace(opened, notes=(*opened.notes, *keep_chosen(machine.sensors_file, text)))
        case "mic":
            return _open_microphone(rest, texts)
        case _:
            raise UsageError(f"--feet '{text}' is not a source of steps; allowed: {FEET_FORMS}")


def check_baseline(plan: Plan, baseline_spm: float | None, *, has_readings: bool) -> None:
    """Refuse a session whose targets could never become known.

    Raises:
        UsageError: the baseline given is no step rate, or none is given where the plan needs one
    """
    low, high = BASELINE_SPM
    if baseline_spm is not None and not low <= baseline_spm <= high:
        raise UsageError(f"--baseline {baseline_spm:g}: allowed {low:g} to {high:g} steps a minute")
    if baseline_spm is not None or not counts_from_baseline(plan):
        return
    if isinstance(plan.baseline, AthleteBaseline):
        raise UsageError(
            "the plan counts from the athlete's baseline; give it, for example --baseline 164, or store it: baseline"
        )
    if isinstance(plan.baseline, MeasuredBaseline) and not has_readings:
        raise UsageError(
            "the plan measures the baseline, and there is no sensor; give it, for example --baseline 164, "
            "or tap your steps: --feet taps, or run the plan at a terminal"
        )


def counts_from_baseline(plan: Plan) -> bool:
    """Whether any target of a plan is counted from the runner's own cadence."""
    return any(needs_baseline(stage.target) for stage in plan.stages)


def _simulate(settings: str, plan: Plan, seed: int, unit: str) -> OpenedFeet:
    runner = Runner(parse_settings(settings), seed=seed)
    label = f"sim:{settings}" if settings else "sim"
    # The simulated pod sends strides, and we know it; nobody need wait for a vote.
    vote = vote_for("strides") if unit == "auto" else vote_for(unit)
    return OpenedFeet(feet=SimulatedFeet(runner, plan), vote=vote, label=label)


def _open_microphone(words: str, texts: ScreenTexts) -> OpenedFeet:
    """A microphone beside a treadmill; it listens from now on.

    Raises:
        DeviceError: no such microphone, one that must not be opened, or it does not open
    """
    from cadencecoach.live.sensors.microphone_feet import MicrophoneFeet  # noqa: PLC0415  # as the radio
    from cadencecoach.live.sensors.microphone_port import open_port  # noqa: PLC0415  # as the radio

    try:
        port, listening = open_port(words)
    except DeviceError as error:
        raise DeviceError(f"--feet mic{f':{words}' if words else ''}: {error}", error.reason) from error
    feet = MicrophoneFeet(port, listening, words, texts)
    notes = (texts.mic_experimental, *filter(None, (listening.note,)))
    return OpenedFeet(
        feet=feet,
        vote=Vote(),
        label=f"mic:{listening.device}",
        live=feet,
        notes=notes,
        error_spm=error_of(MICROPHONE.name),
    )


def _replay(path: Path, unit: str) -> OpenedFeet:
    # Readers of FIT, XML and tables, which nothing else needs.
    from cadencecoach.devices.recordings import is_recording, read_recording  # noqa: PLC0415

    if not is_recording(path):
        return _replay_journal(path, unit)
    recording = read_recording(path)
    counts = Unit[unit.upper()] if unit != "auto" else unit_of_file(recording.rows, Unit[recording.counts.upper()])
    return OpenedFeet(
        feet=RecordedFeet(readings_of(recording.rows, counts)),
        vote=Vote(),
        label=f"replay:{path.name}",
        unit=counts,
        notes=recording.notes,
    )


def _replay_journal(path: Path, unit: str) -> OpenedFeet:
    try:
        journal = read_journal(journal_lines(path))
    except JournalError as error:
        from cadencecoach.devices.recordings import READERS  # noqa: PLC0415  # as above

        endings = ", ".join(READERS)
        raise JournalError(
            f"{clean_name(path)}: {error}; --feet replay: takes a journal or a file that ends in {endings}"
        ) from error
    vote, votes, is_known = votes_of_header(journal.header, unit)
    odd = f"the journal's unit is {clip(ascii(journal.header.get('unit')), 40)}, which is unknown; detecting it again"
    return OpenedFeet(
        feet=JournalledFeet(journal.lines),
        vote=vote,
        votes=votes,
        label=f"replay:{path.name}",
        notes=journal.notes if is_known else (*journal.notes, odd),
        baseline_spm=baseline_of(journal.header),
        is_simulation_again=origin_of(journal.header) == SIMULATION,
        curve=curve_of(journal.header),
    )
