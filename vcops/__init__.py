"""vcops: prepare a video-conference room, log its meetings, account for what they saved."""

__version__ = "0.1.0"
