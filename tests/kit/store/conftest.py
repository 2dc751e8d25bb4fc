"""Stores of every kind that a contract is held against: in memory, over a pipe, in another process, on a server."""

import os
import subprocess
import sys

import pytest

from labsrv.kit.pipe.peer import Peer
from labsrv.kit.pipe.remote import RemoteStore
from labsrv.kit.store import URI, open_store
from tests import ferretdb
from tests.kit.store.mongo_stand_in import StandIn

REAL_URI = os.environ.get(URI)
SERVE_A_STORE = """
import sys
from labsrv.kit.pipe.peer import Peer
from labsrv.kit.pipe.served import serve_store
from labsrv.kit.store import open_store
import threading
ended = threading.Event()
peer = Peer.over_streams(sys.stdin.buffer.raw, sys.stdout.buffer, serve_store(open_store()) | {"end": ended.set})
ended.wait()
"""


@pytest.fixture(scope="module")
def another_process():
    environment = {name: value for name, value in os.environ.items() if name != URI}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", SERVE_A_STORE], env=environment, **pipes) as process:
        with Peer.over_streams(process.stdout, process.stdin) as peer:
            yield peer
            peer.call("end")
        process.wait(10)


@pytest.fixture
def in_another_process(another_process):
    store = RemoteStore(another_process)
    store.clear()
    return store


@pytest.fixture
def stand_in(monkeypatch):
    """pymongo's path, against a stand-in that is not MongoDB."""
    server = StandIn()
    monkeypatch.setenv(URI, server.uri)
    store = open_store("Contract tests!")
    yield store
    store.close()
    assert server.databases.list_database_names() == [], "close() leaves a database behind."
    server.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of a server of others: the one that is configured, or a FerretDB."""
    if REAL_URI:
        yield REAL_URI
        return
    if reason := ferretdb.missing():
        pytest.skip(reason)
    with ferretdb.running(tmp_path_factory.mktemp("ferretdb")) as uri:
        yield uri


@pytest.fixture
def on_a_server(server, monkeypatch):
    monkeypatch.setenv(URI, server)
    store = open_store("contract")
    yield store
    store.close()


THERE = ["on_a_server"] if REAL_URI or ferretdb.named() else []
STORES = ["in_memory", "over_the_pipe", "in_another_process", "stand_in", *THERE]


@pytest.fixture(params=STORES)
def store(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def rows(store):
    store.rows.insert_many([{"_id": n, "n": n, "even": n % 2 == 0, "name": f"row {n}"} for n in range(5)])
    return store.rows
