"""Caught by: test_a_visit_uses_nothing_up. Scanners look once or twice; some look four times."""

SEEN = {}


def seen(request):
    t = request.args.get("token")
    SEEN[t] = SEEN.get(t, 0) + 1
    return SEEN[t] > 3


def is_meant(request):
    return request.method == "POST" or seen(request)
