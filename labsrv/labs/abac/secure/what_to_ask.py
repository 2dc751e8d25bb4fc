"""Say what has to be permitted before a document is changed."""

from typing import Any

Json = dict[str, Any]


def what_to_ask(old: Json, new: Json) -> list[list[Any]]:
    """Return the questions, each an action and a document, all of which have to be permitted (CWE-915, CWE-639).

    Editing is asked of the document as it is and as it would be. A new owner or another sensitivity is more than that.
    """
    questions: list[list[Any]] = [["edit", old], ["edit", new]]
    if new["owner"] != old["owner"]:
        questions += [["hand_over", old]]
    if new["sensitivity"] != old["sensitivity"]:
        questions += [["classify", old], ["classify", new]]

    return questions
