"""A session that broke off, as its journal keeps it: what it was given, and where it goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cadencecoach.coach.events import WentOn
from cadencecoach.coach.going_on import easy_stage
from cadencecoach.coach.volume import USUAL, Volume, level_of
from cadencecoach.devices.clock import boot_mark, label_s, wall_time_s
from cadencecoach.devices.journal.place import Whole
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.score import score_of
from cadencecoach.live.opening.setup import Prepared, Request, coaching_of, header_of, open_asked_feet, settings_of
from cadencecoach.live.opening.sources import votes_of_header
from cadencecoach.plan.model import Plan
from cadencecoach.plan.resolved import plan_of_json
from cadencecoach.record.breaks import break_s
from cadencecoach.record.lines import EndLine, Line, PlanLine, VolumeLine
from cadencecoach.record.rows import baseline_of, curve_of
from cadencecoach.session.host import NOBODY, Person
from cadencecoach.store.loading import Recorded
from cadencecoach.store.phrases import phrasebook_of
from cadencecoach.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A session that broke off.

    Attributes:
        path: of its journal
        recorded: all that stands in it
        whole: how much of the file is whole lines
        plan: what was prescribed, as it was resolved then
    """

    path: Path
    recorded: Recorded
    whole: Whole
    plan: Plan

    @property
    def lines(self) -> tuple[Line, ...]:
        """Of its journal."""
        return self.recorded.journal.lines

    @property
    def until_s(self) -> float:
        """Session time at which it broke off."""
        return max((line.t for line in self.lines), default=0.0)

    def volume(self, now: Volume) -> Volume:
        """The levels it began with, which its keys then moved; as far as `now` is allowed to go."""
        told = next((line for line in self.lines if isinstance(line, VolumeLine) and not line.t), None)
        if told is None:
            return replace(now, beat=USUAL, words=USUAL)
        return replace(now, beat=level_of(told.beat_db, now.beat_most), words=level_of(told.words_db, now.words_most))

    def went_on(self, reason: str = "") -> WentOn:
        """The break, if it ends now.

        Args:
            reason: why it broke off, where that is known better than from the journal
        """
        end = next((line for line in reversed(self.lines) if isinstance(line, EndLine)), None)
        why = reason or ("broke off" if end is None else end.reason)
        return WentOn(self.until_s, break_of(self.recorded), why, boot_mark())


def break_of(recorded: Recorded) -> float | None:
    """How long ago a session broke off; None where nobody knows."""
    header = recorded.journal.header
    started_s = label_s(str(header.get("started")))
    return break_s(recorded.journal.lines, started_s=started_s, now_s=wall_time_s(), boot=boot_mark())


def plan_kept(lines: tuple[Line, ...]) -> Plan | None:
    """The plan that a journal keeps; None where it keeps none.

    Raises:
        PlanError: this version cannot read it
    """
    line = next((line for line in lines if isinstance(line, PlanLine)), None)
    return None if line is None else replace(plan_of_json(line.resolved), text=line.text)


def request_again(
    header: Mapping[str, object], *, feet: str | None, sound: str | None, config: str | None, language: str | None
) -> Request:
    """The words a session goes on by: those it began with, and others where they are given now.

    Args:
        header: of its journal
        feet: given now; None takes what it began with
        sound: likewise
        config: a settings file
        language: in place of the athlete's, or that of the settings
    Raises:
        UsageError: it ran along a file, whose place the journal does not keep
    """
    was_feet, was_sound = str(header.get("feet") or "none"), str(header.get("sound") or "default")
    if feet is None and was_feet.startswith("replay:"):
        raise UsageError(f"it ran along {was_feet.removeprefix('replay:')}: name the file again, --feet replay:FILE")
    if sound is not None and sound.startswith("file:"):
        raise UsageError("--sound file: a sound file is made in one go; go on with --sound default or none")
    seed, unit, surface = header.get("seed"), header.get("unit"), header.get("surface")
    return Request(
        plan_name="",
        feet_text=was_feet if feet is None else feet,
        sound_text=sound or ("none" if was_sound == "file" else was_sound),
        baseline_spm=baseline_of(header),
        athlete=str(header["athlete"]) if header.get("athlete") else None,
        config=config,
        unit=str(unit) if unit in ("auto", "steps", "strides") else None,
        seed=seed if type(seed) is int else 1,
        started=str(header.get("started")),
        surface=str(surface or ""),
        language=language,
    )


def prepare_again(store: Store, kept: Kept, request: Request, person: Person = NOBODY) -> Prepared:
    """Open everything a session goes on with, by what it kept.

    Args:
        store: where athletes are kept
        kept: the session
        request: from `request_again`
        person: who says which sensor is theirs
    Raises:
        CadencecoachError: whatever is wrong with the words or the files they name
    """
    header, plan = kept.recorded.journal.header, kept.plan
    settings = settings_of(store, request)
    words = phrasebook_of(store.machine, settings)
    _, opened = open_asked_feet(store.machine, request, plan, settings, words, person)
    vote, votes, _ = votes_of_header(header)
    opened = replace(opened, vote=vote, votes={**opened.votes, **votes})
    baseline_spm, curve = baseline_of(header), curve_of(header)
    heard = replace(plan, stages=(*plan.stages, easy_stage(plan, words)))
    return Prepared(
        plan=plan,
        machine=store.machine,
        settings=settings,
        opened=opened,
        baseline_spm=baseline_spm,
        curve=curve,
        header=header_of(request, plan, opened, unit=request.unit or "auto", extra={}),
        score=score_of(heard, words),
        coaching=coaching_of(plan, baseline_spm, curve, words),
    )
