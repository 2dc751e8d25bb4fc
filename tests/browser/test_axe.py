"""Nobody is shut out by a view: axe finds nothing in any of them, in JupyterLab's light theme and in its dark one, and
when their labs have ended. And since all of them stand in one notebook here: the keys pressed in them stay theirs.
"""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults, faults_in
from tests.browser.jupyter import DARK, LIGHT, JupyterLab
from tests.browser.made_notebook import rerun, written
from tests.notebooks.course import copy_course

WINDOW = {"width": 1400, "height": 1000}
HEIGHT_OF_ALL = 26_000
THEMES = {"light": LIGHT, "dark": DARK}
ENDED = "ended"
# Cut, delete, insert above, make it text: what the notebook does at these keys.
SHORTCUTS = ["x", "d", "d", "a", "m"]
TABBABLE = ":is(button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex='0']):visible"
CELLS = [
    """from labsrv.labs import secure, start
from labsrv.labs.sessions import flaws, people
from labsrv.widgets import *
from labsrv.workbench import CheckPanel

lab = start("sessions")
people.log_in(lab.alice, lab.shop)
lab.clock.advance(minutes=31)
lab.alice.navigate(lab.shop.account)
people.put_in_basket(lab.bob, lab.shop)
lab.bob.load_image(lab.shop.url)""",
    "BrowserView(lab.alice)",
    "BrowserView(lab.carol)",
    "BrowserWindow(lab.bob, lab)",
    "CookieInspector(lab.bob, sites=lab.sites)",
    "TrafficView(lab.traffic)",
    "TrafficView(lab.traffic)",
    "StoreView(lab.db)",
    "ClockControl(lab.clock)",
    'CodeDiff(secure("sessions", "begin_session"), flaws.keep_the_planted_id)',
    'CheckPanel("02_sessions/renew_id", lab=lab)',
    'CheckPanel("00_start_here/00_template")',
    'CheckPanel("02_sessions/log_out")',
    "people.put_in_basket(lab.bob, lab.shop, 'Sencha'); CookieInspector(lab.mallory)",
    'Bars("Guesses", "a second", {"MD5": 600_000, "argon2id": 16})',
    'Dots("Answers", "ms", {"customers": [60, 71], "strangers": [2, 3]})',
    """import json
from labsrv.kit.tokens.compact import encode

claims = {"sub": "alice", "iat": "soon", "exp": int(lab.clock.time()) + 900, "tea": 1}
header = {"alg": "none", "kid": 7, "jwk": {}}
token = ".".join([*(encode(json.dumps(each).encode()) for each in (header, claims)), ""])
unsigned = TokenInspector(token, keys=["a secret", {"kty": "quantum"}], send=lambda token: 1 / 0)
unsigned.wished(None, {"do": "send"}, None)
unsigned""",
    """valid = TokenInspector(token, keys="a secret")
for wish in ({"do": "edit", "part": "claims", "text": '{"sub": "bob"}'}, {"do": "sign", "alg": "HS256", "key": 0}):
    valid.wished(None, wish, None)
valid""",
    """broken = TokenInspector(valid.token, keys="a secret")
broken.wished(None, {"do": "edit", "part": "claims", "text": '{"sub": "alice", "sub": 1}'}, None)
broken""",
    'TokenInspector("no token")',
    "lab.carol.jar.receive(f'token={token}; Path=/', lab.shop.url); CookieInspector(lab.carol)",
    """from labsrv.kit.addresses.otpauth import Otpauth

link = lab.shop.login
for subject in ("Tea", "Your link"):
    lab.mail.send(lab.alice.person.email, subject, f"Here: {link}", html=f"<p>Hello, <a href={link}>log in</a>")
lab.sms.send(lab.alice.person.phone, f"Your code is 012345. Or click {link}")
for kind in ("totp", "hotp"):
    lab.phone(lab.alice).scan(Otpauth(b"a fake secret", f"Tea {kind}", "alice", kind).uri)
Mailbox(lab.mail, [lab.alice, lab.bob], open_in=[lab.alice, lab.bob])""",
    "Mailbox(lab.mail, lab.bob)",
    "Phone(lab, lab.alice)",
    "lab.phone(lab.bob).lost = True; Phone(lab, lab.bob)",
    "Phone(lab, lab.carol)",
    """from labsrv.labs.sso.doors import Doors
from labsrv.labs.sso.people import log_in

other = start("sso")
log_in(other.alice, other.shop, via="social")
lamps = Lamps(Doors(other, other.alice))
for wish in ({"do": "go", "way": "logout"}, {"do": "prove"}):
    lamps.asked(None, wish, None)
lamps""",
    """oidc = start("oidc")
waits = FlowView(oidc, oidc.alice, oidc.shop.login)
waits.send_on(); waits.send_on()
waits""",
    """refused = FlowView(oidc, oidc.bob, oidc.shop.login)
refused.send_on(); refused.send_on(); refused.send_on({0: None}); refused.send_all()
refused""",
    """from labsrv.kit.access.decisions import AttributeRead, Decision, RuleRead
from labsrv.kit.access.flips import Change, Flip
from types import SimpleNamespace

def judge(question):
    cleared = question.attribute("subject.clearance")
    outcome = "indeterminate" if cleared is None else "permit" if cleared > 2 else "deny"
    problem = "it is missing" if cleared is None else ""
    read = AttributeRead("subject.clearance", cleared, "number", "staff directory", problem)
    demands = ({"name": "step_up", "acr": "mfa"},) if cleared == 4 else ()
    return Decision(outcome, demands, (RuleRead("cleared", outcome, outcome, (read,), "as it is"),), says="Ask HR.")

def turned(question):
    was = question.attribute("subject.clearance")
    others = [Flip((Change("subject.clearance", was, now, "HR"),), judge(question.having("subject.clearance", now)))
              for now in (1, 3, 4)]
    return [each for each in others if each.to.allowed != judge(question).allowed]

record = {"subject": {"type": "user", "id": "alice", "properties": {"clearance": 2}}, "action": {"name": "read"},
          "resource": {"type": "record", "id": "1002"}}
trace = DecisionTrace(record, judge, turned, {"subject": lambda question: ["bob", "carol"]})
trace.apply(0)
trace.search("subject")
trace""",
    'proof = DecisionTrace(record, judge); proof.change({"subject.clearance": 4}); proof',
    'open_one = DecisionTrace(record, judge); open_one.change({"subject.clearance": None}); open_one',
    """controls = {"time": Slider.time_of_day("17:45"), "place": Slider.choice("home", ["home", "abroad"]),
            "trusted": Slider.yes_no(True), "clearance": Slider.number(2, 0, 5, unit="of 5")}
Sliders(controls)""",
    """cells = [(who, verb, "/pay", 200) for verb in ("GET", "PATCH") for who in ("alice", "bob", "carol")]
answers = {("bob", "PATCH"): 403, ("carol", "PATCH"): 0}

def ask(actor, verb, path):
    seen = lab.traffic.last
    return SimpleNamespace(status=answers.get((actor, verb), 200), exchange=seen, decision=trace.decision)

matrix = AccessMatrix(cells, ask)
matrix.open_cell("bob", "PATCH", "/pay")
matrix""",
    """RoleGraph({"hr": ["employee"], "payroll": ["employee"], "a": ["b"], "b": ["a"]}, {"carol": ["hr"]},
          {"employee": ["pay:own"]}, apart=[("hr", "payroll")])""",
    "from labsrv.workbench import Course; Course()",
    'from labsrv.workbench import Predict; Predict("02_sessions/whose", "Alice\'s", "Mallory\'s", "nobody\'s")',
    'Predict("02_sessions/in-words")',
    """ends = globals().get("ends", 0) + 1
if ends > 1:
    for each in (lab, other, oidc):
        each.stop()""",
]

