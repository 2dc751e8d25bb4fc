"""Every notebook runs from top to bottom with nothing fixed yet, and its outputs say what its prose says of them.

Every other one runs in a real JupyterLab, in a real Chromium, and all of them with AUTHLAB_NOTEBOOKS=all; the others,
and where there is no Chromium, in a kernel alone. Those are tried once more when everything is solved.
"""

import os
import re
import runpy
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.browser.jupyter import AS_THE_SYSTEM, DARK, LIGHT, JupyterLab
from tests.browser.made_notebook import save_notebook
from tests.notebooks.course import COURSE, NOTEBOOKS, copy_course, each_notebook
from tests.patience import PATIENCE

# Cells that check, and those in which the learner's own code is attacked.
PROOFS = "check|CheckPanel|run_mine"
ALL = os.environ.get("AUTHLAB_NOTEBOOKS") == "all"
IN_JUPYTERLAB, REPLAYED = (NOTEBOOKS, NOTEBOOKS) if ALL else (NOTEBOOKS[1::2], NOTEBOOKS[::2])
PANEL = re.compile(r'^display\(CheckPanel\("[^"]+"\)\)$', re.MULTILINE)

WINDOW = {"width": 1400, "height": 900}
# Of those in JupyterLab, every other one is in the dark: the views are asked about in both themes elsewhere.
THEMES = {path.stem: DARK if number % 2 else LIGHT for number, path in enumerate(IN_JUPYTERLAB)}

# What a lesson's cells must say stands in says/<lesson>.py: SAYS, patterns by a cell's id, and SILENT, the ids of cells
# that only define something.
EXPECTED = COURSE / "tests" / "notebooks" / "says"


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
def progress_before():
    """Return what this course's own learner had earned before any notebook ran."""
    return progress_of(COURSE)


@dataclass
class Ran:
    """A notebook that was run: its code cells by id, and what is cut off in the window."""

    cells: dict
    too_wide: list = field(default_factory=list)


@pytest.fixture(scope="module")
def window(chromium_browser):
    """Yield a context of the browser. Its one page shows a notebook after the other: JupyterLab takes long to load."""
    context = chromium_browser.new_context(viewport=WINDOW, color_scheme=AS_THE_SYSTEM)
    yield context
    context.close()


@pytest.fixture(scope="module")
def ran(request, path, course, progress_before, tmp_path_factory):
    """Return a notebook after it was run. It is run once, also if that fails."""
    if path not in IN_JUPYTERLAB:
        return Ran(code_cells(executed(path, course)))
    try:
        server, window = request.getfixturevalue("jupyter_server"), request.getfixturevalue("window")
    except pytest.skip.Exception:
        return Ran(code_cells(executed(path, course)))

    with JupyterLab(server, course, theme=THEMES[path.stem]) as jupyter, opened(jupyter, path, window) as page:
        return in_jupyterlab(path, jupyter, page, tmp_path_factory.mktemp("pictures"))


@contextmanager
def opened(jupyter, path, window):
    """Yield the window's page with a notebook in it, which is closed afterwards; the page, too, if something failed."""
    notebook = f"notebooks/{path.name}"
    page = window.pages[0] if window.pages else window.new_page()
    try:
        if page.url.startswith(jupyter.server.url):
            jupyter.open_too(page, notebook)
        else:
            jupyter.open(page, notebook)
        jupyter.use_theme(page, jupyter.theme)
        yield page
        jupyter.close(page, notebook)
    except BaseException:
        page.close()
        raise


def in_jupyterlab(path, jupyter, page, pictures):
    """Run a notebook as a learner does, save it, and read it."""
    notebook = jupyter.folder / "notebooks" / path.name
    jupyter.run_all(page)
    if os.environ.get("AUTHLAB_PICTURES"):
        take_pictures(page, pictures)
    wide = too_wide(page)
    save_notebook(page, notebook)
    return Ran(code_cells(read(notebook)), wide)


def read(path):
    """Return a notebook."""
    import nbformat  # which takes seconds to import

    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def code_cells(notebook):
    """Return a notebook's code cells by their ids."""
    return {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}


