"""Take the pictures in docs/ anew: real views in a real JupyterLab, without anybody's name or path in them.

    .venv/bin/python -m tests.browser.pictures [NAME…]        all of `PICTURES` by default

Whoever changes how something looks takes them again, and looks at each before it is kept.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from labsrv.grading.course.exercises import exercises
from tests.browser.jupyter import AS_THE_SYSTEM, LIGHT, JupyterLab
from tests.browser.made_notebook import written
from tests.browser.server import Server
from tests.notebooks.course import copy_course, worth

DOCS = Path(__file__).parents[2] / "docs"
WINDOW = {"width": 1180, "height": 3000}
# name: the cell whose output is the picture
PICTURES = {
    "two-browsers": """from labsrv.labs import start
from labsrv.labs.sessions import flaws
from labsrv.labs.sessions.attacks import copy_cookie, use
from labsrv.labs.sessions.people import log_in, put_in_basket
from labsrv.widgets import *
from labsrv.workbench import CheckPanel, Course

lab = start("sessions", **flaws.TUTORIAL)
put_in_basket(lab.alice, lab.shop)
note = copy_cookie(lab.alice, lab.shop)
log_in(lab.alice, lab.shop)
use(note, by=lab.mallory)
for each in (lab.alice, lab.mallory):
    each.navigate(lab.shop.account)
beside(BrowserView(lab.alice, height=260), BrowserView(lab.mallory, height=260))""",
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


def main(wanted: list[str]) -> None:
    """Take the pictures of these names."""
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        course, scratch = copy_course(Path(kept) / "course"), Path(kept) / "scratch"
        scratch.mkdir()
        shutil.copy(course / f"solutions/{SOLVED}.py", course / f"exercises/{SOLVED}.py")
        (course / ".authlab").mkdir(exist_ok=True)
        (course / ".authlab" / "progress.json").write_text(json.dumps(some_progress()), encoding="utf-8")
        written(course, "pictures.ipynb", *PICTURES.values())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport=WINDOW, color_scheme=AS_THE_SYSTEM)
        with Server(course, scratch) as server, JupyterLab(server, course, theme=LIGHT) as jupyter:
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
        browser.close()


def some_progress() -> dict[str, dict[str, object]]:
    """Return what somebody has done who is in the middle of the second lesson."""
    done = [*exercises("00_start_here"), *exercises("01_passwords"), *exercises("02_sessions")[:3]]
    return {
        each.name: {"best": worth(each.name), "at": "2026-11-30T10:00", "checks": dict.fromkeys(each.after(), "passed")}
        for each in done
    }


if __name__ == "__main__":
    main(sys.argv[1:] or list(PICTURES))