# name: (which view, in the order of the notebook; what is to be seen in it)
VIEWS = {
    "BrowserView": (".al-browser", 0, "1 cookie"),
    "BrowserView without a page": (".al-browser", 1, "outside the lab"),
    "BrowserWindow": (".jupyter-widgets:has(> .widget-tab)", 0, "Server store"),
    "CookieInspector": (".al-ci", 1, "Would it be sent if"),
    "CookieInspector without a cookie": (".al-ci", 2, "no cookies."),
    "TrafficView with an open exchange": (".al-tv", 1, "What changed since"),
    "TrafficView as a table": (".al-tv", 2, "Cookies set"),
    "StoreView with a change and an open row": (".al-sv", 1, "Last change by bob"),
    "ClockControl": (".al-clock", 0, "31 min ahead of real time"),
    "CodeDiff": (".al-cd", 0, "keep_the_planted_id"),
    "Bars": (".al-chart", 0, "a factor of 37,500"),
    "Dots": (".al-chart", 1, "customers 65.5 ms"),
    "TokenInspector, not signed, sent": (".al-ti", 0, "Not signed"),
    "TokenInspector, valid": (".al-ti", 1, "may be guessed"),
    "TokenInspector, edited": (".al-ti", 2, "The claims changed here"),
    "TokenInspector without a token": (".al-ti", 3, "no dot in it"),
    "CookieInspector with an open token": (".al-ci", 3, "Token in the cookie"),
    "Mailbox with an open message": (".al-mail", 0, "Links open in"),
    "Mailbox without mail": (".al-mail", 1, "No mail yet"),
    "Phone with accounts and a message": (".al-phone", 0, "then"),
    "Phone that is lost": (".al-phone", 1, "This phone is lost"),
    "Phone without accounts": (".al-phone", 2, "No accounts yet"),
    "FlowView, a message with a change": (".al-fv", 0, "✎ dropped"),
    "FlowView, refused": (".al-fv", 1, "the provider, refuses"),
    "Lamps with a proof": (".al-lamps", 0, "still opens"),
    "DecisionTrace with a change": (".al-dt", 0, "✎ was 2"),
    "DecisionTrace that wants more proof": (".al-dt", 1, "Prove more"),
    "DecisionTrace that cannot be decided": (".al-dt", 2, "Cannot be decided"),
    "Sliders": (".al-sl", 0, "Back to the start"),
    "AccessMatrix with an open cell": (".al-am", 0, "Request and answer"),
    "RoleGraph with a cycle, a role chosen": (".al-rg", 0, "A cycle"),
    "Course": (".al-map", 0, "of the"),
    "Predict, said": (".al-predict", 0, "Noted"),
    "Predict, a line": (".al-predict", 1, "Your prediction"),
    "CheckPanel, failed, with a hint": (".al-checks", 0, "Next hint"),
    "CheckPanel, passed": (".al-checks", 1, "2 of 2 points"),
    "CheckPanel, a file that can't be read": (".al-checks", 2, "invalid syntax"),
}
# What is wider than a view, and the view itself where it would have to be scrolled sideways.
STICKS_OUT = """(view) => {
    const right = view.getBoundingClientRect().right + 1;
    const scrolls = (it) => it !== view && (getComputedStyle(it).overflowX !== "visible" || scrolls(it.parentElement));
    const seen = (it) => it.checkVisibility() && !it.closest(".al-quiet") && it.getBoundingClientRect().right > right;
    const parts = [...view.querySelectorAll("*")].filter((it) => seen(it) && !scrolls(it.parentElement));
    return [...(view.scrollWidth > view.clientWidth + 1 ? [view] : []), ...parts].map((it) => it.outerHTML);
}"""
FAULTS = {
    "image-alt": "it => it.append(document.createElement('img'))",
    "button-name": "it => it.append(document.createElement('button'))",
    "color-contrast": "it => { it.append('hardly to be read'); it.style.color = 'var(--al-line)' }",
}

