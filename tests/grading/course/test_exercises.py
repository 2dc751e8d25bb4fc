"""What a name stands for: one exercise, a lesson, or several that one has to choose from."""

import pytest

from labsrv.grading.course.exercises import find, find_one


@pytest.mark.parametrize("name", ["log_out", "count_tries", "exercises/log_out.py"])
def test_a_name_that_two_lessons_have_is_asked_about(name):
    with pytest.raises(LookupError, match=r"Which\? 0._\w+/\w+ or 0._\w+/\w+"):
        find(name)


def test_a_lesson_is_no_exercise():
    assert find_one("renew_id").name == "02_sessions/renew_id"
    with pytest.raises(LookupError, match="'02_sessions' has 8 exercises. Name one of them"):
        find_one("02_sessions")
