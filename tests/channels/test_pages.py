"""Files of the widget as they are served: cached, compressed, and allowed to do nothing that they need not."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest

from img_pathway.channels.pages import filled
from img_pathway.dialogue.bot import Bot
from img_pathway.serve.supervisor import Supervisor


def test_placeholders_are_filled_safely() -> None:
    assert filled('<a title="{{name}}">', {"name": '"><script>'}) == '<a title="&quot;&gt;&lt;script&gt;">'
    with pytest.raises(KeyError):
        filled("{{nmae}}", {"name": "x"})


@pytest.fixture()
def site(running: Supervisor) -> httpx.Client:
    return httpx.Client(base_url=running.settings.address, headers={"Accept-Encoding": "identity"})


@pytest.mark.server
def test_the_app_may_use_nothing_but_its_own_files(site: httpx.Client) -> None:
    policy = site.get("/chat/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy.split("frame-ancestors")[0]


@pytest.mark.server
def test_the_page_of_the_app_names_the_organization(site: httpx.Client, bot: Bot) -> None:
    page = site.get("/chat/").text
    assert bot.organization.contact.email in page
    assert "{{" not in page
    assert bot.organization.contact.email in page.split("<noscript>")[1]


@pytest.mark.server
def test_hashed_files_are_kept_for_ever_and_pages_are_asked_for_again(site: httpx.Client) -> None:
    app = site.get("/chat/")
    assert app.headers["cache-control"] == "no-cache"
    assert site.get("/chat/", headers={"If-None-Match": app.headers["etag"]}).status_code == 304
    for asset in re.findall(r"assets/[\w.-]+", app.text):
        served = site.get(f"/chat/{asset}")
        assert served.status_code == 200
        assert "immutable" in served.headers["cache-control"]
        assert served.headers["x-content-type-options"] == "nosniff"
    assert "max-age=300" in site.get("/widget.js").headers["cache-control"]


@pytest.mark.server
def test_files_are_compressed_for_who_takes_it(site: httpx.Client) -> None:
    plain = site.get("/widget.js").content
    with site.stream("GET", "/widget.js", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(answer.iter_raw())) == plain


@pytest.mark.server
@pytest.mark.parametrize(
    "path", ["/chat/assets/nothing.js", "/chat/assets/..%2Fchat.html", "/demo/..%2f..%2fREADME.md", "/demo/none.css"]
)
def test_there_is_nothing_else(site: httpx.Client, path: str) -> None:
    assert site.get(path).status_code == 404
