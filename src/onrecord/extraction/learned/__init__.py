"""The position model: finds the words that carry a stance and reads, for each, who, what, how much and on
what condition.
"""

from onrecord.extraction.learned.model import PositionModel
from onrecord.extraction.learned.reading import CueReading, read_cues

__all__ = ["CueReading", "PositionModel", "read_cues"]
