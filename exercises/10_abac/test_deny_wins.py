"""Make one outcome of all rules: a deny overrides.

What `combine` promises: by lists of rules in all orders, and by what Mallory does to what is archived.
"""

from itertools import permutations

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.people import at_desk, change, confirm, document, hand_over, move_to, read, remove, staff, stored

PLACE = 3
DECIDES = ("combine",)
CLOSED = ("labsrv.policy",)

PERMIT, DENY, NO, UNREAD = "permit", "deny", "not applicable", "indeterminate"

PERMITS = {"effect": PERMIT, "outcome": PERMIT}
DENIES = {"effect": DENY, "outcome": DENY}
NO_PERMIT = {"effect": PERMIT, "outcome": NO}
NO_DENY = {"effect": DENY, "outcome": NO}
MIGHT_PERMIT = {"effect": PERMIT, "outcome": UNREAD}
MIGHT_DENY = {"effect": DENY, "outcome": UNREAD}

# Outcomes that nobody knows, and some that are not the effect of the rule: (effect, outcome).
NOT_UNDERSTOOD = {
    "in capitals": (PERMIT, "PERMIT"),
    "with a capital letter": (PERMIT, "Permit"),
    "with a blank": (PERMIT, "permit "),
    "another word": (PERMIT, "allow"),
    "empty": (PERMIT, ""),
    "a deny in capitals": (DENY, "Deny"),
    "a deny with a blank": (DENY, " deny"),
    "an error's name": (DENY, "error"),
    "not applicable, written otherwise": (DENY, "notapplicable"),
    "another effect": ("allow", PERMIT),
    "another effect that does not apply": ("log", NO),
    "an effect in capitals": ("Permit", PERMIT),
    "a deny that permits": (DENY, PERMIT),
    "a permit that denies": (PERMIT, DENY),
    "another effect that denies": ("log", DENY),
    "no effect": ("", PERMIT),
}


def gives(decision, rules, *expected):
    """Check that a list of rules has one of these outcomes."""
    answer = decision.combine(rules)
    assert isinstance(answer, Answer), f"For {shown(rules)} your function raised {answer}."
    assert answer.value in expected, f"For {shown(rules)} your function gave {answer}, not {' or '.join(expected)}."


def shown(rules):
    """Return rules as they are shown: the outcome of each, and the effect where that is another word."""
    said = [
        each["outcome"] if each["outcome"] == each["effect"] else f"{each['effect']}: {each['outcome']}"
        for each in rules
    ]
    return "[" + ", ".join(said[:8]) + ("" if len(said) <= 8 else f", and {len(said) - 8} more") + "]"


def in_all_orders(decision, rules, *expected):
    """Check that rules have one of these outcomes in every order."""
    for order in permutations(rules):
        gives(decision, [dict(each) for each in order], *expected)


def right(rules):
    """Return the outcome of rules that are all understood."""
    found = {(each["effect"], each["outcome"]) for each in rules}
    for pair, outcome in (
        ((DENY, DENY), DENY),
        ((DENY, UNREAD), UNREAD),
        ((PERMIT, PERMIT), PERMIT),
        ((PERMIT, UNREAD), UNREAD),
    ):
        if pair in found:
            return outcome
    return NO


@pytest.fixture
def desks(lab, alice, bob, mallory):
    """Alice, Bob and Mallory, who have come to the office at ten."""
    move_to(lab, "10:00")
    return [at_desk(lab, each) for each in (alice, bob, mallory)]


@promise()
def test_rules_that_agree(decision):
    """Where one rule permits and no other applies, the outcome is a permit; where one denies, it is a deny."""
    gives(decision, [PERMITS], PERMIT)
    gives(decision, [DENIES], DENY)
    gives(decision, [NO_PERMIT, NO_DENY, PERMITS], PERMIT)
    gives(decision, [NO_PERMIT, NO_DENY, DENIES], DENY)
    gives(decision, [PERMITS, PERMITS], PERMIT)
    gives(decision, [NO_PERMIT], NO)


