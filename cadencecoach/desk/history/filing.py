"""A session's report and its exports as files, made for somebody who waits elsewhere."""

from pathlib import Path

from cadencecoach.desk.history.exporting import Wish, export_one
from cadencecoach.desk.history.reading import TellRatio
from cadencecoach.desk.history.reporting import session_sheet
from cadencecoach.store.athlete_log import entries_of
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import reader_words
from cadencecoach.view.drawing.markup import element
from cadencecoach.view.report.session.page import session_page


def make_report(_: TellRatio, path: Path, store: Store, session: str, back: str) -> None:
    """Write the report of a session, in the words of its runner.

    Args:
        path: of the file
        store: where sessions are kept
        session: its id
        back: where the page leads back to; empty for a file that stands alone
    Raises:
        CadencecoachError: there is no such session, or it cannot be read
    """
    path.write_bytes(report_of(store, session, back).encode("utf-8", "replace"))


def make_export(_: TellRatio, path: Path, store: Store, session: str, form: str) -> None:
    """Write a session for other programs.

    Raises:
        CadencecoachError: as `make_report`, or it does not fit the format
    """
    export_one(store, session, str(path), Wish(form=form))


def report_of(store: Store, session: str, back: str) -> str:
    """The page of a session; the arguments are those of `make_report`.

    Raises:
        CadencecoachError: as there
    """
    recorded = store.load_session(session)
    athlete = str(recorded.journal.header.get("athlete") or "")
    words = reader_words(store, athlete)
    above = element("a", words.page.back_to_sessions, href=back, class_="back") if back else None
    return session_page(session_sheet(recorded, entries_of(store, athlete), words), above=above)
