"""Mallory's moves against decisions by attributes, as plain functions over browsers.

An attack succeeds on the flaw that it names, and fails on the secure site. What the office does beforehand (`staff`,
`document`) is no attack: she has the job that she has. Each begins at ten in the morning.
"""

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.response import Response
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.races import under_way
from labsrv.labs.abac.people import (
    ask,
    at_desk,
    change,
    comes_by_proxy,
    confirm,
    document,
    enrol,
    goes,
    log_in,
    move_to,
    read,
    remove,
    sign,
    staff,
    stored,
    take_over,
)

HERS = "It is all the same now."


# The PDP.


@attack(flaw="compare_as_text", given=("carry_out",))
def sign_above_her_limit(lab: Lab) -> Outcome:
    """Sign a contract over 10,000 with a limit of 900."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    sign(lab.mallory, lab.shop, "cafe-contract", headers=confirm(lab.mallory, lab.shop))
    return told(
        stored(lab, "cafe-contract").get("signed_by") == lab.mallory.person.name,
        "the contract over 10,000 has her signature, as if that were less than 900",
        "10,000 is more than 900, and she signed nothing",
    )


@attack(flaw="nothing_equals_nothing", given=("carry_out",))
def belong_to_nowhere(lab: Lab) -> Outcome:
    """Between two jobs, and of no department, ask for a document of no department."""
    move_to(lab, "10:00")
    staff(lab, lab.mallory, department=None)
    at_desk(lab, lab.mallory)
    return reads(lab, "lost-blend", "belonging to no department")


@attack(flaw="take_an_error_for_a_no", given=("combine", "carry_out"))
def leave_the_device_record_at_home(lab: Lab) -> Outcome:
    """Use a computer that nobody knows, so that there is no attribute for the rule against unknown devices."""
    move_to(lab, "10:00")
    staff(lab, lab.mallory, clearance=2)
    at_desk(lab, lab.mallory, known=False)
    return reads(lab, "next-prices", "a device without any record")


@attack(flaw="take_the_first_that_applies")
def change_what_is_archived(lab: Lab) -> Outcome:
    """Change one's own document after it was archived: the permit stands before the deny."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    change(lab.mallory, lab.shop, "old-prices", {"text": HERS})
    return told(
        stored(lab, "old-prices")["text"] == HERS,
        "the archived prices are others now",
        "what is archived has stayed as it was",
    )


@attack(flaw="pass_over_what_broke", given=("outcome_of", "carry_out"))
def take_an_attribute_away(lab: Lab) -> Outcome:
    """Come without a device record, and let the rule that needs it break."""
    return leave_the_device_record_at_home(lab)


# The PIP.


@attack(flaw="believe_the_first_in_the_line", given=("combine",))
def say_where_one_is(lab: Lab) -> Outcome:
    """From home, send a line that says one is in the house."""
    mallory = at_home_and_cleared(lab)
    return reads(lab, "hotel-contract", "X-Forwarded-For from home", mallory, headers={"X-Forwarded-For": "10.1.0.14"})


@attack(flaw="believe_all_that_comes_by_proxy", given=("combine",))
def say_it_to_the_proxy(lab: Lab) -> Outcome:
    """Come through the company's proxy, which adds to the line that one has begun."""
    mallory = at_home_and_cleared(lab)
    through = comes_by_proxy(mallory, said="10.1.0.14")
    return reads(lab, "hotel-contract", "a line begun before the proxy's", mallory, headers=through)


@attack(flaw="believe_the_headers", given=("outcome_of", "combine", "carry_out"))
def say_how_one_is(lab: Lab) -> Outcome:
    """On an unknown device, send what the agent on a good one reports."""
    move_to(lab, "10:00")
    staff(lab, lab.mallory, clearance=2)
    at_desk(lab, lab.mallory, known=False)
    return reads(lab, "next-prices", "X-Device-Risk: low", headers={"X-Device-Risk": "low"})


