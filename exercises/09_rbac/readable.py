"""Show of a record the fields that are for whoever asks.

Managers see the records of their branch, and are not meant to see what people earn: on the page there is no amount for
them. There is one in what the page is made of. Mallory, a manager by now, asks the API and reads it all.

Access ends at fields, not at records. Say which fields are for whom; what nobody has spoken of is for nobody.
(OWASP ASVS 5.0, 8.1.2, 8.2.3; OWASP API Security Top 10 2023, API3; CWE-213)
"""

from typing import Any


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the record that the user may read, with their values, as a dictionary of their own.

    `record` has `id`, `owner` (a name), `branch`, `band`, `amount`, `note`, and whatever may be added to it one day.
    `band`, `amount` or `note` may be missing. `user` has `name`, `branch`, `roles` (the active ones, and what these
    inherit) and `permissions`. That the user may meet this record has been looked at.
    """
    # TODO: These are read:  by everybody              id, owner, branch, band
    #                        also by a manager         note
    #                        also by hr                amount, note
    #                        also by payroll, auditor  amount
    #                        also by its owner         amount
    #       Who is several of these reads what any of them reads. Names of roles and owners are compared as a whole.
    return dict(record)
