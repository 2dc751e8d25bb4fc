"""Take the pictures in docs/ anew: real views in a real JupyterLab, without anybody's name or path in them.

    .venv/bin/python -m tests.browser.pictures [NAME…]        all of `PICTURES` and `WINDOWS` by default

Whoever changes how something looks takes them again, and looks at each before it is kept.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from labsrv.grading.course.exercises import exercises
from tests.browser.jupyter import AS_THE_SYSTEM, DARK, LIGHT, JupyterLab
from tests.browser.made_notebook import written
from tests.browser.server import Server
from tests.notebooks.course import copy_course, worth

DOCS = Path(__file__).parents[2] / "docs"
WINDOW = {"width": 1180, "height": 3000}
# name: the cell whose output is the picture
PICTURES = {
    "shop": """from labsrv.labs import start
from labsrv.labs.sessions.people import log_in, put_in_basket
from labsrv.widgets import *
from labsrv.workbench import CheckPanel, Course

lab = start("sessions")
log_in(lab.alice, lab.shop)
put_in_basket(lab.alice, lab.shop, "Sencha")
lab.alice.navigate(lab.shop.home)
lab.bob.navigate(lab.url("mallory", "/login"))
beside(BrowserView(lab.alice, with_cookies=False, height=360), BrowserView(lab.bob, with_cookies=False, height=360))""",
    "magic-link": """from labsrv.labs.passwordless.people import ask_for_link

lab = start("passwordless")
ask_for_link(lab.alice, lab.shop)
beside(BrowserView(lab.alice, with_cookies=False, height=300), Mailbox(lab.mail, lab.alice, open_in=lab.alice))""",
    "check-panel": 'beside(CheckPanel("02_sessions/renew_id"), CheckPanel("02_sessions/cookie_attributes"))',
    "course": "Course()",
    "lamps": """from labsrv.labs.sso.doors import Doors
from labsrv.labs.sso.people import log_in as log_in_by

lab = start("sso")
log_in_by(lab.alice, lab.shop, via="social")
lamps = Lamps(Doors(lab, lab.alice))
for wish in ({"do": "go", "way": "logout"}, {"do": "prove"}):
    lamps.asked(None, wish, None)
lamps""",
    "traffic": """lab = start("oidc")
log_in_by(lab.alice, lab.shop)
TrafficView(lab.traffic)""",
}
SOLVED = "02_sessions/cookie_attributes"

# name: a notebook's cells, the first one in sight, and the theme. The whole window is the picture.
WINDOWS = {
    "lesson": ("02_sessions", ("start", "fixation", "expect-fixation", "plant"), LIGHT),
    "lesson-dark": ("02_sessions", ("start", "fixation", "expect-fixation", "plant"), DARK),
    "start-page": ("00_start_here", (), LIGHT),
}
SIZES = {"lesson": (1180, 860), "lesson-dark": (1180, 860), "start-page": (1200, 760)}


def main(wanted: list[str]) -> None:
    """Take the pictures of these names."""
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        course, scratch = copy_course(Path(kept) / "course"), Path(kept) / "scratch"
        scratch.mkdir()
        # Chromium refuses its sandbox to root.
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
        with Server(course, scratch) as server:
            for name in filter(WINDOWS.__contains__, wanted):
                page = browser.new_context(viewport=dict(zip(("width", "height"), SIZES[name], strict=True)))
                take_window(name, course, server, page)
            if views := list(filter(PICTURES.__contains__, wanted)):
                take_views(views, course, server, browser.new_context(viewport=WINDOW, color_scheme=AS_THE_SYSTEM))
        browser.close()


def take_window(name: str, course: Path, server: Server, context: Any) -> None:
    """Take a picture of JupyterLab with a part of a lesson in it."""
    lesson, ids, theme = WINDOWS[name]
    notebook, page = f"notebooks/{lesson}.ipynb", context.new_page()
    page.emulate_media(color_scheme=AS_THE_SYSTEM)
    whole = (course / notebook).read_text(encoding="utf-8")
    if ids:
        cells = json.loads(whole)
        cells["cells"] = [cell for cell in cells["cells"] if cell["id"] in ids]
        (course / notebook).write_text(json.dumps(cells), encoding="utf-8")
    with JupyterLab(server, course, theme=theme) as jupyter:
        jupyter.open(page, notebook)
        if ids:
            (course / ".authlab" / "predictions.json").unlink(missing_ok=True)
            page.keyboard.press("ControlOrMeta+b")
            jupyter.run_all(page)
            page.locator(".al-predict").get_by_role("button", name="nobody's").click()
            page.locator(".jp-Cell").nth(1).evaluate("it => it.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(1500)
        page.screenshot(path=DOCS / f"{name}.png", animations="disabled")
        print(f"docs/{name}.png")
    (course / notebook).write_text(whole, encoding="utf-8")


def take_views(wanted: list[str], course: Path, server: Server, context: Any) -> None:
    """Take pictures of views alone."""
    shutil.copy(course / f"solutions/{SOLVED}.py", course / f"exercises/{SOLVED}.py")
    (course / ".authlab").mkdir(exist_ok=True)
    (course / ".authlab" / "progress.json").write_text(json.dumps(some_progress()), encoding="utf-8")
    written(course, "pictures.ipynb", *PICTURES.values())
    page = context.new_page()
    with JupyterLab(server, course, theme=LIGHT) as jupyter:
        jupyter.open(page, "pictures.ipynb")
        page.keyboard.press("ControlOrMeta+b")
        jupyter.run_all(page)
        if jupyter.errors(page):
            sys.exit("\n".join(jupyter.errors(page)))
        page.locator(".al-checks", has_text="All promises are kept").wait_for(timeout=120_000)
        page.wait_for_timeout(1500)
        for name in wanted:
            cell = page.locator(".jp-CodeCell").nth(list(PICTURES).index(name))
            cell.locator(".jp-OutputArea-output").last.screenshot(path=DOCS / f"{name}.png", animations="disabled")
            print(f"docs/{name}.png")


def some_progress() -> dict[str, dict[str, object]]:
    """Return what somebody has done who is in the middle of the second lesson."""
    done = [*exercises("00_start_here"), *exercises("01_passwords"), *exercises("02_sessions")[:3]]
    return {
        each.name: {"best": worth(each.name), "at": "2026-11-30T10:00", "checks": dict.fromkeys(each.after(), "passed")}
        for each in done
    }


if __name__ == "__main__":
    main(sys.argv[1:] or [*PICTURES, *WINDOWS])
