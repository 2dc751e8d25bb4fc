"""Every notebook keeps the limits of the house style, so that it reads well and its diffs stay small."""

import json
import re
from functools import cache
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from labsrv.grading.course.exercises import constant, exercises
from labsrv.labs import beside
from tests.notebooks.course import COURSE, NOTEBOOKS, each_notebook

LINES, WORDS, MOST_WORDS, IN_A_ROW = 10, 130, 85, 2
# How many cells a notebook has: the tour, and a lesson of 25 to 40 minutes. Nine or eleven exercises are done in parts.
CELLS = {
    "00_start_here": range(12, 18),
    "07_oidc": range(35, 49),
    "08_sso": range(35, 55),
    "09_rbac": range(35, 61),
    "10_abac": range(35, 75),
}
LESSON = range(35, 47)
# The index of a lesson's words, at its end: one looks things up in it, and does not read it from top to bottom.
INDEX = "words"
BELITTLING = re.compile(r"\b(simply|just|obviously)\b", re.IGNORECASE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


@cache
def read(path):
    """Return a notebook as nbformat does, which takes seconds to import: its cells with their sources in one piece."""
    notebook = json.loads(path.read_text(encoding="utf-8"), object_hook=lambda members: SimpleNamespace(**members))
    for cell in notebook.cells:
        cell.source = "".join(cell.source)
    return notebook


def of_kind(path, kind):
    return [cell for cell in read(path).cells if cell.cell_type == kind]


def words(cell):
    """Count a cell's words as they are read: without tags and without a link's address."""
    return len(re.sub(r"<[^>]+>|\]\([^)]*\)", " ", cell.source).split())


def without_predictions(path):
    """Return a notebook's cells but those in which one says what one expects: a part of the prose above them."""
    return [cell for cell in read(path).cells if not cell.id.startswith("expect-")]


def links(path):
    """Return where a notebook's relative links lead, without their fragments."""
    found = [link for cell in of_kind(path, "markdown") for link in LINK.findall(cell.source)]
    return [unquote(link.split("#")[0]) for link in found if not re.match(r"[a-z]+:|#", link)]


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS][:1] == ["00_start_here"]


@each_notebook
@pytest.mark.slow("nbformat takes seconds to import")
def test_it_is_a_valid_notebook_of_the_current_format(path):
    import nbformat

    nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
    assert (read(path).nbformat, read(path).nbformat_minor) == (4, 5)


@each_notebook
def test_it_says_no_more_than_needed_about_itself(path):
    about = read(path).metadata

    assert about.kernelspec.name == "python3"
    assert set(vars(about)) <= {"kernelspec", "language_info"} and set(vars(about.language_info)) == {"name"}
    assert not any(vars(cell.metadata) for cell in read(path).cells)


@each_notebook
def test_outputs_are_stripped(path):
    kept = [cell.id for cell in of_kind(path, "code") if cell.outputs or cell.execution_count is not None]

    assert not kept


@each_notebook
def test_ids_are_names_and_unique(path):
    ids = [cell.id for cell in read(path).cells]

    assert len(set(ids)) == len(ids)
    assert not [each for each in ids if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", each)]


@each_notebook
def test_it_has_the_length_of_a_lesson(path):
    cells = [cell for cell in without_predictions(path) if cell.id != INDEX]

    assert len(cells) in CELLS.get(path.stem, LESSON)


@each_notebook
def test_code_cells_are_short(path):
    long = {cell.id: len(cell.source.splitlines()) for cell in of_kind(path, "code")}

    assert not {name: lines for name, lines in long.items() if lines > LINES}


@each_notebook
def test_prose_leads_in_and_no_more_than_two_code_cells_follow(path):
    kinds = "".join(cell.cell_type[0] for cell in without_predictions(path))

    assert kinds.startswith("m"), "A notebook opens with prose."
    assert "c" * (IN_A_ROW + 1) not in kinds


@each_notebook
def test_prose_is_short(path):
    counted = {cell.id: words(cell) for cell in of_kind(path, "markdown") if cell.id != INDEX}
    long = {name: count for name, count in counted.items() if count > MOST_WORDS}

    assert max(counted.values()) <= WORDS, counted
    assert len(long) <= len(counted) / 3, f"Most cells have 25 to 75 words: {long}"


@each_notebook
def test_every_prediction_can_be_made_before_its_cell_answers_it(path):
    """The question stands in the prose; the cell below it has what one may answer, under a name of this lesson."""
    cells = read(path).cells
    asked = {f"expect-{cell.id}": cell.source.count("**Predict:**") for cell in of_kind(path, "markdown")}
    answers = {cell.id: re.findall(r'Predict\("([^"]+)"', cell.source) for cell in of_kind(path, "code")}
    names = [name for found in answers.values() for name in found]

    assert {name: many for name, many in asked.items() if many} == {
        name: len(found) for name, found in answers.items() if found
    }
    assert len(set(names)) == len(names) and all(name.startswith(f"{path.stem}/") for name in names)
    for above, cell, below in zip(cells, cells[1:], cells[2:], strict=False):
        if cell.id.startswith("expect-"):
            assert cell.id == f"expect-{above.id}" and below.cell_type == "code"


@each_notebook
def test_no_word_belittles(path):
    assert not {cell.id: found[0] for cell in read(path).cells if (found := BELITTLING.search(cell.source))}


@each_notebook
def test_relative_links_lead_somewhere(path):
    assert not [link for link in links(path) if not (path.parent / link).exists()]


@each_notebook
def test_every_exercise_of_the_lesson_has_its_link_its_check_and_its_replay(path):
    code = "\n".join(cell.source for cell in of_kind(path, "code"))

    for exercise in exercises(path.stem):
        assert exercise.stub.relative_to(COURSE).as_posix() in {link.removeprefix("../") for link in links(path)}
        assert re.search(rf'\b(check|CheckPanel)\("{exercise.name}"', code)
        # A function that no site calls is run nowhere but in its panel.
        if not set(constant(exercise.checks, "DECIDES", ())) <= set(beside(exercise.technique)):
            assert f'run_mine(lab, "{exercise.name}")' in code


@each_notebook
def test_every_check_is_of_an_exercise_that_exists(path):
    names = {exercise.name for exercise in exercises()}
    named = re.findall(
        r'(?:check|CheckPanel|run_mine)\((?:lab, )?"([^"]+)"', "".join(c.source for c in read(path).cells)
    )

    assert set(named) <= names
