"""The dashboard and the rules of deploy/ ask for figures that the program shows, with values that labels can have."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from img_pathway.watching import metrics
from tests.serving import ROOT

PROMETHEUS = ROOT / "deploy" / "prometheus"
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "img-pathway.json").read_text(encoding="utf-8"))
ALERTS = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text(encoding="utf-8"))
# Prometheus itself knows whether it reaches a process.
OF_PROMETHEUS = {"up"}


def expressions() -> Iterator[str]:
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ()))
    yield from (rule["expr"] for group in ALERTS["groups"] for rule in group["rules"])


def shown() -> set[str]:
    """Every name under which a figure is shown."""
    endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "info": ("_info",)}
    return {
        family.name + ending for family in REGISTRY.collect() for ending in endings.get(family.type, ("",))
    } | OF_PROMETHEUS


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_dashboard_and_rules_ask_for_what_is_shown(expression: str) -> None:
    asked = set(re.findall(r"\b(?:img_pathway|process)_\w+|\bup\b", re.sub(r'"[^"]*"', "", expression)))
    asked -= {"img_pathway_redis"} if "img_pathway_redis=" in expression else set()
    assert asked <= shown()


def test_every_figure_of_ours_is_in_the_dashboard() -> None:
    ours = {name for name in shown() if name.startswith("img_pathway_")}
    asked = " ".join(expressions())
    assert [name for name in sorted(ours) if not name.endswith(("_sum", "_count")) and name not in asked] == []


def test_labels_are_few_and_none_is_a_person() -> None:
    names = {label for one in vars(metrics).values() for label in getattr(one, "_labelnames", ())}
    assert names <= {"channel", "outcome", "band", "kind", "code", "part", "step", "question", "img_pathway_redis"}


def test_panels_stand_beside_each_other() -> None:
    places: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place: dict[str, Any] = panel["gridPos"]
        covered = {(x + place["x"], y + place["y"]) for x in range(place["w"]) for y in range(place["h"])}
        assert not covered & places and all(x < 24 for x, _ in covered), panel["title"]
        places |= covered
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])


def test_prometheus_takes_its_files() -> None:
    command = ["promtool", "check", "config", str(PROMETHEUS / "prometheus.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
