"""Briefing: what people look at.

`brief_of` makes a `Brief` (everything that a page shows, computed) from the nouns; `render_html` and
`render_markdown` lay it out; `export_records` gives the records of the export. Nothing here writes a file,
reads a clock or uses the network.
"""

from onrecord.briefing.compose import brief_of
from onrecord.briefing.export import export_records
from onrecord.briefing.markdown import render_markdown
from onrecord.briefing.page import render_html
from onrecord.briefing.view import Brief
from onrecord.briefing.words import Labels

__all__ = ["Brief", "Labels", "brief_of", "export_records", "render_html", "render_markdown"]
