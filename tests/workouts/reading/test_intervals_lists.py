"""Texts that are a workout, and other lists."""

from each_row import each_row

from cadencecoach.workouts.reading.intervals_lists import looks_like_intervals


@each_row(
    "text",
    [
        "- Run 5m",
        "- 5m",
        "- 10m easy through the park and along the river",
        "Warmup\n- 10m\n\n4x\n- 3m hard\n- 2m easy\n",
        "- Einlaufen 10m\n- 3km locker\n- Auslaufen 10m",
        "- Press lap 10m freeride 85-87rpm",
        "- 5m 85rpm\n- and a remark",
        "- Fast strides 20s\n- Easy jog with high knees 5m",
        "- Big hill 5m 90%\n- Walk down 3m",
    ],
)
def test_workouts_look_like_workouts(text: str) -> None:
    """With targets or without, in words of runners."""
    assert looks_like_intervals(text)


@each_row(
    "text",
    [
        "Shopping\n- milk\n- call mum in 5m\n",
        "- buy bread\n- Meeting 10m with boss",
        "# Notes\n- The run took 45m and was nice\n- I ate 2 km away\n",
        "- fixed a bug that lasted 30s\n- other",
        "- 10m Introduction\n- 30m Budget\n- 5m Any other business",
        "- [ ] clean the kitchen 30m\n- [ ] laundry 1h",
        "- 10:30 standup 15m",
        "- 5m 85rpm\n- a\n- b",
        "Agenda\n- Intro 5m\n- Running costs 15m\n- Rest of items 10m",
        "To do\n- walk the dog 30m\n- run backup 10m",
        "Monday\n- ran 10km easy in 55m\n- slept 8h",
        "## 1.0\n- Fix timeout of 30s\n- Run tests in 5m",
        "Dear Anna - I come in 10m",
        "",
    ],
)
def test_other_lists_do_not(text: str) -> None:
    """A dash and a time are in lists of all kinds."""
    assert not looks_like_intervals(text)
