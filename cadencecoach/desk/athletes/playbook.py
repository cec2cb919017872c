"""A runner's playbook gathered: from every session that was coached, and from the log."""

from collections.abc import Iterator
from contextlib import suppress

from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.playbook import cues_that_worked, times_back
from cadencecoach.store.athlete_log import entries_of
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import reader_words
from cadencecoach.view.report.playbook import PlaybookSheet


def playbook_sheet(store: Store, athlete: str, *, with_notes: bool, language: str | None = None) -> PlaybookSheet:
    """What the page is made of.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        with_notes: the clinician's notes are on it too
        language: of whoever reads; None is the athlete's
    Raises:
        JournalError: the log cannot be read or written
    """
    words = reader_words(store, athlete, language)
    mend_log(store, athlete, words.programme)  # pain that only a journal knows
    return PlaybookSheet(
        athlete=athlete,
        cues=cues_that_worked(_times(store, athlete)),
        entries=entries_of(store, athlete),
        with_notes=with_notes,
        words=words,
    )


def _times(store: Store, athlete: str) -> Iterator[tuple[str, float]]:
    """Of every session of a person; one that cannot be read says nothing."""
    for row in store.rows_of(athlete).rows:
        if row.was_coached and row.n_corrections:
            with suppress(CadencecoachError):
                yield from times_back(store.load_session(row.id).journal.lines)
