"""Coaching numbers that hold where a plan says nothing, each with its reason.

(design) marks our own choice; studies are named where one stands behind the number. Every one is a field of the
plan's `feedback:` or of the stage.
"""

from cadencecoach.plan.model import CueStyle, Feedback, RatioTolerance

# Cadence varies by under 2.5 % within a run (CV); a narrower band would nag about noise. +-3 % to leave it.
TOLERANCE = RatioTolerance(0.03)

FULL_FEEDBACK = Feedback(
    style=CueStyle.WORDS,
    dwell_s=8.0,  # brief slow-downs are let pass, as RunCadence does; 8-10 s (design)
    spacing_s=30.0,  # (design), after faded schedules that speak every few minutes
    settle_s=30.0,  # 20-30 s to lock on to a new tempo (design; no measured figure was found)
    clear_ratio=0.02,  # +-2 % to count as back, so that the edge of the band does not flicker
    walk_below_spm=140.0,  # adults change from walking to running at about 140 spm (PMC8629136: 136-161)
    cycle_s=120.0,  # alternating helped and silent stretches teach better than constant help; length (design)
)
