"""How a server says its kind, and what is refused."""

from __future__ import annotations

import pytest

from vcops.domain.measure_servers import KINDS, MeasureServer, read_server
from vcops.errors import InvalidInput
from vcops.wording.errors import explain


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("speed.example", MeasureServer("https://speed.example")),
        (" http://h/backend/ ", MeasureServer("http://h/backend/")),
        ("librespeed+https://h/", MeasureServer("https://h/")),
        ("Cloudflare+HTTPS://h", MeasureServer("https://h", profile="cloudflare")),
        ("speedtest+https://h/upload.php", MeasureServer("https://h/upload.php", "speedtest")),
        ("plain+http://h/large.bin", MeasureServer("http://h/large.bin", profile="plain")),
        ("plain+http://h/a/large.bin#upload=/up",
         MeasureServer("http://h/a/large.bin", profile="plain", upload_url="http://h/up")),
        ("plain+http://h/a/large.bin#upload=https://i/up",
         MeasureServer("http://h/a/large.bin", profile="plain", upload_url="https://i/up")),
        ("iperf3://h", MeasureServer("h:5201", "iperf3")),
        ("iperf3://[2001:db8::1]:5300/", MeasureServer("[2001:db8::1]:5300", "iperf3")),
    ],
)  # fmt: skip
def test_a_kind_in_front_of_an_address(text: str, server: MeasureServer) -> None:
    found = read_server(text)
    assert (found.address, found.via, found.profile, found.upload_url) == (
        server.address, server.via, server.profile, server.upload_url,
    )  # fmt: skip


def test_nothing_secret_is_shown_and_nothing_is_lost() -> None:
    found = read_server("plain+http://u:s3cret@h/large.bin#upload=http://u:s3cret@i/up")
    assert found.shown == "plain+http://u:***@h/large.bin#upload=http://u:***@i/up"
    assert (found.address, found.upload_url) == ("http://u:s3cret@h/large.bin", "http://u:s3cret@i/up")
    assert read_server("u:s3cret@h/x").shown == "https://u:***@h/x"
    assert read_server("a-token@h/x").shown == "https://***@h/x"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fast+https://u:s3cret@h/", "check.unknown_server_kind"),
        ("cloudflare://h/", "check.unknown_server_kind"),
        ("iperf3+https://h/", "check.unknown_server_kind"),
        ("plain+ftp://h/", "check.unknown_server_kind"),
        ("plain+http://h/#s3cret", "check.server_upload"),
        ("plain+http://h/#upload=", "check.server_upload"),
        ("https://h/#upload=/up", "check.server_upload"),
        ("iperf3://u:s3cret@h:5201", "connection.bad_address"),
    ],
)
def test_what_is_no_kind_is_refused_in_a_sentence(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_server(text)
    assert caught.value.code == code
    said = explain(caught.value.code, caught.value.params)
    if "u:" in text:
        assert "s3cret" not in said.message
    if code == "check.unknown_server_kind":
        assert all(one in said.remedy for one in KINDS)
