"""Mallory's moves against other people's records: one place after the other where they may be met."""

from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.rbac.people import HILL, MONTHS, amount_of, ask, change, hire, log_in, number_of

WANTED = 9000


def told(found: bool, where: str) -> Outcome:
    """Return the outcome in a sentence: whether something of somebody else's stood there."""
    return Outcome(found, f"{where} {'has' if found else 'does not have'} what is Alice's.")


@attack(flaw="forget_the_list", given=("inherited",))
def list_everybody(lab: Lab) -> Outcome:
    """Ask for the list of records."""
    log_in(lab.mallory, lab.shop)
    answer = ask(lab.mallory, lab.shop.records)
    return told(lab.alice.person.name.encode() in answer.body, "the list")


@attack(flaw="forget_the_count", given=("inherited",))
def count_by_band(lab: Lab) -> Outcome:
    """Find out Alice's band by counting: there is one record of hers in it, and none in the others."""
    log_in(lab.mallory, lab.shop)
    counts = {
        band: ask(lab.mallory, f"{lab.shop.count}?owner={lab.alice.person.name}&band={band}").json()["count"]
        for band in "ABCDE"
    }
    return told(any(counts.values()), "a count by owner and band")


@attack(flaw="forget_the_export", given=("inherited",))
def export_everybody(lab: Lab) -> Outcome:
    """Download the table as a file."""
    log_in(lab.mallory, lab.shop)
    answer = ask(lab.mallory, lab.shop.export)
    return told(lab.alice.person.name.encode() in answer.body, "the export")


@attack(flaw="forget_the_single_record", given=("inherited",))
def ask_for_the_next_number(lab: Lab) -> Outcome:
    """Change the number in the address of one's own record."""
    log_in(lab.mallory, lab.shop)
    answer = ask(lab.mallory, lab.shop.page("record", number=number_of(lab, lab.alice)))
    return told(answer.status == 200 and lab.alice.person.name.encode() in answer.body, "the record of another number")


@attack(flaw="forget_the_bulk", given=("inherited",))
def ask_for_several(lab: Lab) -> Outcome:
    """Ask for several records by their numbers, one's own among them."""
    log_in(lab.mallory, lab.shop)
    numbers = [number_of(lab, lab.mallory), number_of(lab, lab.alice)]
    answer = ask(lab.mallory, lab.shop.bulk, "POST", {"ids": numbers})
    return told(lab.alice.person.name.encode() in answer.body, "the answer for several")


@attack(flaw="forget_what_hangs_on_it", given=("inherited",))
def look_at_her_slips(lab: Lab) -> Outcome:
    """List the slips of a record that one may not read."""
    log_in(lab.mallory, lab.shop)
    answer = ask(lab.mallory, lab.shop.page("slips", number=number_of(lab, lab.alice)))
    return told(answer.status == 200, "the list of slips")


@attack(flaw="forget_the_download", given=("inherited",))
def download_her_slip(lab: Lab) -> Outcome:
    """Type the address of a file that has the month for its name."""
    log_in(lab.mallory, lab.shop)
    address = lab.shop.page("slip", number=number_of(lab, lab.alice), file=f"{MONTHS[0]}.txt")
    answer = ask(lab.mallory, address)
    return told(answer.status == 200 and lab.alice.person.name.encode() in answer.body, "the file")


@attack(flaw="forget_the_branch")
def read_the_other_branch(lab: Lab) -> Outcome:
    """Be HR of one branch, and read the records of the other."""
    hire(lab, lab.mallory, "hr", branch="harbour")
    log_in(lab.mallory, lab.shop)
    answer = ask(lab.mallory, lab.shop.records)
    met = [name for name in HILL if name.encode() in answer.body]
    return Outcome(bool(met), f"HR of the harbour meets {' and '.join(met) or 'nobody'} of the hill.")


@attack(flaw="leave_fields_to_the_page")
def read_what_the_page_hides(lab: Lab) -> Outcome:
    """As a manager, who may not see what people earn, ask the API for a record."""
    hire(lab, lab.mallory, "manager")
    log_in(lab.mallory, lab.shop)
    answer = ask(lab.mallory, lab.shop.page("record", number=number_of(lab, lab.alice)))
    return told("amount" in answer.json(), "a manager's answer from the API")


@attack(flaw="take_whatever_comes")
def send_more_fields(lab: Lab) -> Outcome:
    """As a manager, who may change a note, send the amount along."""
    hire(lab, lab.mallory, "manager")
    log_in(lab.mallory, lab.shop)
    change(lab.mallory, lab.shop, number_of(lab, lab.mallory), note="is doing well", amount=WANTED)
    raised = amount_of(lab, lab.mallory) == WANTED
    return Outcome(raised, f"a field that the form does not have was {'written' if raised else 'refused'}.")
