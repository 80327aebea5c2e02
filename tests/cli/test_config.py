"""`vcops config`: what is in force, and nothing secret of it."""

from __future__ import annotations

import os

from tests.lab.camera import CameraScript, running_camera
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


def test_a_cameras_password_is_kept_in_one_file_and_is_nowhere_else(vcops: CommandLine) -> None:
    """The screen, stderr, the journal, the database, the log, every export and backup are searched for it."""
    with running_camera(CameraScript(1280, 720, 30, login="sari:s3cret")) as camera:
        address = camera.url.replace("http://", "http://sari:s3cret@")
        said = [vcops("room", "add", "--name", "Aula", "--camera", address)]
        assert str(vcops.home / "secrets.toml") in said[0].err
        said += [vcops("run", "start", "video-conference", "--room", "Aula", "--json")]
        said += [vcops("run", "check", said[-1].json["id"], "camera")]
        assert said[-1].status == 0, said[-1].err
        said += [vcops("run", "show", said[1].json["id"], *more) for more in ((), ("--json",))]
        said += [vcops("room", word, *more, "--json") for word, more in (("list", ()), ("show", ("Aula",)))]
        said += [vcops("journal", "--json"), vcops("config"), vcops("config", "--json"), vcops("doctor", "--json")]
        said += [vcops("db", "backup", str(vcops.home / "kept.db"))]
        said += [vcops("meeting", "export", str(vcops.home / "meetings.csv"))]
    assert camera.url in said[5].out
    assert str(vcops.home / "secrets.toml") in vcops("config").out
    assert not [ran for ran in said if "s3cret" in ran.out + ran.err]
    files = [one for one in vcops.home.rglob("*") if one.is_file()]
    assert [one.name for one in files if b"s3cret" in one.read_bytes()] == ["secrets.toml"]
    if os.name == "posix":
        (vcops.home / "secrets.toml").chmod(0o644)
        refused = vcops("run", "check", said[1].json["id"], "camera")
        assert refused.status == 2
        assert "chmod 600" in refused.err
