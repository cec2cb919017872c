"""Six short texts for a runner to read, one row a paragraph: `cadencecoach learn`. Their sources are in `view.lessons`.

Plain and modest: what studies saw, what is a rule of thumb, and no word that an injury is prevented.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable
from cadencecoach.plan.report_texts import MAX_REPORT_CHARS


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class LessonTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_REPORT_CHARS

    contents: str = "Six short texts; each takes a minute or two:"
    how_to_open: str = "Read one by its name, such as: {command}"
    sources: str = "Sources"
    no_lesson: str = "There is no text called {name}. There are: {names}"
    # What cadence does.
    cadence_title: str = "What cadence does"
    cadence_is: str = (
        "Cadence is how many steps you take in a minute, both feet counted. It depends on you and on your speed: tall"
        " people take fewer steps, and everybody takes more when running faster. In a 100 km race, twenty of the best"
        " runners took from 155 to 203. So 180 is not a goal for everybody."
    )
    cadence_load: str = (
        "More steps at the same speed are shorter steps. In the laboratory, 5 to 10 % more steps lowered the load on"
        " the knee, and 10 % more also that on the hip."
    )
    cadence_claims: str = (
        "A lower load is not the same as fewer injuries. A review of 37 studies found only two that looked at injuries:"
        " nobody knows yet whether a quicker step prevents any. It also found that running with a quicker step feels"
        " harder and more awkward."
    )
    cadence_here: str = (
        "That is why this program begins with your own cadence, measured while you run as you always do. It adds little"
        " at a time, and never more than 10 %."
    )
    # Sore, or in pain?
    pain_title: str = "Sore, or in pain?"
    pain_sore: str = (
        "A new way of running uses muscles in a new way. Mild soreness on both sides, often in the calves, is common"
        " and goes away within two days. If it stays for three days or more, it was too much: do less next time."
    )
    pain_scale: str = (
        "Pain is rated from 0 (none) to 10. Up to 2: go on. 3 to 5: do not add anything, no minutes and no steps, and"
        " see how it is the next morning. Above 5: stop. For a knee the limit is lower: not above 2, and back to what"
        " it was within an hour."
    )
    pain_morning: str = (
        "The next morning counts as much as the run. If it hurts more than the morning before, or if you are sore for"
        " more than half an hour after getting up, do less next time."
    )
    pain_rule: str = (
        "These are rules of thumb from studies of tendon and knee pain, not a diagnosis. After a stress fracture no"
        " pain at all is acceptable. Whoever treats you knows better than any rule."
    )
    # What to expect in six weeks.
    six_weeks_title: str = "What to expect in six weeks"
    six_weeks_first: str = (
        "The first runs feel odd: short steps, and more effort at the same speed. Keep the speed and let the feet be"
        " quicker. Do not add distance or speed in the same weeks."
    )
    six_weeks_help: str = (
        "At first the beat is there all the time. Then it comes less often, and in some stages not at all. This is on"
        " purpose: in studies of running, changes lasted best where the help faded."
    )
    six_weeks_change: str = (
        "In two studies, one of eight runs and one of six weeks, runners who aimed at 7.5 or 10 % more steps ended"
        " about 9 % higher on average; in one of them they still had it a month later. Not everybody changes, and not"
        " everybody feels better: of runners with knee pain, about one in three had less of it at once with 10 % more"
        " steps."
    )
    six_weeks_chance: str = (
        "Your cadence differs by 2 to 3 % from day to day by itself. One good or bad run says little; look at four of"
        " them."
    )
    # Shoes and surfaces.
    shoes_title: str = "Shoes and surfaces"
    shoes_one_thing: str = (
        "Change one thing at a time. New shoes, another surface, more distance and a quicker step in the same week are"
        " four changes, and if something hurts you will not know which it was."
    )
    shoes_landing: str = (
        "You need no special shoes, and there is no need to land on another part of your foot. Landing on the forefoot"
        " loads the Achilles tendon more. A step that is 5 % quicker loads it less, whichever way you land."
    )
    shoes_surface: str = (
        "Steps on a treadmill are not quite those on a road, and uphill you take more of them at the same speed. So"
        " compare runs on the same surface at a similar speed; the program keeps a cadence of your own for each"
        " surface."
    )
    shoes_traffic: str = (
        "On a road, keep one ear free and the beat low enough to hear a car or a bicycle. If you cannot, run without"
        " it."
    )
    # When to stop.
    stop_title: str = "When to stop"
    stop_now: str = (
        "Stop running, and see somebody before the next run: pain above 5 of 10, sharp pain, a limp, swelling, pain"
        " that wakes you at night, sudden pain in the calf."
    )
    stop_emergency: str = (
        "Chest pain, fainting, dizziness that does not pass, or breath that does not come back: stop at once, do not"
        " stay alone, and call for emergency help."
    )
    stop_first: str = (
        "Ask a doctor or a physiotherapist before you change your steps if you have a stress fracture or another injury"
        " now, had surgery in the last six months, are pregnant or gave birth in the last six months, or cannot run for"
        " a quarter of an hour."
    )
    stop_keys: str = (
        "In a session, the key p and a number say how much it hurts; above 5 the beat stops. The key w says that"
        " something else is wrong, and stops it too. q ends the session. You may stop at any time, for any reason, and"
        " nothing you did is lost."
    )
    # How to read the report.
    report_title: str = "How to read the report"
    report_mean: str = (
        "The mean is your cadence while you ran; walking and pauses are left out. The target stands beside it. In band"
        " is the share of the running time in which you were near enough to the target."
    )
    report_help: str = (
        "Stages without a beat and without corrections show what you do by yourself. They say more about what you have"
        " learned than the stages with help."
    )
    report_chance: str = (
        "Two single runs may differ by about 6 % by chance alone, and means of four runs by about 3 %. The report on"
        " your progress says beside every change how much of it may be chance. No clear change is a result too."
    )
    report_speed: str = (
        "Running 1 {unit} faster brings about {steps} steps a minute more by itself. Where the speed is known, the"
        " report takes it into account; where it is not, compare runs at the same pace."
    )
    report_silence: str = (
        "Few corrections are good: silence means that you are on target. Pain and effort are what you said yourself,"
        " and matter more than any other number on the page."
    )


ENGLISH_LESSONS = LessonTexts()
