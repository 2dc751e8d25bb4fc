"""Caught by: test_a_field_of_the_form_names_nobody. The password is the owner's; the form says whose sessions end."""


def reset_password(accounts, sessions, forget_links, owner, form):
    accounts.set_password(owner, form["password"])
    sessions.delete_all(form.get("user", owner))
    forget_links(owner)
