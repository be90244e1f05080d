"""Rasa's endpoints with other ports and servers, and what is refused before a part starts."""

from __future__ import annotations

import argparse
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from img_pathway.commands import running
from img_pathway.serve.readiness import CannotStart, prepare
from img_pathway.serve.settings import Settings, installation
from tests.serving import ROOT, SECRET, free_port

DATABASE, REDIS = "postgresql://bot:secret@127.0.0.1:9/bot", "redis://:secret@127.0.0.1:9/0"


@pytest.fixture()
def settings(tmp_path: Path) -> Settings:
    shutil.copy(ROOT / "endpoints.yml", tmp_path)
    return Settings(tmp_path)


def test_without_variables_everything_is_as_endpoints_yml_says(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "ACTIONS_URL", "INTERFACE"):
        monkeypatch.delenv(f"IMG_PATHWAY_{name}", raising=False)
    monkeypatch.setenv("IMG_PATHWAY_ROOT", str(settings.root))
    assert installation() == settings
    assert installation().endpoints == settings.root / "endpoints.yml"
    prepare(settings)
    assert (settings.root / "conversations.db").exists()


def test_variables_change_a_copy_that_holds_no_password(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "ROOT": settings.root,
        "DATABASE_URL": DATABASE,
        "REDIS_URL": REDIS,
        "ACTIONS_URL": "https://actions/webhook",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"IMG_PATHWAY_{name}", str(value))
    monkeypatch.setenv("IMG_PATHWAY_SECRET", SECRET)
    here = installation(port=5006)
    with pytest.raises(CannotStart, match="cannot be opened"):
        prepare(here)
    text = here.endpoints.read_text(encoding="utf-8")
    assert "secret" not in text
    copy = yaml.safe_load(text)
    assert copy["action_endpoint"]["url"] == "https://actions/webhook"
    assert copy["tracker_store"]["url"] == "${IMG_PATHWAY_DATABASE_URL}"
    assert copy["lock_store"]["type"] == "img_pathway.channels.locks.SharedLocks"
    assert here.environment["IMG_PATHWAY_DATABASE_URL"] == DATABASE


def test_an_action_server_starts_without_a_database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(os, "execve", lambda path, command, environment: started.extend(command))
    monkeypatch.chdir(settings.root)
    away = replace(settings, database=DATABASE)
    # Any file does for a model that is there.
    monkeypatch.setattr(running, "_chosen", lambda settings, draft: (settings, ROOT / "endpoints.yml"))
    for part in ("chat", "actions"):
        running.serve(away, argparse.Namespace(part=part))
    assert "actions" in started
    assert "chat" not in started


def test_another_port_keeps_the_rest_of_what_was_written(settings: Settings) -> None:
    endpoints = settings.root / "endpoints.yml"
    endpoints.write_text(endpoints.read_text() + "event_broker:\n  type: file\n", encoding="utf-8")
    here = replace(settings, action_port=free_port())
    prepare(here)
    copy = yaml.safe_load(here.endpoints.read_text(encoding="utf-8"))
    assert copy["action_endpoint"]["url"] == f"http://localhost:{here.action_port}/webhook"
    assert (copy["tracker_store"]["db"], copy["event_broker"]) == ("conversations.db", {"type": "file"})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"redis": "localhost:6379"}, "redis://"),
        ({"database": "postgres://bot@db/bot"}, "postgresql://"),
        ({"database": "mysql://bot@db/bot"}, "postgresql://"),
    ],
)
def test_an_address_of_another_form_is_told_the_right_one(
    settings: Settings, changes: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMG_PATHWAY_SECRET", SECRET)
    with pytest.raises(CannotStart, match=said):
        prepare(replace(settings, **changes))


@pytest.mark.parametrize(
    ("changes", "variables", "said"),
    [
        ({"redis": "redis://:secret@redis:6379/0"}, {}, "IMG_PATHWAY_REDIS_URL leads to redis without encryption"),
        ({"database": "postgresql://bot:secret@postgres/bot"}, {}, "database at postgres is not secured"),
        ({"actions": "http://actions:5055/webhook"}, {}, "IMG_PATHWAY_ACTIONS_URL leads to actions without"),
        (
            {},
            {"WEBHOOK_URL": "http://crm/", "WEBHOOK_SECRET": "secret"},
            "IMG_PATHWAY_WEBHOOK_URL leads to crm without",
        ),
        ({}, {"WEBHOOK_URL": "https://crm/"}, "Set IMG_PATHWAY_WEBHOOK_SECRET as well"),
        ({}, {"SMTP_URL": "smtps://bot:secret@mail"}, "Set IMG_PATHWAY_MAIL_FROM and IMG_PATHWAY_MAIL_TO as well"),
    ],
)
def test_what_would_leave_the_machine_in_clear_is_refused(
    settings: Settings,
    changes: dict[str, str],
    variables: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("IMG_PATHWAY_SECRET", SECRET)
    for name, value in variables.items():
        monkeypatch.setenv(f"IMG_PATHWAY_{name}", value)
    with pytest.raises(CannotStart, match=said) as refused:
        prepare(replace(settings, **changes))
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("file", ["endpoints.yml", "credentials.yml"])
def test_addresses_in_files_are_looked_at_too(settings: Settings, file: str) -> None:
    texts = {
        "endpoints.yml": (settings.root / "endpoints.yml").read_text().replace("http://localhost", "http://actions"),
        "credentials.yml": "some.Channel:\nanother.Channel:\n  api_base_url: http://platform.example.org\n",
    }
    (settings.root / file).write_text(texts[file], encoding="utf-8")
    with pytest.raises(CannotStart, match="without encryption"):
        prepare(settings)


def test_several_chat_servers_need_one_secret(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMG_PATHWAY_SECRET", raising=False)
    with pytest.raises(CannotStart, match="IMG_PATHWAY_SECRET"):
        prepare(replace(settings, redis=REDIS))
