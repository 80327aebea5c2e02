"""Rooms: the rooms with what stands in them, the units that ask for meetings, the staff."""
