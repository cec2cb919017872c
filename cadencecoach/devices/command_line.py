"""Commands for a person to type, as this program was started: the tool, `uv run`, `python -m`, or a path.

Somebody who was told to type what their shell does not know gives up, so every command that is printed is made here.
`--help` is too, so no more of Python's library is loaded than it must: what looks for files takes longer than the rest.
"""

import os
import sys

NAME = "cadencecoach"
_MODULE = ["-m", NAME]
# To every shell one word as they stand.
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_")


def command_line(words: str = "") -> str:
    """A command of ours, to be typed as it is printed in the shell from which this one was started.

    Args:
        words: what follows the program's name, quoted where it must be
    """
    return f"{program()} {words}".rstrip()


def program() -> str:
    """What is typed before a command: `cadencecoach`, `uv run cadencecoach`, `python -m cadencecoach`, or a path."""
    if sys.orig_argv[1:3] == _MODULE:
        interpreter = sys.orig_argv[0]
        by_uv = "uv run " if _is_uv_run() and os.path.dirname(interpreter) == "" else ""  # noqa: PTH120  # as typed
        return f"{by_uv}{quote(interpreter)} -m {NAME}"
    script = sys.argv[0] if sys.argv else ""
    if os.path.splitext(os.path.basename(script))[0].lower() != NAME:  # noqa: PTH119, PTH122  # another program has us in it
        return NAME
    if _is_uv_run():
        return f"uv run {NAME}"
    # uv puts what it runs for one command on the path of that command alone.
    return NAME if "UV" not in os.environ and _is_on_path(script) else quote(script)


def quote(word: str) -> str:
    """A word that the shell takes for one."""
    if word and _PLAIN.issuperset(word):
        return word
    if os.name == "nt":
        import subprocess  # noqa: PLC0415

        return subprocess.list2cmdline([word])
    import shlex  # noqa: PLC0415

    return shlex.quote(word)


def _is_on_path(script: str) -> bool:
    import shutil  # noqa: PLC0415  # see above; so are the other imports in functions
    from pathlib import Path  # noqa: PLC0415

    found = shutil.which(NAME)
    try:
        return found is not None and Path(found).samefile(script)
    except OSError:
        return False


def _is_uv_run() -> bool:
    """Whether `uv run` started us and would again from here: it takes the project around the working folder."""
    if "UV_RUN_RECURSION_DEPTH" not in os.environ:
        return False
    from pathlib import Path  # noqa: PLC0415

    try:
        here = Path.cwd()
        root = next((folder for folder in (here, *here.parents) if (folder / "pyproject.toml").is_file()), None)
        return root is not None and Path(sys.prefix).samefile(root / ".venv")
    except OSError:
        return False
