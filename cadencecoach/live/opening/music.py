"""The songs of a session: which there are, and in which stages they may be played."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import real_path, user_path
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.audio.music import NO_MUSIC, Music
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import CueStyle, Plan, Stage
from cadencecoach.plan.music import NO_MUSIC as CLICK
from cadencecoach.plan.music import OFF, ON, is_on_network, music, music_asked, with_music, without_folders
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.plan.values import ValueFault
from cadencecoach.store.machine import Machine

if TYPE_CHECKING:
    from cadencecoach.music.song import Song

SongsIn = Callable[[Path | None, int], Sequence["Song"]]  # some of a folder that were added, or of all; by a seed


def check_music(text: str | None) -> None:
    """Refuse words of `--music` that name no music.

    Raises:
        UsageError: neither on, off, nor a folder of this computer that is there
    """
    if text is None:
        return
    is_plain = text not in (ON, OFF) and not is_on_network(text)
    try:  # of a command line, a folder may be the bare name of one that is here; in a plan it could be a slip
        told = music(f"./{text}" if is_plain and "/" not in text and user_path(text).is_dir() else text)
    except ValueFault as error:
        raise UsageError(f"--music {text} {error}") from error
    if told not in (ON, OFF) and not user_path(told).is_dir():
        raise UsageError(f"--music {text}: there is no such folder; name one, or write on or off")


def plan_with_music(plan: Plan, asked: str | None, plan_file: Path | None) -> Plan:
    """The plan with all its folders absolute: those that were asked for, and its own where it was opened by its path.

    Args:
        plan: as it was written
        asked: the words of `--music`; None leaves it to the plan
        plan_file: the file it was opened from by its path; None for every other plan, whose folders count for nothing
    """
    told = without_folders(plan) if plan_file is None else _from_its_folder(plan, plan_file)
    if asked is None:
        return told
    return with_music(told, asked if asked in (ON, OFF) else str(user_path(asked).absolute()))


def _from_its_folder(plan: Plan, plan_file: Path) -> Plan:
    """The plan with folders as seen from where its file is."""
    at = plan_file.absolute().parent
    return replace(
        plan,
        stages=tuple(
            one if one.music in {CLICK, ON} else replace(one, music=str(at / user_path(one.music)))
            for one in plan.stages
        ),
    )


def without_paths(plan: Plan) -> Plan:
    """The plan as it is written down: that there is music, and not where on this computer it is."""
    return replace(plan, stages=tuple(replace(one, music=ON) if one.music else one for one in plan.stages))


def music_of(plan: Plan, songs_in: SongsIn, texts: ScreenTexts, *, seed: int) -> tuple[Music, tuple[str, ...]]:
    """The songs of a session and its stages, and what a person should know of them before the start.

    Args:
        plan: whose folders are absolute
        songs_in: the songs that were added
        texts: of the screen
        seed: which of them are drawn, and which comes first
    """
    asked = music_asked(plan)
    if not asked:
        return NO_MUSIC, ()
    by_asked = {one: tuple(s for s in _songs(one, songs_in, seed) if not s.refused) for one in asked}
    songs = tuple(dict.fromkeys(song for found in by_asked.values() for song in found))
    place_of = {song: place for place, song in enumerate(songs)}
    places = {one: tuple(place_of[song] for song in found) for one, found in by_asked.items()}
    notes = tuple(
        fill(texts.music_no_songs, command=command_line("music add FOLDER" if one == ON else f"music add {one}"))
        for one, found in by_asked.items()
        if not found
    )
    by_stage = tuple(() if _is_click_needed(stage) else places.get(stage.music, ()) for stage in plan.stages)
    return Music(songs=songs, by_stage=by_stage, first=seed % max(1, len(songs))), notes


def _is_click_needed(stage: Stage) -> bool:
    """Whether the click itself tells something that music cannot."""
    return stage.feedback.style is CueStyle.GRADED


def _songs(asked: str, songs_in: SongsIn, seed: int) -> Sequence["Song"]:
    """What was added of what is asked for; nothing of another computer, whatever a path comes to."""
    if asked == ON:
        return songs_in(None, seed)
    if is_on_network(asked):
        return ()
    try:
        folder = real_path(Path(asked))  # a link may lead anywhere
        return () if is_on_network(str(folder)) else songs_in(folder, seed)
    except (OSError, CadencecoachError):
        return ()


def kept_songs(machine: Machine) -> SongsIn:
    """The songs that were added on this computer."""
    from cadencecoach.store.song_book import SongBook  # noqa: PLC0415  # where there is music

    return SongBook(machine.songs).draw
