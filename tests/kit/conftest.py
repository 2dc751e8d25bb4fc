"""What tests of the kit share."""

import socket

import pytest

from labsrv.kit.pipe.peer import Peer


@pytest.fixture
def sockets():
    pair = socket.socketpair()
    yield pair
    for each in pair:
        each.close()


@pytest.fixture
def pair(sockets):
    """Two peers that talk to each other; each serves what a test puts into its `serve`."""
    here, there = Peer.over(sockets[0]), Peer.over(sockets[1])
    yield here, there
    here.close()
    there.close()
