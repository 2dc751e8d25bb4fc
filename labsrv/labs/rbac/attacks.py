"""Mallory's moves against roles, as plain functions over browsers.

An attack succeeds on the flaw that it names, and fails on the secure site. What the office does beforehand (`hire`) is
no attack: she has the job that she has. Attacks on whose records one sees are in attacks_on_records.py. Where employees
are all that is above them, or whoever is logged in may do everything, most of it takes no attack: `given` says so.
"""

from dataclasses import replace
from typing import Any

from labsrv.kit.browser.browser import Browser
from labsrv.kit.cookies.jar import Cookie
from labsrv.kit.lessons.attacks import Outcome, attack
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.labs.rbac.attacks_on_records import (
    ask_for_several,
    ask_for_the_next_number,
    count_by_band,
    download_her_slip,
    export_everybody,
    list_everybody,
    look_at_her_slips,
    read_the_other_branch,
    read_what_the_page_hides,
    send_more_fields,
)
from labsrv.labs.rbac.people import (
    activate,
    amount_of,
    approve,
    ask,
    assign,
    change,
    drop,
    hire,
    log_in,
    number_of,
    permissions_of,
    prepare,
    roles_in_store,
)

__all__ = [
    "approve_what_one_prepared",
    "ask_for_several",
    "ask_for_the_next_number",
    "be_both_at_once",
    "be_junior_to_somebody",
    "collect_roles",
    "collect_roles_from_above",
    "count_by_band",
    "download_her_slip",
    "export_everybody",
    "find_what_was_added",
    "found_a_group_that_reads_like_it",
    "found_a_group_with_it_in_its_name",
    "go_on_after_the_demotion",
    "list_everybody",
    "look_at_her_slips",
    "name_a_role_in_a_cookie",
    "name_a_role_in_a_header",
    "name_a_role_in_the_body",
    "name_another_method",
    "read_the_other_branch",
    "read_what_the_page_hides",
    "send_another_method",
    "send_more_fields",
    "use_the_hidden_button",
]

WANTED = 9000


# Moves.


def take_a_role(mallory: Browser, shop: Site, role: str = "hr", **options: Any) -> bool:
    """Try to give oneself a role, as the office does it; return whether the answer was that it is done."""
    said = {"user": mallory.person.name, "role": role} | options.pop("also", {})
    return ask(mallory, shop.roles, "POST", said, **options).status == 201


def found(mallory: Browser, shop: Site, name: str) -> bool:
    """Found a group of this name."""
    return ask(mallory, shop.groups, "POST", {"name": name}).status == 201


def put_cookie(browser: Browser, shop: Site, name: str, value: str) -> None:
    """Put a cookie of one's own into one's browser, beside the one that the site gave it."""
    own: Cookie = browser.jar.cookies_for(shop.url)[0].cookie
    browser.jar.put(replace(own, name=name, value=value))


# Whole attacks.


@attack(flaw="compare_as_people_read", given=("inherited",))
def found_a_group_that_reads_like_it(lab: Lab) -> Outcome:
    """Found a group that is called `HR `, which is nobody else's name."""
    log_in(lab.mallory, lab.shop)
    found(lab.mallory, lab.shop, "HR ")
    return may_assign_roles(lab, "the group 'HR '")


@attack(flaw="look_for_it_in_the_text", given=("inherited",))
def found_a_group_with_it_in_its_name(lab: Lab) -> Outcome:
    """Found a group that has `hr` in its name."""
    log_in(lab.mallory, lab.shop)
    found(lab.mallory, lab.shop, "friends-of-hr")
    return may_assign_roles(lab, "the group 'friends-of-hr'")


@attack(flaw="ask_as_for_reading", given=("answer_for",))
def send_another_method(lab: Lab) -> Outcome:
    """As an auditor, who reads the list of roles, send a POST to its address."""
    hire(lab, lab.mallory, "auditor")
    log_in(lab.mallory, lab.shop)
    take_a_role(lab.mallory, lab.shop)
    return has_role(lab, "hr", "an auditor's POST to what she may read")


@attack(flaw="believe_the_override", given=("answer_for",))
def name_another_method(lab: Lab) -> Outcome:
    """As an auditor, send a POST and say in a header that it is a GET."""
    hire(lab, lab.mallory, "auditor")
    log_in(lab.mallory, lab.shop)
    take_a_role(lab.mallory, lab.shop, headers={"X-HTTP-Method-Override": "GET"})
    return has_role(lab, "hr", "a POST that calls itself a GET")


@attack(flaw="let_in_what_nobody_declared")
def find_what_was_added(lab: Lab) -> Outcome:
    """Type the address of what another office has mounted, without a login."""
    answer = ask(lab.mallory, lab.url("shop", "/api/drafts"))
    sees = answer.status == 200 and lab.alice.person.name.encode() in answer.body
    return told(
        sees, "a stranger reads next year's pay", f"what nobody declared is closed to a stranger ({answer.status})"
    )


@attack(flaw="leave_it_to_the_page")
def use_the_hidden_button(lab: Lab) -> Outcome:
    """Send what the button sends that the page does not show to her."""
    log_in(lab.mallory, lab.shop)
    hidden = not lab.mallory.sees("Assign a role")
    take_a_role(lab.mallory, lab.shop)
    return has_role(lab, "hr", f"the button that her page {'hides' if hidden else 'shows'}")


