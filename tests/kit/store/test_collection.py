"""One contract for a collection of every store: operations, results, and what values become."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bson import ObjectId
from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import OPERATIONS
from labsrv.kit.store.collection import Collection

# What one reads


def test_find_one_and_its_options(rows):
    assert rows.find_one({"_id": 3}) == {"_id": 3, "n": 3, "even": False, "name": "row 3"}
    assert rows.find_one({"_id": 9}) is None
    assert rows.find_one(sort=[("n", -1)])["n"] == 4
    assert rows.find_one({"_id": 3}, {"n": 1}) == {"_id": 3, "n": 3}
    assert rows.find_one({"_id": 3}, ["name"]) == {"_id": 3, "name": "row 3"}


def test_find_returns_a_list_sorted_limited_skipped(rows):
    found = rows.find({"even": True}, sort=[("n", -1)])
    assert isinstance(found, list)
    assert [row["n"] for row in found] == [4, 2, 0]
    assert [row["n"] for row in rows.find(sort=[("even", 1), ("n", -1)], skip=1, limit=2)] == [1, 4]
    assert rows.find({"n": 17}) == []
    assert len(rows.find({})) == len(rows.find()) == 5


FILTERS = {
    "greater than": ({"n": {"$gt": 2}}, {3, 4}),
    "one of": ({"n": {"$in": [0, 4, 8]}}, {0, 4}),
    "not this one": ({"_id": {"$ne": 0}, "even": True}, {2, 4}),
    "either": ({"$or": [{"n": 1}, {"name": "row 2"}]}, {1, 2}),
    "a field that is missing": ({"nowhere": {"$exists": False}}, {0, 1, 2, 3, 4}),
    "a pattern": ({"name": re.compile("ROW [12]", re.IGNORECASE)}, {1, 2}),
    "a pattern as an operator": ({"name": {"$regex": "^row [^12]$"}}, {0, 3, 4}),
    "a pattern with options": ({"name": {"$regex": "^ROW 0", "$options": "i"}}, {0}),
    "not a pattern": ({"name": {"$not": re.compile("[0-3]")}}, {4}),
}


@pytest.mark.parametrize(("filter", "expected"), FILTERS.values(), ids=FILTERS)
def test_filters(rows, filter, expected):
    assert {row["n"] for row in rows.find(filter)} == expected
    assert rows.count_documents(filter) == len(expected)


def test_count_and_distinct(rows):
    assert rows.count_documents({}) == 5
    assert rows.count_documents({}, limit=2) == 2
    assert sorted(rows.distinct("even")) == [False, True]
    assert sorted(rows.distinct("n", {"even": False})) == [1, 3]


# What one writes


def test_insert_writes_the_id_into_the_callers_document(store):
    mine = {"name": "alice"}
    result = store.people.insert_one(mine)

    assert isinstance(mine["_id"], ObjectId)
    assert result.inserted_id == mine["_id"]
    assert store.people.find_one({"_id": mine["_id"]}) == mine

    several = [{"name": "bob"}, {"_id": "own", "name": "carol"}]
    assert store.people.insert_many(several).inserted_ids == [several[0]["_id"], "own"]


def test_a_taken_id_raises_duplicate_key_error(rows):
    with pytest.raises(DuplicateKeyError):
        rows.insert_one({"_id": 3})
    assert rows.find_one({"_id": 3})["n"] == 3


def test_a_unique_index_holds(store):
    assert store.people.create_index("email", unique=True) == "email_1"
    store.people.insert_one({"email": "alice@example.com"})

    with pytest.raises(DuplicateKeyError):
        store.people.insert_one({"email": "alice@example.com"})
    assert store.people.create_index([("a", 1), ("b", -1)]) == "a_1_b_-1"


def test_update_one_and_many(rows):
    one = rows.update_one({"even": True}, {"$set": {"seen": True}, "$inc": {"n": 10}})
    assert (one.matched_count, one.modified_count, one.upserted_id) == (1, 1, None)

    many = rows.update_many({"even": False}, {"$unset": {"name": ""}})
    assert (many.matched_count, many.modified_count) == (2, 2)
    assert rows.count_documents({"name": {"$exists": True}}) == 3

    none = rows.update_one({"_id": 99}, {"$set": {"n": 0}})
    assert (none.matched_count, none.modified_count, none.upserted_id) == (0, 0, None)


def test_upsert_tells_the_new_id(rows):
    result = rows.update_one({"_id": "new"}, {"$set": {"n": 7}}, upsert=True)
    assert (result.matched_count, result.modified_count, result.upserted_id) == (0, 0, "new")
    assert rows.find_one({"_id": "new"}) == {"_id": "new", "n": 7}


def test_replace_one(rows):
    result = rows.replace_one({"_id": 1}, {"other": True})
    assert (result.matched_count, result.modified_count) == (1, 1)
    assert rows.find_one({"_id": 1}) == {"_id": 1, "other": True}
    assert rows.replace_one({"_id": "new"}, {"a": 1}, upsert=True).upserted_id == "new"


def test_find_one_and_update_before_and_after(rows):
    assert rows.find_one_and_update({"_id": 1}, {"$set": {"n": 50}})["n"] == 1
    assert rows.find_one_and_update({"_id": 1}, {"$set": {"n": 60}}, return_document=True)["n"] == 60
    assert rows.find_one_and_update({"even": True}, {"$set": {"n": 70}}, sort=[("n", -1)])["_id"] == 4
    assert rows.find_one_and_update({"_id": 99}, {"$set": {"n": 1}}) is None
    made = rows.find_one_and_update({"_id": 99}, {"$set": {"n": 1}}, upsert=True, return_document=True)
    assert made == {"_id": 99, "n": 1}


def test_find_one_and_replace_and_delete(rows):
    assert rows.find_one_and_replace({"_id": 1}, {"other": 1}, return_document=True) == {"_id": 1, "other": 1}
    assert rows.find_one_and_delete({"_id": 1}) == {"_id": 1, "other": 1}
    assert rows.find_one_and_delete({"_id": 1}) is None
    assert rows.find_one_and_delete({}, projection={"n": 1}, sort=[("n", -1)]) == {"_id": 4, "n": 4}


def test_delete_one_and_many(rows):
    assert rows.delete_one({"even": True}).deleted_count == 1
    assert rows.delete_many({"even": True}).deleted_count == 2
    assert rows.delete_many({"even": True}).deleted_count == 0
    assert rows.count_documents({}) == 2


# What values become


def test_what_comes_out_is_a_copy(store):
    mine = {"_id": 1, "basket": ["green tea"], "deep": {"list": [1]}}
    store.rows.insert_one(mine)
    mine["basket"].append("planted")
    read = store.rows.find_one()
    read["deep"]["list"].append(2)
    store.rows.find()[0]["basket"].clear()

    assert store.rows.find_one() == {"_id": 1, "basket": ["green tea"], "deep": {"list": [1]}}


def test_datetimes_come_back_aware_and_in_utc(store):
    at = datetime(2030, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
    store.rows.insert_one({"_id": 1, "at": at})
    read = store.rows.find_one({"at": {"$lte": at, "$gt": at - timedelta(milliseconds=1)}})

    assert read["at"] == at
    assert read["at"].utcoffset() == timedelta(0)


VALUES = {
    "text": "Grüße, 茶",
    "bytes": b"\x00\xff",
    "a large whole number": 2**62,
    "a fraction": 0.1,
    "nothing": None,
    "an ObjectId": ObjectId("0123456789abcdef01234567"),
    "a list of documents": [{"a": [1, {"b": None}]}],
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_values_survive(store, value):
    store.rows.insert_one({"_id": 1, "value": value})
    read = store.rows.find_one({"_id": 1})["value"]
    assert read == value
    assert isinstance(read, type(value))


def test_an_operation_that_is_not_there_names_those_that_are(store):
    with pytest.raises(AttributeError, match=r"'aggregate'.*find_one, find, insert_one.*create_index"):
        store.rows.aggregate([])
    assert {name for name in vars(Collection) if not name.startswith("_")} == set(OPERATIONS)
