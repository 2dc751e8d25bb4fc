"""Three values: a part that decides is looked for behind one without an answer as well."""


def outcome_of(effect, when):
    if effect not in {"permit", "deny"}:
        return "indeterminate"
    return {True: effect, False: "not applicable", None: "indeterminate"}[value_of(when)]


def value_of(when):
    if when is True or when is False:
        return when
    if not isinstance(when, dict) or len(when) != 1:
        return None
    name, inner = next(iter(when.items()))
    if name == "not":
        return {True: False, False: True, None: None}[value_of(inner)]
    if name not in ("all", "any") or not isinstance(inner, list) or not inner:
        return None
    values = {value_of(each) for each in inner}
    deciding = name == "any"
    if deciding in values:
        return deciding
    return None if None in values else not deciding
