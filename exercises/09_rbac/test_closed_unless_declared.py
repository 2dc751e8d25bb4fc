"""Let in what is declared and permitted, and nothing else.

What `needed_for` and `answer_for` promise: cell by cell of the company's access matrix, by pages that somebody adds,
and by answers to permissions that are drawn.
"""

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import name_another_method, send_another_method, use_the_hidden_button
from labsrv.labs.rbac.matrix import REQUESTS, observe
from labsrv.labs.rbac.people import ask, hire, log_in, number_of, roles_in_store

PLACE = 2
DECIDES = ("needed_for", "answer_for")

PEOPLE = ["Alice, employee", "Bob, manager", "Bob, auditor", "Carol, HR", "Carol, payroll", "Mallory, employee"]
STRANGER = "a stranger"

# Where frameworks look for another method: (headers, query, members of the JSON).
OVERRIDES = {
    "X-HTTP-Method-Override": ({"X-HTTP-Method-Override": "{}"}, "", {}),
    "X-HTTP-Method": ({"X-HTTP-Method": "{}"}, "", {}),
    "X-Method-Override": ({"X-Method-Override": "{}"}, "", {}),
    "X-Original-Method": ({"X-Original-Method": "{}"}, "", {}),
    "_method in the query": ({}, "?_method={}", {}),
    "method in the query": ({}, "?method={}", {}),
    "_method in the body": ({}, "", {"_method": "{}"}),
    "method in the body": ({}, "", {"method": "{}"}),
}

# What whoever asks may say of themselves.
CLAIMS = {
    "X-Requested-With": "XMLHttpRequest",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-User": "carol",
    "X-Original-URL": "/login",
    "X-Rewrite-URL": "/",
    "X-Internal": "1",
    "Authorization": "Bearer public",
    "Accept": "text/html",
}

# What is needed and held by nobody: what a permission may be taken for.
NEVER = [
    "",
    "None",
    "PUBLIC",
    "Public",
    "public ",
    " public",
    "public:read",
    "logged_in",
    "logged in ",
    "Logged in",
    "*",
]


def cells(lab, actors, wanted):
    """Return the matrix's cells of these actors, for requests of which `wanted(asked)` is true."""
    return observe(lab, actors, [name for name, asked in REQUESTS.items() if wanted(asked)])


def as_declared(cell):
    """Check a cell of the matrix."""
    assert cell.as_declared, (
        f"{cell.actor}: {cell.method} {cell.endpoint} is declared to be answered {cell.expected[:3]}, and is answered "
        f"{cell.observed[:3]}. ({cell.request})"
    )


def says(decision, needed, user):
    """Return the status that the function answers with."""
    answer = decision.answer_for(needed, user)
    assert isinstance(answer, Answer), f"For {needed!r} your `answer_for` raised {answer}."
    return answer.value


# What an office may call the route of a page: nearly the name of one that is declared.
NEAR_ENDPOINTS = [
    "home_2",
    "login.more",
    "records_all",
    "more.home",
    "a.login",
    "pay2",
    "logout_all",
    "sessions",
    "hom",
]

# What people like to give everything to.
GREAT_NAMES = ["admin", "root", "director", "hr", "auditor", "system", "superuser", "*"]


@pytest.fixture
def user(draw):
    """Somebody with three drawn permissions and two roles."""
    held = [f"{draw.word()}:{draw.word()}" for _ in range(3)]
    return {"name": draw.name(), "branch": draw.word(), "roles": [draw.word(), draw.word()], "permissions": held}


@promise()
def test_everybody_does_what_is_declared(lab):
    """Strangers see the front page and the login; whoever is logged in is answered where the matrix says so."""
    seen = 0
    for actor in [STRANGER, *PEOPLE]:
        allowed = cells(lab, [actor], lambda asked: asked.method == "GET" and not asked.way)
        for cell in allowed:
            if cell.expected[:3] in ("200", "404"):
                as_declared(cell)
                seen += 1
    assert seen > 60


@promise()
def test_what_is_permitted_is_done(lab):
    """Carol changes and removes records and assigns roles, Bob prepares a raise, Carol as payroll approves it."""
    for actor in ("Bob, manager", "Carol, HR", "Carol, payroll"):
        for cell in cells(lab, [actor], lambda asked: asked.method in ("POST", "PATCH", "DELETE") and not asked.way):
            if cell.expected[:2] == "20":
                as_declared(cell)


