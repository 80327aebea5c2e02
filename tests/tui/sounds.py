"""A room whose sound is being measured, or was: nothing here needs a microphone."""

from __future__ import annotations

from vcops.domain.checks import CheckProgress, CheckRequest, Ending, conclude
from vcops.domain.readings import Reading
from vcops.operations import runs
from vcops.operations.workplace import Workplace
from vcops.tui.prepare.checking import RunningCheck

__all__ = ["FAULTY", "SOUNDS", "a_listening_check", "measured_sound"]

SOUNDS = """
procedure:
  id: video-conference
  version: "test"
  title: {id: Prosedur suara, en: Sound procedure}
  executors: [{id: operator, title: {id: Operator, en: Operator}}]
  phases:
    - id: preflight
      title: {id: Sebelum rapat, en: Before}
      steps:
        - id: microphone
          title: {id: Ukur mikrofon, en: Measure the microphone}
          executors: [operator]
          instruction:
            id: Bicara dengan suara biasa dari kursi pimpinan. Diamlah saat nada uji berbunyi.
            en: Speak in a normal voice from the leader's seat. Be silent while the test tone sounds.
          check: {instrument: sound, standard: room-sound}
        - id: speaker
          title: {id: Dengarkan pengeras suara, en: Listen to the loudspeaker}
          executors: [operator]
          instruction:
            id: Putar nada uji dan dengarkan dari kursi terjauh.
            en: Play the test tone and listen at the farthest seat.
          record:
            kind: choice
            label: {id: "Terdengar di kursi terjauh?", en: "Was it heard at the farthest seat?"}
            plays: test-tone
            choices:
              - {id: "Ya, jelas", en: "Yes, clearly", verdict: pass}
              - {id: "Tidak terdengar", en: "Not heard", verdict: fail, remedy: {id: Besarkan., en: Turn it up.}}
        - {id: seats, title: {id: Hitung kursi, en: Count the seats}, executors: [operator],
           record: {kind: number, label: {id: Kursi, en: Seats}, metric: seats_count, standard: meeting-room}}
      gate: {id: go-no-go, title: {id: Siap atau belum, en: Go or no-go}, deadline: -15min}
"""


FAULTY = {"mic_active_dbfs": -46.0, "mic_hum_db": 24.0, "echo_above_voice_db": 6.0}
"""Too soft, with a hum, and the other side is louder than the room."""


def a_listening_check(run_id: str, level: float = -27.0, held: float = -22.5, peak: float = -9.0) -> RunningCheck:
    """Return a check of the step `microphone` that listens just now, two seconds before its end."""
    check = RunningCheck(run_id, "microphone")
    heard = {"left_s": 1.6, "level_dbfs": level, "hold_dbfs": held, "peak_dbfs": peak}
    check.take(CheckProgress(0.6, "sound.listening", heard))
    return check


def measured_sound(workplace: Workplace, run_id: str, **values: float | bool) -> None:
    """Keep a sound check in a run, of a good voice in all that `values` does not name."""
    run = runs.load(workplace, run_id)
    found: dict[str, float | bool] = {
        "mic_silent": False, "mic_active_dbfs": -24.6, "mic_peak_dbfs": -9.8, "mic_clipped_samples": 0,
        "mic_snr_db": 31.4, "mic_hum_db": 2.1, "echo_heard_ratio": 148.0, "echo_delay_ms": 96.0,
        "echo_above_voice_db": -8.7,
    }  # fmt: skip
    found |= values
    at, instrument = workplace.clock(), "miniaudio 0.11 pulseaudio"
    readings = [Reading(name, value, at, instrument=instrument, subject="Mik meja") for name, value in found.items()]
    request = CheckRequest(instrument="sound", standard_id="room-sound")
    ending = Ending(source="", at=at, seconds=7.6)
    runs.keep_check(workplace, run_id, "microphone", conclude(request, run.standards["room-sound"], readings, ending))
