"""The highest target a clinician allows: it holds whatever the plan, the runner's keys or a flag ask for."""

from cadencecoach.coach.state import State
from cadencecoach.plan.screen_texts import filled
from cadencecoach.plan.targets import Band


def under_ceiling(state: State, band: Band) -> Band:
    """The band, moved down as a whole where its target would pass the plan's limit."""
    ceiling_spm = state.plan.limits.ceiling_spm(state.baseline_spm)
    if ceiling_spm is None or band.target_spm <= ceiling_spm:
        return band
    down_spm = band.target_spm - ceiling_spm
    return Band(ceiling_spm, band.low_spm - down_spm, band.high_spm - down_spm)


def limit_words(state: State) -> str:
    """What is written down when a key asks for more."""
    limits = state.plan.limits
    ratio = limits.target_ratio or 0.0
    ceiling_spm = limits.ceiling_spm(state.baseline_spm)
    if limits.most_spm is not None and ceiling_spm == limits.most_spm:
        return filled(state.words.screen.target_limit_spm, limit=f"{limits.most_spm:.1f}")
    return filled(state.words.screen.target_limit_percent, limit=f"{ratio * 100:+.4g}")
