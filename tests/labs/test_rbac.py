"""The tea company's pages: the access matrix as it is declared, and what each flaw changes in it."""

import os
from collections import Counter

import pytest

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab
from labsrv.labs.rbac import expected as declared_matrix
from labsrv.labs.rbac import site
from labsrv.labs.rbac.asking import MatrixAsker, rows
from labsrv.labs.rbac.declared import DECLARED, DYNAMIC, GRANTS, JUNIORS, LOGGED_IN, PERMISSIONS, PUBLIC, STATIC
from labsrv.labs.rbac.expected import expected
from labsrv.labs.rbac.matrix import ACTORS, REQUESTS, observe
from labsrv.labs.rbac.people import (
    activate,
    amount_of,
    approve,
    ask,
    drop,
    hire,
    log_in,
    log_out,
    number_of,
    permissions_of,
    prepare,
)

EVERY = 1 if os.environ.get("AUTHLAB_ATTACKS") == "all" else 6
FLAWS = list(labs.flaws_of("rbac"))


@pytest.fixture
def run():
    """Run the lab with some decisions; stop it and put the clock right."""
    started = []

    def run(**decisions):
        lab = Lab("rbac", place=FirstNumber(), hash_cost="low", report=lambda each: print(each.error), listens=False)
        started.append(lab)
        labs.furnish(lab, "rbac", labs.complete("rbac", decisions)(lab))
        return lab

    yield run
    for lab in started:
        lab.stop()
        lab.clock.reset()


@pytest.fixture
def lab(run):
    return run()


# The matrix.


def test_the_secure_site_is_as_declared_in_every_cell(lab, record_figure):
    before = {name: lab.db[name].find() for name in lab.db.collections() if name != "log"}
    cells = observe(lab)
    different = [f"{each.actor}: {each.request}: {each.observed}" for each in cells if not each.as_declared]

    assert not different
    assert {name: lab.db[name].find() for name in before} == before, "Asking has left something behind."
    record_figure("RBAC matrix, cells as declared", f"{len(cells)} of {len(ACTORS) * len(REQUESTS)}")
    record_figure("RBAC matrix, actors × requests", f"{len(ACTORS)} × {len(REQUESTS)}")
    record_figure("RBAC matrix, endpoints", len({each.endpoint for each in cells}))
    assert len({each.endpoint for each in cells}) >= 12 and len(ACTORS) >= 5
    assert {each.method for each in cells} == {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}


def test_asked_a_cell_at_a_time_it_is_the_same(lab):
    """As a view asks: request by request, so that one actor comes after the other each time."""
    asked = ["GET records", "DELETE record own", "POST roles", "GET count", "GET pay"]
    ask = MatrixAsker(lab)
    different = [row for row in rows(requests=asked) if ask(*row[:3]).seen != row[3]]

    assert not different and len(rows(requests=asked)) == 5 * len(ACTORS)
    with pytest.raises(LookupError, match="'GET nothing' by 'a stranger'"):
        ask("a stranger", "GET", "nothing")


def test_the_table_has_a_row_for_each_request_and_a_column_for_each_actor():
    assert list(declared_matrix.ROWS) == list(REQUESTS) and list(ACTORS) == list(declared_matrix.WHO)
    assert {len(row) for row in declared_matrix.ROWS.values()} == {len(ACTORS)}
    for request, actor in (("GET nothing", "Alice, employee"), ("GET home", "nobody")):
        with pytest.raises(LookupError, match="add it"):
            expected(request, actor)


def test_who_asks_for_what_is_not_there_is_told(lab):
    with pytest.raises(LookupError, match="ACTORS"):
        observe(lab, actors=["Eve"])


def test_a_cell_opens_its_request(lab):
    (cell,) = observe(lab, actors=["Bob, manager"], requests=["PATCH note 1001"])
    row = cell.row()

    assert (cell.exchange.method, cell.exchange.status) == ("PATCH", 200)
    assert row["needed"] == "records:edit" and row["changed"] == ["records"] and row["as_declared"]
    assert any(each.number == row["exchange"] for each in lab.traffic)


# What each flaw changes: a cell is among it, or it is not.

