"""The pages on the house name what is there: a path that has moved, or a word that is gone, fails here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PAGES = {"architecture": PAGE} | {
    name: (ROOT / f"{name}.md").read_text(encoding="utf-8") for name in ("README", "CONTRIBUTING")
}
FIRST_PARTS = {"benchmarks", "docs", "exercises", "labsrv", "notebooks", "solutions", "tests"}
PLACEHOLDER = re.compile(r"<\w+>|\bNN(?=_)")
MERMAID = re.findall(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
ARROW = re.compile(r'\s+(?:<?--\s+"[^"]+"\s+-->|==\s+"[^"]+"\s+==>|-->)\s+')
NODE = re.compile(r'(\w+)\["[^"\[\]]+"\]')


def section(title):
    """Return what stands under a heading of the page."""
    return PAGE.split(f"\n## {title}")[1].split("\n## ")[0]


def rows(title):
    """Return the cells of the table under a heading, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def quoted(text):
    """Return what stands in backticks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def paths(text):
    """Return the paths that a text names, those of a picture too."""
    named = [*quoted(text), *re.findall(r'"(labsrv/[^"<]+)"', text)]
    return [each for each in named if "/" in each and each.split("/")[0] in FIRST_PARTS and " " not in each]


def read(cell):
    """Return the contents of the files that a cell names."""
    return [(ROOT / each).read_text(encoding="utf-8") for each in paths(cell)]


def is_there(path):
    """Return whether a path leads somewhere; of a file yet to be written (`NN_<name>/…`), whether its folder does."""
    pattern = PLACEHOLDER.sub("*", path).rstrip("/")
    to_be_written = PLACEHOLDER.search(path) and "*" not in pattern.rpartition("/")[2]
    return any(ROOT.glob(pattern.rpartition("/")[0] if to_be_written else pattern))


@pytest.mark.parametrize("name", PAGES)
def test_every_path_exists(name):
    named = paths(PAGES[name])

    assert named
    assert [each for each in named if not is_there(each)] == []


def test_every_package_is_named():
    packages = {each.parent.relative_to(ROOT).as_posix() for each in (ROOT / "labsrv").rglob("__init__.py")}
    # One row stands for all lessons: nobody has to name a new one here.
    expected = {each for each in packages if each.count("/") and not each.startswith("labsrv/labs/")}
    named = {each.rstrip("/") for each in paths(PAGE)}
    named |= {parent.as_posix() for each in named for parent in Path(each).parents}

    assert expected - named == set()


@pytest.mark.parametrize("row", rows("The words"), ids=lambda row: row[0])
def test_a_words_file_has_the_word(row):
    words, _, files = row
    (text,) = read(files)

    assert [each for each in words.split(", ") if each.lower() not in text.lower()] == []


@pytest.mark.parametrize("row", rows("Where would I change"), ids=lambda row: row[0])
def test_what_to_look_for_is_in_the_file(row):
    _, files, wanted = row
    texts, names = read(files), quoted(wanted)

    assert texts and names
    assert [name for name in names if not any(name in text for text in texts)] == []
    assert [text[:80] for text in texts if not any(name in text for name in names)] == []


@pytest.mark.parametrize(
    "walk", ["The walk of a cookie", "The walk of a token", "The walk of a submission", "The walk of a save"]
)
def test_a_walk_goes_from_file_to_file(walk):
    steps = re.findall(r"^(\d+)\. (.+)", section(walk), re.MULTILINE)

    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    assert [step for _, step in steps if not paths(step)] == []


@pytest.mark.parametrize("picture", MERMAID, ids=["processes", "packages"])
def test_a_picture_can_be_drawn(picture):
    head, *lines = [line.strip() for line in picture.strip().splitlines() if line.strip()]
    groups = [re.fullmatch(r'subgraph (\w+)\["[^"\[\]]+"\]', line) for line in lines]
    nodes = set(NODE.findall(picture)) | {group[1] for group in groups if group}

    assert head == "flowchart TB"
    assert picture.count('"') % 2 == 0
    assert lines.count("end") == sum(group is not None for group in groups)
    for line in lines:
        if line == "end" or line.startswith("subgraph ") or NODE.fullmatch(line):
            continue
        ends = ARROW.split(NODE.sub(r"\1", line))
        assert len(ends) == 2, line
        assert {name for end in ends for name in end.split(" & ")} <= nodes, line


def test_the_packages_in_the_picture_have_the_arrows_of_the_contract():
    layers = re.search(r'^layers = \["(.+)"\]', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    order = [part.split(" | ") for part in layers[1].split('", "')]
    height = {name: level for level, names in enumerate(order) for name in names}
    drawn = [ARROW.split(NODE.sub(r"\1", line.strip())) for line in MERMAID[1].splitlines() if "-->" in line]

    assert {name for pair in drawn for name in pair} == set(height)
    assert all(height[above] < height[below] for above, below in drawn)


def test_lines_fit_the_house():
    long = [line for line in PAGE.splitlines() if len(line) > 120 and not line.startswith("|")]

    assert not long
