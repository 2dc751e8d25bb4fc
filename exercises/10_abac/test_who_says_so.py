"""Take attributes only from whoever may be believed.

What `attributes_of` promises: by rows that are drawn, by requests that claim everything in every place, and by what
Mallory says of herself.
"""

from datetime import UTC, datetime, timedelta

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.people import (
    ask,
    at_desk,
    break_glass,
    change,
    enrol,
    goes,
    log_in,
    move_to,
    read,
    staff,
    stored,
    take_over,
)

PLACE = 5
DECIDES = ("attributes_of",)
CLOSED = ("labsrv.policy",)

OF_SUBJECT = ("department", "clearance", "limit")
OF_RESOURCE = ("owner", "department", "sensitivity", "state", "amount")
AS_STORED = ("address", "country", "office_hours", "confirmed")
ALL = {
    "subject": OF_SUBJECT,
    "resource": OF_RESOURCE,
    "context": (*AS_STORED, "now", "login_country", "device_trusted", "reason"),
}

# How somebody may spell a name: attribute → name.
SPELLINGS = {
    "its name": lambda name: name,
    "its name as a header's": lambda name: f"X-{name.replace('_', '-').title()}",
    "its name with the part before it": lambda name: f"document.{name}",
    "its name in capitals": str.upper,
}

# What Mallory sends along with a request: query, headers, body.
CLAIMS = {
    "a sensitivity in the query": {"query": "?sensitivity=1"},
    "a sensitivity with another name": {"query": "?resource.sensitivity=1&document[sensitivity]=1"},
    "an owner in the query": {"query": "?owner={me}"},
    "a clearance in the query": {"query": "?clearance=3&subject.clearance=3"},
    "a reason in the query": {"query": "?reason=the+customer+waits+at+the+door"},
    "a state in the query": {"query": "?state=final&sensitivity=1"},
    "her clearance in headers": {"headers": {"X-Clearance": "3", "X-User-Clearance": "3", "Clearance": "3"}},
    "a sensitivity in headers": {"headers": {"X-Sensitivity": "1", "X-Document-Sensitivity": "1"}},
    "a reason in headers": {"headers": {"X-Reason": "the customer waits", "X-Break-Glass": "the customer waits"}},
    "the owner in headers": {"headers": {"X-Owner": "{me}", "X-User-Id": "bob", "X-Remote-User": "bob"}},
}

ON_A_DEVICE = {
    "a low risk": {"X-Device-Risk": "low"},
    "that it is trusted": {"X-Device-Trusted": "true", "Device-Trusted": "true", "X-Trusted": "1"},
    "that it is managed": {"X-Managed-Device": "yes", "X-MDM": "compliant"},
    "a platform": {"Sec-CH-UA-Platform": '"Windows"', "User-Agent": "TeaAgent/9 (managed; trusted)"},
}

AT_NIGHT = {
    "a noon": {"X-Local-Time": "12:00"},
    "a date": {"Date": "Tue, 06 Jan 2026 11:00:00 GMT", "X-Date": "2026-01-06T11:00:00Z", "X-Now": "12:00"},
    "a zone": {"X-Timezone": "America/New_York", "Time-Zone": "America/New_York", "X-Office-Hours": "true"},
}


# What programs send of themselves: header → value, of another moment, place and device than is true.
HEADERS = {
    "Date": "Tue, 06 Jan 2026 11:00:00 GMT",
    "X-Date": "2026-01-06T11:00:00+00:00",
    "X-Request-Time": "2026-01-06T11:00:00+00:00",
    "X-Local-Time": "12:00",
    "X-Timezone": "America/New_York",
    "X-Forwarded-For": "10.1.0.14",
    "X-Real-Ip": "10.1.0.14",
    "Forwarded": "for=10.1.0.14",
    "Cf-Connecting-Ip": "10.1.0.14",
    "Cf-Ipcountry": "FR",
    "X-Country": "FR",
    "X-Geo-Country": "FR",
    "X-Device-Risk": "low",
    "X-Device-Trusted": "true",
    "X-Mfa": "true",
    "X-Acr": "mfa",
    "X-Confirmed": "true",
    "X-Reason": "the customer waits",
    "X-Break-Glass": "the customer waits",
    "X-Emergency": "the customer waits",
}