@attack(flaw="believe_the_clients_clock", given=("combine",))
def say_what_time_it_is(lab: Lab) -> Outcome:
    """At night, send the time that one would like it to be."""
    move_to(lab, "22:00")
    staff(lab, lab.mallory, clearance=3)
    at_desk(lab, lab.mallory)
    noon = {"X-Local-Time": "12:00", "Date": "Tue, 06 Jan 2026 12:00:00 GMT"}
    return reads(lab, "hotel-contract", "a noon of her own, at night", headers=noon)


@attack(flaw="let_the_query_fill_in", given=("combine",))
def say_what_it_is(lab: Lab) -> Outcome:
    """Say in the query how sensitive the document is."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    answer = ask(lab.mallory, lab.shop.page("document", key="next-prices") + "?sensitivity=1")
    return told("Secret of" in body(answer), "?sensitivity=1 opens it", "what the query says of a document is nothing")


@attack(flaw="take_any_trusted_device", given=("outcome_of", "combine", "carry_out"))
def use_a_colleagues_device(lab: Lab) -> Outcome:
    """Log in on Bob's computer, which IT trusts, with one's own password."""
    move_to(lab, "10:00")
    staff(lab, lab.mallory, clearance=2)
    enrol(lab, lab.bob)
    take_over(lab, lab.mallory, of=lab.bob)
    goes(lab, lab.mallory, "desk")
    log_in(lab.mallory, lab.shop)
    return reads(lab, "next-prices", "a device of Bob's")


@attack(flaw="by_the_clock_of_the_server", given=("combine",))
def read_when_tokyo_sleeps(lab: Lab) -> Outcome:
    """Read what belongs to Tokyo while the server has morning, and Tokyo has evening."""
    move_to(lab, "18:30", "Asia/Tokyo")
    staff(lab, lab.mallory, clearance=3)
    at_desk(lab, lab.mallory)
    return reads(lab, "tokyo-contract", "the server's morning")


@attack(flaw="any_proof_will_do", given=("combine",))
def prove_that_one_is_oneself(lab: Lab) -> Outcome:
    """At Bob's unlocked computer, bring a proof that one made with one's own password."""
    move_to(lab, "10:00")
    at_desk(lab, lab.bob)
    at_desk(lab, lab.mallory)
    own = confirm(lab.mallory, lab.shop)
    take_over(lab, lab.mallory, of=lab.bob)
    return signs_as_bob(lab, own, "Mallory's proof")


@attack(flaw="once_and_for_all", given=("combine",))
def use_this_mornings_proof(lab: Lab) -> Outcome:
    """At Bob's unlocked computer, use the proof that he made an hour ago."""
    move_to(lab, "10:00")
    at_desk(lab, lab.bob)
    goes(lab, lab.mallory, "desk")
    his = confirm(lab.bob, lab.shop)
    lab.clock.advance(hours=1)
    take_over(lab, lab.mallory, of=lab.bob)
    return signs_as_bob(lab, his, "a proof an hour old")


# The PEP.


@attack(flaw="forget_the_printer", given=("combine",))
def print_it(lab: Lab) -> Outcome:
    """Ask the route that the printer uses."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    answer = ask(lab.mallory, lab.shop.page("printed", key="hotel-contract"))
    return told("Secret of" in body(answer), "the printer's route asks nobody", "the printer's route asks as well")


@attack(flaw="refuse_only_a_deny")
def do_what_no_rule_is_about(lab: Lab) -> Outcome:
    """Delete what is somebody else's: no rule permits that, and none denies it."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    remove(lab.mallory, lab.shop, "price-list", headers=confirm(lab.mallory, lab.shop))
    return told(not stored(lab, "price-list"), "the price list is gone", "what nobody permits is refused")


@attack(flaw="forget_the_demands")
def read_without_a_mark(lab: Lab) -> Outcome:
    """Read a colleague's document, and leave no name in it."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    text = body(read(lab.mallory, lab.shop, "cafe-contract"))
    unmarked = "Secret of" in text and lab.mallory.person.name not in text.partition("Secret of")[2]
    return told(unmarked, "her copy does not say that it is hers", "her copy has her name in it")


@attack(flaw="say_that_it_is_there", given=("combine",))
def find_out_what_there_is(lab: Lab) -> Outcome:
    """Try names of documents, and compare the answers."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    there, nowhere = (read(lab.mallory, lab.shop, key).status for key in ("hotel-contract", "motel-contract"))
    return told(there != nowhere, f"{there} tells what is there from {nowhere}", "both answers are the same")


