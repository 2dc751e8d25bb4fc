"""Take each code once.

What `use_step` promises: one after the other, the wrong way round, and at the same moment, by a gate in the store.
"""

from labsrv.grading import promise
from labsrv.kit.factors import STEP_SECONDS, Factors
from labsrv.kit.lessons.races import at_once, under_way
from labsrv.labs.two_factor.people import first_step, in_account, second_step

PLACE = 4
DECIDES = ("use_step",)


def begin_a_step(lab):
    """Move the clock to the beginning of a step; return its number."""
    lab.clock.advance(seconds=STEP_SECONDS - lab.clock.time() % STEP_SECONDS + 1)
    return int(lab.clock.time()) // STEP_SECONDS


def code_of(lab, who, step):
    """Return the code that somebody's phone shows in a step."""
    return Factors(lab.db.factors).active(who.person.name).code_at(step)


def type_code(browser, shop, code, *, as_):
    """Type a code after the password of `as_`, and tell whether the account opens; what does not is a wrong code."""
    first_step(browser, shop, as_=as_)
    return opened(second_step(browser, shop, code), shop, as_)


def opened(page, shop, who):
    """Tell whether a page is somebody's account, or else says that the code was wrong."""
    status = page.exchanges[0].status
    inside = in_account(page, shop, who.person.name)
    assert inside or status == 401, f"A code was typed, and the shop answered {status}: neither let in nor refused."
    return inside


@promise()
def test_alice_logs_in_twice(lab, shop, alice):
    """Alice logs in, logs in again with the next code, and with others after minutes and days."""
    for seconds in (0, 0, 90, 3 * 24 * 60 * 60):
        lab.clock.advance(seconds=seconds)
        step = begin_a_step(lab)
        assert type_code(alice, shop, code_of(lab, alice, step), as_=alice), "A code that is fresh opens nothing."


@promise()
def test_two_people_at_the_same_time(lab, shop, alice, mallory):
    """Alice and somebody else log in within the same step, each with their own code."""
    step = begin_a_step(lab)
    assert type_code(alice, shop, code_of(lab, alice, step), as_=alice), "Alice's code opens nothing."
    assert type_code(mallory, shop, code_of(lab, mallory, step), as_=mallory), (
        "Alice used a step up, and somebody else's code of that step opens nothing."
    )


@promise(
    points=2,
    after=test_alice_logs_in_twice,
    asvs="6.5.1",
    cwe=294,
    hints=[
        "What does the shop know after Alice's login that it did not know before?",
        "Compare the step that comes with the one in the row.",
        "The rule (RFC 6238, 5.2): once a code was good, no second try with it is: only a later step is.",
    ],
)
def test_a_code_opens_once(lab, shop, alice, mallory):
    """A code that Alice has typed opens nothing a second time: not at once, and not in the next step."""
    step = begin_a_step(lab)
    code = code_of(lab, alice, step)
    assert type_code(alice, shop, code, as_=alice), "Alice's code opens nothing."
    assert not type_code(mallory, shop, code, as_=alice), "The code that Alice had typed worked a second time."

    begin_a_step(lab)
    assert not type_code(mallory, shop, code, as_=alice), "In the next step Alice's code worked a second time."


@promise(
    points=2,
    after=test_a_code_opens_once,
    asvs="6.5.1",
    cwe=294,
    hints=[
        "Alice has used a step. Which codes are right at this moment, and which of them did nobody type?",
        "Mallory saw the code before that. Is it enough to ask whether this very step was used?",
    ],
)
def test_nor_does_one_from_before(lab, shop, alice, mallory):
    """After Alice's login an older code opens nothing, though nobody typed it and its time is not over."""
    step = begin_a_step(lab)
    assert type_code(alice, shop, code_of(lab, alice, step), as_=alice), "Alice's code opens nothing."
    assert not type_code(mallory, shop, code_of(lab, alice, step - 1), as_=alice), "An older code still opens."

    assert not type_code(mallory, shop, code_of(lab, alice, step), as_=alice), (
        "Somebody came with an older code, and the shop has forgotten the newer one: it worked a second time."
    )


@promise(
    points=3,
    after=test_a_code_opens_once,
    asvs="6.5.1",
    cwe=367,
    hints=[
        "Two come at the same moment. What does each of them read in the row?",
        "Compare and set in one operation: what may its filter say besides the name?",
        "`update_one` returns `modified_count`: 1 for whoever changed the row, 0 for whoever found none that fits.",
        "The shop runs in two processes here, as shops do: a lock holds in one of them only.",
    ],
)
def test_of_two_at_once_one_is_let_in(lab, shop, alice, mallory, two_processes):
    """Of two who type Alice's code at the same moment, one is let in."""
    code = code_of(lab, alice, begin_a_step(lab))
    for browser in (alice, mallory):
        first_step(browser, shop, as_=alice)
    pages = []
    at_once(lab, "steps", *(lambda at=each: pages.append(second_step(at, shop, code)) for each in (alice, mallory)))

    inside = sum(opened(page, shop, alice) for page in pages)
    assert inside <= 1, f"Two typed one code at the same moment, and {inside} of them were let in."
    assert not type_code(mallory, shop, code, as_=alice), "Two typed one code at the same moment; later it still opens."


@promise(
    points=1,
    after=test_of_two_at_once_one_is_let_in,
    asvs="6.5.1",
    cwe=367,
    hints=[
        "Somebody types the code before Alice's, and she types hers. Both have read the row; who writes last?",
        "What may the row say at the moment in which a step is written into it?",
    ],
)
def test_a_late_one_takes_nothing_back(lab, shop, alice, mallory, two_processes):
    """Somebody with an older code, who comes a moment before Alice and is served after her, makes none good again."""
    step = begin_a_step(lab)
    older, code = code_of(lab, alice, step - 1), code_of(lab, alice, step)
    for browser in (alice, mallory):
        first_step(browser, shop, as_=alice)
    with under_way(lab, lambda: second_step(mallory, shop, older), table="steps"):
        let_in = opened(second_step(alice, shop, code), shop, alice)

    # Whoever refuses both is safe; Alice's code is good for one of the two, then.
    again = type_code(mallory, shop, code, as_=alice)
    assert not (let_in and again), "The older code was noted last, and Alice's opens once more."


@promise(
    points=1,
    after=test_a_code_opens_once,
    asvs="6.5.1",
    cwe=294,
    hints=[
        "Restart the shop within a step. What does it still know?",
        "Where is a used step noted: in this process, or where everybody can read it?",
    ],
)
def test_a_restart_forgets_nothing(lab, shop, alice, mallory, restart_shop):
    """After a restart of the shop a used code is still used."""
    step = begin_a_step(lab)
    code = code_of(lab, alice, step)
    assert type_code(alice, shop, code, as_=alice), "Alice's code opens nothing."
    restart_shop()

    assert not type_code(mallory, lab.shop, code, as_=alice), "The shop was restarted, and a used code opens again."
