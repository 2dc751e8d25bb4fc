"""End a session where it lives.

What the three ways out promise, seen from the other devices and from a copied cookie.
"""

import pytest

from labsrv.grading import promise
from labsrv.kit.accounts import Accounts
from labsrv.kit.people import Person
from labsrv.labs.sessions.people import (
    confirm,
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
def tea(draw):
    """What is in the basket of one of Alice's sessions."""
    return draw.word()


@pytest.fixture
def devices(lab, shop, alice, tea, draw):
    """Alice's tablet, phone, laptop and watch, all of them logged in: two before this browser, and two after it."""
    found = [lab.browser(name) for name in ("tablet", "phone", "laptop", "watch")]
    draw.shuffle(found)
    for device in found:
        device.person = alice.person

    log_in(found[0], shop)
    put_in_basket(found[0], shop, tea)
    log_in(found[1], shop)
    confirm(found[1], shop)
    lab.clock.advance(minutes=1)
    log_in(alice, shop)
    lab.clock.advance(minutes=1)
    log_in(found[2], shop)
    confirm(found[2], shop)
    log_in(found[3], shop)
    return found


@pytest.fixture
def others(lab, shop, alice, bob, draw):
    """Other people who are logged in: Bob, and two whose names are like Alice's."""
    found = [bob]
    for name in (f"{alice.person.name}-{draw.word()}", alice.person.name.upper()):
        browser = lab.browser(name)
        browser.person = Person(name, draw.password())
        Accounts(lab.db.users, lab.hasher).add(browser.person)
        found.append(browser)
    for each in found:
        log_in(each, shop)
    return found


def change_password(browser, shop, new):
    """Change this person's password in this browser."""
    page = browser.submit(shop.password, current=browser.person.password, new=new)
    browser.person.password = new
    return page


def assert_nothing_shows(devices, shop, tea):
    """Check that on none of the devices the basket is seen that was in a session of one of them."""
    showing = [each.name for each in devices if each.navigate(shop.url).sees(tea)]
    assert not showing, f"Alice's session on the {showing[0]} was ended, and it still shows her basket."


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
        page = leave(alice, shop)
        assert page.url == shop.url, f"Alice logged out, and was not led to the front page but to {page.url}."
        assert not is_logged_in(alice, shop), "Alice logged out, and her browser still shows her account."

    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Alice logged out and can't log in again."


@promise()
def test_logging_out_here_leaves_the_other_devices_alone(shop, alice, devices):
    """When Alice logs out in one browser, she stays logged in on her other devices."""
    log_out(alice, shop)

    out = [each.name for each in devices if not is_logged_in(each, shop)]
    assert not out, f"Alice logged out here, and was thrown out on her {out[0]}."


@promise()
def test_other_people_stay_logged_in(shop, alice, others, browser, carol, draw):
    """Whatever Alice does, others stay logged in, also if their names are like hers; a stranger keeps their basket."""
    tea = draw.word()
    put_in_basket(browser, shop, tea)
    for name, leave in ways_out(draw).items():
        log_in(alice, shop)
        leave(alice, shop)
        for each in others:
            assert is_logged_in(each, shop), (
                f"Alice chose to {name}, and somebody else, {each.person.name}, was logged out."
            )
        assert browser.navigate(shop.url).sees(tea), f"Alice chose to {name}, and a stranger's basket is empty."

    put_in_basket(carol, shop)
    log_out(carol, shop)
    assert browser.navigate(shop.url).sees(tea), "A stranger logged out, and another stranger's basket is empty."


@promise()
def test_alice_stays_logged_in_where_she_changed_her_password(shop, alice, draw):
    """The browser in which Alice changes her password stays logged in, and keeps its basket."""
    tea = draw.word()
    log_in(alice, shop)
    put_in_basket(alice, shop, tea)
    page = change_password(alice, shop, draw.password())
    assert page.status == 200, f"Alice typed her password and a new one, and the shop answered {page.status}."

    assert is_logged_in(alice, shop), "Alice changed her password and was thrown out of her own browser."
    assert alice.navigate(shop.url).sees(tea), "Alice changed her password, and her basket is empty."


@promise(
    points=2,
    after=test_alice_logs_out,
    asvs="7.4.1",
    cwe=613,
    hints=[
        "Log in, look into `lab.db.sessions`, log out, look again. What did the shop forget?",
        "Dropping the cookie is up to the browser. What would you have to change so that a copy is worth nothing?",
        "The rule (ASVS 7.4.1): the server ends it. `Sessions` in labsrv/kit/sessions.py can remove a row.",
    ],
)
def test_a_copied_cookie_is_worth_nothing_after_the_logout(shop, alice, mallory):
    """A cookie that Mallory copied before does not open Alice's account after Alice has logged out."""
    log_in(alice, shop)
    mallory.jar.put(session_cookie(alice, shop))
    assert is_logged_in(mallory, shop, as_=alice), "Alice logged in, and her cookie does not open her account."
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
def test_nothing_of_the_session_is_left(shop, alice, browser, mallory, tea):
    """Nor does the copied cookie show what was in the basket, Alice's or that of a stranger who logs out."""
    log_in(alice, shop)
    for who, whose in ((alice, "Alice"), (browser, "A stranger")):
        put_in_basket(who, shop, tea)
        mallory.jar.put(session_cookie(who, shop))
        log_out(who, shop)

        page = mallory.navigate(shop.url)
        assert page.status == 200, f"The shop answered {page.status} to a cookie of a session that was ended."
        assert not page.sees(tea), f"{whose} logged out, and Mallory's copy of the cookie still shows the basket."


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
def test_everywhere_means_every_device(shop, alice, devices, tea):
    """After "log out everywhere" nothing is left on Alice's other devices, of older and younger logins alike."""
    log_out_everywhere(alice, shop)

    left = [each.name for each in devices if is_logged_in(each, shop)]
    assert not left, f"Alice logged out everywhere, and is still logged in on her {' and her '.join(left)}."
    assert_nothing_shows(devices, shop, tea)


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
def test_a_new_password_throws_the_others_out(shop, alice, mallory, devices, tea, draw):
    """When Alice changes her password, everybody else who is logged in as her is thrown out, whoever came first."""
    mallory.submit(shop.login, name=alice.person.name, password=alice.person.password)
    change_password(alice, shop, draw.password())

    assert is_logged_in(alice, shop), "Alice changed her password and was thrown out of her own browser."
    assert not is_logged_in(mallory, shop, as_=alice), "The password is new, and Mallory is still in Alice's account."
    left = [each.name for each in devices if is_logged_in(each, shop)]
    assert not left, f"The password is new, and the old login on the {' and the '.join(left)} still holds."
    assert_nothing_shows(devices, shop, tea)
