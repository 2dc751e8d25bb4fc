"""Load a submission, in the process that will run it, and say what is wrong with it before anything runs.

Everything here happens in a child. What it reports guides the learner and earns nothing.
"""

import ast
import codecs
import contextlib
import importlib.abc
import importlib.util
import inspect
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from labsrv import labs
from labsrv.grading.submission.answers import RaisedRow
from labsrv.grading.submission.order import Signatures
from labsrv.kit.errors import SaidPlainly

# What an exercise may not import: the answers, the checks, and what plugs them in.
CLOSED = (
    *("labsrv.labs", "labsrv.grading", "labsrv.widgets", "labsrv.cli", "solutions", "exercises", "tests"),
    # Exercises ask for parts of it.
    "labsrv.provider",
    "labsrv.relying_party",
    # The phone's app, and how it comes by its codes: the very thing that exercises ask for.
    "labsrv.kit.phone",
    # The kit reads and checks tokens for the views: the very thing that exercises ask for.
    "labsrv.kit.tokens",
)


class Problem(SaidPlainly):
    """Something is wrong with the submission; the message is for the learner. `line` is in their file, or 0."""

    def __init__(self, kind: str, message: str, line: int = 0):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.line = line

    def row(self) -> dict[str, Any]:
        """Return the problem as plain data, to be sent."""
        return {"kind": self.kind, "message": self.message, "line": self.line}


class ClosedDoor(importlib.abc.MetaPathFinder):
    """Refuse imports of closed modules that are spelled at run time."""

    def __init__(self, closed: Sequence[str]):
        self.closed = closed

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        if is_closed(name, self.closed):
            raise ImportError(f"an exercise may not import {name}")


def is_closed(name: str, more: Sequence[str] = ()) -> bool:
    """Return whether a module is none of a submission's business: no submission's, or not one to this exercise."""
    return any(name == each or name.startswith(f"{each}.") for each in (*CLOSED, *more))


def import_the_rest(technique: str, signatures: Signatures) -> None:
    """Import the lesson's site and the decisions that a submission does not make; their files are not needed any more.

    What the submission decides itself is neither imported nor read: it must not be found in this process's memory.
    """
    for name in labs.others_of(technique, signatures):
        labs.secure(technique, name)


def load(
    source: bytes, path: Path, signatures: Signatures, closed: Sequence[str] = (), *, known: bool = False
) -> dict[str, Callable[..., Any]]:
    """Return the submission's decisions by name, or raise `Problem`. `signatures` has their parameters by name.

    `closed` names modules that are closed to this exercise; they are forgotten where they are there already. Of a
    source that is `known`, another process has read that it imports nothing closed, before it ran a line of it, and has
    compared its functions with the signatures.
    """
    refuse_what_no_editor_should_save(source, path)
    # What is wrong with the file is said before a line of it runs, as far as one can see it.
    with stumbling(path):
        code = compile(source, str(path), "exec")
        tree = None if known else ast.parse(source, str(path))
    if tree:
        refuse_closed_imports(tree, path, closed)
    # An import whose name is put together at run time is refused when it is made.
    if closed:
        forget(closed)
    sys.meta_path.insert(0, ClosedDoor(closed))

    module = run(code, path)
    leave_no_thread(path)
    return {
        name: matching(module, name, None if known else parameters, path) for name, parameters in signatures.items()
    }


def forget(closed: Sequence[str]) -> None:
    """Forget modules that are closed to one exercise. (To look at all names would copy the memory that they are in.)"""
    for name in [name for name in sys.modules if is_closed(name, closed) and not is_closed(name)]:
        del sys.modules[name]


def refuse_what_no_editor_should_save(source: bytes, path: Path) -> None:
    """Raise `Problem` for a file that is empty, or saved in another encoding than UTF-8, where Python says less."""
    if not source.strip():
        raise Problem("empty", f"{path.name} is empty: was it saved? `reset {path.stem}` brings the stub back.")
    # Every second byte of Latin letters in UTF-16 is zero, with its mark before it or without.
    halves_empty = source[:200].count(0) * 4 > len(source[:200])
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or halves_empty:
        raise Problem("encoding", f"{path.name} is saved as UTF-16, not as UTF-8: save it again with that encoding.")