@promise()
def test_a_permission_lets_in(decision, user):
    """Whoever is permitted what is needed is let in, whichever of their permissions it is."""
    for needed in [*user["permissions"], "logged in", "public"]:
        assert says(decision, needed, user) == 200, f"{needed!r} is what this user has, and they are refused."
    assert says(decision, "public", None) == 200, "What is public is refused to a stranger."


@promise(
    points=2,
    after=test_everybody_does_what_is_declared,
    asvs="8.3.1",
    cwe=862,
    hints=[
        "Type the address `/api/drafts` as a stranger. Who has declared what it needs?",
        "What does `answer_for` return for None?",
        "What is let in has a reason, in a line of yours; what is left is refused in the last one.",
    ],
)
def test_what_nobody_declared_is_closed(lab, shop, process, decision, user, draw, alice, carol, mallory, browser):
    """Nobody is let in where nothing is declared, whatever it is called, today or tomorrow."""
    added = {draw.path(): name for name in ["", draw.choice(NEAR_ENDPOINTS), draw.choice(NEAR_ENDPOINTS).upper()]}
    for path, name in added.items():
        process.add_page(path, name)
    log_in(alice, shop)
    hire(lab, carol, "director", "auditor")
    log_in(carol, shop)
    for path in ["/api/drafts", *added]:
        for who, status in ((browser, 401), (mallory, 401), (alice, 403), (carol, 403)):
            for method in ("GET", "HEAD"):
                answer = ask(who, shop.origin + path, method)
                assert b"somebody added" not in answer.body and b"drafts" not in answer.body, (
                    f"Nobody declared {path}, and {who.name} reads it."
                )
                assert answer.status == status, (
                    f"Nobody declared {path}: {who.name} asked, and got {answer.status}, not {status}."
                )
    for who, status in ((alice, 403), (carol, 403), (browser, 401)):
        answer = ask(who, f"{shop.origin}/api/drafts/{number_of(lab, alice)}", "PUT", {})
        assert answer.status == status, (
            f"Nobody declared PUT for `record`: {who.name} sent one, and got {answer.status}, not {status}."
        )
    for who, status in ((None, 401), (user, 403), (user | {"permissions": []}, 403)):
        assert says(decision, None, who) == status, f"Nothing is declared, and the answer is not {status}."


@promise(
    points=2,
    after=test_what_is_permitted_is_done,
    asvs="8.3.1",
    cwe=650,
    hints=[
        "An auditor reads the list of roles. What does a POST to the same address need?",
        "`declared['record']` has three lines. Which of them does your function take for a DELETE?",
        "Is there anybody logged in whom `answer_for` refuses?",
    ],
)
def test_each_method_needs_its_own(lab):
    """Whoever may read at an address may not do something else there, and a button that is hidden is also refused."""
    for move in (send_another_method, use_the_hidden_button):
        outcome = move(lab)
        assert not outcome, f"Mallory tried: {outcome.story}"
        hire(lab, lab.mallory, "employee")
        lab.mallory.jar.clear()

    wrong = cells(lab, PEOPLE, lambda asked: not asked.way and asked.method not in ("HEAD", "OPTIONS"))
    refused = [cell for cell in wrong if cell.expected[:3] == "403" and cell.needed not in (None, "logged in")]
    assert len(refused) > 60
    # Nobody declared what an OPTIONS needs: it is no GET, though it does no harm either.
    for cell in [
        *refused,
        *cells(lab, PEOPLE, lambda asked: asked.method == "OPTIONS" and asked.endpoint == "records"),
    ]:
        as_declared(cell)


@promise(
    points=1,
    after=test_everybody_does_what_is_declared,
    asvs="8.3.1",
    cwe=650,
    hints=[
        "Flask answers a HEAD with the function of the GET. What does `declared` have for HEAD?",
        "A HEAD is a GET whose answer comes without a body. So it needs what the GET needs, and no more.",
    ],
)
def test_head_is_get(lab):
    """A HEAD is let in where the GET is, and refused where it is refused."""
    for cell in cells(lab, [STRANGER, *PEOPLE], lambda asked: asked.method == "HEAD"):
        as_declared(cell)


