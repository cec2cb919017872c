"""The rules of a programme, as one table: what each looks at, what follows, where it comes from.

The order is the rank: the first rule that has something to say decides, the others that have something to say are
told beside it. docs/programme-rules.md is made of this table (`python -m tools.rules_page`), and every
row has a test. None of them is a diagnosis: they decide when to go on, when to wait and when to ask.
"""

from cadencecoach.plan.model import MOST_OVER_OWN_RATIO
from cadencecoach.programme.gates import MOST_PAIN
from cadencecoach.programme.model import Rules
from cadencecoach.programme.rules import answers, body, by_hand, gaps, work
from cadencecoach.programme.rules.verdict import Rule, Verdict

USUAL = Rules()
assert USUAL.probe_ratio is not None
PROBE_RATIO = USUAL.probe_ratio
PER_CENT = "{:.0f} %".format
STOPS = "until the clinician sets the programme again"
SESSION = f"until the next session is run, less than {USUAL.layoff_days} days (a layoff)"
NEXT = "until the next session is run"
SEVEN = "7 days"
TODAY = "that day"
WHILE = "as long as it is so"
FIRST = "until the first session is run"

RULES: tuple[Rule, ...] = (
    Rule(
        name="flag",
        when="sharp pain, a limp, swelling, night pain, an acute calf or being unwell was flagged "
        "since the programme was last set",
        verdict=Verdict.STOP,
        then="ask the clinician",
        stands_for=STOPS,
        source="te Brake 2022 (10.1080/17461391.2022.2042398): an acute calf; the rest (design), after soreness rules",
        check=body.weigh_red_flag,
    ),
    Rule(
        name="severe pain",
        when=f"pain above {MOST_PAIN} of 10 at any place since the programme was last set",
        verdict=Verdict.STOP,
        then="ask the clinician",
        stands_for=STOPS,
        source="pain-monitoring model (bim.physio; trial PMID 17307888): above 5 is unacceptable",
        check=body.severe,
    ),
    Rule(
        name="bone",
        when="any pain while the programme treats a bone",
        verdict=Verdict.STOP,
        then="ask the clinician",
        stands_for=STOPS,
        source="achievepodiatry.com.au: no pain at all",
        check=body.bone,
    ),
    Rule(
        name="morning",
        when="pain the next morning above that before the run; where that was not asked, above the clean level",
        verdict=Verdict.STEP_BACK,
        then="one level, 1 day off",
        stands_for=SESSION,
        source="pain-monitoring model (bim.physio; trial PMID 17307888); sportsinjury.online: back one level",
        check=body.worse_in_the_morning,
    ),
    Rule(
        name="sore in the run",
        when=f"soreness of {USUAL.sore_from} or more while running",
        verdict=Verdict.STEP_BACK,
        then="one level, 1 day off",
        stands_for=SESSION,
        source="soreness rules (orthopedicsri.com); from which number on (design)",
        check=body.sore_in_the_run,
    ),
    Rule(
        name="sore before",
        when=f"soreness of {USUAL.sore_from} or more before a run, or in its warm-up, by the newest answer",
        verdict=Verdict.STEP_BACK,
        then="one level, 2 days off",
        stands_for=f"before a run that did not take place {answers.SORE_DAYS_OFF} days, then until a newer answer, at "
        f"most {answers.PENDING_DAYS} days; before one that did {SESSION}",
        source="soreness rules (orthopedicsri.com); from which number on (design)",
        check=body.sore_before,
    ),
    Rule(
        name="rising pain",
        when=f"pain worse from session to session in the last {body.RISES}, within {body.RISES_WITHIN_DAYS} days",
        verdict=Verdict.STEP_BACK,
        then="one level, 2 days off",
        stands_for=SESSION,
        source="pain-monitoring model: no rise from week to week; in how many sessions (design)",
        check=body.rising,
    ),
    Rule(
        name="long soreness",
        when=f"soreness stayed longer than {body.SORE_BACK_H} h",
        verdict=Verdict.STEP_BACK,
        then=f"one level, 1 day off; above {body.SORE_LONG_H} h 2 days off",
        stands_for=f"until a newer answer, or {SESSION}; said before a run that did not take place at most "
        f"{answers.PENDING_DAYS} days",
        source="soreness rules (slideshare): more than 72 h is too much; 48 h (design)",
        check=body.long_sore,
    ),
    Rule(
        name="stepped back",
        when="somebody steps back by hand, and no lower session was run since",
        verdict=Verdict.STEP_BACK,
        then="one level for each time",
        stands_for="until a lower session is run, or it is taken back",
        source="(design): the clinician's word",
        check=by_hand.step_back_by_hand,
    ),
    Rule(
        name="layoff",
        when=f"{USUAL.layoff_days} days or more without any run",
        verdict=Verdict.REFRESHER,
        then="the level steps back by one for each week missed",
        stands_for=WHILE,
        source="(design); what a refresher does: van den Berghe 2024",
        check=gaps.layoff,
    ),
    Rule(
        name="new shoes",
        when="shoes named for the first time within the last week, not in use before, and no refresher in them",
        verdict=Verdict.REFRESHER,
        then="the level is held",
        stands_for=SEVEN,
        source="(design)",
        check=gaps.new_shoes,
    ),
    Rule(
        name="distance",
        when=f"more than {PER_CENT(USUAL.distance_jump_ratio * 100)} further in seven days than in any of the "
        f"{gaps.USUAL_WEEKS} weeks before, as far as they are known, and no refresher since",
        verdict=Verdict.REFRESHER,
        then="the level is held",
        stands_for=WHILE,
        source="Nielsen 2014: novices above 30 % in two weeks had more distance-type injuries; a flag, no proof",
        check=gaps.distance_jump,
    ),
    Rule(
        name="after the end",
        when=f"all sessions are done and the last run is {USUAL.refresher_days} days or more ago",
        verdict=Verdict.REFRESHER,
        then="again after as many days",
        stands_for=WHILE,
        source="van den Berghe 2024: one recall brought the effect back; every 2 to 4 weeks (design)",
        check=gaps.after_the_end,
    ),
    Rule(
        name="missed week",
        when=f"{USUAL.missed_days} days or more beyond the rest prescribed without a session",
        verdict=Verdict.STEP_BACK,
        then="one level for each week missed",
        stands_for=WHILE,
        source="(design)",
        check=gaps.missed_week,
    ),
    Rule(
        name="out of date",
        when="the database of the clinic does not answer: what others have written is not known here",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=WHILE,
        source="(design): not known is not none",
        check=gaps.out_of_date,
    ),
    Rule(
        name="hurts before",
        when="pain above the clean level before today's run",
        verdict=Verdict.HOLD,
        then="not today",
        stands_for=TODAY,
        source="(design), after the pain-monitoring model",
        check=body.hurts_before,
    ),
    Rule(
        name="not ready",
        when=f"readiness below {body.READY_FROM} of 10 before today's run, by the newest answer",
        verdict=Verdict.HOLD,
        then="not today",
        stands_for=TODAY,
        source="(design): no number for it in the literature; the runner's own no is heard (decision 80)",
        check=body.not_ready,
    ),
    Rule(
        name="pain",
        when=f"pain before, in or after the run above the clean level of its place, up to {MOST_PAIN}",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=SESSION,
        source="the gates below",
        check=body.in_between,
    ),
    Rule(
        name="not settled",
        when="knee pain after the run above that before it; where that was not asked, above the clean level",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=SESSION,
        source="patellofemoral.trekeducation.org: back to the level before within 60 min",
        check=body.not_settled,
    ),
    Rule(
        name="morning not known",
        when="a tendon hurt in the run and nothing was said of the next morning",
        verdict=Verdict.HOLD,
        then="until a check-in in the morning",
        stands_for=SESSION,
        source="pain-monitoring model (bim.physio; trial PMID 17307888): the next morning decides",
        check=body.morning_unknown,
    ),
    Rule(
        name="sore after",
        when=f"soreness of {USUAL.sore_from} or more after the run or next morning, or beyond {body.SORE_HOLD_H} h",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=SESSION,
        source="soreness rules (orthopedicsri.com): sore after, stay",
        check=body.sore_after,
    ),
    Rule(
        name="held",
        when="somebody holds the level by hand",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for="until it is taken back; a session set by hand where the hold is known takes it back",
        source="(design): the clinician's word",
        check=by_hand.hold_by_hand,
    ),
    Rule(
        name="hardly run",
        when="less than a third of the last session can have been run",
        verdict=Verdict.HOLD,
        then="it does not count as done and comes next again; days of rest and the week's limit count it",
        stands_for=NEXT,
        source="(design)",
        check=work.hardly_run,
    ),
    Rule(
        name="not asked",
        when="no answer about pain after the session or the next morning",
        verdict=Verdict.HOLD,
        then="until a check-in",
        stands_for=SESSION,
        source="(design): not known is not none",
        check=body.not_asked,
    ),
    Rule(
        name="no record",
        when="the journal of the last session is missing",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=NEXT,
        source="(design)",
        check=work.no_record,
    ),
    Rule(
        name="cut short",
        when=f"less than {PER_CENT(USUAL.adherence_ratio * 100)} of the last session was run",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=NEXT,
        source="(design)",
        check=work.cut_short,
    ),
    Rule(
        name="exercises",
        when=f"less than {PER_CENT(USUAL.adherence_ratio * 100)} of the exercises of the last seven days were done",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=SEVEN,
        source="(design); strengthening came first in Futrell 2020 (10.1016/j.jshs.2019.07.006)",
        check=work.exercises_left,
    ),
    Rule(
        name="probe",
        when=f"the next level raises the target, and time in band without help, or above it within the "
        f"clinician's limit (+{PER_CENT(MOST_OVER_OWN_RATIO * 100)} where none is set), was not above "
        f"{PER_CENT(PROBE_RATIO * 100)} in {USUAL.probe_sessions} sessions running at this one",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=NEXT,
        source="JNER 2018 (s12984-018-0389-4), of walking: on above 70 % green; in how many sessions (design)",
        check=work.not_held_alone,
    ),
    Rule(
        name="clean sessions",
        when="fewer clean sessions at this level than the programme asks for (usually one)",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=NEXT,
        source="fitnessgrid.app: each stage 2 to 3 times clean, where a programme says so",
        check=work.too_few_clean,
    ),
    Rule(
        name="level-ups",
        when=f"target or minutes went up {USUAL.level_ups_a_week} times in seven days, and would again",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=SEVEN,
        source="library.theprehabguys.com: at most 2 level-ups in 7 days",
        check=work.too_often,
    ),
    Rule(
        name="limit",
        when="the next level would pass a limit of the clinician, or raise target and minutes at once",
        verdict=Verdict.HOLD,
        then="the level is repeated",
        stands_for=NEXT,
        source="the programme's `limits:`; never cadence and volume at once",
        check=work.past_a_limit,
    ),
    Rule(
        name="beginning",
        when="no session was run yet",
        verdict=Verdict.BEGIN,
        then="it begins with the first, or with the one set by hand",
        stands_for=FIRST,
        source="(design)",
        check=work.not_begun,
    ),
    Rule(
        name="long ago",
        when=f"the last session was {USUAL.layoff_days} days ago or more, and another one follows or it was not clean",
        verdict=Verdict.HOLD,
        then="the level is tried again",
        stands_for=NEXT,
        source="(design): what was said of it says nothing of today",
        check=body.weigh_old_answers,
    ),
    Rule(
        name="clean",
        when="an answer about pain, none above the clean level of its place, no soreness",
        verdict=Verdict.ADVANCE,
        then="one level: target or minutes, never both; at the end the programme is finished",
        stands_for=SESSION,
        source="pain-monitoring model (bim.physio; trial PMID 17307888): clean, then on; one thing at a time (design)",
        check=work.clean,
    ),
)
