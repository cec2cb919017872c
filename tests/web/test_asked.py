import pytest

from cadencecoach.web.asked import MAX_ANSWERS, KeyAsked, RefusedError, check_in_in, key_in


def test_a_check_in_names_its_moment_and_its_answers() -> None:
    """Whose it is may be left to the device; what is no answer's form is refused by its name."""
    asked = check_in_in({"id": "a", "moment": "before", "answers": {"pain": "0"}})
    assert (asked.athlete, asked.moment, asked.correct, dict(asked.answers)) == (None, "before", None, {"pain": "0"})
    for told, where in (
        ({"moment": "before"}, "id"),
        ({"id": "a", "answers": {str(n): "1" for n in range(MAX_ANSWERS + 1)}}, "answers"),
        ({"id": "a", "day": "2020-01-01"}, "day"),
    ):
        with pytest.raises(RefusedError) as caught:
            check_in_in(told)
        assert (caught.value.status, caught.value.where) == (400, where)


def test_a_key_may_have_a_number() -> None:
    """A whole one."""
    assert key_in({"id": "a", "key": "pain", "value": 7}) == KeyAsked(id="a", key="pain", value=7)
    assert key_in({"id": "a", "key": "next"}) == KeyAsked(id="a", key="next", value=None)
    for value in (7.5, "7", True, [7]):
        with pytest.raises(RefusedError, match="whole number"):
            key_in({"id": "a", "key": "pain", "value": value})
