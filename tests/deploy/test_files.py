"""Each file of deploy/ is what the tool that reads it takes, and says what the program and the other files say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from jsonschema import Draft202012Validator

from img_pathway.cli import _parser
from img_pathway.outgoing import TRUSTED_HOSTS, Misconfigured
from img_pathway.serve.readiness import check_outgoing
from img_pathway.serve.settings import installation
from tests.deploy.front import configured
from tests.serving import ROOT, free_port

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("img-pathway-*.*"))
MANIFESTS = sorted(set((DEPLOY / "kubernetes").glob("*.yaml")) - {DEPLOY / "kubernetes" / "kustomization.yaml"})
# Of 10; "OK" in the words of systemd-analyze is up to 4.
MOST_EXPOSED = 2.0


@pytest.mark.services
@pytest.mark.parametrize("upstreams", ["upstreams-systemd.conf", "upstreams-compose.conf"])
def test_nginx_takes_its_configuration(tmp_path: Path, upstreams: str) -> None:
    # nginx asks for the address of each server when it starts.
    names = {"server chat:5005": "server 127.0.0.1:5005"} if "compose" in upstreams else {}
    tls = {"listen 443 ssl http2;": f"listen 127.0.0.1:{free_port()} ssl http2;"}
    command = configured(tmp_path, upstreams, {**tls, **names})
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


@pytest.fixture()
def systemd(tmp_path: Path) -> dict[str, str]:
    """An environment in which systemd-analyze finds our units, with programs that are there."""
    shutil.copytree(DEPLOY / "systemd", tmp_path / "units")
    for unit in (tmp_path / "units").glob("*.service"):
        text = re.sub(r"^(Exec\w+)=\S+", r"\1=/bin/true", unit.read_text(encoding="utf-8"), flags=re.MULTILINE)
        unit.write_text(text, encoding="utf-8")
    return {**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path / 'units'}:"}


@pytest.mark.parametrize("unit", [path.name for path in UNITS if path.is_file()])
def test_systemd_takes_its_units_and_little_is_open_to_them(unit: str, systemd: dict[str, str]) -> None:
    started = unit.replace("@", "@5005")
    verified = ["systemd-analyze", "verify", "--man=no", started]
    done = subprocess.run(verified, env=systemd, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if unit.endswith(".service"):
        looked = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED * 10:.0f}", started]
        done = subprocess.run(looked, env=systemd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-200:]


def test_compose_takes_its_file() -> None:
    schema = json.loads((ROOT / "tests" / "deploy" / "compose-spec.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(compose())) == []


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_kubernetes_takes_its_manifests(path: Path) -> None:
    for manifest in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        kubernetes_validate.validate(manifest, "1.28", strict=True)


def test_kubernetes_finds_what_its_manifests_name() -> None:
    folder = DEPLOY / "kubernetes"
    assert set(yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]) == {p.name for p in MANIFESTS}
    found = [manifest for path in MANIFESTS for manifest in yaml.safe_load_all(path.read_text(encoding="utf-8"))]
    pods = {m["metadata"]["name"]: m["spec"]["template"] for m in found if m["kind"] == "Deployment"}
    labels = [pod["metadata"]["labels"] for pod in pods.values()]
    for manifest in found:
        spec = manifest.get("spec", {})
        selects = spec.get("podSelector", spec.get("selector")) or {}
        if manifest["kind"] in ("Service", "Deployment", "PodDisruptionBudget", "NetworkPolicy"):
            assert selects.get("matchLabels", selects) in labels, manifest["metadata"]["name"]
    services = {m["metadata"]["name"] for m in found if m["kind"] == "Service"}
    text = "".join(path.read_text(encoding="utf-8") for path in MANIFESTS)
    assert set(re.findall(r"service: \{ name: (\S+),", text)) | {"img-pathway-actions"} == services


def commands() -> list[list[str]]:
    """All commands of the program that the files start."""
    found = [
        line.split("/img-pathway ", 1)[1].replace("%i", "5005").split()
        for unit in UNITS
        if unit.is_file()
        for line in unit.read_text(encoding="utf-8").splitlines()
        if line.startswith("ExecStart=")
    ]
    found += [service["command"] for service in compose()["services"].values() if service.get("image") == "img-pathway"]
    args = re.findall(r"args: \[(.*)\]", "".join(path.read_text(encoding="utf-8") for path in MANIFESTS))
    return found + [[word.strip(' "') for word in words.split(",")] for words in args]


def test_the_files_start_what_the_program_has() -> None:
    found = commands()
    assert {"serve", "outbox", "purge"} == {command[0] for command in found}
    for command in found:
        _parser().parse_args(command)


def test_what_nginx_passes_on_is_what_kubernetes_passes_on() -> None:
    nginx = (DEPLOY / "nginx" / "img-pathway.conf").read_text(encoding="utf-8")
    (platforms,) = re.findall(r"\^/webhooks/\((.*)\)", nginx)
    ours = {"/widget.js", "/chat/", *(f"/webhooks/{platform}" for platform in platforms.split("|"))}
    (ingress,) = yaml.safe_load_all((DEPLOY / "kubernetes" / "ingress.yaml").read_text(encoding="utf-8"))
    assert {path["path"] for path in ingress["spec"]["rules"][0]["http"]["paths"]} == ours


def test_the_operations_guide_names_every_variable() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    used = {name for path in DEPLOY.rglob("*") if path.is_file() for name in variables(path)}
    used |= {name for path in (ROOT / "img_pathway").rglob("*.py") for name in variables(path)}
    assert sorted(name for name in used if name not in guide) == []


def given_by(file: str) -> dict[str, str]:
    """The variables that a file gives to the bot, with made-up passwords; those that are commented out as well."""
    if file == "compose.yml":
        return {
            name: re.sub(r"\$\{[^}]*\}", "secret", value) for name, value in compose()["x-bot"]["environment"].items()
        }
    text = (DEPLOY / file).read_text(encoding="utf-8")
    if file.endswith(".yaml"):
        text = re.sub(r"--from-literal=", "\n", text) + "\n".join(
            f"{name}='{value}'" for name, value in yaml.safe_load(text)["data"].items()
        )
    # Staff commands read such lines with a shell, systemd reads them by itself.
    lines = "\n".join(re.findall(r"^#?(\w+=(?:\"[^\"]*\"|\S*))", text, re.MULTILINE))
    shell = ["env", "-i", "sh", "-c", f"set -a; {lines}\nexec env"]
    done = subprocess.run(shell, capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


@pytest.mark.parametrize("trusts", [True, False])
@pytest.mark.parametrize("file", ["compose.yml", "kubernetes/settings.yaml", "systemd/environment.example"])
def test_the_bot_starts_with_the_addresses_in_the_files(
    file: str, trusts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = given_by(file)
    assert {"IMG_PATHWAY_DATABASE_URL", "IMG_PATHWAY_REDIS_URL", "IMG_PATHWAY_ACTIONS_URL"} <= given.keys()
    needs_trust = TRUSTED_HOSTS in given
    if not trusts:
        given.pop(TRUSTED_HOSTS, None)
    shutil.copy(ROOT / "endpoints.yml", tmp_path)
    for name, value in {**given, "IMG_PATHWAY_ROOT": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    settings = installation()
    with nullcontext() if trusts or not needs_trust else pytest.raises(Misconfigured):
        check_outgoing(settings)


def variables(path: Path) -> set[str]:
    return set(re.findall(r"\b(?:IMG_PATHWAY|SANIC)_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
    return found
