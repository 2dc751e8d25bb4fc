"""End a session where it lives.

What the three ways out promise, seen from the other devices and from a copied cookie.
"""

import pytest

from labsrv.grading import promise
from labsrv.kit.accounts import Accounts
from labsrv.kit.people import Person
from labsrv.labs.sessions.people import (
    is_logged_in,
    log_in,
    log_out,
    log_out_everywhere,
    put_in_basket,
    session_cookie,
)

PLACE = 5
DECIDES = ("end_session", "end_every_session", "end_other_sessions")


@pytest.fixture
def devices(lab, alice):
    """Alice's tablet, phone and laptop."""
    found = [lab.browser(name) for name in ("tablet", "phone", "laptop")]
    for device in found:
        device.person = alice.person
    return found


@pytest.fixture
def namesake(lab, alice, draw):
    """Somebody whose name begins like Alice's."""
    browser = lab.browser("namesake")
    browser.person = Person(f"{alice.person.name}-{draw.word()}", draw.password())
    Accounts(lab.db.users, lab.hasher).add(browser.person)
    return browser


def change_password(browser, shop, new):
    """Change this person's password in this browser."""
    page = browser.submit(shop.password, current=browser.person.password, new=new)
    browser.person.password = new
    return page


def ways_out(draw):
    """Return the three ways by their names."""
    return {
        "log out": log_out,
        "log out everywhere": log_out_everywhere,
        "change the password": lambda browser, shop: change_password(browser, shop, draw.password()),
    }


@promise()
def test_alice_logs_out(shop, alice):
    """After logging out, here or everywhere, Alice's browser is logged out, and she can log in again."""
    for leave in (log_out, log_out_everywhere):
        log_in(alice, shop)
        leave(alice, shop)
        assert not is_logged_in(alice, shop), "Alice logged out, and her browser still shows her account."

    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Alice logged out and can't log in again."


@promise()
def test_logging_out_here_leaves_the_other_devices_alone(shop, alice, devices):
    """When Alice logs out in one browser, she stays logged in on her other devices."""
    for browser in (alice, *devices):
        log_in(browser, shop)
    log_out(alice, shop)

    assert all(is_logged_in(each, shop) for each in devices), (
        "Alice logged out here, and another device was thrown out."
    )


@promise()
def test_other_people_stay_logged_in(shop, alice, bob, namesake, draw):
    """Whatever Alice does, Bob stays logged in, and so does somebody whose name begins like hers."""
    log_in(bob, shop)
    log_in(namesake, shop)
    for name, leave in ways_out(draw).items():
        log_in(alice, shop)
        leave(alice, shop)
        assert is_logged_in(bob, shop), f"Alice chose to {name}, and Bob was logged out."
        assert is_logged_in(namesake, shop), f"Alice chose to {name}, and {namesake.person.name} was logged out."


@promise()
def test_alice_stays_logged_in_where_she_changed_her_password(shop, alice, draw):
    """The browser in which Alice changes her password stays logged in."""
    log_in(alice, shop)
    change_password(alice, shop, draw.password())

    assert is_logged_in(alice, shop), "Alice changed her password and was thrown out of her own browser."


@promise(
    points=2,
    after=test_alice_logs_out,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "Log in, look into `lab.db.sessions`, log out, look again. What did the shop forget?",
        "Dropping the cookie is up to the browser. What would you have to change so that a copy is worth nothing?",
        "Read `Sessions` in labsrv/kit/sessions.py, and ASVS 7.4.1.",
    ],
)
def test_a_copied_cookie_is_worth_nothing_after_the_logout(shop, alice, mallory):
    """A cookie that Mallory copied before does not open Alice's account after Alice has logged out."""
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    log_out(alice, shop)

    assert not is_logged_in(mallory, shop, as_=alice), "Alice logged out, and Mallory's copy still opens her account."


@promise(
    points=1,
    after=test_a_copied_cookie_is_worth_nothing_after_the_logout,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "What else does a session know, besides whose it is?",
        "Look at the session's row after the logout.",
    ],
)
def test_nothing_of_the_session_is_left(shop, alice, mallory, draw):
    """Nor does the copied cookie show what Alice had in her basket."""
    tea = draw.word()
    log_in(alice, shop)
    put_in_basket(alice, shop, tea)
    mallory.jar.put(session_cookie(alice, shop))
    log_out(alice, shop)

    page = mallory.navigate(shop.url)
    assert page.status == 200, f"The shop answered {page.status} to a cookie of a session that was ended."
    assert not page.sees(tea), "Alice logged out, and Mallory's copy still shows her basket."


@promise(
    points=2,
    after=test_alice_logs_out,
    asvs="7.4.3",
    cwe=613,
    hints=[
        "Log in as Alice in two browsers, log out everywhere in one, and count the rows of `lab.db.sessions`.",
        "A session knows whose it is. Which rows belong to the same user?",
    ],
)
def test_everywhere_means_every_device(shop, alice, devices):
    """After "log out everywhere" Alice is logged out on each of her other devices."""
    for browser in (alice, *devices):
        log_in(browser, shop)
    log_out_everywhere(alice, shop)

    left = [each.name for each in devices if is_logged_in(each, shop)]
    assert not left, f"Alice logged out everywhere, and is still logged in on her {' and her '.join(left)}."


@promise(
    points=1,
    after=test_everywhere_means_every_device,
    asvs="7.4.3",
    cwe=613,
    hints=[
        "Everywhere is also here. Which of Alice's rows is left?",
        "Which of the calls of `Sessions` ends one session, and which ends all of a user's?",
    ],
)
def test_everywhere_is_also_here(shop, alice, mallory):
    """After "log out everywhere" a copy of this browser's cookie opens nothing either."""
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    log_out_everywhere(alice, shop)

    assert not is_logged_in(mallory, shop, as_=alice), "Alice logged out everywhere but where she was."


@promise(
    points=2,
    after=test_alice_stays_logged_in_where_she_changed_her_password,
    asvs="7.4.3",
    cwe=613,
    hints=[
        "Mallory logged in with the old password, before it was changed. Who asks her for the new one?",
        "Compare the rows of `lab.db.sessions` before and after the change. Which one should be left?",
    ],
)
def test_a_new_password_throws_the_others_out(shop, alice, mallory, devices, draw):
    """When Alice changes her password, everybody else who is logged in as her is thrown out."""
    mallory.submit(shop.login, name=alice.person.name, password=alice.person.password)
    for browser in (*devices, alice):
        log_in(browser, shop)
    change_password(alice, shop, draw.password())

    assert not is_logged_in(mallory, shop, as_=alice), "The password is new, and Mallory is still in Alice's account."
    left = [each.name for each in devices if is_logged_in(each, shop)]
    assert not left, f"The password is new, and the old login on the {' and the '.join(left)} still holds."
