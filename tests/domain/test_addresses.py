"""What is hidden of an address before anyone sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcops.domain.addresses import redacted
from vcops.domain.platforms import platform_url
from vcops.handbook import open_handbook

SHIPPED = open_handbook(Path("no-such-folder")).platforms
PASSWORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789!$&*+,;=%:._~-@", min_size=6)


@given(PASSWORD, st.sampled_from(["http", "https", "rtsp"]))
def test_a_password_never_shows(password: str, scheme: str) -> None:
    shown = redacted(f"{scheme}://admin:{password}@192.0.2.10:554/stream?channel=1")
    assert shown == f"{scheme}://admin:***@192.0.2.10:554/stream?channel=1"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://cam/video?user=a&password=b&x=1", "http://cam/video?user=a&password=***&x=1"),
        ("http://cam/cgi?usr=a&pwd=b", "http://cam/cgi?usr=a&pwd=***"),
        ("http://cam/v?access_token=b#t", "http://cam/v?access_token=***#t"),
        ("https://a-token@cam/", "https://***@cam/"),
        ("https://cam/v?X-Amz-Signature=b&x=1", "https://cam/v?X-Amz-Signature=***&x=1"),
        ("https://cam/v?api-key=b", "https://cam/v?api-key=***"),
        ("user:s3cret@host/x", "user:***@host/x"),
        ("user:s3/cr?et@host/x", "user:***@host/x"),
        ("host:8080/a@b", "host:8080/a@b"),
        ("host/x?token=b", "host/x?token=***"),
        ("plain+http://u:p@h/x#upload=http://u:q@h/y", "plain+http://u:***@h/x#upload=http://u:***@h/y"),
        ("http://:b@cam/", "http://:***@cam/"),
        ("http://cam/a@b:c", "http://cam/a@b:c"),
        ("http://cam:80/a@b", "http://cam:80/a@b"),
        ("rtsp://admin:a/b?c@192.0.2.10/stream", "rtsp://admin:***@192.0.2.10/stream"),
        ("/dev/video0", "/dev/video0"),
        ("0", "0"),
        ("C:\\video\\a@b.mp4", "C:\\video\\a@b.mp4"),
    ],
)
def test_what_else_is_hidden_and_what_stays(address: str, shown: str) -> None:
    assert redacted(address) == shown


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("zoom", "https://zoom.us"),
        (" Zoom ", "https://zoom.us"),
        ("vicon.example.go.id", "https://vicon.example.go.id"),
        ("http://10.0.0.5:8443", "http://10.0.0.5:8443"),
        ("zomo", None),
        ("Zoom Meeting Pusat", None),
        ("", None),
    ],
)
def test_a_platform_by_name_host_or_url(name: str, url: str | None) -> None:
    assert platform_url(name, SHIPPED) == url
