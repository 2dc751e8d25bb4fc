"""The two interoperability scenarios of the AuthZEN working group: Todo, and Search. Tables and policies are ours."""

import pytest

from tests.policy.samples import attribute

# Todo: a shared list. Viewers read; editors create, and change what is theirs; admins delete anything, and an evil
# genius changes anything.
ROLES = {
    "rick@the-citadel.com": ["admin", "evil_genius"],
    "morty@the-citadel.com": ["editor"],
    "summer@the-smiths.com": ["editor"],
    "beth@the-smiths.com": ["viewer"],
    "jerry@the-smiths.com": ["viewer"],
}
RICK, MORTY, SUMMER, BETH, JERRY = ROLES
EDITS = {"any": [{"in": [role, attribute("subject.roles")]} for role in ("editor", "admin", "evil_genius")]}
OWNS = {"equal": [attribute("resource.ownerID"), attribute("subject.email")]}
TODO = {
    "version": 1,
    "combining": "deny-overrides",
    "attributes": {
        "subject.roles": {"type": "texts", "source": "directory", "changeable_by": "the citadel"},
        "subject.email": {"type": "text", "source": "directory"},
        "resource.ownerID": {"type": "text", "source": "todo list"},
    },
    "rules": [
        {"name": "all see people", "effect": "permit", "actions": ["can_read_user"], "resources": ["user"]},
        {"name": "all see the list", "effect": "permit", "actions": ["can_read_todos"], "resources": ["todo"]},
        {
            "name": "editors create",
            "effect": "permit",
            "actions": ["can_create_todo"],
            "resources": ["todo"],
            "when": EDITS,
        },
        {
            "name": "editors change what is theirs",
            "effect": "permit",
            "actions": ["can_update_todo", "can_delete_todo"],
            "resources": ["todo"],
            "when": {"all": [EDITS, OWNS]},
        },
        {
            "name": "admins delete",
            "effect": "permit",
            "actions": ["can_delete_todo"],
            "resources": ["todo"],
            "when": {"in": ["admin", attribute("subject.roles")]},
        },
        {
            "name": "an evil genius changes",
            "effect": "permit",
            "actions": ["can_update_todo"],
            "resources": ["todo"],
            "when": {"in": ["evil_genius", attribute("subject.roles")]},
        },
    ],
}


def citizen(email):
    """Return a subject as the application names it: by the `sub` of a token, and by nothing else."""
    return {"type": "user", "id": f"sub-of-{email}"}


def todo(owner):
    return {"type": "todo", "id": f"todo-of-{owner}", "properties": {"ownerID": owner}}


PEOPLE = [citizen(email) | {"properties": {"roles": roles, "email": email}} for email, roles in ROLES.items()]
ACTIONS = (
    "can_create_todo",
    "can_update_todo Rick's",
    "can_update_todo own",
    "can_delete_todo Rick's",
    "can_delete_todo own",
)
# Each may read people and the list. Of the others, in this order:
MAY = {RICK: "yyyyy", MORTY: "ynyny", SUMMER: "ynyny", BETH: "nnnnn", JERRY: "nnnnn"}
TODO_ROWS = [
    *((who, "can_read_user", {"type": "user", "id": seen}, True) for who in ROLES for seen in (BETH, who)),
    *((who, "can_read_todos", {"type": "todo", "id": "todo-1"}, True) for who in ROLES),
    *(
        (who, action.split()[0], todo(RICK if action.endswith("Rick's") else who), answer == "y")
        for who, answers in MAY.items()
        for action, answer in zip(ACTIONS, answers, strict=True)
    ),
]


@pytest.fixture(scope="module")
def todo_pep(pdp_of):
    return pdp_of(TODO, {"subjects": PEOPLE})


@pytest.mark.parametrize(("who", "action", "resource", "decision"), TODO_ROWS)
def test_todo(who, action, resource, decision, todo_pep):
    said = {"subject": citizen(who), "action": {"name": action}, "resource": resource}

    assert todo_pep.ask("evaluation", said).json["decision"] is decision


def test_todo_has_a_row_for_each_decision_of_the_scenario():
    assert len(TODO_ROWS) == 40


