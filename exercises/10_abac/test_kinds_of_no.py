"""Carry out what the PDP answers, and say no in the words that fit.

What `carry_out` and `answer_for` promise: by answers that are drawn, and by what people get who are refused.
"""

import json
from copy import deepcopy
from itertools import product

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.attacks import do_what_no_rule_is_about, find_out_what_there_is, read_without_a_mark
from labsrv.labs.abac.people import (
    ask,
    at_desk,
    break_glass,
    change,
    confirm,
    goes,
    hand_over,
    move_to,
    read,
    remove,
    sign,
    staff,
    stored,
)
from labsrv.labs.abac.policy import POLICY, keep

PLACE = 7
DECIDES = ("carry_out", "answer_for")
CLOSED = ("labsrv.policy",)

REFUSED = (401, 403, 404)  # in whichever words: what is said there is the other function's
ABLE = ["watermark", "notify"]
MARK, NOTICE = {"name": "watermark"}, {"name": "notify", "whom": "owner"}
STEP_UP = {"name": "step_up", "acr": "mfa"}

# Outcomes that are no permit, some of them nearly.
NO_PERMITS = ["deny", "not applicable", "indeterminate", "Permit", "PERMIT", "permit ", " permit", "permit\n", "permi"]
NO_PERMITS += ["permitted", "permit,deny", "ermit", "allow", "true", "ok", "", "ｐermit", True, 1, None, ["permit"]]
NO_PERMITS += [{"permit": True}, [], {}, False, 0]

NO_ANSWERS = [True, 1, 200, "permit", '{"outcome": "permit"}', "", [], ["permit"], [{"outcome": "permit"}], {}, False]
NO_ANSWERS += [{"decision": True}, {"allowed": True}, {"Outcome": "permit", "demands": []}, {"demands": []}, 0.5]
NO_ANSWERS += [{"answer": {"outcome": "permit", "demands": []}}, [["outcome", "permit"]], {"permit": "permit"}]

NO_DEMANDS = [
    None,
    "watermark",
    "",
    0,
    1,
    True,
    False,
    {},
    {"name": "watermark"},
    [None],
    ["watermark"],
    [["watermark"]],
]
NO_DEMANDS += [[{}], [{"Name": "watermark"}], [{"names": ["watermark"]}], [MARK, "notify"], [MARK, {}], [[MARK]], [0]]

NO_NAMES = ["Watermark", "watermark ", " watermark", "water", "mark", "w", "", "watermark, notify", "watermarknotify"]
NO_NAMES += [None, 0, True, ["watermark"], {"watermark": True}, [], "step_up", "encrypt"]


def permit(*demands):
    """Return the answer of a PDP that permits."""
    return {"outcome": "permit", "demands": list(demands), "says": ""}


