"""Work for a process that is to be ended: it hangs as a reader of a crafted file would."""

import threading


def wait_for(seconds: float) -> bool:
    """Wait for what never comes, for so long at most; the answer is whether it came."""
    return threading.Event().wait(seconds)
