"""Decide on a change by the document as it is, and as it would be.

What `what_to_ask` and `store_change` promise: by what Mallory changes, and by what happens while a change is under way.
"""

from functools import partial
from itertools import product

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.lessons.races import under_way
from labsrv.labs.abac.attacks import make_it_harmless_first, make_it_ones_own, write_a_moment_later
from labsrv.labs.abac.people import (
    at_desk,
    change,
    confirm,
    document,
    hand_over,
    move_to,
    read,
    sign,
    staff,
    stored,
)

PLACE = 8
DECIDES = ("what_to_ask", "store_change")
CLOSED = ("labsrv.policy",)

REFUSED = (401, 403, 404)
KEY = "cafe-contract"

# Owners that are nearly the same, and are others.
NEARLY = {
    "in capitals": str.upper,
    "with a capital letter": str.title,
    "with a blank behind": lambda name: f"{name} ",
    "with a blank before": lambda name: f" {name}",
    "without its end": lambda name: name[:-1],
    "with one letter more": lambda name: f"{name}x",
    "with a wide letter": lambda name: name[:-1] + chr(ord(name[-1]) + 0xFEE0),
}


def a_row(draw):
    """Return a document as it might be stored."""
    return {
        "_id": draw.word(),
        "kind": draw.choice(["contract", "recipe", "blend", "price list"]),
        "title": draw.word(),
        "text": draw.word(),
        "owner": draw.name(),
        "department": draw.choice(["sales", "blending"]),
        "sensitivity": draw.randint(1, 3),
        "state": draw.choice(["draft", "final"]),
        "amount": draw.randint(1, 9) * 1000,
        "zone": "Europe/Berlin",
        "version": draw.randint(1, 30),
    }


def asked(decision, old, **changes):
    """Return what is asked for a change, as pairs of an action and "old", "new", or "another"; check their form."""
    new = old | changes
    answer = decision.what_to_ask(old, new)
    said = ", ".join(sorted(changes))
    assert isinstance(answer, Answer), f"For another {said} your function raised {answer}."
    questions = answer.value
    formed = isinstance(questions, list) and all(
        isinstance(each, list) and len(each) == 2 and isinstance(each[0], str) for each in questions
    )
    assert formed, f"For another {said} your function gave {str(answer)[:200]}: no list of [action, document]."
    return [
        (action, "old" if document == old else "new" if document == new else "another")
        for action, document in questions
    ]


def is_asked(decision, old, action, which, **changes):
    """Check that a question is among those for a change."""
    questions = asked(decision, old, **changes)
    whose = {"old": "as it is", "new": "as it would be"}[which]
    assert (action, which) in questions, (
        f"For another {', '.join(sorted(changes))}, {action!r} is not asked about the document {whose}."
    )


def is_not_asked(decision, old, actions, **changes):
    """Check that these actions are not asked for a change."""
    found = sorted({action for action, _ in asked(decision, old, **changes)} & set(actions))
    assert not found, f"For another {', '.join(sorted(changes))}, your function asks for {', '.join(found)} as well."


def stays(lab, who, shop, key, fields, **options):
    """Check that a change is refused, and nothing written; return the status."""
    before = stored(lab, key)
    status = change(who, shop, key, fields, **options).status
    said = ", ".join(f"{name} {value!r}" for name, value in fields.items())
    assert status in REFUSED, f"{who.name.capitalize()} gave {key} {said}, and got {status}."
    assert stored(lab, key) == before, f"{who.name.capitalize()} gave {key} {said}, got {status}, and it has changed."
    return status


def goes_through(lab, who, shop, key, fields, **options):
    """Check that a change is written, and the version is one more."""
    before = stored(lab, key)
    status = change(who, shop, key, fields, **options).status
    said = ", ".join(f"{name} {value!r}" for name, value in fields.items())
    assert status == 200, f"{who.name.capitalize()} gave {key} {said}, and got {status}."
    now = stored(lab, key)
    wrong = [name for name, value in (before | fields).items() if name != "version" and now.get(name) != value]
    assert not wrong, f"{who.name.capitalize()} gave {key} {said}; {', '.join(wrong)} is not what it should be."


