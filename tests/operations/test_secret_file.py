"""`secrets.toml`: who may read it, what is kept in it, and that nothing of it is anywhere else."""

from __future__ import annotations

import os
import stat
import tomllib
from contextlib import aclosing
from pathlib import Path

import pytest

from tests.lab.camera import CameraScript, running_camera
from vcops.domain.checks import CheckDone, CheckRequest
from vcops.domain.room_cameras import RoomCamera
from vcops.errors import InvalidInput
from vcops.operations import directory, journal
from vcops.operations.checks import check, with_cameras
from vcops.operations.secret_file import proxy_logins, with_login
from vcops.operations.workplace import Workplace

posix = pytest.mark.skipif(os.name != "posix", reason="files have no such mode here")


def kept(workplace: Workplace) -> dict[str, dict[str, dict[str, str]]]:
    """What the file holds."""
    return tomllib.loads(workplace.places.secrets_file.read_text(encoding="utf-8"))


def holding(folder: Path, text: bytes) -> list[str]:
    """The names of the files with this in them."""
    return [one.name for one in folder.rglob("*") if one.is_file() and text in one.read_bytes()]


def written(workplace: Workplace, text: str, mode: int = 0o600) -> None:
    """Write the file as a person would."""
    file = workplace.places.secrets_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def test_a_login_is_taken_out_of_the_address(workplace: Workplace) -> None:
    room = directory.add_room(workplace, {"name": "Aula", "camera": "rtsp://sari:p%40ss%22w\\rd@10.0.0.9:8554/1?a=b"})
    assert room.cameras == (RoomCamera("rtsp://10.0.0.9:8554/1?a=b"),)
    assert directory.rooms(workplace) == [room]
    assert kept(workplace) == {"cameras": {"10.0.0.9:8554": {"user": "sari", "password": 'p@ss"w\\rd'}}}
    found = with_login(workplace, room.camera)
    assert found == "rtsp://sari:p%40ss%22w%5Crd@10.0.0.9:8554/1?a=b"
    assert "rd" not in str(journal.entries(workplace)).replace("10.0.0.9", "").replace("ordered", "")


def test_a_login_holds_for_the_host_and_one_of_its_own_for_an_address(workplace: Workplace) -> None:
    cameras = "A = rtsp://a:1@10.0.0.9/1; B = rtsp://b:2@10.0.0.9/2; C = rtsp://10.0.0.9/3; D = 0"
    room = directory.add_room(workplace, {"name": "Aula", "camera": cameras})
    with_logins = [with_login(workplace, one.source) for one in room.cameras]
    assert with_logins == ["rtsp://a:1@10.0.0.9/1", "rtsp://b:2@10.0.0.9/2", "rtsp://a:1@10.0.0.9/3", "0"]
    directory.edit_room(workplace, room.id, {"camera": "rtsp://b:3@10.0.0.9/2"})
    assert with_login(workplace, "rtsp://10.0.0.9/2") == "rtsp://b:3@10.0.0.9/2"
    assert with_login(workplace, "rtsp://me:own@10.0.0.9/2") == "rtsp://me:own@10.0.0.9/2"


def test_what_a_person_wrote_into_the_file_stays(workplace: Workplace) -> None:
    by_hand = '# ruang utama\n[proxies."proxy:8080"]\nuser = "kantor"\npassword = "x" # tanya TU\n'
    written(workplace, by_hand + '[cameras."10.0.0.9"]\nuser = "a"\npassword = "1"\n')
    directory.add_room(workplace, {"name": "Aula", "camera": "http://a:2@10.0.0.8/"})
    text = workplace.places.secrets_file.read_text(encoding="utf-8")
    assert text.startswith(by_hand)
    assert set(kept(workplace)["cameras"]) == {"10.0.0.9", "10.0.0.8"}


def test_a_heading_with_a_remark_is_replaced_like_any_other(workplace: Workplace) -> None:
    written(workplace, '[ cameras.\'10.0.0.9\' ]   # ruang utama\nuser = "a"\npassword = "1"\n')
    directory.add_room(workplace, {"name": "Aula", "camera": "rtsp://a:2@10.0.0.9/1"})
    directory.add_room(workplace, {"name": "Kecil", "camera": "rtsp://a:3@10.0.0.9/1"})
    assert with_login(workplace, "rtsp://10.0.0.9/1") == "rtsp://a:3@10.0.0.9/1"
    assert with_login(workplace, "rtsp://10.0.0.9/2") == "rtsp://a:1@10.0.0.9/2"
    text = '[cameras."rtsp://10.0.0.9/1"]  # depan\nuser = "a"\npassword = "4"\n'
    written(workplace, text)
    directory.add_room(workplace, {"name": "Depan", "camera": "rtsp://a:5@10.0.0.9/1"})
    assert kept(workplace)["cameras"] == {"rtsp://10.0.0.9/1": {"user": "a", "password": "5"}}


def test_a_login_in_a_table_of_one_line_is_left_as_it_is(workplace: Workplace) -> None:
    text = '[cameras]\n"rtsp://10.0.0.9/1" = { user = "a", password = "rahasia" }\n'
    written(workplace, text)
    with pytest.raises(InvalidInput) as caught:
        directory.add_room(workplace, {"name": "Aula", "camera": "rtsp://a:lain@10.0.0.9/1"})
    assert caught.value.code == "secrets.stands_elsewhere"
    assert "rahasia" not in repr(caught.value.params)
    assert "lain" not in repr(caught.value.params)
    assert workplace.places.secrets_file.read_text(encoding="utf-8") == text
    assert directory.rooms(workplace) == []


