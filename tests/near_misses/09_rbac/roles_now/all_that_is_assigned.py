"""Caught by: test_people_have_the_roles_that_they_activated. The store knows."""


def roles_of(request, session, staff):
    return staff.find_one({"_id": session["user"]})["roles"]
