"""Ask the store for somebody's roles, on each request.

What `roles_of` promises, seen from outside: by what people may do before and after their roles change, and by all that
a request can say about roles.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.rbac.attacks import (
    go_on_after_the_demotion,
    name_a_role_in_a_cookie,
    name_a_role_in_a_header,
    name_a_role_in_the_body,
    put_cookie,
)
from labsrv.labs.rbac.people import activate, ask, change, drop, hire, log_in, number_of, permissions_of

PLACE = 3
DECIDES = ("roles_of",)

NAMES = ("role", "roles", "as", "active", "user_role", "Role", "scope", "groups", "permissions", "isAdmin", "admin")
HEADERS = (
    "X-Role",
    "X-Roles",
    "X-User-Role",
    "X-User-Roles",
    "X-Forwarded-Role",
    "X-Forwarded-Groups",
    "X-Remote-Groups",
    "Remote-Groups",
    "X-Auth-Roles",
    "X-Forwarded-User",
    "X-User",
    "Authorization",
    "X-Requested-With",
    "X-Forwarded-For",
    "X-Internal",
    "Accept",
)
NEAR_HR = ["HR", "hr ", "friends-of-hr", "hrx", "h"]  # groups, and none of them is HR
OF_AN_EMPLOYEE = {"groups:found", "records:read", "slips:read"}


def may(browser, shop):
    """Return what somebody is permitted, as a set."""
    answer = ask(browser, shop.session)
    assert answer.status == 200, f"{browser.name} is logged in, and is answered {answer.status}."
    return set(answer.json()["permissions"])


@pytest.fixture
def hr(draw):
    """What a request may say to be taken for HR: as a word, in a list, as text."""
    return draw.choice(["hr", "hr,employee", "employee,hr", '["hr"]', "hr employee"])


@promise()
def test_people_have_the_roles_that_they_activated(shop, alice, bob, carol):
    """Alice is an employee, Bob a manager and Carol HR; when Carol drops HR and activates payroll, she is that."""
    for who in (alice, bob, carol):
        log_in(who, shop)
    assert may(alice, shop) == OF_AN_EMPLOYEE, "Alice is not permitted what employees are."
    assert "raises:prepare" in may(bob, shop), "Bob began as a manager, and is not permitted what managers are."
    assert "log:read" not in may(bob, shop), (
        "Bob is assigned manager and auditor, and began as a manager alone: he is permitted what auditors are as well."
    )
    assert "roles:assign" in may(carol, shop), "Carol began as HR, and may not assign roles."

    drop(carol, shop, "hr")
    assert may(carol, shop) == set(), "Carol dropped her only active role, and is permitted something."
    activate(carol, shop, "payroll")
    assert {"raises:approve"} <= may(carol, shop), "Carol activated payroll, and may not approve."
    assert "roles:assign" not in may(carol, shop), "Carol dropped HR, and may still assign roles."


@promise()
def test_two_active_roles_count_both(lab, shop, bob):
    """Bob has two roles active at once, and is permitted what either is."""
    log_in(bob, shop)
    activate(bob, shop, "auditor")
    assert {"raises:prepare", "log:read"} <= may(bob, shop), "Bob activated a second role, and has only one."


@promise(
    points=2,
    after=test_people_have_the_roles_that_they_activated,
    asvs="8.3.2",
    cwe=613,
    hints=[
        "Log in as Carol, revoke her role in the store, and ask again. What has your function read?",
        "Of the three arguments, which one knows what is so now?",
        "`staff.find_one({'_id': session['user']})`: look at the row's `roles`, before and after.",
    ],
)
def test_a_revoked_role_is_gone_at_once(lab, shop, carol, bob, mallory):
    """Whoever loses a role loses it with the next request, in the session that goes on; no other user does."""
    outcome = go_on_after_the_demotion(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"

    log_in(carol, shop)
    log_in(bob, shop)
    assert "roles:assign" in may(carol, shop) and "raises:prepare" in may(bob, shop)
    hire(lab, carol, "employee", "payroll")
    assert "roles:assign" not in may(carol, shop), "Carol's role was revoked, and she may still assign roles."
    assert "raises:prepare" in may(bob, shop), "Carol's role was revoked, and Bob lost his."
    answer = change(carol, shop, number_of(lab, carol), amount=9000)
    assert answer.status == 403, f"Carol's role was revoked, she changed a record, and was answered {answer.status}."


@promise(
    points=1,
    after=test_a_revoked_role_is_gone_at_once,
    asvs="8.3.2",
    cwe=613,
    hints=[
        "Bob has two roles active, and one is revoked. What is left?",
        "Do you ask of each role whether it is assigned, or of the list as a whole?",
    ],
)
def test_what_is_left_stays(lab, shop, draw, bob, carol):
    """One of two active roles is revoked: the other one stays, and nothing comes in its place."""
    for gone, left, lost, kept in (
        ("manager", "auditor", "raises:prepare", "log:read"),
        ("auditor", "manager", "log:read", "raises:prepare"),
    ):
        hire(lab, bob, "manager", "auditor")
        log_in(bob, shop)
        activate(bob, shop, "auditor")
        assert {lost, kept} <= may(bob, shop), "Bob activated a second role, and has only one."
        hire(lab, bob, left, "payroll")
        now = may(bob, shop)
        assert lost not in now, f"Bob's role {gone} was revoked, and he is permitted what it was."
        assert kept in now, f"Bob's role {gone} was revoked, and {left} is gone with it."
        assert "raises:approve" not in now, "A role was assigned that Bob has not activated, and it is active."

    log_in(carol, shop)
    for others in (["auditor"], [], NEAR_HR, draw.sample(NEAR_HR, 2), ["auditor", *NEAR_HR]):
        hire(lab, carol, *others)
        assert may(carol, shop) == set(), (
            f"All that Carol had active was revoked, she is assigned {others!r}, and is permitted something."
        )


@promise(
    points=1,
    after=test_a_revoked_role_is_gone_at_once,
    asvs="8.3.2",
    cwe=613,
    hints=[
        "Does your function remember anything from one call to the next?",
        "Two processes answer for the company. Which of them was there when the role was revoked?",
    ],
)
def test_it_is_asked_each_time(lab, shop, two_processes, carol, bob):
    """A role that is revoked, given back and revoked again is gone, back and gone, in each of two processes."""
    log_in(carol, shop)
    log_in(bob, shop)
    for assigned in (True, False, True, False, False, True):
        hire(lab, carol, *(["hr"] if assigned else []), "payroll")
        for _ in range(3):
            assert ("roles:assign" in may(carol, shop)) == assigned, (
                f"Carol's role is {'assigned' if assigned else 'revoked'}, and one answer is as it was before."
            )
        assert "raises:prepare" in may(bob, shop), "Carol's roles changed, and Bob's did too."


@promise(
    points=1,
    after=test_a_revoked_role_is_gone_at_once,
    asvs="7.4.2",
    cwe=613,
    hints=[
        "Take Bob's row out of `staff` while he is logged in. What does `find_one` return then?",
        "What are the roles of somebody who is not there any more?",
    ],
)
def test_whoever_has_left_has_no_role(lab, shop, bob, carol):
    """Whoever is not among the staff any more has no role, in a session that goes on; Carol has hers."""
    log_in(bob, shop)
    log_in(carol, shop)
    before = may(carol, shop)
    assert "raises:prepare" in may(bob, shop), "Bob began as a manager, and may not prepare raises."
    lab.db.staff.delete_one({"_id": bob.person.name})
    assert may(bob, shop) == set(), "Bob has left the company, and is permitted something."
    assert may(carol, shop) == before, "Bob has left the company, and Carol's roles are others."


@promise(
    points=1,
    after=test_people_have_the_roles_that_they_activated,
    asvs="8.3.1",
    cwe=639,
    hints=[
        "What in a body has Mallory not written herself?",
        "Which lines of yours read `request`? What would be missing without them?",
    ],
)
def test_no_role_from_body_or_address(lab, shop, mallory, bob, draw, hr):
    """Whatever a request says of roles in its body or its address, Mallory is an employee."""
    outcome = name_a_role_in_the_body(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"

    log_in(mallory, shop)
    for name in NAMES:
        for value in (hr, "hr"):
            answer = ask(mallory, f"{shop.session}?{name}={value}&user=x".replace('"', "%22").replace(" ", "+"))
            assert set(answer.json()["permissions"]) == OF_AN_EMPLOYEE, (
                f"Mallory wrote {name}={value} into the address, and is permitted more, or less."
            )
        for value in ("hr", ["hr"], {"hr": True}, True, None):
            said = {name: value, "user": mallory.person.name} if draw.choice([True, False]) else {name: value}
            answer = ask(mallory, shop.bulk, "POST", {"ids": [number_of(lab, lab.alice)]} | said)
            assert answer.status == 200 and answer.json()["records"] == [], (
                f"Mallory sent {name}: {value!r}, and was answered {answer.status} {answer.body[:80]!r}."
            )
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/json"):
        answer = ask(mallory, shop.groups, "POST", body="role=hr&roles=hr&as=hr", headers={"Content-Type": kind})
        assert answer.status == 400, f"Mallory sent a form ({kind}), and was answered {answer.status}."
    assert may(mallory, shop) == OF_AN_EMPLOYEE

    log_in(bob, shop)
    before = may(bob, shop)
    for name in NAMES:
        for role in ("auditor", "employee"):
            now = set(ask(bob, f"{shop.session}?{name}={role}").json()["permissions"])
            assert now == before, f"Bob's address said {name}={role}, which he has not activated, and it counts."
            answer = ask(bob, shop.bulk, "POST", {"ids": [number_of(lab, bob)], name: role})
            seen = answer.json()["records"][0].get("note")
            assert seen, f"Bob is a manager, his request said {name}: {role}, and he is something else."

    activate(bob, shop, "auditor")
    both = may(bob, shop)
    for name in NAMES:
        now = set(ask(bob, f"{shop.session}?{name}=auditor").json()["permissions"])
        assert now == both, f"Bob is manager and auditor, and {name}=auditor in his address makes him less."


@promise(
    points=1,
    after=test_people_have_the_roles_that_they_activated,
    asvs="8.3.1",
    cwe=565,
    hints=[
        "A proxy may set `X-Role`. Who else may?",
        "A cookie lies in Mallory's browser. Which cookie does the shop believe, and for what?",
    ],
)
def test_no_role_from_headers_or_cookies(lab, shop, mallory, alice, bob, hr):
    """Whatever a request says of roles in headers and cookies, Mallory is an employee, and Alice is not Carol."""
    for move in (name_a_role_in_a_header, name_a_role_in_a_cookie):
        outcome = move(lab)
        assert not outcome, f"Mallory tried: {outcome.story}"
        mallory.jar.clear()

    log_in(mallory, shop)
    log_in(alice, shop)
    for name in HEADERS:
        for value in (hr, "hr", lab.carol.person.name, "Bearer hr"):
            answer = ask(mallory, shop.session, headers={name: value})
            assert set(answer.json()["permissions"]) == OF_AN_EMPLOYEE, (
                f"Mallory sent the header {name}: {value}, and is permitted more, or less."
            )
    # Where a request comes from, and by which program, is said by whoever sends it.
    for word in ("hr", "internal", "admin", "127.0.0.1"):
        mallory.network.agent = f"{word}/1.0"
        answer = mallory.fetch(shop.session, from_=f"{shop.url}pay/{word}?as={word}")
        assert set(answer.json()["permissions"]) == OF_AN_EMPLOYEE, (
            f"Mallory's program calls itself {word}, or her page's address says so, and she is permitted more, or less."
        )
    for name in (*NAMES, "user", "session", "__Host-role"):
        for value in ("hr", lab.carol.person.name):
            put_cookie(alice, shop, name, value)
            assert set(permissions_of(alice, shop)) == OF_AN_EMPLOYEE, (
                f"Alice's browser has a cookie {name}={value}, and she is permitted more, or less."
            )
            alice.jar.remove(name)

    # What Bob is assigned and has not activated, and less than he has active.
    log_in(bob, shop)
    before = may(bob, shop)
    for name in HEADERS:
        for role in ("auditor", "employee"):
            now = set(ask(bob, shop.session, headers={name: role}).json()["permissions"])
            assert now == before, f"Bob sent the header {name}: {role}, which he has not activated, and it counts."
    for name in NAMES:
        put_cookie(bob, shop, name, "auditor")
        assert may(bob, shop) == before, f"Bob's browser has a cookie {name}=auditor, and it counts."
        bob.jar.remove(name)