@promise(
    points=1,
    after=test_what_is_permitted_is_done,
    asvs="8.3.1",
    cwe=650,
    hints=[
        "What of a request has Mallory written, and what has it been routed by?",
        "Flask has one name for the method. Which others does your function read?",
    ],
)
def test_no_other_word_for_the_method_counts(lab, shop, mallory, carol, draw):
    """A request that calls itself something else is what it is."""
    outcome = name_another_method(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"

    hire(lab, mallory, "auditor")
    for words, (headers, query, members) in OVERRIDES.items():
        for claim in ("GET", "HEAD", "get"):
            log_in(mallory, shop)
            said = {"user": mallory.person.name, "role": "hr"} | {
                each: text.format(claim) for each, text in members.items()
            }
            sent = {name: text.format(claim) for name, text in headers.items()}
            answer = ask(mallory, shop.roles + query.format(claim), "POST", said, headers=sent)
            assert answer.status == 403, f"An auditor's POST said {claim} ({words}), and got {answer.status}."
            assert "hr" not in roles_in_store(lab, mallory), f"Mallory made herself HR, by saying {claim} ({words})."

    # What somebody says who may do it changes nothing either.
    log_in(carol, shop)
    for words, (headers, query, _) in OVERRIDES.items():
        sent = {name: text.format("GET") for name, text in headers.items()}
        address = shop.page("record", number=number_of(lab, carol)) + query.format("DELETE")
        answer = ask(carol, address, "PATCH", {"note": draw.word()}, headers=sent)
        assert answer.status == 200, f"Carol's PATCH said something else ({words}), and got {answer.status}."


@promise(
    points=1,
    after=test_everybody_does_what_is_declared,
    asvs="8.2.1",
    cwe=862,
    hints=[
        "Which of 401 and 403 says `log in`, and whom does that help?",
        "Which question comes first: who somebody is, or what they may?",
    ],
)
def test_strangers_are_asked_to_log_in(lab, shop, decision, draw, mallory):
    """A stranger who is refused reads 401; nothing is done for one."""
    for cell in cells(lab, [STRANGER], lambda asked: True):
        if cell.expected == "401" and cell.method != "OPTIONS":
            as_declared(cell)
    # However they come: by a link on a page of the company's, by script, by a program that calls itself something.
    for name in ("pay", "records", "export", "raises", "roles", "session", "log"):
        answers = [mallory.navigate(shop.page(name), from_=shop.url).status]
        for header, value in CLAIMS.items():
            answers.append(ask(mallory, shop.page(name), headers={header: value}).status)
        assert set(answers) == {401}, f"A stranger came to {name} in several ways, and read {sorted(set(answers))}."
    for needed in [f"{draw.word()}:{draw.word()}", "logged in", *NEVER]:
        assert says(decision, needed, None) == 401, f"A stranger is needed {needed!r} of, and does not read 401."


@promise(
    points=1,
    after=test_a_permission_lets_in,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "What is `'records:rea' in 'records:read'`, and what is it with a list on the right?",
        "Which of your lines lets somebody in who has no permission at all?",
    ],
)
def test_a_permission_is_that_very_name(decision, user, draw):
    """Whoever has other permissions than the needed one reads 403, however near they come."""
    one, two, _ = user["permissions"]
    near = [
        one[:-1],
        one[1:],
        f"{one}x",
        f"{one} ",
        f" {one}",
        f"{one}\n",
        one.upper(),
        one.partition(":")[0],
        f"{one},{two}",
    ]
    others = [*near, *NEVER, f"{draw.word()}:{draw.word()}", user["roles"][0], user["name"], f"{one}{two}"]
    for needed in others:
        status = says(decision, needed, user)
        assert status == 403, f"{needed!r} is needed, the user has {user['permissions']!r}, and is answered {status}."
    for needed in [one, *NEVER]:
        status = says(decision, needed, user | {"permissions": []})
        assert status == 403, f"Whoever is permitted nothing is answered {status} where {needed!r} is needed."
    for great in GREAT_NAMES:
        called = user | {"name": great, "branch": great, "roles": [great]}
        status = says(decision, f"{draw.word()}:{draw.word()}", called)
        assert status == 403, f"Whoever is called {great!r} is answered {status}, and has no such permission."
        assert says(decision, None, called) == 403, f"Nothing is declared, and whoever is called {great!r} is let in."
    for held in ["*", f"{one.partition(':')[0]}:*", one.upper(), f"{one} ", "public", "admin", f"x{one}"]:
        status = says(decision, one, user | {"permissions": [held]})
        assert status == 403, f"{one!r} is needed, the user has {held!r}, and is answered {status}."
