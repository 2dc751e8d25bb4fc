#!/usr/bin/env python3
"""Start the course.

python3 lab.py                       make .venv if needed, then open JupyterLab on the first notebook
python3 lab.py --no-browser          the same; open the printed address yourself
python3 lab.py --port 9000           the same, on this port and no other
python3 lab.py test [pytest options] run the project's own tests
python3 lab.py test --quick          those of them that need no browser and no class
python3 lab.py check NAME            check an exercise: renew_id, 02_sessions, or all of them without a name
python3 lab.py progress              what you have earned so far
python3 lab.py reset NAME            an exercise as it came; your version is kept beside it
python3 lab.py serve LESSON          a lesson's shop for your own browser
python3 lab.py provider              an OpenID Provider, to try clients against
python3 lab.py submit                make a zip of your exercises to hand in
python3 lab.py grade FOLDER --out TO grade a class: a folder or .zip for each student
python3 lab.py prove                 hold the checks against right and wrong answers: for whoever writes some
python3 lab.py doctor                what this machine has, and what is missing for what
python3 lab.py bench                 measure this machine
"""

# Only the standard library is used here, and only syntax that Python 2.7 and every Python 3 can read: a Python that is
# too old has to get far enough to say so. Whatever goes wrong becomes one sentence and a way out (see FAILURES).

from __future__ import print_function

import errno
import glob
import hashlib
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time

OLDEST = (3, 11)
WINDOWS = os.name == "nt"
ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
VENV_BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
VENV_PYTHON = os.path.join(VENV_BIN, "python.exe" if WINDOWS else "python")
UNFINISHED = os.path.join(VENV, ".authlab-unfinished")
OWN_FOLDER = os.path.join(ROOT, ".authlab")
LOG = os.path.join(OWN_FOLDER, "setup.log")
FIRST_NOTEBOOK = "notebooks/00_start_here.ipynb"
FIRST_PORT, PORTS_TO_TRY = 8888, 50
LOCKS = {"course": "requirements.lock", "test": "requirements-test.lock"}
# Bytes that the system allows an address of a socket among files (macOS has the fewest), and those of a kernel's name.
LONGEST_SOCKET = 103
LENGTH_OF_SOCKETS = len("/kernel-00000000-0000-0000-0000-000000000000-ipc-5")
# Said before the arguments of `lab.py test`, so that -n0 there overrules it. Each process may drive a Chromium: no more
# of them than fit into a laptop's memory.
SEVERAL_CORES = ["-n", "logical", "--maxprocesses", "4"]
JUPYTERLAB_DEFAULTS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}

# Variables that would make pip install somewhere else than into .venv. Mirrors and proxies pass through.
MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES")


class Trouble(Exception):
    """Something went wrong: what, in one sentence, and what to do about it."""

    def __init__(self, sentence, way_out):
        Exception.__init__(self, sentence)
        self.sentence = sentence
        self.way_out = way_out


