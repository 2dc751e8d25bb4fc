"""The certification scenario of the AuthZEN Authorization API 1.0, row by row, against a PDP that runs by itself.

Names begin with the section of the scenario. `signed_metadata` and capabilities, which are optional, are left out, and
so is HTTPS: this PDP is on loopback alone, and its addresses say http.
"""

import pytest

ALICE, BOB = {"type": "user", "id": "alice"}, {"type": "user", "id": "bob"}
ADMIN = BOB | {"properties": {"role": "admin"}}
READ, WRITE = {"name": "read"}, {"name": "write"}
ONE = {"type": "record", "id": "record-1"}
ACTIVE = ONE | {"properties": {"status": "active"}}
ARCHIVED = {"type": "record", "id": "record-2", "properties": {"status": "archived"}}
CONTEXT = {"time": "2025-06-27T18:03-07:00", "ip": "192.168.1.1"}
MINIMAL = {"subject": ALICE, "action": READ, "resource": ONE}


def attribute(name):
    return {"attribute": name}


# The fixture that the scenario asks for (1), as a policy of ours.
ROLE, STATUS, SOFT = attribute("subject.role"), attribute("resource.status"), attribute("action.soft")
IS_ALICE = {"equal": [attribute("subject.id"), "alice"]}
POLICY = {
    "version": 1,
    "combining": "deny-overrides",
    "attributes": {
        "subject.role": {"type": "text", "source": "directory", "changeable_by": "HR"},
        "resource.status": {"type": "text", "source": "records", "changeable_by": "archive"},
        "action.soft": {"type": "boolean", "source": "request", "changeable_by": "the subject"},
    },
    "rules": [
        {
            "name": "people read",
            "effect": "permit",
            "actions": ["read"],
            "resources": ["record"],
            "when": {"in": [attribute("subject.id"), ["alice", "bob"]]},
        },
        {
            "name": "alice writes what is active",
            "effect": "permit",
            "actions": ["write"],
            "resources": ["record"],
            "when": {"all": [IS_ALICE, {"equal": [STATUS, "active"]}]},
        },
        {
            "name": "admins write what is archived",
            "effect": "permit",
            "actions": ["write"],
            "resources": ["record"],
            "when": {"all": [{"present": ROLE}, {"equal": [ROLE, "admin"]}, {"equal": [STATUS, "archived"]}]},
        },
        {
            "name": "alice deletes softly",
            "effect": "permit",
            "actions": ["delete"],
            "resources": ["record"],
            "when": {"all": [IS_ALICE, {"equal": [SOFT, True]}]},
        },
    ],
}
DATA = {"subjects": [ALICE, ADMIN], "resources": [ACTIVE, ARCHIVED]}


@pytest.fixture(scope="module")
def pep(pdp_of):
    return pdp_of(POLICY, DATA)


def asked(subject=ALICE, action=READ, resource=ONE, **more):
    return {"subject": subject, "action": action, "resource": resource, **more}


def soft(value):
    return {"name": "delete", "properties": {"soft": value}}


DECISIONS = {
    "1.4 rule 1: alice reads": (asked(), True),
    "1.4 rule 2: alice writes": (asked(action=WRITE), True),
    "1.4 rule 3: bob reads": (asked(BOB), True),
    "1.4 rule 4: bob does not write": (asked(BOB, WRITE), False),
    "1.4 rule 5: not what is archived": (asked(ALICE, WRITE, ARCHIVED), False),
    "1.4 rule 6: an admin writes what is archived": (asked(ADMIN, WRITE, ARCHIVED), True),
    "1.4 rule 7: alice deletes softly": (asked(action=soft(True)), True),
    "1.4 rule 8: and not for good": (asked(action=soft(False)), False),
    "2.2.3 with a context": (asked(context=CONTEXT), True),
    "2.2.8 with other properties": (
        asked(
            ALICE | {"properties": {"department": "Sales", "role": "manager"}},
            READ | {"properties": {"method": "GET"}},
            ONE | {"properties": {"status": "active", "owner": "bob"}},
        ),
        True,
    ),
    "2.2.9 with fields that nobody knows": (asked(foo="bar", futureField={"nested": True}), True),
}