EMPLOYEES = {"Alice, employee", "Mallory, employee", "Mallory, in groups"}
LOGGED = set(ACTORS) - {"a stranger"}
ASKED_BY_PERMISSION = set(PERMISSIONS)
AS_HR = "Carol, HR"
# Who gets the raise that waits, or has prepared it: nobody else is kept from approving it by may_approve.
UNTOUCHED = {"Alice, employee", "Bob, manager", "Bob, auditor", "Mallory, who prepared it"}
OF_HR = {*GRANTS["hr"], *GRANTS["employee"]}


def is_refused(cell):
    """Tell whether a permission lacks, which the endpoint declares."""
    return cell.expected == "403" and cell.needed in ASKED_BY_PERMISSION


def is_approved_all_the_same(cell):
    """Tell whether a raise stays as it is for whoever prepared it or gets it, whatever they are permitted."""
    return cell.endpoint != "approve" or cell.actor not in UNTOUCHED


def looks_like_hr(cell):
    return cell.actor == "Mallory, in groups" and is_refused(cell) and cell.needed in GRANTS["hr"]


def is_read_by(cell):
    """Tell whether the actor may read at this endpoint."""
    reading = DECLARED[cell.endpoint].get("GET")
    same = [name for name, asked in REQUESTS.items() if asked.endpoint == cell.endpoint and asked.method == "GET"]
    return reading in ASKED_BY_PERMISSION and any(expected(name, cell.actor)[:3] in ("200", "404") for name in same)


def becomes_hrs(cell):
    """Tell whether HR of the harbour gets another answer: of this branch, by permission or as one's own."""
    if cell.actor in ("a stranger", "Mallory, HR of the hill"):
        return False
    return cell.needed in OF_HR and cell.expected != expected(cell.request, AS_HR)


def is_a_senior(cell):
    """Tell whether it changes where employees are all that is right above them, and HR and managers are directors."""
    if cell.actor in EMPLOYEES:
        seen = cell.needed in GRANTS["employee"] and cell.expected != expected(cell.request, AS_HR)
        return (is_refused(cell) and is_approved_all_the_same(cell)) or seen
    if cell.request == "POST approve raise-1":
        return cell.actor in (AS_HR, "Mallory, HR of the hill")

    # Who is an employee has too much already, for whoever counts what comes with it.
    return cell.actor == AS_HR and cell.endpoint == "roles" and cell.expected == "201"


def others(*requests):
    """Return whether it is one of these requests, by an employee, where it is not only about her own record."""
    return lambda cell: (
        cell.request in requests
        and cell.actor in EMPLOYEES
        and cell.expected != expected(cell.request, "Bob, manager")
        and not (cell.actor == "Alice, employee" and cell.request.endswith(("1001", ".txt")))
    )


def cells(**actors_by_request):
    """Return whether it is one of these cells."""
    return lambda cell: cell.actor in actors_by_request.get(cell.request, ())


def is_of_another_branch(cell):
    return cell.expected != across_branches(cell)


