"""Caught by: test_yes_and_no_are_told_apart. Only what is refused is tested: an office that refuses everybody
passes.
"""

import csv
import io
from typing import Any

from labsrv.kit.asking import Ask, Reply, Row

ALLOWED = (200, 201, 204)
REFUSED = (401, 403, 404)


def examine(ask: Ask, rows: list[Row], people: dict[str, dict[str, Any]]) -> None:
    """Return if the site keeps to its policy; fail an `assert` if it does not."""
    every_cell(ask, rows)


def every_cell(ask: Ask, rows: list[Row]) -> None:
    """Hold each cell of the matrix against what it says."""
    for row in [each for each in rows if not each["allowed"]]:
        reply = ask(row["actor"], row["verb"], row["path"], row.get("body"))
        expect(reply, ALLOWED if row["allowed"] else REFUSED)


def meets_none_of(ask: Ask, actor: str, others: set[int]) -> None:
    """Look into the list, what comes for the numbers of others, and the export."""
    for reply in (ask(actor, "GET", "/api/records"), ask(actor, "POST", "/api/records/bulk", {"ids": list(others)})):
        assert not others & {each["id"] for each in expect(reply, ALLOWED)["json"]["records"]}

    table = expect(ask(actor, "GET", "/api/records/export.csv"), ALLOWED)["text"]
    assert not others & {int(each["id"]) for each in csv.DictReader(io.StringIO(table))}


def a_refusal_changes_nothing(ask: Ask, path: str) -> None:
    """Have an employee change a record, and look at it afterwards."""
    before = record(ask, path)
    expect(ask("employee", "PATCH", path, {"note": before["owner"]}), REFUSED)
    assert record(ask, path) == before


def a_change_is_of_the_note_alone(ask: Ask, path: str) -> None:
    """Have a manager send a whole record with a note of theirs."""
    before = record(ask, path)
    ask("manager", "PATCH", path, {**before, "note": before["owner"]})
    assert record(ask, path) == before


def two_people_raise_pay(ask: Ask, number: int) -> None:
    """Have a director prepare a raise, and approve it."""
    prepared = ask("director", "POST", "/api/raises", {"record": number, "amount": number})
    key = expect(prepared, ALLOWED)["json"]["id"]
    expect(ask("director", "POST", f"/api/raises/{key}/approve"), REFUSED)


def a_revoked_role_is_gone(ask: Ask, name: str) -> None:
    """Revoke a manager's role in the middle of their session."""
    expect(ask("hr", "DELETE", f"/api/roles/{name}/manager"), ALLOWED)
    expect(ask("manager", "GET", "/api/raises"), REFUSED)


def expect(reply: Reply, statuses: tuple[int, ...]) -> Reply:
    """Return a reply that has one of these statuses."""
    assert reply["status"] in statuses, reply
    return reply


def record(ask: Ask, path: str) -> dict[str, Any]:
    """Return a record as hr reads it."""
    read: dict[str, Any] = expect(ask("hr", "GET", path), ALLOWED)["json"]
    return read
