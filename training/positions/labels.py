"""What the position model predicts: the labels of its heads, in their order.

Shared with nothing else; the decoder's copy is written beside the weights, so that the two cannot drift apart.
"""

from __future__ import annotations

STANCES = (
    "none",
    "deployed",
    "deploying",
    "agreed",
    "pledged",
    "offered",
    "requests",
    "supports",
    "in_talks",
    "interested",
    "considering",
    "named",
    "undecided",
    "no_comment",
    "refused",
    "denied",
    "suspended",
    "withdrawn",
    "opposes",
)
TASKS = (
    "contribute_troops",
    "contribute_police",
    "contribute_support",
    "contribute_observers",
    "staff_headquarters",
    "lead_force",
    "disarm",
    "enforce_peace",
    "secure_area",
    "train_police",
    "train_forces",
    "monitor_ceasefire",
    "protect_civilians",
    "deliver_aid",
    "reconstruct",
    "govern",
    "fund",
    "supply_equipment",
    "host",
    "mediate",
    "oversee",
    "authorise",
    "guarantee_security",
    "withdraw_forces",
    "cease_fire",
    "release_captives",
    "recognise",
    "join_board",
    "other",
)
CONDITIONS = (
    "ceasefire",
    "mandate",
    "approval",
    "consent",
    "clarity",
    "role_limit",
    "location_limit",
    "command",
    "security_guarantee",
    "political_settlement",
    "timing",
    "other",
)
FLAGS = ("self", "own", "foreign_force")
"""self: the holder's own speaker says it; own: the performer is the holder; foreign_force: the performer is
``group:foreign_force``."""
LAYERS = ("cue", "holder", "performer", "quantity", "object")
"""Spans tagged B, I or O, three scores each; conditions follow with one B and one I for each kind and an
O."""
TOKEN_WIDTH = 3 * len(LAYERS) + 1 + 2 * len(CONDITIONS)
GLOBAL_WIDTH = len(STANCES) + len(TASKS) + len(FLAGS)
CONDITION_AT = 3 * len(LAYERS)
