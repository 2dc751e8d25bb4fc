"""Take a second proof from whoever it is about, for this session, now.

What `is_confirmed` promises: by proofs that are nearly the right one, and by what is signed at an unlocked computer.
"""

from datetime import UTC, datetime, timedelta

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.attacks import prove_that_one_is_oneself, use_this_mornings_proof
from labsrv.labs.abac.people import (
    ask,
    at_desk,
    confirm,
    goes,
    hand_over,
    log_in,
    move_to,
    read,
    remove,
    sign,
    stored,
    take_over,
)

PLACE = 10
DECIDES = ("is_confirmed",)
CLOSED = ("labsrv.policy",)

KEY = "cafe-contract"
DAY = 86_400

# Seconds since the proof was made.
FRESH = [0, 0.001, 1, 30, 60, 200, 299, 299.9, 299.999]
STALE = [300, 300.001, 301, 330, 600, 3300, 3600, 3601, 3899, DAY / 2, DAY - 1, DAY, DAY + 1, DAY + 299, 7 * DAY + 10]
NOT_YET = [-0.001, -1, -60, -299, -300, -3600, -DAY, 10 - DAY, 200 - 7 * DAY]

# Names and ids that are nearly the same.
NEARLY = {
    "in other letters": str.swapcase,
    "without its last letter": lambda text: text[:-1],
    "without its first letter": lambda text: text[1:],
    "with a letter more": lambda text: f"{text}x",
    "with a blank behind": lambda text: f"{text} ",
    "with a blank before": lambda text: f" {text}",
    "with a final newline": lambda text: f"{text}\n",
    "of another letter at the end": lambda text: text[:-1] + ("b" if text[-1] == "a" else "a"),
    "of another letter at the beginning": lambda text: ("b" if text[0] == "a" else "a") + text[1:],
    "written twice": lambda text: text * 2,
    "empty": lambda text: "",
    "missing": lambda text: None,
}


def a_session(draw, now, **about):
    """Return a session that began an hour ago, with an id that is drawn."""
    began = now - timedelta(hours=1)
    return {"user": draw.name(), "id": f"{draw.getrandbits(128):032x}a", "began": began, "country": "DE"} | about


def own_proof(session, at):
    """Return the proof that the session's user makes in it."""
    return {"user": session["user"], "session": session["id"], "at": at}


def counts(decision, expected, proof, session, now, what):
    """Check whether a proof counts."""
    answer = decision.is_confirmed(proof, session, now)
    assert isinstance(answer, Answer), f"{what}: your function raised {answer}."
    said = "counts" if answer.value is True else "does not count" if answer.value is False else f"gives {answer}"
    wanted = "counts" if expected else "does not count"
    assert said == wanted, f"{what}: this proof {wanted}, and with your function it {said}."


def signs(lab, who, shop, key, proof, expected, what):
    """Check whether a contract is signed with a proof."""
    lab.db.documents.update_one({"_id": key}, {"$unset": {"signed_by": ""}})
    status = sign(who, shop, key, headers=proof).status
    signed = "signed_by" in stored(lab, key)
    assert status == expected and signed is (expected == 200), (
        f"{who.name.capitalize()} signed with {what}, and got {status}, not {expected}."
    )


@pytest.fixture
def now(draw):
    """A moment, in winter or in summer."""
    return datetime(2026, draw.randint(1, 12), draw.randint(1, 28), draw.randint(1, 22), 30, 15, tzinfo=UTC)


@pytest.fixture
def desks(lab, bob, mallory):
    """Bob and Mallory, who have come to the office at ten."""
    move_to(lab, "10:00")
    return [at_desk(lab, each) for each in (bob, mallory)]


