"""What a session that broke off goes on with: its words, and everything it needs, opened by what it kept."""

from collections.abc import Mapping
from dataclasses import replace

from cadencecoach.coach.coaching import with_messages
from cadencecoach.coach.going_on import easy_stage
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.score import score_of
from cadencecoach.live.opening.header import header_of
from cadencecoach.live.opening.kept import Kept
from cadencecoach.live.opening.opened import closed_if_refused
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import Prepared, coaching_of, open_asked_feet, settings_of, with_songs
from cadencecoach.live.opening.starting_baseline import check_error
from cadencecoach.record.lines import BaselineLine
from cadencecoach.record.messages import words_of_messages
from cadencecoach.record.rows import baseline_of, curve_of, messages_in
from cadencecoach.session.feet import votes_of_header
from cadencecoach.session.host import NOBODY, Person
from cadencecoach.store.athlete_log import every_entry_of
from cadencecoach.store.phrases import phrasebook_of
from cadencecoach.store.protocol import Store


def request_again(
    header: Mapping[str, object],
    *,
    feet: str | None,
    sound: str | None,
    music: str | None,
    config: str | None,
    language: str | None,
) -> Request:
    """The words a session goes on by: those it began with, and others where they are given now.

    Args:
        header: of its journal
        feet: given now; None takes what it began with
        sound: likewise
        music: likewise
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
        music=music,
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
    with closed_if_refused(opened):
        vote, votes, _ = votes_of_header(header)
        opened = replace(opened, vote=vote, votes={**opened.votes, **votes})
        plan, music, notes = with_songs(store.machine, plan, request, words)
        opened = replace(opened, notes=(*opened.notes, *notes))
        baseline_spm, curve = baseline_of(header), curve_of(header)
        is_measured = any(isinstance(line, BaselineLine) for line in kept.lines)
        if baseline_spm is None and not is_measured and "programme" in header:
            check_error(plan, opened, instead="go on without one: --feet none")
        messages = messages_in(header)
        texts = words_of_messages(every_entry_of(store, request.athlete or ""), [id_ for id_, _ in messages])
        heard = replace(plan, stages=(*plan.stages, easy_stage(plan, words)))
        return Prepared(
            plan=plan,
            machine=store.machine,
            settings=settings,
            opened=opened,
            baseline_spm=baseline_spm,
            curve=curve,
            header=header_of(request, plan, opened, unit=request.unit or "auto", extra={}),
            score=score_of(heard, words, music).with_messages(texts),
            coaching=with_messages(coaching_of(plan, baseline_spm, curve, words), messages),
        )
