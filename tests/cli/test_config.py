"""`vcops config`: what is in force, and nothing secret of it."""

from __future__ import annotations

from tests.lab.command import CommandLine

CONFIG = """\
servers = ["https://u:s3cret@a.example/", "u:s3cret@b.example", "s3cret@c.example", "cloudflare+https://s3cret@d.example"]
stun = ["u:s3cret@e.example"]
camera = "rtsp://u:s3cret@f.example/1"
"""


def test_no_password_of_the_configuration_is_printed(vcops: CommandLine) -> None:
    vcops.home.mkdir()
    (vcops.home / "config.toml").write_text(CONFIG, encoding="utf-8")
    for ran in (vcops("config"), vcops("config", "--json"), vcops("doctor"), vcops("doctor", "--json")):
        assert "a.example" in ran.out
        assert "d.example" in ran.out
        assert "s3cret" not in ran.out + ran.err
    assert vcops("config", "--json").json["settings"]["camera"] == "rtsp://u:***@f.example/1"


def test_a_rooms_server_with_a_password_goes_nowhere(vcops: CommandLine) -> None:
    ran = vcops("room", "add", "--name", "Aula", "--measure-server", "user:s3cret@host/x", "--json")
    assert ran.status == 2
    kept = vcops("room", "list", "--json").out + vcops("journal", "--json").out
    assert "s3cret" not in ran.out + ran.err + kept
    assert ran.json["error"]["code"] == "form.password_in_address"
