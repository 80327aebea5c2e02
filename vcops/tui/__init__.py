"""The screens. They show, ask and announce; what happens is done by `vcops.operations`. Read docs/screens.md first."""

import os

os.environ.setdefault("TEXTUAL_FPS", "120")
"""Pictures a second at most. With the toolkit's own 60 the second picture after a key waits up to a thirtieth of a
second. It is read when Textual is first imported."""