@contextlib.contextmanager
def stumbling(path: Path) -> Iterator[None]:
    """Raise `Problem` with the line that Python stumbles over, where it can't read the file."""
    try:
        yield
    except SyntaxError as error:
        text = (error.text or "").strip()[:120]
        raise Problem(
            "syntax", f"{path.name}, line {error.lineno}: {error.msg}\n    {text}", error.lineno or 0
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise Problem("syntax", f"{path.name} can't be read as Python: {type(error).__name__}: {error}.") from None


def refuse_closed_imports(tree: ast.Module, path: Path, closed: Sequence[str]) -> None:
    """Raise `Problem` where the submission imports the answers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        else:
            continue
        for name in names:
            if is_closed(name, closed):
                said = (
                    f"{path.name}, line {node.lineno}: an exercise may not import {name}. Write the decision yourself."
                )
                raise Problem("import", said, node.lineno)


def run(code: Any, path: Path) -> ModuleType:
    """Execute the file as a module, or raise `Problem` with what it raised and where."""
    spec = importlib.util.spec_from_loader(path.stem, loader=None, origin=str(path))
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    module.__file__ = str(path)
    sys.modules[path.stem] = module
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        raised = describe(error, path)
        raise Problem(
            "import", f"{raised['where']}: {raised['said']}, while the file was being imported.", raised["line"]
        ) from None

    return module


def leave_no_thread(path: Path) -> None:
    """Raise `Problem` if the file left threads running when it was imported."""
    lines = [line for line, _ in threads_in(path)]
    if lines:
        raise Problem(
            "thread", f"{path.name}, line {lines[0]}: a thread is still running. Nothing may go on by itself.", lines[0]
        )


def matching(module: ModuleType, name: str, parameters: list[str] | None, path: Path) -> Callable[..., Any]:
    """Return the function of that name, or raise `Problem` if there is none that takes these parameters."""
    function = getattr(module, name, None)
    if not callable(function):
        raise Problem("missing", f"{path.name} has no function `{name}`: the shop calls it. Give it that name back.")
    if parameters is None:
        return function

    # Only the number has to fit: the names of the parameters are the learner's own.
    try:
        inspect.signature(function).bind(*parameters)
    except TypeError:
        line = getattr(getattr(function, "__code__", None), "co_firstlineno", 0)
        wanted = ", ".join(parameters)
        said = (
            f"{path.name}, line {line}: the shop calls `{name}({wanted})`; yours takes {inspect.signature(function)}."
        )
        raise Problem("signature", said, line) from None
    except ValueError:
        pass  # a builtin may have no signature; the call will show

    return function


def describe(error: BaseException, path: Path) -> RaisedRow:
    """Return what was raised and the last line of the learner's file on the way there."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    line = (frames[-1].lineno or 0) if frames else 0
    text = (str(error) + has_instead(error))[:500]
    said = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return {
        "type": type(error).__name__,
        "said": said,
        "line": line,
        "function": frames[-1].name if frames else "",
        "where": f"{path.name}, line {line}" if line else path.name,
    }


def has_instead(error: BaseException) -> str:
    """Return the names that one of the kit's objects has, where it was asked for one that it has not."""
    asked = getattr(error, "obj", None) if isinstance(error, AttributeError) else None
    if asked is None or not type(asked).__module__.startswith("labsrv.kit."):
        return ""
    return f". It has: {', '.join(name for name in dir(asked) if not name.startswith('_'))}"


def threads_in(path: Path, but: Sequence[int] = ()) -> list[tuple[int, str]]:
    """Return (line, thread name) for every other thread that is at work on behalf of the learner's file."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    found = []
    for ident, frame in sys._current_frames().items():
        if ident in (threading.get_ident(), threading.main_thread().ident, *but):
            continue
        line = line_in(frame, path)
        if line or ident not in names:
            found.append((line, names.get(ident, "a thread")))
    return found


def line_in(frame: Any, path: Path) -> int:
    """Return the innermost line of the learner's file in a stack of frames, or 0."""
    while frame:
        if frame.f_code.co_filename == str(path):
            return frame.f_lineno
        frame = frame.f_back
    return 0