def short(value):
    """Return a value as it is shown."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 110 else f"{text[:110]}…"


def refuses(decision, answer, able=ABLE):
    """Check that an answer lets nobody in."""
    made = decision.carry_out(answer, able)
    assert isinstance(made, Answer), f"The PDP answered {short(answer)}: your function raised {made}."
    assert made.value is None, (
        f"The PDP answered {short(answer)}, able are {able}: your function gave {made}, not None."
    )


def lets_in(decision, demands, able=ABLE):
    """Check that a permit lets in, with these demands."""
    made = decision.carry_out(permit(*demands), able)
    assert isinstance(made, Answer), f"A permit demands {short(demands)}: your function raised {made}."
    assert made.value == demands, f"A permit demands {short(demands)}, able are {able}: your function gave {made}."


def says(decision, user, knows, proof_helps, expected):
    """Check the word for somebody who was refused."""
    made = decision.answer_for(user, knows, proof_helps)
    who = "a stranger" if user is None else f"user {user!r}"
    said = f"To {who}, knows: {knows}, proof_helps: {proof_helps}"
    assert isinstance(made, Answer), f"{said}: your function raised {made}."
    assert made.value == expected, f"{said}: your function says {made}, not {expected!r}."


def put_policy(lab, demand):
    """Let the policy demand one thing more of whoever reads what belongs to their department."""
    policy = deepcopy(POLICY)
    rule = next(each for each in policy["rules"] if each["name"] == "department")
    rule["demands"] = [*rule["demands"], demand]
    keep(lab, json.dumps(policy))


@pytest.fixture
def desks(lab, alice, bob, mallory):
    """Alice, Bob and Mallory, who have come to the office at ten."""
    move_to(lab, "10:00")
    return [at_desk(lab, each) for each in (alice, bob, mallory)]


@promise()
def test_a_permit_lets_in_and_a_deny_does_not(decision):
    """A permit without demands lets in, a deny refuses, and strangers are told to log in."""
    lets_in(decision, [])
    refuses(decision, {"outcome": "deny", "demands": [], "says": "No."})
    says(decision, None, False, False, "log in")


@promise()
def test_people_do_their_work(lab, shop, desks):
    """Alice, Bob and Mallory read and edit what they may, and are refused what they may not."""
    alice, bob, mallory = desks
    assert read(alice, shop, "price-list").status == 200, "Alice can't read the price list."
    assert read(mallory, shop, "cafe-contract").status == 200, "Mallory can't read the draft of her department."
    assert change(bob, shop, "cafe-contract", {"text": "Twice as much."}).status == 200, "Bob can't edit his draft."
    assert stored(lab, "cafe-contract")["text"] == "Twice as much.", "Bob edited his draft, and it is as it was."
    assert read(mallory, shop, "hotel-contract").status in REFUSED, "Mallory reads what is above her clearance."
    assert read(lab.browser("a stranger"), shop, "price-list").status == 401, "A stranger is not told to log in."


@promise(
    points=2,
    after=test_a_permit_lets_in_and_a_deny_does_not,
    asvs="8.3.1",
    cwe=636,
    hints=[
        "Of the four outcomes, how many let somebody in? Which ones does your function refuse?",
        "No rule is about Mallory's question. Which outcome is that?",
        "Name the one word that lets in, and let everything else end in the last line.",
    ],
)
def test_nothing_but_a_permit_lets_in(decision, lab, shop, bob, mallory):
    """Whatever is not exactly a permit refuses, whatever stands beside it; Mallory deletes nothing of Bob's."""
    for outcome, demands in product(NO_PERMITS, ([], [MARK], [MARK, NOTICE])):
        refuses(decision, {"outcome": outcome, "demands": demands, "says": ""})
    for outcome in ("deny", "not applicable", "indeterminate"):
        refuses(decision, {"outcome": outcome, "demands": [STEP_UP], "says": ""}, ["step_up"])
        refuses(decision, {"outcome": outcome, "demands": [], "allowed": True, "decision": True, "says": "permit"})

    outcome = do_what_no_rule_is_about(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    status = sign(mallory, shop, "price-list", headers=confirm(mallory, shop)).status
    assert status in REFUSED, f"No rule is about signing a price list, Mallory did, and got {status}."


@promise(
    points=1,
    after=test_nothing_but_a_permit_lets_in,
    asvs="16.5.3",
    cwe=636,
    hints=[
        "The PDP is down. What is `answer` then, and what becomes of `answer['outcome']`?",
        "What if the answer is a text, a list, or an object of another kind?",
        "`isinstance(answer, dict)` and `answer.get('outcome')` raise for nothing.",
    ],
)
def test_no_answer_is_a_no(decision, lab, shop, desks):
    """Where the PDP is down, or says what nobody understands, everybody is refused, and nothing breaks."""
    for able in (ABLE, []):
        refuses(decision, None, able)
        for odd in NO_ANSWERS:
            refuses(decision, odd, able)

    alice, bob, mallory = desks
    assert read(alice, shop, "house-blend").status == 200, "Alice can't read her own recipe."
    lab.db.policies.replace_one({"_id": "policy"}, {"text": "{", "number": 7}, upsert=True)
    for who, key in ((alice, "house-blend"), (bob, "price-list"), (mallory, "tasting-notes"), (mallory, "price-list")):
        status = read(who, shop, key).status
        assert status in REFUSED, f"The PDP is down, {who.name.capitalize()} asked for {key}, and got {status}."
    status = change(mallory, shop, "tasting-notes", {"text": "Bitter."}).status
    assert status in REFUSED, f"The PDP is down, Mallory edited her notes, and got {status}."
    lab.db.policies.delete_one({"_id": "policy"})
    assert read(alice, shop, "house-blend").status == 200, "The PDP answers again, and Alice can't read her own recipe."


@promise(
    points=2,
    after=test_nothing_but_a_permit_lets_in,
    asvs="8.3.1",
    cwe=841,
    hints=[
        "Mallory's copy should have her name in it. Who was told that by the PDP, and who forgot it?",
        "What else stands in a demand, beside its name? Return the list as it came.",
    ],
)
def test_demands_are_handed_on(decision, draw, lab, shop, desks):
    """A permit's demands are handed on, all of them and whole: Mallory's copy has her name in it, owners are told."""
    other = {"name": draw.word(), draw.word(): draw.word(), "level": draw.randint(1, 9)}
    able = draw.sample([*ABLE, other["name"], draw.word(), "step_up"], 5)
    for demands in ([MARK], [NOTICE], [other], [MARK, NOTICE], [NOTICE, other, MARK], [STEP_UP], [MARK, MARK]):
        lets_in(decision, demands, able)

    alice, bob, _ = desks
    outcome = read_without_a_mark(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    break_glass(alice, shop, "hotel-contract")
    assert read(alice, shop, "hotel-contract").status == 200, "There is an emergency, and Alice is not let in."
    told = [each["who"] for each in lab.db.notices.find({"to": bob.person.name, "document": "hotel-contract"})]
    assert told == [alice.person.name], "Alice broke the glass and read Bob's contract, and nobody told Bob."


@promise(
    points=1,
    after=test_demands_are_handed_on,
    asvs="16.5.3",
    cwe=636,
    hints=[
        "The policy demands that somebody signs for each copy, and the site can't do that. Was what was decided, done?",
        "Is it enough that one of several demands can be fulfilled?",
        "A demand may be odd as well: no dictionary, without a name, its name a list. Look before you compare.",
    ],
)
def test_what_one_cannot_fulfil_is_refused(decision, draw, lab, shop, desks):
    """A permit with a demand that the site can't fulfil, or does not understand, refuses."""
    for name in (*NO_NAMES, draw.word()):
        odd = {"name": name}
        for demands in ([odd], [MARK, odd], [odd, NOTICE], [MARK, odd, NOTICE]):
            refuses(decision, permit(*demands))
    for demands in NO_DEMANDS:
        refuses(decision, {"outcome": "permit", "demands": demands, "says": ""})
    refuses(decision, permit(MARK), [])
    refuses(decision, permit(MARK), ["notify"])
    refuses(decision, permit(MARK, NOTICE), ["notify"])
    lets_in(decision, [], [])

    alice, _, mallory = desks
    put_policy(lab, {"name": draw.word()})
    status = read(mallory, shop, "cafe-contract").status
    assert status in REFUSED, f"The policy demands what the site can't do, Mallory asked, and got {status}."
    assert read(alice, shop, "price-list").status == 200, "Nothing is demanded for the price list, and it is closed."
    put_policy(lab, {"name": "notify"})
    assert read(mallory, shop, "cafe-contract").status == 200, "What is demanded can be done, and Mallory is refused."


@promise(
    points=2,
    after=test_a_permit_lets_in_and_a_deny_does_not,
    asvs="8.2.2",
    cwe=203,
    hints=[
        "Mallory asks for a contract with the hotel, and for one with a motel. What tells her which of them there is?",
        "She may read the price list, and may not edit it. Is it a secret that there is one?",
        "`knows` says whether it is a secret. Where it is, the word is the one for what does not exist.",
    ],
)
def test_what_is_not_for_you_is_not_there(decision, draw, lab, shop, bob, mallory):
    """Who may not read a document hears what is said of one that is not there; who may read it hears a no."""
    for name in (draw.name(), draw.word(), "None", "log in"):
        says(decision, name, False, False, "not found")
        says(decision, name, True, False, "forbidden")
    for knows, proof_helps in product((True, False), repeat=2):
        says(decision, None, knows, proof_helps, "log in")

    outcome = find_out_what_there_is(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    proof = {"headers": confirm(mallory, shop)}
    ways = {
        "opened its page": lambda key: ask(mallory, shop.page("page", key=key)),
        "printed": lambda key: ask(mallory, shop.page("printed", key=key)),
        "edited": lambda key: change(mallory, shop, key, {"text": "Hers."}),
        "deleted": lambda key: remove(mallory, shop, key),
        "deleted, with a proof,": lambda key: remove(mallory, shop, key, **proof),
        "signed": lambda key: sign(mallory, shop, key, **proof),
        "handed over": lambda key: hand_over(mallory, shop, key, to=bob, **proof),
    }
    for what, way in ways.items():
        there, nowhere = way("hotel-contract"), way("motel-contract")
        assert there.status == nowhere.status, (
            f"Mallory {what} what there is, and got {there.status}; for what there is not, {nowhere.status}."
        )
        assert there.body == nowhere.body, f"Mallory {what} what there is, and reads other words than elsewhere."
    status = change(mallory, shop, "price-list", {"text": "Free."}).status
    assert status == 403, f"Mallory reads the price list, edited it, and got {status}."


@promise(
    points=2,
    after=test_what_is_not_for_you_is_not_there,
    asvs="7.5.3",
    cwe=287,
    hints=[
        "Bob deletes his draft, and hears that he may not. What would have helped him?",
        "Mallory may not delete it with any proof. What should she hear?",
        "Somebody would be let in with a second proof, and may not read without one. The proof is asked for first.",
    ],
)
def test_whoever_can_prove_more_is_asked_to(decision, draw, lab, shop, desks):
    """Who would be let in with a second proof is asked for it, and comes in with it; nobody else is asked."""
    for knows in (True, False):
        says(decision, draw.name(), knows, True, "prove more")

    _, bob, mallory = desks
    for who, key, expected in ((bob, "cafe-contract", 401), (mallory, "cafe-contract", 403), (bob, "old-prices", 403)):
        answer = remove(who, shop, key)
        asked = "insufficient_user_authentication" in answer.headers.get("WWW-Authenticate", "")
        assert answer.status == expected and asked is (expected == 401), (
            f"{who.name.capitalize()} deleted {key} without a proof, and got {answer.status}, not {expected}."
        )
    status = remove(mallory, shop, "cafe-contract", headers=confirm(mallory, shop)).status
    assert status == 403, f"Mallory deleted Bob's draft with a proof that it is she, and got {status}."
    assert remove(bob, shop, "cafe-contract", headers=confirm(bob, shop)).status == 204, "Bob proved more, to no avail."

    # Abroad, where without a proof she may not even read it.
    staff(lab, mallory, clearance=2)
    goes(lab, mallory, "abroad")
    status = read(mallory, shop, "next-prices").status
    assert status == 401, f"Mallory is cleared, went abroad, asked for the prices, and got {status}."
    assert read(mallory, shop, "next-prices", headers=confirm(mallory, shop)).status == 200, "Her proof did not help."
    status = read(mallory, shop, "hotel-contract").status
    assert status == 404, f"Abroad, Mallory asked for what is above her clearance, and got {status}."
