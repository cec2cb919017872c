"""Steps from acceleration: when feet come down, how often, and where the sensor sits. `docs/steps.md` says how.

Needs numpy; import it where acceleration comes in, not before.
"""

from cadencecoach.gait.steps.detector import StepDetector
from cadencecoach.gait.steps.following import Footstep
from cadencecoach.gait.steps.placement import Placement

__all__ = ["Footstep", "Placement", "StepDetector"]
