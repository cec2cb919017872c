"""A key that would end the session is asked about once, while everything goes on; a signal to stop never is."""

from cadencecoach.coach.events import Key
from cadencecoach.coach.key_table import KEY_BY_NAME, MAY_END
from cadencecoach.session.session import Session

ASKED_S = 10.0  # so long the question waits; then the session goes on
YES = ("enter", "y")  # beside the key itself, pressed again
NO = ("n", "another key")  # whoever means "no" means no next stage


class EndingKeys:
    """The question whether to end, as far as it is open."""

    def __init__(self) -> None:
        """Nothing has been asked."""
        self._asked: Key | None = None
        self._asked_s = 0.0

    def is_taken(self, session: Session, name: str, now_s: float) -> bool:
        """Whether a key was the beginning or the end of the question; else it is to be acted on as ever."""
        asked, key = self._open(now_s), KEY_BY_NAME.get(name)
        self._asked = None
        if asked is not None:
            if key is asked or name in YES:
                session.press(now_s, asked)
                return True
            session.answer_key(now_s, session.state.words.screen.goes_on)
            return name in NO
        if key is None or not _would_end(session, key):
            return False
        self._asked, self._asked_s = key, now_s
        texts = session.state.words.screen
        session.answer_key(now_s, texts.stop_asked if key is Key.STOP else texts.last_stage_asked, ASKED_S)
        return True

    def _open(self, now_s: float) -> Key | None:
        return self._asked if now_s - self._asked_s <= ASKED_S else None


def _would_end(session: Session, key: Key) -> bool:
    """Whether the key would end a session that nobody has a reason to leave: after a stop for pain nobody is kept."""
    state = session.state
    if key not in MAY_END or state.stage is None or state.pain.is_stopped:
        return False
    if key is Key.STOP:
        return True
    is_last = state.warm_up is None and state.current.index + 1 == len(state.plan.stages)
    return is_last and state.prescribed.duration_s is not None and state.pause_began_s is None
