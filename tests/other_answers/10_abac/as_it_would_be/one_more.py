"""The version is counted by the store; also what the document would be is asked to be read and classified."""

import copy


def what_to_ask(old, new):
    questions = [["read", old], ["edit", copy.deepcopy(old)], ["edit", copy.deepcopy(new)]]
    if old["owner"] != new["owner"]:
        questions += [["hand_over", old]]
    if old["sensitivity"] != new["sensitivity"]:
        questions += [["classify", old], ["classify", new]]
    return questions


def store_change(documents, old, new):
    fields = dict(new)
    key, version = fields.pop("_id"), fields.pop("version")
    result = documents.update_one({"_id": key, "version": version}, {"$set": fields, "$inc": {"version": 1}})
    return bool(result.modified_count)