@pytest.mark.parametrize(("said", "decision"), DECISIONS.values(), ids=DECISIONS)
def test_2_evaluation(said, decision, pep):
    answer = pep.ask("evaluation", said)

    assert (answer.status, answer.json["decision"]) == (200, decision)
    assert isinstance(answer.json.get("context", {}), dict)


def without(name, said=MINIMAL):
    return {each: value for each, value in said.items() if each != name}


NO_QUESTIONS = {
    "2.4.1 no subject": without("subject"),
    "2.4.1 no action": without("action"),
    "2.4.1 no resource": without("resource"),
    "2.4.2 a subject without a type": asked({"id": "alice"}),
    "2.4.2 a subject without an id": asked({"type": "user"}),
    "2.4.2 an action without a name": asked(action={}),
    "2.4.2 a resource without a type": asked(resource={"id": "record-1"}),
    "2.4.2 a resource without an id": asked(resource={"type": "record"}),
    "2.4.6 a subject that is text": asked("alice"),
    "2.4.6 a name that is a number": asked(action={"name": 123}),
    "a context that is text": asked(context="noon"),
    "properties that are a list": asked(ALICE | {"properties": []}),
    "a list": [],
}


@pytest.mark.parametrize("path", ["evaluation", "evaluations"])
@pytest.mark.parametrize("said", NO_QUESTIONS.values(), ids=NO_QUESTIONS)
def test_2_4_what_is_no_question(said, path, pep):
    answer = pep.ask(path, said)

    assert answer.status == 400 and answer.text.strip()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_2_4_3_another_content_type(kind, pep):
    assert pep.ask("evaluation", MINIMAL, **{"Content-Type": kind}).status == 400


@pytest.mark.parametrize("body", ["{", "{'subject': 1}", "", "null", '"alice"', "\xff", '{"subject": NaN}', "[" * 5000])
def test_2_4_4_and_5_no_json(body, pep):
    answer = pep.send("/access/v1/evaluation", body.encode("latin-1"), Content_Type="application/json")

    assert answer.status == 400


def test_a_member_twice_is_refused(pep):
    twice = '{"subject": {"type": "user", "id": "mallory", "id": "alice"}, "action": {"name": "read"}, "resource": {}}'

    assert "twice" in pep.send("/access/v1/evaluation", twice, Content_Type="application/json").text


@pytest.mark.parametrize("path", ["evaluation", "evaluations", "search/subject", "search/action", "nowhere"])
@pytest.mark.parametrize("said", [MINIMAL, {}], ids=["a question", "none"])
def test_2_5_1_the_id_of_a_request_comes_back(path, said, pep):
    assert pep.ask(path, said, X_Request_ID="a b-1").headers["x-request-id"] == "a b-1"


def test_2_5_2_no_id_is_no_error(pep):
    assert pep.ask("evaluation", MINIMAL).status == 200


def test_2_6_the_same_question_has_the_same_answer(pep):
    assert len({pep.ask("evaluation", MINIMAL).text for _ in range(5)}) == 1


BATCHES = {
    "3.2.1 two resources": (
        without("resource") | {"evaluations": [{"resource": ONE}, {"resource": ARCHIVED}]},
        [True, True],
    ),
    "3.2.2 two actions": (
        without("action", asked(BOB)) | {"evaluations": [{"action": READ}, {"action": WRITE}]},
        [True, False],
    ),
    "3.2.3 properties of resources": (
        {"subject": ALICE, "action": WRITE, "evaluations": [{"resource": ACTIVE}, {"resource": ARCHIVED}]},
        [True, False],
    ),
    "3.2.4 properties of subjects": (
        {"action": WRITE, "resource": ARCHIVED, "evaluations": [{"subject": ALICE}, {"subject": ADMIN}]},
        [False, True],
    ),
    "3.2.5 no defaults": ({"evaluations": [MINIMAL, asked(BOB, WRITE)]}, [True, False]),
    "3.2.6 a context for all but one": (
        without("resource")
        | {"context": CONTEXT, "evaluations": [{"resource": ONE}, {"resource": ARCHIVED, "context": {}}]},
        [True, True],
    ),
    "3.2.7 all by default": (
        asked(ALICE, WRITE, ACTIVE) | {"evaluations": [{}, {"resource": ARCHIVED}]},
        [True, False],
    ),
    "3.4.1 one that is none": (
        without("resource")
        | {"options": {"evaluations_semantic": "execute_all"}, "evaluations": [{"resource": ONE}, {}]},
        [True, False],
    ),
}


