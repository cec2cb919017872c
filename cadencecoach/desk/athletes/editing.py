"""What was chosen for an athlete, chosen anew: the profile is written as a whole, and the log says what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import ProfileEdited
from cadencecoach.record.profile import LONGEST_NAME, MOST_NAMES, Profile
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.phrases import check_language
from cadencecoach.store.protocol import Store
from cadencecoach.store.settings import find_settings

Changes = tuple[tuple[str, str], ...]


def edit_profile(
    store: Store,
    athlete: str,
    *,
    language: str | None = None,
    voice: str | None = None,
    words: str | None = None,
    shoes: Sequence[str] = (),
) -> Changes:
    """Change a profile; the answer is what is different now, which an entry of the log keeps.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        language: of the voice; empty is that of the settings, None stays as it is
        voice: kind of voice; the same
        words: how much is said; the same
        shoes: in use already, to be added
    Raises:
        UsageError: nothing is asked for, there are no phrases in the language, or a name is none
        JournalError: what is kept cannot be read or written
    """
    if language is None and voice is None and words is None and not shoes:
        raise UsageError("nothing to change; add --language, --voice, --words or --shoes")
    if language:
        check_language(store.machine, language, find_settings(store.machine, None).voice)
    with store.lock_athletes():
        before = store.read_profile(athlete)
        chosen = replace(
            before,
            language=before.language if language is None else language,
            voice=before.voice if voice is None else voice,
            words=before.words if words is None else words,
        )
        after = _with_shoes(chosen, shoes)
        changes = tuple(_changes(before, after))
        if changes:
            edited = ProfileEdited(at=wall_time_utc(), day=today_here(), changes=changes)
            store.add_entries(athlete, edited)
            store.write_profile(after)
    return changes


def _with_shoes(profile: Profile, shoes: Sequence[str]) -> Profile:
    """The profile with more shoes that were in use before: they stand in front of those that runs brought."""
    new = tuple(dict.fromkeys(one for one in shoes if profile.shoes_called(one) not in profile.shoes))
    if any(not 0 < len(one) <= LONGEST_NAME for one in new) or len(profile.shoes) + len(new) > MOST_NAMES:
        raise UsageError(f"--shoes: 1 to {LONGEST_NAME} characters each, and at most {MOST_NAMES} of them")
    if not new:
        return profile
    in_use = profile.shoes_before
    return replace(profile, shoes=(*new, *profile.shoes), shoes_before=None if in_use is None else (*new, *in_use))


def _changes(before: Profile, after: Profile) -> Iterator[tuple[str, str]]:
    for name in ("language", "voice", "words"):
        word = getattr(after, name)
        if word != getattr(before, name):
            yield name, word
    yield from (("shoes", one) for one in after.shoes if one not in before.shoes)
