"""Write the tests that hold a site to its permission matrix.

The company has more offices, each with a site of its own, and all have the same policy. Somebody has written a suite
of tests that goes over the whole matrix, and it is green everywhere. It would be green as well if yes and no were
swapped: it takes any reply for the right one.

Write tests that are green on every office that keeps to the policy, in whatever style it answers, and red on those
that do not. You are given offices of both kinds, and are not told which is which.
(OWASP ASVS 5.0, 8.1.1, 8.2.1 to 8.2.3, 8.3.2; OWASP Web Security Testing Guide, 4.5)
"""

from typing import Any

from labsrv.kit.asking import Ask, Row


def examine(ask: Ask, rows: list[Row], people: dict[str, dict[str, Any]]) -> None:
    """Return if the site keeps to its policy; fail an `assert` if it does not. No other exception says that.

    `ask("hr", "GET", "/api/records")` returns a reply: its `status`, its body as `text`, and what that is as `json`.
    `rows` is the matrix: each has an `actor`, a `verb`, a `path`, sometimes a `body`, and whether this is `allowed`:
        {"actor": "employee", "verb": "GET", "path": "/api/records", "allowed": True}
        {"actor": "hr", "verb": "GET", "path": "/api/records/9916", "allowed": False}
        {"actor": "manager", "verb": "PATCH", "path": "/api/records/2073", "allowed": True, "body": {"note": "…"}}
    `people` has for each actor but `nobody` their `name`, `branch`, `roles`, and the number of their own pay `record`:
        {"employee": {"name": "kofi-c7b317", "branch": "harbour", "roles": ["employee"], "record": 1215}, …}

    Actors are employee, colleague (another employee), manager, hr, payroll and director at one branch, hill (hr at
    another branch), and nobody, who is not logged in. Each office has other names and numbers, and more people than
    these: you may meet records of theirs. Rows do not get in each other's way, in any order; but afterwards some
    records are gone, so for parts 2 and 3 take numbers from a fresh list: one `GET /api/records` as hr shows all
    records of a branch. A few hundred requests an office are plenty.

    What you print is not shown. Where your suite is red on an office that is right, the panel shows what stands behind
    the comma of the `assert …, message` that failed: give each assert a message, to see what was compared.
    """
    # TODO: 1. Yes and no. What is allowed is answered 200, 201 or 204. What is not is refused: 401, 403 or 404, as the
    #          site likes, with JSON or with a page. Nothing else is right, an error of the site least of all.
    #       2. What is in a reply. Employees meet their own record and no other; hr those of their branch and of no
    #          other. So it is in three places:
    #              GET /api/records              json: {"records": [{"id": 1001, "owner": "alice", "branch": …}, …]}
    #              GET /api/records/export.csv   text: a table, whose first line names the columns, `id` among them
    #                                            (`csv.DictReader` reads it; an id is a text here, a number in JSON)
    #              POST /api/records/bulk        with {"ids": [1001, 1002]}; json as in the list. With others' numbers:
    #                                            200 as well, without their records
    #       3. What there is afterwards. Whoever is refused has changed nothing. A manager's PATCH of a record changes
    #          its `note`, and nothing else: with an `amount` or an `owner` beside it, it is refused as a whole, here
    #          with 400 as well. hr reads all of a record:
    #              GET /api/records/1002         json: {"id": 1002, "note": …, "amount": …, "owner": "bob", …}
    #       4. What comes later. hr revokes a role: DELETE /api/roles/alice/employee. From the next request on, alice
    #          may not do what it permitted. Whoever prepares a raise does not approve it (nor a raise of one's own
    #          pay), even where both are permitted, as to a director, and payroll may:
    #              POST /api/raises              with {"record": 1002, "amount": 3100}; json: {"id": "4f1c…", …}
    #              POST /api/raises/4f1c…/approve
    #       Order, more fields or columns, and the words of a refusal are each site's own affair.
    for row in rows:
        reply = ask(row["actor"], row["verb"], row["path"], row.get("body"))
        assert reply["status"] in (200, 201, 204, 401, 403, 404), f"{row}: {reply['status']}"
