"""What an activity was, by the words and numbers files have for it: whose cadence counts steps, and whose does not.

A sport that is known and is no run is refused; a walk is read with a note, and so is a word that nobody knows. Numbers
of FIT come with their words from the decoder; Strava writes numbers into GPX.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from cadencecoach.errors import RecordingError

LEFT_OUT = "{n} rows of {sport} left out: their cadence counts no steps"
REFUSED = "this is {sport}: its cadence counts no steps; a run is needed"
WALK_NOTE = "the file says {sport}: below 140 steps a minute nothing is coached"
UNCLEAR_NOTE = "the file calls its sport {sport}, which may not be a run; read as a run"
UNSAID_NOTE = "the file does not name its sport; read as a run"
LONGEST_WORDS = 40


class OnFoot(Enum):
    """Whether a sport's cadence counts steps."""

    RUN = "run"
    WALK = "walk"
    NO = "no"
    UNCLEAR = "unclear"
    UNSAID = "unsaid"


class Sport(NamedTuple):
    """A sport of a file, as it is called in messages."""

    on_foot: OnFoot
    words: str = ""


UNSAID = Sport(OnFoot.UNSAID)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_STRAVA = {  # GPX files of Strava have numbers
    "1": "cycling",
    "2": "alpine skiing",
    "3": "backcountry skiing",
    "4": "hiking",
    "5": "ice skating",
    "6": "inline skating",
    "7": "cross-country skiing",
    "8": "roller skiing",
    "9": "running",
    "10": "walking",
    "12": "snowboarding",
    "13": "snowshoeing",
    "14": "kitesurfing",
    "15": "windsurfing",
    "16": "swimming",
    "17": "virtual cycling",
    "18": "e-biking",
    "23": "rowing",
}
# How the words of other sports begin, in the languages of the programs we know; whole words end in a point here.
_NO_STEPS = _words(
    """
    cycl bicycl bike biking ebik ride. rides. riding. virtualride. ebikeride. spin rad. radf radsport radtour radel
    rennrad fahrrad velo cicl bici fiets wieler mtb bmx handbike handcycl cyclo sykl cykel cykl kolarst
    pyoraily virtualcycl indoorcycl roadcycl indoorbik roadbik mountainbik hometrainer rollentrainer swim schwimm
    natation natacion nuoto zwem openwater row. rows. rowing rower indoorrow ruder rudern aviron remo. remar canot
    kayak kajak canoe kanu paddl sup. standup surf kite windsurf wakeboard wakesurf sail segel boat raft tubing ski.
    skis. skii nordicski alpineski backcountryski rollerski skilang langlauf snowboard snowmobil skat iceskat
    inlineskat eislauf schlittschuh inline roller patin esqui drive. driving motor motocross atv. car. golf tennis
    soccer football fussball basketball volleyball handball hockey cricket rugby baseball softball badminton squash
    padel pickleball racket racquet lacrosse boxing boxen martial danc tanz horse equest reiten fish hunt jagd
    flying fly. hang. paraglid jumpmaster diving snorkel wheelchair rollstuhl jump rope skipping elliptical
    crosstrain ellipt stair stepper floor climb klettern boulder strength weight kraft yoga pilates stretch flexib
    meditat breath hiit crossfit amrap emom tabata sedentary drone wingsuit gymnast transition recumbent
    whitewater esport velomobil sledd curling archery
    """
)
_NO_STEPS_ANYWHERE = _words("骑 自行车 自転車 サイクリング 자전거 游泳 水泳 수영 велос плаван")
_WALKS = _words(
    """
    walk hik trek wander spazier gehen. marche. march randonn camin cammin senderis snowshoe schneeschuh mountaineer
    bergsteig pasear wandel indoorwalk treadmillwalk speedwalk
    """
)
_WALKS_ANYWHERE = _words("徒步 步行 健走 ウォーキング ハイキング 걷기 ходьба")
_RUNS = _words(
    """
    jog course. courir corr corsa carrera footing treadmill tapis hardlop hardloop bieg beh. lob. lop juoks futas
    kosu marathon sprint. trail. track. street. ultra. obstacle. canicross orienteer
    """
)
_RUNS_ANYWHERE = _words("run lauf 跑 ランニング ジョギング 러닝 달리기 бег")  # noqa: RUF001  # Russian
_GENERAL = frozenset({"fitness_equipment", "training", "multisport"})
_PLACES_OF_OTHERS = frozenset({"road", "mountain", "downhill", "resort", "backcountry"})
_SAY_NOTHING = frozenset({"", "generic", "all", "default", "unknown", "none", "null", "na", "-", "sport", "activity"})
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(1000)
def sport_of(words: str) -> Sport:
    """What a sport is called, as a sport."""
    words = words.strip()
    plain = _plain(words)
    if plain in _SAY_NOTHING:
        return UNSAID
    return Sport(_on_foot(plain), quote(words))


