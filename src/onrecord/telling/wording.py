"""What happened, in plain words: the subject, a sentence, the whole message.

In: happenings, what they rest on. Out: text. The words are ours and the brief's; what reports say is only ever quoted,
with characters that are not seen but act written out, and set in, so that no line of it passes for one of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.briefing.text import counted, figure, listed, number, one_line, visible
from onrecord.briefing.when import day_text, when
from onrecord.briefing.words import STATE_WORDS
from onrecord.model.records import Record, range_from_record
from onrecord.telling.changes import Happening, limit_of
from onrecord.telling.desk import Desk
from onrecord.telling.rules import Rule

_DID = {
    "confirm": "confirmed",
    "correct": "corrected",
    "reject": "rejected",
    "merge": "merged",
    "split": "split",
    "withdraw": "took back a decision on",
}
_STATUS = {"met": "met", "not_met": "not met", "unknown": "not known", "disputed": "disputed"}
_MOST_HANGING = 12


def matter_of(desk: Desk, one: Happening) -> Record | None:
    """The matter with its title."""
    matter = str(one.state.get("matter") or "")
    title = desk.answer.matters.get(matter) or (desk.answer.story.title if desk.answer.story else None)
    return {"id": matter, "title": tame(one_line(title or matter.replace("_", " "), 160))} if matter else None


def _who(desk: Desk, state: Record) -> str:
    return tame(desk.words.undertaking(state["holder"], state["performer"], state["task"]))


def tame(words: str) -> str:
    """Words that may begin a line or a cell: what a spreadsheet would run as a formula is put in quotation marks.

    Example:
        >>> tame("Italy: fund"), tame("=1+1: fund")
        ('Italy: fund', '“=1+1: fund”')
    """
    return words if words[:1].isalnum() else f"“{words}”"


def _stance(desk: Desk, state: Record) -> str:
    """A stance with its figure and conditions: "offered, up to 8,000 troops (condition: own approval)"."""
    said = desk.words.stance_with_figure(state["stance"], state["low"], state["high"], state["unit"])
    kinds = list(dict.fromkeys(desk.words.condition_told(c["kind"], c["text"]) for c in state["conditions"]))
    if not kinds:
        return said
    return f"{said} ({'condition' if len(kinds) == 1 else 'conditions'}: {listed(kinds)})"


def _conditions(desk: Desk, state: Record | None, other: Record | None) -> str:
    there = {c["id"] for c in (other or {}).get("conditions", ())}
    new = [c for c in (state or {}).get("conditions", ()) if c["id"] not in there]
    return listed(list(dict.fromkeys(desk.words.condition_told(c["kind"], c["text"]) for c in new)))


def _condition_label(desk: Desk, state: Record) -> str:
    return one_line(state["label"], 90) or desk.words.condition(state["of"])


def subject(desk: Desk, rule: Rule, one: Happening) -> str:
    """What happened, in a few words."""
    state, then = one.state, one.before or {}
    if one.about == "condition":
        return f"{_condition_label(desk, state)}: {_STATUS.get(state['status'], state['status'])}"
    if one.about == "force":
        way = "below" if "force_below" in one.events else "at or above"
        return f"Expected strength {way} {number(limit_of(rule, state) or 0)}: {number(state['expected'])}"
    who, now = _who(desk, state), desk.words.stance(state["stance"])
    if one.about == "stance" and one.after is None:
        return f"{who} – nothing left on record, was {now}"
    if one.about == "stance" and one.before is not None:
        was = desk.words.stance(then["stance"])
        way = " moved down," if "moves_down" in one.events else " moved up," if "moves_up" in one.events else ""
        return f"{who} –{way} {was} → {now}"
    if one.about == "stance":
        return f"{who} – {now}, for the first time on record"
    if one.about == "state":
        said = {"contested": "disputed", "stale": "no word for long"}.get(str(one.now), "no longer disputed")
        return f"{who} – {said} ({now})"
    if one.about == "conditions":
        new, old = _conditions(desk, one.after, one.before), _conditions(desk, one.before, one.after)
        return f"{who} – new condition, {new}" if new else f"{who} – condition dropped, {old}"
    return f"{who} – {figure(state['low'], state['high'], state['unit']) or 'no figure any more'}"


def sentence(desk: Desk, rule: Rule, one: Happening) -> str:
    """One sentence on what happened; before and after in full."""
    state = one.state
    if one.about == "condition":
        was = _STATUS.get((one.before or {}).get("status", "unknown"), "not known")
        now = _STATUS.get(state["status"], state["status"])
        return f"The condition “{_condition_label(desk, state)}” is {now}; before, it was {was}."
    if one.about == "force":
        was, now = number((one.before or {}).get("expected", 0)), number(state["expected"])
        limit, need = number(limit_of(rule, state) or 0), state.get("required")
        needed = f" The force needs {number(need)}." if need else ""
        way = "below" if "force_below" in one.events else "to or above"
        label = one_line(state["label"], 60)
        return f"The expected strength has come {way} {limit} persons: {now}, it was {was} (scenario: {label}).{needed}"
    who = _who(desk, state)
    if one.about == "stance" and one.after is None:
        return f"{who}: no position is left on record. It was {_stance(desk, state)}."
    if one.about == "stance" and one.before is None:
        return f"{who}: on record for the first time, {_stance(desk, state)}."
    if one.about == "stance" and one.before is not None:
        moved = "moved down the ladder" if "moves_down" in one.events else "changed"
        moved = "moved up the ladder" if "moves_up" in one.events else moved
        return f"{who}: {moved} from {_stance(desk, one.before)} to {_stance(desk, state)}."
    if one.about == "state":
        said = {
            "contested": "what it says is now disputed",
            "stale": "nobody has been reported to speak for it for long",
        }.get(str(one.now), "what was disputed is settled")
        return f"{who}: {said}. It stands as {_stance(desk, state)}."
    if one.about == "conditions":
        new, old = _conditions(desk, one.after, one.before), _conditions(desk, one.before, one.after)
        parts = [f"it now names {new}" if new else "", f"it no longer names {old}" if old else ""]
        return f"{who}: {' and '.join(x for x in parts if x)}. It stands as {_stance(desk, state)}."
    then = one.before or {}
    was = figure(then.get("low"), then.get("high"), then.get("unit")) or "none"
    now = figure(state["low"], state["high"], state["unit"]) or "none any more"
    return f"{who}: the figure was {was} and is {now}."


def body(desk: Desk, told: Record, sentences: Sequence[str], one: Happening) -> str:
    """The message in plain text."""
    lines = [*sentences, ""]
    if told["matter"]:
        lines.append(told["matter"]["title"])
    lines.append(f"As of {day_text(desk.answer.as_of)}. {_sourced(desk, one)}".strip())
    lines += _hanging(desk, one)
    if one.about == "condition":
        condition = desk.condition(one.state["id"])
        lines += [f"Why: {one_line(condition.why, 300)}"] if condition and condition.why else []
    lines += [_decided_in_words(j) for j in told["decisions"]]
    if told["decisions"] and not told["new_reports"]:
        lines.append("No new report made this change: a person's decision did.")
    for title, some in (("What it rests on:", told["passages"]), (_title_before(one), told["passages_before"])):
        if some:
            lines += ["", title, *(line for p in some for line in _quoted(p))]
    return "\n".join([*lines, "", f"Rule: {told['rule']}. Message {told['id']}.", ""])


def _title_before(one: Happening) -> str:
    return "Who asks for it:" if one.about == "condition" else "What stood before:"


def _sourced(desk: Desk, one: Happening) -> str:
    standing = desk.standing(one.place)
    if standing is None:
        return ""
    said = counted(standing.independent_sources, "independent origin")
    parts = [said, STATE_WORDS.get(standing.state, standing.state)]
    parts += [standing.likelihood] if standing.likelihood else []
    parts += [f"sourcing {standing.grade}"] if standing.grade else []
    return f"{'; '.join(parts)}."


def _hanging(desk: Desk, one: Happening) -> list[str]:
    """The standings that hang on a condition, or the parties that made the strength what it is."""
    if one.about == "condition":
        held = [s for name in one.state["standings"] if (s := desk.standing(name)) is not None]
        said = [
            f"- {desk.words.undertaking(s.holder, s.performer, s.task)}: "
            + desk.words.stance_with_figure(s.stance, s.low, s.high, s.unit)
            for s in held
        ]
        return [f"On it hang {counted(len(held), 'standing')}:", *_capped(said)] if held else []
    if one.about == "force":
        then, now = ((x or {}).get("parts", {}) for x in (one.before, one.after))
        moved = [s for s in {*then, *now} if now.get(s, 0) != then.get(s, 0)]
        moved.sort(key=lambda s: (-abs(now.get(s, 0) - then.get(s, 0)), s))
        said = [f"- {_place(desk, s)}: {number(then.get(s, 0))} → {number(now.get(s, 0))}" for s in moved]
        return ["Persons expected of each, before and now:", *_capped(said)] if said else []
    return []


def _capped(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_HANGING
    return [*lines[:_MOST_HANGING], f"- and {more} more"] if more > 0 else lines


def _place(desk: Desk, place: str) -> str:
    standing = desk.standing(place)
    if standing is None:
        return one_line(place, 90)
    return desk.words.undertaking(standing.holder, standing.performer, standing.task)


def _decided_in_words(decision: Record) -> str:
    did = _DID.get(decision["decision"], decision["decision"])
    note = f": “{one_line(decision['note'], 200)}”" if decision["note"].strip() else "."
    who, what = one_line(decision["by"], 60), one_line(decision["target"], 90)
    return f"A person decided: {who} {did} {what} on {decision['at'][:10]}{note}"


def _quoted(told: Record) -> list[str]:
    """A passage with where it is from. Its own line breaks stay, set in, so that no line of it passes for ours."""
    said = visible(told["text"]).strip().splitlines() or [""]
    day = when(range_from_record(told["published"]))
    outlet = one_line(told["outlet"] or "", 90) or "outlet not stated"
    url = f", {one_line(told['url'], 300)}" if told["url"] else ""
    place = f"{one_line(told['report'], 120)}, {told['start']} to {told['end']}"
    return [
        *(f"  {'“' if n == 0 else ''}{line.strip()}{'”' if n == len(said) - 1 else ''}" for n, line in enumerate(said)),
        f"    {outlet}, {day.text if day else 'no date'}; said by {one_line(told['said_by'], 200)}{url} [{place}]",
    ]
