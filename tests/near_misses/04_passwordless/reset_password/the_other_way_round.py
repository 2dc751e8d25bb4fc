"""Caught by: test_nor_does_one_come_in_meanwhile. All of it is done, and between the first line and the last the old
password opens a new session.
"""


def reset_password(accounts, sessions, forget_links, owner, form):
    forget_links(owner)
    for row in sessions.of(owner):
        sessions.rows.delete_one({"_id": row["_id"]})
    accounts.set_password(name=owner, password=form["password"])