@attack(flaw="judge_what_it_would_be", given=("combine",))
def make_it_harmless_first(lab: Lab) -> Outcome:
    """Change the sensitivity of what one may not read, and read it."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    change(lab.mallory, lab.shop, "next-prices", {"sensitivity": 1})
    return reads(lab, "next-prices", "a sensitivity that she has set")


@attack(flaw="judge_what_it_was", given=("combine",))
def make_it_ones_own(lab: Lab) -> Outcome:
    """Edit a colleague's draft, and its owner along with the text."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    name = lab.mallory.person.name
    change(lab.mallory, lab.shop, "cafe-contract", {"title": "cafe contract", "owner": name})
    return told(stored(lab, "cafe-contract")["owner"] == name, "Bob's contract is hers", "the contract is still Bob's")


@attack(flaw="write_to_whatever_is_there")
def write_a_moment_later(lab: Lab) -> Outcome:
    """Be permitted to edit a draft, and write when it has become a secret."""
    move_to(lab, "10:00")
    at_desk(lab, lab.mallory)
    with under_way(
        lab, lambda: change(lab.mallory, lab.shop, "cafe-contract", {"text": HERS}), table="documents", look=1
    ):
        document(lab, "cafe-contract", sensitivity=3, state="final")
    return told(
        stored(lab, "cafe-contract")["text"] == HERS,
        "her words are in a document that she may not even read",
        "what was decided on is not what was there, and nothing was written",
    )


@attack(flaw="once_decided_for_an_hour", given=("combine",))
def read_on_after_the_revocation(lab: Lab) -> Outcome:
    """Read a document once more when one's clearance is revoked."""
    move_to(lab, "10:00")
    staff(lab, lab.mallory, clearance=2)
    at_desk(lab, lab.mallory)
    read(lab.mallory, lab.shop, "next-prices")
    staff(lab, lab.mallory, clearance=1)
    return reads(lab, "next-prices", "a decision from before the revocation")


@attack(flaw="whatever_the_circumstances", given=("combine",))
def read_on_at_six(lab: Lab) -> Outcome:
    """Read at a quarter of a minute to six, and again when the office has closed."""
    move_to(lab, "17:59:45")
    staff(lab, lab.mallory, clearance=3)
    at_desk(lab, lab.mallory)
    read(lab.mallory, lab.shop, "hotel-contract")
    lab.clock.advance(seconds=20)
    return reads(lab, "hotel-contract", "a decision from before six")


# How an attack tells what it came to.


def at_home_and_cleared(lab: Lab) -> Browser:
    """Return Mallory's browser: she is cleared for everything, and at home in the middle of the day."""
    move_to(lab, "10:00")
    staff(lab, lab.mallory, clearance=3)
    enrol(lab, lab.mallory)
    goes(lab, lab.mallory, "home")
    log_in(lab.mallory, lab.shop)
    return lab.mallory


def reads(lab: Lab, key: str, what: str, by: Browser | None = None, **options: object) -> Outcome:
    """Return whether Mallory reads the text of a document."""
    opens = "Secret of" in body(read(by or lab.mallory, lab.shop, key, **options))
    return Outcome(opens, f"{what} {'opens' if opens else 'does not open'} {key}.")


def signs_as_bob(lab: Lab, proof: dict[str, str], what: str) -> Outcome:
    """Return whether a contract is signed in Bob's session, with this proof."""
    sign(lab.mallory, lab.shop, "cafe-contract", headers=proof)
    signed = stored(lab, "cafe-contract").get("signed_by") == lab.bob.person.name
    return Outcome(signed, f"{what} {'signs' if signed else 'does not sign'} in Bob's name.")


def body(answer: Response) -> str:
    """Return the text of an answer."""
    return answer.body.decode("utf-8", "replace")


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")
