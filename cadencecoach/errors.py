"""The error tree: the name says who must act, the message says where and what is allowed.

CadencecoachError
 ├── PlanError       the author of a plan file: something in the text must change
 ├── UsageError      the person at the command line: an option or a file name must change
 ├── PayloadError    a sensor sent bytes that mean nothing; counted, journalled, survived
 ├── RecordingError  a recorded run (FIT, TCX, CSV) cannot be read
 ├── WorkoutError    a workout of another program cannot be read, or a plan not be written as one
 ├── JournalError    a journal cannot be read or written
 └── DeviceError     the room: a device is missing, busy or gone; `reason` says which

Bugs are `assert` or plain exceptions and are never caught wide.
"""

from collections.abc import Mapping
from enum import Enum


class CadencecoachError(Exception):
    """Something a person or a device did; the message is one clear line for a person to read."""

    def __reduce__(self) -> tuple[object, ...]:
        """Whole from one process to another: of an error that makes its message there are only words to begin with."""
        return self._with, (self.args, self.__dict__)

    @classmethod
    def _with(cls, args: tuple[object, ...], fields: Mapping[str, object]) -> "CadencecoachError":
        error = cls.__new__(cls, *args)
        error.args = args
        error.__dict__.update(fields)
        return error


class PlanError(CadencecoachError):
    """A plan cannot be used as it is written."""


class UsageError(CadencecoachError):
    """The command line asks for something that does not exist or does not fit together."""


class PayloadError(CadencecoachError):
    """A sensor's bytes cannot be decoded.

    Attributes:
        payload: the bytes as they came
    """

    def __init__(self, message: str, payload: bytes) -> None:
        super().__init__(f"{message}: {payload.hex(' ') or 'no bytes'}")
        self.payload = payload


class RecordingError(CadencecoachError):
    """A recorded run cannot be read."""


class WorkoutError(CadencecoachError):
    """A workout of another program cannot be read, or a plan cannot be written as one."""


class JournalError(CadencecoachError):
    """A journal cannot be read or written."""


class NotSureError(CadencecoachError):
    """A person was asked whether something is right, and said no; nothing was written."""


class Reason(Enum):
    """Why a device cannot be used; a screen turns it into what to do."""

    LIBRARY_MISSING = "library missing"
    NO_DEVICE = "no device"
    NO_SERVICE = "no service"
    NOT_ALLOWED = "not allowed"
    POWERED_OFF = "powered off"
    BUSY = "busy"
    VANISHED = "vanished"
    NOT_RESPONDING = "not responding"


class DeviceError(CadencecoachError):
    """A device cannot be used.

    Attributes:
        reason: which of the known causes it is
    """

    def __init__(self, message: str, reason: Reason) -> None:
        super().__init__(message)
        self.reason = reason


class UnreachableError(UsageError):
    """A database does not answer; what is to be written waits on this computer."""


class ForbiddenError(UsageError):
    """A database refuses something to the person who is served; asked again it refuses it again."""


class NoHomeError(UsageError):
    """There is no folder of the user's own.

    Attributes:
        variable: of the environment, that would name one
    """

    def __init__(self, what: str, variable: str) -> None:
        super().__init__(f"no home folder is known to keep {what} in; set HOME or {variable}")
        self.variable = variable

    def again(self) -> "NoHomeError":
        """One to be raised: this one is kept, and would hold for ever what was under way each time it was raised."""
        raised = self._with(self.args, self.__dict__)
        assert isinstance(raised, NoHomeError)
        return raised
