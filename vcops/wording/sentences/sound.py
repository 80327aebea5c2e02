"""Why the microphone or the loudspeaker could not be measured."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "sound.someone_speaks": (
        N_("The microphone is listened to for four seconds: let someone speak near it then, and be silent after that."),
        "",
    ),
    "sound.no_library": (
        N_("The library that opens microphones cannot be loaded ({said})."),
        N_("Install it: pip install miniaudio."),
    ),
    "sound.no_system": (
        N_("This machine has no sound system that could be reached; nothing was measured."),
        N_("Start PulseAudio or PipeWire (Linux) or the audio service (Windows), and measure again."),
    ),
    "sound.no_answer": (
        N_("The sound system does not answer; what had been measured by then is kept as partial."),
        N_("Restart it, or this computer, and measure again."),
    ),
    "sound.no_microphone": (
        N_("No microphone was found on this machine."),
        N_("Plug one in and switch it on, and look whether the system's sound settings show it."),
    ),
    "sound.no_speaker": (
        N_("No loudspeaker was found on this machine; the microphone was measured without it."),
        N_("Plug one in and switch it on, and look whether the system's sound settings show it."),
    ),
    "sound.none_called": (
        N_("No single device is called {name}; found {found}."),
        N_("Name one of these, or none for the system's default."),
    ),
    "sound.no_permission": (
        N_("You may not use {device}."),
        N_("Allow the terminal to use the microphone in the system's privacy settings; on Linux join the group audio."),
    ),
    "sound.busy": (
        N_("{device} is in use by another program that shares it with none."),
        N_("Close the meeting application and the recorder, and measure again."),
    ),
    "sound.cannot_open": (
        N_("{device} cannot be opened."),
        N_("Unplug it and plug it in again, and choose it in the system's sound settings."),
    ),
    "sound.vanished": (
        N_("{device} is gone; what had been measured by then is kept as partial."),
        N_("Check its cable, its battery or its Bluetooth, and measure again."),
    ),
    "sound.no_samples": (
        N_("{device} opens but sends no sound at all, not even silence."),
        N_("Close other programs that hold it, unplug it and plug it in again."),
    ),
    "sound.stopped": (
        N_("{device} stopped sending sound; what had been measured by then is kept as partial."),
        N_("Check its cable and its battery; if the sound system was restarted, measure again."),
    ),
    "sound.speaker_stopped": (
        N_("{device} stopped taking sound; the microphone's readings are kept."),
        N_("Check its cable and its battery; if the sound system was restarted, measure again."),
    ),
    "sound.late": (
        N_("The sound check did not end within {seconds} seconds and was ended; what had been measured is kept."),
        N_("Unplug the device and plug it in again, or restart the sound system, and measure again."),
    ),
    "sound.speaker_vanished": (
        N_("{device} is gone; the microphone's readings are kept."),
        N_("Check its cable, its battery or its Bluetooth, and measure again."),
    ),
    "sound.not_heard": (
        N_("The loudspeaker was not heard clearly."),
        N_("Choose the right one with --speaker, turn it up in the system and on the device, check cable and power."),
    ),
    "sound.recorded_silence": (
        N_("{device} recorded nothing but silence, so there was nothing to play back."),
        N_("Switch the microphone on, unmute it in the sound settings, or choose another one."),
    ),
}