@promise()
def test_people_do_their_work(lab, shop, desks):
    """Alice reads and Mallory edits what is theirs, Bob hands over a draft, and nobody reads everything."""
    alice, bob, mallory = desks
    assert read(alice, shop, "house-blend").status == 200, "Alice can't read her own recipe."
    assert read(alice, shop, "hotel-contract").status == 404, "Alice reads what no rule permits."
    assert change(mallory, shop, "tasting-notes", {"text": "Sweet."}).status == 200, "Mallory can't edit her own notes."
    assert stored(lab, "tasting-notes")["text"] == "Sweet.", "Mallory edited her notes, and they are as they were."
    assert hand_over(bob, shop, "next-prices", to=mallory, headers=confirm(bob, shop)).status == 200, (
        "Bob can't hand over his draft."
    )


@promise(
    points=2,
    after=test_rules_that_agree,
    asvs="8.3.1",
    cwe=863,
    hints=[
        "Which rule of the policy is first for what Mallory owns, and which comes later?",
        "When has your function looked at all rules? When does it return?",
        "Collect what there is, and then ask: is there a deny? Is there …?",
    ],
)
def test_a_deny_overrides(lab, decision, draw, shop, desks):
    """Where a rule denies, the outcome is a deny, wherever the rule stands; what is archived stays as it is."""
    for others in ([PERMITS], [PERMITS, PERMITS], [NO_DENY, PERMITS], [MIGHT_PERMIT, PERMITS], [MIGHT_DENY, PERMITS]):
        in_all_orders(decision, [DENIES, *others], DENY)
    in_all_orders(decision, [DENIES, MIGHT_DENY, MIGHT_PERMIT, NO_PERMIT], DENY)
    many = [dict(PERMITS) for _ in range(draw.randint(50, 90))]
    for place in (0, len(many), draw.randint(1, len(many) - 1)):
        gives(decision, [*many[:place], DENIES, *many[place:]], DENY)

    _, _, mallory = desks
    before = stored(lab, "old-prices")
    said = {"headers": confirm(mallory, shop)}
    for what, answer in (
        ("edit", change(mallory, shop, "old-prices", {"text": "It was always so."})),
        ("delete", remove(mallory, shop, "old-prices", **said)),
        ("hand over", hand_over(mallory, shop, "old-prices", to=desks[0], **said)),
    ):
        assert answer.status == 403, f"Mallory tried to {what} her archived prices, and got {answer.status}."
    assert stored(lab, "old-prices") == before, "What is archived has changed."


@promise(
    points=2,
    after=test_rules_that_agree,
    asvs="16.5.3",
    cwe=636,
    hints=[
        "A rule that denies could not be read. What might it have said?",
        "Mallory brings a device that nobody knows. Which rule breaks, and which one permits?",
        "What an indeterminate rule might have been, its `effect` tells. Might it have denied, nothing is permitted.",
    ],
)
def test_what_might_deny_is_no_permit(lab, decision, draw, shop, mallory):
    """Where a rule that denies can't be read, there is no permit; Mallory's unknown device opens nothing sensitive."""
    gives(decision, [MIGHT_DENY], UNREAD)
    for others in (
        [PERMITS],
        [PERMITS, PERMITS],
        [PERMITS, NO_DENY],
        [NO_DENY, NO_PERMIT],
        [MIGHT_PERMIT],
        [MIGHT_PERMIT, PERMITS],
        [MIGHT_DENY, PERMITS, NO_DENY],
    ):
        in_all_orders(decision, [MIGHT_DENY, *others], UNREAD)
    many = [dict(PERMITS) for _ in range(draw.randint(50, 90))]
    for place in (0, len(many), draw.randint(1, len(many) - 1)):
        gives(decision, [*many[:place], MIGHT_DENY, *many[place:]], UNREAD)

    move_to(lab, "10:00")
    staff(lab, mallory, clearance=2)
    at_desk(lab, mallory, known=False)
    assert read(mallory, shop, "price-list").status == 200, "On a new device Mallory can't read what is public."
    status = read(mallory, shop, "next-prices").status
    assert status == 404, f"Nobody knows Mallory's device, she asked for sensitive prices, and got {status}."


