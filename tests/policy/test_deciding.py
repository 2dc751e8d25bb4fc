"""The decision: four outcomes, every rule in the trace, and nothing guessed."""

import copy
from collections import UserDict

import pytest

from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.policy.deciding import decide
from labsrv.policy.policy import Policy
from tests.policy.samples import CLEARANCE, PAY, SENSITIVITY, TIME, attribute, policy_of

HR = {"id": "hanna", "roles": ["hr"], "clearance": 3}
SLIP = {"owner": "bob", "sensitivity": 3, "zone": "Europe/Berlin"}
HOUSE = {"now": "2026-03-02T09:00:00+01:00", "address": "10.1.2.3", "device_trusted": True, "acr": "mfa"}


def test_the_owner_reads(pay, ask):
    decision = decide(pay, ask("read", {"id": "bob"}, SLIP))

    assert (decision.outcome, decision.determining, decision.demands) == ("permit", ("own",), ())


def test_a_stranger_is_not_permitted_and_nothing_forbids_it_either(pay, ask):
    decision = decide(pay, ask("read", {"id": "mallory", "roles": [], "department": "tea"}, SLIP, **HOUSE))

    assert (decision.outcome, decision.allowed, decision.says) == ("not applicable", False, "")


def test_hr_reads_with_a_watermark_and_edits_in_the_house(pay, ask):
    read = decide(pay, ask("read", HR | {"department": "hr"}, SLIP, **HOUSE))
    edit = decide(pay, ask("edit", HR, SLIP, **HOUSE))

    assert (read.outcome, read.demands) == ("permit", ({"name": "watermark"},))
    assert (edit.outcome, edit.determining) == ("permit", ("cleared",))


def test_what_is_forbidden_says_why(pay, ask):
    decision = decide(pay, ask("edit", HR, SLIP, **HOUSE | {"address": "203.0.113.7"}))

    assert (decision.outcome, decision.determining) == ("deny", ("outside",))
    assert decision.says == "Pay is edited in the house's network, on a device that IT trusts."


def test_prove_more_is_told_apart_from_forbidden(pay, ask):
    decision = decide(pay, ask("edit", HR, SLIP, **HOUSE | {"acr": "pwd"}))

    assert (decision.outcome, decision.demands) == ("deny", ({"name": "step_up", "acr": "mfa"},))


def test_every_rule_is_in_the_trace_with_what_it_read(pay, ask):
    decision = decide(pay, ask("edit", HR, SLIP, **HOUSE | {"acr": "pwd"}))
    trace = {each.rule: each for each in decision.trace}

    assert list(trace) == [rule["name"] for rule in PAY["rules"]]
    assert [each.outcome for each in decision.trace] == [
        "not applicable",
        "permit",
        "not applicable",
        "deny",
        "not applicable",
    ]
    assert trace["own"].because == "it is about other actions: read"
    assert trace["prove more"].because == 'context.acr ("pwd") is not "mfa"'
    assert [(each.name, each.value, each.source) for each in trace["cleared"].read] == [
        ("subject.roles", ["hr"], "staff directory"),
        ("subject.clearance", 3, "staff directory"),
        ("resource.sensitivity", 3, "pay records"),
        ("context.now", "2026-03-02T09:00:00+01:00", "server clock"),
        ("resource.zone", "Europe/Berlin", "pay records"),
    ]


def test_no_rule_permits_nothing(ask):
    assert decide(Policy.read(policy_of()), ask()).outcome == "not applicable"


@pytest.mark.parametrize("effects", [("permit", "deny"), ("deny", "permit")], ids=" first, ".join)
def test_a_deny_overrides_in_either_order(effects, ask):
    assert decide(Policy.read(policy_of(*((each, None) for each in effects))), ask()).outcome == "deny"


# What a hostile or broken question may have in the place of a clearance, and what the only permit then is.
CLEARANCES = {
    "enough": (3, "permit"),
    "broken, and enough": (3.5, "permit"),
    "not enough": (2, "not applicable"),
    "missing": (None, "indeterminate"),
    "text": ("10", "indeterminate"),
    "true": (True, "indeterminate"),
    "a list": ([9], "indeterminate"),
    "an object": ({"$gt": 0}, "indeterminate"),
    "infinite": (float("inf"), "indeterminate"),
    "no number": (float("nan"), "indeterminate"),
    "empty text": ("", "indeterminate"),
}


@pytest.mark.parametrize(("clearance", "outcome"), CLEARANCES.values(), ids=CLEARANCES)
def test_a_clearance_is_a_number_or_nothing(clearance, outcome, ask):
    policy = Policy.read(policy_of(("permit", {"at least": [CLEARANCE, SENSITIVITY]})))
    subject = {} if clearance is None else {"clearance": clearance}

    assert decide(policy, ask("read", subject, {"sensitivity": 3})).outcome == outcome


@pytest.mark.parametrize(("clearance", "outcome"), CLEARANCES.values(), ids=CLEARANCES)
def test_a_deny_that_cannot_be_read_lets_nobody_in(clearance, outcome, ask):
    rules = ("permit", None), ("deny", {"less": [CLEARANCE, SENSITIVITY]})
    decision = decide(Policy.read(policy_of(*rules)), ask("read", {"clearance": clearance}, {"sensitivity": 3}))

    assert decision.allowed is (outcome == "permit")
    if outcome == "indeterminate":
        assert (decision.outcome, decision.could_be) == ("indeterminate", ("deny", "permit"))


