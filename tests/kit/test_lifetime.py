"""A lab's lifetime: its time stands still at the end, which is told once."""

from datetime import timedelta

from labsrv.kit.clock import Clock
from labsrv.kit.lifetime import Lifetime, newest


def test_time_goes_on_until_the_end_and_then_stands_still():
    clock, lifetime = Clock(), Lifetime()
    before = lifetime.time()
    clock.advance(hours=1)
    assert lifetime.time() - before >= timedelta(hours=1).total_seconds()

    lifetime.end()
    at_end = lifetime.time()
    clock.reset()
    assert lifetime.time() == at_end == lifetime.ended_at


def test_the_end_is_told_once_to_each_who_listens():
    lifetime, told = Lifetime(), []
    lifetime.listeners += [lambda: told.append("one"), lambda: told.append("other")]
    lifetime.end()
    lifetime.end()

    assert told == ["one", "other"] and not lifetime.listeners


def test_the_newest_is_the_one_that_began_last_as_long_as_it_lasts():
    first, second = Lifetime(), Lifetime()
    assert newest() is second

    second.end()
    assert newest() is None and first.ended_at is None
