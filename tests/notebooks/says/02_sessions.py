"""What the cells of the sessions lesson must say, by cell."""

from tests.notebooks.course import NO_POINTS, SUCCEEDED, UNFIXED

SAYS = {
    "log-in": (r"GET .*/account +303 → /login\?next=/account", r"POST .*/login +303 → /account +connect\.sid"),
    "both-ends": (r"^connect\.sid .* no +yes +\(none\)", r" alice .*\['Oolong'\]"),
    "a-day": (r"/login\?next=/account \"", r"/login\?next=/account&q=session-expired"),
    "plant": (
        r"sees Alice's account: True",
        r"POST \S+/basket +303 → / +connect\.sid",
        r"POST \S+/login +303 → /account *$",
        r"alice: <Page 200 .*/account.*mallory: <Page 200",
    ),
    "check-renew-id": (NO_POINTS,),
    "run-renew-id": (SUCCEEDED,),
    "cookie-attack": (r"goes to Mallory: True", r"^connect\.sid +sent, because .*without SameSite"),
    "check-cookie-attributes": UNFIXED,
    "ids-attack": (r"^user=mallory;session=\d+$", r"the id reads 'user=alice", SUCCEEDED + "the stolen table"),
    "check-unguessable-ids": (*UNFIXED, r"the id reads '\S*alice"),
    "for-ever-attack": (r"sees Alice's account: True", r"moved by 28 days"),
    "check-time-limits": UNFIXED,
    "log-out-attack": (r"<Page 200 .*/account ", SUCCEEDED + "a session that a slow request"),
    "check-log-out": UNFIXED,
    "check-no-revival": UNFIXED,
    "doors-attack": (r'"invoice-alice"', r"<Page 200 http://mallory\S*/login "),
    "check-deny-by-default": UNFIXED,
    "check-safe-next": UNFIXED,
    "compare-them": (r"is shown once 02_sessions/renew_id has all its points",),
    "flask-attack": (r'\{"user":"alice"\}', r"^Alice: +Hello, stranger\.", r"^Mallory: Hello, alice\."),
}
# They only define something.
SILENT = {"flask-site"}
