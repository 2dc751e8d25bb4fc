"""Two labs alive never share a name, and a place comes back however its process ends."""

import subprocess
import sys

from labsrv.kit.addresses.names import LabNumber


def test_two_labs_alive_have_different_hosts():
    first, second = LabNumber(), LabNumber()
    try:
        assert first.number != second.number
        assert first.host("shop") != second.host("shop")
        if first.number == 1:
            assert (first.host("shop"), second.host("shop")) == ("shop.localhost", "shop-2.localhost")
    finally:
        first.give_back()
        second.give_back()


def test_a_process_that_is_killed_gives_its_place_back():
    code = "from labsrv.kit.addresses.names import LabNumber; print(LabNumber().number, flush=True); input()"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    taken = int(process.stdout.readline())
    process.kill()
    process.communicate()

    place = LabNumber()
    place.give_back()
    assert place.number <= taken
