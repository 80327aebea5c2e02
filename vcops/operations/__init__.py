"""What people do here, in their words. Both faces, the screens and the command line, call only these.

Every deed takes the `Workplace` first. Deeds that touch the database are plain functions, to be called from one
worker thread; checks are async iterators of typed events.
"""