# What went wrong, how to recognise it in the words of pip, venv or the system, what to say, and the way out. The first
# row that matches wins: a full disk can also look like a broken package, and a refused certificate like no network.
FAILURES = [
    (
        "a full disk",
        r"No space left on device|Errno 28\b|WinError 112\b|Disk quota exceeded|Errno 122\b",
        "The disk is full.",
        "Free about 1 GB, then run this again.",
    ),
    (
        "a wrong hash",
        r"DO NOT MATCH THE HASHES",
        "A package that arrived is not the one the course was tested with: its sha256 differs from the lock's.",
        "Nothing of it was installed. Run this again with PIP_NO_CACHE_DIR=1 set; if it stays, the mirror serves "
        "changed files: tell whoever runs it, and do not go around the check.",
    ),
    (
        "no ensurepip",
        r"ensurepip is (not available|disabled)|No module named '?(ensurepip|venv)",
        "This Python cannot make virtual environments: its venv or ensurepip module is missing.",
        "On Debian or Ubuntu: sudo apt install python3-venv (or python{minor}-venv). Then run this again.",
    ),
    (
        "a refused certificate",
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "The package index's certificate was refused.",
        "Behind a company proxy, set PIP_CERT to the company's certificate file. Also look at this computer's date.",
    ),
    (
        "a proxy that says no",
        r"ProxyError|Cannot connect to proxy|Tunnel connection failed|407 Proxy Authentication",
        "The proxy did not let pip through.",
        "Look at HTTPS_PROXY (or PIP_PROXY) in your environment, then run this again.",
    ),
    (
        "no network",
        r"NewConnectionError|NameResolutionError|Temporary failure in name resolution|getaddrinfo failed"
        r"|Network is unreachable|Connection refused|ConnectTimeout|Read timed out|ReadTimeoutError"
        r"|Connection reset|Connection aborted|Max retries exceeded|Could not fetch URL",
        "The packages could not be fetched: there is no way from here to the package index.",
        "Go online, or set PIP_INDEX_URL (a mirror) or HTTPS_PROXY (a proxy), then run this again. "
        "The network is needed this once; afterwards the course works without it.",
    ),
    (
        "a path too long for Windows",
        r"Windows Long Path support|WinError 206\b",
        "Windows refused a file name because the course's folder lies too deep.",
        "Move the course to a shorter path, such as C:\\authlab, then run this again.",
    ),
    (
        "a file in use",
        r"WinError 32\b|being used by another process|Text file busy",
        "A program is still using the files in .venv.",
        "Close JupyterLab, terminals and editors that use it, then run this again.",
    ),
    (
        "a read-only folder",
        r"Read-only file system|Errno 30\b|Permission denied|Errno 13\b|WinError 5\b|Access is denied",
        "The course's folder cannot be written to.",
        "Copy the folder to a place of your own (your home, say) and run lab.py there.",
    ),
    (
        "a package missing from the mirror",
        r"No matching distribution found",
        "The package index does not have a package of the lock for this Python.",
        "Look at the network; a mirror (PIP_INDEX_URL, PIP_FIND_LINKS) may be incomplete. Or else try Python {oldest}.",
    ),
    (
        "a package that must be compiled",
        r"Failed building wheel|Failed to build|Microsoft Visual C\+\+|error: command .* failed",
        "A package has no ready-made file for this Python on this machine, and could not be compiled here.",
        "Use Python {oldest}, for which all of them exist: python{oldest} lab.py",
    ),
]


def diagnose(words):
    """Return the trouble that these words of pip, venv or the system speak of."""
    places = {"minor": "%d.%d" % sys.version_info[:2], "oldest": "%d.%d" % OLDEST}
    for _, pattern, sentence, way_out in FAILURES:
        if re.search(pattern, words):
            return Trouble(sentence, way_out.replace("{minor}", places["minor"]).replace("{oldest}", places["oldest"]))

    tail = "\n".join(words.strip().splitlines()[-12:])
    return Trouble("Setting up failed in a way lab.py does not know:\n\n%s\n" % tail, "Run this again.")


def refuse_old_python():
    """Raise Trouble unless this Python can run the course."""
    if sys.version_info >= OLDEST:
        return

    have = "%d.%d.%d" % tuple(sys.version_info[:3])
    raise Trouble(
        "The course needs Python %d.%d or newer; this is Python %s (%s)." % (OLDEST + (have, sys.executable)),
        "Install a newer one (python.org, or your system's packages) and start the course with it: python3.12 lab.py",
    )


# Saying what is being done -------------------------------------------------------------------------------------------


class Progress(object):
    """Tell, on stderr, which step is being done, how far it is and how long it took."""

    def __init__(self, steps):
        self.steps, self.number, self.began = steps, 0, 0.0
        self.rewrites = sys.stderr.isatty()
        self.last = ""

    def start(self, title):
        self.number += 1
        self.began = time.time()
        say("[%d/%d] %s" % (self.number, self.steps, title))

    def at(self, done, total, what):
        """Show "37 of 124  flask"; in a terminal the line is rewritten."""
        line = "      %d of %d  %s" % (done, total, what)
        if line == self.last:
            return
        self.last = line
        say("\r" + line[:78].ljust(78) if self.rewrites else line, end="" if self.rewrites else "\n")

    def done(self):
        line = "      done in %.1f s" % (time.time() - self.began)
        say("\r" + line.ljust(78) if self.rewrites else line)


