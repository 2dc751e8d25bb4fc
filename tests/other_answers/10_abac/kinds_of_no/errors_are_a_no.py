"""Whatever breaks on the way is a no; an answer without demands has none."""

import copy


class No(Exception):
    pass


def carry_out(answer, able):
    try:
        return checked(copy.deepcopy(answer), able)
    except Exception:
        return None


def checked(answer, able):
    if not answer["outcome"] == "permit":
        raise No(answer["outcome"])
    demands = answer.get("demands", [])
    if type(demands) is not list:
        raise No("no list")
    for each in demands:
        if each["name"] not in set(able):
            raise No(each)
    return demands


def answer_for(user, knows, proof_helps):
    if user is not None:
        for word, fits in (("prove more", proof_helps), ("forbidden", knows), ("not found", True)):
            if fits:
                return word
    return "log in"
