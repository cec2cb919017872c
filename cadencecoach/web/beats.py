"""A beat that follows no plan, as a page asks for it: whose it is, and what a clinician allows of it."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cadencecoach.coach.metronome import HIGH_SPM
from cadencecoach.desk.today.limiting import beat_limits
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.programme.load import AS_PRINTED_SPM
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import reader_words
from cadencecoach.web.asked import RefusedError

if TYPE_CHECKING:
    from cadencecoach.live.opening.metronome import MetronomeRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a beat alone may be, in whole beats a minute and in words.

    Attributes:
        highest_spm: the highest tempo
        most_s: how long it may last; None is no limit
        tempo_words: that the tempo is limited; empty where it is not
        length_words: likewise the length
    """

    highest_spm: float = HIGH_SPM
    most_s: float | None = None
    tempo_words: str = ""
    length_words: str = ""


def allowed_beat(store: Store, athlete: str | None, words: Phrasebook) -> Allowed:
    """What the programme of an athlete allows; everything for a guest.

    Raises:
        RefusedError: it cannot be read, so nobody knows
    """
    try:
        limits = beat_limits(store, athlete, today_here())
    except CadencecoachError as error:
        raise RefusedError(409, str(error), "athlete") from None
    spm, most_s, texts = limits.highest_spm, limits.most_s, words.page
    whole_spm = HIGH_SPM if spm is None else min(HIGH_SPM, math.floor(spm + AS_PRINTED_SPM))
    minutes = "" if most_s is None else decimal(most_s / 60, ".4g", words.forms)
    return Allowed(
        highest_spm=whole_spm,
        most_s=most_s,
        tempo_words=fill(texts.tempo_limit, spm=f"{whole_spm:g}") if whole_spm < HIGH_SPM else "",
        length_words=fill(texts.length_limit, minutes=minutes) if minutes else "",
    )


def check_beat(store: Store, athlete: str | None, asked: "MetronomeRequest") -> None:
    """Refuse a beat that is faster or longer than the clinician allows.

    One that is to last until a key ends where its time is over, and the page has said so.

    Raises:
        RefusedError: it is, or nobody knows the limits
    """
    from cadencecoach.live.opening.metronome import highest_spm, length_s  # noqa: PLC0415  # pages only ask what is allowed

    allowed, asked_s = allowed_beat(store, athlete, reader_words(store, athlete)), length_s(asked)
    if highest_spm(asked) > allowed.highest_spm:
        raise RefusedError(409, allowed.tempo_words, "spm")
    if allowed.most_s is not None and asked_s is not None and asked_s > allowed.most_s:
        raise RefusedError(409, allowed.length_words, "for_s")
