"""What lab.py does when nothing goes wrong."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import uuid
from pathlib import Path

import pytest

INSTALLING = "Setting up the course"


def told(done: subprocess.CompletedProcess[str]) -> dict:
    """Return what the stand-in for JupyterLab was told."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_first_start_says_each_step(course):
    done = course.run("--no-browser")

    options = told(done)["options"]
    assert "[1/4] Making .venv" in done.stderr
    assert "2 of 2  tea 1.0" in done.stderr
    assert "[4/4] Installing the course itself" in done.stderr
    assert done.stderr.count("done in") == 4
    assert f"--ServerApp.root_dir={course.folder}" in options
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in options
    assert "--no-browser" in options


def test_the_second_start_installs_nothing(ready):
    stamp = ready.venv / ".authlab-course.json"
    before = stamp.stat().st_mtime_ns

    # A pip that fails when it is asked anything: it must not be asked.
    ready.pip_that("raise SystemExit('asked')")
    done = ready.run()

    assert INSTALLING not in done.stderr
    assert "--no-browser" not in told(done)["options"]
    assert stamp.stat().st_mtime_ns == before


def test_a_changed_lock_is_installed(ready):
    ready.lock("course", jupyterlab="1.0", tea="2.0")

    done = ready.run()

    assert "Making .venv" not in done.stderr
    assert "Installing 1 package\n" in done.stderr
    assert ready.version_of("tea") == "2.0"
    assert INSTALLING not in ready.run().stderr


def test_a_package_that_left_the_lock_leaves_the_venv(ready):
    ready.lock("course", jupyterlab="1.0")
    ready.lock("test", jupyterlab="1.0", pytest="1.0")

    done = ready.run()

    assert "no longer uses some of its packages" in done.stderr
    assert not list(ready.venv.glob("**/tea-1.0.dist-info"))


def test_a_changed_project_is_installed_again(ready):
    with (ready.folder / "pyproject.toml").open("a") as file:
        file.write("# one more line\n")

    done = ready.run()

    assert "Installing the course itself" in done.stderr
    assert INSTALLING not in ready.run().stderr


def test_a_moved_course_gets_a_venv_of_its_own(ready, course):
    shutil.rmtree(course.folder)
    shutil.copytree(ready.folder, course.folder, symlinks=True)
    course.pip = ready.pip

    done = course.run("where")

    assert "the course's folder was moved" in done.stderr
    [link] = course.venv.glob("[Ll]ib/**/authlab.pth")
    assert link.read_text() == str(course.folder)


def test_a_venv_made_by_hand_is_used(ready):
    (ready.venv / ".authlab-course.json").unlink()

    done = ready.run()

    assert INSTALLING in done.stderr
    assert "Making .venv" not in done.stderr


def test_tests_get_their_own_lock_arguments_and_exit_code(ready):
    first, second = ready.run("test", "-k", "two words"), ready.run("test")

    assert "requirements-test.lock" in first.stderr
    assert "pytest got ['-n', 'logical', '--maxprocesses', '4', '-k', 'two words']" in first.stdout
    assert first.returncode == 5
    assert INSTALLING not in second.stderr


def test_every_other_word_is_a_command_of_authlab(ready):
    done = ready.run("check", "02_sessions", "--json")

    assert done.stdout == f"authlab got ['check', '02_sessions', '--json'] in {ready.home}\n"
    assert done.returncode == 7


def test_help_needs_no_venv(course):
    done = course.run("--help")

    assert done.returncode == 0
    assert "python3 lab.py test" in done.stdout
    assert not course.venv.exists()


def test_an_unknown_option_is_a_usage_error(course):
    assert course.run("--no-brwser").returncode == 2
    assert not course.venv.exists()


