"""A database made ready, by whoever owns it."""

from cadencecoach.errors import UsageError
from cadencecoach.store.opening import MISSING


def prepare_database(address: str, password_file: str = "", lead: str = "") -> tuple[str, ...]:
    """Make its tables, or bring them up to date; lines for a person.

    Raises:
        UsageError: it cannot be reached, or whoever connects may not do so
    """
    try:
        from cadencecoach.store.sql_address import address_in  # noqa: PLC0415  # only who has a database needs it
        from cadencecoach.store.sql_preparing import prepare  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(MISSING) from error
    return prepare(address_in(address, password_file), lead)
