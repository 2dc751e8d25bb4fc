"""What goes wrong with attributes: each function is the flawed version of one decision, and its name confesses."""

from datetime import datetime, time, timedelta
from typing import Any

from labsrv.kit.store import Collection
from labsrv.labs import flaw
from labsrv.labs.abac.secure.action_for import action_for
from labsrv.labs.abac.secure.attributes_of import attributes_of
from labsrv.labs.abac.secure.compare import compare
from labsrv.labs.abac.secure.during_hours import during_hours
from labsrv.labs.abac.secure.is_confirmed import FRESH
from labsrv.labs.abac.secure.still_good import KEPT

Json = dict[str, Any]

# The PDP.


@flaw(of="compare", cwe=1287, asvs="2.2.1")
def compare_as_text(operator: str, left: Any, right: Any) -> bool:
    """Write both down and compare what stands there: 10000 is at most 900."""
    if operator == "in" or None in (left, right) or isinstance(left, bool):
        return compare(operator, left, right)
    one, other = str(left), str(right)
    return {"equal": one == other, "less": one < other, "at most": one <= other, "at least": one >= other}[operator]


@flaw(of="compare", cwe=754, asvs="8.3.1")
def nothing_equals_nothing(operator: str, left: Any, right: Any) -> bool:
    """Let Python compare what is missing: None is None."""
    return bool(left == right) if operator == "equal" else compare(operator, left, right)


@flaw(of="outcome_of", cwe=754, asvs="8.3.1")
def take_an_error_for_a_no(effect: str, when: Any) -> str:
    """Pass over a rule that can't be read."""

    def holds(part: Any) -> bool:
        if isinstance(part, dict):
            ((name, inner),) = part.items()
            if name == "not":
                return not holds(inner)
            return all(map(holds, inner)) if name == "all" else any(map(holds, inner))
        if isinstance(part, bool):
            return part
        raise LookupError(part)

    try:
        return effect if holds(when) else "not applicable"
    except LookupError:
        return "not applicable"


@flaw(of="combine", cwe=863, asvs="8.3.1")
def take_the_first_that_applies(rules: list[dict[str, str]]) -> str:
    """Look no further than the first rule that says something, if it is no error."""
    broken = any(each["outcome"] == "indeterminate" and each["effect"] == "deny" for each in rules)
    said = [each["outcome"] for each in rules if each["outcome"] in ("permit", "deny")]
    return "indeterminate" if broken else next(iter(said), "not applicable")


@flaw(of="combine", cwe=636, asvs="16.5.3")
def pass_over_what_broke(rules: list[dict[str, str]]) -> str:
    """Combine what could be read."""
    outcomes = [each["outcome"] for each in rules]
    return next((each for each in ("deny", "permit") if each in outcomes), "not applicable")


# The PIP.


