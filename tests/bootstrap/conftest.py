"""A scratch course: the real lab.py beside a tiny lock, with packages made here, so that no test needs a network."""

import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

LAB = Path(__file__).parents[2] / "lab.py"

JUPYTERLAB = """
import json, os, sys, time
try:
    print(json.dumps({"options": sys.argv[1:], "environment": dict(os.environ)}), flush=True)
    time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
except KeyboardInterrupt:
    pass
"""
PYTEST = "import sys; print('pytest got', sys.argv[1:]); sys.exit(5)"
CLI = "import os, sys; print('authlab got', sys.argv[1:], 'in', os.getcwd()); sys.exit(7)"

# A uv that says what it was told, and lets pip do its work.
UV = """
import json, os, subprocess, sys
with open(os.path.join(os.environ["HOME"], "uv.json"), "w") as file:
    json.dump({"arguments": sys.argv[1:], "environment": dict(os.environ)}, file)
if os.path.exists(os.path.join(os.environ["HOME"], "uv-fails")):
    sys.exit("error: no way from here to the package index")
arguments = [each for each in sys.argv[2:] if each not in ("--no-progress", "--python", sys.executable)]
source = ["--no-index", "--find-links", os.environ["UV_FIND_LINKS"]]
subprocess.run([sys.executable, "-m", "pip", *arguments, *source], check=True, stdout=subprocess.DEVNULL)
print("Resolved 2 packages in 3ms\\nPrepared 2 packages in 1.00s\\nInstalled 2 packages in 4ms", file=sys.stderr)
"""

# The smallest build backend that an editable install accepts: the real one would have to be fetched.
BACKEND = """
import os, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "authlab-0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("authlab.pth", os.getcwd())
        wheel.writestr("authlab-0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: authlab\\nVersion: 0\\n")
        wheel.writestr("authlab-0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("authlab-0.dist-info/RECORD", "")
    return name
"""
PYPROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def hear_ctrl_c() -> None:
    """Undo what a shell does to programs in the background, which it lets ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


# A Python whose new environments have their pip already, and in which ensurepip ends at once: it takes eight seconds,
# as it translates the pip in its wheel each time.
WITH_PIP = """#!/bin/sh
{python} "$@" || exit
case "$*" in *" venv "*)
    for folder; do :; done
    cd "$folder"/lib/python*/site-packages
    cp -R {pip}/pip {pip}/pip-*.dist-info .
    echo "import os, sys; 'ensurepip' in sys.orig_argv and os._exit(0)" >ensured.pth
esac
"""


class Course:
    """A folder with lab.py in it, and the packages that its locks name. `pip` is a folder to take pip from, if any."""

    def __init__(self, folder: Path, packages: Path, home: Path) -> None:
        self.folder, self.packages, self.home = folder, packages, home
        self.pip: Path | None = None
        self.venv = folder / ".venv"
        self.python = self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment with no word of this machine's pip settings."""
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "JUPYTER", "PYTHON"))
        }
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.packages.as_uri(), "PIP_NO_CACHE_DIR": "1"}
        return clean | offline | {"HOME": str(self.home), "PIP_RETRIES": "0"} | more

    def run(self, *arguments: str, before: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """Run lab.py to its end; `before` is Python to run in its process first, to play another machine."""
        return subprocess.run(
            self.command(*arguments, before=before),
            env=self.environment(**more),
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """Start lab.py in a process group of its own, as a terminal does."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=hear_ctrl_c if os.name != "nt" else None,
        )

    def command(self, *arguments: str, before: str = "") -> list[str]:
        lab = str(self.folder / "lab.py")
        before = "; ".join(filter(None, [self.python_with_pip(), before]))
        if not before:
            return [sys.executable, lab, *arguments]
        start = f"sys.argv = {[lab, *arguments]!r}; runpy.run_path({lab!r}, run_name='__main__')"
        return [sys.executable, "-c", f"import runpy, sys; {before}; {start}"]

    def python_with_pip(self) -> str:
        """Return what makes lab.py take a Python whose environments have a pip from the beginning."""
        if not self.pip or os.name == "nt":
            return ""
        fake = self.home / "python-with-pip"
        quoted = {"python": shlex.quote(sys.executable), "pip": shlex.quote(str(self.pip))}
        fake.write_text(WITH_PIP.format(**quoted), encoding="utf-8")
        fake.chmod(0o755)
        return f"sys.executable = {str(fake)!r}"

    def lock(self, kind: str, **versions: str) -> None:
        """Write a lock that names these packages, and make the wheels it names."""
        wheels = [make_wheel(self.packages, name, version) for name, version in versions.items()]
        name = {"course": "requirements.lock", "test": "requirements-test.lock", "uv": "requirements-uv.lock"}[kind]
        (self.folder / name).write_text("".join(map(locked, wheels)), encoding="utf-8")

    def version_of(self, package: str) -> str:
        """Return the version that .venv has of a package."""
        question = f"import importlib.metadata as found; print(found.version({package!r}))"
        asked = subprocess.run([self.python, "-c", question], capture_output=True, text=True, check=True)
        return asked.stdout.strip()

    def pip_that(self, does: str) -> None:
        """Replace the pip of .venv by one that does this instead."""
        [main] = self.venv.glob("[Ll]ib/**/site-packages/pip/__main__.py")
        main.write_text(does, encoding="utf-8")


def make_wheel(folder: Path, name: str, version: str) -> Path:
    """Make a wheel with one package in it, which runs as `python -m <name>`."""
    main = {"jupyterlab": JUPYTERLAB, "pytest": PYTEST, "uv": UV}.get(name, "")
    info = f"{name}-{version}.dist-info"
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for inside, text in {
            f"{name}/__init__.py": "",
            f"{name}/__main__.py": main,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": "",
        }.items():
            wheel.writestr(zipfile.ZipInfo(inside), text)
    return path


def locked(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def write_course(folder: Path) -> None:
    """Write everything of the scratch course that no test changes for good."""
    shutil.copy(LAB, folder)
    (folder / "labsrv").mkdir()
    (folder / "labsrv" / "__init__.py").touch()
    (folder / "labsrv" / "cli.py").write_text(CLI, encoding="utf-8")
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "00_start_here.ipynb").write_text("{}", encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")


def course_in(place: Path) -> Course:
    """Make a course in a folder with a name that trips scripts."""
    folder, packages, home = place / "my größe course", place / "packages", place / "home"
    for path in (folder, packages, home):
        path.mkdir()
    write_course(folder)
    course = Course(folder, packages, home)
    course.lock("course", jupyterlab="1.0", tea="1.0")
    course.lock("test", jupyterlab="1.0", pytest="1.0", tea="1.0")
    return course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return a course that was never started."""
    return course_in(tmp_path)


@pytest.fixture(scope="session")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Course, Path]]:
    """Set up one course for all, and keep a copy of it as it is then."""
    course = course_in(tmp_path_factory.mktemp("ready"))
    done = course.run("--no-browser")
    assert done.returncode == 0, done.stderr
    kept = course.folder.with_name("kept")
    shutil.copytree(course.folder, kept, symlinks=True)
    return course, kept


@pytest.fixture
def ready(set_up_once: tuple[Course, Path]) -> Course:
    """Return a course that was started before. It stands in the same place each time, as a .venv must."""
    course, kept = set_up_once
    shutil.rmtree(course.folder)
    shutil.copytree(kept, course.folder, symlinks=True)
    [pip] = kept.glob(".venv/[Ll]ib/**/site-packages/pip")
    course.pip = pip.parent
    return course
