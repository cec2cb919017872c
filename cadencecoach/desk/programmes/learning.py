"""What a simulated runner learns over the sessions of a programme: an assumption, and no finding about any runner."""

import math
from dataclasses import fields, replace

from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.programme.model import Session
from cadencecoach.record.row import SessionRow

LEARNED_AFTER_S = 3600.0  # of time at a target: two thirds of what is learned in the end (assumed)
HIGHEST_SPM = 220.0  # of the simulated runner


class Learner:
    """A simulated runner on the way through a programme.

    Args:
        settings: before anything is learned
        learns: part of the change that stays in the end, 0 to 1 (assumed)
    """

    def __init__(self, settings: RunnerSettings, learns: float) -> None:
        """Nothing is learned yet."""
        self.settings = settings
        self._learns = learns
        self._at_target_s = 0.0
        self._learned_ratio = 0.0

    def settings_text(self, settings: RunnerSettings | None = None) -> str:
        """The settings as `--feet sim:` takes them, the cadence moved by what was learned.

        Args:
            settings: those of another day; None are the usual ones
        """
        used = self.settings if settings is None else settings
        moved = replace(used, own_spm=min(used.own_spm * (1 + self._learned_ratio), HIGHEST_SPM))
        return ",".join(f"{one.metadata['key']}={getattr(moved, one.name)!r}" for one in fields(RunnerSettings))

    def learn(self, session: Session, row: SessionRow) -> None:
        """Keep something of a session: what stays of the change grows with the time at a target, and levels off."""
        self._at_target_s += row.in_band_s or 0.0
        share = 1.0 - math.exp(-self._at_target_s / LEARNED_AFTER_S)
        self._learned_ratio = max(self._learned_ratio, self._learns * share * (session.target_ratio or 0.0))
