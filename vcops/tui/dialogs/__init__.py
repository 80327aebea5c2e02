"""Dialogs: a form, a question, a reason, the help. Each is imported when it is first asked for."""
