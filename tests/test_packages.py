"""What is installed is pinned, from no place in particular, and its known weaknesses are looked at."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tests.serving import ROOT

HOSTS = re.compile(r"registry\.|pypi|pythonhosted|npmjs|--index-url|--extra-index-url|\"resolved\"")
NODE_LOCK = ROOT / "widget" / "package-lock.json"
LOCKS = sorted(ROOT.glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})*)", re.MULTILINE)
AUDIT = yaml.safe_load((ROOT / "requirements.advisories.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*LOCKS, NODE_LOCK], ids=lambda path: path.name)
def test_a_lock_file_names_no_host(path: Any) -> None:
    assert not HOSTS.findall(path.read_text(encoding="utf-8"))


def test_every_package_is_pinned_by_its_hash() -> None:
    for path in LOCKS:
        pinned = PINNED.findall(path.read_text(encoding="utf-8"))
        assert len(pinned) > 10
        assert [name for name, _, hashes in pinned if not hashes] == [], path.name
    packages = json.loads(NODE_LOCK.read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 10
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize("advisory", AUDIT["advisories"], ids=lambda advisory: advisory["id"])
def test_each_known_weakness_of_a_package_is_accepted_with_its_reason(advisory: dict[str, str]) -> None:
    """A package that has changed since asks for another look: take the line out, or write why it is still accepted."""
    versions = {
        name: version for path in LOCKS for name, version, _ in PINNED.findall(path.read_text(encoding="utf-8"))
    }
    assert versions[advisory["package"]] in SpecifierSet(advisory["affected"])
    assert len(advisory["what"]) > 20
    assert advisory["why_not_here"] in AUDIT["reasons"]


def test_the_list_of_known_weaknesses_says_when_it_was_made() -> None:
    assert date(2026, 1, 1) < AUDIT["looked_at"] <= date.today()
    ids = [advisory["id"] for advisory in AUDIT["advisories"]]
    assert len(ids) == len(set(ids))
    assert {advisory["why_not_here"] for advisory in AUDIT["advisories"]} == set(AUDIT["reasons"])


def test_each_threat_names_tests_that_are_there() -> None:
    threats = [line for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(threats) > 20
    for line in threats[2:]:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", line.split("|")[4])
        assert named, line
        for path, test in named:
            assert re.search(rf"^def {test}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE), (path, test)
