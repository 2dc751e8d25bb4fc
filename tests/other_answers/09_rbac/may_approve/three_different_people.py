"""The approver is in no set of those who have to do with it, and has to be able to approve."""


def may_approve(raise_, user):
    involved = {raise_["owner"], raise_["prepared_by"]}
    return involved.isdisjoint({user["name"]}) and "raises:approve" in user["permissions"]
