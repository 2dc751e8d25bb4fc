"""What the table of decisions declares: for each request a row, for each actor a column, in the order of `WHO`.

`401`, `403`, … is a status, and `more` the 401 that asks for a second proof. `:4` is a 200 that lists four documents,
`200*` one in whose text the reader's name stands. Who may not read a document gets the answer for what is not there.
"""

WHO = (
    "a stranger",
    "Alice",
    "Bob",
    "Carol",
    "Mallory",
    "Bob, with a proof",
    "Mallory, with a proof",
    "Bob, at home",
    "Bob, abroad",
    "Bob, at six",
    "Bob, early",
    "Bob, on an unknown device",
    "Bob, at home by proxy",
    "Alice, in an emergency",
    "Mallory, cleared",
    "Mallory, between two jobs",
)

#                                      | none Ali  Bob  Car  Mal  Bobp Malp home abrd six  earl unkn by p Ali! Mal3 Mal-
TABLE = """
GET home                               | 200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
GET pages                              | 401  :3   :6   :1   :4   :6   :4   :5   :4   :5   :6   :4   :5   :4   :6   :3
GET documents                          | 401  :3   :6   :1   :4   :6   :4   :5   :4   :5   :6   :4   :5   :4   :6   :3
GET count                              | 401  :3   :6   :1   :4   :6   :4   :5   :4   :5   :6   :4   :5   :4   :6   :3
GET export                             | 401  :3   :6   :1   :4   :6   :4   :5   :4   :5   :6   :4   :5   :4   :6   :3
OPTIONS documents                      | 401  403  403  403  403  403  403  403  403  403  403  403  403  403  403  403
GET house-blend                        | 401  200* 404  404  404  404  404  404  404  404  404  404  404  200* 404  404
GET spring-notes                       | 401  200* 404  404  404  404  404  404  404  404  404  404  404  200* 404  404
GET hotel-contract                     | 401  404  200* 404  404  200* 404  403  403  403  403  403  403  200  200* 404
GET tokyo-contract                     | 401  404  403  404  404  403  404  403  403  403  200* 403  403  404  404  404
GET cafe-contract                      | 401  404  200* 404  200* 200* 200* 200* 200* 200* 200* 200* 200* 404  200* 404
GET price-list                         | 401  200  200* 200  200* 200* 200* 200* 200* 200* 200* 200* 200* 200  200* 200
GET next-prices                        | 401  404  200* 404  404  200* 404  200* more 200* 200* 403  200* 404  200* 404
GET old-prices                         | 401  404  200* 404  200* 200* 200* 200* 200* 200* 200* 200* 200* 404  200* 200
GET tasting-notes                      | 401  404  200* 404  200* 200* 200* 200* 200* 200* 200* 200* 200* 404  200* 200
GET lost-blend                         | 401  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
GET motel-contract                     | 401  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
HEAD hotel-contract                    | 401  404  200  404  404  200  404  403  403  403  403  403  403  200  200  404
HEAD next-prices                       | 401  404  200  404  404  200  404  200  more 200  200  403  200  404  200  404
PUT cafe-contract                      | 405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
GET page hotel-contract                | 401  404  200* 404  404  200* 404  403  403  403  403  403  403  200  200* 404
GET page next-prices                   | 401  404  200* 404  404  200* 404  200* more 200* 200* 403  200* 404  200* 404
GET page cafe-contract                 | 401  404  200* 404  200* 200* 200* 200* 200* 200* 200* 200* 200* 404  200* 404
GET printed hotel-contract             | 401  404  200* 404  404  200* 404  403  403  403  403  403  403  200  200* 404
GET printed next-prices                | 401  404  200* 404  404  200* 404  200* more 200* 200* 403  200* 404  200* 404
GET printed price-list                 | 401  200  200* 200  200* 200* 200* 200* 200* 200* 200* 200* 200* 200  200* 200
GET hotel-contract, said to be inside  | 401  404  200* 404  404  200* 404  403  403  403  403  403  403  200  200* 404
GET hotel-contract, said to be healthy | 401  404  200* 404  404  200* 404  403  403  403  403  403  403  200  200* 404
GET hotel-contract, said to be noon    | 401  404  200* 404  404  200* 404  403  403  403  403  403  403  200  200* 404
GET next-prices, said to be inside     | 401  404  200* 404  404  200* 404  200* more 200* 200* 403  200* 404  200* 404
GET next-prices, said to be healthy    | 401  404  200* 404  404  200* 404  200* more 200* 200* 403  200* 404  200* 404
GET next-prices, said to be noon       | 401  404  200* 404  404  200* 404  200* more 200* 200* 403  200* 404  200* 404
GET next-prices, saying what it is     | 401  404  200* 404  404  200* 404  200* more 200* 200* 403  200* 404  200* 404
POST own                               | 401  201  201  201  201  201  201  201  201  201  201  201  201  201  201  403
POST own, sensitive                    | 401  201  201  201  403  201  403  201  more 201  201  403  201  201  201  403
POST for blending                      | 401  201  403  403  403  403  403  403  403  403  403  403  403  201  403  403
POST for Bob                           | 401  403  201  403  403  201  403  201  201  201  201  201  201  403  403  403
PATCH spring-notes                     | 401  200  404  404  404  404  404  404  404  404  404  404  404  200  404  404
PATCH cafe-contract                    | 401  404  200  404  200  200  200  200  200  200  200  200  200  404  200  404
PATCH next-prices                      | 401  404  200  404  404  200  404  200  more 200  200  403  200  404  200  404
PATCH old-prices                       | 401  404  403  404  403  403  403  403  403  403  403  403  403  404  403  403
PATCH price-list                       | 401  403  200  403  403  200  403  200  200  200  200  200  200  403  403  403
PATCH hotel-contract                   | 401  404  200  404  404  200  404  403  403  403  403  403  403  403  200  404
PATCH motel-contract                   | 401  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
PATCH cafe-contract, owner             | 401  404  more 404  403  200  403  more more more more more more 404  403  404
PATCH tasting-notes, owner             | 401  404  403  404  more 403  200  403  403  403  403  403  403  404  more 403
PATCH next-prices, sensitivity         | 401  404  more 404  404  200  404  more more more more 403  more 404  403  404
PATCH cafe-contract, sensitivity       | 401  404  more 404  403  200  403  403  403  403  403  403  403  404  403  404
PATCH cafe-contract, department        | 401  404  200  404  403  200  403  200  200  200  200  200  200  404  403  404
PATCH cafe-contract, text as number    | 401  400  400  400  400  400  400  400  400  400  400  400  400  400  400  400
DELETE cafe-contract                   | 401  404  more 404  403  204  403  more more more more more more 404  403  404
DELETE price-list                      | 401  403  more 403  403  204  403  more more more more more more 403  403  403
DELETE tasting-notes                   | 401  404  403  404  more 403  204  403  403  403  403  403  403  404  more more
DELETE old-prices                      | 401  404  403  404  403  403  403  403  403  403  403  403  403  404  403  403
POST hand_over cafe-contract           | 401  404  more 404  403  200  403  more more more more more more 404  403  404
POST hand_over tasting-notes           | 401  404  403  404  more 403  200  403  403  403  403  403  403  404  more more
POST hand_over old-prices              | 401  404  403  404  403  403  403  403  403  403  403  403  403  404  403  403
POST sign cafe-contract                | 401  404  more 404  403  200  403  more more more more more more 404  403  404
POST sign hotel-contract               | 401  404  more 404  404  200  404  403  403  403  403  403  403  403  403  404
POST sign price-list                   | 401  403  403  403  403  403  403  403  403  403  403  403  403  403  403  403
POST break_glass hotel-contract        | 401  201  201  201  201  201  201  201  201  201  201  201  201  201  201  201
POST break_glass motel-contract        | 401  201  201  201  201  201  201  201  201  201  201  201  201  201  201  201
GET me                                 | 401  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
POST confirm, wrong                    | 401  403  403  403  403  403  403  403  403  403  403  403  403  403  403  403
GET policy                             | 401  403  403  200  403  403  403  403  403  403  403  403  403  403  403  403
GET policy_page                        | 401  403  403  200  403  403  403  403  403  403  403  403  403  403  403  403
PUT policy                             | 401  403  403  200  403  403  403  403  403  403  403  403  403  403  403  403
PUT policy, none                       | 401  403  403  400  403  403  403  403  403  403  403  403  403  403  403  403
GET log                                | 401  403  403  200  403  403  403  403  403  403  403  403  403  403  403  403
"""

ROWS = {name.strip(): cells.split() for name, _, cells in (line.partition("|") for line in TABLE.strip().splitlines())}


def expected(request: str, actor: str) -> str:
    """Return what is declared for a request by an actor; raises `LookupError` where nothing is."""
    if request in ROWS and actor in WHO:
        return ROWS[request][WHO.index(actor)]

    raise LookupError(f"Nothing is declared for {request!r} by {actor!r}: add it to TABLE and WHO.")
