"""The words of sessions and reports: the program's own in the language of the settings, or those of a user's file."""

from dataclasses import replace
from pathlib import Path

from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import file_bytes, shown, user_path
from cadencecoach.errors import UsageError
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.store.settings import Settings, VoiceTable, find_settings
from cadencecoach.units import Measures


def find_phrasebook(table: VoiceTable) -> Phrasebook:
    """The phrasebook that the settings name.

    Raises:
        UsageError: there is no such language, or the user's file cannot be used; says what is allowed
    """
    if table.phrases:
        return _users_own(user_path(table.phrases))
    return _own(table.language.partition("-")[0])


def words_of(settings: Settings) -> Phrasebook:
    """The words that settings ask for, and how they want speeds and distances written.

    Raises:
        UsageError: there is no such language, or the user's file cannot be used; says what is allowed
    """
    return replace(find_phrasebook(settings.voice), measures=settings.display.measures())


def reader_words() -> Phrasebook:
    """The words for reports: those of the user's settings.

    Raises:
        UsageError: the settings or the file they name cannot be used
    """
    return words_of(find_settings(None))


def reader_measures() -> Measures:
    """How the user wants speeds and distances written, where no other words are needed.

    Raises:
        UsageError: the settings cannot be used
    """
    return find_settings(None).display.measures()


def check_language(language: str, table: VoiceTable) -> None:
    """Refuse a language that nobody could be coached in: the program has no phrases in it, nor has the user's own file.

    Raises:
        UsageError: it is none; says which there are
    """
    own = find_phrasebook(table).language if table.phrases else ENGLISH.language
    if language.partition("-")[0] != own.partition("-")[0]:
        _own(language.partition("-")[0])


def _own(language: str) -> Phrasebook:
    if language == ENGLISH.language:
        return ENGLISH
    from cadencecoach.plan.phrase_files import read_phrasebook  # noqa: PLC0415  # yaml: English goes without

    path = asset("config", f"phrases.{language}.yaml")
    if not language.isalpha() or not path.is_file():
        known = sorted(file.name.split(".")[1] for file in asset("config").glob("phrases.*.yaml"))
        raise UsageError(
            f"voice.language: no phrases in {language!a}; there are {', '.join(known)}, or name a file of your own"
        )
    return read_phrasebook(path.read_bytes(), shown(path), base=None)


def _users_own(path: Path) -> Phrasebook:
    """A file that may leave out what is as in the program's own for that language."""
    from cadencecoach.plan.phrase_files import MAX_BYTES, language_of, read_phrasebook  # noqa: PLC0415

    raw = file_bytes(path, what="phrasebook", limit_bytes=MAX_BYTES + 1)
    language = language_of(raw, shown(path))
    has_own = language.isalpha() and asset("config", f"phrases.{language}.yaml").is_file()
    return read_phrasebook(raw, shown(path), base=_own(language) if has_own else None)
