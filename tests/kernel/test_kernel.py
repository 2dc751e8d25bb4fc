"""In a real IPython kernel: errors reach the cell, cells can be run again, and a restart frees everything."""

import os
import re
import socket
import subprocess
import sys

import psutil
import pytest
from jupyter_client.manager import start_new_kernel

from labsrv.grading.course.exercises import root
from tests.notebooks.course import copy_course
from tests.patience import PATIENCE, lives, wait_until

START = "from labsrv.labs import start\nlab = start('sessions')\nprint(lab.shop.url)"


class Cells:
    """A kernel and the cells one runs in it; its checks are no progress of whoever runs the tests."""

    def __init__(self, course):
        surroundings = {**os.environ, "AUTHLAB_COURSE": str(course)}
        self.manager, self.client = start_new_kernel(
            kernel_name="python3", startup_timeout=PATIENCE, cwd=str(root()), env=surroundings
        )

    def run(self, code):
        """Run a cell and return what it prints, both streams and results, or the error."""
        said = []

        def hear(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                said.append(content["text"])
            elif message["msg_type"] == "execute_result":
                said.append(content["data"]["text/plain"])
            elif message["msg_type"] == "error":
                said.append("\n".join(content["traceback"]))

        self.client.execute_interactive(code, output_hook=hear, timeout=PATIENCE)
        return "".join(said)

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    cells = Cells(copy_course(tmp_path_factory.mktemp("course")))
    yield cells
    cells.stop()


def port_of(url):
    return int(re.search(r":(\d+)/", url)[1])


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_traceback_of_a_request_is_shown_in_the_cell(cells):
    cells.run(START)
    said = cells.run(
        "from flask import Flask\n"
        "app = Flask('broken')\n"
        "app.add_url_rule('/', 'home', lambda: 1 / 0)\n"
        "lab.add_site('broken', app)\n"
        "lab.alice.navigate(lab.broken.url)"
    )

    assert "ZeroDivisionError: division by zero" in said
    assert "<Page 500" in said


def test_running_the_first_cell_again_replaces_the_lab(cells):
    first = cells.run(START)
    second = cells.run(START)

    assert first == second
    assert "200" in cells.run("lab.alice.navigate(lab.shop.url)")
    assert "1" in cells.run("import threading; sum('lab server' in t.name for t in threading.enumerate())")


def test_moving_the_clock_leaves_the_kernel_alive(cells):
    cells.run(START)
    assert "days=400" in cells.run("lab.clock.advance(days=400); lab.clock.moved")
    assert "2" in cells.run("1 + 1")
    cells.run("lab.clock.reset()")


def test_a_stopped_lab_says_what_to_do(cells):
    cells.run(START)
    said = cells.run("lab.stop()\nlab.alice.navigate(lab.shop.url)")

    assert "start it again with its first cell" in said.lower()


def test_a_restart_frees_port_names_and_processes(cells):
    port = port_of(cells.run(START))
    cells.run("from labsrv.grading import run_mine\nrun_mine(lab, '02_sessions/renew_id')")
    assert "200" in cells.run("lab.alice.navigate(lab.shop.url)")
    kernel = psutil.Process(cells.manager.provisioner.pid)
    below = kernel.children(recursive=True)
    assert listens(port) and len(below) >= 3, "zygote, servers, submission"

    cells.manager.restart_kernel(now=True)
    cells.client.wait_for_ready(timeout=PATIENCE)

    wait_until(lambda: not listens(port), "The lab still answers.")
    wait_until(lambda: not any(map(lives, below)), "A process outlives its kernel.")
    assert "http://shop" in cells.run(START)


def test_a_restart_ends_the_checks_and_what_is_ready_for_the_next(cells):
    cells.run("from labsrv.workbench import CheckPanel\npanel = CheckPanel('02_sessions/renew_id')")
    wait_until(lambda: "True" in cells.run("panel.at > 0 and not panel.checking"), "It was not checked.")
    kernel = psutil.Process(cells.manager.provisioner.pid)
    wait_until(lambda: len(kernel.children(recursive=True)) >= 3, "No zygote, fork server and runner to spare.")
    below = kernel.children(recursive=True)

    cells.manager.restart_kernel(now=True)
    cells.client.wait_for_ready(timeout=PATIENCE)
    wait_until(lambda: not any(map(lives, below)), "A process outlives its kernel.")


def test_a_check_records_nothing_in_the_kernel(cells):
    cells.run(START + "\nfrom labsrv.grading import check\ncheck('02_sessions/renew_id')")
    said = cells.run(
        "import sys\n"
        "print(len(lab.traffic), 'labsrv.grading.checks.scoring' in sys.modules, 'test_renew_id' in sys.modules)"
    )

    assert said.strip() == "0 False False"


def test_the_learners_code_never_runs_in_the_kernel(cells):
    cells.run(START)
    said = cells.run(
        "import os\n"
        "run_mine = __import__('labsrv.grading', fromlist=['x']).run_mine\n"
        "run_mine(lab, '02_sessions/renew_id')\n"
        "import sys; print('renew_id' in sys.modules)"
    )

    assert "False" in said


def test_two_kernels_have_different_host_names(cells):
    here = cells.run(START)
    code = START.replace("\n", "; ")
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root()).stdout

    assert here.split(":")[1] != there.split(":")[1], "two labs alive share their cookies' host"


def test_an_error_that_says_what_to_do_comes_without_a_traceback(cells):
    cells.run(START)
    said = cells.run("start('sessions', port=lab.server.port + 0) if 0 else lab.alice.navigate('https://example.org/')")

    assert "outside the lab" in said
    assert "Traceback" not in said and "socket" not in said