def in_between(lab, key, send, happens, look=1):
    """Let something happen while a request is under way; check that nothing of the request came after it.

    The document is put back at the end.
    """
    answers, seen = [], []
    before = stored(lab, key)

    def look_again(table):
        seen.extend([stored(lab, key)] if table == "documents" else [])

    with under_way(lab, lambda: answers.append(send().status), table="documents", look=look):
        written = stored(lab, key) != before
        happens()
        then = stored(lab, key)
        lab.db.listeners.append(look_again)
    lab.db.listeners.remove(look_again)
    now, expected = stored(lab, key), 200 if written else 409
    assert now == then, "A change was written to another version than it was decided on."
    assert all(each == then for each in seen), "A change was written to another version, and taken back later."
    assert answers[0] == expected, (
        f"A change was {'written' if written else 'not written, as the document had changed'}, and got {answers[0]}."
    )
    lab.db.documents.replace_one({"_id": key}, before, upsert=True)


@pytest.fixture
def desks(lab, alice, bob, mallory):
    """Alice, Bob and Mallory, who have come to the office at ten."""
    move_to(lab, "10:00")
    return [at_desk(lab, each) for each in (alice, bob, mallory)]


@promise()
def test_drafts_are_edited(decision, draw, lab, shop, desks):
    """Whoever owns a draft edits it, and so do colleagues, without a second proof."""
    old = a_row(draw)
    questions = asked(decision, old, text=draw.word())
    assert {action for action, _ in questions} <= {"edit", "read"}, f"For another text, {questions} are asked."

    alice, bob, mallory = desks
    for who, key in ((alice, "spring-notes"), (bob, "hotel-contract"), (bob, KEY), (mallory, KEY)):
        goes_through(lab, who, shop, key, {"text": draw.word(), "title": "as before"})
    stays(lab, mallory, shop, "price-list", {"text": draw.word()})


@promise()
def test_contracts_are_signed(lab, shop, desks):
    """Bob signs a contract with a proof that it is he, and hands it over to Alice."""
    alice, bob, _ = desks
    proof = {"headers": confirm(bob, shop)}
    assert sign(bob, shop, KEY, **proof).status == 200, "Bob can't sign the contract."
    assert stored(lab, KEY).get("signed_by") == bob.person.name, "Bob signed, and there is no signature."
    assert hand_over(bob, shop, KEY, to=alice, **proof).status == 200, "Bob can't hand over his contract."
    assert stored(lab, KEY)["owner"] == alice.person.name, "Bob handed his contract over, and it is his."


