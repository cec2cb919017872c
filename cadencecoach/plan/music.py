"""Which music is played instead of the click: none, the songs that were added, or those of a folder."""

import re
from dataclasses import replace

from cadencecoach.plan.model import Plan
from cadencecoach.plan.values import ValueFault
from cadencecoach.plan.words import nearest, words_up_to

ON, OFF = "on", "off"
NO_MUSIC = ""  # of a stage; the click
FOLDER_CHARS = 300
WAYS = "write on, off, or a folder of this computer, such as ~/Music/runs"
FOLDER_PATTERN = r"(?![/\\]{2})(?!.*://)(?=.*[/\\~.]).{1,300}"
_NETWORK = re.compile(r"^[/\\]{2}|://|^/run/user/[^/]*/gvfs|^/net/")
_FOLDER = re.compile(r"[/\\~.]|^[A-Za-z]:")


def music(value: object) -> str:
    """Words of `music:`: on, off, or the path of a folder.

    Raises:
        ValueFault: neither, or a folder that is on the network
    """
    if isinstance(value, bool):
        raise ValueFault("is not known", WAYS)
    text = words_up_to(FOLDER_CHARS)(value)
    if text in (ON, OFF):
        return text
    if is_on_network(text):
        raise ValueFault("is on the network", WAYS)
    if not _FOLDER.search(text):
        meant = nearest(text, (ON, OFF))
        raise ValueFault("is not known", f"did you mean {meant}? {WAYS}" if meant else WAYS)
    return text


def is_on_network(text: str) -> bool:
    r"""Whether a path is one of another computer's: `\\host\music`, `//host/music`, `smb://host/music`."""
    return _NETWORK.search(text.strip()) is not None


def music_asked(plan: Plan) -> tuple[str, ...]:
    """All that the stages of a plan ask for, each once: `on`, and folders."""
    return tuple(dict.fromkeys(stage.music for stage in plan.stages if stage.music))


def with_music(plan: Plan, asked: str) -> Plan:
    """The plan with this music in every stage; `off` is the click in all of them, and no words leave it as it is."""
    if not asked:
        return plan
    told = NO_MUSIC if asked == OFF else asked
    return replace(plan, stages=tuple(replace(stage, music=told) for stage in plan.stages))


def without_folders(plan: Plan) -> Plan:
    """The plan with the click wherever it names a folder: it was not opened by its path on this computer."""
    return replace(
        plan,
        stages=tuple(replace(one, music=one.music if one.music == ON else NO_MUSIC) for one in plan.stages),
    )
