"""What is built once serves check after check, and keeps nothing of the one before."""

import pytest

from labsrv import labs
from labsrv.grading.checks import neighbours
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab


@pytest.fixture
def two_labs():
    both = [Lab("jwt", place=FirstNumber(), hash_cost="low", listens=False) for _ in range(2)]
    yield both
    for lab in both:
        lab.stop()


def test_a_neighbour_writes_into_the_store_of_the_check_that_runs_now(two_labs):
    whichever, apps = neighbours.neighbours("jwt")
    for lab, token in zip(two_labs, ("first", "second"), strict=True):
        whichever.lab = lab
        assert apps["mallory"].test_client().post("/join", data={"id_token": token}).get_json() == {"welcome": True}

    assert [[row["id_token"] for row in lab.db.joined.find()] for lab in two_labs] == [["first"], ["second"]]


@pytest.mark.parametrize("technique", labs.techniques())
def test_all_that_a_lesson_has_is_built_ahead(technique):
    neighbours.prepare(technique)
    assert neighbours.routes(technique) is neighbours.routes(technique)
    assert neighbours.neighbours(technique) is neighbours.neighbours(technique)
    whichever, apps = neighbours.neighbours(technique)
    assert set(apps) == set(labs.neighbours_of(technique, whichever))
