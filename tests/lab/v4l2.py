"""A local camera that is not there: a library, compiled here, that answers a probe in the kernel's place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FakeCamera", "make_camera", "missing"]

_SOURCE = Path(__file__).parent / "fake_v4l2.c"
_SHARED = Path("/dev/shm")


@dataclass(frozen=True)
class FakeCamera:
    """`path` is where a probe that runs in `env` finds it."""

    path: str
    library: Path

    def env(self, fault: str = "") -> Mapping[str, str]:
        """Return what a probe is told; `fault` is `busy`, `gone:N` or `stall:N`."""
        return {"LD_PRELOAD": str(self.library), "FAKE_V4L2": self.path, "FAKE_V4L2_FAULT": fault}


def missing() -> str:
    """Return why there can be no such camera here; empty where there can."""
    if not sys.platform.startswith("linux") or not _SHARED.is_dir():
        return "a V4L2 camera can only be faked on Linux"
    if shutil.which("cc") is None or not Path("/usr/include/linux/videodev2.h").exists():
        return "needs cc and the kernel's headers (Debian: gcc, libc6-dev, linux-libc-dev)"
    return ""


def make_camera(folder: Path) -> FakeCamera:
    """Compile the library into `folder`, and put something into /dev that looks like a device."""
    library = folder / "fake_v4l2.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-o", str(library), str(_SOURCE), "-ldl"], check=True, capture_output=True
    )
    device = _SHARED / f"{folder.name}-video"
    device.unlink(missing_ok=True)
    device.symlink_to("/dev/null")
    return FakeCamera(str(device), library)
