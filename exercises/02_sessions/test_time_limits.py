"""End sessions in time.

What `still_alive` and `touch` promise, with a clock that can be moved: 30 minutes without use, 12 hours after the login
in any case. A session that is as old as a limit, to the second, may be over or not.
"""

from datetime import timedelta

from labsrv.grading import promise
from labsrv.labs.sessions.people import confirm, is_logged_in, log_in, put_in_basket, session_cookie

PLACE = 4
DECIDES = ("still_alive", "touch")

A_MOMENT = timedelta(seconds=1)
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)

# How long ago the login was, and how long ago the last visit.
ALIVE = {
    "the last moment of the 30 minutes": (IDLE - A_MOMENT, IDLE - A_MOMENT),
    "the last moment of the 30 minutes, late in the day": (timedelta(hours=11), IDLE - A_MOMENT),
    "the last moment of the 12 hours": (ABSOLUTE - A_MOMENT, timedelta(seconds=1)),
    "the last moment of both": (ABSOLUTE - A_MOMENT, IDLE - A_MOMENT),
}
NOT_USED = {
    "30 minutes and a moment": (IDLE + A_MOMENT, IDLE + A_MOMENT),
    "30 minutes and a moment, late in the day": (timedelta(hours=11), IDLE + A_MOMENT),
    "an hour": (timedelta(hours=1), timedelta(hours=1)),
    "a little less than 12 hours": (ABSOLUTE - A_MOMENT, ABSOLUTE - A_MOMENT),
    "a day and five minutes": (timedelta(days=1, minutes=5), timedelta(days=1, minutes=5)),
    "a year": (timedelta(days=365), timedelta(days=365)),
}
TOO_OLD = {
    "12 hours and a moment": (ABSOLUTE + A_MOMENT, A_MOMENT),
    "12 hours and a moment, and the last visit was 29 minutes ago": (ABSOLUTE + A_MOMENT, timedelta(minutes=29)),
    "a day and five minutes": (timedelta(days=1, minutes=5), timedelta(minutes=1)),
    "a month": (timedelta(days=30), timedelta(minutes=1)),
    "a year": (timedelta(days=365), timedelta(minutes=1)),
}


def poll(browser, shop):
    """Do what an open page does by itself."""
    browser.fetch(shop.heartbeat, method="POST", from_=shop.url)


def wrongly_judged(lab, alice, shop, restart_shop, ages, *, alive):
    """Return the ages at which Alice's session is not as it should be, in a shop whose time stands still."""
    log_in(alice, shop)
    put_in_basket(alice, shop)
    confirm(alice, shop)
    row, cookie, now = lab.db.sessions.find_one({}), session_cookie(alice, shop), lab.clock.now()
    restart_shop(at=now.timestamp())
    wrong = []
    for words, (login, visit) in ages.items():
        aged = row | {"created_at": now - login, "last_seen": now - visit}
        lab.db.sessions.replace_one({"_id": row["_id"]}, aged, upsert=True)
        alice.jar.put(cookie)
        if is_logged_in(alice, shop) != alive:
            wrong.append(words)
    return wrong


@promise()
def test_alice_stays_logged_in_while_she_shops(lab, shop, alice, restart_shop):
    """Alice is logged in until the last moment of the 30 minutes after her last click, and of the 12 hours."""
    wrong = wrongly_judged(lab, alice, shop, restart_shop, ALIVE, alive=True)
    assert not wrong, f"Alice was logged out before her time was over, at {wrong[0]}."


@promise()
def test_each_click_gives_another_half_hour(lab, shop, alice, draw, two_processes):
    """Alice clicks after minutes or nearly half an hour, for eleven hours, and stays logged in, in two processes."""
    log_in(alice, shop)
    long, short = timedelta(minutes=29, seconds=30), [draw.randint(1, 10) for _ in range(4)]
    pauses = [long] * 19 + [timedelta(minutes=each) for each in short]
    draw.shuffle(pauses)
    # After a click that follows a click at once, the half hour begins anew all the same.
    for pause in [*pauses, timedelta(seconds=20), long, timedelta(minutes=1), long]:
        lab.clock.advance(seconds=pause.total_seconds())
        assert is_logged_in(alice, shop), f"Alice clicked {pause} ago, in the shop's other process, and was logged out."


