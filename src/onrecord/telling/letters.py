"""Messages: what happened in plain words, with the passages that it rests on.

In: happenings that rules ask for, what they were found in. Out: one message a rule and place, as a record: passages
word for word, and ``subject`` and ``body`` for people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from onrecord.briefing.text import one_line
from onrecord.model import Judgement
from onrecord.model.records import Record
from onrecord.telling.changes import Happening
from onrecord.telling.decided import decided, decision_record
from onrecord.telling.desk import Desk
from onrecord.telling.resting import evidence_before, evidence_of, new_reports
from onrecord.telling.rules import Rule
from onrecord.telling.wording import body, matter_of, sentence, subject

_LONGEST_SUBJECT = 150


def letter(desk: Desk, rule: Rule, found: Sequence[Happening]) -> Record:
    """The message of a rule about one place.

    Args:
        desk: what it is written from.
        rule: the rule.
        found: what happened there that the rule asks for, the weightiest first.
    """
    lead = found[0]
    evidence = evidence_of(desk, lead)
    decisions = decided(desk, lead)
    before, after = lead.before, lead.after
    told: Record = {
        "id": _identity(desk, rule, lead, evidence, decisions),
        "rules": desk.rules,
        "rule": rule.name,
        "events": list(dict.fromkeys(e for one in found for e in one.events)),
        "about": [one.about for one in found],
        "place": lead.place,
        "now": lead.now,
        "as_of": desk.answer.as_of.isoformat(),
        "matter": matter_of(desk, lead),
        "before": _without(before),
        "after": _without(after),
        "passages": evidence,
        "passages_before": evidence_before(desk, lead, evidence),
        "origins": None,
        "likelihood": None,
        "new_reports": new_reports(desk, lead, evidence),
        "decisions": [decision_record(j) for j in decisions],
    }
    standing = desk.standing(lead.place)
    if standing is not None:
        told |= {"origins": standing.independent_sources, "likelihood": standing.likelihood}
        told["grade"] = str(standing.grade) if standing.grade else None
    sentences = [sentence(desk, rule, one) for one in found]
    told["subject"] = one_line(f"[onrecord] {subject(desk, rule, lead)}", _LONGEST_SUBJECT)
    told["body"] = body(desk, told, sentences, lead)
    return told


def _identity(
    desk: Desk, rule: Rule, lead: Happening, evidence: Sequence[Record], decided: Sequence[Judgement]
) -> str:
    """The id: the same change on the same passage, told by the same rule, is the same message."""
    rests_on = evidence[0]["position"] if evidence else desk.answer.as_of.isoformat()
    if lead.about in {"condition", "force"}:  # these may come and go on one passage, or on none
        rests_on = [rests_on, desk.answer.as_of.isoformat()]
    elif lead.about == "state":  # and a party may fall silent a second time
        rests_on = [rests_on, lead.state.get("last")]
    parts = [desk.rules, rule.name, lead.place, lead.about, lead.now, rests_on, [j.id for j in decided]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def _without(state: Record | None) -> Record | None:
    """A state as it is told: without what the ledger keeps to compare it."""
    return state and {k: v for k, v in state.items() if k not in {"positions", "lead", "kind", "last"}}
