"""The door of the program. Help is printed at once; everything else is loaded when it is needed."""

import errno
import gc
import os
import sys
from collections.abc import Callable, Sequence

from cadencecoach.cli.table import help_text
from cadencecoach.devices.command_line import command_line, program, quote
from cadencecoach.errors import CadencecoachError, DeviceError, NotSureError, PlanError

# How many more things there are before rubbish is looked for. What a program loads lives as long as it does: with
# Python's 700 the search through it took an eighth of the time before a first beat.
MADE_BEFORE_A_SEARCH = 50_000
EXIT_FOUND_ERRORS, EXIT_USAGE, EXIT_DEVICE, EXIT_INTERRUPTED = 1, 2, 3, 130
EXIT_OF: dict[type[CadencecoachError], int] = {
    PlanError: EXIT_FOUND_ERRORS,
    DeviceError: EXIT_DEVICE,
    NotSureError: EXIT_INTERRUPTED,
}


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line; the answer is the exit status.

    0 done, 1 the check found errors, 2 wrong usage or unreadable file, 3 a device is missing, 130 interrupted.
    """
    words = list(sys.argv[1:] if args is None else args)
    try:
        return _run(words)
    except CadencecoachError as error:
        if "--debug" in words:
            raise
        _complain(str(error))
        return next((status for kind, status in EXIT_OF.items() if isinstance(error, kind)), EXIT_USAGE)
    except Exception as error:
        if "--debug" in words:
            raise
        what = type(error).__name__
        again = command_line(" ".join(map(quote, ["--debug", *words])))
        _complain(f"unexpected error ({what}: {error}); to see where: {again}")
        return EXIT_USAGE
    finally:
        _close_opened()


def _run(words: list[str]) -> int:
    """The exit status of a command; only what it finds wrong is raised."""
    try:
        if words in (["--help"], ["-h"]):
            print(help_text(program()), flush=True)  # noqa: T201  # without click, whose import takes longer than all the rest
            return 0
        # Nobody's plug-in has a say in how plans are read, and looking for plug-ins takes longer than reading one.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from cadencecoach.cli.group import call  # the first thing that takes time

        if not words and _is_first_time():
            words = ["begin"]
        return _call_and_tell(call, words)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _output_closed()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # rich makes a failure of it
            return _output_closed()
        raise
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EIO, errno.EBADF}:
            raise
        _output_closed()
        _complain(f"the output cannot be written: {error.strerror}")
        return EXIT_USAGE


def _is_first_time() -> bool:
    """Whether nothing is kept here yet, so that somebody who types the program's name alone is asked what they want."""
    from cadencecoach.store.user_store import user_store

    return user_store().is_empty()


def _call_and_tell(call: Callable[[Sequence[str]], int], words: Sequence[str]) -> int:
    status = call(words)
    _tell_behind()
    return status


def _tell_behind() -> None:
    """Say how old what was shown is, where the database of a clinic did not answer."""
    opened = sys.modules.get("cadencecoach.store.user_store")
    behind = None if opened is None else opened.behind_of_opened()
    if behind is not None:
        _complain(f"{behind.why}; what is shown here is of {behind.words}")


def _close_opened() -> None:
    """Let go of the databases that were opened, if any was."""
    opened = sys.modules.get("cadencecoach.store.user_store")
    if opened is not None:
        opened.close_opened()


def _complain(message: str) -> None:
    if sys.stderr is not None:
        from cadencecoach.plan.syntax.findings import visible  # only where something is wrong
        from cadencecoach.store.secrets import without_secrets

        message = "\n".join(map(visible, without_secrets(message).split("\n")))
        print(message, file=sys.stderr)  # noqa: T201  # as above


def _output_closed() -> int:
    """Whoever read our output has gone (`| head`): no more words, and no complaint at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def entry() -> None:
    """The console script."""
    gc.set_threshold(MADE_BEFORE_A_SEARCH)
    status = main()
    gc.freeze()  # what is left goes with the process: to search it for rubbish first takes a twelfth of a rehearsal
    sys.exit(status)
