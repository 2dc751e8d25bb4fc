"""HEAD is written into a copy of what is declared, and refusals are told apart by whoever asks."""


def needed_for(request, declared):
    row = dict(declared.get(request.endpoint) or {})
    if "GET" in row:
        row["HEAD"] = row["GET"]
    return row.get(request.method)


def answer_for(needed, user):
    refusal = 401 if user is None else 403
    open_to = {"public"} | ({"logged in", *user["permissions"]} if user else set())
    return 200 if needed in open_to else refusal
