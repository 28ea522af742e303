"""The section of strength in Markdown.

Comes in: the section. Goes out: lines, all text from outside escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.briefing.markdown_parts import cited, escaped, item, spoken, wrap
from onrecord.briefing.pieces import Link
from onrecord.briefing.view_strength import Coverage, Earlier, Part, Strength, Unlock


def strength_lines(strength: Strength | None) -> Iterator[str]:
    """The section, or nothing."""
    if strength is None:
        return
    told = strength.outline
    yield "## What it adds up to\n"
    for line in strength.lines:
        yield item(spoken(line))
    if told.required:
        where = "; ".join(escaped(x.label) for x in strength.required_at) or escaped(told.source)
        found = "found in the reports: " if told.found else ""
        source = f" ({found}{where})" if where else ""
        named = f" Named by the parties that stand for it: {told.named}." if told.named else ""
        yield "\n" + wrap(f"Required: {told.required}{source}.{named}")
    if strength.chart:
        yield "\nStrength by scenario, persons:\n"
        for bar in strength.chart.bars:
            yield item(f"{escaped(bar.label)}: {escaped(bar.detail)}")
    under = f" ({escaped(strength.scenario)})" if strength.scenario else ""
    if strength.made_of:
        yield f"\nWho makes up the expected force{under}:\n"
        yield from map(_part, strength.made_of)
    if strength.coverage:
        yield f"\nWho would do which task{under}:\n"
        yield from map(_coverage, strength.coverage)
    if strength.unlock:
        yield f"\nWhat would unlock more{under}:\n"
        yield from map(_unlock, strength.unlock)
    if strength.smallest:
        yield "\nThe smallest sets of conditions that reach the requirement:\n"
        yield from (item(escaped(x)) for x in strength.smallest)
    if strength.leaving:
        yield f"\nWhose leaving would hurt most{under}:\n"
        yield from map(_left, strength.leaving)
    if strength.earlier:
        yield "\nEarlier forces beside it:\n"
        yield from map(_earlier, strength.earlier)
    if strength.assumptions:
        yield "\nWhat is not from the record:\n"
        yield from (item(escaped(x)) for x in strength.assumptions)


def _names(links: Sequence[Link]) -> str:
    return ", ".join(escaped(x.label) for x in links)


def _part(one: Part) -> str:
    met = f"; its conditions are met: {one.met}" if one.met else ""
    return item(cited(f"{escaped(one.party.label)}: {one.persons} ({escaped(one.what)}){met}", one.refs))


def _left(one: Part) -> str:
    points = f"; the chance to meet the requirement falls by {one.what}" if one.what else ""
    return item(cited(f"{escaped(one.party.label)}: {one.persons}{points}", one.refs))


def _coverage(one: Coverage) -> str:
    said = [f"{escaped(one.task)}: {'nobody' if one.nobody else _names(one.supporting)}"]
    for label, links in (("leaning", one.leaning), ("silent", one.silent), ("against", one.against)):
        if links:
            said.append(f"{label}: {_names(links)}")
    said += [escaped(one.persons)] if one.persons else []
    return item(cited("; ".join(said), one.refs))


def _unlock(one: Unlock) -> str:
    odds = f", then meets it: {one.chance}" if one.chance else ""
    share = f", share of the whole gain: {one.share}" if one.share else ""
    note = f" ({escaped(one.note)})" if one.note else ""
    return item(cited(f"{escaped(one.conditions)}: {one.gain}{odds}{share}{note}", one.refs))


def _earlier(one: Earlier) -> str:
    facts = [
        f"authorised {one.authorised}" if one.authorised else "",
        f"after a year {one.after_a_year}" if one.after_a_year else "",
        f"{one.contributors} contributors" if one.contributors else "",
        f"first deployment after {one.days} days" if one.days else "",
        f"command: {escaped(one.command)}" if one.command else "",
        f"tasks in common: {escaped(one.shared)}" if one.shared else "no task in common",
    ]
    return item(f"{escaped(one.name)}: {'; '.join(x for x in facts if x)}")
