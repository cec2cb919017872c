"""Errors of ours go from one process to another."""

import pickle

from cadencecoach.errors import CadencecoachError, DeviceError, NoHomeError, PayloadError, Reason, UsageError


def test_an_error_is_the_same_in_another_process() -> None:
    """Kind, words, and what else it tells: also where the words are made of something else."""
    errors: tuple[CadencecoachError, ...] = (
        UsageError("no such plan"),
        PayloadError("too short", b"\x01"),
        DeviceError("it is off", Reason.POWERED_OFF),
        NoHomeError("settings", "XDG_CONFIG_HOME"),
    )
    for error in errors:
        again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made here
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
