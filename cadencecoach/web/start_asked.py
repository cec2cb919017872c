"""A session or a metronome that a request asks for, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cadencecoach.coach.clicks import Accent, Every
from cadencecoach.coach.metronome import HIGH_SPM, LOW_SPM
from cadencecoach.live.opening.metronome import (
    ALL_PERCENT,
    SHORTEST_GATE_S,
    SHORTEST_MARK_S,
    MetronomeRequest,
    click_sounds,
)
from cadencecoach.web.asked import RefusedError, answers_in, choice_in, fields_in, number_in, optional_text, text_in

MAX_MINUTES: Final = 24 * 60
METRONOME_FIELDS: Final = {
    *("spm", "to", "over_s", "for_s", "every", "accent", "pan"),
    *("on_s", "off_s", "silent_percent", "say_every_s", "click"),
}
START_FIELDS: Final = {"id", "plan", "athlete", "feet", "sound", "metronome", "resume", "body", "music"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAsked:
    """A session to be started; ids as of the lists.

    Attributes:
        resume: the session that goes on, in place of a plan; its athlete has to be the one that is named
        body: answers to a check-in, given before it goes on, by the names of their fields
        music: an id of the list; None is what the plan says
        feet, sound: None where nobody said: nothing and the usual one, or what the session began with
    """

    id: str
    plan: str | None
    metronome: MetronomeRequest | None
    athlete: str | None
    feet: str | None
    sound: str | None
    resume: str | None = None
    music: str | None = None
    body: Mapping[str, str] = field(default_factory=dict)


def start_in(told: object) -> StartAsked:
    """The session a request asks for.

    Raises:
        RefusedError: a field is missing, unknown or no such value
    """
    fields = fields_in(told, START_FIELDS)
    metronome = fields.get("metronome")
    if sum(fields.get(name) is not None for name in ("plan", "metronome", "resume")) != 1:
        raise RefusedError(400, "name a plan, a metronome or a session to resume, one of the three", "plan")
    return StartAsked(
        id=text_in(fields, "id"),
        plan=optional_text(fields, "plan"),
        metronome=None if metronome is None else metronome_in(metronome),
        athlete=optional_text(fields, "athlete"),
        feet=text_in(fields, "feet") if "feet" in fields else None,
        sound=text_in(fields, "sound") if "sound" in fields else None,
        resume=optional_text(fields, "resume"),
        music=None if fields.get("music") == "" else optional_text(fields, "music"),
        body=answers_in(fields.get("body")),
    )


def metronome_in(told: object) -> MetronomeRequest:
    """The metronome a request asks for, in the words of the command.

    Raises:
        RefusedError: as `start_in`, or numbers that do not go together
    """
    fields = fields_in(told, METRONOME_FIELDS)
    if "spm" not in fields:
        raise RefusedError(400, "spm is missing", "spm")
    longest_s = MAX_MINUTES * 60
    asked = MetronomeRequest(
        spm=number_in(fields, "spm", LOW_SPM, HIGH_SPM),
        to_spm=number_in(fields, "to", LOW_SPM, HIGH_SPM),
        over=_seconds_in(fields, "over_s", 1, longest_s),
        for_text=_seconds_in(fields, "for_s", 1, longest_s),
        every=choice_in(fields, "every", [one.value for one in Every]) or Every.STEP.value,
        accent=choice_in(fields, "accent", [one.value for one in Accent]) or Accent.NONE.value,
        pan=number_in(fields, "pan", 0, 1) or 0.0,
        on=_seconds_in(fields, "on_s", SHORTEST_GATE_S, longest_s),
        off=_seconds_in(fields, "off_s", SHORTEST_GATE_S, longest_s),
        silent=number_in(fields, "silent_percent", 0, ALL_PERCENT) or 0.0,
        say_every=_seconds_in(fields, "say_every_s", SHORTEST_MARK_S, longest_s),
        click=choice_in(fields, "click", click_sounds()),
    )
    if asked.to_spm not in {None, asked.spm} and asked.over is None:
        raise RefusedError(400, "to goes with over_s: how long the ramp takes", "over_s")
    if (asked.on is None) != (asked.off is None):
        raise RefusedError(400, "on_s and off_s go together", "on_s" if asked.on is None else "off_s")
    return asked


def _seconds_in(fields: Mapping[str, Any], name: str, least_s: float, most_s: float) -> str | None:
    """A number of seconds, as the command takes it."""
    value_s = number_in(fields, name, least_s, most_s)
    return None if value_s is None else f"{value_s:g}s"