@promise(
    points=1,
    after=test_what_might_deny_is_no_permit,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "A rule that could only permit could not be read, and another rule permits. What could have been otherwise?",
        "And if no other rule permits: is it known that nobody does? It is not: that is indeterminate.",
    ],
)
def test_what_might_permit_takes_nothing_away(decision):
    """A permit that can't be read takes nothing from another permit, and makes none by itself."""
    for others in ([PERMITS], [PERMITS, NO_DENY], [PERMITS, PERMITS, NO_PERMIT], [PERMITS, MIGHT_PERMIT]):
        in_all_orders(decision, [MIGHT_PERMIT, *others], PERMIT)
    for others in ([], [MIGHT_PERMIT], [NO_PERMIT], [NO_DENY], [NO_PERMIT, NO_DENY, NO_DENY]):
        in_all_orders(decision, [MIGHT_PERMIT, *others], UNREAD)


@promise(
    points=1,
    after=test_rules_that_agree,
    asvs="8.3.1",
    cwe=863,
    hints=[
        "What does your function return for an empty list?",
        "Nobody denied it: is that a permit? Of the four words, take the one for a rule that says nothing.",
    ],
)
def test_nobody_permits_is_no_permit(lab, decision, shop, desks):
    """Where no rule applies, or there is none, nothing is permitted; Mallory can't delete what is Bob's."""
    gives(decision, [], NO)
    for rules in ([NO_PERMIT], [NO_DENY], [NO_PERMIT, NO_DENY], [NO_DENY] * 3, [NO_PERMIT] * 40):
        gives(decision, rules, NO)

    _, _, mallory = desks
    status = remove(mallory, shop, "price-list", headers=confirm(mallory, shop)).status
    assert status == 403 and stored(lab, "price-list"), f"Mallory deleted Bob's price list, and got {status}."


@promise(
    points=1,
    after=test_a_deny_overrides,
    asvs="16.5.3",
    cwe=636,
    hints=[
        "What does your function make of an outcome that is none of the four: `Permit`, `allow`, an empty text?",
        "Name what you understand, and look whether there is anything else.",
        "A rule whose effect is deny, and whose outcome is permit, is none of the four cases: it might have denied.",
    ],
)
def test_what_nobody_understands_is_no_permit(decision):
    """A rule that nobody understands is no permit and takes none away from a deny."""
    for effect, outcome in NOT_UNDERSTOOD.values():
        odd = {"effect": effect, "outcome": outcome}
        for others in ([], [PERMITS], [NO_PERMIT, NO_DENY], [PERMITS, MIGHT_PERMIT, NO_DENY]):
            in_all_orders(decision, [odd, *others], UNREAD)
        in_all_orders(decision, [odd, DENIES, PERMITS], DENY)


@promise(
    points=1,
    after=test_a_deny_overrides,
    asvs="8.3.1",
    cwe=863,
    hints=[
        "Shuffle a list of rules and compare. Which rule's place matters?",
        "Ask one question of all rules, then the next: does any deny? Might any have denied? Does any permit?",
    ],
)
def test_the_order_says_nothing(decision, lab, draw, shop, desks):
    """The same rules in another order, or twice, have the same outcome; and one more deny never makes a permit."""
    kinds = [PERMITS, NO_PERMIT, NO_DENY, MIGHT_PERMIT, MIGHT_DENY, DENIES]
    for _ in range(150):
        among = draw.sample(kinds, draw.randint(1, 5))
        rules = [dict(draw.choice(among)) for _ in range(draw.randint(1, 12))]
        expected = right(rules)
        for order in (rules, rules[::-1], draw.sample(rules, len(rules)), rules + rules):
            gives(decision, order, expected)
        gives(decision, [*rules, DENIES], DENY)
        gives(decision, [MIGHT_DENY, *rules], DENY if expected == DENY else UNREAD)

    _, _, mallory = desks
    document(lab, "tasting-notes", state="archived")
    status = change(mallory, shop, "tasting-notes", {"text": "Bitter."}).status
    assert status == 403, f"Mallory's notes were archived a moment ago, she edited them, and got {status}."
