"""It looks first, which spares a write, and the write compares all the same."""


def what_to_ask(old, new):
    questions = []
    for document in (old, new):
        questions.append(("edit", document))
    changed = {name for name in new if new[name] != old.get(name, object())}
    if "owner" in changed:
        questions.append(("hand_over", old))
    if "sensitivity" in changed:
        questions.append(("classify", old))
    return [list(each) for each in questions]


def store_change(documents, old, new):
    there = documents.find_one({"_id": old["_id"]})
    if not there or there["version"] != old["version"]:
        return False
    change = {"$set": {name: value for name, value in new.items() if name not in ("_id", "version")}}
    change["$set"]["version"] = there["version"] + 1
    return documents.find_one_and_update({"_id": old["_id"], "version": old["version"]}, change) is not None
