"""Every notebook runs from top to bottom with nothing fixed yet, and its outputs say what its prose says of them."""

import re
import shutil
from functools import cache

import nbformat
import pytest
from nbclient import NotebookClient

from tests.notebooks.course import COURSE, copy_course, each_notebook

SUCCEEDED = r"^Mallory succeeded: "
NO_POINTS = r"  0 of \d+ points$"
UNFIXED = (NO_POINTS, SUCCEEDED)
# Cells that only define something.
SILENT = {"flask-site"}

# What a cell's output must say, by notebook and cell.
SAYS = {
    "00_start_here": {
        "start": (r"<Lab start_here: http://shop",),
        "alice-enters": (r'<Page 200 .*/tasting "The tasting room">',),
        "look-at-it": (r"POST .*/tasting +200",),
        "mallory-enters": (SUCCEEDED,),
        "check-again": (NO_POINTS, r"^✗ Mallory shows a number that was never sold"),
        "run-mine": (SUCCEEDED,),
    },
    "02_sessions": {
        "log-in": (r"GET .*/account +303 → /login\?next=/account", r"POST .*/login +303 → /account +connect\.sid"),
        "both-ends": (r"^connect\.sid .* no +yes +\(none\)", r" alice .*\['Oolong'\]"),
        "a-day": (r"/login\?next=/account \"", r"/login\?next=/account&q=session-expired"),
        "plant": (
            r"sees Alice's account: True",
            r"POST \S+/basket +303 → / +connect\.sid",
            r"POST \S+/login +303 → /account *$",
            r"alice: <Page 200 .*/account.*mallory: <Page 200",
        ),
        "check-renew-id": (NO_POINTS,),
        "run-renew-id": (SUCCEEDED,),
        "cookie-attack": (r"goes to Mallory: True", r"^connect\.sid +sent, because .*without SameSite"),
        "check-cookie-attributes": UNFIXED,
        "ids-attack": (r"^user=mallory;session=\d+$", r"the id reads 'user=alice", SUCCEEDED + "the stolen table"),
        "check-unguessable-ids": (*UNFIXED, r"the id reads '\S*alice"),
        "for-ever-attack": (r"sees Alice's account: True", r"moved by 28 days"),
        "check-time-limits": UNFIXED,
        "log-out-attack": (r"<Page 200 .*/account ", SUCCEEDED + "a session that a slow request"),
        "check-log-out": UNFIXED,
        "check-no-revival": UNFIXED,
        "doors-attack": (r'"invoice-alice"', r"<Page 200 http://mallory\S*/login "),
        "check-deny-by-default": UNFIXED,
        "check-safe-next": UNFIXED,
        "compare-them": (r"is shown once 02_sessions/renew_id has all its points",),
        "flask-attack": (r'\{"user":"alice"\}', r"^Alice: +Hello, stranger\.", r"^Mallory: Hello, alice\."),
    },
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Yield a copy of the course; kernels started meanwhile work there, and keep out of this user's own Jupyter."""
    course = copy_course(tmp_path_factory.mktemp("course"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTHLAB_COURSE", str(course))
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield course


@pytest.fixture(scope="module")
def solved(course, tmp_path_factory):
    """Return another copy of the course, in which somebody has solved every exercise."""
    solved = copy_course(tmp_path_factory.mktemp("solved"))
    shutil.copytree(solved / "solutions", solved / "exercises", dirs_exist_ok=True)
    return solved


@pytest.fixture(scope="module")
def ran(course):
    """Return `ran(path)`: a notebook's code cells after it was run, by id. Each notebook is run once."""
    return cache(lambda path: {cell.id: cell for cell in executed(path, course).cells if cell.cell_type == "code"})


def executed(path, course):
    """Run all cells in a kernel of this Python; a cell that raises is an error here."""
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    folder = {"metadata": {"path": str(course / "notebooks")}}
    return NotebookClient(notebook, timeout=120, kernel_name="python3", resources=folder).execute()


def said(cell):
    """Return what a cell printed and showed, as plain text."""
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(texts))


@each_notebook
def test_it_runs_and_complains_of_nothing(path, ran):
    complaints = {name: said(cell) for name, cell in ran(path).items() if "stderr" in kinds(cell)}

    assert not complaints


def kinds(cell):
    """Return the streams and kinds of a cell's outputs."""
    return {output.get("name") or output.output_type for output in cell.outputs}


@each_notebook
def test_every_cell_shows_something(path, ran):
    silent = [name for name, cell in ran(path).items() if not cell.outputs]

    assert set(silent) <= SILENT


@each_notebook
def test_the_outputs_say_what_the_prose_says_of_them(path, ran):
    cells = ran(path)

    for name, patterns in SAYS[path.stem].items():
        for pattern in patterns:
            assert re.search(pattern, said(cells[name]), re.MULTILINE), f"{name}:\n{said(cells[name])}"


@each_notebook
def test_once_everything_is_solved_every_point_is_earned_and_every_replay_fails(path, solved, monkeypatch):
    monkeypatch.setenv("AUTHLAB_COURSE", str(solved))
    cells = [cell for cell in executed(path, solved).cells if re.search("check|CheckPanel|run_mine", cell.source)]
    proofs = {cell.id: said(cell) for cell in cells if cell.cell_type == "code" and cell.outputs and cell.id != "start"}

    unearned = {name: text for name, text in proofs.items() if re.search(r"^[✗…!] ", text, re.MULTILINE)}
    broken_into = {name: text for name, text in proofs.items() if "Mallory succeeded" in text}
    assert len(proofs) >= 2 and not unearned and not broken_into


@each_notebook
def test_it_runs_in_the_copy_only(path, ran, course):
    before = progress_of(COURSE)
    ran(path)

    assert path.stem in progress_of(course)
    assert progress_of(COURSE) == before


def progress_of(course):
    """Return what is kept of the progress, or nothing."""
    file = course / ".authlab" / "progress.json"
    return file.read_text(encoding="utf-8") if file.exists() else ""
