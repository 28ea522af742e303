"""Being told of changes: rules of what is worth a message, and messages by file, webhook or e-mail.

Part of the services. In: an opened ledger, settings, a file of rules. Out: messages, each with its passage. What was
last told is kept in the ledger, and so is what is still to be sent: a pass compares the two, puts messages into the
outbox, and sends what lies there. A pass that is killed and started again goes on where it was. ``docs/telling.md``
tells the rest.
"""

from onrecord.telling.passes import Told, tell
from onrecord.telling.rules import EVENTS, FileTarget, MailTarget, Rule, Rules, Target, WebhookTarget
from onrecord.telling.rules_file import read_rules
from onrecord.telling.sending import Delivered, Sender
from onrecord.telling.teller import Teller

__all__ = [
    "EVENTS",
    "Delivered",
    "FileTarget",
    "MailTarget",
    "Rule",
    "Rules",
    "Sender",
    "Target",
    "Teller",
    "Told",
    "WebhookTarget",
    "read_rules",
    "tell",
]
