"""Who listens to a browser hears of every visit, and of nothing else."""

import pytest

from tests.kit.fake_sites import SHOP, at_home

VISITS = {
    "a typed address": (lambda alice: alice.navigate(f"{SHOP}/tea"), f"{SHOP}/tea"),
    "a link": (lambda alice: alice.click("Tea"), f"{SHOP}/tea"),
    "a form": (lambda alice: alice.submit(f"{SHOP}/basket", tea="Oolong"), f"{SHOP}/basket"),
    "a redirect": (lambda alice: alice.navigate(f"{SHOP}/moved"), f"{SHOP}/tea"),
    "going back": (lambda alice: (alice.navigate(f"{SHOP}/tea"), alice.back()), f"{SHOP}/"),
    "a reload": (lambda alice: alice.reload(), f"{SHOP}/"),
    "an answer without content": (lambda alice: alice.navigate(f"{SHOP}/nothing"), f"{SHOP}/nothing"),
}


@pytest.mark.parametrize(("act", "url"), VISITS.values(), ids=VISITS)
def test_listeners_hear_of_each_visit(act, url):
    alice, _ = at_home()
    heard = []
    alice.listeners.append(heard.append)
    act(alice)

    assert heard[-1].url == url


def test_fetches_and_images_are_no_visits():
    alice, _ = at_home()
    alice.listeners.append(lambda page: pytest.fail("no visit"))

    alice.fetch("/api")
    alice.load_image("/tea.png")
