"""Nobody reaches a conversation without its token or signature: every route that the server has."""

from __future__ import annotations

import pytest
import yaml
from rasa.core.run import create_http_input_channels

from img_pathway.serve.supervisor import Supervisor
from tests.channels.served import Served, app_of
from tests.serving import HTTP, ROOT

# Anybody may ask for these: files, whether the bot is well, Rasa's greeting; a new session shows no other's.
PUBLIC = {
    ("GET", ""),
    ("GET", "widget.js"),
    ("GET", "chat"),
    ("GET", "chat/assets/<file:str>"),
    ("GET", "demo"),
    ("GET", "demo/<file:str>"),
    ("GET", "chat/health"),
    ("POST", "chat/sessions"),
}
WITH_TOKEN = {
    ("POST", "chat/sessions/refresh"),
    ("POST", "chat/messages"),
    ("GET", "chat/history"),
    ("GET", "chat/transcript"),
    ("DELETE", "chat/session"),
}
WITH_SIGNATURE = {("POST", f"webhooks/{platform}") for platform in ("whatsapp", "messenger", "telegram", "twilio")}
# Meta's question at the start; the other two have none.
WITH_VERIFY_TOKEN = {("GET", f"webhooks/{platform}") for platform in ("whatsapp", "messenger")}
NOTHING = {("GET", f"webhooks/{platform}") for platform in ("telegram", "twilio")}
SIGNS = ("WhatsApp", "Messenger", "Telegram", "Twilio")


def routes(app: object) -> set[tuple[str, str]]:
    found = {(method, route.path.strip("/")) for route in app.router.routes for method in route.methods}  # type: ignore[attr-defined]
    return {(method, path) for method, path in found if method != "OPTIONS"}


def test_the_server_has_these_routes_and_no_other(served: Served) -> None:
    shipped = app_of(create_http_input_channels(None, str(ROOT / "credentials.yml")))
    known = PUBLIC | WITH_TOKEN | WITH_SIGNATURE | WITH_VERIFY_TOKEN | NOTHING
    assert routes(shipped) == routes(served.app) == known


def test_channels_of_rasa_that_ask_for_nothing_are_off() -> None:
    shipped = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    assert all(name.startswith("img_pathway.channels.") for name in shipped)


@pytest.mark.parametrize(("method", "path"), sorted(WITH_TOKEN | WITH_SIGNATURE | WITH_VERIFY_TOKEN | NOTHING))
@pytest.mark.parametrize("slash", ["", "/"])
def test_a_route_to_a_conversation_refuses_who_has_no_token_and_no_signature(
    served: Served, method: str, path: str, slash: str
) -> None:
    before = served.agent.events()
    body = {"id": "12345678", "text": "hello", "sender": "web-1", "message": "hello"}
    sent = {"json": body} if method == "POST" else {}
    answer = HTTP.request(method, f"http://127.0.0.1:{served.port}/{path}{slash}", **sent)  # type: ignore[arg-type]
    assert answer.status_code in ({404} if (method, path) in NOTHING else {401, 403})
    assert served.agent.events() == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhooks/rest/webhook"),
        ("GET", "/webhooks/rest/"),
        ("GET", "/socket.io/?EIO=4&transport=polling"),
        ("POST", "/webhooks/callback/webhook"),
        ("GET", "/conversations/web-1/tracker"),
        ("POST", "/conversations/web-1/messages"),
        ("POST", "/conversations/web-1/tracker/events"),
        ("POST", "/model/parse"),
        ("PUT", "/model"),
        ("GET", "/status"),
        ("GET", "/domain"),
    ],
)
@pytest.mark.server
def test_rasas_own_ways_in_are_closed_on_the_running_bot(running: Supervisor, method: str, path: str) -> None:
    answer = HTTP.request(method, running.settings.address + path, json={"sender": "x", "message": "hello"})
    assert answer.status_code in (404, 405)


def test_a_platform_without_its_secrets_has_no_route(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_WEBHOOK_SECRET", "WHATSAPP_APP_SECRET", "TWILIO_AUTH_TOKEN"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("MESSENGER_APP_SECRET", "")
    app = app_of(create_http_input_channels(None, str(ROOT / "credentials.yml")))
    assert not [path for _, path in routes(app) if path.startswith("webhooks")]