# The contrast of the family's inks on its grounds, by name (WCAG 2.2, 1.4.3).
RATIOS = """(it, [inks, grounds]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const probe = it.appendChild(document.createElement("i"));
    const paint = (name) => {
        probe.style.color = `var(${name})`;
        pen.fillStyle = getComputedStyle(probe).color;
        pen.fillRect(0, 0, 1, 1);
    };
    const linear = (byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = (...layers) => {
        layers.forEach(paint);
        const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const ratios = inks.flatMap((ink) => grounds.map((ground) => {
        const [low, high] = [luminance(ground), luminance(ground, ink)].sort((a, b) => a - b);
        return [`${ink} on ${ground}`, (high + 0.05) / (low + 0.05)];
    }));
    probe.remove();
    return Object.fromEntries(ratios);
}"""
INKS = ["--al-ink", "--al-faint", "--al-good", "--al-bad", "--al-accent-ink", "--al-change"]
GROUNDS = ["--al-ground", "--al-raised"]


@pytest.fixture(scope="module")
def opened(chromium_browser, jupyter_server, tmp_path_factory):
    """Yield a page with all the views, in the states in which they show most."""
    course = copy_course(tmp_path_factory.mktemp("course"))
    shutil.copy(course / "solutions/00_start_here/00_template.py", course / "exercises/00_start_here")
    (course / "exercises/02_sessions/log_out.py").write_text("def end_session(:\n", encoding="utf-8")
    written(course, "views.ipynb", *CELLS)
    page = chromium_browser.new_page(viewport=WINDOW)
    with JupyterLab(jupyter_server, course) as jupyter:
        jupyter.open(page, "views.ipynb")
        jupyter.run_all(page)
        assert not jupyter.errors(page)
        page.keyboard.press("ControlOrMeta+b")  # the list of files, which nobody has open in a narrow window
        use_the_views(page)
        yield jupyter, page
        page.close()


