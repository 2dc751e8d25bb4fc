"""A submission's files, from a folder or out of a zip, without ever writing one of them to the disk.

Only the exercises' own files are read, and no more of each than a decision can have. Links are refused on the way to
them; what else lies there is ignored.
"""

import os
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from labsrv.grading.submission.budget import LARGEST_SUBMISSION

LARGEST_ZIP = 16 << 20
MOST_UNPACKED = 200 << 20
MOST_ENTRIES = 10_000
WRONG_KINDS = {
    "link": "{} is a link: hand in the file itself.",
    "several": "{} is in it more than once: leave one of them.",
}
BY_SUBMIT = "hand in what `authlab submit` makes"


class RefusedSubmission(Exception):
    """A submission is not taken; the message is the reason, for the instructor and the student."""


class Tree(Protocol):
    """Files by their names with slashes."""

    def kind(self, name: str) -> str:
        """Return "file", "folder", "link", "other", or "" where there is nothing of that name."""

    def folders(self) -> list[str]:
        """Return the names of the folders at the top."""

    def read(self, name: str) -> bytes:
        """Return a file's content, one byte more than a submission may have at the most; raises `RefusedSubmission`."""


class Folder:
    """A student's folder."""

    def __init__(self, path: Path):
        self.path = path

    def kind(self, name: str) -> str:
        try:
            mode = (self.path / name).lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return ""
        return kind_of(mode)

    def folders(self) -> list[str]:
        with os.scandir(self.path) as entries:
            return sorted(each.name for each in entries if each.is_dir(follow_symlinks=False))

    def read(self, name: str) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            with open(os.open(self.path / name, flags), "rb") as file:
                return file.read(LARGEST_SUBMISSION + 1)
        except OSError as error:
            raise RefusedSubmission(f"{name} can't be read: {error.strerror}.") from error


def kind_of(mode: int) -> str:
    """Return what a file's mode says that it is."""
    kinds = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "link"}
    return kinds.get(stat.S_IFMT(mode), "other")


class Zipped:
    """A student's zip. Its table of contents is judged as a whole before anything is read."""

    def __init__(self, path: Path):
        self.path = path
        if path.stat().st_size > LARGEST_ZIP:
            raise RefusedSubmission(f"{path.name} is larger than {LARGEST_ZIP >> 20} MiB: {BY_SUBMIT}.")

        try:
            with zipfile.ZipFile(path) as archive:
                self.entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise RefusedSubmission(f"{path.name} is no whole zip: it is truncated or damaged ({error}).") from error

        self.refuse_hostile()
        self.kinds: dict[str, str] = {}
        for entry in self.entries:
            self.place(entry)

    def refuse_hostile(self) -> None:
        """Raise `RefusedSubmission` for what no honest zip of exercises has."""
        unpacked = sum(each.file_size for each in self.entries)
        if len(self.entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
            size = f"{len(self.entries):,} files of {unpacked >> 20:,} MiB in all"
            raise RefusedSubmission(f"{self.path.name} unpacks to {size}: {BY_SUBMIT}.")

        for entry in self.entries:
            name = entry.orig_filename
            parts = re.split(r"[/\\]", name)
            if ".." in parts:
                raise RefusedSubmission(f"{self.path.name} has a file that would land outside of its folder: {name!r}.")
            if not parts[0] or re.match(r"[A-Za-z]:", name) or "\0" in name:
                raise RefusedSubmission(f"{self.path.name} has a file with an absolute or impossible name: {name!r}.")
            if entry.flag_bits & 1:
                raise RefusedSubmission(f"{self.path.name} is encrypted: hand it in without a password.")

    def place(self, entry: zipfile.ZipInfo) -> None:
        """Note what an entry is, and the folders on the way to it."""
        name = entry.orig_filename.replace("\\", "/").rstrip("/")
        if entry.is_dir():
            kind = "folder"
        else:
            # Without a mode (a zip from Windows) it is a file.
            kind = kind_of(entry.external_attr >> 16) if stat.S_IFMT(entry.external_attr >> 16) else "file"
            kind = "several" if name in self.kinds else kind
        self.kinds[name] = kind
        while "/" in name:
            name = name.rpartition("/")[0]
            self.kinds.setdefault(name, "folder")

    def kind(self, name: str) -> str:
        return self.kinds.get(name, "")

    def folders(self) -> list[str]:
        return sorted(name for name, kind in self.kinds.items() if kind == "folder" and "/" not in name)

    def read(self, name: str) -> bytes:
        entry = next(each for each in self.entries if each.orig_filename.replace("\\", "/") == name)
        # The other ways to pack let a file choose how much memory unpacking takes.
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise RefusedSubmission(f"{name} is packed in an unusual way: {BY_SUBMIT}.")

        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(entry) as file:
                return file.read(LARGEST_SUBMISSION + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
            raise RefusedSubmission(f"{name} can't be unpacked: {self.path.name} is damaged ({error}).") from error


def file_in(tree: Tree, base: str, name: str) -> bytes | None:
    """Return the file of that name below `base`, or None; raises `RefusedSubmission` for what is no file."""
    whole = f"{base}/{name}" if base else name
    parts = whole.split("/")
    for length in range(1, len(parts) + 1):
        at = "/".join(parts[:length])
        kind = tree.kind(at)
        if not kind:
            return None
        if kind != ("file" if at == whole else "folder"):
            raise RefusedSubmission(WRONG_KINDS.get(kind, "{} is not what should be there: a {}.").format(at, kind))

    return tree.read(whole)


def base_of(tree: Tree, lessons: list[str]) -> str:
    """Return where in a tree the lessons lie: at its top, in `exercises`, or the same inside of its only folder."""
    tops = [each for each in tree.folders() if not each.startswith((".", "__"))]
    bases = ["", "exercises", *([tops[0], f"{tops[0]}/exercises"] if len(tops) == 1 else [])]
    for base in bases:
        if any(tree.kind(f"{base}/{lesson}" if base else lesson) for lesson in lessons):
            return base
    return ""
