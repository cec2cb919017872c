"""`cadencecoach music`: one's own songs, with their beats. Everything but click is imported when it is needed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.lazy import Commands
from cadencecoach.cli.printing import show_as_json, show_text, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cadencecoach.devices.audio_port import AudioSettings
    from cadencecoach.music.song import Song
    from cadencecoach.store.song_book import SongBook

EXIT_NONE, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130
SONG = click.argument("song_name", metavar="SONG")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
CARD = click.option(
    "--sound", "sound_text", metavar="OUTPUT", default="default", show_default=True, help="default or device:NAME."
)


@click.group(cls=Commands)
def music() -> None:
    """Find the beats of your own songs, so that sessions can play them at your tempo.

    WAV, FLAC, OGG and MP3 files. No part of a song is copied.
    """


@music.command()
@click.argument("named", metavar="FILE|FOLDER...", nargs=-1, required=True)
def add(*, named: tuple[str, ...]) -> int:
    """Find the beats of songs, each once; Ctrl-C keeps what is done, and the same command goes on from there."""
    from cadencecoach.desk.music.adding import look_through
    from cadencecoach.store.user_store import user_machine

    book = user_machine().song_book
    looked = look_through(named, book)
    tell(*looked.missing)
    if looked.n_others:
        tell(f"Files in forms that are not read, such as M4A: {looked.n_others}. Save them as MP3, OGG or FLAC.")
    if looked.known:
        show_text(f"Known already and unchanged: {len(looked.known)}.")
    songs = list(looked.known)
    n_bad = _add_each(looked.todo, book, songs)
    n_usable = sum(not song.refused for song in songs)
    if len(songs) + n_bad != 1 and not (looked.missing and not songs and not n_bad):
        show_text(f"{n_usable} of {len(songs) + n_bad} songs can be run to.")
    if looked.missing or (n_bad and not songs):
        return EXIT_USAGE
    return 0 if n_usable else EXIT_NONE


def _add_each(todo: "Sequence[Path]", book: "SongBook", songs: "list[Song]") -> int:
    """Read songs and tell of each; how many could not be read.

    Raises:
        KeyboardInterrupt: Ctrl-C; what was read is kept
        UsageError: no more can be kept, as on a full disk; what was told of is
    """
    from contextlib import closing

    from cadencecoach.desk.music.adding import add_songs
    from cadencecoach.desk.music.telling import line_of
    from cadencecoach.errors import UsageError

    n_done = n_bad = 0
    width = len(str(len(todo)))
    try:
        with closing(add_songs(todo, book)) as added:
            for one in added:
                n_done += 1
                count = f"[{str(n_done).rjust(width)}/{len(todo)}] " if len(todo) > 1 else ""
                if one.song is not None:
                    songs.append(one.song)
                    show_text(f"{count}{line_of(one.song)}")
                else:
                    n_bad += 1
                    show_text(f"{count}{one.trouble}")
    except (KeyboardInterrupt, UsageError):
        tell(f"Stopped after {n_done} of {len(todo)} songs, which are kept. The same command goes on from there.")
        raise
    return n_bad


@music.command("list")
@click.argument("folder", metavar="[FOLDER]", required=False, callback=options.take_path)
@JSON
def list_(*, folder: str | None, as_json: bool) -> None:
    """List the songs that were added: tempo, the targets they fit, how steady they are, how loud."""
    from cadencecoach.desk.music.telling import json_of, listing_of
    from cadencecoach.devices.command_line import command_line
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.errors import UsageError
    from cadencecoach.store.user_store import user_machine

    below = None if folder is None else Path(folder)
    if below is not None and not below.exists():
        raise UsageError(f"{clean_name(below)} does not exist; name a folder of songs")
    listed = user_machine().song_book.list_songs(below)
    songs = sorted(listed.songs, key=lambda song: (bool(song.refused), song.spm))
    if listed.n_changed:
        tell(
            f"Not listed: {listed.n_changed} whose files have changed or are gone. "
            f"To read them again: {command_line('music add FOLDER')}"
        )
    if as_json:
        show_as_json([json_of(song) for song in songs])
    elif not songs:
        where = "" if below is None else f" in {clean_name(below)}"
        show_text(f"No songs{where} yet. Add some: {command_line('music add FOLDER')}")
    else:
        for line in listing_of(songs):
            show_text(line)


@music.command("check")
@SONG
@options.SOUND
@options.FORCE
def check_(*, song_name: str, sound_text: str, force: bool) -> int:
    """Hear a song with a click on each of its beats; q ends it. With --sound file:PATH it is written to a file."""
    from cadencecoach.desk.music.mending import song_named
    from cadencecoach.desk.music.playing import write_checked
    from cadencecoach.desk.music.telling import line_of
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.devices.sound_file import check_sound_file
    from cadencecoach.live.opening.outputs import sound_output
    from cadencecoach.store.user_store import user_machine

    machine = user_machine()
    kind, _, rest = sound_text.partition(":")
    is_written = kind == "file" and rest
    output = sound_output(machine, Path(rest), may_replace=force, sources=(Path(song_name),)) if is_written else None
    settings = None if output is not None else _card_settings(sound_text, "default, device:NAME or file:PATH")
    if output is not None:
        check_sound_file(output)
    song = song_named(song_name, machine.song_book).song
    show_text(line_of(song))
    if not song.beats_s:
        return EXIT_NONE
    if output is not None:
        write_checked(song, output)
        show_text(f"written: {clean_name(output.path)}")
    else:
        assert settings is not None
        _play(song, settings, has_clicks=True)
    return 0


@music.command("tap")
@SONG
@click.option("--at", "at_text", metavar="TIMES", help="Times of taps in seconds of the song, instead of tapping.")
@click.option("--undo", is_flag=True, help="Take the taps back: the beat that was found counts again.")
@CARD
def tap_(*, song_name: str, at_text: str | None, undo: bool, sound_text: str) -> int:
    """Mend the beat of a song: tap the space bar on its beat while it plays, 8 times or more, then press Enter.

    Your taps say which beat is meant and how fast it is; where exactly it falls is found in the song. q leaves
    everything as it was.
    """
    from cadencecoach.desk.music.mending import mend, song_named, times_in
    from cadencecoach.desk.music.telling import line_of
    from cadencecoach.devices.command_line import command_line, quote
    from cadencecoach.devices.input_file import real_path, user_path
    from cadencecoach.store.user_store import user_machine

    book = user_machine().song_book
    if undo:
        if at_text is not None:
            raise click.UsageError("use --at or --undo, not both")
        show_text(line_of(book.undo(real_path(user_path(song_name))).song))
        return 0
    given_s = None if at_text is None else times_in(at_text)
    settings = None if given_s is not None else _card_settings(sound_text, "default or device:NAME")
    kept = song_named(song_name, book)
    if given_s is None:
        assert settings is not None
        given_s = _take_taps(kept.song, settings)
        if not given_s:
            tell("Nothing was changed.")
            return EXIT_INTERRUPTED
    song = mend(kept, given_s, book)
    show_text(line_of(song))
    name = quote(song_name)
    tell(f"Hear it: {command_line(f'music check {name}')}")
    tell(f"Take it back: {command_line(f'music tap {name} --undo')}")
    return 0


@music.command("forget")
@click.argument("song_name", metavar="SONG", required=False)
@click.option("--all", "every", is_flag=True, help="All songs that were added, with their taps.")
def forget_(*, song_name: str | None, every: bool) -> None:
    """Forget what was found out about a song; the song itself stays where it is.

    Songs that are forgotten are not played any more until they are added again. Their taps are lost.
    """
    from cadencecoach.devices.input_file import clean_name, real_path, user_path
    from cadencecoach.store.user_store import user_machine

    if (song_name is None) is not every:
        raise click.UsageError("name a song, or write --all for every song that was added")
    book = user_machine().song_book
    if song_name is None:
        show_text(f"Forgotten: {book.forget_all()} songs.")
        return
    path = real_path(user_path(song_name))
    book.forget(path)
    show_text(f"Forgotten: {clean_name(path)}.")


def _card_settings(sound_text: str, allowed: str) -> "AudioSettings":
    """How the card is opened that an option names."""
    from cadencecoach.live.audio.choosing import card_settings
    from cadencecoach.store.user_store import user_machine

    kind, _, name = sound_text.partition(":")
    if (kind, bool(name)) not in {("default", False), ("device", True)}:
        raise click.UsageError(f"--sound {sound_text}: not an output here; allowed: {allowed}")
    return card_settings(user_machine(), name or kind)


def _play(song: "Song", settings: "AudioSettings", *, has_clicks: bool) -> None:
    """Play a song until it ends, or q is pressed."""
    from cadencecoach.desk.music.playing import play_song
    from cadencecoach.devices.keyboard import open_keyboard

    with open_keyboard() as keyboard:

        def look(_: "Callable[[float], float]") -> bool:
            return keyboard.poll() != "q"

        play_song(song, settings, has_clicks=has_clicks, look=look)


def _take_taps(song: "Song", settings: "AudioSettings") -> "list[float]":
    """The seconds of a song at which a person taps while it plays; empty where they leave it."""
    import sys

    from cadencecoach.desk.music.playing import TapTaker, play_song
    from cadencecoach.devices.keyboard import open_keyboard
    from cadencecoach.errors import UsageError
    from cadencecoach.store.user_store import user_machine

    if not sys.stdin.isatty():
        raise UsageError("tapping needs a terminal; or give the times of the taps, such as --at '12.1 12.5 12.9'")
    tell("Tap the space bar on each beat, 8 times or more. Enter: done. q: leave it as it is.")
    with open_keyboard() as keyboard:
        taker = TapTaker(keyboard, lambda: tell(".", nl=False))
        device = play_song(song, settings, has_clicks=False, look=taker.look)
    tell("")
    return taker.taps_s(user_machine(), device)