# Half an hour around the time that does not exist on 29 March 2026 in Berlin, and around the end of the day.
CLOCKS = {
    "before eight": ("2026-03-02T07:59:59+01:00", False),
    "at eight": ("2026-03-02T08:00:00+01:00", True),
    "the last second": ("2026-03-02T17:59:59+01:00", True),
    "a fraction before six": ("2026-03-02T17:59:59.999999+01:00", True),
    "at six": ("2026-03-02T18:00:00+01:00", False),
    "six in Berlin, said in UTC": ("2026-03-02T17:00:00Z", False),
    "in summer two hours from UTC": ("2026-03-29T06:00:00Z", True),
    "the day before, one hour": ("2026-03-28T06:00:00Z", False),
    "an offset of Mallory's own": ("2026-03-02T20:00:00+12:00", True),
}  # the last is 09:00 in Berlin: an offset changes how a moment is written, and not which it is


@pytest.mark.parametrize(("now", "open_"), CLOCKS.values(), ids=CLOCKS)
def test_hours_are_those_of_the_resource(now, open_, ask):
    policy = Policy.read(policy_of(("permit", {"between": [TIME, "08:00", "18:00"]})))

    assert decide(policy, ask("read", {}, {"zone": "Europe/Berlin"}, now=now)).allowed is open_


NO_MOMENTS = [
    "2026-03-02T09:00:00",
    "2026-03-02",
    "09:00",
    1772438400,
    True,
    "2026-02-30T09:00:00Z",
    "",
    "0001-01-01T00:00:00+14:00",
]


@pytest.mark.parametrize("now", NO_MOMENTS, ids=str)
def test_what_is_no_moment_is_indeterminate(now, ask):
    policy = Policy.read(policy_of(("permit", {"between": [TIME, "00:00", "23:59"]})))

    assert decide(policy, ask("read", {}, {"zone": "Europe/Berlin"}, now=now)).outcome == "indeterminate"


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../etc/passwd", "/etc/localtime", "", 1, None], ids=str)
def test_what_is_no_zone_is_indeterminate(zone, ask):
    policy = Policy.read(policy_of(("permit", {"between": [TIME, "00:00", "23:59"]})))

    assert decide(policy, ask("read", {}, {"zone": zone}, now="2026-03-02T09:00:00Z")).outcome == "indeterminate"


ADDRESSES = {
    "inside": ("10.255.255.255", "permit"),
    "the next": ("11.0.0.0", "not applicable"),
    "inside, written as IPv6": ("::ffff:10.0.0.1", "permit"),
    "outside, written as IPv6": ("::ffff:11.0.0.1", "not applicable"),
    "IPv6": ("fd12::1", "permit"),
    "two of them": ("10.0.0.1, 203.0.113.7", "indeterminate"),
    "with a port": ("10.0.0.1:80", "indeterminate"),
    "leading zeros": ("010.0.0.1", "indeterminate"),
    "a number": (167772161, "indeterminate"),
    "a blank": (" 10.0.0.1", "indeterminate"),
}


@pytest.mark.parametrize(("address", "outcome"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_in_a_network_or_not(address, outcome, ask):
    inside = {"in network": [attribute("context.address"), ["10.0.0.0/8", "fd00::/8"]]}

    assert decide(Policy.read(policy_of(("permit", inside))), ask(address=address)).outcome == outcome


def test_what_stands_before_keeps_what_follows_from_failing(ask):
    guarded = {"all": [{"present": CLEARANCE}, {"at least": [CLEARANCE, 3]}]}
    unguarded = {"all": [{"at least": [CLEARANCE, 3]}, {"present": CLEARANCE}]}

    assert decide(Policy.read(policy_of(("permit", guarded))), ask()).outcome == "not applicable"
    assert decide(Policy.read(policy_of(("permit", unguarded))), ask()).outcome == "indeterminate"


@pytest.mark.parametrize("value", ["HR", "hr ", "h", "hrd", "ｈｒ", ["hr"], None, "hr\n"], ids=repr)
def test_a_text_is_in_a_list_whole_or_not_at_all(value, ask):
    policy = Policy.read(policy_of(("permit", {"in": [attribute("subject.department"), ["hr", "it"]]})))

    assert not decide(policy, ask("read", {"department": value})).allowed
    assert decide(policy, ask("read", {"department": "hr"})).allowed


def test_an_attribute_from_elsewhere_is_not_believed(ask):
    policy = Policy.read(policy_of(("permit", {"in network": [attribute("context.address"), ["10.0.0.0/8"]]})))
    question = ask(address="10.0.0.1")
    spoofed = decide(policy, question, {"context.address": "X-Forwarded-For"})

    assert decide(policy, question, {"context.address": "socket"}).allowed
    assert spoofed.outcome == "indeterminate"
    assert spoofed.trace[0].because == "context.address comes from X-Forwarded-For, and has to from socket"
    assert decide(policy, question, {}).outcome == "indeterminate"


class Hostile(UserDict):
    def get(self, *_):
        raise RuntimeError("ha")


def test_a_rule_that_breaks_is_a_reason_to_refuse(ask):
    policy = Policy.read(
        policy_of(("permit", {"at least": [CLEARANCE, 1]}), ("permit", None), combining="first-applicable")
    )
    question = Question(Entity("user", "mallory", Hostile()), Action("read"), Entity("slip", "1"))
    decision = decide(policy, question)

    assert (decision.outcome, decision.trace[0].because) == ("indeterminate", "the rule broke: RuntimeError")


def test_deciding_changes_nothing_and_says_the_same_again(pay, ask):
    question = ask("edit", HR, SLIP, **HOUSE)
    before = copy.deepcopy(question)

    assert decide(pay, question) == decide(pay, question)
    assert question == before
