"""What holds where a plan says nothing. The numbers of the feedback stand in its table, `plan.feedback`."""

from cadencecoach.plan.feedback import Feedback
from cadencecoach.plan.model import RatioTolerance

# Cadence varies by under 2.5 % within a run (CV); a narrower band would nag about noise. +-3 % to leave it.
TOLERANCE = RatioTolerance(0.03)

REGULAR = "regular"  # the pattern in which every cycle begins with help

FULL_FEEDBACK = Feedback()
