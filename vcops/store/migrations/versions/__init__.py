"""The revisions, named by the schema they lead to."""
