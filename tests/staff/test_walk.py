"""A walk through docs/staff.md with the commands as they stand there, while people talk to the bot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from img_pathway.cli import main
from img_pathway.knowledge import load_knowledge
from tests.channels.browserless import Visitor
from tests.load import Crowd
from tests.staff.office import ROOT, Office

pytestmark = pytest.mark.server
PHRASE = "how many frogs must i kiss before one bites"
ALIKE = "how many frogs do i have to kiss until somebody bites"
LABEL = "faq/application_numbers_advice"
FACT, OLD_DATE, NEW_DATE = "observership_advertised_cost", "2023-25", "2031-32"
# Nobody waits longer for an answer, whatever is published meanwhile.
LONGEST_SECONDS = 10
ABOUT_THE_FACT = "what does an observership cost"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.small(tmp_path_factory.mktemp("office"))


def whole(heard: dict[str, Any]) -> str:
    return str(heard["replies"])


def with_new_season(root: Path) -> None:
    """What a staff member does after data/README.md, "A figure has a new value this season"."""
    for file, entry in (("stages.yml", f"- id: {FACT}"), ("beliefs.yml", "  observership_is_paid:")):
        path = root / "data" / "knowledge" / file
        before, record = path.read_text(encoding="utf-8").split(f"{entry}\n")
        # An entry ends where the next one begins.
        length = min(at for at in (record.find("\n  - id:"), record.find("\n    topic:")) if at > 0)
        assert OLD_DATE in record[:length]
        changed = record[:length].replace(OLD_DATE, NEW_DATE)
        path.write_text(f"{before}{entry}\n{changed}{record[length:]}", encoding="utf-8")


def test_the_walk(office: Office) -> None:
    advice = load_knowledge(office.root / "data" / "knowledge").faq[LABEL.removeprefix("faq/")].short
    assert "Nothing was published yet" in office.does("models")
    with office.running() as running:
        in_quiz = Visitor.of(running)
        for said in ("check my eligibility", "goal:match", "stage:graduate"):
            in_quiz.hears(said)

        # Missed, and found in the inbox
        assert advice not in whole(Visitor.of(running).hears(PHRASE))
        assert PHRASE in office.does("inbox")

        # What is there becomes the first release
        said = office.does("publish", "--by", "Kim Lee", "--note", "first")
        assert "Release 0001 is published." in said
        assert "no conversation was interrupted" in said

        # Taught, a fact changed; both compared and published while people talk
        assert LABEL in office.does("teach", PHRASE, LABEL)
        office.does("teach", ALIKE, LABEL)
        with_new_season(office.root)
        assert "checked" not in office.does("check")
        office.does("verify", FACT, "--by", "Kim Lee")
        with Crowd(running, talk=("what is a residency?",), pause=1.6) as crowd:
            said = office.does("compare", "--html", str(office.root / "compare.html"))
            assert "Held-out utterances" in said
            assert "<svg" in (office.root / "compare.html").read_text()
            said = office.does("publish", "--by", "Kim Lee", "--note", "frogs")
            assert "Release 0002 is published." in said
            assert advice in whole(Visitor.of(running).hears(PHRASE))
            assert NEW_DATE in whole(Visitor.of(running).hears(ABOUT_THE_FACT))
            assert in_quiz.hears("school_place:elsewhere")["replies"][-1]["progress"]

            # Taken back
            assert "Back to release 0001" in office.does("rollback", "--by", "Ann")
            assert advice not in whole(Visitor.of(running).hears(PHRASE))
            assert OLD_DATE in whole(Visitor.of(running).hears(ABOUT_THE_FACT))
            assert len(in_quiz.history()) == 4
            assert in_quiz.hears("back")["replies"][-1]["progress"]
        assert crowd.refused() == 0
        assert crowd.answered() > 10
    listed = office.does("models")
    for words in ("0001", "0002", "frogs", "Kim Lee", "Ann", "rolled back"):
        assert words in listed

    # A mistake is refused, and what is live stays
    (office.root / "data" / "phrases.yml").write_text("phrases:\n\tmenu: no\n")
    assert "Mend them" in office.does("publish", status=1)
    assert office.does("models").partition("Your folder")[0] == listed.partition("Your folder")[0]


def test_the_blocks_of_the_page_name_commands_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Every command line in docs/staff.md and data/README.md is one that the program knows."""
    for page in ("docs/staff.md", "data/README.md"):
        for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
            if line.startswith(".venv/bin/img-pathway "):
                with pytest.raises(SystemExit) as ended:
                    main([line.split()[1], "--help"])
                assert ended.value.code == 0, line
                assert "usage:" in capsys.readouterr().out, line