class Records:
    """Drawn rows of the company, and what a request says."""

    def __init__(self, draw):
        self.draw = draw
        self.name = draw.name()

    def user(self, **changes):
        row = {"name": self.name, "department": self.draw.word(), "clearance": self.draw.randint(1, 3)}
        return row | {"limit": self.draw.randint(100, 900)} | changes

    def document(self, **changes):
        draw = self.draw
        row = {"_id": draw.word(), "kind": "contract", "title": draw.word(), "text": draw.word(), "version": 3}
        row |= {"owner": draw.name(), "department": draw.word(), "sensitivity": draw.randint(1, 3)}
        return row | {"state": draw.word(), "amount": draw.randint(1, 9_000), "zone": "Asia/Tokyo"} | changes

    def stored(self, **changes):
        """Return what the company knows, all of it."""
        draw = self.draw
        began = datetime(2026, draw.randint(1, 12), draw.randint(1, 28), draw.randint(0, 23), tzinfo=UTC)
        return {
            "user": self.user(),
            "document": self.document(),
            "session": {"user": self.name, "id": draw.word(), "began": began, "country": draw.choice(["DE", "FR"])},
            "device": {"user": self.name, "trusted": draw.choice([True, False])},
            "emergency": {"reason": draw.word()},
            "now": began + timedelta(seconds=draw.randint(60, 30_000)),
            "address": draw.address(()),
            "country": draw.choice(["JP", "unknown"]),
            "office_hours": draw.choice([True, False]),
            "confirmed": draw.choice([True, False]),
        } | changes


NOTHING_SAID = {"headers": {}, "query": {}, "cookies": {}, "body": {}}


def right(stored):
    """Return what is to be known of these records: the moment by itself, for it may be written in several ways."""
    user, document, device = stored["user"], stored["document"] or {}, stored["device"]
    context = {name: stored[name] for name in AS_STORED} | {"login_country": stored["session"]["country"]}
    if device and device["user"] == user["name"]:
        context["device_trusted"] = device["trusted"]
    context |= {"reason": stored["emergency"]["reason"]} if stored["emergency"] else {}
    found = {
        "subject": {name: user.get(name) for name in OF_SUBJECT},
        "resource": {name: document.get(name) for name in OF_RESOURCE},
        "context": context,
    }
    return {part: {name: each for name, each in said.items() if each is not None} for part, said in found.items()}


def moment(text):
    """Return the moment that a text names, None for one that names none."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


class Asking:
    """The function under test."""

    def __init__(self, decision):
        self.decision = decision

    def about(self, stored, said=NOTHING_SAID):
        """Return the attributes, part by part, without those that are None."""
        answer = self.decision.attributes_of(said, stored)
        assert isinstance(answer, Answer), f"Your function raised {answer}."
        assert isinstance(answer.value, dict), f"Your function gave {answer}, which is no object."
        found = {}
        for part in ALL:
            members = answer.value.get(part)
            assert isinstance(members, dict), f"{part!r} is missing in what your function gave, or is no object."
            found[part] = {name: value for name, value in members.items() if value is not None}
        return found

    def is_right(self, stored, said=NOTHING_SAID, why=""):
        """Check that the attributes are those of the records."""
        found, expected = self.about(stored, said), right(stored)
        for part, names in ALL.items():
            for name in names:
                got, wanted = found[part].get(name), expected[part].get(name)
                if name == "now":
                    same = moment(got) == stored["now"]
                    assert same, (
                        f"{why}{part}.now is {got!r}, and the server's clock shows {stored['now'].isoformat()}."
                    )
                else:
                    # 1 is no True here, and what is missing is no False.
                    same = got == wanted and type(got) is type(wanted)
                    assert same, f"{why}{part}.{name} is {got!r}, and what is stored is {wanted!r}."
        return found


@pytest.fixture
def records(draw):
    return Records(draw)


@pytest.fixture
def asking(decision):
    return Asking(decision)


def claiming(name, value):
    """Return requests that claim an attribute, by the place where they do."""
    found = {}
    for words, spell in SPELLINGS.items():
        spelled = spell(name)
        for place in ("headers", "query", "cookies", "body"):
            said = value if place == "body" else str(value)
            found[f"{words} in the {place}"] = NOTHING_SAID | {place: {spelled: said}}
    for part in ("subject", "resource", "context", "user", "document", "device", "session"):
        found[f"a {part} in the body"] = NOTHING_SAID | {"body": {part: {name: value, "name": value, "user": value}}}
    everywhere = {place: {name: value if place == "body" else str(value)} for place in NOTHING_SAID}
    return found | {"everywhere": everywhere}


@promise()
def test_what_is_stored_is_known(asking, records):
    """What the company knows of user, document and moment is there, each under its name."""
    for _ in range(5):
        asking.is_right(records.stored())
    found = asking.is_right(records.stored(office_hours=True, confirmed=True))
    assert found["context"]["office_hours"] is True, "The office is open, and the attributes do not say so."


@promise()
def test_people_do_their_work(lab, shop, alice, bob, carol):
    """Alice reads, Bob edits, Carol sees the policy; Alice reads Bob's contract in an emergency."""
    move_to(lab, "10:00")
    for each in (alice, bob, carol):
        at_desk(lab, each)
    assert read(alice, shop, "house-blend").status == 200, "Alice can't read her own recipe."
    assert change(bob, shop, "hotel-contract", {"text": "Twice as much."}).status == 200, "Bob can't edit his draft."
    assert stored(lab, "hotel-contract")["text"] == "Twice as much.", "Bob edited his draft, and it is as it was."
    assert ask(carol, shop.policy).status == 200, "Carol, of compliance, can't see the policy."
    assert read(alice, shop, "hotel-contract").status == 404, "Alice reads what is above her clearance."
    break_glass(alice, shop, "hotel-contract")
    assert read(alice, shop, "hotel-contract").status == 200, "In an emergency Alice can't read the contract."


