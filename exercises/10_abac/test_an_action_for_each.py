"""Name an action for each request, and refuse what nobody has named.

What `action_for` promises: by every endpoint and method, and by pages that somebody adds to the site.
"""

import json

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.attacks import print_it
from labsrv.labs.abac.people import ask, at_desk, break_glass, change, confirm, move_to, read, remove, staff, stored
from labsrv.labs.abac.policy import POLICY

PLACE = 11
DECIDES = ("action_for",)
CLOSED = ("labsrv.policy",)

READS = ("pages", "page", "printed", "documents", "count", "export", "document", "policy_page", "policy", "log")
NAMED = {
    **{(name, "GET"): "read" for name in READS},
    ("home", "GET"): "public",
    ("login", "GET"): "public",
    ("check_login", "POST"): "public",
    ("logout", "POST"): "public",
    ("documents", "POST"): "create",
    ("document", "PATCH"): "edit",
    ("document", "DELETE"): "delete",
    ("hand_over", "POST"): "hand_over",
    ("sign", "POST"): "sign",
    ("policy", "PUT"): "edit",
    ("me", "GET"): "logged in",
    ("break_glass", "POST"): "logged in",
    ("confirm", "POST"): "logged in",
}
ENDPOINTS = sorted({endpoint for endpoint, _ in NAMED})
METHODS = [
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PROPFIND",
    "LINK",
    "PURGE",
    "COPY",
    "",
]

# How a page that somebody adds may be called: nearly as one that there is.
NEARLY = [
    "{}s",
    "{}_2",
    "new_{}",
    "{}_{}",
    "{}.{}",
    "api_{}",
    "{}_login",
    "home_{}",
    "login_{}",
    "logout_{}",
    "{}_page",
]


def names(decision, endpoint, method, expected):
    """Check the action of a request."""
    answer = decision.action_for(endpoint, method)
    assert isinstance(answer, Answer), f"For {method} of {endpoint!r} your function raised {answer}."
    assert answer.value == expected, f"For {method} of {endpoint!r} your function gave {answer}, not {expected!r}."


def gets(shop, who, name, expected, method="GET", said=None, **values):
    """Check the status of a request by the name of its endpoint; return the answer."""
    answer = ask(who, shop.page(name, **values), method, said)
    assert answer.status == expected, (
        f"{who.name.capitalize()} sent {method} to {name!r}, and got {answer.status}, not {expected}."
    )
    return answer


@pytest.fixture
def desks(lab, bob, carol, mallory):
    """Bob, Carol and Mallory, who have come to the office at ten."""
    move_to(lab, "10:00")
    return [at_desk(lab, each) for each in (bob, carol, mallory)]


@promise()
def test_documents_are_read_and_edited(lab, shop, desks):
    """Bob reads, edits and deletes what is his; Mallory reads what her department has, and no more."""
    bob, _, mallory = desks
    gets(shop, bob, "home", 200)
    assert read(bob, shop, "hotel-contract").status == 200, "Bob can't read his contract."
    assert change(bob, shop, "hotel-contract", {"text": "Twice as much."}).status == 200, "Bob can't edit his draft."
    assert stored(lab, "hotel-contract")["text"] == "Twice as much.", "Bob edited his draft, and it is as it was."
    assert read(mallory, shop, "cafe-contract").status == 200, "Mallory can't read the draft of her department."
    assert read(mallory, shop, "hotel-contract").status == 404, "Mallory reads what is above her clearance."
    assert remove(bob, shop, "hotel-contract", headers=confirm(bob, shop)).status == 204, "Bob can't delete his draft."


