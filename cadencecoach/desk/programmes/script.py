"""What happens to the simulated runner in a rehearsal of weeks: `session 3: knee 4`, `session 5: acute calf`."""

import re
from dataclasses import dataclass

from cadencecoach.errors import UsageError
from cadencecoach.record.entries import Flag, Moment, Site

PAIN = re.compile(r"session (\d{1,3}) ?: ?(?:([a-z]+) (\d{1,2})(?: (before|during|after|morning))?|([a-z ]+))")
MISS = re.compile(r"session (\d{1,3}) ?: ?(\d{1,3}) ?days?")
SORE = "sore"
MOST = 10

WAYS_PAIN = (
    "write 'session 3: knee 4', with 'before', 'during', 'after' or 'morning' after it unless it is during the run; "
    f"'session 3: sore 5 after'; or a flag, 'session 5: acute calf'; places: {', '.join(site.value for site in Site)}; "
    f"flags: {', '.join(flag.value for flag in Flag)}"
)
WAYS_MISS = "write 'session 4: 9 days'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What the runner says around one session.

    Attributes:
        session: of the programme, from 1; it happens the first time it is run
        moment: when
        site, pain: where it hurts and how much; None without pain
        soreness: 0 to 10; None when not told
        flag: None without one
    """

    session: int
    moment: Moment
    site: Site | None = None
    pain: int | None = None
    soreness: int | None = None
    flag: Flag | None = None


def complaint_in(text: str) -> Complaint:
    """What `--pain` says.

    Raises:
        UsageError: it cannot be read
    """
    match = PAIN.fullmatch(" ".join(text.lower().split()))
    if match is None:
        raise UsageError(f"--pain {text!a}: {WAYS_PAIN}")
    number, word, level, moment, flag = match.groups()
    if flag is not None:
        if flag not in {one.value for one in Flag}:
            raise UsageError(f"--pain {text!a}: {flag!r} is not a flag; {WAYS_PAIN}")
        return Complaint(session=_number(number, text), moment=Moment.DURING, flag=Flag(flag))
    if int(level) > MOST:
        raise UsageError(f"--pain {text!a}: {level} is too high; pain and soreness go from 0 to {MOST}")
    when = Moment(moment or Moment.DURING.value)
    if word == SORE:
        return Complaint(session=_number(number, text), moment=when, soreness=int(level))
    if word not in {site.value for site in Site}:
        raise UsageError(f"--pain {text!a}: {word!r} is not a place; {WAYS_PAIN}")
    return Complaint(session=_number(number, text), moment=when, site=Site(word), pain=int(level))


def miss_in(text: str) -> tuple[int, int]:
    """What `--miss` says: before which session, from 1, and how many days nothing is run.

    Raises:
        UsageError: it cannot be read
    """
    match = MISS.fullmatch(" ".join(text.lower().split()))
    if match is None:
        raise UsageError(f"--miss {text!a}: {WAYS_MISS}")
    return _number(match.group(1), text), int(match.group(2))


def _number(digits: str, text: str) -> int:
    if int(digits) < 1:
        raise UsageError(f"{text!a}: sessions are counted from 1")
    return int(digits)