@promise(
    points=2,
    after=test_what_is_stored_is_known,
    asvs="8.3.1",
    cwe=915,
    hints=[
        "Ask for next year's prices with `?sensitivity=1`. Which line of your function reads that?",
        "Who writes the query, the body, the headers? Is any of them asked for an attribute?",
        "Of the two arguments, one may be left alone altogether.",
    ],
)
def test_a_request_says_nothing_of_a_document(asking, records, lab, shop, mallory):
    """What a request says of a document, wherever it says it, is in none of its attributes."""
    for name in OF_RESOURCE:
        for value in (1, "final", records.name):
            for words, said in claiming(name, value).items():
                asking.is_right(records.stored(), said, f"The request says {name} = {value!r} ({words}). ")

    move_to(lab, "10:00")
    at_desk(lab, mallory)
    for words, claim in CLAIMS.items():
        said = {name: each.format(me=mallory.person.name) for name, each in claim.get("headers", {}).items()}
        query = claim.get("query", "").format(me=mallory.person.name)
        for key in ("next-prices", "hotel-contract"):
            status = ask(mallory, shop.page("document", key=key) + query, headers=said).status
            assert status == 404, f"Mallory asked for {key}, sent {words}, and got {status}."
    for body in ({"sensitivity": 1, "text": "Mine."}, {"owner": mallory.person.name, "text": "Mine."}):
        status = change(mallory, shop, "next-prices", body).status
        assert status in (403, 404), f"Mallory changed next year's prices by sending {body!r}, and got {status}."
    assert "Mine" not in stored(lab, "next-prices")["text"], "Mallory's words are in next year's prices."


@promise(
    points=1,
    after=test_what_is_stored_is_known,
    asvs="8.3.1",
    cwe=639,
    hints=[
        "Who keeps the staff directory, and who writes `X-Clearance`?",
        "Somebody without a clearance: which number does your function put there?",
    ],
)
def test_a_request_says_nothing_of_a_user(asking, records, draw):
    """What a request says of whoever sends it, wherever it says it, is in none of their attributes."""
    for name, value in (("department", draw.word()), ("clearance", 3), ("limit", 99_000), ("name", draw.name())):
        for words, said in claiming(name, value).items():
            asking.is_right(records.stored(), said, f"The request says {name} = {value!r} ({words}). ")


@promise(
    points=2,
    after=test_what_is_stored_is_known,
    asvs="8.1.3",
    cwe=807,
    hints=[
        "At night, Mallory sends the time that she would like it to be. Whose clock counts?",
        "An emergency is written down in a record of its own. What does `?reason=…` prove?",
    ],
)
def test_a_request_says_nothing_of_the_moment(asking, records, lab, shop, draw, mallory):
    """Time, place, proof and reason are those that the company knows; at night Mallory's noon opens nothing."""
    claims = {"office_hours": True, "confirmed": True, "address": "10.1.0.14", "country": "DE", "login_country": "JP"}
    claims |= {"reason": draw.word(), "device_trusted": True, "now": "2026-01-06T11:00:00+00:00"}
    for name, value in claims.items():
        for words, said in claiming(name, value).items():
            unknown = records.stored(office_hours=False, confirmed=False, emergency=None, device=None)
            for known in (unknown, records.stored(office_hours=False, confirmed=False)):
                asking.is_right(known, said, f"The request says {name} = {value!r} ({words}). ")
    for known in (records.stored(), records.stored(emergency=None, device=None, office_hours=None)):
        for name, value in HEADERS.items():
            said = NOTHING_SAID | {"headers": {name: value}}
            asking.is_right(known, said, f"The request has a header {name}: {value}. ")

    move_to(lab, "22:00")
    staff(lab, mallory, clearance=3)
    at_desk(lab, mallory)
    assert read(mallory, shop, "next-prices").status == 200, "Mallory is cleared for these prices, and can't read them."
    for words, said in AT_NIGHT.items():
        status = read(mallory, shop, "hotel-contract", headers=said).status
        assert status == 404, f"At night Mallory asked for a contract, sent {words}, and got {status}."