@lru_cache(1000)
def sport_of_all(words: tuple[str, ...]) -> Sport:
    """What several places of a table call a sport: one that is no run decides, then one that is a run or a walk."""
    sports = [sport_of(one) for one in words]
    order = (OnFoot.NO, OnFoot.WALK, OnFoot.RUN, OnFoot.UNCLEAR)
    return next((one for kind in order for one in sports if one.on_foot is kind), UNSAID)


def sport_of_gpx(words: str) -> Sport:
    """A sport of GPX: Strava has numbers there."""
    return sport_of(_STRAVA.get(words.strip(), words))


def sport_of_fit(sport: str, sub_sport: str) -> Sport:
    """A sport of FIT by its words, or by its number where the decoder has no word; empty where the file says nothing.

    The sub sport decides where the sport does not: fitness equipment is a bicycle, a rowing machine or a treadmill.
    A number without a word is a sport newer than the decoder, and no run: that is 1.
    """
    main, sub = _main_sport(sport), _sub_sport(sub_sport)
    if main.on_foot is OnFoot.NO or sub.on_foot is OnFoot.UNSAID:
        return main
    if main.on_foot in {OnFoot.RUN, OnFoot.WALK}:
        odd = main.on_foot is OnFoot.RUN and sub.on_foot is OnFoot.NO and not sub_sport.isdigit()
        walks = sub.on_foot is OnFoot.WALK
        return Sport(OnFoot.UNCLEAR, f"{main.words}, {sub.words}") if odd else sub if walks else main
    return sub


def _listed_sport(words: str) -> Sport:
    """A word of FIT, or a number it has no word for."""
    return Sport(OnFoot.NO, f"sport {words} of FIT") if words.isdigit() else sport_of(words.replace("_", " "))


def _main_sport(words: str) -> Sport:
    """A sport of FIT: its list is closed, so what is neither run nor walk nor general is another sport."""
    sport = _listed_sport(words)
    is_other = sport.on_foot is OnFoot.UNCLEAR and words not in _GENERAL
    return Sport(OnFoot.NO, sport.words) if is_other else sport


def _sub_sport(words: str) -> Sport:
    """A sub sport of FIT; some are words of places, and belong to rides and skiing there."""
    return Sport(OnFoot.NO, words) if words in _PLACES_OF_OTHERS else _listed_sport(words)


def quote(words: str) -> str:
    """Foreign words for a message: short, and nothing a terminal would obey."""
    shown = repr(words[:LONGEST_WORDS])
    return words if words.isascii() and words.isprintable() and len(words) <= LONGEST_WORDS else shown


def keep_on_foot(sports: Iterable[Sport]) -> tuple[list[int], list[str]]:
    """The places of the rows whose cadence counts steps, and notes of the others.

    Raises:
        RecordingError: there are rows, and none is
    """
    n_of: dict[Sport, int] = {}
    kept = []
    for place, sport in enumerate(sports):
        n_of[sport] = n_of.get(sport, 0) + 1
        if sport.on_foot is not OnFoot.NO:
            kept.append(place)
    if n_of and not kept:
        raise RecordingError(REFUSED.format(sport=" and ".join(sport.words for sport in list(n_of)[:3])))
    return kept, [note for note in (_note(sport, n) for sport, n in n_of.items()) if note]


def _note(sport: Sport, n: int) -> str:
    match sport.on_foot:
        case OnFoot.NO:
            return LEFT_OUT.format(n=n, sport=sport.words)
        case OnFoot.WALK:
            return WALK_NOTE.format(sport=sport.words)
        case OnFoot.UNCLEAR:
            return UNCLEAR_NOTE.format(sport=sport.words)
        case OnFoot.UNSAID:
            return UNSAID_NOTE
    return ""


def _plain(words: str) -> str:
    """Words in small letters without accents, parted by single blanks; `VirtualRide` is two."""
    parted = _HUMP.sub(" ", words.replace("ø", "o").replace("Ø", "O"))
    bare = "".join(one for one in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(one))
    bare = unicodedata.normalize("NFC", bare)
    return " ".join(re.split(r"[^\w]+|_", bare.casefold())).strip()


def _on_foot(plain: str) -> OnFoot:
    if _has(plain, _NO_STEPS, _NO_STEPS_ANYWHERE):
        return OnFoot.NO
    is_run = _has(plain, _RUNS, _RUNS_ANYWHERE)
    if _has(plain, _WALKS, _WALKS_ANYWHERE) and not any(one in plain for one in _RUNS_ANYWHERE):
        return OnFoot.WALK
    return OnFoot.RUN if is_run else OnFoot.UNCLEAR


def _has(plain: str, beginnings: tuple[str, ...], anywhere: tuple[str, ...]) -> bool:
    """Whether a word begins so, or the text holds one of the others."""
    words = tuple(f"{word}." for word in plain.split())
    return any(word.startswith(beginnings) for word in words) or any(one in plain for one in anywhere)
