"""A hand that is faster than the kernel: an answer that comes late must not undo what was chosen meanwhile."""

import json

import pytest

from labsrv.kit.browser.browser import Browser
from labsrv.widgets.cookies.inspector import CookieInspector

# A view's script in a page of its own; what it tells the kernel is kept, and the test answers when it likes.
PLACE = """async ([script, state]) => {
  const told = {};
  window.model = {
    state, sent: [],
    get: (name) => window.model.state[name],
    on: (event, heard) => (told[event] ??= []).push(heard),
    off: () => null,
    send: (wish) => window.model.sent.push(wish),
    take: (state) => {
      const changed = Object.keys(state);
      Object.assign(window.model.state, state);
      for (const name of changed) for (const heard of told[`change:${name}`] ?? []) heard();
    },
  };
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  (await import(url)).default.render({ model: window.model, el: document.body });
}"""


@pytest.fixture
def view():
    """Yield a view on a browser with one cookie that says nothing of SameSite."""
    alice = Browser("alice", transport=None)
    alice.jar.receive("sid=1", "http://shop.localhost/")
    view = CookieInspector(alice, sites=["http://mallory.localhost"])
    yield view
    view.close()


def state_of(view):
    """Return what the kernel has told the front end."""
    return {name: json.loads(json.dumps(getattr(view, name))) for name in view.traits(sync=True) if name in SHOWN}


SHOWN = ("name", "cookies", "chosen", "answer", "requests", "request", "choices", "inspecting")


def answer(page, view, number):
    """Let the kernel answer a wish, by its number."""
    view.wished(None, page.evaluate("number => window.model.sent[number]", number), None)
    page.evaluate("state => window.model.take(state)", state_of(view))


def test_a_late_answer_undoes_no_choice(chromium_page, view):
    page = chromium_page
    page.evaluate(PLACE, [view._esm, state_of(view)])
    page.get_by_label("it comes from").select_option("mallory.localhost")
    page.get_by_label("by", exact=True).select_option("form")
    answer(page, view, 0)
    page.get_by_label("when").select_option("180")
    asked = page.evaluate("window.model.sent.map(({ question }) => question)")
    assert asked[-1] == {"from": "mallory.localhost", "by": "form", "after": 180, "over": "http"}

    answer(page, view, 1)
    answer(page, view, 2)
    verdict = page.locator(".al-ci-verdict").inner_text()
    assert verdict.startswith("✕ Withheld") and "POST" in verdict
    assert page.get_by_label("by", exact=True).input_value() == "form"
