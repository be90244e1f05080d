"""nginx as deploy/nginx sets it up, with ports, names and folders of a test in place of those of a server."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from img_pathway.serve.supervisor import port_in_use
from tests.serving import ROOT, eventually, free_port

NGINX = ROOT / "deploy" / "nginx"
_MAIN = """\
daemon off;
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
"""
_HTTP = """\
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
"""


def configured(folder: Path, upstreams: str, changes: Mapping[str, str]) -> list[str]:
    """Write the files of deploy/nginx with changes; the command that starts nginx with them."""
    etc = folder / "conf.d"
    etc.mkdir(parents=True)
    certificate(folder)
    places = {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "/etc/letsencrypt/live/bot.example.org": str(folder),
        "/etc/img-pathway": str(folder),
        "/var/log/nginx": str(folder),
    }
    texts = {name: (NGINX / name).read_text(encoding="utf-8") for name in ("img-pathway.conf", upstreams)}
    changed = {**places, **changes}
    for before in changed:
        assert any(before in text for text in texts.values()), f"deploy/nginx does not say {before}"
    # All in one pass, so that no change is made to what another one has put there.
    pattern = re.compile("|".join(map(re.escape, sorted(changed, key=len, reverse=True))))
    for name, text in texts.items():
        (etc / name).write_text(pattern.sub(lambda found: changed[found[0]], text), encoding="utf-8")
    (folder / "away.html").write_bytes((NGINX / "away.html").read_bytes())
    main = (NGINX / "nginx.conf").read_text(encoding="utf-8")
    main = main.replace("    include /etc/nginx/conf.d/*.conf;\n", _HTTP.format(folder=folder))
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder) + main, encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


@contextmanager
def nginx(folder: Path, port: int, changes: Mapping[str, str]) -> Iterator[Path]:
    """nginx in front of workers, without encryption; the folder in which its switch and its log are."""
    command = configured(
        folder, "upstreams-systemd.conf", {"listen 443 ssl http2;": f"listen 127.0.0.1:{port};", **changes}
    )
    process = subprocess.Popen(command)
    try:
        assert eventually(lambda: port_in_use(port)), (folder / "error.log").read_text()
        yield folder
    finally:
        process.terminate()
        process.wait()


def certificate(folder: Path) -> None:
    """A certificate that nobody trusts."""
    key = ["-newkey", "rsa:2048", "-nodes", "-keyout", str(folder / "privkey.pem")]
    made = ["-x509", "-days", "1", "-subj", "/CN=bot.example.org", "-out", str(folder / "fullchain.pem")]
    subprocess.run(["openssl", "req", *key, *made], check=True, capture_output=True)