@promise(
    points=2,
    after=test_drafts_are_edited,
    asvs="8.2.3",
    cwe=639,
    hints=[
        "Mallory sends `{'sensitivity': 1}` for what is more sensitive than she is cleared for. What is asked?",
        "Which of the two documents says whether she may touch it at all?",
        "Both are asked about: `['edit', old]` and `['edit', new]`.",
    ],
)
def test_it_is_asked_as_it_is(decision, draw, lab, shop, desks):
    """Nobody makes a document one that they may edit: not harmless, not a draft, not theirs."""
    for changes in ({"text": "Sweet."}, {"sensitivity": 1}, {"owner": draw.name()}, {"state": "draft"}, {"amount": 1}):
        is_asked(decision, a_row(draw), "edit", "old", **changes)

    outcome = make_it_harmless_first(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    _, _, mallory = desks
    proof = {"headers": confirm(mallory, shop)}
    for key, fields in (
        ("old-prices", {"state": "draft"}),
        ("old-prices", {"state": "final", "text": "It was always so."}),
        ("price-list", {"state": "draft"}),
        ("price-list", {"state": "draft", "owner": mallory.person.name}),
        ("next-prices", {"sensitivity": 1, "text": "Free."}),
        ("house-blend", {"department": "sales", "state": "draft", "sensitivity": 1}),
    ):
        stays(lab, mallory, shop, key, fields)
        stays(lab, mallory, shop, key, fields, **proof)


@promise(
    points=2,
    after=test_it_is_asked_as_it_is,
    asvs="8.2.3",
    cwe=915,
    hints=[
        "Alice may edit her notes. May she write something that she is not cleared for?",
        "What would the policy say about the document that is going to be there? Ask that, too.",
    ],
)
def test_it_is_asked_as_it_would_be(decision, draw, lab, shop, desks):
    """Nobody makes a document one that they may not edit: of another department, archived, above their clearance."""
    for changes in (
        {"text": "Sweet."},
        {"sensitivity": 0},
        {"owner": draw.name()},
        {"state": "archived"},
        {"amount": 1},
    ):
        is_asked(decision, a_row(draw), "edit", "new", **changes)

    alice, bob, mallory = desks
    stays(lab, mallory, shop, KEY, {"department": "blending"})
    stays(lab, mallory, shop, KEY, {"state": "archived"})
    stays(lab, mallory, shop, KEY, {"state": "final", "text": "Hers."})
    stays(lab, alice, shop, "spring-notes", {"sensitivity": 3}, headers=confirm(alice, shop))
    goes_through(lab, bob, shop, KEY, {"department": "blending"})


@promise(
    points=2,
    after=test_it_is_asked_as_it_is,
    asvs="8.2.3",
    cwe=915,
    hints=[
        "Mallory edits a colleague's draft, and sends `owner` along. Is that editing?",
        "Who may hand a document over: who owns it, or who would?",
        "Two names are the same if they are equal in every character.",
    ],
)
def test_another_owner_is_a_hand_over(decision, draw, lab, shop, desks):
    """Another owner is asked for as a hand-over of the document as it is; Mallory makes nothing her own."""
    for spell in NEARLY.values():
        old = a_row(draw)
        is_asked(decision, old, "hand_over", "old", owner=spell(old["owner"]))
        is_asked(decision, old | {"owner": spell(old["owner"])}, "hand_over", "old", owner=old["owner"])
    for changes in ({"owner": draw.name(), "text": "Sweet."}, {"owner": draw.name(), "sensitivity": 0}, {"owner": ""}):
        is_asked(decision, a_row(draw), "hand_over", "old", **changes)
    for changes in ({"text": "Sweet."}, {"department": "hr"}, {"sensitivity": 0}, {"state": "archived"}, {"amount": 1}):
        is_not_asked(decision, a_row(draw), ["hand_over", "sign", "delete"], **changes)

    outcome = make_it_ones_own(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    _, bob, mallory = desks
    name = mallory.person.name
    stays(lab, mallory, shop, KEY, {"owner": name}, headers=confirm(mallory, shop))
    stays(lab, bob, shop, KEY, {"owner": name})
    goes_through(lab, bob, shop, KEY, {"owner": name, "text": "Yours."}, headers=confirm(bob, shop))


@promise(
    points=1,
    after=test_it_is_asked_as_it_is,
    asvs="8.2.3",
    cwe=915,
    hints=[
        "Who decides how sensitive a colleague's draft is? Try it as Mallory, upwards and downwards.",
        "Where owner and sensitivity change in one request, both are asked for, beside the two that are always asked.",
    ],
)
def test_another_sensitivity_is_to_classify(decision, draw, lab, shop, desks):
    """Another sensitivity, higher or lower, is asked for as classifying the document as it is."""
    for before, after in product((1, 2, 3), repeat=2):
        old = a_row(draw) | {"sensitivity": before}
        if before != after:
            is_asked(decision, old, "classify", "old", sensitivity=after)
            is_asked(decision, old, "classify", "old", sensitivity=after, owner=draw.name(), text=draw.word())
        else:
            is_not_asked(decision, old, ["classify"], sensitivity=after, text=draw.word())
    for changes in (
        {"text": "Sweet."},
        {"department": "hr"},
        {"owner": draw.name()},
        {"state": "final"},
        {"amount": 1},
    ):
        is_not_asked(decision, a_row(draw), ["classify"], **changes)

    _, bob, mallory = desks
    staff(lab, mallory, clearance=2)
    proof = {"headers": confirm(mallory, shop)}
    stays(lab, mallory, shop, KEY, {"sensitivity": 2}, **proof)
    stays(lab, mallory, shop, "next-prices", {"sensitivity": 1}, **proof)
    stays(lab, bob, shop, "next-prices", {"sensitivity": 1})
    goes_through(lab, bob, shop, "next-prices", {"sensitivity": 1}, headers=confirm(bob, shop))
    goes_through(lab, bob, shop, KEY, {"sensitivity": 2}, headers=confirm(bob, shop))


@promise(
    points=2,
    after=test_contracts_are_signed,
    asvs="15.4.2",
    cwe=367,
    hints=[
        "Mallory was permitted to edit a draft. What is it when she writes?",
        "What tells the row that was decided on from the one that is there now?",
        "Let the filter of `update_one` name it, and look at `.matched_count`.",
    ],
)
def test_what_was_decided_on_is_what_is_written_to(lab, shop, desks):
    """A document that has changed since it was decided on is not written to, and whoever wrote is told."""
    alice, bob, mallory = desks
    staff(lab, mallory, clearance=2)
    proof = {"headers": confirm(bob, shop)}
    for key, send, happens in (
        (KEY, lambda: change(mallory, shop, KEY, {"text": "Hers."}), {"text": "His own words."}),
        (KEY, lambda: change(mallory, shop, KEY, {"text": "Hers."}), {"title": "another"}),
        (KEY, lambda: change(bob, shop, KEY, {"title": "mine", "text": "His."}), {"title": "mine"}),
        (KEY, lambda: sign(bob, shop, KEY, **proof), {"amount": 19_000}),
        (KEY, lambda: hand_over(bob, shop, KEY, to=alice, **proof), {"state": "archived"}),
        ("next-prices", lambda: change(mallory, shop, "next-prices", {"text": "Hers."}), {"owner": alice.person.name}),
    ):
        in_between(lab, key, send, partial(document, lab, key, **happens))

    outcome = write_a_moment_later(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"


@promise(
    points=1,
    after=test_what_was_decided_on_is_what_is_written_to,
    asvs="15.4.2",
    cwe=367,
    hints=[
        "Does your function read the row once more? What may happen after that?",
        "A lock of this process holds nobody in another one.",
        "One operation of the store can compare and write.",
    ],
)
def test_looking_and_writing_are_one_step(lab, shop, two_processes, desks):
    """Nothing comes between the comparison and the write, in no process; what is gone stays gone."""
    _, bob, mallory = desks
    proof = {"headers": confirm(bob, shop)}
    edit, signature = lambda: change(mallory, shop, KEY, {"text": "Hers."}), lambda: sign(bob, shop, KEY, **proof)
    for send, look in ((edit, 1), (edit, 2), (edit, 3), (signature, 2)):
        in_between(lab, KEY, send, partial(document, lab, KEY, text="His own words."), look)
    for look in (1, 2):
        in_between(lab, KEY, edit, partial(lab.db.documents.delete_one, {"_id": KEY}), look)


@promise(
    points=1,
    after=test_what_was_decided_on_is_what_is_written_to,
    asvs="15.4.2",
    cwe=367,
    hints=[
        "Two colleagues have the same version in front of them, and both write. What does the second one write to?",
        "Which version has the row when your function has written?",
        "A document was changed, and changed back: it is another version. Each write counts one up.",
    ],
)
def test_each_change_is_a_version(lab, shop, decision, draw, desks):
    """Each change makes the version one more, and one that was changed and changed back is another version."""
    _, bob, mallory = desks
    proof = {"headers": confirm(bob, shop)}
    for what, send in (
        ("an edit", lambda: change(bob, shop, KEY, {"text": draw.word()})),
        ("a colleague's edit", lambda: change(mallory, shop, KEY, {"text": draw.word(), "title": "another"})),
        ("a signature", lambda: sign(bob, shop, KEY, **proof)),
        ("a hand-over", lambda: hand_over(bob, shop, KEY, to=mallory, **proof)),
    ):
        before = stored(lab, KEY)["version"]
        assert send().status == 200, f"Bob or Mallory can't do this to a draft: {what}."
        version = stored(lab, KEY)["version"]
        assert version == before + 1, f"After {what} the version is {version!r}, and it was {before!r}."

    text = stored(lab, "next-prices")["text"]
    staff(lab, mallory, clearance=2)

    def there_and_back():
        document(lab, "next-prices", text="For a moment.")
        document(lab, "next-prices", text=text)

    in_between(lab, "next-prices", lambda: change(mallory, shop, "next-prices", {"text": "Hers."}), there_and_back)
    row = a_row(draw)
    answer = decision.store_change(decision.EMPTY_TABLE, row, row | {"text": draw.word()})
    assert isinstance(answer, Answer), f"For a document that is gone your function raised {answer}."
    assert answer.value is False, f"For a document that is gone your function gave {answer}, not False."
    assert read(bob, shop, "next-prices").json()["text"].startswith(text), "The prices have changed."
