"""What the documents say is there: commands, targets of make, links."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ui.cli import quintile

ROOT = Path(__file__).parents[1]
FOLDERS = ("", "docs", "resources/help", "resources/sample_client")
DOCUMENTS = sorted(file for folder in FOLDERS for file in (ROOT / folder).glob("*.md"))
COMMAND_LINE = ROOT / "resources" / "help" / "command-line.md"
LINK = re.compile(r'\]\(([^)\s]+)\)|src="([^"]+)"')
CODE = re.compile(r"`[^`]+`|^ {4}.+$", re.MULTILINE)
COMMAND = re.compile(r"\bquintile ([a-z][a-z-]*)\b(?![/.])")
PICTURE_BYTES = 300_000
# Where a program was written is nobody's business, and it would be wrong on the next computer.
OF_ONE_MACHINE = (*(f"/{folder}/" for folder in ("work", "tmp", "home")), "C:\\Users")


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def listed_commands() -> set[str]:
    """The commands that `quintile --help` lists."""
    printed = CliRunner().invoke(quintile, ["--help"]).stdout
    return set(re.findall(r"^  ([a-z][a-z-]*)  ", printed.partition("Commands:")[2], re.MULTILINE))


def commands_in(text: str) -> set[str]:
    """The commands in the code of a document."""
    return {name for code in CODE.findall(text) for name in COMMAND.findall(code)}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_command_stands_in_the_help() -> None:
    found = listed_commands()
    assert {"import", "tie-out", "month-end", "self-test"} <= found
    assert commands_in(COMMAND_LINE.read_text(encoding="utf-8")) == found


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_document_names_a_command_that_is_not_there(document: Path) -> None:
    assert commands_in(document.read_text(encoding="utf-8")) <= listed_commands()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_what_a_document_lets_make_do_is_in_the_makefile(document: Path) -> None:
    named = {
        target
        for code in CODE.findall(document.read_text(encoding="utf-8"))
        for target in re.findall(r"\bmake ([a-z][a-z-]*)", code)
    }
    assert named <= make_targets()


def test_the_readme_begins_with_the_two_commands_that_suffice() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"    make demo", "    make test"} <= {
        line.partition(" #")[0].rstrip() for line in text.splitlines()
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_to_what_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [one or other for one, other in LINK.findall(text)]
    missing = []
    for link in links:
        path, _, heading = link.partition("#")
        target = (document.parent / path) if path else document
        if not target.exists() or (heading and heading not in headings_of(target)):
            missing.append(link)
    assert missing == []


def headings_of(document: Path) -> set[str]:
    """The anchors of a document's headings, as code hosts make them."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_document_names_a_place_on_somebodys_computer(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [place for place in OF_ONE_MACHINE if place in text] == []


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert {"overview.png", "report.png"} <= {picture.name for picture in pictures}
    assert [picture.name for picture in pictures if picture.stat().st_size >= PICTURE_BYTES] == []
