"""`authlab pdp`: what it prints, and what it says of broken files."""

import json
import signal
import subprocess
import sys

import pytest

from labsrv.kit.http.server import PortTaken
from labsrv.policy.command import PdpProblem, run_pdp
from tests.patience import PATIENCE
from tests.policy.samples import PAY

DATA = {"subjects": [{"type": "user", "id": "alice"}], "resources": []}


def written(folder, policy=PAY, data=DATA):
    for name, what in (("policy", policy), ("data", data)):
        path = folder / f"{name}.json"
        path.write_bytes(what if isinstance(what, bytes) else json.dumps(what).encode())
    return folder / "policy.json", folder / "data.json"


BROKEN = {
    "no JSON": ({"policy": b"{"}, "policy.json: This is no JSON"),
    "another encoding": ({"policy": "{é".encode("latin-1")}, "policy.json is not saved as UTF-8"),
    "a broken rule": ({"policy": PAY | {"rules": [{"name": "x"}]}}, "policy.json: rules[0].effect is null"),
    "data that is no JSON": ({"data": b"["}, "data.json: "),
    "data with a member twice": ({"data": b'{"subjects": [], "subjects": []}'}, '"subjects" twice'),
    "an entity without an id": ({"data": {"subjects": [{"type": "user"}]}}, "data.json: subjects[0].id is missing"),
}


@pytest.mark.parametrize(("what", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_said_with_its_place(tmp_path, what, words):
    with pytest.raises(PdpProblem) as raised:
        run_pdp(*written(tmp_path, **what), 0, "", False)

    assert words in str(raised.value)


def test_a_port_that_is_taken(tmp_path):
    alone = run_pdp(*written(tmp_path), 0, "", False)
    try:
        assert f"PDP            {alone.address}   (5 rules, 1 subjects, 0 resources)" in alone.as_text()
        with pytest.raises(PortTaken):
            run_pdp(*written(tmp_path), alone.lab.server.port, "", False)
    finally:
        alone.lab.stop()


@pytest.mark.slow("a program of its own")
def test_the_command_says_where_it_is_and_ends(tmp_path):
    policy, data = written(tmp_path)
    command = [sys.executable, "-m", "labsrv.cli", "pdp", "--policy", policy, "--data", data, "--port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        said = json.loads(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        process.stdout.close()

    assert said["access_evaluation_endpoint"] == said["policy_decision_point"] + "/access/v1/evaluation"
    assert (said["rules"], said["subjects"]) == (5, 1)
    assert process.wait(PATIENCE) in (0, 1)  # where there are no signals, the system ends it


@pytest.mark.slow("a program of its own")
def test_the_command_refuses_in_a_sentence(tmp_path):
    policy, _ = written(tmp_path, policy=b"{}")
    command = [sys.executable, "-m", "labsrv.cli", "pdp", "--policy", str(policy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)

    assert done.returncode == 2 and "version is null: write 1" in done.stderr
