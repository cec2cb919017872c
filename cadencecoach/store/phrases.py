"""The words a runner hears and reads: in which language, and from which file.

The language is the one asked for (`--language`), else the athlete's, else that of the settings, else that of the system
(`LC_ALL`, `LC_MESSAGES`, `LANG`), else English. A file `phrases.LANGUAGE.yaml` in the settings folder is a language of
its own, or changes texts of one of ours.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import clean_name, file_bytes, user_path
from cadencecoach.errors import NoHomeError, UsageError
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.syntax.findings import clip
from cadencecoach.store.machine import Machine
from cadencecoach.store.settings import Settings, VoiceTable, find_settings

AUTO = "auto"  # as `voice.language`: that of the system
_SYSTEMS_OWN = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts
_FILE = "phrases.{language}.yaml"
N_BOOKS = 8  # kept in memory: a language each, and one's own over it
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def find_phrasebook(machine: Machine, table: VoiceTable) -> Phrasebook:
    """The phrasebook that the settings name.

    Raises:
        UsageError: there is no such language, or the user's file cannot be used; says what is allowed
    """
    if table.phrases:
        return _read(user_path(table.phrases))
    return _book(machine, _language_of(machine, table))


def phrasebook_of(machine: Machine, settings: Settings) -> Phrasebook:
    """The words that settings ask for, and how they want speeds and distances written.

    Raises:
        UsageError: there is no such language, or the user's file cannot be used; says what is allowed
    """
    book = find_phrasebook(machine, settings.voice)
    return replace(book, measures=replace(settings.display.measures(), decimal=book.forms.decimal))


def speak(machine: Machine, settings: Settings, language: str | None) -> Settings:
    """The settings with another language asked for; as they are where none is.

    A phrasebook of one's own that is in another language gives way to it.

    Raises:
        UsageError: nobody could be coached in it; says which languages there are
    """
    if not language:
        return settings
    language = language.strip().replace("_", "-").lower()
    check_language(machine, language, settings.voice)
    is_of_it = settings.voice.phrases and find_phrasebook(machine, settings.voice).language == _main(language)
    told = {"language": language, "phrases": settings.voice.phrases if is_of_it else ""}
    return settings.model_copy(update={"voice": settings.voice.model_copy(update=told)})


def clinician_words(machine: Machine) -> Phrasebook:
    """English, which clinicians' tools speak, with speeds and distances as the user wants them.

    Raises:
        UsageError: the settings cannot be used
    """
    return replace(ENGLISH, measures=find_settings(machine, None).display.measures())


def check_language(machine: Machine, language: str, table: VoiceTable) -> None:
    """Refuse a language that nobody could be coached in: the program has no phrases in it, nor has the user's own file.

    Raises:
        UsageError: it is none; says which there are
    """
    own = find_phrasebook(machine, table).language if table.phrases else ENGLISH.language
    if _main(language) != own:
        _book(machine, _main(language))


def known_languages(machine: Machine) -> list[str]:
    """Those there are phrases in: the program's and the user's."""
    folders = [asset("config"), *_users_folder(machine)]
    return sorted({file.name.split(".")[1] for folder in folders for file in folder.glob(_FILE.format(language="*"))})


def systems_language(machine: Machine, environment: Mapping[str, str] = os.environ) -> str:
    """The language of the system, `de` of `de_AT.UTF-8`; English where it names none, or none that we speak."""
    text = next((environment[name] for name in _SYSTEMS_OWN if environment.get(name)), "")
    language = _main(text.partition(".")[0].partition("@")[0].replace("_", "-").lower())
    return language if language in known_languages(machine) else ENGLISH.language


def _language_of(machine: Machine, table: VoiceTable) -> str:
    return systems_language(machine) if table.language == AUTO else _main(table.language)


def _main(language: str) -> str:
    """A language without its region."""
    return language.partition("-")[0].lower()


def _book(machine: Machine, language: str) -> Phrasebook:
    """The words of a language, with what the user's own file of it changes."""
    own = next((path for path in _files(language, _users_folder(machine))), None)
    if own is not None:
        return _read(own)
    if language == ENGLISH.language:
        return ENGLISH
    path = next(iter(_files(language, [asset("config")])), None)
    if path is None:
        known = ", ".join(known_languages(machine))
        raise UsageError(f"no phrases in {clip(ascii(language), 60)}; choose {known}, or name a file of your own")
    return _parse(path.read_bytes(), clean_name(path), None)


def _files(language: str, folders: list[Path]) -> list[Path]:
    """A language's files in some folders."""
    if _LANGUAGE.fullmatch(language) is None:
        return []
    paths = (folder / _FILE.format(language=language) for folder in folders)
    return [path for path in paths if path.is_file()]


def _users_folder(machine: Machine) -> list[Path]:
    """The settings folder, where there is a home for it."""
    try:
        return [machine.settings_folder]
    except NoHomeError:
        return []


def _read(path: Path) -> Phrasebook:
    """A user's file, which may leave out what is as in the program's own for that language."""
    from cadencecoach.plan.phrase_files import MAX_BYTES, language_of  # noqa: PLC0415  # yaml: English goes without

    raw = file_bytes(path, what="phrasebook", limit_bytes=MAX_BYTES + 1)
    language = language_of(raw, clean_name(path))
    ours = _files(language, [asset("config")])
    base = (
        ENGLISH
        if language == ENGLISH.language
        else _parse(ours[0].read_bytes(), clean_name(ours[0]), None)
        if ours
        else None
    )
    return _parse(raw, clean_name(path), base)


@lru_cache(maxsize=N_BOOKS)
def _parse(raw: bytes, source: str, base: Phrasebook | None) -> Phrasebook:
    """A file's book, made once for the same bytes: a page asks for its words several times, and YAML takes 40 ms."""
    from cadencecoach.plan.phrase_files import read_phrasebook  # noqa: PLC0415  # as above

    return read_phrasebook(raw, source, base=base)
