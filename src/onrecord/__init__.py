"""onrecord: who is on the record for what, read from the reporting, every line with its passage."""

__version__ = "0.1.0"
