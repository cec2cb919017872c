"""A table in one test: no row is left out, and no failure is swallowed."""

import inspect

import pytest
from each_row import each_row


def failed_with(test: object) -> BaseExceptionGroup[BaseException]:
    """Call a test that has to fail, and return how it did."""
    assert callable(test)
    with pytest.raises(BaseExceptionGroup) as raised:
        test()
    return raised.value


def test_every_row_is_tried_and_each_that_fails_is_named() -> None:
    """In its order; those after a failure too."""
    seen = []

    @each_row("number", [1, 2, 3, 4])
    def is_odd(number: int) -> None:
        seen.append(number)
        assert number % 2, "even"

    error = failed_with(is_odd)
    assert seen == [1, 2, 3, 4]
    assert error.message == "2 of 4 rows failed: 2, 4"
    assert [type(one) for one in error.exceptions] == [AssertionError, AssertionError]
    assert [one.__notes__ for one in error.exceptions] == [["row: 2"], ["row: 4"]]
    assert "even" in str(error.exceptions[0])


def test_a_table_without_a_failure_passes() -> None:
    """Every row with its values in their places."""
    seen = []

    @each_row(("word", "length"), [("a", 1), ("bc", 2)])
    def has_length(length: int, word: str) -> None:
        seen.append((word, length))
        assert len(word) == length

    has_length()
    assert seen == [("a", 1), ("bc", 2)]


def test_what_pytest_raises_is_no_less_a_failure() -> None:
    """An error that did not come, a call of `fail` and a skip; a program that wants to end is one too."""

    @each_row("how", ["no error", "fail", "skip", "exit", "passes"])
    def does(how: str) -> None:
        if how == "no error":
            with pytest.raises(KeyError):
                pass
        if how == "fail":
            pytest.fail("said so")
        if how == "skip":
            pytest.skip("would hide the rows after it")
        if how == "exit":
            raise SystemExit(0)

    assert failed_with(does).message == "4 of 5 rows failed: no error, fail, skip, exit"


def test_a_person_who_stops_the_tests_stops_a_table() -> None:
    """Not the row alone."""
    seen = []

    @each_row("number", [1, 2])
    def stops(number: int) -> None:
        seen.append(number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stops()
    assert seen == [1]


def test_after_a_row_that_hung_there_is_no_time_for_another() -> None:
    """The limit of a test's time ends it once."""
    seen = []

    @each_row("number", [1, 2])
    def hangs(number: int) -> None:
        seen.append(number)
        pytest.fail("Timeout (>60.0s) from pytest-timeout.")

    assert failed_with(hangs).message == "1 of 2 rows failed: 1"
    assert seen == [1]


def test_two_tables_are_every_pair() -> None:
    """And pytest sees a test that takes nothing; what is in no table is a fixture."""
    seen = []

    @each_row("letter", ["a", "b"])
    @each_row("number", [1, 2])
    def takes(letter: str, number: int) -> None:
        seen.append((letter, number))
        assert (letter, number) != ("b", 1)

    assert "1 of 2 rows failed: 1" in str(failed_with(takes).exceptions[0])
    assert seen == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    assert not inspect.signature(takes).parameters

    @each_row("number", [1, 2])
    def takes_too(number: int, tmp_path: str) -> None:
        assert (number, tmp_path) == (number, "here")

    assert list(inspect.signature(takes_too).parameters) == ["tmp_path"]
    takes_too(tmp_path="here")


def test_ids_are_those_that_are_given() -> None:
    """One by one, by a function, or a row's own."""

    def fails(number: int) -> None:
        raise AssertionError(number)

    for rows, ids, said in (
        ([1, 2], ["one", "two"], "one, two"),
        ([1, 2], lambda number: f"n{number}", "n1, n2"),
        ([pytest.param(1, id="first"), 2], None, "first, 2"),
    ):
        assert failed_with(each_row("number", rows, ids=ids)(fails)).message == f"2 of 2 rows failed: {said}"


def test_a_table_that_could_not_fail_or_would_lose_something_is_refused() -> None:
    """No rows, rows of another length, a mark, too few ids, a name that the test does not take."""

    def takes(number: int) -> None:
        assert number

    for names, rows, ids in (
        ("number", [], None),
        (("number", "other"), [(1, 2), (1,)], None),
        ("number", [pytest.param(1, marks=pytest.mark.skip)], None),
        ("number", [1, 2], ["one"]),
        ("other", [1], None),
    ):
        with pytest.raises(ValueError, match=r"row"):
            each_row(names, rows, ids=ids)(takes)