@pytest.mark.parametrize(("said", "decisions"), BATCHES.values(), ids=BATCHES)
def test_3_evaluations(said, decisions, pep):
    answer = pep.ask("evaluations", said)

    assert answer.status == 200 and "decision" not in answer.json
    assert [each["decision"] for each in answer.json["evaluations"]] == decisions


def test_3_4_1_the_failure_is_said(pep):
    said = without("resource") | {"evaluations": [{"resource": ONE}, {}, {"resource": ONE}]}
    answers = pep.ask("evaluations", said).json["evaluations"]

    assert answers[1]["context"]["error"]["status"] == 400
    assert [each["decision"] for each in answers] == [True, False, True]


@pytest.mark.parametrize("more", [{}, {"evaluations": []}], ids=["3.4.2 missing", "3.4.3 empty"])
def test_3_4_without_evaluations_it_is_one_question(more, pep):
    assert pep.ask("evaluations", MINIMAL | more).json == {"decision": True}


SEARCHES = {
    "4.2.1 who reads": ("subject", asked({"type": "user"}), ["alice", "bob"]),
    "4.2.2 with a context": ("subject", asked({"type": "user"}, context=CONTEXT), ["alice", "bob"]),
    "4.2.3 an id is not looked at": ("subject", asked(ALICE), ["alice", "bob"]),
    "4.2.4 who writes what is archived": ("subject", asked({"type": "user"}, WRITE, ARCHIVED), ["bob"]),
    "4.3.1 what alice reads": ("resource", asked(resource={"type": "record"}), ["record-1", "record-2"]),
    "4.3.2 with a context": ("resource", asked(resource={"type": "record"}, context=CONTEXT), ["record-1", "record-2"]),
    "4.3.3 an id is not looked at": ("resource", asked(), ["record-1", "record-2"]),
    "4.3.4 what an admin writes": ("resource", asked(ADMIN, WRITE, {"type": "record"}), ["record-2"]),
    "4.4.1 what alice does": ("action", without("action"), ["read", "write"]),
    "4.4.2 with a context": ("action", without("action") | {"context": CONTEXT}, ["read", "write"]),
    "4.4.3 what an admin does": ("action", {"subject": ADMIN, "resource": ARCHIVED}, ["read", "write"]),
    "4.6.1 nobody of this id": ("action", {"subject": {"type": "user", "id": "nobody"}, "resource": ONE}, []),
    "4.6.1 no resource of this id, subjects": (
        "subject",
        asked({"type": "user"}, WRITE, {"type": "record", "id": "9"}),
        [],
    ),
    "4.6.2 subjects of no known type": ("subject", asked({"type": "spaceship"}), []),
    "4.6.2 resources of no known type": ("resource", asked(resource={"type": "spaceship"}), []),
    "4.6.2 actions on no known type": ("action", {"subject": ALICE, "resource": {"type": "spaceship", "id": "1"}}, []),
}


@pytest.mark.parametrize(("searched", "said", "found"), SEARCHES.values(), ids=SEARCHES)
def test_4_search(searched, said, found, pep):
    answer = pep.ask(f"search/{searched}", said)
    shape = {"name"} if searched == "action" else {"type", "id"}

    assert answer.status == 200 and set(answer.json) == {"results"}
    assert [each["name" if searched == "action" else "id"] for each in answer.json["results"]] == found
    assert all(set(each) == shape for each in answer.json["results"])
    if searched != "action":
        assert all(each["type"] == said[searched]["type"] for each in answer.json["results"])


