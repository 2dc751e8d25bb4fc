"""The clock moves the whole process, and nothing else."""

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from labsrv.kit.clock import Clock

KEY = "a test's own key, long enough for HS256"
NEAR = timedelta(seconds=2)


@pytest.mark.slow("starts Python")
def test_importing_it_moves_nothing_until_the_first_advance():
    script = """
import threading, time, time_machine
from labsrv.kit.clock import Clock
clock = Clock(); clock.now(); clock.reset(); clock.follow(clock.moved)
assert not time_machine.escape_hatch.is_travelling() and threading.active_count() == 1
clock.advance(seconds=1)
assert time_machine.escape_hatch.is_travelling()
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=30)


def test_everybody_in_the_process_sees_the_new_time(clock):
    before = datetime.now(UTC)
    clock.advance(minutes=31)

    for seen in (clock.now(), datetime.now(UTC), datetime.fromtimestamp(time.time(), UTC), Clock().now()):
        assert timedelta(minutes=31) <= seen - before < timedelta(minutes=31) + NEAR
    assert clock.now().tzinfo is UTC
    assert abs(clock.now().timestamp() - clock.time()) < 1


def test_real_time_stays_known(clock):
    clock.advance(days=400)

    assert timedelta(days=400) - NEAR < clock.now() - clock.real_now < timedelta(days=400) + NEAR
    assert clock.moved == timedelta(days=400)


def test_a_token_expires(clock):
    token = jwt.encode({"exp": clock.now() + timedelta(minutes=5)}, KEY, "HS256")
    assert jwt.decode(token, KEY, ["HS256"])

    clock.advance(minutes=6)
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(token, KEY, ["HS256"])


def test_moving_back_makes_a_token_that_is_not_valid_yet(clock):
    token = jwt.encode({"iat": clock.now()}, KEY, "HS256")

    clock.advance(days=-1)
    assert clock.moved == timedelta(days=-1)
    with pytest.raises(jwt.ImmatureSignatureError):
        jwt.decode(token, KEY, ["HS256"])


def test_time_goes_on_after_a_move(clock):
    clock.advance(hours=1)
    first = clock.time()
    while clock.time() == first:
        pass
    assert 0 < clock.time() - first < 1


def test_monotonic_time_and_waiting_are_undisturbed(clock):
    before = time.monotonic(), time.perf_counter()
    clock.advance(days=10_000)
    assert not threading.Event().wait(0.01)

    assert time.monotonic() - before[0] < 1
    assert time.perf_counter() - before[1] < 1


def test_move_to_a_moment(clock):
    clock.move_to(datetime(2031, 5, 6, 7, 8, tzinfo=UTC))
    assert timedelta(0) <= clock.now() - datetime(2031, 5, 6, 7, 8, tzinfo=UTC) < NEAR

    local = time.localtime(0).tm_gmtoff
    clock.move_to(datetime(2001, 5, 6, 7, 8, tzinfo=UTC))
    assert clock.now().year == 2001
    assert time.localtime(0).tm_gmtoff == local, "The process's time zone is not the clock's to change."


def test_move_to_wants_a_time_zone(clock):
    with pytest.raises(ValueError, match="time zone"):
        clock.move_to(datetime(2031, 5, 6))


def test_beyond_the_last_year_nothing_moves(clock):
    with pytest.raises(OverflowError):
        clock.advance(days=365 * 9000)
    assert clock.moved == timedelta(0)


def test_reset_returns_to_real_time(clock):
    clock.advance(weeks=52)
    Clock().advance(days=-3)
    clock.reset()

    assert clock.moved == timedelta(0)
    assert abs(clock.now() - clock.real_now) < NEAR


def test_listeners_of_every_clock_are_told_after_the_move(clock):
    other, heard = Clock(), []
    clock.listeners.append(lambda seconds: heard.append(("clock", seconds, clock.moved)))
    other.listeners.append(lambda seconds: heard.append(("other", seconds, clock.moved)))

    clock.advance(minutes=1)
    minute = timedelta(minutes=1)
    assert sorted(heard) == [("clock", 60.0, minute), ("other", 60.0, minute)]

    clock.reset()
    assert [seconds for _, seconds, _ in heard[2:]] == [-60.0, -60.0]


def test_a_listener_that_raises_does_not_keep_the_others_from_hearing(clock):
    heard = []
    clock.listeners += [lambda seconds: 1 / 0, heard.append]

    with pytest.raises(ZeroDivisionError):
        clock.advance(seconds=5)
    assert heard == [5.0]


def test_following_twice_changes_nothing(clock):
    clock.follow(timedelta(hours=2))
    clock.follow(timedelta(hours=2))
    assert clock.moved == timedelta(hours=2)

    clock.follow(timedelta(hours=-1))
    assert clock.moved == timedelta(hours=-1)


def test_threads_that_read_and_move_disturb_nobody(clock):
    stop, raised = threading.Event(), []

    def look():
        try:
            while not stop.is_set():
                assert datetime.now(UTC).year >= 2000
                time.time()
        except BaseException as error:
            raised.append(error)

    def move():
        for _ in range(200):
            clock.advance(seconds=1)

    readers = [threading.Thread(target=look) for _ in range(3)]
    movers = [threading.Thread(target=move) for _ in range(4)]
    for thread in readers + movers:
        thread.start()
    for thread in movers:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()

    assert raised == []
    assert clock.moved == timedelta(seconds=800)


def test_real_time_is_known_before_the_first_move():
    code = "from labsrv.kit.clock import Clock; import time; print(abs(Clock().real_now.timestamp() - time.time()) < 5)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.stdout.strip() == "True", done.stderr