@flaw(of="client_address", cwe=348, asvs="4.1.3")
def believe_the_first_in_the_line(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    """Take the first address that X-Forwarded-For names, whoever sends it."""
    return forwarded.split(",")[0].strip() if forwarded else peer


@flaw(of="client_address", cwe=348, asvs="4.1.3")
def believe_all_that_comes_by_proxy(peer: str, forwarded: str | None, proxies: list[str]) -> str:
    """Take the first address in the line if one of our proxies has passed it on."""
    return forwarded.split(",")[0].strip() if forwarded and peer in proxies else peer


@flaw(of="attributes_of", cwe=807, asvs="8.3.1")
def believe_the_headers(said: Json, stored: Json) -> Json:
    """Take the device's health from the header in which an agent on it reports."""
    found = attributes_of(said, stored)
    if said["headers"].get("X-Device-Risk") == "low":
        found["context"]["device_trusted"] = True
    return found


@flaw(of="attributes_of", cwe=807, asvs="8.3.1")
def believe_the_clients_clock(said: Json, stored: Json) -> Json:
    """Take the time from the header that the page's script sends, so that it is that of whoever asks."""
    found = attributes_of(said, stored)
    try:
        there = time.fromisoformat(said["headers"].get("X-Local-Time", ""))
        found["context"]["office_hours"] = time(8) <= there < time(18)
    except ValueError:
        pass
    return found


@flaw(of="attributes_of", cwe=915, asvs="8.3.1")
def let_the_query_fill_in(said: Json, stored: Json) -> Json:
    """Put what the query says in the place of what is stored."""
    found = attributes_of(said, stored)
    said_of_it = {
        name: int(value) for name, value in said["query"].items() if name in found["resource"] and value.isdigit()
    }
    return found | {"resource": found["resource"] | said_of_it}


@flaw(of="attributes_of", cwe=639, asvs="8.3.1")
def take_any_trusted_device(said: Json, stored: Json) -> Json:
    """Ask whether the device is trusted, and not whose it is."""
    found = attributes_of(said, stored)
    return found | {
        "context": found["context"] | {"device_trusted": bool(stored["device"] and stored["device"]["trusted"])}
    }


@flaw(of="during_hours", cwe=863, asvs="8.2.4")
def by_the_clock_of_the_server(now: datetime, document: Json) -> bool:
    """Look at the clock where the server stands, wherever the document belongs."""
    return during_hours(now, document | {"zone": "Europe/Berlin"})


@flaw(of="is_confirmed", cwe=287, asvs="7.5.3")
def any_proof_will_do(proof: Json | None, session: Json, now: datetime) -> bool:
    """Ask whether there is a fresh proof, and not whose it is."""
    return proof is not None and now < proof["at"] + FRESH


@flaw(of="is_confirmed", cwe=613, asvs="7.5.3")
def once_and_for_all(proof: Json | None, session: Json, now: datetime) -> bool:
    """Let a proof count for as long as the session does."""
    return proof is not None and (proof["user"], proof["session"]) == (session["user"], session["id"])


# The PEP.


@flaw(of="action_for", cwe=424, asvs="8.3.1")
def forget_the_printer(endpoint: str, method: str) -> str | None:
    """Guard every route but the one that the printer has."""
    return "public" if endpoint == "printed" else action_for(endpoint, method)


@flaw(of="carry_out", cwe=636, asvs="16.5.3")
def refuse_only_a_deny(answer: Any, able: list[str]) -> list[Json] | None:
    """Let in whoever is not denied."""
    if answer is None or answer["outcome"] == "deny":
        return None
    return [each for each in answer["demands"] if each["name"] in able]


@flaw(of="carry_out", cwe=841, asvs="8.3.1")
def forget_the_demands(answer: Any, able: list[str]) -> list[Json] | None:
    """Let in whoever is permitted, and leave what else was demanded."""
    return [] if answer and answer["outcome"] == "permit" else None


@flaw(of="answer_for", cwe=203, asvs="8.2.2")
def say_that_it_is_there(user: str | None, knows: bool, proof_helps: bool) -> str:
    """Tell who may not read it that it is forbidden."""
    if user is None:
        return "log in"
    return "prove more" if proof_helps else "forbidden"


@flaw(of="what_to_ask", cwe=639, asvs="8.2.3")
def judge_what_it_would_be(old: Json, new: Json) -> list[list[Any]]:
    """Ask of the document that is going to be there."""
    return [["edit", new]]


@flaw(of="what_to_ask", cwe=915, asvs="8.2.3")
def judge_what_it_was(old: Json, new: Json) -> list[list[Any]]:
    """Ask of the document that is there."""
    return [["edit", old]]


@flaw(of="store_change", cwe=367, asvs="15.4.2")
def write_to_whatever_is_there(documents: Collection, old: Json, new: Json) -> bool:
    """Write by the key, whatever has happened to the document since it was asked for."""
    changes = {name: value for name, value in new.items() if old.get(name) != value}
    return documents.update_one({"_id": old["_id"]}, {"$set": changes, "$inc": {"version": 1}}).matched_count == 1


@flaw(of="still_good", cwe=613, asvs="8.3.2")
def once_decided_for_an_hour(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    """Keep to what was decided on this user, action and document, for an hour."""
    return bool(now - kept["at"] < timedelta(hours=1))


@flaw(of="still_good", cwe=613, asvs="8.2.4")
def whatever_the_circumstances(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    """Compare who and what, and not where and when."""
    same = all(kept["question"][part] == question[part] for part in ("subject", "action", "resource"))
    return bool(same and kept["policy"] == policy and now - kept["at"] < KEPT)