def say(words, end="\n"):
    """Write to stderr, which leaves stdout to the command that was asked for."""
    if sys.version_info >= (3,):
        encoding = sys.stderr.encoding or "ascii"
        words = words.encode(encoding, "replace").decode(encoding)
    sys.stderr.write(words + end)
    sys.stderr.flush()


# What the .venv is, and what it should be ----------------------------------------------------------------------------


def sha256(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def locked(kind):
    """Return the names of the packages in a lock."""
    with open(os.path.join(ROOT, LOCKS[kind]), "rb") as file:
        return sorted(re.findall(r"(?m)^([A-Za-z0-9_.-]+)==", file.read().decode("utf-8")))


def wanted_stamp(kind, version):
    """Return what the stamp says once this kind ("course" or "test") is installed."""
    stamp = {"lock": sha256(LOCKS[kind]), "python": version, "folder": ROOT, "packages": locked(kind)}
    if kind == "course":
        stamp["project"] = sha256("pyproject.toml")
    return stamp


def stamp_path(kind):
    return os.path.join(VENV, ".authlab-%s.json" % kind)


def read_stamp(kind):
    """Return what was installed here, or {} if that is not known."""
    try:
        with open(stamp_path(kind), "rb") as file:
            stamp = json.loads(file.read().decode("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(kind, version):
    """Write the stamp in one go: it is there as a whole or not at all."""
    half = stamp_path(kind) + ".new"
    with open(half, "wb") as file:
        file.write(json.dumps(wanted_stamp(kind, version), indent=1).encode("utf-8"))
    os.replace(half, stamp_path(kind))


def venv_version():
    """Return the version of .venv's Python ("3.11"), or None if .venv is missing, broken or half-made."""
    if os.path.lexists(UNFINISHED):
        return None

    question = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        asked = subprocess.run([VENV_PYTHON, "-I", "-c", question], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    return asked.stdout.decode("ascii", "replace").strip() or None if asked.returncode == 0 else None


def needs_new_venv(version):
    """Say why .venv has to be made anew ("" if it can stay)."""
    stamp = read_stamp("course")
    kept = locked("course") + locked("test")
    if not os.path.lexists(VENV):
        return "Making .venv"
    if version is None:
        return "Making .venv anew: the one here is broken or half-made"
    if stamp and stamp.get("folder") != ROOT:
        return "Making .venv anew: the course's folder was moved"
    if not set(stamp.get("packages", [])) <= set(kept):
        return "Making .venv anew: the course no longer uses some of its packages"
    return ""


# Making it so --------------------------------------------------------------------------------------------------------


def make_ready(kinds):
    """Install what is missing for these kinds; install nothing when nothing changed."""
    if not unready(kinds):
        return

    with OneAtATime():
        try:
            set_up(unready(kinds))
        except KeyboardInterrupt:
            raise Trouble("Stopped half-way.", "Nothing is lost: run this again to go on.")


def unready(kinds):
    """Return the kinds whose stamp does not say what it should."""
    version = venv_version()
    if needs_new_venv(version):
        return kinds
    return [kind for kind in kinds if read_stamp(kind) != wanted_stamp(kind, version)]


def set_up(kinds):
    """Make .venv if needed, then install each of these kinds in it."""
    began = time.time()
    why_new = needs_new_venv(venv_version())
    progress = Progress(steps=bool(why_new) + 2 * len(kinds) + ("course" in kinds))
    say("Setting up the course in %s" % ROOT)

    if why_new:
        progress.start(why_new)
        make_venv()
        progress.done()

    for kind in kinds:
        install(kind, progress)
    say("Ready after %.0f s. The next start installs nothing.\n" % (time.time() - began))


def make_venv():
    """Make a new .venv, and leave nothing of it behind if that fails."""
    remove_venv()
    os.mkdir(VENV)
    mark_unfinished()
    try:
        watch([base_python(), "-I", "-m", "venv", "--without-pip", VENV])
        # A step of its own, since venv keeps to itself why it failed.
        watch([VENV_PYTHON, "-I", "-m", "ensurepip", "--upgrade", "--default-pip"])
    except Trouble:
        remove_venv()
        raise


def base_python():
    """Return a Python outside .venv: lab.py may have been started with the one inside."""
    inside = os.path.realpath(sys.prefix) == os.path.realpath(VENV)
    return getattr(sys, "_base_executable", sys.executable) if inside else sys.executable


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def remove_venv():
    if os.path.isdir(VENV) and not os.path.islink(VENV):
        # The mark goes last: what is left of an interrupted removal must still count as half-made.
        mark_unfinished()
        for name in os.listdir(VENV):
            path = os.path.join(VENV, name)
            if path != UNFINISHED:
                remove(path)
    remove(VENV)


def mark_unfinished():
    """From here to the stamp, a .venv that is found is half-made."""
    open(UNFINISHED, "wb").close()


def install(kind, progress):
    """Install one lock, and for the course the project itself; the stamp comes last."""
    try:
        Packages(kind, progress).install()
        if kind == "course":
            progress.start("Installing the course itself")
            pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
            progress.done()
        if os.path.exists(UNFINISHED):
            os.remove(UNFINISHED)
        write_stamp(kind, venv_version())
    except Trouble:
        if os.path.exists(UNFINISHED):
            remove_venv()
        raise


class Packages(object):
    """Install a lock with pip, and read from its words how far it is."""

    def __init__(self, kind, progress):
        self.kind, self.progress = kind, progress
        self.total, self.seen = len(locked(kind)), 0
        self.finished = threading.Event()
        self.counter = None

    def install(self):
        self.progress.start("Fetching the packages of %s" % LOCKS[self.kind])
        try:
            pip("install", "--require-hashes", "--no-deps", "-r", LOCKS[self.kind], each_line=self.read)
        finally:
            self.finished.set()
            if self.counter:
                self.counter.join()
        if not self.counter:
            self.progress.done()
            self.progress.start("Installing: nothing new")
        self.progress.done()

    def read(self, line):
        if line.startswith("Ignoring "):
            self.total -= 1
        elif line.startswith("Requirement already satisfied"):
            self.seen += 1
        elif line.startswith("Collecting "):
            self.arrives(line.split(" ")[1].replace("==", " "))
        elif re.match(r"Processing .*\.whl", line):
            # A mirror that is a folder: pip names the file.
            self.arrives(" ".join(re.split(r"[\\/]", line)[-1].split("-")[:2]))
        elif line.startswith("Installing collected packages:"):
            self.begin_installing(line.split(":", 1)[1].split(","))

    def arrives(self, package):
        self.seen += 1
        self.progress.at(self.seen, self.total, package)

    def begin_installing(self, names):
        mark_unfinished()
        self.progress.done()
        self.progress.start("Installing %d package%s" % (len(names), "s" * (len(names) > 1)))
        self.counter = threading.Thread(target=self.count, args=(len(names), len(installed())))
        self.counter.daemon = True
        self.counter.start()

    def count(self, total, before):
        """Count what has arrived: pip says nothing while it installs."""
        step = 1 if self.progress.rewrites else max(1, total // 5)
        while not self.finished.wait(0.3):
            done = min(len(installed()) - before, total) // step * step
            if done > 0:
                self.progress.at(done, total, "installed")


def installed():
    """Return the packages that .venv holds."""
    library = "Lib" if WINDOWS else os.path.join("lib", "python*")
    return glob.glob(os.path.join(glob.escape(VENV), library, "site-packages", "*.dist-info"))


def pip(*arguments, **options):
    options_of_ours = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    watch([VENV_PYTHON, "-I", "-u", "-m", "pip"] + list(arguments) + options_of_ours, **options)


def watch(command, each_line=None):
    """Run a command and read its lines as they come; raise the Trouble that they speak of if it fails."""
    environment = dict((name, value) for name, value in os.environ.items() if name not in MISLEADING)
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    lines = []
    try:
        for raw in child.stdout:
            lines.append(raw.decode("utf-8", "replace").rstrip())
            if each_line:
                each_line(lines[-1])
        if child.wait() == 0:
            return
    except BaseException:
        child.terminate()
        child.wait()
        raise

    words = "\n".join(lines)
    keep_log(words)
    raise diagnose(words)


def keep_log(words):
    """Keep the whole output for whoever is asked to help; a disk that is full or read-only is no second trouble."""
    try:
        with open(LOG, "wb") as file:
            file.write(words.encode("utf-8"))
    except OSError:
        return
    say("\n(The whole output is in %s)" % os.path.relpath(LOG, ROOT))


class OneAtATime(object):
    """Keep a second lab.py from setting up the same .venv: a lock that the system drops when we end, however we end."""

    def __enter__(self):
        if not os.path.isdir(OWN_FOLDER):
            os.mkdir(OWN_FOLDER, 0o700)  # what one did and typed is nobody else's business
        self.file = open(os.path.join(OWN_FOLDER, "setup.lock"), "ab")
        try:
            self.take()
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise Trouble(
                    "Another lab.py is setting up this course.", "Wait until it is done, then run this again."
                )

    def take(self):
        if WINDOWS:
            import msvcrt

            self.file.seek(0)
            msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def __exit__(self, *_):
        self.file.close()


# Running what was asked for ------------------------------------------------------------------------------------------


def run(arguments):
    """Do what the command line asks; return the exit code where this process outlives it."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__.strip())
        return 0
    if not arguments or arguments[0].startswith("-"):
        return open_jupyterlab(options(arguments))
    if arguments[0] == "test":
        make_ready(["course", "test"])
        os.chdir(ROOT)
        # Thousands of processes would each translate the course anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        return become(["-m", "pytest"] + SEVERAL_CORES + arguments[1:])

    make_ready(["course"])
    return become(["-m", "labsrv.cli"] + arguments)


def options(arguments):
    import argparse

    parser = argparse.ArgumentParser(prog="lab.py", description="Open the course in JupyterLab.")
    parser.add_argument("--no-browser", action="store_true", help="open the printed address yourself")
    parser.add_argument("--port", type=int, help="use this port and no other")
    return parser.parse_args(arguments)


def open_jupyterlab(wishes):
    make_ready(["course"])
    port = free_port(wishes.port)
    os.chdir(ROOT)
    say("Opening JupyterLab on port %d. Ctrl-C here ends it.\n" % port)
    environment = jupyterlab_environment()
    sockets = folder_of_sockets(os.path.join(environment["JUPYTER_DATA_DIR"], "runtime"))
    arguments = jupyterlab_options(port, wishes)
    if sockets:
        environment["JUPYTER_RUNTIME_DIR"] = sockets
        arguments.append("--KernelManager.transport=ipc")
    return become(["-m", "jupyterlab"] + arguments, environment)


def jupyterlab_options(port, wishes):
    """Stay on this machine, in this folder: no news, no update check, no shop for extensions."""
    page = "/lab/tree/" + FIRST_NOTEBOOK if os.path.exists(os.path.join(ROOT, FIRST_NOTEBOOK)) else "/lab"
    chosen = [
        "--ServerApp.root_dir=" + ROOT,
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=%d" % port,
        "--ServerApp.port_retries=%d" % (0 if wishes.port else PORTS_TO_TRY),
        "--ServerApp.answer_yes=True",
        "--Application.log_level=WARN",
        "--LabApp.default_url=" + page,
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--LanguageServerManager.autodetect=False",
    ]
    if wishes.no_browser:
        chosen.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        chosen.append("--allow-root")
    return chosen


def jupyterlab_environment():
    """Keep the user's own ~/.jupyter, kernels and ~/.ipython out of the course, and the course out of them."""
    own = os.path.join(OWN_FOLDER, "jupyter")
    config = os.path.join(own, "config")
    write_settings(os.path.join(config, "labconfig"))
    return {
        "JUPYTER_CONFIG_DIR": config,
        "JUPYTER_DATA_DIR": os.path.join(own, "data"),
        "IPYTHONDIR": os.path.join(own, "ipython"),
    }


def folder_of_sockets(usual):
    """Return a folder of this user's alone in which kernels can listen, or None: then they take ports.

    Every user of a machine reaches its ports, and two kernels that start at once may choose the same one.
    """
    if WINDOWS or not hasattr(socket, "AF_UNIX"):
        return None
    others = [
        (os.environ.get("XDG_RUNTIME_DIR"), "authlab"),
        (tempfile.gettempdir(), "authlab-jupyter-%d" % os.getuid()),
    ]
    for folder in [usual] + [os.path.join(place, name) for place, name in others if place]:
        if len(os.fsencode(folder)) + LENGTH_OF_SOCKETS <= LONGEST_SOCKET and is_ours_alone(folder):
            return folder
    return None


def is_ours_alone(folder):
    """Make a folder, if need be; tell whether nobody else can look into it or has put it there."""
    try:
        if not os.path.isdir(folder):
            os.makedirs(folder, 0o700)
        found = os.lstat(folder)
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
            os.chmod(folder, 0o700)
            return True
    except EnvironmentError:
        pass
    return False


def write_settings(folder):
    """Change JupyterLab's defaults: it neither fetches news nor asks whether it may."""
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with open(os.path.join(folder, "default_setting_overrides.json"), "wb") as file:
        file.write(json.dumps(JUPYTERLAB_DEFAULTS, indent=1).encode("utf-8"))


def free_port(wanted):
    """Return the port asked for, or else the first free one; raise Trouble if there is none."""
    if wanted:
        if is_free(wanted):
            return wanted
        raise Trouble(
            "Port %d is taken, or may not be used." % wanted,
            "Choose another one from 1024 to 65535, or leave --port away: then lab.py finds a free one.",
        )

    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY):
        if is_free(port):
            if port != FIRST_PORT:
                say("Port %d is taken (by another JupyterLab?); taking %d." % (FIRST_PORT, port))
            return port

    last = FIRST_PORT + PORTS_TO_TRY - 1
    raise Trouble("All ports from %d to %d are taken." % (FIRST_PORT, last), "Name a free one: --port 9000")


def is_free(port):
    """Tell whether nobody answers on a port and we may listen there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
        return False
    except (OSError, OverflowError):
        pass

    listener = socket.socket()
    try:
        if not WINDOWS:
            # A server that ended a moment ago still blocks its port without this.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        return True
    except (OSError, OverflowError):
        return False
    finally:
        listener.close()


def become(arguments, more_environment=()):
    """Become .venv's Python where the system can, so that signals and the exit code are its own."""
    environment = dict(os.environ, VIRTUAL_ENV=VENV, PATH=VENV_BIN + os.pathsep + os.environ.get("PATH", os.defpath))
    environment["AUTHLAB_COMMAND"] = "python3 lab.py"
    environment.update(more_environment)
    environment.pop("PYTHONHOME", None)
    command = [VENV_PYTHON] + arguments
    sys.stdout.flush()
    if not WINDOWS:
        os.execve(VENV_PYTHON, command, environment)

    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # The child got the Ctrl-C as well, and ends by itself.


def main(arguments):
    try:
        refuse_old_python()
        return run(arguments)
    except Trouble as trouble:
        say("\n%s\n  Way out: %s" % (trouble.sentence, trouble.way_out))
        return 1
    except EnvironmentError as error:
        trouble = diagnose(str(error))
        say("\n%s\n  Way out: %s" % (trouble.sentence, trouble.way_out))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
