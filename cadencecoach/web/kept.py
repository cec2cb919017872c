"""Sessions that are kept, and whose they are to see."""

from cadencecoach.store.protocol import Store
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.rows import Role, Visitor


def may_see(visitor: Visitor, athlete: str) -> bool:
    """Whether a device may see a session of this athlete; empty is a guest's.

    The desk sees all of them, a runner's device those of its athlete. A guest's device cannot be told from that of
    another guest: it sees none of what is kept.
    """
    if visitor.is_desk:
        return True
    return visitor.role is Role.RUNNER and bool(athlete) and visitor.athlete == athlete


def check_kept(store: Store, visitor: Visitor, session: str) -> None:
    """Refuse a session that is not kept here, or is not for this device; both with the same words.

    Raises:
        RefusedError: it is
    """
    header = store.journal_header(session) if store.has_journal(session) else {}
    athlete = header.get("athlete")
    if not header or not may_see(visitor, athlete if isinstance(athlete, str) else ""):
        raise RefusedError(404, "there is no such session", "session")