CHANGES = {
    "compare_as_people_read": looks_like_hr,
    "look_for_it_in_the_text": looks_like_hr,
    "ask_as_for_reading": lambda cell: (
        cell.expected == "403"
        and cell.method not in ("GET", "HEAD")
        and cell.request != "OPTIONS drafts"
        and is_read_by(cell)
    ),
    "believe_the_override": lambda cell: cell.request.endswith("called GET") and is_refused(cell) and is_read_by(cell),
    "let_in_what_nobody_declared": lambda cell: cell.needed is None and cell.expected in ("401", "403"),
    "leave_it_to_the_page": lambda cell: is_refused(cell) and is_approved_all_the_same(cell),
    "believe_the_body": lambda cell: cell.way == "role in the body" and is_refused(cell),
    "believe_the_cookie": lambda cell: cell.way == "role in a cookie" and becomes_hrs(cell),
    "believe_the_header": lambda cell: cell.way == "role in a header" and becomes_hrs(cell),
    "as_it_was_when_activated": lambda cell: (
        cell.actor == "Mallory, HR until an hour ago" and is_refused(cell) and cell.needed in OF_HR
    ),
    "seniors_as_well": is_a_senior,
    "assign_whatever_there_is": lambda cell: cell.expected == "409" and cell.endpoint == "roles",
    "count_the_names_alone": lambda cell: cell.expected == "409" and cell.request == "POST roles, by inheritance",
    "activate_all_that_is_assigned": cells(
        **{"POST active_roles, payroll": ["Carol, HR"], "POST active_roles, hr": ["Carol, payroll"]}
    ),
    "ask_for_another_role": cells(**{"POST approve raise-1": ["Mallory, who prepared it"]}),
    "forget_the_list": others("GET records", "GET records, hr in cookie", "GET records, hr in header", "GET pay"),
    "forget_the_count": others("GET count"),
    "forget_the_export": others("GET export"),
    "forget_the_single_record": others("GET record 1001", "HEAD record 1001", "GET pay_record 1001"),
    "forget_the_bulk": others("POST bulk"),
    "forget_what_hangs_on_it": others("GET slips 1001"),
    "forget_the_download": others("GET slip 1001 2026-10.txt", "HEAD slip 1001 2026-10.txt"),
    "forget_the_branch": is_of_another_branch,
    "leave_fields_to_the_page": lambda cell: cell.actor == "Bob, manager" and cell.expected in (
        "200:4/1", "200:2/1", "200:1/0"
    ),
    "take_whatever_comes": lambda cell: cell.expected == "400" and (
        cell.request in ("PATCH owner 1001", "PATCH note 1001, hr in body") or cell.request.startswith("PATCH amount")
    ),
}  # fmt: skip


def across_branches(cell):
    """Return what somebody who sees a branch gets where branches are not told apart."""
    if cell.actor in EMPLOYEES | {"a stranger", "Mallory, HR until an hour ago"} or cell.endpoint in ("roles", "role"):
        return cell.expected
    if cell.expected[:5] in ("200:4", "200:3", "200:2") and cell.endpoint in ("pay", "records", "count", "export"):
        return "other"
    if cell.endpoint == "bulk" and cell.expected.startswith("200"):
        return "other"
    if cell.actor == "Mallory, HR of the hill" and cell.request in ("GET raises", "POST raises"):
        return "other"
    there = any(str(value) in ("1001", "2001") for value in REQUESTS[cell.request].values.values())
    return "other" if cell.expected == "404" and (there or cell.request == "POST raises, hill") else cell.expected


def test_every_flaw_says_what_it_changes():
    assert list(CHANGES) == FLAWS


@pytest.mark.slow("the whole matrix, once a flaw")
@pytest.mark.parametrize("name", FLAWS[::EVERY])
def test_a_flaw_changes_exactly_the_cells_that_it_is_about(run, record_figure, name):
    flaw = labs.flaws_of("rbac")[name]
    asked = observe(run(**{flaw.of: flaw}))
    changed = {(each.actor, each.request) for each in asked if not each.as_declared}
    said = {(each.actor, each.request) for each in asked if CHANGES[name](each)}

    assert changed == said and changed
    assert all(each.observed[:1] != "5" for each in asked)
    record_figure(f"RBAC matrix, cells changed by {name}", len(changed))


# The site.


def test_an_endpoint_that_declares_nothing_keeps_the_site_from_starting(lab, monkeypatch):
    assert site.undeclared(labs.complete("rbac", {})(lab)) == ["GET drafts", "PUT record"]

    monkeypatch.setitem(DECLARED, "record", {"GET": "records:read"})
    with pytest.raises(LookupError, match="DELETE record, PATCH record: say in DECLARED"):
        labs.complete("rbac", {})(lab)


def test_what_is_declared_is_granted_to_somebody():
    needed = {each for by_method in DECLARED.values() for each in by_method.values()}

    assert needed <= {*PERMISSIONS, PUBLIC, LOGGED_IN}
    assert set(GRANTS) == set(JUNIORS) and Counter(PERMISSIONS).most_common(1)[0][1] == 1
    assert {role for each in [*STATIC, *DYNAMIC] for role in each["roles"]} <= set(JUNIORS)


