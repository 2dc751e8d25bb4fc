"""Cells: rows read and checked, grouped by path, and what came of asking."""

import pytest

from labsrv.widgets.access.cells import Cell, cell_opened, grid_of, read_rows, summary
from tests.widgets.access.house import HOSTILE, QUESTION, Answered, Site, decide
from tests.widgets.traffic.exchanges import exchange

CELL = Cell("alice", "GET", "/pay", 200)

STATES = {
    "not asked": (CELL, "not asked"),
    "agrees": (CELL.answered(Answered(200)), "agrees"),
    "differs": (CELL.answered(Answered(403)), "differs"),
    "no answer": (CELL.answered(Answered(0)), "failed"),
    "no status": (CELL.answered("200"), "failed"),
    "a fact for a status": (CELL.answered(Answered(True)), "failed"),
    "raised": (CELL.failed("It broke."), "failed"),
    "asked again": (CELL.failed("It broke.").answered(Answered(200)), "agrees"),
}


@pytest.mark.parametrize(("cell", "state"), STATES.values(), ids=STATES)
def test_a_cell_is_in_a_state(cell, state):
    assert cell.state == state


def test_cells_of_one_path_stand_together_and_missing_ones_are_known():
    cells = read_rows(Site.ROWS)
    grid = grid_of(cells)

    assert [(line["path"], line["verb"], line["cells"]) for line in grid["lines"]] == [
        ("/pay", "GET", [0, 1]),
        ("/pay", "POST", [2, 3]),
        ("/raises", "GET", [4, -1]),
    ]
    assert grid["actors"] == ["alice", "bob"] and [cells[4].path, grid["expected"][4]] == ["/raises", 200]


REFUSED = {
    "too short": ([("alice", "GET", "/pay")], "unlike ('alice', 'GET', '/pay')"),
    "no row": ([7], "unlike 7"),
    "a status that is text": ([("alice", "GET", "/pay", "yes")], "what is expected begins with a status"),
    "declared twice": ([("alice", "GET", "/pay", 200)] * 2, "alice GET /pay is declared twice"),
    "too many": ([("alice", "GET", f"/{each}", 200) for each in range(4000)], "4,000 cells are more"),
}


@pytest.mark.parametrize(("rows", "words"), REFUSED.values(), ids=REFUSED)
def test_rows_that_make_no_sense_are_refused_in_a_sentence(rows, words):
    with pytest.raises(ValueError) as raised:
        read_rows(rows)

    assert words in str(raised.value)


def test_the_summary_counts():
    cells = [each[0] for each in STATES.values()]

    assert summary(cells) == "2 of 8 cells as declared, 1 differs, 4 without an answer, 1 not asked yet."
    assert summary(cells[1:2]) == "1 of 1 cells as declared."


def test_an_open_cell_has_its_request_and_its_decision_bounded():
    seen = exchange(7, "/pay", method="PATCH", request_body=b"{}", response_body=b"x" * 9000, error=HOSTILE)
    opened = cell_opened(3, CELL.answered(Answered(404, seen, decide(QUESTION))))

    assert (opened["expected"], opened["observed"], opened["state"]) == ("200 OK", "404 Not Found", "differs")
    assert opened["request"]["method"] == "PATCH" and opened["request"]["sent"] == "{}"
    assert len(opened["request"]["came"]) == 2000 and "\u202e" not in str(opened)
    assert opened["decision"]["verdict"]["word"] == "Not permitted"


def test_a_cell_without_an_exchange_or_a_decision_is_open_all_the_same():
    opened = cell_opened(0, CELL.answered(Answered(599)))

    assert opened["request"] is None and opened["decision"] is None and opened["observed"] == "599"