def use_the_views(page):
    """Do what makes them show more."""
    address = page.get_by_label("Address in carol's browser")
    address.fill("https://example.org/")
    address.press("Enter")
    page.locator(".al-tv").nth(1).get_by_role("button", name="GET /account").click()
    page.locator(".al-tv").nth(2).get_by_role("button", name="As a table").click()
    page.locator(".al-sv").nth(1).locator(".al-sv-open").first.click()
    page.locator(".al-check-more:visible").first.click()
    page.locator(".al-mail").first.get_by_role("button", name="Your link").click()
    page.locator(".al-phone").first.get_by_role("button", name="Next code").click()
    page.locator(".al-phone").first.get_by_role("button", name="New code").click()
    page.locator(".al-fv").first.get_by_role("button", name="Drop state").click()
    page.locator(".al-rg").get_by_role("button", name="role hr").click()
    page.locator(".al-predict").first.get_by_role("button", name="nobody's").click()
    page.locator(".al-ci").nth(3).get_by_role("button", name="Look into the token").click()


@pytest.fixture(scope="module", params=[*THEMES, ENDED])
def page(request, opened):
    """Yield that page in one theme, at last with all labs at their end; the server and the kernel stay."""
    jupyter, page = opened
    jupyter.use_theme(page, THEMES.get(request.param, DARK))
    if request.param == ENDED:
        rerun(page, page.locator(".jp-CodeCell").last)
        page.locator(".al-ended").first.wait_for()
    return page


@pytest.fixture(scope="module")
def found(page):
    """Return what axe finds in each of the views, in a window so high that all of them are in sight."""
    views = {name: page.locator(css).nth(number) for name, (css, number, _) in VIEWS.items()}
    for name, (_, _, seen) in VIEWS.items():
        views[name].get_by_text(seen).first.wait_for()
    page.set_viewport_size(WINDOW | {"height": HEIGHT_OF_ALL})
    page.locator(".jp-WindowedPanel-outer:visible").evaluate("it => { it.scrollTop = 0 }")
    yield faults_in(page, views)
    page.set_viewport_size(WINDOW)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shuts_nobody_out(found, view):
    assert not found[view]


@pytest.mark.parametrize("width", [900, 640], ids=["a small window", "at 200 %"])
def test_no_view_sticks_out_where_it_is_narrow(page, width):
    """What is too wide is broken into lines, or has a frame of its own that scrolls; the view itself never does."""
    before = page.viewport_size
    page.set_viewport_size(before | {"width": width})
    try:
        wide = {name: page.locator(css).nth(number).evaluate(STICKS_OUT) for name, (css, number, _) in VIEWS.items()}
    finally:
        page.set_viewport_size(before)

    assert not {name: [part[:120] for part in parts] for name, parts in wide.items() if parts}


def test_the_keys_pressed_in_a_view_leave_the_notebook_alone(page):
    cells = page.locator(".jp-Cell")
    before = cells.evaluate_all("them => them.map((it) => it.className.match(/jp-\\w+Cell/)[0])")
    tried = 0
    for css, number, _ in VIEWS.values():
        control = page.locator(css).nth(number).locator(TABBABLE).first
        if control.count():
            control.focus()
            for key in SHORTCUTS:
                page.keyboard.press(key)
            tried += 1

    assert tried > 20
    assert cells.evaluate_all("them => them.map((it) => it.className.match(/jp-\\w+Cell/)[0])") == before
    assert not page.locator(".jp-Dialog").count()


