"""The plain views: hostile data stays text, lines stay within the width, and what they say is what happened."""

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.shown import WIDTH
from labsrv.labs import complete, flaws_of, furnish, secure
from labsrv.labs.sessions.people import log_in, put_in_basket
from labsrv.widgets import show

HOSTILE = "<img src=x onerror=alert(1)>[bold]{code}</pre>"


@pytest.fixture
def lab():
    """A lab in which Alice is logged in, with hostile things in her basket and her traffic."""
    lab = Lab("sessions", place=FirstNumber(), hash_cost="low", report=lambda exchange: None)
    furnish(lab, "sessions", complete("sessions", {})(lab))
    log_in(lab.alice, lab.shop)
    put_in_basket(lab.alice, lab.shop, HOSTILE)
    yield lab
    lab.stop()


VIEWS = {
    "an exchange": lambda lab: show.exchange(lab.alice.page.exchanges[0]),
    "the traffic": lambda lab: show.traffic(lab.traffic),
    "cookies": lambda lab: show.cookies(lab.alice),
    "cookies sent": lambda lab: show.sent(lab.alice.page.exchange),
    "cookies stored": lambda lab: show.sent(lab.traffic.of("alice")[0]),
    "no cookie": lambda lab: show.sent(lab.bob.navigate(lab.shop.url).exchange),
    "rows": lambda lab: show.rows(lab.db.sessions),
    "no rows": lambda lab: show.rows(lab.db.nothing),
    "code": lambda lab: show.code(secure("sessions", "may_pass")),
    "code beside code": lambda lab: show.side_by_side(
        secure("sessions", "cookie_settings"), flaws_of("sessions")["let_scripts_read_it"]
    ),
}


@pytest.mark.slow("every view, large")
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_is_text_within_its_width_and_markup_of_ours_only(view, lab):
    bundle = view(lab)._repr_mimebundle_()

    assert bundle["text/plain"].strip()
    assert max(len(line) for line in bundle["text/plain"].splitlines()) <= WIDTH
    assert "<img" not in bundle["text/html"] and bundle["text/html"].count("<pre") == 1


def test_what_a_visitor_sent_is_shown_as_the_characters_it_is(lab):
    lab.alice.navigate(lab.shop.orders)
    lab.alice.fetch(lab.shop.url, method="POST", body=HOSTILE)

    assert HOSTILE in repr(show.exchange(lab.alice.history[-1]))
    assert HOSTILE[:20] in repr(show.rows(lab.db.sessions))


def test_every_line_of_both_sides_is_in_a_comparison_and_differences_are_marked():
    def sound(a):
        """Say one thing."""
        first = a
        return first

    def broken(a):
        """Say another."""
        return a

    lines = [line.rstrip() for line in repr(show.side_by_side(sound, broken)).splitlines()]

    assert lines[0].split() == ["secure:", "sound", "flawed:", "broken"]
    assert [line.count("▌") for line in lines[1:]] == [0, 2, 1]
    assert not any("Say" in line for line in lines)