def test_a_login_typed_anew_counts_whichever_key_was_closest(workplace: Workplace) -> None:
    written(
        workplace,
        '[cameras."10.0.0.9"]\nuser = "a"\npassword = "1"\n[cameras."rtsp://10.0.0.9/2"]\nuser = "b"\npassword = "2"\n',
    )
    directory.add_room(workplace, {"name": "Aula", "camera": "rtsp://a:1@10.0.0.9/2"})
    assert with_login(workplace, "rtsp://10.0.0.9/2") == "rtsp://a:1@10.0.0.9/2"


@posix
def test_only_its_owner_can_read_it(workplace: Workplace) -> None:
    directory.add_room(workplace, {"name": "Aula", "camera": "rtsp://sari:rahasia@10.0.0.9/1"})
    file = workplace.places.secrets_file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.glob("secrets*")] == ["secrets.toml"]


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622])
def test_a_file_that_others_can_read_is_refused(workplace: Workplace, mode: int) -> None:
    written(workplace, '[cameras."10.0.0.9"]\nuser = "a"\npassword = "1"\n', mode)
    with pytest.raises(InvalidInput) as caught:
        with_login(workplace, "rtsp://10.0.0.9/1")
    assert caught.value.code == "secrets.readable"
    with pytest.raises(InvalidInput):
        directory.add_room(workplace, {"name": "Aula", "camera": "rtsp://sari:rahasia@10.0.0.9/1"})
    assert directory.rooms(workplace) == []
    assert with_login(workplace, "0") == "0", "a camera without a login needs no file"


@pytest.mark.parametrize("text", ["cameras = ", '[cameras."10.0.0.9"]\npassword = "rahasia'])
def test_what_is_wrong_with_the_file_is_told_without_what_is_in_it(workplace: Workplace, text: str) -> None:
    written(workplace, text)
    with pytest.raises(InvalidInput) as caught:
        with_login(workplace, "rtsp://10.0.0.9/1")
    assert caught.value.code == "secrets.not_toml"
    assert "rahasia" not in str(caught.value.params)


@pytest.mark.parametrize("text", ["[cameras]\nx = 1\n", 'cameras = "x"\n', "[cameras.x]\nuser = 1\n", ""])
def test_what_is_no_login_is_none(workplace: Workplace, text: str) -> None:
    written(workplace, text)
    assert with_login(workplace, "rtsp://10.0.0.9/1") == "rtsp://10.0.0.9/1"


@pytest.mark.parametrize("address", ["rtsp://sari:ra/sia@10.0.0.9/1", "sari:rahasia@10.0.0.9"])
def test_a_password_whose_end_cannot_be_told_is_refused(workplace: Workplace, address: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        directory.add_room(workplace, {"name": "Aula", "camera": address})
    assert caught.value.code == "room.camera_login"
    assert "sia" not in str(caught.value.params)
    assert directory.rooms(workplace) == []


@pytest.mark.parametrize("names", ["A = {}; A = {}", "A = {}; {}"])
def test_no_password_is_told_where_the_names_are_wrong(workplace: Workplace, names: str) -> None:
    typed = names.format("rtsp://operator:rahasia@10.0.0.9/1", "rtsp://operator:ra/sia@10.0.0.9/2")
    with pytest.raises(InvalidInput) as caught:
        directory.add_room(workplace, {"name": "Aula", "camera": typed})
    assert "sia" not in repr(caught.value.params)
    assert not workplace.places.secrets_file.exists()


def test_proxies_are_asked_for_only_where_there_is_one(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    written(workplace, '[proxies."proxy:8080"]\nuser = "kantor"\npassword = "rahasia"\n')
    assert proxy_logins(workplace) == {}
    monkeypatch.setenv("https_proxy", "http://proxy:8080")
    assert proxy_logins(workplace) == {"proxy:8080": ["kantor", "rahasia"]}


async def test_the_camera_gets_its_login_and_nobody_else_does(workplace: Workplace, tmp_path: Path) -> None:
    with running_camera(CameraScript(width=160, height=120, login="sari:rah@sia")) as camera:
        address = camera.url.replace("http://", "http://sari:rah%40sia@")
        room = directory.add_room(workplace, {"name": "Aula", "camera": f"Depan = {address}"})
        request = with_cameras(CheckRequest(instrument="camera", seconds=1), room.cameras)
        async with aclosing(check(workplace, request)) as events:
            told = [event async for event in events]
    assert isinstance(told[-1], CheckDone)
    assert told[-1].result.error is None
    assert {one.reading.subject for one in told[-1].result.readings} == {"Depan"}
    assert "sia" not in repr(told)
    assert holding(tmp_path, b"rah@sia") == ["secrets.toml"]
    assert holding(tmp_path, b"rah%40sia") == []


@posix
def test_a_file_that_others_can_read_stops_only_what_needs_it(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    written(workplace, '[cameras."10.0.0.9"]\nuser = "a"\npassword = "b"\n', 0o644)
    assert proxy_logins(workplace) == {}
    written(workplace, '[proxies."proxy.example:3128"]\nuser = "a"\npassword = "b"\n', 0o644)
    with pytest.raises(InvalidInput, match=r"secrets\.readable"):
        proxy_logins(workplace)
