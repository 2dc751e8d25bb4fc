"""Caught by: test_what_there_is_afterwards_is_looked_at. What there is after a refusal is not looked at."""

import csv
import io
from typing import Any

from labsrv.kit.asking import Ask, Reply, Row

ALLOWED = (200, 201, 204)
REFUSED = (401, 403, 404)


def examine(ask: Ask, rows: list[Row], people: dict[str, dict[str, Any]]) -> None:
    """Return if the site keeps to its policy; fail an `assert` if it does not."""
    every_cell(ask, rows)
    only_whose_they_are(ask, people, "employee", {people["employee"]["record"]})
    only_whose_they_are(ask, people, "hr", {each["record"] for each in people.values() if each["branch"] == "harbour"})
    a_refusal_changes_nothing(ask, people)
    a_change_is_of_the_note_alone(ask, people)
    two_people_raise_pay(ask, people)
    a_revoked_role_is_gone(ask, people)


def every_cell(ask: Ask, rows: list[Row]) -> None:
    """Hold each cell of the matrix against what it says."""
    for row in rows:
        reply = ask(row["actor"], row["verb"], row["path"], row.get("body"))
        expect(reply, ALLOWED if row["allowed"] else REFUSED)


def only_whose_they_are(ask: Ask, people: dict[str, dict[str, Any]], actor: str, own: set[int]) -> None:
    """Look into the list, the export, and what comes for everybody's numbers."""
    everybody = {each["record"] for each in people.values()}
    others = everybody - own
    for found in (
        numbers(expect(ask(actor, "GET", "/api/records"), ALLOWED)),
        exported(expect(ask(actor, "GET", "/api/records/export.csv"), ALLOWED)),
        numbers(expect(ask(actor, "POST", "/api/records/bulk", {"ids": sorted(everybody)}), ALLOWED)),
    ):
        assert not found & others, "records of others"


def a_refusal_changes_nothing(ask: Ask, people: dict[str, dict[str, Any]]) -> None:
    """Have an employee change a record, and look at it afterwards."""
    path = f"/api/records/{people['employee']['record']}"
    expect(ask("employee", "PATCH", path, {"note": "I should like more"}), REFUSED)


def a_change_is_of_the_note_alone(ask: Ask, people: dict[str, dict[str, Any]]) -> None:
    """Send fields that are none of a manager's business beside one that is."""
    path = f"/api/records/{people['colleague']['record']}"
    before = record(ask, path)
    for extra in ({"amount": before["amount"] + 1000}, {"owner": people["manager"]["name"]}):
        expect(ask("manager", "PATCH", path, {"note": "well done", **extra}), (400, *REFUSED))
        assert record(ask, path) == before, "a field too many"


def two_people_raise_pay(ask: Ask, people: dict[str, dict[str, Any]]) -> None:
    """Have a director prepare a raise, and approve it."""
    asked = {"record": people["colleague"]["record"], "amount": 4000}
    key = expect(ask("director", "POST", "/api/raises", asked), ALLOWED)["json"]["id"]
    expect(ask("director", "POST", f"/api/raises/{key}/approve"), REFUSED)


def a_revoked_role_is_gone(ask: Ask, people: dict[str, dict[str, Any]]) -> None:
    """Revoke a role in the middle of a session."""
    expect(ask("hr", "DELETE", f"/api/roles/{people['manager']['name']}/manager"), ALLOWED)
    expect(ask("manager", "GET", "/api/raises"), REFUSED)


def expect(reply: Reply, statuses: tuple[int, ...]) -> Reply:
    """Return a reply that has one of these statuses."""
    assert reply["status"] in statuses, reply
    return reply


def record(ask: Ask, path: str) -> dict[str, Any]:
    """Return a record as hr reads it."""
    read: dict[str, Any] = expect(ask("hr", "GET", path), ALLOWED)["json"]
    return read


def numbers(reply: Reply) -> set[int]:
    """Return the numbers of the records in a list."""
    return {each["id"] for each in reply["json"]["records"]}


def exported(reply: Reply) -> set[int]:
    """Return the numbers of the records in a table."""
    return {int(each["id"]) for each in csv.DictReader(io.StringIO(reply["text"]))}
