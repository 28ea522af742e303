"""The desk: what people at it see and decide, without a word of HTTP.

Part of the services. Comes in: settings, ids, days, decisions. Goes out: views and records. `onrecord.web` lays it out;
it must not know that there is a browser.
"""

from onrecord.desk.desk import Desk
from onrecord.desk.looking import look_once
from onrecord.desk.outlook import Outlook
from onrecord.desk.rows import Rows

__all__ = ["Desk", "Outlook", "Rows", "look_once"]
