"""Which texts are a workout of intervals.icu. Lists of all kinds have a dash and a time in a line."""

import re

from cadencecoach.workouts.reading.intervals import (
    CADENCE,
    DISTANCE,
    IDLE,
    MOST_CHARS,
    MOST_LINES,
    OTHERS,
    PACE,
    PRESS_LAP,
    SHORT_CHARS,
    SLOPE,
    STEP,
    TIME,
    TIMES,
)

FEW_WORDS = 4  # of a step without a target
WORKOUT_WORDS = re.compile(
    r"\b(?:run|running|jog|jogging|walk|walking|easy|hard|steady|tempo|threshold|sprints?|strides?|drills?|hills?|recover"
    r"|recovery|rest|intervals?|warm[- ]?up|cool[- ]?down|workout|main set|fartlek|race pace|marathon)\b"
    r"|lauf|traben|gehpause|échauff|recup|récup|footing|calent|trote|riscald|defatic",
    re.IGNORECASE,
)
BESIDE = re.compile(  # words that stand beside those of a workout, and say nothing alone
    r"(?:fast|slow|quick|effort|pace|float|relaxed|moderate|light|gentl|loose|build|progress|shuffle|form|technique"
    r"|laps?$|block|reps?$|sets?$|first|last|final|finish|uphill|downhill|flat|grass|track|trail|treadmill|shake|out$|up$"
    r"|down$|warm|cool|with$|at$|by$|and$|then$|between|min$|max|speed|zone|lactate|vo2|marathon|kick|knees|skip|bound"
    r"|locker|schnell|langsam|leicht|zügig)",
    re.IGNORECASE,
)


def looks_like_intervals(text: str) -> bool:
    """Whether most of its lines with a dash are steps, and something in it is about running.

    Lists of all kinds have a dash and a time: things to buy, an agenda, what somebody did.
    """
    lines = [line[:MOST_CHARS] for line in text.splitlines()[:MOST_LINES]]
    dashed = [line[found.end() :] for line in lines if (found := STEP.match(line))]
    steps = [line for line in dashed if _is_step(line)]
    titles = [line for line in lines if not STEP.match(line) and len(line) <= SHORT_CHARS]
    is_run = any(_has_target(line) or WORKOUT_WORDS.search(line) or not _words_beside(line) for line in steps)
    is_titled = any(WORKOUT_WORDS.search(line) or TIMES.search(line) for line in titles)
    return bool(steps) and 2 * len(steps) >= len(dashed) and (is_run or is_titled)


def _is_step(line: str) -> bool:
    """Whether a line behind its dash is a step: a length first, or with a target, or with few words, most of runs."""
    lengths = [found for found in (TIME.search(line), DISTANCE.search(line), PRESS_LAP.search(line)) if found]
    if not lengths:
        return False
    is_first = any(found.start() == 0 for found in lengths)
    words = _words_beside(line)
    n_of_runs = sum(bool(WORKOUT_WORDS.search(word) or BESIDE.match(word)) for word in words)
    is_of_runs = len(words) <= FEW_WORDS and 2 * n_of_runs > len(words) and bool(WORKOUT_WORDS.search(line))
    return is_first or _has_target(line) or not words or is_of_runs


def _has_target(line: str) -> bool:
    patterns = (CADENCE, SLOPE, IDLE, PRESS_LAP, *(pattern for pattern, _ in OTHERS))
    # 10:30 without a unit may be the time of a day.
    has_pace = any(one[3] or one[6] or one[0].lower().endswith("pace") for one in PACE.finditer(line))
    return has_pace or any(pattern.search(line) for pattern in patterns)


def _words_beside(line: str) -> list[str]:
    """The words of a line without its lengths."""
    return re.findall(r"\w*[^\W\d]\w*|\d+:\d+", DISTANCE.sub(" ", TIME.sub(" ", line)))