@pytest.mark.parametrize(
    ("who", "decisions"), {RICK: [True, True], MORTY: [False, True], JERRY: [False, False]}.items()
)
def test_todo_in_one_request(who, decisions, todo_pep):
    several = [{"resource": todo(RICK)}, {"resource": todo(MORTY)}]
    said = {"subject": citizen(who), "action": {"name": "can_update_todo"}, "evaluations": several}

    assert [each["decision"] for each in todo_pep.ask("evaluations", said).json["evaluations"]] == decisions


# Search: users with a role and a department, records with a department and an owner.
USERS = {
    "alice": ("manager", "Sales"),
    "bob": ("employee", "Legal"),
    "carol": ("contractor", "Legal"),
    "dan": ("manager", "Finance"),
    "erin": ("employee", "Finance"),
    "felix": ("contractor", "Accounting"),
}
OWNERS = [*USERS] * 3 + ["alice", "bob"]  # of the records 101 to 120, in turn
DEPARTMENTS = [
    "Legal",
    "Legal",
    "Legal",
    "Accounting",
    "Legal",
    "Accounting",
    "Sales",
    "Legal",
    "Accounting",
    "Sales",
    "Accounting",
    "Legal",
    "Sales",
    "Accounting",
    "Finance",
    "Legal",
    "Legal",
    "Accounting",
    "Legal",
    "Accounting",
]
RECORDS = {str(101 + number): each for number, each in enumerate(zip(DEPARTMENTS, OWNERS, strict=True))}
OWN = {"equal": [attribute("resource.owner"), attribute("subject.id")]}
SAME_DEPARTMENT = {"equal": [attribute("resource.department"), attribute("subject.department")]}
MANAGER = {"equal": [attribute("subject.role"), "manager"]}
SEARCH = {
    "version": 1,
    "combining": "permit-overrides",
    "attributes": {
        f"{name}": {"type": "text", "source": "sample data"}
        for name in ("subject.role", "subject.department", "resource.owner", "resource.department")
    },
    "rules": [
        {"name": "own", "effect": "permit", "actions": ["view", "edit", "delete"], "when": OWN},
        {"name": "view in the department", "effect": "permit", "actions": ["view"], "when": SAME_DEPARTMENT},
        {"name": "managers view", "effect": "permit", "actions": ["view"], "when": MANAGER},
        {
            "name": "managers edit in their department",
            "effect": "permit",
            "actions": ["edit"],
            "when": {"all": [MANAGER, SAME_DEPARTMENT]},
        },
    ],
}
SEARCH_DATA = {
    "subjects": [
        {"type": "user", "id": name, "properties": {"role": role, "department": department}}
        for name, (role, department) in USERS.items()
    ],
    "resources": [
        {"type": "record", "id": name, "properties": {"department": department, "owner": owner}}
        for name, (department, owner) in RECORDS.items()
    ],
}


def may(user, action, record):
    """Return what the scenario's six sentences say."""
    (role, own_department), (department, owner) = USERS[user], RECORDS[record]
    match action:
        case "view":
            return user == owner or own_department == department or role == "manager"
        case "edit":
            return user == owner or (role == "manager" and own_department == department)
        case "delete":
            return user == owner


@pytest.fixture(scope="module")
def search_pep(pdp_of):
    return pdp_of(SEARCH, SEARCH_DATA)


def found(pep, searched, **said):
    answer = pep.ask(f"search/{searched}", said).json
    return [each.get("id", each.get("name")) for each in answer["results"]]


@pytest.mark.parametrize("action", ["view", "edit", "delete"])
def test_who_can(action, search_pep):
    for record in RECORDS:
        resource = {"type": "record", "id": record}
        expected = [user for user in USERS if may(user, action, record)]
        assert (
            found(search_pep, "subject", subject={"type": "user"}, action={"name": action}, resource=resource)
            == expected
        )


@pytest.mark.parametrize("action", ["view", "edit", "delete"])
def test_on_what(action, search_pep):
    for user in USERS:
        subject = {"type": "user", "id": user}
        expected = [record for record in RECORDS if may(user, action, record)]
        assert (
            found(search_pep, "resource", subject=subject, action={"name": action}, resource={"type": "record"})
            == expected
        )


@pytest.mark.parametrize("user", USERS)
def test_what_can_they_do(user, search_pep):
    for record in RECORDS:
        expected = [action for action in ("delete", "edit", "view") if may(user, action, record)]
        subject, resource = {"type": "user", "id": user}, {"type": "record", "id": record}
        assert found(search_pep, "action", subject=subject, resource=resource) == expected