@promise(
    points=2,
    after=test_what_is_stored_is_known,
    asvs="8.1.3",
    cwe=807,
    hints=[
        "Nobody knows Mallory's computer. What does your function say of it, and who told it so?",
        "A record of a device says whose it is. Does anything compare that with who is asking?",
        "`device['user'] == user['name']`: and if there is no device at all?",
    ],
)
def test_a_device_is_trusted_by_its_record(asking, records, lab, shop, draw, bob, mallory):
    """A device is trusted if its record says so and is the user's own; Mallory's is not, nor is Bob's in her hands."""
    others = [draw.name(), records.name.upper(), f"{records.name} ", "", records.name[:-1], f"{records.name}x"]
    for words, said in {"nothing": NOTHING_SAID, **claiming("device_trusted", True)}.items():
        for device in (None, *({"user": other, "trusted": True} for other in others)):
            found = asking.about(records.stored(device=device), said)["context"]
            assert not found.get("device_trusted"), (
                f"The record of the device is {device}, the user is {records.name!r}, the request says {words}, "
                f"and device_trusted is {found['device_trusted']!r}."
            )
        known = records.stored(device={"user": records.name, "trusted": False})
        asking.is_right(known, said, f"The request says device_trusted ({words}). ")
    asking.is_right(records.stored(device={"user": records.name, "trusted": True}))

    move_to(lab, "10:00")
    staff(lab, mallory, clearance=2)
    at_desk(lab, mallory, known=False)
    for words, said in {"nothing": {}, **ON_A_DEVICE}.items():
        status = read(mallory, shop, "next-prices", headers=said).status
        assert status == 404, f"On a device that nobody knows, Mallory said {words}, and got {status}."
    enrol(lab, bob)
    take_over(lab, mallory, of=bob)
    goes(lab, mallory, "desk")
    log_in(mallory, shop)
    status = read(mallory, shop, "next-prices").status
    assert status == 404, f"Mallory logged in on Bob's computer, asked for sensitive prices, and got {status}."
    enrol(lab, mallory, trusted=False)
    status = read(mallory, shop, "next-prices").status
    assert status == 404, f"IT has looked at Mallory's computer and does not trust it, and she got {status}."


@promise(
    points=2,
    after=test_what_is_stored_is_known,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "A row has no clearance. What does your function put in its place, and who said so?",
        "`row.get('clearance', 1)` is a guess. What does `0` mean to a policy, and what `None`?",
        "Only a policy may say what to make of what is missing: leave it out.",
    ],
)
def test_what_nobody_knows_is_left_out(asking, records, lab, shop, mallory):
    """What no record says is left out, and no default stands in its place; nor does what the request says."""
    for name in OF_SUBJECT:
        for user in (
            {key: value for key, value in records.user().items() if key != name},
            records.user(**{name: None}),
        ):
            for said in (NOTHING_SAID, *claiming(name, 3).values()):
                asking.is_right(records.stored(user=user), said, f"The staff directory has no {name}. ")
    for name in OF_RESOURCE:
        whole = records.document()
        for document in ({key: each for key, each in whole.items() if key != name}, whole | {name: None}):
            for said in (NOTHING_SAID, *claiming(name, 1).values()):
                asking.is_right(records.stored(document=document), said, f"The document has no {name}. ")
    # Zero and nothing are not the same, and neither is no and nothing.
    asking.is_right(records.stored(user=records.user(clearance=0, limit=0, department="")))
    asking.is_right(records.stored(document=records.document(sensitivity=0, amount=0)))
    for known in ({"document": None}, {"device": None}, {"emergency": None}, {"office_hours": None}):
        asking.is_right(records.stored(**known), why=f"{next(iter(known))} is None. ")
    asking.is_right(records.stored(document=None, office_hours=None, device=None, emergency=None))

    move_to(lab, "10:00")
    staff(lab, mallory, clearance=None)
    at_desk(lab, mallory)
    for key in ("cafe-contract", "next-prices"):
        status = read(mallory, shop, key).status
        assert status == 404, f"HR has taken Mallory's clearance out, she asked for {key}, and got {status}."
