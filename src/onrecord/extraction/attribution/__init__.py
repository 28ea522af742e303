"""Text -> attribution relations (source, cue, content), by a small token model of our own.

>>> from onrecord.extraction.attribution import AttributionModel, relations
>>> text = "The minister said no troops would go."
>>> [text[slice(*r.cue)] for r in relations(text, AttributionModel.load()) if r.cue]
['said']
"""

from onrecord.extraction.attribution.model import AttributionModel, Encoding
from onrecord.extraction.attribution.relations import RawRelation, relations, relations_in, relations_of

__all__ = ["AttributionModel", "Encoding", "RawRelation", "relations", "relations_in", "relations_of"]
