"""From how the beat should click, in the coach's words, to the engine's pattern."""

from cadencecoach.coach.clicks import Accent, Click, Every
from cadencecoach.sound.pattern import Pattern, Strike, accent_name


def pattern_of(click: Click) -> Pattern:
    """Left foot, right foot, in turn; beat 0 is the left one."""
    left = _strike(click, is_accent=click.accent is Accent.LEFT, pan=-click.pan)
    right = _strike(click, is_accent=click.accent is Accent.RIGHT, pan=click.pan)
    strikes = (left, None if click.every is Every.STRIDE else right)
    return Pattern(strikes=strikes, silent_ratio=click.silent_ratio, seed=click.seed)


def _strike(click: Click, *, is_accent: bool, pan: float) -> Strike:
    return Strike(clip=accent_name(click.sound) if is_accent else click.sound, pan=pan)
