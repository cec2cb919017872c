import pytest
from each_row import each_row

from cadencecoach.errors import UsageError
from cadencecoach.plan.model import AthleteBaseline, FixedBaseline, MeasuredBaseline
from cadencecoach.plan.values import ValueFault
from cadencecoach.programme.drafting import answers
from cadencecoach.programme.drafting.answers import QUESTIONS, WithHelp, answers_of

SAID = {"who": "r7", "baseline": "measured", "aim": "+5 %", "weeks": "0", "helping": "faded"}


@each_row(
    ("text", "ratio"),
    [("+5 %", 0.05), ("5", 0.05), ("+7.5%", 0.075), (" 6.25 % ", 0.0625), ("1", 0.01), ("10", 0.10)],
)
def test_an_aim_is_read_as_people_write_it(text: str, ratio: float) -> None:
    """With or without sign and percent."""
    assert answers.aim(text) == ratio


@each_row("text", ["0", "0.9", "10.01", "-5", "172 spm", "", "5 per cent", "1e1", "nan", "\u0665"])
def test_an_aim_out_of_the_ordinary_is_refused(text: str) -> None:
    """Less than noise, more than any protocol, or no percent at all: with the way to write it."""
    with pytest.raises(ValueFault, match=r"write \+1 % to \+10 %"):
        answers.aim(text)


@each_row(
    ("text", "want"),
    [
        ("164", FixedBaseline(164.0)),
        ("164 spm", FixedBaseline(164.0)),
        ("163.5", FixedBaseline(163.5)),
        ("measured", MeasuredBaseline()),
        ("athlete", AthleteBaseline()),
    ],
)
def test_a_baseline_may_be_a_bare_number(text: str, want: object) -> None:
    """A person asked for a number of steps a minute types a number."""
    assert answers.baseline(text) == want


@each_row("text", ["82", "measure d", "300", "", "-164"])
def test_a_baseline_that_is_none_is_refused(text: str) -> None:
    """Strides, typing errors, other animals."""
    with pytest.raises(ValueFault):
        answers.baseline(text)


@each_row("text", ["", " ", "a" * 41, "../x", "a/b", "x\x1b[31m", "-r", ".hidden", 'say "hi"', "a\nb\x00"])
def test_a_name_that_would_be_no_file_name_is_refused(text: str) -> None:
    """It becomes a file's name and a title; neither takes everything."""
    with pytest.raises(ValueFault):
        answers.who(text)


@each_row("text", ["r7", "Ana Lúcia", "太郎", "हिन्दी", "u\u0308ber", "a.b-c_d"])
def test_names_of_all_languages_are_taken(text: str) -> None:
    """Letters with their marks, in one form of writing."""
    assert answers.who(text)


@each_row("text", ["13", "-1", "1.5", "two", "", "1_0", "²"])
def test_weeks_are_a_whole_number_up_to_twelve(text: str) -> None:
    """Anything else is refused with what is allowed."""
    with pytest.raises(ValueFault, match="write 0"):
        answers.weeks(text)


def test_a_misspelt_way_to_help_is_guessed() -> None:
    """One letter wrong is told."""
    with pytest.raises(ValueFault, match="did you mean faded"):
        answers.helping("fadde")
    assert answers.helping("Rescue") is WithHelp.RESCUE


@each_row("name", list(QUESTIONS))
def test_a_wrong_answer_names_its_option(name: str) -> None:
    """So that a person with five options knows which."""
    with pytest.raises(UsageError, match=f"^{QUESTIONS[name].option} '\\?\\?'"):
        answers_of({**SAID, name: "\x1b\x07"})


def test_too_quick_for_anybody_is_refused() -> None:
    """Each answer is fine by itself, together they are not."""
    with pytest.raises(UsageError, match="too quick"):
        answers_of({**SAID, "baseline": "230", "aim": "10"})


def test_the_usual_answers_can_be_read() -> None:
    """What is offered is taken."""
    for question in QUESTIONS.values():
        if question.usual:
            question.read(question.usual)
        option, _, text = question.example.partition(" ")
        assert option == question.option
        question.read(text)