def take_pictures(page, folder):
    """Keep pictures of the whole notebook to look at, a window each."""
    cells = page.locator(".jp-Notebook .jp-Cell")
    shown = 0.0
    for number in range(cells.count()):
        box = cells.nth(number).evaluate("it => it.offsetTop + it.offsetHeight")
        if number and box - shown < WINDOW["height"] - 150:
            continue
        cells.nth(number).evaluate("it => it.scrollIntoView({block: 'start'})")
        shown = cells.nth(number).evaluate("it => it.offsetTop")
        page.screenshot(path=folder / f"{number:02}.png", animations="disabled")


def too_wide(page):
    """Return the beginnings of outputs that have to be scrolled sideways."""
    outputs = page.locator(".jp-OutputArea-output, .jp-OutputArea-output pre").all()
    return [each.inner_text()[:60] for each in outputs if each.evaluate("it => it.scrollWidth > it.clientWidth + 1")]


def expected(path):
    """Return what is expected of a notebook's cells."""
    return runpy.run_path(str(EXPECTED / f"{path.stem}.py"))


def executed(path, course, wanted=""):
    """Run all cells in a kernel of this Python, or those that import or match; a cell that raises is an error here."""
    from nbclient import NotebookClient
    from traitlets.config import Config

    notebook = read(path)
    notebook.cells = [cell for cell in notebook.cells if re.search(f"^(from|import) |{wanted}", cell.source, re.M)]
    for cell in notebook.cells if wanted else ():
        cell.source = PANEL.sub("", cell.source)
    folder = {"metadata": {"path": str(course / "notebooks")}}
    patient = {"timeout": PATIENCE, "startup_timeout": PATIENCE}
    with tempfile.TemporaryDirectory(prefix="authlab-") as sockets:
        # Two kernels that start at once may choose the same port; files in a folder of one's own are nobody else's.
        ours = {"transport": "ipc", "connection_file": f"{sockets}/kernel.json"} if os.name != "nt" else {}
        # What is printed in pieces is one text, as JupyterLab has it.
        how = {"kernel_name": "python3", "coalesce_streams": True, "config": Config(KernelManager=ours)}
        return NotebookClient(notebook, resources=folder, **how, **patient).execute()


def said(cell):
    """Return what a cell printed and showed, as plain text."""
    texts = [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(texts))


@each_notebook
def test_it_runs_and_complains_of_nothing(path, ran):
    complaints = {name: said(cell) for name, cell in ran.cells.items() if {"stderr", "error"} & kinds(cell)}

    assert not complaints


def kinds(cell):
    """Return the streams and kinds of a cell's outputs."""
    return {output.get("name") or output.output_type for output in cell.outputs}


@pytest.mark.parametrize("path", IN_JUPYTERLAB, ids=lambda path: path.stem, scope="module")
def test_nothing_is_cut_off(path, ran):
    assert not ran.too_wide, "An output is wider than the window leaves room for."


@each_notebook
def test_every_cell_shows_something(path, ran):
    silent = [name for name, cell in ran.cells.items() if not cell.outputs]

    assert set(silent) <= expected(path).get("SILENT", set())


@each_notebook
def test_the_outputs_say_what_the_prose_says_of_them(path, ran):
    cells = ran.cells

    for name, patterns in expected(path)["SAYS"].items():
        for pattern in patterns:
            assert re.search(pattern, said(cells[name]), re.MULTILINE), f"{name}:\n{said(cells[name])}"


@pytest.mark.parametrize("path", REPLAYED, ids=lambda path: path.stem)
def test_once_everything_is_solved_every_replay_fails(path, solved, monkeypatch):
    """That solutions earn their points, other tests say: of the panels, only those are shown that have a cell alone."""
    monkeypatch.setenv("AUTHLAB_COURSE", str(solved))
    cells = [cell for cell in executed(path, solved, PROOFS).cells if re.search(PROOFS, cell.source)]
    proofs = {cell.id: said(cell) for cell in cells if cell.cell_type == "code" and cell.outputs and cell.id != "start"}

    unearned = {name: text for name, text in proofs.items() if re.search(r"^[✗…!] ", text, re.MULTILINE)}
    broken_into = {name: text for name, text in proofs.items() if "Mallory succeeded" in text}
    assert len(proofs) >= 2 and not unearned and not broken_into


@each_notebook
def test_it_runs_in_the_copy_only(path, ran, course, progress_before):
    assert path.stem in progress_of(course)
    assert progress_of(COURSE) == progress_before


def progress_of(course):
    """Return what is kept of the progress, or nothing."""
    file = course / ".authlab" / "progress.json"
    return file.read_text(encoding="utf-8") if file.exists() else ""
