"""Report -> statements and positions.

What comes in: a :class:`onrecord.model.Report`. What goes out: :class:`Extraction`. Pure: vocabulary, parser and
attribution model are arguments. Knows nothing of files, of the ledger or of other reports.
"""

from onrecord.extraction.extractor import EXTRACTOR, Extraction, Extractor, extractor_name

__all__ = ["EXTRACTOR", "Extraction", "Extractor", "extractor_name"]