@pytest.mark.parametrize("control", [".al-checks button", ".al-sv [role=tab]", ".al-address", ".widget-tab [role=tab]"])
def test_escape_gives_the_keys_back_to_the_notebook(page, control, request):
    controls = page.locator(f"{control}:not(:disabled):visible")
    if not controls.count():
        assert ENDED in request.node.callspec.id, "Only what acts on a lab that has ended can't be pressed."
        return

    controls.first.focus()
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.classList.contains('jp-Cell')")


def test_a_view_whose_lab_has_ended_says_so_and_can_only_be_looked_at(page, request):
    if ENDED not in request.node.callspec.id:
        assert not page.locator(".al-ended-note").count()
        return

    assert page.locator(".al").count() > 30
    assert not page.locator(
        ".al:not(.al-ended, .al-cd, .al-chart, .al-rg, .al-checks, .al-map, .al-predict, .al-ended .al)"
    ).count()
    assert not page.locator(":is(.al-cd, .al-chart, .al-rg, .al-checks, .al-map, .al-predict).al-ended").count()
    reload = page.get_by_role("region", name="alice's browser").get_by_role("button", name="Reload")
    assert reload.is_disabled()
    assert not page.get_by_text("Open in a real tab").locator("visible=true").count()
    page.locator(".al-tv").nth(1).get_by_role("button", name="GET /login").first.click()
    page.locator(".al-tv-details", has_text="GET http").first.wait_for()


def test_faults_in_a_view_are_found(page, found):
    """Otherwise the test above would say nothing."""
    views = {"ClockControl": page.locator(".al-clock"), "Phone": page.locator(".al-phone").last}
    view = views["ClockControl"]
    before = view.evaluate_handle("it => [it.getAttribute('style'), it.childNodes.length]")
    for fault in FAULTS.values():
        view.evaluate(fault)
    faulty = faults_in(page, views)
    view.evaluate(UNDO, before)

    assert {line.split(":")[0] for line in faulty["ClockControl"]} == set(FAULTS)
    assert not faulty["Phone"], "A fault is told of the view that it is in."
    assert not faults_in(page, views)["ClockControl"]


def test_landmarks_of_the_same_name_are_found_in_one_view_only(page, found):
    """Two views on a page may have parts of one name, a view may not."""
    views = {"one": page.locator(".al-ti").nth(0), "other": page.locator(".al-ti").nth(1)}
    parts = "<section aria-label='Tea'></section>"
    for view in views.values():
        view.evaluate(f"it => it.insertAdjacentHTML('beforeend', \"{parts}\")")
    once = faults_in(page, views)
    views["one"].evaluate(f"it => it.insertAdjacentHTML('beforeend', \"{parts}\")")
    twice = faults_in(page, views)
    for view in views.values():
        view.evaluate("it => it.querySelectorAll('[aria-label=Tea]').forEach((each) => each.remove())")

    assert once == {"one": [], "other": []}
    assert [line.split(":")[0] for line in twice["one"]] == ["landmark-unique"] and not twice["other"]


UNDO = """(it, [style, children]) => {
    while (it.childNodes.length > children) it.lastChild.remove();
    if (style === null) it.removeAttribute("style"); else it.setAttribute("style", style);
}"""


def test_every_ink_is_read_on_every_ground(page):
    """axe passes over signs of one letter and text before a drawing; they have the same few colours."""
    ratios = page.locator(".al-sv").nth(1).evaluate(RATIOS, [INKS, GROUNDS])
    faint = {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5}

    assert len(ratios) == len(INKS) * len(GROUNDS)
    assert not faint


def test_the_page_in_the_frame_shuts_nobody_out(page, chromium_page):
    """The view builds it again, and gives it a look of its own. No script runs in there: axe looks at a copy of it."""
    frame = page.locator(".al-browser iframe").first.element_handle().content_frame()
    chromium_page.set_content(frame.content())

    expect(chromium_page.get_by_role("heading", name="Log in")).to_be_visible()
    assert not faults(chromium_page)
