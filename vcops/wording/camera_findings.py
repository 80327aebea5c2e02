"""What is wrong with a camera's picture, and what to do about it, in the words of whoever stands in the room."""

from vcops.locale import N_

__all__ = ["CAMERA_SENTENCES", "OFFICE_FIRST"]

_CABLE = N_("Change the cable, use a USB 3 port without a hub, and close other programs that use the camera.")
_NETWORK = N_("Check the network between here and the camera, and lower the bit rate in the camera's own settings.")
_CHOOSE = N_("Choose 1280x720 on the camera or in its application, and use a USB 3 port without a hub.")

CAMERA_SENTENCES: dict[str, tuple[str, str]] = {
    "finding.camera_black": (
        N_("The picture is black."),
        N_("Open the lens cover, turn the light on, and close other programs that use the camera."),
    ),
    "finding.camera_drops_out": (
        N_("The picture drops out: {pct} % of it is black."),
        N_("Push the plugs of the camera home, change the cable, and close other programs that use the camera."),
    ),
    "finding.camera_frozen": (
        N_("The picture stood still for {seconds} seconds."),
        N_("Unplug the camera and plug it in again; if it happens again, change the cable or restart the camera."),
    ),
    "finding.camera_cut_off": (N_("{pct} % of the pictures arrive cut off."), _CABLE),
    "finding.camera_cut_off_network": (N_("{pct} % of the pictures arrive cut off."), _NETWORK),
    "finding.camera_halts": (N_("The picture halts for up to {seconds} seconds."), _CABLE),
    "finding.camera_halts_network": (N_("The picture halts for up to {seconds} seconds."), _NETWORK),
    "finding.camera_narrow": (
        N_("The camera sends only {came} at {fps} pictures a second: more does not get through."),
        _CABLE,
    ),
    "finding.camera_narrow_network": (
        N_("The camera sends only {came} at {fps} pictures a second: more does not get through."),
        N_("Take the address of the camera's main stream, not of its substream, and check the network on the way."),
    ),
    "finding.camera_backlight": (
        N_("Back light: the background is {ratio} times brighter than the face."),
        N_("Close the curtain behind the speaker, turn the camera, or add light from the front."),
    ),
    "finding.camera_dark": (
        N_("It is too dark for the camera."),
        N_("Turn more lamps on, best of all in front of the participants."),
    ),
    "finding.camera_bright": (
        N_("The picture is too bright."),
        N_("Close the curtain, take lamps out of the picture, or lower the camera's exposure."),
    ),
    "finding.camera_burnt_out": (
        N_("{pct} % of the picture is lost in white."),
        N_("Close the curtain, take lamps out of the picture, or lower the camera's exposure."),
    ),
    "finding.camera_small": (N_("The camera sends {came}, {wanted} is wanted."), _CHOOSE),
    "finding.camera_doubled": (
        N_("{pct} % of the pictures repeat the one before: only {new} a second are new."),
        N_("Restart the camera, and lower the frame rate or the size in its application."),
    ),
    "finding.camera_slow": (
        N_("Only {fps} pictures a second arrive."),
        N_("Close other programs that use the camera, and choose 30 pictures a second or a smaller size."),
    ),
    "finding.camera_late": (
        N_("The first picture came only after {seconds} seconds."),
        N_("Unplug the camera and plug it in again; if it happens again, change the port or the camera."),
    ),
    "finding.camera_bands": (
        N_("Dark bands roll through the picture, from lamps on 50 Hz."),
        N_("Set the camera's anti-flicker to 50 Hz."),
    ),
    "finding.camera_soft": (
        N_("The picture is soft."),
        N_("Wipe the lens, then focus on where people sit, or turn autofocus on."),
    ),
    "finding.camera_grainy": (
        N_("The picture is grainy."),
        N_("Add light, so that the camera need not raise its gain."),
    ),
    "finding.camera_tinted": (
        N_("White is not white: the colours are off."),
        N_("Set the camera's white balance on a sheet of paper, and use lamps of one colour."),
    ),
    "finding.camera_plain": (
        N_("Whether the picture is sharp cannot be told: there is hardly an edge in it."),
        N_("Point the camera at where people sit, with a face or furniture in the picture, and measure again."),
    ),
    "finding.camera_face_dark": (
        N_("The face is too dark."),
        N_("Put a lamp in front of the speaker, or turn the seat towards the light."),
    ),
    "finding.camera_face_bright": (
        N_("The face is too bright."),
        N_("Move the lamp away from the face, or dim it."),
    ),
    "finding.camera_face_small": (
        N_("The face is only {width} pixels wide."),
        N_("Bring the camera closer, or zoom in."),
    ),
    "finding.camera_head_cut": (
        N_("There is no room above the head."),
        N_("Tilt the camera up a little."),
    ),
    "finding.camera_head_low": (
        N_("The head sits too low in the picture."),
        N_("Tilt the camera down a little, or zoom in."),
    ),
    "finding.camera_nobody": (
        N_("Nobody is in the picture, so the light on the face and the framing were not judged."),
        N_("Have somebody sit where participants sit, facing the camera, and measure again."),
    ),
}  # fmt: skip
OFFICE_FIRST = frozenset({
    "finding.camera_backlight", "finding.camera_bands", "finding.camera_grainy", "finding.camera_late",
    "finding.camera_small", "finding.camera_soft", "finding.camera_tinted",
})  # fmt: skip
"""Findings on one metric in one direction: what the office's standard says about it comes before these remedies."""