@promise(
    points=2,
    after=test_documents_are_read_and_edited,
    asvs="8.3.1",
    cwe=424,
    hints=[
        "Mallory may not open the hotel's contract. Which other routes show its text, or that it is there?",
        "Go through the table from above: which lines has `ACTIONS` not?",
    ],
)
def test_all_that_is_read_is_asked_for(decision, lab, shop, desks):
    """The PDP is asked about everything that is read: the printer's route, lists, exports, the policy and the log."""
    for name in READS:
        names(decision, name, "GET", "read")

    outcome = print_it(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    bob, carol, mallory = desks
    gets(shop, bob, "printed", 200, key="hotel-contract")
    gets(shop, mallory, "printed", 404, key="hotel-contract")
    for name in ("documents", "export", "pages"):
        assert b"hotel-contract" not in gets(shop, mallory, name, 200).body, (
            f"{name!r} lists what Mallory may not read."
        )
        assert b"hotel-contract" in gets(shop, bob, name, 200).body, f"{name!r} does not list what Bob may read."
    assert gets(shop, mallory, "count", 200).json() == {"count": 4}, (
        "What is counted for Mallory is not what she may read."
    )
    for name in ("policy_page", "policy", "log"):
        gets(shop, mallory, name, 403)
        gets(shop, carol, name, 200)


@promise(
    points=2,
    after=test_documents_are_read_and_edited,
    asvs="8.3.1",
    cwe=862,
    hints=[
        "Somebody adds a page tomorrow, and names no action. What does your function return for it?",
        "Part of a name says nothing: look up the whole.",
        "`.get(endpoint)` returns None for what is not there.",
    ],
)
def test_what_nobody_has_named_is_refused(decision, draw):
    """An endpoint that nobody has named has no action, whatever it is called, and however near that is."""
    for endpoint in ("", "Home", "home ", "hom", "homes", "log_in", "print", "*", "None", "GET", draw.word()):
        for method in ("GET", "HEAD", "POST", "PUT"):
            names(decision, endpoint, method, None)
    added = [shape.format(*draw.choices(ENDPOINTS, k=2)) for shape in NEARLY]
    for endpoint in added:
        if endpoint not in ENDPOINTS:
            for method in ("GET", draw.choice(METHODS)):
                names(decision, endpoint, method, None)


@promise(
    points=2,
    after=test_what_nobody_has_named_is_refused,
    asvs="8.3.1",
    cwe=862,
    hints=[
        "A page is there since a minute ago. Who may see it, and who decided that?",
        '`None` refuses. `"public"` and `"logged in"` let people through without asking the PDP.',
    ],
)
def test_a_page_added_tomorrow_is_closed(process, draw, lab, shop, bob, carol, mallory):
    """A page that somebody adds to the site is shown to no one, logged in or not."""
    paths = [f"/{draw.word()}" for _ in range(4)]
    prefixes = draw.sample(["home", "login", "page", "printed", "me", "logout", "documents", "policy"], 4)
    for path, prefix in zip(paths, prefixes, strict=True):
        process.add_page(path, f"{prefix}_{draw.word().replace('-', '_')}")
    move_to(lab, "10:00")
    for who in (bob, carol, mallory):
        at_desk(lab, who)
    for path in paths:
        for who, expected in ((bob, 403), (carol, 403), (mallory, 403), (lab.browser("a stranger"), 401)):
            answer = ask(who, f"{shop.origin}{path}")
            assert answer.status == expected, (
                f"Somebody added a page, {who.name.capitalize()} asked for it, and got {answer.status}, not {expected}."
            )


@promise(
    points=1,
    after=test_what_nobody_has_named_is_refused,
    asvs="8.3.1",
    cwe=862,
    hints=[
        "The same endpoint answers several methods. Are all of them named?",
        "What does HEAD tell of a document that one may not read? That it is there: its action is that of GET.",
    ],
)
def test_each_method_is_named(decision, shop, desks):
    """Each method of an endpoint has its own action, HEAD has that of GET, and all others are refused."""
    for endpoint in ENDPOINTS:
        for method in METHODS:
            names(decision, endpoint, method, NAMED.get((endpoint, method)))
        names(decision, endpoint, "HEAD", NAMED.get((endpoint, "GET")))

    bob, _, mallory = desks
    gets(shop, bob, "document", 200, "HEAD", key="hotel-contract")
    gets(shop, mallory, "document", 404, "HEAD", key="hotel-contract")
    gets(shop, mallory, "printed", 404, "HEAD", key="hotel-contract")
    gets(shop, mallory, "documents", 403, "OPTIONS")


@promise(
    points=1,
    after=test_documents_are_read_and_edited,
    asvs="8.2.1",
    cwe=862,
    hints=[
        "Who may put another policy in the place of this one? Is the PDP asked?",
        "For what is it enough to be logged in? See the last two lines of the table: they are not public.",
    ],
)
def test_what_is_written_has_its_action(decision, lab, shop, desks):
    """The policy is edited by its office alone, and whoever proves more or breaks the glass has logged in."""
    for (endpoint, method), action in NAMED.items():
        if method != "GET" or endpoint == "me":
            names(decision, endpoint, method, action)

    bob, carol, mallory = desks
    gets(shop, mallory, "policy", 403, "PUT", POLICY)
    gets(shop, bob, "policy", 403, "PUT", POLICY)
    text = json.dumps(POLICY | {"rules": POLICY["rules"][:3]})
    gets(shop, carol, "policy", 200, "PUT", json.loads(text))
    assert lab.db.policies.find_one({"_id": "policy"}), "Carol put another policy in its place, and it is not there."
    stranger = lab.browser("a stranger")
    for name, method, said in (("me", "GET", None), ("confirm", "POST", {"password": "x" * 12})):
        gets(shop, stranger, name, 401, method, said)
    gets(shop, stranger, "break_glass", 401, "POST", {"reason": "water in the cellar"}, key="hotel-contract")
    gets(shop, mallory, "me", 200)
    staff(lab, mallory, clearance=2)
    assert break_glass(mallory, shop, "hotel-contract").status == 201, "Mallory can't write down an emergency."
