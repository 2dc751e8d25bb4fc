"""Attempts: counted once each, for a quarter of an hour."""

import threading

import pytest

from labsrv.kit.attempts import Attempts


@pytest.fixture
def attempts(db, clock):
    return Attempts(db.attempts, clock.now)


def test_each_kind_and_name_is_counted_by_itself(attempts):
    assert [attempts.note("account", "alice") for _ in range(3)] == [1, 2, 3]
    assert attempts.note("account", "bob") == attempts.note("source", "alice") == 1
    assert attempts.seen("account", "alice") == 3
    assert attempts.seen("account", "carol") == 0


def test_a_quarter_of_an_hour_after_the_first_one_counting_begins_anew(attempts, clock):
    attempts.note("account", "alice")
    clock.advance(minutes=14)
    assert attempts.note("account", "alice") == 2

    clock.advance(minutes=2)
    assert attempts.seen("account", "alice") == 0
    assert attempts.note("account", "alice") == 1


def test_one_is_taken_back_and_no_more_than_there_are(attempts):
    attempts.note("source", "192.0.2.66")
    attempts.note("source", "192.0.2.66")
    attempts.take_back("source", "192.0.2.66")
    assert attempts.seen("source", "192.0.2.66") == 1

    attempts.take_back("source", "192.0.2.66")
    attempts.take_back("source", "192.0.2.66")
    assert attempts.note("source", "192.0.2.66") == 1


def test_what_is_forgotten_begins_anew(attempts):
    attempts.note("device", "d")
    attempts.forget("device", "d")
    assert attempts.seen("device", "d") == 0


def test_no_two_of_forty_at_once_get_the_same_number(attempts):
    numbers = []
    threads = [threading.Thread(target=lambda: numbers.append(attempts.note("account", "alice"))) for _ in range(40)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(numbers) == list(range(1, 41))
