"""End sessions in time.

What `still_alive` and `touch` promise, with a clock that can be moved: 30 minutes without use, 12 hours in any case.
"""

from labsrv.grading import promise
from labsrv.labs.sessions.people import is_logged_in, log_in, session_cookie

PLACE = 4
DECIDES = ("still_alive", "touch")


def poll(browser, shop):
    """Do what an open page does by itself."""
    browser.fetch(shop.heartbeat, method="POST", from_=shop.url)


@promise()
def test_alice_stays_logged_in_while_she_shops(lab, shop, alice):
    """Alice is logged in 29 minutes and 59 seconds after her last click."""
    log_in(alice, shop)
    lab.clock.advance(minutes=29, seconds=58)

    assert is_logged_in(alice, shop), "Alice was logged out before her 30 minutes were over."


@promise()
def test_each_click_gives_another_half_hour(lab, shop, alice):
    """Alice clicks every 20 minutes for eleven hours and stays logged in."""
    log_in(alice, shop)
    for _ in range(33):
        lab.clock.advance(minutes=20)
        assert is_logged_in(alice, shop), "Alice was logged out although she clicked 20 minutes ago."


@promise()
def test_alice_can_log_in_again(lab, shop, alice):
    """A day later Alice logs in again, and everything counts from then."""
    log_in(alice, shop)
    lab.clock.advance(days=2)
    log_in(alice, shop)
    lab.clock.advance(minutes=20)

    assert is_logged_in(alice, shop), "Alice logged in 20 minutes ago and is not logged in."


@promise(
    points=2,
    after=test_alice_stays_logged_in_while_she_shops,
    asvs="7.3.1",
    cwe=613,
    hints=[
        "Log in, move the clock by 31 minutes, and look at the row in `lab.db.sessions`. Which field tells how long?",
        "Compare `now` with `last_seen`. How long may the difference be?",
    ],
)
def test_half_an_hour_without_use_ends_it(lab, shop, alice, mallory):
    """Thirty minutes and a second after Alice's last click, her session is over for good, for a copied cookie too."""
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    lab.clock.advance(minutes=30, seconds=1)
    page = alice.navigate(shop.account)

    assert "q=session-expired" in page.url, f"Alice's session was not over: the shop showed {page.url}."
    assert not is_logged_in(mallory, shop, as_=alice), "A copied cookie still opens a session that was not used."
    assert not lab.db.sessions.count_documents({}), "The session is over, and its row is still in the store."

    lab.clock.advance(minutes=-5)
    assert not is_logged_in(mallory, shop, as_=alice), "The clock was set back, and the session was alive again."


@promise(
    points=1,
    after=test_half_an_hour_without_use_ends_it,
    asvs="7.3.1",
    cwe=613,
    hints=[
        "How many hours does your limit have? Move the clock by a day and five minutes.",
        "What does `timedelta.seconds` tell about a difference of more than a day?",
    ],
)
def test_it_stays_over(lab, shop, alice):
    """However much later somebody comes, the session is over: a day and five minutes, or a year."""
    for later in ({"days": 1, "minutes": 5}, {"days": 365, "minutes": 1}):
        log_in(alice, shop)
        lab.clock.advance(**later)
        assert not is_logged_in(alice, shop), f"A session was alive {later} later."


@promise(
    points=2,
    after=test_each_click_gives_another_half_hour,
    asvs="7.3.2",
    cwe=613,
    hints=[
        "Let Mallory come every 20 minutes for a week: `attacks.stay_for_a_week(lab)`. Which field never changes?",
        "Two limits are two conditions. Which of them has to hold?",
    ],
)
def test_twelve_hours_end_it_in_any_case(lab, shop, alice, mallory):
    """Twelve hours after the login the session is over, even if it was used every 20 minutes."""
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    for _ in range(36):
        lab.clock.advance(minutes=20)
        is_logged_in(mallory, shop, as_=alice)
    lab.clock.advance(seconds=1)

    assert not is_logged_in(mallory, shop, as_=alice), "More than twelve hours after the login, the session lives on."


@promise(
    points=2,
    after=test_half_an_hour_without_use_ends_it,
    asvs="7.3.1",
    cwe=613,
    hints=[
        "Who sends `POST /heartbeat`: Alice or her browser?",
        "`touch` is told whether a person was there. Does it listen?",
    ],
)
def test_a_page_that_polls_is_nobody(lab, shop, alice):
    """A page left open, which asks for news every ten minutes, does not keep the session alive."""
    log_in(alice, shop)
    for _ in range(4):
        lab.clock.advance(minutes=10)
        poll(alice, shop)

    assert not is_logged_in(alice, shop), "Nobody was there for 40 minutes, and the session lives on."
