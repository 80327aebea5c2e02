"""The sound probe as a process, on a real PulseAudio: what it measures, and what it says when devices misbehave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.lab.probing import Probed, run_probe
from tests.lab.pulse import MICROPHONE, SPEAKER, Pulse, missing, running_pulse
from tests.lab.voices import clipped, gated, hum, noise, sine, speech
from vcops.wording.metrics import how_words, note_words, progress_words

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "installed")
LEVELS = {"mic_silent", "mic_active_dbfs", "mic_peak_dbfs", "mic_clipped_samples", "mic_snr_db", "mic_hum_db"}


@pytest.fixture(scope="module")
def room() -> Iterator[Pulse]:
    """A room whose loudspeaker is not heard at its microphone."""
    with running_pulse() as pulse:
        yield pulse


def listen(pulse: Pulse, sound: np.ndarray[Any, Any] | None = None, **request: Any) -> Probed:
    """Run the probe while `sound` is in the air."""
    player = pulse.play(sound) if sound is not None else None
    try:
        return run_probe("sound", {"seconds": 2} | request, env=pulse.env)
    finally:
        if player is not None:
            player.kill()


def listen_and(pulse: Pulse, then: Callable[[], object], *, code: str = "sound.listening", **request: Any) -> Probed:
    """Run the probe, and do something to the sound system half way through what `code` tells."""
    lines: list[dict[str, Any]] = []
    done = False
    with subprocess.Popen(
        [sys.executable, "-m", "vcops.probes", "sound"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | pulse.env,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps({"seconds": 2} | request).encode() + b"\n")
        process.stdin.close()
        for raw in process.stdout:
            lines.append(json.loads(raw))
            if not done and lines[-1].get("code") == code and lines[-1]["fraction"] >= 0.5:
                then()
                done = True
        complaints = process.stderr.read()
    assert done, lines
    return Probed(lines, process.returncode, b"", complaints)


# -- what it measures ---------------------------------------------------------------------------------------------


def test_devices_by_name_with_the_default_marked(room: Pulse) -> None:
    said = run_probe("sound", {"list": True}, env=room.env).lines[-1]
    assert said["system"] == "PulseAudio"
    assert {one["name"]: (one["default"], one["monitor"]) for one in said["microphones"]} == {
        MICROPHONE: (True, False),
        "Monitor of Air": (False, True),
        f"Monitor of {SPEAKER}": (False, True),
    }
    assert {one["name"]: one["default"] for one in said["speakers"]} == {"Air": False, SPEAKER: True}


def test_a_tone_is_read_within_half_a_decibel(room: Pulse) -> None:
    done = listen(room, sine(8, -20))
    assert done.values["mic_active_dbfs"] == pytest.approx(-23.0, abs=0.5)
    assert done.values["mic_peak_dbfs"] == pytest.approx(-20.0, abs=0.5)
    assert done.readings["mic_snr_db"]["note"] == "nobody_spoke"
    assert done.readings["mic_active_dbfs"]["subject"] == MICROPHONE
    assert done.lines[-1] == {"type": "done", "system": "PulseAudio", "microphone": MICROPHONE}
    assert done.status == 0
    assert done.complaints == b""


def test_the_meter_tells_twelve_times_a_second_of_sound(room: Pulse) -> None:
    told = [one for one in listen(room, sine(8, -20)).lines if one.get("code") == "sound.listening"]
    assert len(told) == 25
    assert told[-1]["fraction"] == 1.0
    read = {"level_dbfs": -23.0, "hold_dbfs": -23.0, "peak_dbfs": -20.0, "left_s": 0.0}
    assert told[-1]["params"] == pytest.approx(read, abs=0.5)
    assert told[0]["params"]["left_s"] == pytest.approx(1.92)
    assert progress_words(told[-1]["code"], told[-1]["params"]).startswith("speak now: -2")


def test_a_voice_is_measured_whole(room: Pulse) -> None:
    done = listen(room, speech(9, -24, -60), seconds=4)
    assert set(done.values) == LEVELS
    assert done.values["mic_active_dbfs"] == pytest.approx(-24, abs=1.5)
    assert done.values["mic_snr_db"] > 25
    assert done.values["mic_hum_db"] < 8
    assert not any(one["partial"] or one["note"] for one in done.readings.values())
    assert any(one["partial"] for one in done.lines if one["type"] == "reading"), "said on the way"


def test_silence(room: Pulse) -> None:
    done = listen(room, seconds=1)
    assert done.values["mic_silent"] is True
    assert set(done.values) == LEVELS - {"mic_snr_db", "mic_hum_db"}


def test_clipping(room: Pulse) -> None:
    done = listen(room, clipped(speech(9), 22), seconds=3)
    assert done.values["mic_clipped_samples"] > 480
    assert done.values["mic_peak_dbfs"] == 0


def test_hum(room: Pulse) -> None:
    assert listen(room, speech(9) + hum(9, -48), seconds=3).values["mic_hum_db"] > 20


def test_a_gate(room: Pulse) -> None:
    done = listen(room, gated(speech(9)), seconds=3)
    assert done.readings["mic_snr_db"]["note"] == "mic_gated"
    assert "mic_hum_db" not in done.values


def test_every_remark_and_method_has_words(room: Pulse) -> None:
    done = listen(room, noise(9, -50), chirp=True, seconds=1, microphone="Monitor of Air")
    assert done.readings["mic_active_dbfs"]["note"] == "mic_is_monitor"
    assert done.values["echo_heard_ratio"] < 20
    assert "echo_delay_ms" not in done.values
    for one in done.readings.values():
        assert how_words(one["how"]) != one["how"]
        assert note_words(one["note"]) != one["note"]
    for note in ("mic_gated", "nobody_spoke", "mic_is_monitor", "sound_gaps", "rate_changed"):
        assert note_words(note) != note


@pytest.mark.skipif(bool(missing(delay=True)), reason=missing(delay=True) or "installed")
def test_an_echo_is_heard_and_its_delay_is_right_within_ten_milliseconds() -> None:
    assert echo_delay(150.0) - echo_delay(0.0) == pytest.approx(150, abs=10)


def echo_delay(late_ms: float) -> float:
    """Return the delay that is read where the loudspeaker is heard so much later."""
    with running_pulse(echo_ms=late_ms) as pulse:
        for _attempt in range(4):
            done = listen(pulse, noise(9, -55), chirp=True, seconds=1)
            assert done.failure is None
            assert done.values["echo_heard_ratio"] > 100
            assert done.lines[-1]["speaker"] == SPEAKER
            if done.readings["echo_delay_ms"]["note"] is None:  # else this machine was too busy, and it is said
                break
        delay: float = done.values["echo_delay_ms"]
        return delay


@pytest.mark.skipif(bool(missing(delay=True)), reason=missing(delay=True) or "installed")
def test_an_echo_louder_than_the_voice_is_read_as_such() -> None:
    """The chirp comes back as loud as it went: a voice of -26 dBFS from the other side does so too."""
    with running_pulse(echo_ms=20) as pulse:
        soft = listen(pulse, speech(12, -40, -75), chirp=True, seconds=4)
        nobody = listen(pulse, noise(9, -70), chirp=True, seconds=1)
    assert soft.values["echo_above_voice_db"] == pytest.approx(-26 - soft.values["mic_active_dbfs"], abs=1)
    assert "echo_above_voice_db" not in nobody.values, "there is no voice to compare with"


# -- for people to listen to ----------------------------------------------------------------------------------------


def heard_while(pulse: Pulse, **request: Any) -> tuple[Probed, Probed]:
    """Run the probe for someone to hear, and beside it one that listens to what the loudspeaker is given."""
    heard: list[Probed] = []
    monitor = f"Monitor of {SPEAKER}"
    listener = threading.Thread(target=lambda: heard.append(listen(pulse, seconds=12, microphone=monitor)))
    listener.start()
    done = run_probe("sound", request, env=pulse.env)
    listener.join()
    return done, heard[0]


def test_what_was_said_is_played_back_and_lies_in_no_file(
    room: Pulse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = room.play(sine(16, -12))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    done, heard = heard_while(room, deed="playback")
    player.kill()
    assert done.failure is None
    assert done.readings == {}
    codes = [one["code"] for one in done.lines if one["type"] == "progress"]
    assert list(dict.fromkeys(codes)) == ["sound.opening", "sound.waiting", "sound.recording", "sound.playing"]
    assert done.lines[-1] | {"type": "done"} == {
        "type": "done", "system": "PulseAudio", "microphone": MICROPHONE, "speaker": SPEAKER,
    }  # fmt: skip
    assert heard.values["mic_peak_dbfs"] == pytest.approx(-12, abs=0.5)
    assert list(tmp_path.rglob("*")) == []


def test_the_test_tone_sounds_for_someone_to_hear(room: Pulse) -> None:
    done, heard = heard_while(room, deed="sounding")
    assert done.failure is None
    told = [one for one in done.lines if one.get("code") == "sound.sounding"]
    assert told[-1]["fraction"] == 1.0
    assert told[-1]["params"]["device"] == SPEAKER
    assert "microphone" not in done.lines[-1], "nobody is listened to"
    assert heard.values["mic_peak_dbfs"] == pytest.approx(-12, abs=0.5)


def test_silence_is_not_played_back(room: Pulse) -> None:
    assert run_probe("sound", {"deed": "playback"}, env=room.env).code == "sound.recorded_silence"


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"deed": "sing"}, "probe.bad_request"),
        ({"deed": "sounding", "speaker": "Telephone"}, "sound.none_called"),
        ({"microphone": "Telephone"}, "sound.none_called"),
        ({"microphone": "monitor"}, "sound.none_called"),  # two contain it
        ({"seconds": "long"}, "probe.bad_request"),
        ({"seconds": 1000}, "probe.bad_request"),
        ({"seconds": float("nan")}, "probe.bad_request"),
    ],
)
def test_what_cannot_be_done_is_said(room: Pulse, request_: dict[str, Any], code: str) -> None:
    done = run_probe("sound", request_, env=room.env)
    assert (done.code, done.status, done.complaints) == (code, 3, b"")


# -- devices that misbehave -----------------------------------------------------------------------------------------


def test_the_server_killed_midway_keeps_what_was_measured() -> None:
    with running_pulse() as pulse:
        pulse.play(speech(20))
        done = listen_and(pulse, pulse.kill)
    assert done.code == "sound.stopped"
    assert done.readings["mic_active_dbfs"]["partial"]
    assert done.values["mic_active_dbfs"] > -40
    assert done.complaints == b""


def test_the_server_restarted_midway() -> None:
    with running_pulse() as pulse:
        pulse.play(speech(20))
        done = listen_and(pulse, lambda: (pulse.kill(), pulse.start()))
        assert done.code == "sound.stopped"
        assert done.readings["mic_active_dbfs"]["partial"]
        assert listen(pulse, speech(9)).failure is None, "and it can be measured again"


def test_a_server_that_stands_still_midway() -> None:
    with running_pulse() as pulse:
        done = listen_and(pulse, pulse.stand_still)
    assert done.code == "sound.stopped"
    assert done.readings["mic_silent"]["partial"]


def test_a_server_that_stands_still_for_a_moment_is_told_as_gaps() -> None:
    with running_pulse() as pulse:
        pulse.play(speech(20))

        def falter() -> None:
            pulse.stand_still()
            time.sleep(1.0)
            pulse.go_on()

        done = listen_and(pulse, falter, seconds=3)
    assert done.failure is None
    assert done.readings["mic_active_dbfs"]["note"] == "sound_gaps"


def test_a_server_that_does_not_answer_at_all() -> None:
    with running_pulse() as pulse:
        pulse.stand_still()
        began = time.monotonic()
        done = run_probe("sound", {}, env=pulse.env, timeout=30)
        listed = run_probe("sound", {"list": True}, env=pulse.env, timeout=30)
    assert done.code == "sound.no_answer"
    assert listed.code in {"sound.no_answer", "sound.late"}
    assert time.monotonic() - began < 30


def test_a_microphone_that_is_unplugged_midway() -> None:
    with running_pulse() as pulse:
        pulse.play(speech(20))
        done = listen_and(pulse, lambda: pulse.unload("module-remap-source"))
    assert done.code == "sound.vanished"
    assert done.failure is not None
    assert done.failure["params"] == {"device": MICROPHONE}
    assert done.readings["mic_active_dbfs"]["partial"]


def test_a_microphone_that_another_program_took() -> None:
    """PulseAudio suspends a device that it has lent out: it is there, it opens, and nothing comes."""
    with running_pulse() as pulse:
        pulse.pactl("suspend-source", "mic", "1")
        done = listen(pulse)
    assert done.code == "sound.no_samples"
    assert done.readings == {}


def test_a_microphone_that_is_taken_and_given_back_at_another_rate() -> None:
    with running_pulse() as pulse:
        pulse.play(speech(20))

        def other_rate() -> None:
            pulse.unload("module-remap-source")
            pulse.pactl(
                "load-module", "module-remap-source", "source_name=mic", "master=air.monitor", "rate=16000",
                f"source_properties=device.description='{MICROPHONE}'",
            )  # fmt: skip

        done = listen_and(pulse, other_rate)
    assert done.code in {None, "sound.stopped", "sound.vanished"}
    assert done.values["mic_active_dbfs"] == pytest.approx(-24, abs=3)


def test_a_loudspeaker_that_is_missing_leaves_the_microphone_measured() -> None:
    with running_pulse() as pulse:
        done = listen(pulse, speech(9), chirp=True, speaker="Telephone")
    assert done.code == "sound.none_called"
    assert done.readings["mic_active_dbfs"]["partial"] is False


def test_a_loudspeaker_that_is_unplugged_while_it_plays() -> None:
    with running_pulse() as pulse:
        pulse.play(speech(20))
        done = listen_and(pulse, lambda: pulse.unload("module-null-sink"), code="sound.sounding", deed="sounding")
    assert done.code == "sound.speaker_vanished"
    assert done.failure is not None
    assert done.failure["params"] == {"device": SPEAKER}


def test_a_loudspeaker_that_is_unplugged_before_the_chirp_leaves_the_microphone_measured() -> None:
    with running_pulse() as pulse:
        pulse.play(speech(20))
        done = listen_and(pulse, lambda: pulse.pactl("unload-module", speaker_module(pulse)), chirp=True)
    assert done.code == "sound.speaker_vanished"
    assert done.readings["mic_active_dbfs"]["partial"] is False
    assert "echo_heard_ratio" not in done.values


def speaker_module(pulse: Pulse) -> str:
    """Return the number of the module that makes the loudspeaker."""
    listed = [line.split("\t") for line in pulse.pactl("list", "short", "modules").splitlines()]
    return next(one[0] for one in listed if len(one) > 2 and "sink_name=speaker" in one[2])


def test_a_microphone_without_a_loudspeaker_is_measured() -> None:
    with running_pulse(devices=False) as pulse:
        pulse.pactl("load-module", "module-null-source", "source_name=mic", "rate=48000")
        done = run_probe("sound", {"chirp": True, "seconds": 1}, env=pulse.env)
    assert done.code == "sound.no_speaker"
    assert done.readings["mic_silent"]["partial"] is False


def test_no_device_at_all() -> None:
    with running_pulse(devices=False) as pulse:
        pulse.pactl("load-module", "module-null-sink", "sink_name=only")
        done = run_probe("sound", {"chirp": True}, env=pulse.env)
    assert done.code == "sound.no_microphone", "the monitor of a loudspeaker is none"


def test_no_sound_system(tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none", "ALSA_CONFIG_PATH": os.devnull}
    done = run_probe("sound", {}, env=nowhere)
    assert done.code in {"sound.no_system", "sound.no_microphone"}
    assert done.complaints == b""


@pytest.mark.skipif(Path("/proc/asound/cards").exists(), reason="this machine has a sound card")
def test_the_converters_that_alsa_lists_are_no_microphones(tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none"}
    assert run_probe("sound", {}, env=nowhere).code in {"sound.no_system", "sound.no_microphone"}
    said = run_probe("sound", {"list": True}, env=nowhere).lines[-1]
    assert said.get("microphones", []) == []