@attack(flaw="believe_the_body", given=("answer_for",))
def name_a_role_in_the_body(lab: Lab) -> Outcome:
    """Say in the JSON as whom one asks."""
    log_in(lab.mallory, lab.shop)
    take_a_role(lab.mallory, lab.shop, also={"as": "hr"})
    return has_role(lab, "hr", "a body that says 'as: hr'")


@attack(flaw="believe_the_cookie", given=("answer_for",))
def name_a_role_in_a_cookie(lab: Lab) -> Outcome:
    """Write a role into a cookie."""
    log_in(lab.mallory, lab.shop)
    put_cookie(lab.mallory, lab.shop, "role", "hr")
    take_a_role(lab.mallory, lab.shop)
    return has_role(lab, "hr", "a cookie that says 'hr'")


@attack(flaw="believe_the_header", given=("answer_for",))
def name_a_role_in_a_header(lab: Lab) -> Outcome:
    """Send the header that a proxy would set."""
    log_in(lab.mallory, lab.shop)
    take_a_role(lab.mallory, lab.shop, headers={"X-Role": "hr"})
    return has_role(lab, "hr", "a header that says 'hr'")


@attack(flaw="as_it_was_when_activated")
def go_on_after_the_demotion(lab: Lab) -> Outcome:
    """Stay logged in when one's role is revoked, and use it."""
    hire(lab, lab.mallory, "hr")
    log_in(lab.mallory, lab.shop)
    hire(lab, lab.mallory, "employee")
    change(lab.mallory, lab.shop, number_of(lab, lab.mallory), amount=WANTED)
    return earns_it(lab, "a role that was revoked an hour ago")


@attack(flaw="seniors_as_well")
def be_junior_to_somebody(lab: Lab) -> Outcome:
    """Be an employee, of which HR is a senior."""
    log_in(lab.mallory, lab.shop)
    change(lab.mallory, lab.shop, number_of(lab, lab.mallory), amount=WANTED)
    return earns_it(lab, "what her role's seniors are granted")


@attack(flaw="assign_whatever_there_is")
def collect_roles(lab: Lab) -> Outcome:
    """Pay people, and have oneself made the auditor of it."""
    hire(lab, lab.mallory, "payroll")
    log_in(lab.carol, lab.shop)
    assign(lab.carol, lab.shop, lab.mallory, "auditor")
    return has_role(lab, "auditor", "a request to HR, who assigns what she is asked for,")


@attack(flaw="count_the_names_alone")
def collect_roles_from_above(lab: Lab) -> Outcome:
    """Pay people, and be made director: manager and HR come with it."""
    hire(lab, lab.mallory, "payroll")
    log_in(lab.carol, lab.shop)
    assign(lab.carol, lab.shop, lab.mallory, "director")
    return has_role(lab, "director", "a role that brings two others along")


@attack(flaw="activate_all_that_is_assigned", given=("inherited",))
def be_both_at_once(lab: Lab) -> Outcome:
    """Have HR and payroll active in one session."""
    hire(lab, lab.mallory, "hr", "payroll")
    log_in(lab.mallory, lab.shop)
    activate(lab.mallory, lab.shop, "payroll")
    both = {"raises:prepare", "raises:approve"} <= set(permissions_of(lab.mallory, lab.shop))
    return told(
        both, "one session prepares raises and approves them", "the second role waits until the first is dropped"
    )


@attack(flaw="ask_for_another_role")
def approve_what_one_prepared(lab: Lab) -> Outcome:
    """Prepare a raise as a manager, drop that role, and approve it as payroll."""
    hire(lab, lab.mallory, "manager", "payroll")
    log_in(lab.mallory, lab.shop)
    key = prepare(lab.mallory, lab.shop, number_of(lab, lab.alice), WANTED)
    drop(lab.mallory, lab.shop, "manager")
    activate(lab.mallory, lab.shop, "payroll")
    approve(lab.mallory, lab.shop, key)
    paid = amount_of(lab, lab.alice) == WANTED
    return told(paid, "one person prepared a raise and approved it", "another role is not another person")


# How an attack tells what it came to.


def told(succeeded: bool, yes: str, no: str) -> Outcome:
    """Return the outcome with the sentence that fits."""
    return Outcome(succeeded, f"{yes if succeeded else no}.")


def may_assign_roles(lab: Lab, how: str) -> Outcome:
    """Return whether Mallory's session permits what HR's does."""
    may = "roles:assign" in permissions_of(lab.mallory, lab.shop)
    return told(may, f"with {how} she may assign roles", f"{how} permits nothing")


def has_role(lab: Lab, role: str, how: str) -> Outcome:
    """Return whether Mallory is assigned a role now."""
    has = role in roles_in_store(lab, lab.mallory)
    return told(has, f"{how} made Mallory {role}", f"{how} made Mallory nothing that she was not")


def earns_it(lab: Lab, how: str) -> Outcome:
    """Return whether Mallory's record has the amount that she wants."""
    return told(amount_of(lab, lab.mallory) == WANTED, f"with {how} she raised her own pay", f"{how} changed no record")
