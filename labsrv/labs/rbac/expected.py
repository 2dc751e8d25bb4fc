"""What the access matrix declares: for each request a row, for each actor a column, in the order of `WHO`.

`401`, `403`, … is a status; behind a colon stands how much is shown: `200:4/1` four records, and in one the amount;
`200:2` two lines of something else. Who is refused may not learn whether there is something: 404 is both.
"""

WHO = (
    "a stranger",
    "Alice, employee",
    "Bob, manager",
    "Bob, auditor",
    "Carol, HR",
    "Carol, payroll",
    "Mallory, employee",
    "Mallory, HR of the hill",
    "Mallory, HR until an hour ago",
    "Mallory, in groups",
    "Mallory, who prepared it",
)

#                                nobody  Alice   Bob m   Bob a   Carol h Carol p Mallory M hill  M once  M group M prep
TABLE = """
GET home                       | 200     200     200     200     200     200     200     200     200     200     200
POST home                      | 405     405     405     405     405     405     405     405     405     405     405
GET login                      | 200     200     200     200     200     200     200     200     200     200     200
GET pay                        | 401     200:1   200:4   200:4   200:4   200:4   200:1   200:3   403     200:1   200:4
HEAD pay                       | 401     200     200     200     200     200     200     200     403     200     200
POST pay                       | 405     405     405     405     405     405     405     405     405     405     405
GET pay_record own             | 401     200     200     200     200     200     200     200     403     200     200
GET pay_record 1001            | 401     200     200     200     200     200     404     404     403     404     200
GET records                    | 401     200:1/1 200:4/1 200:4/4 200:4/4 200:4/4 200:1/1 200:3/3 403     200:1/1 200:4/4
HEAD records                   | 401     200     200     200     200     200     200     200     403     200     200
OPTIONS records                | 401     403     403     403     403     403     403     403     403     403     403
PUT records                    | 405     405     405     405     405     405     405     405     405     405     405
POST records                   | 405     405     405     405     405     405     405     405     405     405     405
DELETE records                 | 405     405     405     405     405     405     405     405     405     405     405
GET records, hr in cookie      | 401     200:1/1 200:4/1 200:4/4 200:4/4 200:4/4 200:1/1 200:3/3 403     200:1/1 200:4/4
GET records, hr in header      | 401     200:1/1 200:4/1 200:4/4 200:4/4 200:4/4 200:1/1 200:3/3 403     200:1/1 200:4/4
GET count                      | 401     200:1   200:4   200:4   200:4   200:4   200:1   200:3   403     200:1   200:4
HEAD count                     | 401     200     200     200     200     200     200     200     403     200     200
POST count                     | 405     405     405     405     405     405     405     405     405     405     405
GET export                     | 401     200:1/1 200:4/1 200:4/4 200:4/4 200:4/4 200:1/1 200:3/3 403     200:1/1 200:4/4
HEAD export                    | 401     200     200     200     200     200     200     200     403     200     200
PUT export                     | 405     405     405     405     405     405     405     405     405     405     405
POST bulk                      | 401     200:1/1 200:2/1 200:2/2 200:3/3 200:3/3 200:1/1 200:2/2 403     200:1/1 200:3/3
POST bulk, no numbers          | 401     400     400     400     400     400     400     400     403     400     400
GET bulk                       | 405     405     405     405     405     405     405     405     405     405     405
GET record own                 | 401     200:1/1 200:1/1 200:1/1 200:1/1 200:1/1 200:1/1 200:1/1 403     200:1/1 200:1/1
HEAD record own                | 401     200     200     200     200     200     200     200     403     200     200
DELETE record own              | 401     403     403     403     204     403     403     204     403     403     403
GET record 1001                | 401     200:1/1 200:1/0 200:1/1 200:1/1 200:1/1 404     404     403     404     200:1/1
HEAD record 1001               | 401     200     200     200     200     200     404     404     403     404     200
PUT record 1001                | 405     405     405     405     405     405     405     405     405     405     405
POST record 1001               | 405     405     405     405     405     405     405     405     405     405     405
DELETE record 1001             | 401     403     403     403     204     403     403     404     403     403     403
GET record 2001                | 401     404     404     404     404     404     404     200:1/1 403     404     404
DELETE record 2001             | 401     403     403     403     404     403     403     204     403     403     403
GET record 9999                | 401     404     404     404     404     404     404     404     403     404     404
DELETE record 9999             | 401     403     403     403     404     403     403     404     403     403     403
PATCH note 1001                | 401     403     200     403     200     403     403     404     403     403     403
PATCH note 1001, hr in body    | 401     403     400     403     400     403     403     400     403     403     403
PATCH note 1001, hr in cookie  | 401     403     200     403     200     403     403     404     403     403     403
PATCH note 1001, hr in header  | 401     403     200     403     200     403     403     404     403     403     403
PATCH note 1001, called GET    | 401     403     200     403     200     403     403     404     403     403     403
PATCH amount 1001              | 401     403     400     403     200     403     403     404     403     403     403
PATCH owner 1001               | 401     403     400     403     400     403     403     400     403     403     403
PATCH amount own               | 401     403     400     403     200     403     403     200     403     403     403
PATCH note 2001                | 401     403     404     403     404     403     403     200     403     403     403
POST record 1001, called PATCH | 405     405     405     405     405     405     405     405     405     405     405
GET slips own                  | 401     200:2   200:2   200:2   200:2   200:2   200:2   200:2   403     200:2   200:2
POST slips own                 | 405     405     405     405     405     405     405     405     405     405     405
GET slips 1001                 | 401     200:2   200:2   200:2   200:2   200:2   404     404     403     404     200:2
GET slips 2001                 | 401     404     404     404     404     404     404     200:2   403     404     404
GET slip own 2026-10.txt       | 401     200     200     200     200     200     200     200     403     200     200
GET slip 1001 2026-10.txt      | 401     200     200     200     200     200     404     404     403     404     200
HEAD slip 1001 2026-10.txt     | 401     200     200     200     200     200     404     404     403     404     200
DELETE slip 1001 2026-10.txt   | 405     405     405     405     405     405     405     405     405     405     405
GET slip 2001 2026-10.txt      | 401     404     404     404     404     404     404     200     403     404     404
GET raises                     | 401     403     200:1   200:1   200:1   200:1   403     200:0   403     403     200:1
DELETE raises                  | 405     405     405     405     405     405     405     405     405     405     405
POST raises                    | 401     403     201     403     201     403     403     404     403     403     403
POST raises, hill              | 401     403     404     403     404     403     403     201     403     403     403
GET approve raise-1            | 405     405     405     405     405     405     405     405     405     405     405
POST approve raise-1           | 401     403     403     403     403     200     403     403     403     403     403
GET roles                      | 401     403     403     200:4   200:4   403     403     200:3   403     403     403
PUT roles                      | 405     405     405     405     405     405     405     405     405     405     405
POST roles                     | 401     403     403     403     201     403     403     404     403     403     403
POST roles, hr in body         | 401     403     403     403     201     403     403     404     403     403     403
POST roles, hr in cookie       | 401     403     403     403     201     403     403     404     403     403     403
POST roles, hr in header       | 401     403     403     403     201     403     403     404     403     403     403
POST roles, called GET         | 401     403     403     403     201     403     403     404     403     403     403
POST roles, two kept apart     | 401     403     403     403     409     403     403     404     403     403     403
POST roles, by inheritance     | 401     403     403     403     409     403     403     404     403     403     403
GET role                       | 405     405     405     405     405     405     405     405     405     405     405
DELETE role                    | 401     403     403     403     204     403     403     404     403     403     403
POST groups                    | 401     201     201     201     201     201     201     201     403     201     201
POST groups, a role's name     | 401     409     409     409     409     409     409     409     403     409     409
GET session                    | 401     200     200     200     200     200     200     200     200     200     200
POST active_roles, payroll     | 401     403     403     403     403     200     403     403     403     403     200
POST active_roles, hr          | 401     403     403     403     200     403     403     200     403     403     403
DELETE active_roles, employee  | 401     200     200     200     200     200     200     200     200     200     200
GET log                        | 401     403     403     200     403     403     403     403     403     403     403
DELETE log                     | 405     405     405     405     405     405     405     405     405     405     405
GET drafts                     | 401     403     403     403     403     403     403     403     403     403     403
HEAD drafts                    | 401     403     403     403     403     403     403     403     403     403     403
OPTIONS drafts                 | 401     403     403     403     403     403     403     403     403     403     403
"""

ROWS = {name.strip(): cells.split() for name, _, cells in (line.partition("|") for line in TABLE.strip().splitlines())}


def expected(request: str, actor: str) -> str:
    """Return what is declared for a request by an actor; raises `LookupError` where nothing is."""
    if request in ROWS and actor in WHO:
        return ROWS[request][WHO.index(actor)]

    raise LookupError(f"Nothing is declared for {request!r} by {actor!r}: add it to TABLE and WHO.")
