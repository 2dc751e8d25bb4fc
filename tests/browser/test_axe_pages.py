"""Nobody is shut out by a lesson's own pages: axe finds nothing on any that a person reaches, in a real Chromium.

All GET routes of all sites are visited, by Alice and by a stranger; each form is sent with nonsense in it, by a
stranger only where Alice does not meet it, and once as Alice would. A page is looked at unless one of the same elements
and attributes was. Templates that no such walk reaches are looked at on their own: a new one needs no line here.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import flask
import jinja2
import pytest
from playwright.sync_api import Error

from labsrv.kit.addresses.names import LabNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs import complete, furnish, techniques
from tests.browser.axe import faults

NONSENSE = "0000 nonsense"
# What the walk through a lesson reaches at least: otherwise it would find nothing because it sees nothing.
REACHED = {
    "start_here": {"home"},
    "sessions": {"home", "login", "account", "confirm", "payment", "password", "sessions"},
}
FAULTS = {
    "image-alt": ("<h1>", "<img src='data:image/gif;base64,'><h1>"),
    "label": ("<label>Name", "Name<label>"),
    "html-has-lang": (' lang="en"', ""),
    "color-contrast": ("color: #222", "color: #ccc"),
}
FORMS = """forms => forms.map((form, place) => [place, form.getAttribute("action") + " " +
    [...form.elements].map((each) => each.name + (each.type === "hidden" ? "" : each.value)).join(" ")])"""

# What a page is made of, without its words, its values, and what is drawn anew for each.
SHAPE = """() => {
    const free = new Set(["value", "href", "action", "src", "content", "nonce", "d"]);
    const drawn = /[0-9A-Za-z_-]{9,}|[0-9]+/g;
    const shape = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? "t" : "";
        if (node.nodeType !== Node.ELEMENT_NODE) return "";
        const said = ({ name, value }) => (free.has(name) ? name : `${name}=${value.replace(drawn, "#")}`);
        const own = [...node.attributes].map(said);
        return `<${[node.tagName, ...own].join(" ")}>${[...node.childNodes].map(shape).join("")}</>`;
    };
    return shape(document.documentElement);
}"""

FILL_IN = """(form, values) => {
    for (const field of form.querySelectorAll("input:not([type=hidden], [type=checkbox])"))
        field.value = values[field.type] ?? values[""];
    form.noValidate = true;  // a browser would keep nonsense to itself
    form.querySelector("button").click();
}"""


class Blank(jinja2.ChainableUndefined):
    """Whatever a template asks for that is not there: empty, whatever one does with it."""

    def __call__(self, *_: object, **__: object) -> "Blank":
        return self


class Walk:
    """One lesson, walked through by a stranger and by Alice."""

    def __init__(self, technique, browser):
        self.technique = technique
        self.lab = Lab(technique, place=LabNumber(), hash_cost="low", report=lambda exchange: None)
        furnish(self.lab, technique, complete(technique, {})(self.lab))
        self.apps = [app for _, app in self.lab.front.sites.values()]
        self.templates: set[str] = set()
        self.examined: set[str] = set()
        self.faults: list[str] = []
        self.fresh_for: object = self  # whose cookies the page has, if nothing was sent since they came
        self.page = browser.new_page()
        self.verbs = import_module(f"labsrv.labs.{technique}.people")
        for app in self.apps:
            flask.template_rendered.connect(self.note, app)

    def note(self, app, template, **_):
        self.templates.add(template.name)

    def go(self):
        """Visit everything as Alice, then as a stranger."""
        met = set()
        for who in (self.lab.alice, None):
            for url in self.addresses():
                for key, place in self.forms(url, who).items():
                    if key not in met:
                        self.send(url, who, place, NONSENSE)
                    met.add(key)
                    if who:
                        self.send(url, who, place, "")

    def addresses(self) -> Iterator[str]:
        """Yield the address of every route that answers a GET and needs no name filled in. Of sites that are the same
        program, such as two providers, the first is enough.
        """
        met = set()
        for site in self.lab.sites.values():
            rules = [rule.rule for rule in rules_of(site) if "GET" in rule.methods and not rule.arguments]
            if tuple(rules) not in met:
                yield from (site.origin + rule for rule in rules)
            met.add(tuple(rules))

    def page_of(self, who):
        """Return the page, with the cookies of somebody who has logged in where one can, and no others."""
        if self.fresh_for is who:
            return self.page
        self.fresh_for = who
        self.page.context.clear_cookies()
        if who and hasattr(self.verbs, "log_in"):
            who.jar.clear()
            self.verbs.log_in(who, self.lab.shop)
            self.page.context.add_cookies(
                [
                    {"name": each.name, "value": each.value, "url": f"https://{each.domain}/", "secure": True}
                    for each in who.jar.all()
                ]
            )
        return self.page

    def forms(self, url, who):
        """Look at a page, and return the places of its forms, those that differ in more than a hidden value."""
        page = self.page_of(who)
        if not is_shown(page, url):
            return {}
        self.look_at(page)
        return {f"{url} {key}": place for place, key in page.locator("form").evaluate_all(FORMS)}

    def send(self, url, who, place, nonsense):
        """Send one of a page's forms, and look at the answer."""
        page = self.page_of(who)
        page.goto(url)
        if page.locator("form").count() <= place:
            return  # A form that was sent before has taken it off the page.
        self.fill(page.locator("form").nth(place), nonsense)
        self.fresh_for = self
        self.look_at(page)

    def fill(self, form, nonsense):
        """Fill in a form as Alice would, or with nonsense, and send it."""
        alice = self.lab.people["alice"]
        own = {"password": alice.password, "email": alice.email, "": alice.name}
        with form.page.expect_navigation():
            form.evaluate(FILL_IN, dict.fromkeys(own, nonsense) if nonsense else own)

    def look_at(self, page):
        """Ask axe about a page, unless it was asked about one like it."""
        shape = page.evaluate(SHAPE)
        if "html" not in page.evaluate("document.contentType") or shape in self.examined:
            return
        self.examined.add(shape)
        self.faults += [f"{page.url}: {fault}" for fault in faults(page)]


