"""What is wrong with the sound, in words: no decibels; whoever wants them finds them among the readings."""

from vcops.locale import N_

__all__ = ["SOUND_SENTENCES"]

SOUND_SENTENCES: dict[str, tuple[str, str]] = {
    "finding.mic_silent": (N_("The microphone is silent."), ""),
    "finding.mic_is_monitor": (
        N_("This is no microphone but what the loudspeaker is given: {subject}."),
        N_("Choose a microphone."),
    ),
    "finding.sound_gaps": (
        N_("The sound came with gaps."),
        N_("Close other programs, try another USB port without a hub, or use a cable instead of Bluetooth."),
    ),
    "finding.sound_rate": (
        N_("The device changed its speed while it was measured: voices will stutter or sound too high."),
        N_("Set it to 48 kHz in the system's sound settings, close other programs that use it, and measure again."),
    ),
    "finding.mic_gated": (
        N_("The sound is cut off between the words."),
        N_(
            "Turn down the noise suppression or the gate of the microphone or the system; the meeting application"
            " has one of its own."
        ),
    ),
    "finding.mic_clipped": (N_("The sound is distorted because it is too loud."), ""),
    "finding.mic_loud": (
        N_("Too loud."),
        N_("Move the microphone away from the mouth or lower its input level."),
    ),
    "finding.mic_soft": (
        N_("Too soft."),
        N_("Bring the microphone closer to the mouth or raise its input level."),
    ),
    "finding.nobody_spoke": (
        N_("Nobody was heard to speak."),
        N_("Measure again while speaking; if someone did speak, bring the microphone closer and raise its level."),
    ),
    "finding.mic_peak": (N_("The loudest moments are close to distortion."), ""),
    "finding.mic_noise": (N_("The noise of the room is too loud beside the voice."), ""),
    "finding.mic_hum": (N_("There is a hum of 50 Hz from the mains."), ""),
    "finding.echo_not_heard": (N_("The microphone does not hear the loudspeaker."), ""),
    "finding.echo_loud": (N_("Echo: the other side's voice comes back louder than the voices in the room."), ""),
    "finding.sound_cut_short": (
        N_("The measurement was cut short, so nothing of it counts."),
        N_("Measure again to the end."),
    ),
}
"""An empty remedy is the standard's own, where the office wrote it."""
