"""A table in which there is never anything."""

from pymongo.results import DeleteResult

from labsrv.grading.submission.empty_table import EMPTY_TABLE, with_tables
from labsrv.kit.store.collection import OPERATIONS

ROW = {"_id": "one", "user": "alice"}


def table():
    return with_tables([EMPTY_TABLE])[0]


def test_only_what_stands_for_a_table_becomes_one():
    found = with_tables(["alice", {"user": "alice"}, EMPTY_TABLE, 7])

    assert found[:2] == ["alice", {"user": "alice"}] and found[3] == 7
    assert found[2].find({}) == []


def test_what_is_put_into_it_is_gone():
    here = table()

    assert here.insert_one(dict(ROW)).inserted_id == "one"
    assert here.insert_many([dict(ROW), {"_id": "two"}]).inserted_ids == ["one", "two"]
    assert here.find_one({"_id": "one"}) is None and here.count_documents({}) == 0 and here.distinct("user") == []


def test_nothing_is_found_that_could_be_changed():
    here = table()

    assert here.update_one({"_id": "one"}, {"$set": {"used": True}}).matched_count == 0
    assert isinstance(here.delete_many({"user": "alice"}), DeleteResult) and here.delete_one(ROW).deleted_count == 0
    assert here.find_one_and_delete({"_id": "one"}) is None


def test_a_row_that_is_made_where_none_is_found_is_returned():
    here = table()
    row = here.find_one_and_update({"_id": "one"}, {"$inc": {"count": 1}}, upsert=True, return_document=True)

    assert row == {"_id": "one", "count": 1}
    assert here.replace_one({"_id": "one"}, {"user": "alice"}, upsert=True).upserted_id is not None


def test_every_operation_answers():
    for operation in set(OPERATIONS) - {"insert_one", "insert_many", "create_index"}:
        arguments = {"distinct": ["user"], "find": [{}], "find_one": [{}]}.get(operation, [{}, {"$set": {}}])
        wanted = arguments[:1] if "delete" in operation or operation == "count_documents" else arguments
        getattr(table(), operation)(*wanted)