def rules_of(site):
    """Return the rules of a site's routes, where it says them."""
    return [*site.routes.iter_rules()] if site.routes else []


def is_shown(page, url):
    """Go to an address, and return whether there is anything to see: a refusal for programs may have no words."""
    try:
        page.goto(url)
    except Error as error:
        if "ERR_HTTP_RESPONSE_CODE_FAILURE" not in str(error):
            raise
        page.wait_for_url("chrome-error://chromewebdata/")  # which would get in the way of the next
        return False
    return True


@pytest.fixture(scope="module")
def walks(chromium_browser):
    """Return `walks(technique)`: a lesson after the walk through it. Each is walked through once."""
    done = {}

    def walk(technique):
        if technique not in done:
            done[technique] = Walk(technique, chromium_browser)
            done[technique].go()
        return done[technique]

    yield walk
    for each in done.values():
        each.page.close()
        each.lab.stop()
        each.lab.clock.reset()


@pytest.mark.parametrize("technique", techniques())
def test_a_page_that_a_person_reaches_shuts_nobody_out(technique, walks, record_figure):
    walk = walks(technique)
    reached = {name.removesuffix(".html") for name in walk.templates}

    record_figure(f"axe: pages of {technique}", len(walk.examined))
    assert reached >= REACHED.get(technique, set())
    assert not walk.faults, "\n".join(walk.faults)


@pytest.mark.parametrize("technique", techniques())
def test_a_template_that_no_walk_reaches_shuts_nobody_out(technique, walks, chromium_page):
    walk = walks(technique)
    app = walk.apps[0]
    folder = Path(import_module(f"labsrv.labs.{technique}").__file__).parent / "templates"
    written = {each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8") for each in folder.rglob("*.html")}
    bases = {name for text in written.values() for name in re.findall(r'{%-? extends "([^"]+)"', text)}

    assert written, f"{technique} has no templates"
    for name in sorted(set(written) - bases - walk.templates):
        environment = app.jinja_env.overlay(undefined=Blank)
        with app.test_request_context():
            chromium_page.set_content(environment.get_template(name).render(app.jinja_env.globals))
        assert not faults(chromium_page), name


@pytest.mark.parametrize(("fault", "change"), FAULTS.items(), ids=FAULTS)
def test_a_fault_in_a_page_is_found(fault, change, walks, chromium_page):
    """Otherwise the tests above would say nothing."""
    chromium_page.goto(walks("sessions").lab.shop.login)
    sound = chromium_page.content()
    chromium_page.set_content(sound.replace(*change))

    assert [line for line in faults(chromium_page) if line.startswith(f"{fault}:")]
    chromium_page.set_content(sound)
    assert not faults(chromium_page)
