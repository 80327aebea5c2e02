"""The first start: a short form that can be skipped."""
