"""Who sits at this computer, by its own account: a label, and no proof of anybody."""

import getpass

NOBODY = "clinician"  # where the system has no name


def account_name() -> str:
    """The name of the account."""
    try:
        return getpass.getuser() or NOBODY
    except (OSError, KeyError, ImportError):  # a container without a name for its user
        return NOBODY
