"""Which checks have a race in them."""

from labsrv.grading.course.exercises import find
from labsrv.grading.proving.races import racing, racing_in

CHECKS = '''
def meet(lab):
    return at_once(lab)

def twice(lab):
    return meet(lab)

def test_by_name(lab):
    under_way(lab)

def test_by_fixture(lab, two_processes):
    pass

def test_by_method(lab):
    with lab.db.hold("links"):
        pass

def test_through_functions(lab):
    assert twice(lab)

@promise(after=test_by_name)
def test_of_none(lab):
    """Nothing at_once."""
'''


def test_checks_are_found_by_what_they_use(tmp_path):
    path = tmp_path / "test_it.py"
    path.write_text(CHECKS, encoding="utf-8")

    assert racing_in(path) == ["test_by_name", "test_by_fixture", "test_by_method", "test_through_functions"]


def test_the_course_has_some():
    assert racing(*find("04_passwordless/take_link"))
    assert not racing(*find("00_template"))