NO_SEARCHES = {
    "4.7.1 subjects, no action": ("subject", without("action")),
    "4.7.1 resources, no subject": ("resource", without("subject")),
    "4.7.1 actions, no resource": ("action", {"subject": ALICE}),
    "4.7.2 subjects, a resource without an id": ("subject", asked({"type": "user"}, resource={"type": "record"})),
    "4.7.2 resources, a subject without an id": ("resource", asked({"type": "user"}, resource={"type": "record"})),
    "4.7.2 actions, a subject without an id": ("action", {"subject": {"type": "user"}, "resource": ONE}),
    "subjects of no type": ("subject", asked({})),
    "a page that is text": ("subject", asked(page="2")),
    "a limit below nothing": ("subject", asked(page={"limit": -1})),
    "a limit that is true": ("subject", asked(page={"limit": True})),
    "a limit that is broken": ("subject", asked(page={"limit": 1.5})),
    "a token that is a number": ("subject", asked(page={"token": 1})),
}


@pytest.mark.parametrize(("searched", "said"), NO_SEARCHES.values(), ids=NO_SEARCHES)
def test_4_7_what_is_no_search(searched, said, pep):
    assert pep.ask(f"search/{searched}", said).status == 400


def test_4_5_page_by_page(pep):
    said = asked({"type": "user"}, page={"limit": 1})
    first = pep.ask("search/subject", said).json
    second = pep.ask("search/subject", asked({"type": "user"}, page={"token": first["page"]["next_token"]})).json

    assert (first["results"], second["results"]) == ([ALICE], [BOB])
    assert first["page"].items() >= {"count": 1, "total": 2}.items() and first["page"]["next_token"]
    assert second["page"] == {"next_token": "", "count": 1, "total": 2}


@pytest.mark.parametrize("size", [0, 2, 100, 10**6])
def test_4_5_a_page_that_holds_all_or_nothing(size, pep):
    answer = pep.ask("search/subject", asked({"type": "user"}, page={"limit": size})).json

    assert len(answer["results"]) == min(size, 2)
    assert bool(answer["page"]["next_token"]) is (size == 0)


CHANGED = {
    "another action": asked({"type": "user"}, WRITE),
    "another resource": asked({"type": "user"}, READ, ARCHIVED),
    "another context": asked({"type": "user"}, context=CONTEXT),
    "another limit": asked({"type": "user"}, page={"limit": 2}),
    "another order": asked({"type": "user"}, page={"properties": {"sort": "down"}}),
}


@pytest.mark.parametrize("said", CHANGED.values(), ids=CHANGED)
def test_4_5_a_token_belongs_to_one_search(said, pep):
    token = pep.ask("search/subject", asked({"type": "user"}, page={"limit": 1})).json["page"]["next_token"]
    page = said.get("page", {}) | {"token": token}

    assert pep.ask("search/subject", said | {"page": page}).status == 400


@pytest.mark.parametrize("token", ["2", "WzEsIDFd", "WzEsIDFdLg==", "é", "=" * 9, " "])
def test_4_5_a_token_is_not_made_by_hand(token, pep):
    assert pep.ask("search/subject", asked({"type": "user"}, page={"token": token})).status == 400


def test_4_5_a_token_of_another_endpoint(pep):
    token = pep.ask("search/subject", asked(page={"limit": 1})).json["page"]["next_token"]

    assert pep.ask("search/resource", asked(page={"limit": 1, "token": token})).status == 400


def test_6_discovery(pep):
    answer = pep.send("/.well-known/authzen-configuration", method="GET")

    assert answer.status == 200
    assert answer.json == {
        "policy_decision_point": pep.address,
        "access_evaluation_endpoint": f"{pep.address}/access/v1/evaluation",
        "access_evaluations_endpoint": f"{pep.address}/access/v1/evaluations",
        "search_subject_endpoint": f"{pep.address}/access/v1/search/subject",
        "search_resource_endpoint": f"{pep.address}/access/v1/search/resource",
        "search_action_endpoint": f"{pep.address}/access/v1/search/action",
    }