@promise()
def test_a_fresh_proof_counts(decision, draw, now, lab, shop, desks):
    """Bob's own proof of a moment ago counts, as often as he needs it; without any he is asked for one."""
    for age in FRESH:
        session = a_session(draw, now)
        counts(decision, True, own_proof(session, now - timedelta(seconds=age)), session, now, f"{age} seconds old")
    counts(decision, False, None, a_session(draw, now), now, "There is no proof")

    bob, _ = desks
    signs(lab, bob, shop, KEY, {}, 401, "no proof")
    signs(lab, bob, shop, KEY, {"X-Proof": draw.word()}, 401, "a proof that nobody made")
    proof = confirm(bob, shop)
    signs(lab, bob, shop, KEY, proof, 200, "his proof")
    signs(lab, bob, shop, "hotel-contract", proof, 200, "the same proof, a moment later,")
    lab.clock.advance(minutes=4)
    signs(lab, bob, shop, KEY, proof, 200, "the same proof, four minutes later,")


@promise()
def test_people_do_their_work(shop, desks):
    """Without any proof people read what they may, and with one they do no more than they may."""
    bob, mallory = desks
    assert read(bob, shop, "hotel-contract").status == 200, "Bob can't read his contract."
    assert read(mallory, shop, KEY).status == 200, "Mallory can't read the draft of her department."
    status = remove(mallory, shop, "price-list", headers=confirm(mallory, shop)).status
    assert status == 403, f"Mallory deleted Bob's price list with a proof of her own, and got {status}."
    status = remove(mallory, shop, "tasting-notes", headers=confirm(mallory, shop)).status
    assert status == 204, f"Mallory deleted her own notes with a proof, and got {status}."


