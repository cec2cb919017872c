"""Coaching numbers that hold where a plan says nothing, each with its reason.

(design) marks our own choice; studies are named where one stands behind the number. Every one is a field of the
plan's `feedback:` or of the stage.
"""

from cadencecoach.plan.feedback import CueStyle, Feedback, Rung, Start
from cadencecoach.plan.model import RatioTolerance

# Cadence varies by under 2.5 % within a run (CV); a narrower band would nag about noise. +-3 % to leave it.
TOLERANCE = RatioTolerance(0.03)

REGULAR = "regular"  # the pattern in which every cycle begins with help

FULL_FEEDBACK = Feedback(
    style=CueStyle.WORDS,
    dwell_s=8.0,  # brief slow-downs are let pass, as RunCadence does; 8-10 s (design)
    spacing_s=30.0,  # (design), after faded schedules that speak every few minutes
    ladder=(Rung.TONE, Rung.BEAT, Rung.WORDS),  # the least that may help comes first (design)
    growth_times=1.5,  # (design); bandwidth feedback fades by itself (Cruz 2018), this fades it for who lingers
    spacing_limit_s=120.0,  # (design); faded field courses speak every 3 to 6 min (healthhp.com.au, secondary)
    calm_s=300.0,  # (design)
    patience_cues=2,  # a tone and a phrase (design)
    rest_s=60.0,  # (design); at most one in 60 s once a course has faded
    back_off_times=2.0,  # (design)
    rest_limit_s=240.0,  # (design)
    rescue_after_s=8.0,  # one more dwell (design)
    rescue_hold_s=60.0,  # (design); simulated, 60 to 120 s gave more time in band than half a dwell
    settle_s=30.0,  # 20-30 s to lock on to a new tempo (design; no measured figure was found)
    clear_ratio=0.02,  # +-2 % to count as back, so that the edge of the band does not flicker
    edge_ratio=2 / 3,  # (design): stays inside even a narrow band
    back_ratio=1.0,  # (design): as long as the estimate's window, so that a swing through the band is not praised
    praise_s=180.0,  # praise every 3 min in the first week, later less (healthhp.com.au, secondary)
    after_praise_s=30.0,  # (design): the spacing; "that's it" and "quicker" in one breath is no help
    closing_s=5.0,  # (design)
    doubt_s=1.0,  # (design); the feet room takes 3 s to call it a walk
    slowing_ratio=0.05,  # (design): two SD of a pod's noise
    walk_below_spm=140.0,  # adults change from walking to running at about 140 spm (PMC8629136: 136-161)
    set_off_s=20.0,  # (design)
    cycle_s=120.0,  # alternating helped and silent stretches teach better than constant help; length (design)
    pattern="",  # the plan's title: a plan is the same every time, two plans are not
    expiry_s=3.0,  # (design): a later word is about a runner who may have changed
    word_expiry_s=12.0,  # (design): name of the stage, its target, and the author's words follow each other
    lost_after_s=5.0,  # (design): ten seconds after the last reading; shorter drop-outs are no news
    lost_spacing_s=60.0,  # (design)
    lost_limit_s=960.0,  # (design)
    enough_readings=20,  # at 1 Hz 20 s: noise of 2.5 % falls below 1 % (arithmetic)
    summary_after_s=20.0,  # (design)
    summary_part_ratio=0.33,  # (design): a stage mostly walked, or off the known speeds, has no verdict
    summary_from_ratio=0.3,  # (design): "9 percent on target" tells nothing the corrections have not told
    countdown_from_s=15.0,  # (design): a shorter stage would be half countdown
    key_limit_spm=10.0,  # (design)
    ramp_reach_ratio=0.15,  # (design)
    slowed_ratio=0.10,  # (design); runners told to match a beat slow down (10.1111/nyas.14528)
    sprint_ratio=0.25,  # (design)
    speed_window_s=10.0,  # as cadence: about 14 strides (arithmetic)
    speed_range_mps=0.5,  # cadence rises by 5.6-7.8 spm per m/s (japplphysiol.00374.2018): 0.5 m/s is 2 % (design)
    rest_slower_times=2.0,  # 1 m/s: own cadence is 4 % lower then, and +5 % near the +10 % nobody should pass (design)
    follow_ratio=0.01,  # (design): less is noise of the pod
    follow_step_ratio=0.03,  # below the 4 % people just notice (Van Dyck 2015)
    follow_every_s=10.0,  # (design): the window of the speed
    grade_ratio=0.01,  # (design)
    grade_over_steps=5,  # five strides in the studies (bio-protocol 8966187); a pod tells a step rate once a second
    start=Start.IN_STEP,  # starting in phase holds better than the right tempo alone (Moens 2014)
    phase_s=0.0,  # (design); runners come a little before the beat by themselves (Buhmann 2018)
    hold_phase_ratio=0.0,  # not held: a beat that follows the feet suits the warm-up, not raising cadence (Moens 2014)
    hold_reach_times=1.5,  # (design); simulated: 1 let go of a runner whose few newest steps strayed, 2 was no better
    hold_over_s=6.0,  # (design); simulated: 4 to 10 s come to the same
    hold_every_s=2.0,  # (design)
    steps_age_s=3.0,  # as readings: stale after 3 s; a strap at 25 Hz tells a step 2 s late
    steps_spread_ratio=0.1,  # (design); steady steps stray by 2 to 3 %, a hop or a missed one by far more
)
