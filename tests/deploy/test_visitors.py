"""Whom nginx and the chat server count as one visitor."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.channels.addresses import counted_as
from tests.deploy.front import nginx
from tests.serving import HTTP, free_port

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx that believes a header about the visitor's address, and says whom it counts."""
    port = free_port()
    told = "set_real_ip_from 127.0.0.1; real_ip_header X-Visitor; location / { return 200 $img_pathway_visitor; }"
    ports = {f"127.0.0.1:{old}": f"127.0.0.1:{free_port()}" for old in ("5005", "5006", "5050")}
    with nginx(tmp_path_factory.mktemp("nginx"), port, {"location / { return 404; }": told, **ports}):
        yield f"http://127.0.0.1:{port}/"


def counted(front: str, address: str) -> bytes:
    answer: httpx.Response = HTTP.get(front, headers={"X-Visitor": address})
    return answer.content


# Many zeros, so that "::" stands in every place; and bytes that end lines.
GROUP = st.sampled_from([0, 0, 0, 1, 0xDB8, 0x0A0D])
ADDRESS = st.lists(GROUP, min_size=8, max_size=8).map(
    lambda groups: ipaddress.IPv6Address(b"".join(group.to_bytes(2, "big") for group in groups))
)


@given(ADDRESS, ADDRESS)
@settings(max_examples=100, deadline=None)
def test_nginx_and_the_chat_server_count_the_same_networks_as_one(
    front: str, one: ipaddress.IPv6Address, other: ipaddress.IPv6Address
) -> None:
    neighbor = ipaddress.IPv6Address((int(one) >> 64 << 64) | (int(other) & (2**64 - 1)))
    for second in (other, neighbor):
        keys = {counted(front, str(one)), counted(front, str(second))}
        assert (len(keys) == 1) == (counted_as(str(one)) == counted_as(str(second)))


def test_addresses_of_ipv4_are_counted_each_by_itself(front: str) -> None:
    assert [counted(front, f"192.0.2.{n}") for n in (1, 2)] == [bytes([192, 0, 2, n]) for n in (1, 2)]
