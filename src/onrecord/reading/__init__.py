"""Reading: bytes to reports. Files, folders, pages, JSON Lines, standard input; days; languages; repeats.

    paths -> walk -> unpacking -> plain | page | jsonlines | webarchive | parquet -> draft -> inputs -> Report | Issue
                                                                     days ----^
    reports -> repeats -> which repeat which

What is not here: what a report says (``extraction``). Nothing is fetched, nothing of a page is run, no clock
is read.
"""

from onrecord.reading.days import infer_published
from onrecord.reading.events import Event, EventTable, load_events
from onrecord.reading.inputs import read_file, read_inputs, unique_name
from onrecord.reading.language import language_of
from onrecord.reading.limits import Limits, OutletFinder
from onrecord.reading.printed import printed_date
from onrecord.reading.repeats import Repeat, find_repeats, mark_repeats

__all__ = [
    "Event",
    "EventTable",
    "Limits",
    "OutletFinder",
    "Repeat",
    "find_repeats",
    "infer_published",
    "language_of",
    "load_events",
    "mark_repeats",
    "printed_date",
    "read_file",
    "read_inputs",
    "unique_name",
]