@promise(
    points=2,
    after=test_a_fresh_proof_counts,
    asvs="7.5.3",
    cwe=287,
    hints=[
        "Mallory sits at Bob's computer, and types her own password. Whose proof is that?",
        "`proof['user']` made it. Whose is the session?",
        "Names are compared whole.",
    ],
)
def test_it_is_the_users_own(decision, draw, now, lab, shop, desks):
    """A proof that somebody else made does not count, however near their name is; Mallory's signs nothing of Bob's."""
    at = now - timedelta(seconds=draw.randint(1, 200))
    for spelled, spell in NEARLY.items():
        session = a_session(draw, now, user=f"{draw.name()}a")
        other = own_proof(session, at) | {"user": spell(session["user"])}
        counts(decision, False, other, session, now, f"Its user is the session's, {spelled}")
        counts(decision, False, own_proof(session, at), session | {"user": f"{draw.name()}"}, now, "Of another user")

    outcome = prove_that_one_is_oneself(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    bob, mallory = desks
    move_to(lab, "10:00")
    for who in desks:
        log_in(who, shop)
    signs(lab, bob, shop, KEY, confirm(mallory, shop), 401, "Mallory's proof")
    signs(lab, bob, shop, KEY, confirm(bob, shop), 200, "his own proof")


@promise(
    points=2,
    after=test_a_fresh_proof_counts,
    asvs="7.5.3",
    cwe=613,
    hints=[
        "Bob made a proof this morning, and his computer is unlocked. What does it prove now?",
        "How old is a proof from yesterday, at the same time of day?",
        "Compare moments: `now < proof['at'] + timedelta(minutes=5)`. And can a proof come from later than now?",
    ],
)
def test_it_is_of_a_moment_ago(decision, draw, now, lab, shop, desks):
    """A proof counts for less than five minutes, and none counts that was made later than now."""
    for age in (*STALE, *NOT_YET):
        session = a_session(draw, now, began=now - timedelta(days=30))
        when = f"{age:g} seconds old" if age >= 0 else f"Made {-age:g} seconds from now"
        counts(decision, False, own_proof(session, now - timedelta(seconds=age)), session, now, when)

    outcome = use_this_mornings_proof(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    bob, _ = desks
    move_to(lab, "10:00")
    log_in(bob, shop)
    proof = confirm(bob, shop)
    lab.clock.advance(minutes=4, seconds=30)
    signs(lab, bob, shop, KEY, proof, 200, "a proof of four and a half minutes ago")
    lab.clock.advance(minutes=1)
    signs(lab, bob, shop, KEY, proof, 401, "a proof of five and a half minutes ago")
    lab.clock.advance(days=1, minutes=-4)
    signs(lab, bob, shop, KEY, proof, 401, "yesterday's proof")
    signs(lab, bob, shop, KEY, confirm(bob, shop), 200, "a new one")


@promise(
    points=2,
    after=test_it_is_the_users_own,
    asvs="7.5.3",
    cwe=287,
    hints=[
        "Bob logs out, and somebody else logs in as Bob. Is the proof that he made a minute ago one of theirs?",
        "What besides the user does a proof name? It has to be the one in which the request comes.",
    ],
)
def test_it_is_of_this_session(decision, draw, now, lab, shop, desks):
    """A proof that the same user made in another session does not count, neither an earlier one nor one elsewhere."""
    at = now - timedelta(seconds=draw.randint(1, 200))
    for spelled, spell in NEARLY.items():
        session = a_session(draw, now)
        other = own_proof(session, at) | {"session": spell(session["id"])}
        counts(decision, False, other, session, now, f"Its session is this one, {spelled}")
    session = a_session(draw, now)
    mixed = {"user": session["id"], "session": session["user"], "at": at}
    counts(decision, False, mixed, session, now, "Its user is the session's id, and its session the user")

    bob, _ = desks
    earlier = confirm(bob, shop)
    ask(bob, shop.logout, "POST")
    at_desk(lab, bob)
    signs(lab, bob, shop, KEY, earlier, 401, "a proof of his earlier session")
    elsewhere = lab.browser("another device")
    elsewhere.person = bob.person
    log_in(elsewhere, shop)
    signs(lab, bob, shop, KEY, confirm(elsewhere, shop), 401, "a proof that he made on another device")
    signs(lab, bob, shop, KEY, confirm(bob, shop), 200, "a proof of this session")


@promise(
    points=1,
    after=test_it_is_of_this_session,
    asvs="7.5.3",
    cwe=613,
    hints=[
        "A session began three minutes ago. Is a proof of four minutes ago one of this session?",
        "`session['began']` says when. A proof that is older than that was made in another session.",
    ],
)
def test_it_is_since_the_log_in(decision, draw, now):
    """A proof from before the session began does not count; one of that very moment does."""
    for since in (0, 0.001, 1, 10, 120, 290, 299.999):
        began = now - timedelta(seconds=since)
        session = a_session(draw, now, began=began)
        counts(decision, True, own_proof(session, began), session, now, f"Made at the log-in, {since} seconds ago")
        for before in (0.001, 1, 60, 250):
            what = f"Made {before} seconds before the log-in, which was {since} seconds ago"
            counts(decision, False, own_proof(session, began - timedelta(seconds=before)), session, now, what)
    later = a_session(draw, now, began=now + timedelta(seconds=1))
    counts(decision, False, own_proof(later, now), later, now, "Made before the session begins")


@promise(
    points=1,
    after=test_a_fresh_proof_counts,
    asvs="7.5.3",
    cwe=287,
    hints=[
        "Mallory has taken over Bob's session, and has proofs of her own, of each kind. Which one opens something?",
        "Person, session and moment: all three have to hold, and one or two of them are not enough.",
    ],
)
def test_the_unlocked_computer(lab, shop, desks):
    """Whoever sits down at Bob's unlocked computer reads as Bob, and signs, deletes and hands over nothing."""
    bob, mallory = desks
    hers, his = confirm(mallory, shop), confirm(bob, shop)
    lab.clock.advance(minutes=6)
    fresh = confirm(mallory, shop)
    take_over(lab, mallory, of=bob)
    goes(lab, mallory, "desk")
    assert read(mallory, shop, "hotel-contract").status == 200, "At Bob's computer Mallory does not read as Bob."
    before = stored(lab, KEY)
    for proof, what in ((hers, "her old proof"), (fresh, "her fresh proof"), (his, "his old proof"), ({}, "no proof")):
        for done, answer in (
            ("signed", sign(mallory, shop, KEY, headers=proof)),
            ("deleted", remove(mallory, shop, KEY, headers=proof)),
            ("handed over", hand_over(mallory, shop, KEY, to=mallory, headers=proof)),
        ):
            assert answer.status == 401, f"At Bob's computer Mallory {done} with {what}, and got {answer.status}."
    assert stored(lab, KEY) == before, "At Bob's computer Mallory was refused, and the contract has changed."
