"""Look at the clock where a document belongs.

What `during_hours` promises: by clocks all over the world, and by what Mallory reads when an office has closed.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.attacks import read_when_tokyo_sleeps
from labsrv.labs.abac.people import BERLIN, at_desk, move_to, read, staff

PLACE = 6
DECIDES = ("during_hours",)
CLOSED = ("labsrv.policy",)

# Far to the east and to the west, half and quarter hours off, and on both sides of the equator.
ZONES = [
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Adelaide",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Pacific/Pago_Pago",
    "America/New_York",
    "America/St_Johns",
    "America/Los_Angeles",
    "Africa/Nairobi",
    "Europe/London",
    "UTC",
]

# Two days a year on which clocks are put forward and back.
PUT = {
    BERLIN: (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Sydney": (date(2026, 4, 5), date(2026, 10, 4)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Europe/Dublin": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/Santiago": (date(2026, 4, 5), date(2026, 9, 6)),
}

# On the wall, and whether the office is open.
EDGES = {
    "00:00:00": False,
    "07:00:00": False,
    "07:59:59.999000": False,
    "08:00:00": True,
    "08:00:00.001000": True,
    "08:59:59": True,
    "12:00:00": True,
    "17:00:00": True,
    "17:59:00": True,
    "17:59:59": True,
    "17:59:59.999000": True,
    "18:00:00": False,
    "18:00:00.001000": False,
    "18:00:30": False,
    "18:00:59.999000": False,
    "18:30:00": False,
    "19:00:00": False,
    "20:00:00": False,
    "23:59:59": False,
}

NO_ZONES = [None, "", "Berlin", "Nowhere/City", "UTC+2", "+02:00", " ", 2]


def is_open(decision, day, wall, zone, expected, **document):
    """Check whether the office is open, or closed, at a time on its wall."""
    there = datetime.combine(day, time.fromisoformat(wall), ZoneInfo(zone))
    asked_at(
        decision, there.astimezone(UTC), {"zone": zone, **document}, expected, f"{there:%d %B %Y} {wall} in {zone}"
    )


def asked_at(decision, moment, document, expected, what):
    """Check what the decision says at a moment."""
    answer = decision.during_hours(moment, document)
    assert isinstance(answer, Answer), f"At {what} your function raised {answer}."
    said = {True: "open", False: "closed"}.get(answer.value, str(answer)) if type(answer.value) is bool else str(answer)
    wanted = "open" if expected else "closed"
    assert said == wanted, f"At {what} the office is {wanted}, and for your function it is {said}."


@pytest.fixture
def a_day(draw):
    """A day on which nobody puts a clock, in winter or in summer."""
    return date(draw.randint(2025, 2031), draw.choice([1, 2, 6, 7, 8, 12]), draw.randint(2, 27))


@promise()
def test_it_is_open_at_noon_and_closed_at_night(decision, draw):
    """In Berlin the office is open in the middle of the day, and closed at night."""
    for month in range(1, 13):
        day = date(draw.randint(2025, 2031), month, draw.randint(2, 20))
        is_open(decision, day, f"{draw.randint(10, 16)}:{draw.randint(10, 59)}", BERLIN, True)
        is_open(decision, day, f"0{draw.randint(0, 4)}:{draw.randint(10, 59)}", BERLIN, False)
        is_open(decision, day, f"{draw.randint(22, 23)}:{draw.randint(10, 59)}", BERLIN, False)


@promise()
def test_people_work_by_day(lab, shop, bob):
    """Bob reads his contract at noon, is refused it at night, and reads what is less sensitive at any time."""
    move_to(lab, "12:00")
    at_desk(lab, bob)
    assert read(bob, shop, "hotel-contract").status == 200, "It is noon, and Bob can't read his contract."
    move_to(lab, "23:00")
    assert read(bob, shop, "hotel-contract").status == 403, "It is night, and Bob reads his contract."
    assert read(bob, shop, "next-prices").status == 200, (
        "Next year's prices are open at night, and Bob can't read them."
    )


@promise(
    points=2,
    after=test_it_is_open_at_noon_and_closed_at_night,
    asvs="8.2.4",
    cwe=863,
    hints=[
        "What does `now.hour` show when it is 18:30 in Tokyo? And in Kathmandu?",
        "Each document says where it belongs. Does your function read that?",
        "`now.astimezone(ZoneInfo('Asia/Tokyo'))`: look at its hour and at its date.",
    ],
)
def test_each_document_has_its_zone(decision, draw, a_day):
    """It is open from eight to six where the document belongs, wherever that is."""
    for zone in ZONES:
        for wall, expected in (
            (f"0{draw.randint(0, 6)}:{draw.randint(10, 59)}", False),
            ("07:50", False),
            ("08:10", True),
            (f"{draw.randint(10, 16)}:{draw.randint(10, 59)}", True),
            ("17:50", True),
            (f"{draw.randint(19, 23)}:{draw.randint(10, 59)}", False),
        ):
            is_open(decision, a_day, wall, zone, expected)
            # The same on each day of the week.
            is_open(decision, a_day + timedelta(days=draw.randint(1, 3)), wall, zone, expected, title=draw.word())


@promise(
    points=2,
    after=test_each_document_has_its_zone,
    asvs="8.2.4",
    cwe=863,
    hints=[
        "It is 18:00:30. What does your function say, and what says the clock's hour?",
        "One bound belongs to the hours, the other one does not. Which is `<=`, and which is `<`?",
        "`time(8) <= there < time(18)` compares seconds as well.",
    ],
)
def test_the_edges_of_the_day(decision, draw, a_day):
    """At 08:00:00 it opens and at 18:00:00 it closes, not a moment sooner or later."""
    for zone in (BERLIN, *draw.sample(ZONES, 4)):
        for wall, expected in EDGES.items():
            is_open(decision, a_day, wall, zone, expected)


@promise(
    points=1,
    after=test_each_document_has_its_zone,
    asvs="8.2.4",
    cwe=863,
    hints=[
        "How far is Berlin from UTC in January, and how far in July?",
        "Who knows that, on which day: you, or the zone?",
        "On one day in March it is seven hours from midnight to eight. Compare times on the wall, not durations.",
    ],
)
def test_summer_and_winter(decision, draw):
    """Where clocks are put forward and back, it is open from eight to six by the clocks as they are then."""
    for zone, days in PUT.items():
        for day in days:
            for moved in (-1, 0, 1):
                for wall, expected in EDGES.items():
                    is_open(decision, day + timedelta(days=moved), wall, zone, expected)
    for month in range(1, 13):
        day = date(draw.randint(2025, 2031), month, draw.randint(1, 28))
        for wall, expected in EDGES.items():
            is_open(decision, day, wall, draw.choice(list(PUT)), expected)


@promise(
    points=1,
    after=test_each_document_has_its_zone,
    asvs="16.5.3",
    cwe=636,
    hints=[
        "What does `ZoneInfo('Berlin')` do? And `document['zone']` where there is none?",
        "If it is not known where the clock hangs, is it known that the office is open?",
        "Around `ZoneInfo` there are several errors: `KeyError`, `ValueError`, `TypeError`. Which ones do you catch?",
    ],
)
def test_an_unknown_zone_is_closed(decision, lab, shop, a_day, bob):
    """Where the zone is missing, or nobody knows it, the office is closed at any time, and nothing breaks."""
    for hour in range(24):
        moment = datetime.combine(a_day, time(hour, 30), UTC)
        for document in ({}, {"title": "a letter"}, *({"zone": each} for each in NO_ZONES)):
            what = f"{hour}:30 UTC, with {document.get('zone')!r} for a zone" if document else f"{hour}:30 UTC, no zone"
            asked_at(decision, moment, document, False, what)

    move_to(lab, "12:00")
    at_desk(lab, bob)
    lab.db.documents.update_one({"_id": "hotel-contract"}, {"$set": {"zone": "Nowhere/City"}})
    status = read(bob, shop, "hotel-contract").status
    assert status == 403, f"Nobody knows the zone of the hotel's contract, Bob asked for it, and got {status}."
    assert read(bob, shop, "next-prices").status == 200, "Bob can't read what is open at any time."


@promise(
    points=1,
    after=test_each_document_has_its_zone,
    asvs="8.2.4",
    cwe=863,
    hints=[
        "Mallory reads what belongs to Tokyo. What time was it there, and what time where the server stands?",
        "Stop at your function: what is `document['zone']`, and what is `now`?",
    ],
)
def test_an_office_that_has_closed(lab, shop, bob, mallory):
    """Mallory reads nothing of an office that has closed; Bob reads what belongs to one that is open."""
    outcome = read_when_tokyo_sleeps(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"

    move_to(lab, "10:00", "Asia/Tokyo")
    at_desk(lab, bob)
    assert read(bob, shop, "tokyo-contract").status == 200, "It is ten in Tokyo, and Bob can't read what belongs there."
    status = read(bob, shop, "hotel-contract").status
    assert status == 403, f"It is night in Berlin, Bob asked for what belongs there, and got {status}."
    move_to(lab, "18:30", "Asia/Tokyo")
    status = read(bob, shop, "tokyo-contract").status
    assert status == 403, f"It is evening in Tokyo, Bob asked for what belongs there, and got {status}."
    assert read(bob, shop, "hotel-contract").status == 200, "It is morning in Berlin, and Bob can't read his contract."


@promise(
    points=1,
    after=test_the_edges_of_the_day,
    asvs="8.2.4",
    cwe=613,
    hints=[
        "Mallory logged in at noon, and reads on after six. When is your function asked?",
        "It is asked on each request. Let it go by `now` and by the document, and by nothing that was so earlier.",
    ],
)
def test_six_ends_it_for_whoever_is_logged_in(lab, shop, mallory):
    """Mallory, who is cleared and has read all day, reads nothing more at six, and goes on at eight."""
    move_to(lab, "17:30")
    staff(lab, mallory, clearance=3)
    at_desk(lab, mallory)
    for wall, minutes, expected in (("17:30", 0, 200), ("17:59", 29, 200), ("18:01", 2, 404), ("22:01", 240, 404)):
        lab.clock.advance(minutes=minutes)
        reads_at(shop, mallory, wall, expected)
    move_to(lab, "07:59")
    reads_at(shop, mallory, "07:59", 404)
    lab.clock.advance(minutes=2)
    reads_at(shop, mallory, "08:01", 200)


def reads_at(shop, mallory, wall, expected):
    """Check the answer to Mallory at a time on the wall."""
    status = read(mallory, shop, "hotel-contract").status
    assert status == expected, f"Mallory logged in at 17:30. At {wall} she asked for the contract, and got {status}."
