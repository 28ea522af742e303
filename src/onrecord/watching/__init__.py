"""Watching folders and feeds: what is new goes into the ledger, each entry once.

Part of the services. In: folders, addresses of feeds (RSS, Atom), where the state is kept. Out: what each round
brought. Polite: a feed is asked with the tags of the last time (RFC 9110, section 13), pages only where the site's
robots.txt lets them be read (RFC 9309), one at a time with a pause between two of one host, and what fails is left
alone for longer each time. A watch that is killed and started again goes on where it was: the state is written
after every batch, and what was read twice adds nothing to the ledger.
"""

from onrecord.watching.feeds import Entry, entries_of
from onrecord.watching.rounds import PAUSE, Brought, Watch
from onrecord.watching.state import Feed, State

__all__ = ["PAUSE", "Brought", "Entry", "Feed", "State", "Watch", "entries_of"]