@promise()
def test_a_page_that_polls_does_no_harm(lab, shop, alice):
    """Alice reads for 28 minutes a page that asks for news by itself, and is logged in when she clicks, twice."""
    log_in(alice, shop)
    for _ in range(2):
        for _ in range(4):
            lab.clock.advance(minutes=7)
            poll(alice, shop)
        assert is_logged_in(alice, shop), "Alice clicked 28 minutes ago, on a page that polls, and was logged out."


@promise()
def test_alice_can_log_in_again(lab, shop, alice):
    """Two days later Alice logs in again, and everything counts from then."""
    log_in(alice, shop)
    old = session_cookie(alice, shop)
    lab.clock.advance(days=2)
    log_in(alice, shop)
    assert session_cookie(alice, shop).value != old.value, "Alice logged in again and got no new session."

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
def test_half_an_hour_without_use_ends_it(lab, shop, alice, browser, mallory, draw):
    """Thirty minutes and a second after Alice's last click, her session is over for good, for a copied cookie too."""
    tea = draw.word()
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    put_in_basket(alice, shop)
    put_in_basket(browser, shop, tea)
    lab.clock.advance(minutes=30, seconds=1)
    assert not browser.navigate(shop.url).sees(tea), "A visitor's session was not used for 30 minutes, and lives on."
    page = alice.navigate(shop.account)

    assert "q=session-expired" in page.url, "More than 30 minutes after Alice's last click, her session was not over."
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
def test_it_stays_over(lab, shop, alice, restart_shop):
    """However much later somebody comes, the session is over: a moment, a day and five minutes, or a year."""
    wrong = wrongly_judged(lab, alice, shop, restart_shop, NOT_USED, alive=False)
    assert not wrong, f"A session that nobody had used for {wrong[0]} was alive."


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
    """Twelve hours after the login the session is over, even if it was used all the time and confirmed in between."""
    log_in(alice, shop)
    for hours in range(12):
        lab.clock.advance(minutes=29, seconds=30)
        if hours == 6:
            confirm(alice, shop)
        assert is_logged_in(alice, shop), "Alice clicked 29 minutes and 30 seconds ago, and was logged out."
        lab.clock.advance(minutes=29, seconds=30)
        assert is_logged_in(alice, shop), "Alice clicked 29 minutes and 30 seconds ago, and was logged out."
    mallory.jar.put(session_cookie(alice, shop))
    lab.clock.advance(minutes=12, seconds=1)

    assert not is_logged_in(mallory, shop, as_=alice), "More than twelve hours after the login, the session lives on."


@promise(
    points=1,
    after=test_twelve_hours_end_it_in_any_case,
    asvs="7.3.2",
    cwe=613,
    hints=[
        "Mallory keeps the session busy, for twelve hours, a day, a month. What of it does she not change?",
        "Each limit holds by itself. What does your function say when one is kept and the other is not?",
    ],
)
def test_use_buys_no_further_hours(lab, shop, alice, restart_shop):
    """However much later, and however busy it was, the session is over: a moment, a day and five minutes, or a year."""
    wrong = wrongly_judged(lab, alice, shop, restart_shop, TOO_OLD, alive=False)
    assert not wrong, f"A session in use was alive although the login was longer ago than 12 hours: {wrong[0]}."


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
    """A page left open, which asks for news again and again, does not keep the session alive."""
    log_in(alice, shop)
    for seconds in (1, 60, 600, 600, 530):
        lab.clock.advance(seconds=seconds)
        poll(alice, shop)
    lab.clock.advance(seconds=15)

    assert not is_logged_in(alice, shop), "Nobody but an open page was there for 30 minutes, and the session lives on."
