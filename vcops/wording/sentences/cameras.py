"""A room's cameras, and the file that keeps their logins."""

from vcops.locale import N_

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    "room.camera_unnamed": (
        N_("A room with several cameras needs a name for each; {called} has none. Nothing was stored."),
        N_("Write them like this: Front = 0; Speaker = rtsp://192.0.2.10/stream. The first is the main one."),
    ),
    "room.camera_twice": (
        N_("Two cameras of one room cannot both be called {called}; nothing was stored."),
        N_("Give one of them another name."),
    ),
    "room.camera_login": (
        N_("{column}: where the password in the camera's address ends cannot be told; nothing was stored."),
        N_("Write it as rtsp://NAME:PASSWORD@HOST/..., with %2F for / and %3F for ? in the password."),
    ),
    "camera.not_rtsp": (
        N_("{host} takes connections at port {port}, but does not answer as a camera."),
        N_("Restart the camera, and check the port: RTSP has 554 unless the camera's manual says otherwise."),
    ),
    "camera.no_pictures": (
        N_("{source} answers, but sends no picture that can be read."),
        N_("Set the camera to H.264 or MJPEG, restart it, and check that the address is that of its stream."),
    ),
    "camera.no_film": (
        N_("{source} holds no film that can be read."),
        N_("Use a video of two pictures or more, such as MP4 or AVI."),
    ),
    "form.snapshots": (
        N_("{column}: {value} does not say which pictures are kept; nothing was stored."),
        N_("Use off, empty-room (only such that nobody is on) or always."),
    ),
    "form.days": (
        N_("{column}: {value} is not a number of days from 1 to 3653; nothing was stored."),
        N_("Type digits only, such as 30."),
    ),
    "secrets.readable": (
        N_("Others on this machine can read {file}, so the passwords in it are not used."),
        N_("Let nobody but yourself read it: chmod 600 {file}."),
    ),
    "secrets.not_toml": (
        N_("{file} is not valid TOML, so the passwords in it cannot be used."),
        N_("Correct it by hand; the README shows what it looks like."),
    ),
    "secrets.stands_elsewhere": (
        N_("The login of {key} stands in {file} in a form that cannot be replaced; nothing was stored."),
        N_("Correct it by hand; the README shows what it looks like."),
    ),
    "secrets.unwritable": (
        N_("{file} cannot be written ({said}); nothing was stored."),
        N_("Check the folder and its permissions."),
    ),
}
