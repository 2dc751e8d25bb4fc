"""Offices to hold suites of tests against: right ones keep to their matrix, flawed ones are wrong in one thing."""

import random
import time

import pytest

from labsrv.labs.rbac.offices import flaws
from labsrv.labs.rbac.offices.office import AS_DECLARED, NOBODY, OfficeDesk
from labsrv.labs.rbac.offices.styles import RIGHT

ALLOWED, REFUSED = (200, 201, 204), (401, 403, 404)
# What the matrix shows, and what it takes another look to see.
SHOWN = {style.name: style for style in (*flaws.YES_AND_NO, *flaws.CELLS)}
HIDDEN = {style.name: style for style in (*flaws.ANSWERS, *flaws.AFTERWARDS, *flaws.LATER)}


@pytest.fixture(scope="module")
def desk():
    desk = OfficeDesk()
    yield desk
    desk.close()


@pytest.fixture
def draw():
    return random.Random(9)


def wrong_cells(office, rows=None):
    """Return the rows whose reply is not what they say."""
    wrong = []
    for row in rows or office.rows:
        status = office.ask(row["actor"], row["verb"], row["path"], row.get("body"))["status"]
        if status not in (ALLOWED if row["allowed"] else REFUSED):
            wrong.append((row["actor"], row["verb"], row["path"], status))
    return wrong


@pytest.mark.parametrize("style", RIGHT, ids=lambda style: style.name)
def test_a_right_office_keeps_to_its_matrix_in_any_order(desk, draw, style):
    office = desk.open(draw, style)
    assert wrong_cells(office) == []

    office = desk.open(draw, style)
    assert wrong_cells(office, draw.sample(office.rows, len(office.rows))) == []


@pytest.mark.parametrize("style", SHOWN.values(), ids=SHOWN)
def test_the_matrix_shows_what_is_wrong_with_a_flawed_office(desk, draw, style):
    assert wrong_cells(desk.open(draw, style))


@pytest.mark.parametrize("style", HIDDEN.values(), ids=HIDDEN)
def test_no_status_in_the_matrix_shows_what_a_reply_or_a_later_request_does(desk, draw, style):
    assert wrong_cells(desk.open(draw, style)) == []


def test_offices_have_other_people_each_time(desk, draw):
    one, other = desk.open(draw), desk.open(draw)

    assert not {each["name"] for each in one.people.values()} & {each["name"] for each in other.people.values()}
    assert [row["actor"] for row in one.rows] == [row["actor"] for row in other.rows]
    assert {row["actor"] for row in one.rows} <= {*one.people, NOBODY}


def test_a_suite_can_ask_for_everything_there_is(desk, draw, record_figure):
    office = desk.open(draw, AS_DECLARED)
    began = time.perf_counter()
    wrong_cells(office)

    record_figure("an office's matrix, rows", str(len(office.rows)))
    record_figure("an office's matrix, ms a request", f"{(time.perf_counter() - began) / len(office.rows) * 1000:.2f}")
