"""Caught by: test_a_code_opens_once. Where the filter finds nothing, a row is made: there is one of that name, and the
shop answers 500.
"""


def use_step(steps, user, step):
    r = steps.update_one({"_id": user, "step": {"$lt": step}}, {"$set": {"step": step}}, upsert=True)
    return bool(r.modified_count or r.upserted_id)
