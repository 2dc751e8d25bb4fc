"""Caught by: test_alice_logs_in_twice. Steps follow each other, as long as one logs in every minute."""


def use_step(steps, user, step):
    return (
        steps.update_one(
            {"_id": user, "step": {"$in": [-1, step - 1, step - 2, step - 3]}}, {"$set": {"step": step}}
        ).modified_count
        == 1
    )
