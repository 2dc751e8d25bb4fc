"""Nobody is shut out by a lesson's own pages: axe finds nothing on any that a person reaches, in a real Chromium, nor
anything that is too faint where dark pages are preferred.

All GET routes of all sites are visited, by Alice and by a stranger; each form is sent with nonsense in it, by a
stranger only where Alice does not meet it, and once as Alice would. The lab's own browsers do that, at a tenth of the
price; Chromium is shown each page unless it has had one of the same elements and attributes. Templates that no such
walk reaches are looked at on their own: a new one needs no line here.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import flask
import jinja2
import pytest

from labsrv.kit.addresses.names import LabNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs import complete, furnish, techniques
from tests.browser.axe import faint_in_the_dark, faults

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
    "color-contrast": ("--ink: #26302a", "--ink: #ccc"),
}
# What a page is made of, without its words, its values, and what is drawn anew for each.
FREE = {"value", "href", "action", "src", "content", "nonce", "d"}
DRAWN = re.compile(r"[0-9A-Za-z_-]{9,}|[0-9]+")
# Fields that keep what they have when a form is filled in.
KEPT = {"hidden", "checkbox", "submit"}


class Shape(HTMLParser):
    """A page's elements and attributes, and the kind of each of its fields by its name."""

    def __init__(self, html: str):
        super().__init__()
        self.parts: list[str] = []
        self.kinds: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = (name if name in FREE or value is None else f"{name}={DRAWN.sub('#', value)}" for name, value in attrs)
        self.parts.append(f"<{' '.join([tag, *said])}>")
        if tag == "input":
            given = dict(attrs)
            self.kinds[given.get("name") or ""] = given.get("type") or "text"

    def handle_endtag(self, tag):
        self.parts.append("</>")

    def handle_data(self, data):
        self.parts.append("t" if data.strip() else "")


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
        self.fresh_for: object = self  # who is as if they had just come, if nothing was sent since
        self.alice, self.stranger = self.lab.alice, self.lab.browser("visitor")
        self.chromium = browser.new_page()
        self.verbs = import_module(f"labsrv.labs.{technique}.people")
        for app in self.apps:
            flask.template_rendered.connect(self.note, app)

    def note(self, app, template, **_):
        self.templates.add(template.name)

    def go(self):
        """Visit everything as Alice, then as a stranger."""
        met = set()
        for who in (self.alice, self.stranger):
            for url in self.addresses():
                for key, place in self.forms(url, who).items():
                    if key not in met:
                        self.send(url, who, place, NONSENSE)
                    met.add(key)
                    if who is self.alice:
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

    def page_of(self, who, url):
        """Return a page as somebody sees it who has just logged in where one can, and no more."""
        if self.fresh_for is not who:
            self.fresh_for = who
            who.jar.clear()
            if who is self.alice and hasattr(self.verbs, "log_in"):
                self.verbs.log_in(who, self.lab.shop)
        return who.navigate(url)

    def forms(self, url, who):
        """Look at a page, and return the places of its forms, those that differ in more than a hidden value."""
        page = self.page_of(who, url)
        kinds = self.look_at(page)
        return {f"{url} {key_of(form, kinds)}": place for place, form in enumerate(page.forms)}

    def send(self, url, who, place, nonsense):
        """Send one of a page's forms, filled in as Alice would or with nonsense, and look at the answer."""
        page = self.page_of(who, url)
        if len(page.forms) <= place:
            return  # A form that was sent before has taken it off the page.
        form, kinds = page.forms[place], Shape(page.text).kinds
        own = {"password": self.alice.person.password, "email": self.alice.person.email}
        open_to_all = [name for name in form.fields if kinds.get(name, "text") not in KEPT]
        filled = {name: nonsense or own.get(kinds.get(name), self.alice.person.name) for name in open_to_all}
        self.fresh_for = self
        self.look_at(who.submit(form, **filled))

    def look_at(self, page):
        """Ask axe about a page, unless it was asked about one like it; return the kinds of its fields."""
        if not page.is_html or not page.body:  # a refusal for programs may have no words
            return {}
        shape = Shape(page.text)
        if "".join(shape.parts) not in self.examined:
            self.examined.add("".join(shape.parts))
            shown = self.shown(page)
            self.faults += [f"{page.url}: {fault}" for fault in [*faults(shown), *faint_in_the_dark(shown)]]
        return shape.kinds

    def shown(self, page):
        """Let Chromium open a page's address, and get what the lab's own browser got there."""

        def answer(route):
            if route.request.is_navigation_request():
                route.fulfill(body=page.body, content_type=page.headers["Content-Type"])
            else:
                route.continue_()

        self.chromium.unroute_all()
        self.chromium.route("**/*", answer)
        self.chromium.goto(page.url)
        return self.chromium


def key_of(form, kinds):
    """Return what tells a form from others: where it goes, its fields, and the values of those that are seen."""
    seen = [name if kinds.get(name) == "hidden" else f"{name}{value}" for name, value in form.fields.items()]
    return " ".join([form.action, *seen, *form.boxes, *(each.name + each.value for each in form.buttons)])


def rules_of(site):
    """Return the rules of a site's routes, where it says them."""
    return [*site.routes.iter_rules()] if site.routes else []


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
        each.chromium.close()
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
        assert not [*faults(chromium_page), *faint_in_the_dark(chromium_page)], name


@pytest.mark.parametrize(("fault", "change"), FAULTS.items(), ids=FAULTS)
def test_a_fault_in_a_page_is_found(fault, change, walks, chromium_page):
    """Otherwise the tests above would say nothing."""
    chromium_page.goto(walks("sessions").lab.shop.login)
    sound = chromium_page.content()
    chromium_page.set_content(sound.replace(*change))

    assert [line for line in faults(chromium_page) if line.startswith(f"{fault}:")]
    chromium_page.set_content(sound)
    assert not faults(chromium_page)


def test_text_that_is_too_faint_in_the_dark_is_found(walks, chromium_page):
    chromium_page.goto(walks("sessions").lab.shop.login)
    sound = chromium_page.content()
    chromium_page.set_content(sound.replace("--ink: #e9e6da", "--ink: #26302a"))

    assert not faults(chromium_page)
    assert faint_in_the_dark(chromium_page)
    chromium_page.set_content(sound)
    assert not [*faults(chromium_page), *faint_in_the_dark(chromium_page)]
