"""Mallory's attacks on recovery codes."""

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.races import at_once
from labsrv.labs.two_factor.moves import opens, told, with_alices_password
from labsrv.labs.two_factor.people import draw_codes, log_in, second_step


def alices_sheet(lab: Lab) -> list[str]:
    """Return the recovery codes that Alice has drawn."""
    log_in(lab.alice, lab.shop)
    return draw_codes(lab.alice, lab.shop)


@attack(flaw="keep_them_readable_too")
def read_the_stolen_table(lab: Lab) -> Outcome:
    """Read the table of recovery codes in a stolen backup, and type what it says."""
    alices_sheet(lab)
    values = {str(value) for row in lab.db.dump()["recovery"] for value in row.values()}
    readable = [each for each in sorted(values) if len(each) == 10 and each.isalnum() and each != lab.alice.person.name]
    if not readable:
        return Outcome(False, "the table has hashes only.")

    page = second_step(with_alices_password(lab), lab.shop, readable[0], kind="recovery")
    return told(opens(page, lab), f"the table says {readable[0]}", "what the table says opens nothing")


@attack(flaw="add_to_the_old_sheet")
def use_the_sheet_of_last_year(lab: Lab) -> Outcome:
    """Find Alice's sheet of last year in the waste paper; she has a new one since."""
    found = alices_sheet(lab)[3]
    draw_codes(lab.alice, lab.shop)
    page = second_step(with_alices_password(lab), lab.shop, found, kind="recovery")
    return told(opens(page, lab), "the old sheet still counts", "the old sheet is void")


@attack(flaw="leave_it_on_the_sheet")
def redeem_again(lab: Lab) -> Outcome:
    """Type a recovery code that Alice has used."""
    code = alices_sheet(lab)[0]
    second_step(with_alices_password(lab, lab.alice), lab.shop, code, kind="recovery")
    page = second_step(with_alices_password(lab), lab.shop, code, kind="recovery")
    return told(opens(page, lab), "the code worked a second time", "the code was crossed out")


@attack(flaw="look_and_then_cross_out", given=("redeem",))
def redeem_twice_at_once(lab: Lab) -> Outcome:
    """Type Alice's recovery code in the very moment in which she types it."""
    code = alices_sheet(lab)[0]
    pair = [with_alices_password(lab, browser) for browser in (lab.alice, lab.mallory)]
    pages = at_once(
        lab, "recovery", *(lambda at=each: second_step(at, lab.shop, code, kind="recovery") for each in pair)
    )
    many = sum(opens(page, lab) for page in pages)
    return told(
        many == 2,
        "one code opened the account twice",
        f"of two who typed one code, {'one was' if many else 'none were'} let in",
    )


@attack(flaw="take_the_favourite_tea_too")
def answer_the_question(lab: Lab) -> Outcome:
    """Read the guest book on the front page, where Alice says what she likes best."""
    page = lab.mallory.navigate(lab.shop.url)
    tea = next(tea for tea in ("Oolong", "Sencha", "Earl Grey") if page.sees(f"{lab.alice.person.name}: {tea}"))
    page = second_step(with_alices_password(lab), lab.shop, tea, kind="recovery")
    return told(opens(page, lab), f"the answer was {tea}, and everybody knows", "a favourite tea is no second factor")
