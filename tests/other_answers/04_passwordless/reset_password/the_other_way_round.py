"""First it takes away what opens the account, row by row, and sets the password last."""


def reset_password(accounts, sessions, forget_links, owner, form):
    forget_links(owner)
    for row in sessions.of(owner):
        sessions.rows.delete_one({"_id": row["_id"]})
    accounts.set_password(name=owner, password=form["password"])
