"""Meetings: every meeting, planned and held; the form that plans, adds and edits one."""
