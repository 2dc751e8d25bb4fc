"""What somebody untrusted may ask of a store in memory: nothing that is worked out, and nothing that costs hours."""

import math
import re

import pytest

from labsrv.kit.pipe.remote import RemoteServices
from labsrv.kit.pipe.served import serve_services
from labsrv.kit.store.limits import Allowance

PATTERNS = {
    "an operator": {"name": {"$regex": "(a+)+$"}},
    "a compiled one": {"name": re.compile("(a+)+$")},
    "deep inside": {"$or": [{"n": 1}, {"name": {"$not": {"$in": [re.compile("a")]}}}]},
    "a number that takes all day": {"$expr": {"$gt": [{"$pow": [10, 10**9]}, 1]}},
    "an expression": {"$expr": {"$regexMatch": {"input": "$name", "regex": "(a+)+$"}}},
}


@pytest.mark.parametrize("filter", PATTERNS.values(), ids=PATTERNS)
def test_patterns_can_be_switched_off_for_the_other_side(plain, ends, filter):
    parent, child = ends
    parent.serve |= serve_services(plain, allowance=Allowance())
    db = RemoteServices(child).db
    db.rows.insert_one({"_id": 1, "said": "$regex", "name": "aaa"})

    assert db.rows.find_one({"name": {"$in": ["aaa"]}})
    with pytest.raises(ValueError, match="not available here: compare whole values"):
        db.rows.find(filter)


EXPENSIVE = {
    "looked for among many": [("find_one", [{"n": {"$in": list(range(3000))}}])],
    "many conditions": [("count_documents", [{"$or": [{"n": -n} for n in range(1500)]}])],
    "many documents": [("insert_many", [[{"n": n} for n in range(1000)]])] * 3,
    "a list that grows": [("update_one", [{"n": 1}, {"$push": {"all": {"$each": [0] * 800}}}])] * 9,
    "deep down": [("find", [{"$and": [{"$and": [{"$nor": [{"a": [0] * 3000}]}]}]}])],
}


@pytest.mark.slow("large requests")
@pytest.mark.parametrize("asked", EXPENSIVE.values(), ids=EXPENSIVE)
def test_what_would_cost_hours_can_be_refused(plain, ends, asked):
    """The work is done here, in the middle of a call: no time limit of the other side's ends it."""
    parent, child = ends
    parent.serve |= serve_services(plain, allowance=Allowance())
    services = RemoteServices(child)
    services.db.rows.insert_many([{"n": n} for n in range(300)])
    with pytest.raises(ValueError, match="asks too much of the store"):
        for operation, args in asked:
            services.db.run("rows", operation, *args)
    assert services.db.rows.find_one({"n": 1}), "What costs little is answered all the same."

    parent.serve |= serve_services(plain, allowance=Allowance(math.inf))
    for operation, args in asked:
        services.db.run("rows", operation, *args)


def test_a_shop_that_runs_for_long_may_write_for_ever():
    allowance = Allowance(math.inf)
    for _ in range(100):
        allowance.judge("insert_many", [[[0] * 10_000]])
