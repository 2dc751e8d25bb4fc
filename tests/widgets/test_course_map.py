"""CourseMap by its traits: what the front end is told, and that it looks again when it is asked to."""

import pytest

from labsrv.widgets.course_map import STATES, CourseMap
from labsrv.workbench import whereabouts

FILE = {"name": "renew_id.py", "shown": "exercises/02_sessions/renew_id.py", "path": None}
STEP = {"stem": "renew_id", "title": "A new id", "best": 3, "out_of": 9, "state": "begun", "file": FILE}
LESSON = {"name": "02_sessions", "title": "Sessions", "points": 3, "out_of": 9, "file": FILE, "steps": [STEP]}
KNOWN = {
    "lessons": [LESSON],
    "following": STEP | {"name": "02_sessions/renew_id", "lesson": "02_sessions", "notebook": FILE},
    "requirements": {"met": ["7.2.4"], "of": 40},
}


def test_its_text_says_points_what_is_next_and_the_requirements():
    words = CourseMap(lambda: KNOWN).as_text()

    assert "3 of   9  Sessions" in words and "Next: 02_sessions/renew_id: A new id" in words
    assert words.endswith("meets: 1 of 40")
    assert "All is done." in CourseMap(lambda: KNOWN | {"following": {}}).as_text()


@pytest.mark.parametrize("wish", [None, "look", {"do": "open"}, {}])
def test_it_looks_again_only_when_it_is_asked_to(wish):
    looks = []
    view = CourseMap(lambda: looks.append(1) or KNOWN)
    view.wished(None, wish, None)
    assert len(looks) == 1

    view.wished(None, {"do": "look"}, None)
    assert len(looks) == 2


def test_the_course_itself_fits_in():
    known = whereabouts()

    assert {step["state"] for lesson in known["lessons"] for step in lesson["steps"]} <= set(STATES)
    assert all(lesson["file"]["shown"].startswith("notebooks/") for lesson in known["lessons"])
    assert known["following"]["file"]["shown"].startswith("exercises/")