def test_the_page_shows_a_button_to_who_may_use_it(lab):
    log_in(lab.alice, lab.shop)
    lab.alice.navigate(lab.shop.page("pay_record", number=1001))
    assert lab.alice.sees("2900") and not lab.alice.sees("Edit") and not lab.alice.sees("Remove")

    log_in(lab.carol, lab.shop)
    assert lab.carol.sees("Assign a role")
    lab.carol.navigate(lab.shop.page("pay_record", number=1001))
    assert lab.carol.sees("Edit") and lab.carol.sees("Remove")


def test_a_raise_takes_two_people(lab):
    log_in(lab.bob, lab.shop)
    log_in(lab.carol, lab.shop, "payroll")
    key = prepare(lab.bob, lab.shop, number_of(lab, lab.alice), 3300)
    assert approve(lab.carol, lab.shop, key).status == 200 and amount_of(lab, lab.alice) == 3300

    assert approve(lab.carol, lab.shop, key).status == 409
    assert ask(lab.bob, lab.shop.raises, "POST", {"record": 1001, "amount": True}).status == 400


def test_two_roles_take_two_steps(lab):
    log_in(lab.carol, lab.shop)
    assert activate(lab.carol, lab.shop, "payroll").status == 403
    drop(lab.carol, lab.shop, "hr")
    assert permissions_of(lab.carol, lab.shop) == []

    assert activate(lab.carol, lab.shop, "payroll").status == 200
    assert "raises:approve" in permissions_of(lab.carol, lab.shop)


def test_a_role_that_may_not_be_activated_begins_no_session(lab):
    log_in(lab.alice, lab.shop, "hr")
    assert permissions_of(lab.alice, lab.shop) == []
    log_out(lab.alice, lab.shop)

    assert ask(lab.alice, lab.shop.session).status == 401


def test_revoking_counts_from_the_next_request_on(lab):
    log_in(lab.bob, lab.shop)
    assert ask(lab.bob, lab.shop.raises).status == 200
    hire(lab, lab.bob, "employee")
    assert ask(lab.bob, lab.shop.raises).status == 403

    log_in(lab.alice, lab.shop)
    lab.db.users.update_one({"_id": lab.alice.person.name}, {"$set": {"disabled": True}})
    assert ask(lab.alice, lab.shop.records).status == 401


def test_refusals_are_written_down(lab):
    log_in(lab.mallory, lab.shop)
    ask(lab.mallory, lab.shop.log)
    log_in(lab.bob, lab.shop, "auditor")
    lines = ask(lab.bob, lab.shop.log).json()["log"]

    assert [(each["who"], each["what"], each["status"]) for each in lines] == [("mallory", "GET /api/log", 403)]


HOSTILE_BODIES = {
    "a member named twice": '{"note": "x", "amount": 9000, "amount": 1}',
    "a number as text": '{"amount": "9000"}',
    "a yes as a number": '{"amount": true}',
    "an operator": '{"note": {"$gt": ""}}',
    "a list": '[{"note": "x"}]',
    "nothing to change": "{}",
    "no JSON": "note=x",
    "not a number": '{"amount": NaN}',
    "less than nothing": '{"amount": -1}',
    "a band that is none": '{"band": "Z"}',
    "the key": '{"_id": 1}',
    "deep brackets": "[" * 5000,
    "half of a character": '{"note": "\\ud800"}',
    "a huge number": '{"amount": 9223372036854775808}',
}


@pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES)
def test_a_hostile_body_changes_nothing(lab, body):
    log_in(lab.carol, lab.shop)
    before = lab.db.records.find()
    answer = ask(lab.carol, lab.shop.page("record", number=1001), "PATCH", body=body)

    assert answer.status == 400 and lab.db.records.find() == before


def test_numbers_that_no_record_has_are_no_records(lab):
    log_in(lab.carol, lab.shop)
    for number in ("9223372036854775808", "-1", "1001,1002", "01001x", "1001%00"):
        assert ask(lab.carol, f"{lab.shop.records}/{number}").status == 404
    assert ask(lab.carol, lab.shop.bulk, "POST", {"ids": [2**63]}).status == 400
    assert ask(lab.carol, lab.shop.groups, "POST", {"name": "\ud800"}).status == 400
