"""The brief in Markdown: the same content in text form, good to read in a terminal.

Comes in: a `Brief`. Goes out: Markdown, wrapped, with references as ``[n]`` and the list of passages at the
end. Everything from outside is escaped so that no text of a report becomes markup, a link or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.briefing.markdown_parts import (
    cell,
    cited,
    day,
    escaped,
    item,
    quote,
    spoken,
    stance,
    where,
    wrap,
)
from onrecord.briefing.markdown_strength import strength_lines
from onrecord.briefing.pieces import Passage
from onrecord.briefing.text import counted
from onrecord.briefing.view import Brief
from onrecord.briefing.view_answer import Board, Sentence
from onrecord.briefing.view_record import Card, Weighed
from onrecord.briefing.words import SIGNS


def render_markdown(brief: Brief) -> str:
    """The brief as Markdown, ending with one line end."""
    parts = [_head(brief), _bottom_line(brief.bottom_line), _boards(brief), _changes(brief), _disputes(brief)]
    parts += [_conditions(brief), strength_lines(brief.strength), _timeline(brief), _standings(brief.cards)]
    parts += [_facts(brief), _sources(brief), _not_read(brief), _guide(brief), _passages(brief.passages)]
    return "\n\n".join("\n".join(part).strip("\n") for part in map(list, parts) if part).strip() + "\n"


def _head(brief: Brief) -> Iterator[str]:
    yield f"# {escaped(brief.title)}"
    yield ""
    since = f"; changes since {brief.since.text}" if brief.since else ""
    counts = ", ".join(f"{c.number:,} {c.label}" for c in brief.counts)
    yield wrap(f"As of {brief.as_of.text}{since}. {counts}. Made with {escaped(brief.made_with)}.")


def _bottom_line(sentences: Sequence[Sentence]) -> Iterator[str]:
    yield "## Bottom line\n"
    for n, sentence in enumerate(sentences, start=1):
        yield wrap(f"*{sentence.topic}:* {spoken(sentence.text)}", f"{n}. ")


def _boards(brief: Brief) -> Iterator[str]:
    yield "## The board\n"
    yield ", ".join(f"({sign}) {polarity}" for polarity, sign in SIGNS.items())
    if not brief.boards:
        yield "\nNo standing is on record."
    for board in brief.boards:
        yield f"\n### {escaped(board.title)}\n"
        if board.summary:
            yield wrap(spoken(board.summary)) + "\n"
        yield from _table(board)
        nobody = [c.label for c in board.columns if c.nobody]
        if nobody:
            yield "\n" + wrap(f"Nobody for: {', '.join(map(escaped, nobody))}.")
        yield ""
        for row in board.rows:
            yield item(f"**{escaped(row.label)}**")
            for column, cells in zip(board.columns, row.cells, strict=True):
                for held in cells:
                    yield item(f"{escaped(column.label)}: {cell(held)}", 1)
            for other in row.others:
                said = stance(other.cell.polarity, other.cell.stance)
                yield item(
                    cited(f"{escaped(other.holder)} {said}: {escaped(other.task)}", other.cell.refs), 1
                )


def _table(board: Board) -> Iterator[str]:
    """Parties by tasks, the stance alone, with columns of one width."""
    rows = [["Party", *(escaped(c.label) for c in board.columns)]]
    for row in board.rows:
        said = ["; ".join(stance(c.polarity, c.stance) for c in cells) for cells in row.cells]
        rows.append([escaped(row.label), *said])
    widths = [max(3, *(len(r[n]) for r in rows)) for n in range(len(rows[0]))]
    rows.insert(1, ["-" * width for width in widths])
    for row_ in rows:
        yield "| " + " | ".join(x.ljust(width) for x, width in zip(row_, widths, strict=True)) + " |"


def _changes(brief: Brief) -> Iterator[str]:
    changes = brief.changes
    yield "## What changed\n"
    if changes.since is None:
        yield "No day was given to compare with, so nothing can be said to have changed."
        return
    if not changes.items:
        yield f"Nothing on record changed since {changes.since.text}."
    for c in changes.items:
        was = stance(c.before_polarity, c.before) if c.before and c.before_polarity else "not on record"
        before = cited(was, c.before_refs)
        after = cited(stance(c.after_polarity, c.after), c.refs)
        yield item(f"{day(c.date)}, **{escaped(c.undertaking)}**: {before} → {after}")
    if changes.silent:
        others = counted(changes.silent, "other standing")
        yield f"\nNobody has spoken since {changes.since.text} of {others}."


def _disputes(brief: Brief) -> Iterator[str]:
    yield "## What is disputed, and why"
    if not brief.disputes:
        yield "\nNo two reports were found that do not stand side by side."
    for kind in brief.disputes:
        yield f"\n### {kind.label.capitalize()}\n"
        for dispute in kind.items:
            yield item(cited(escaped(dispute.why), dispute.more))
            for p in dispute.passages:
                yield item(cited(f"{stance(p.polarity, p.stance)}: {quote(p)} ({where(p)})", (p.ref,)), 1)


def _conditions(brief: Brief) -> Iterator[str]:
    yield "## Conditions"
    if not brief.conditions:
        yield "\nNo party is on record with a condition."
    for group in brief.conditions:
        by = f"named by {counted(group.parties, 'party', 'parties')}" if group.shared else "each party's own"
        state = f"; {group.state}" if group.state else ""
        yield f"\n### {escaped(group.label)} ({by}{state})\n"
        for n in group.namings:
            hangs = f"{escaped(n.undertaking)}, {stance(n.polarity, n.stance)}"
            state = f"; {n.state}" if n.state and not group.state else ""
            yield item(cited(f"**{escaped(n.party)}**: “{escaped(n.words)}” ({hangs}{state})", n.refs))


def _timeline(brief: Brief) -> Iterator[str]:
    yield "## Timeline\n"
    if not brief.timeline:
        yield "Nothing is dated."
    for told_on in brief.timeline:
        yield item(f"**{told_on.when.text if told_on.when else 'No date known'}**")
        for e in told_on.events:
            said = "said then; " if e.said else ""
            told = f"{escaped(e.undertaking)}: {stance(e.polarity, e.stance)}"
            yield item(cited(f"{told} ({said}published {escaped(e.published)})", e.refs), 1)


def _weighed(label: str, items: Sequence[Weighed]) -> Iterator[str]:
    for w in items:
        why = f": {escaped(w.why)}" if w.why else ""
        weight = f" (weight {w.weight}, rule {escaped(w.rule)})" if w.weight else ""
        yield item(cited(f"{label}{why}{weight}", (w.passage.ref,)), 1)


def _standings(cards: Sequence[Card]) -> Iterator[str]:
    yield "## Each standing, and what it rests on\n"
    if not cards:
        yield "No standing is on record."
    for c in cards:
        yield item(f"**{escaped(c.undertaking)}** ({escaped(c.matter)}): {cell(c.cell)}")
        grade = f"; grade {escaped(c.grade)}, {escaped(c.grade_gloss)}" if c.grade else ""
        yield item(f"stands since {day(c.since)}; {escaped(c.likelihood) or 'likelihood not told'}{grade}", 1)
        if len(c.history) > 1:
            steps = (cited(f"{day(h.date)} {stance(h.polarity, h.stance)}", h.refs) for h in c.history)
            yield item("history: " + " → ".join(steps), 1)
        yield from _weighed("for it", c.supporting)
        yield from _weighed("against it", c.opposing)
        if c.more:
            yield item(cited("further passages", c.more), 1)


def _sources(brief: Brief) -> Iterator[str]:
    yield "## Sources, and which of them share an origin\n"
    if not brief.sources.groups:
        yield "No report was read."
    if brief.sources.repeaters:
        yield wrap(f"Only repeat others here: {', '.join(map(escaped, brief.sources.repeaters))}.") + "\n"
    for group in brief.sources.groups:
        why = f", counted once. {escaped(group.why)}" if group.shared else ""
        yield item(f"**{escaped(group.name)}**: {counted(len(group.lines), 'report')}{why}")
        for line in group.lines:
            grade = f", source grade {escaped(line.grade)}" if line.grade else ""
            note = f" ({escaped(line.note)})" if line.note else ""
            title = escaped(line.report.label)
            yield item(f"{escaped(line.outlet)}, {day(line.published)}: “{title}”{note}{grade}", 1)


def _facts(brief: Brief) -> Iterator[str]:
    if not brief.facts:
        return
    yield "## Background that the reports give"
    for group in brief.facts:
        yield f"\n### {escaped(group.label.capitalize())}\n"
        for x in group.lines:
            whose = f"{escaped(x.whose)}: " if x.whose and x.whose not in x.what else ""
            told = ", ".join(escaped(y) for y in (x.figure, x.period) if y)
            yield item(f"**{whose}{escaped(x.what)}**{f', {told}' if told else ''}")
            yield item(f"“{escaped(x.plain)}” ({escaped(x.outlet)}, {day(x.published)}; {escaped(x.speaker)})", 1)


def _not_read(brief: Brief) -> Iterator[str]:
    yield "## Not read\n"
    if not brief.not_read:
        yield "Everything that was handed in was read."
    for issue in brief.not_read:
        hint = f" Next step: {escaped(issue.hint)}." if issue.hint else ""
        yield item(f"{escaped(issue.where)}: {escaped(issue.message)} ({escaped(issue.code)}).{hint}")


def _guide(brief: Brief) -> Iterator[str]:
    yield "## How to read this"
    for table in brief.guide:
        yield f"\n### {escaped(table.title)}\n"
        for word, gloss, polarity in table.rows:
            sign = stance(polarity, word) if polarity else escaped(word)
            yield item(f"{sign}: {escaped(gloss)}")


def _passages(passages: Sequence[Passage]) -> Iterator[str]:
    yield "## Passages\n"
    if not passages:
        yield "No passage is cited."
    for p in passages:
        yield wrap(
            f"{quote(p)} – {where(p)}. {escaped(p.undertaking)}, {escaped(p.stance)}.",
            f"[{p.ref.number}] ",
            "    ",
        )
        yield ""