def test_jupyterlab_keeps_to_itself(ready):
    """It neither reads nor writes the user's own settings, and asks nobody outside."""
    heard = told(ready.run("--no-browser"))
    environment = heard["environment"]
    defaults = ready.folder / ".authlab/jupyter/config/labconfig/default_setting_overrides.json"

    assert environment["JUPYTER_CONFIG_DIR"].startswith(str(ready.folder))
    assert environment["JUPYTER_DATA_DIR"].startswith(str(ready.folder))
    assert environment["IPYTHONDIR"].startswith(str(ready.folder))
    assert json.loads(defaults.read_text())["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in heard["options"]
    assert "--LabApp.extension_manager=readonly" in heard["options"]
    assert not [name for name in (".jupyter", ".ipython", ".local") if (ready.home / name).exists()]


@pytest.fixture
def short():
    """Yield a folder whose name leaves room for a socket's."""
    with tempfile.TemporaryDirectory(prefix="authlab-") as folder:
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="kernels take ports on Windows")
def test_kernels_listen_where_no_other_user_reaches_them(ready, short):
    heard = told(ready.run(XDG_RUNTIME_DIR=str(short)))
    sockets = Path(heard["environment"]["JUPYTER_RUNTIME_DIR"])

    assert "--KernelManager.transport=ipc" in heard["options"]
    assert sockets.parent == short
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert len(f"{sockets}/kernel-{uuid.uuid4()}-ipc-5") <= 103


@pytest.mark.skipif(os.name == "nt", reason="kernels take ports on Windows")
@pytest.mark.parametrize("why", ["its name is too long", "a link leads elsewhere", "somebody else made it"])
def test_without_a_folder_of_ones_own_kernels_take_ports(ready, short, tmp_path, why):
    long = tmp_path / ("long" * 20)
    long.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (short / "authlab").symlink_to(tmp_path / "elsewhere")
    somebody = "import os; os.getuid = lambda: 4711" if why == "somebody else made it" else ""
    if why != "a link leads elsewhere":
        (short / "authlab").unlink()
    place = long if why == "its name is too long" else short

    heard = told(ready.run(before=somebody, XDG_RUNTIME_DIR=str(place), TMPDIR=str(long)))

    assert "--KernelManager.transport=ipc" not in heard["options"]
    assert "JUPYTER_RUNTIME_DIR" not in heard["environment"]


def test_what_jupyterlab_opens_finds_the_course_first(ready):
    environment = told(ready.run())["environment"]

    assert environment["PATH"].split(os.pathsep)[0] == str(ready.python.parent)
    assert environment["VIRTUAL_ENV"] == str(ready.venv)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="only Unix has a root")
def test_only_root_is_allowed_root(ready):
    as_root = "--allow-root" in told(ready.run("--no-browser"))["options"]
    as_someone = "--allow-root" in told(ready.run(before="import os; os.geteuid = lambda: 1000"))["options"]

    assert as_root == (os.geteuid() == 0)
    assert not as_someone


def test_behind_a_hub_it_has_a_path_and_an_address(ready):
    done = ready.run("--no-browser", "--base-url", "/user/alice/", "--ip", "0.0.0.0")

    options = told(done)["options"]
    assert "--ServerApp.base_url=/user/alice/" in options and "--ServerApp.ip=0.0.0.0" in options
    assert "whoever reaches that and has its token" in done.stderr
    assert "whoever reaches" not in ready.run("--no-browser").stderr


def test_a_taken_port_is_passed_over(ready):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        except OSError:
            pass  # Someone else has it: as good.
        done = ready.run()

    [port] = [option.split("=")[1] for option in told(done)["options"] if option.startswith("--ServerApp.port=")]
    assert 8888 < int(port) < 8938
    assert f"Port 8888 is taken (by another JupyterLab?); taking {port}." in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="process groups and SIGINT are Unix's")
def test_ctrl_c_in_jupyterlab_ends_quietly(ready):
    with ready.start("--no-browser", FAKE_SECONDS="60") as lab:
        lab.stdout.readline()
        os.killpg(lab.pid, signal.SIGINT)
        _, errors = lab.communicate(timeout=20)

    assert lab.returncode == 0
    assert "Traceback" not in errors
    assert "Way out" not in errors


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM is Unix's")
def test_a_command_gets_the_signals_itself(ready):
    """On Unix lab.py becomes the command, so ending it leaves nothing behind."""
    with ready.start("--no-browser", FAKE_SECONDS="60") as lab:
        lab.stdout.readline()
        lab.terminate()
        lab.communicate(timeout=20)

    assert lab.returncode == -signal.SIGTERM
