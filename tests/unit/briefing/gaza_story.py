"""A story made by hand for the tests of the brief: a force for Gaza that looks for troops, and a second matter, Haiti.

All outlets are invented and all sentences are ours; nothing here claims to have happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from onrecord.errors import UnknownName
from onrecord.model import (
    ChainLink,
    Condition,
    Conflict,
    DateRange,
    Force,
    Grade,
    HistoryEntry,
    Issue,
    Origin,
    Position,
    Quantity,
    Reason,
    Report,
    Requirement,
    Source,
    Span,
    Standing,
    StandingCondition,
    Statement,
    Story,
    StoryCondition,
    digest,
)

GAZA, HAITI = "isf_gaza", "gsf_haiti"
AS_OF, SINCE = date(2026, 2, 20), date(2026, 1, 15)


# --- a small vocabulary ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FakeLabels:
    stances: dict[str, Any]
    tasks: dict[str, Any]
    condition_kinds: dict[str, Any]
    actors: dict[str, str]

    def label(self, actor_id: str) -> str:
        if actor_id not in self.actors:
            raise UnknownName(f"there is no actor {actor_id!r}", value=actor_id)
        return self.actors[actor_id]


def _words(rows: str) -> dict[str, Any]:
    out = {}
    for row in rows.strip().splitlines():
        name, label, gloss = (x.strip() for x in row.split("|"))
        out[name] = SimpleNamespace(label=label, gloss=gloss)
    return out


def _stances(rows: str) -> dict[str, Any]:
    out = {}
    for row in rows.strip().splitlines():
        name, polarity, label, gloss = (x.strip() for x in row.split("|"))
        out[name] = SimpleNamespace(label=label, polarity=polarity, gloss=gloss)
    return out


LABELS = FakeLabels(
    stances=_stances("""
        deployed | for | deployed | There, or done.
        deploying | for | deploying | Under way.
        agreed | for | agreed | Decided or accepted.
        pledged | for | pledged | Promised in public.
        offered | for | offered | Ready or willing; a decision is still to come.
        requests | for | requests | Asks another to do it.
        supports | for | supports | Backs another's doing it.
        in_talks | leaning | in talks | Discusses its own part.
        interested | leaning | interested | Has shown interest.
        considering | leaning | considering | Weighs it.
        named | open | named by others | Others name it; it has not spoken.
        undecided | open | undecided | No decision taken yet.
        no_comment | open | no comment | Asked, and did not answer.
        refused | against | refused | Will not, or not unless a condition is met.
        denied | against | denied | Calls a report that it would do it false.
        suspended | against | suspended | Has stopped for now.
        withdrawn | against | withdrawn | Takes back what it had promised.
        opposes | against | opposes | Objects to another's doing it.
    """),
    tasks=_words("""
        contribute_troops | contribute troops | Send soldiers.
        contribute_police | contribute police | Send police officers or gendarmes.
        contribute_support | contribute support | Send medical, engineering or transport units.
        disarm | disarm | Take weapons from armed groups, or lay down one's own.
        train_police | train police | Train a local police.
        monitor_ceasefire | monitor the ceasefire | Watch whether the fighting has stopped.
        fund | fund | Give money.
        other | other undertaking | Anything else.
    """),
    condition_kinds=_words("""
        ceasefire | ceasefire | The fighting has stopped.
        mandate | mandate | The Security Council or another body authorises it.
        approval | own approval | The holder's own parliament or government agrees.
        consent | consent | The parties or neighbours agree.
        clarity | clarity | Mission and rules are made clear.
        role_limit | limit to the role | Only some kinds of work.
        location_limit | limit to the place | Only in a stated place.
        command | command | Who leads.
        timing | timing | A date or step that must come first.
        other | other condition | Anything else.
    """),
    actors={
        "IDN": "Indonesia", "PAK": "Pakistan", "AZE": "Azerbaijan", "ITA": "Italy", "TUR": "Türkiye", "EGY": "Egypt",
        "JOR": "Jordan", "KAZ": "Kazakhstan", "MAR": "Morocco", "USA": "United States", "ISR": "Israel",
        "hamas": "Hamas", "KEN": "Kenya", "SLV": "El Salvador", "BGD": "Bangladesh",
        "group:foreign_force": "foreign forces",
    },
)

# --- reports --------------------------------------------------------------------------------------------------------

TEXTS: dict[str, tuple[str, str | None, DateRange | None, str, str]] = {}


def _text(name: str, outlet: str | None, published: DateRange | None, title: str, text: str) -> None:
    TEXTS[name] = (outlet, published, title, "\n\n".join(" ".join(p.split()) for p in text.split("\n\n")))  # type: ignore[assignment]


def _on(year: int, month: int, day: int) -> DateRange:
    return DateRange.on(date(year, month, day))


def _about(first: tuple[int, int, int], last: tuple[int, int, int]) -> DateRange:
    return DateRange(date(*first), date(*last), inferred=True)


_text("r01", "Northgate Wire", _on(2025, 10, 15), "Indonesia offers up to 8,000 for a Gaza force", """
Indonesia stands ready to send up to 8,000 troops to the planned stabilisation force for Gaza if the Security Council
gives it a mandate, Defence Minister Arman Wirya told reporters in Jakarta on Tuesday.

“We will go as peacekeepers, and only with a clear mandate,” Wirya said. The plan drawn up in Washington foresees a
force of about 20,000, without American soldiers: the United States will not put its own troops on the ground, a White
House spokeswoman repeated.

Pakistan is in talks about a contribution of its own, its foreign office said, without giving a number.
""")
_text("r02", "Capitol Brief", _on(2025, 10, 22), "Three names lead the list for Gaza", """
Azerbaijan has put itself forward to supply soldiers for the Gaza force, according to two American defence officials
who spoke on condition that they not be named. Indonesia and Pakistan are the other front-runners from outside the Arab
world, the officials said.

None of the three governments has announced a decision. Baku did not answer a request for comment.
""")
_text("r03", "The Harbour Times", _on(2025, 10, 23), "Baku a candidate for Gaza troops, report says", """
Azerbaijan has offered soldiers for the force that is to hold the peace in Gaza, Capitol Brief reported on Wednesday,
citing American defence officials.

It would be the first Muslim state outside the Arab world to do so. The paper could not reach anybody in Baku.
""")
_text("r04", "Channel Nine Online", _on(2025, 10, 24), "Azerbaijan seen sending soldiers to Gaza", """
Azerbaijan has offered soldiers for the force that is to hold the peace in Gaza, according to a report in The Harbour
Times, which in turn points to Capitol Brief.
""")
_text("r05", "Caspian Ledger", _on(2025, 11, 7), "No Azerbaijani troops while Gaza burns", """
Azerbaijan will not send peacekeepers to Gaza unless the fighting there stops completely, presidential adviser Rashid
Mammadli said on Thursday.

“We do not intend to put our soldiers in the middle of somebody else's war,” he told this newspaper. Nor will
Azerbaijan take weapons from Hamas: “Disarming anyone is not a task for our army,” Mammadli said. Israel and the United
States have been told so in writing.
""")
_text("r06", "Levant Monitor", _on(2025, 11, 10), "Neighbours weigh their part", """
Jordan will not send troops into Gaza, King's Court Minister Samir Haddad said on Sunday; the country is “too close to
it, and too bound up with it”. Amman is training Palestinian police already, and the first 300 recruits are on its
ranges.

Egypt is considering a contingent, a senior official in Cairo said, but only under a United Nations mandate and once
the ceasefire has held for a month.

Hamas rejects any foreign force that would take its weapons, its spokesman Khaled Nazzal said, and will not lay them
down “as long as one soldier of the occupation stands on our land”.
""")
_text("r07", "Northgate Wire", _on(2025, 11, 19), "Council adopts mandate; Ankara offers a brigade, Israel objects", """
Türkiye is willing to contribute a brigade of 2,000 soldiers to the force, Defence Minister Yusuf Aksoy said on Tuesday
hours after the Security Council adopted its mandate.

Israel will not accept Turkish soldiers in Gaza, the prime minister's office answered. “Not one, in no role,” an Israeli
official said.

Italy would send 250 carabinieri to train Palestinian police, Foreign Minister Carla Benassi told parliament, and is
weighing a small contingent of troops provided that they take no part in combat. Rome will not disarm anybody, she
added.
""")
_text("r08", "Jakarta Dispatch", _on(2025, 12, 2), "20,000 Indonesian soldiers for Gaza", """
Indonesia is to send 20,000 soldiers to Gaza, a member of parliament said on Monday, quoting what he called the plan on
the table.

The chief of the armed forces said two battalions were being readied and that parliament would have to approve any
deployment.
""")
_text("r09", "The Sinai Notebook", _about((2025, 12, 8), (2025, 12, 14)), "Who will go to Gaza? My list", """
Let me count once more. Azerbaijan has volunteered soldiers, as everybody knows since the American papers wrote it.
Indonesia too. The Arabs keep their hands in their pockets.

I have asked around in Cairo: nobody there wants to fight anybody.
""")
_text("r10", "Anatolia Courier", _on(2026, 1, 9), "Ankara keeps its offer on the table", """
Türkiye remains ready to send 2,000 soldiers to Gaza, a foreign ministry source said on Friday, “whatever others may
say”.

Washington has asked Ankara for field engineers instead, according to the same source.
""")
_text("r11", "Channel Nine Online", _on(2026, 1, 20), "Kazakhstan to send 500 soldiers, Morocco pledges police", """
Kazakhstan has agreed to send 500 soldiers to the Gaza force, a Western diplomat told Channel Nine on Tuesday.

Morocco will send 400 gendarmes and a field hospital by April, Foreign Minister Younes Tazi announced in Rabat.
""")
_text("r12", "Steppe News", _on(2026, 1, 21), "Astana: no decision, and no soldiers promised", """
Reports that Kazakhstan has promised soldiers for Gaza are untrue, Foreign Ministry spokesman Daniyar Omarov said on
Wednesday. “No such decision has been taken and none is being prepared,” he said.
""")
_text("r13", "Northgate Wire", _on(2026, 2, 4), "Pakistan says no", """
Pakistan will not send troops to Gaza under the present terms, Foreign Minister Bilal Qureshi said on Tuesday, after
three months of talks. Islamabad had wanted it in writing that its soldiers would not be used to disarm Hamas until a
full ceasefire is in place; that assurance has not come.

In November the same minister had called a contribution “a matter of honour” and offered a brigade.

Qatar and the United States are to share the first year's cost, a United States official said; Washington has set aside
$300 million.
""")
_text("r14", "Maghreb Observer", _on(2026, 1, 22), "Jordan to send gendarmes", """
Jordan will send 400 gendarmes and a field hospital to Gaza by April, the foreign minister announced, in remarks that
were made in Rabat.
""")
_text("r15", "Caribbean Sentinel", _on(2026, 2, 12), "Haiti force waits for money and men", """
Kenya has 700 police officers in Haiti and will bring them home in June unless the new force is paid for, its interior
minister, Grace Muthoni, said on Wednesday.

El Salvador is ready to send 80 medics. Bangladesh has pledged 1,500 police officers to the gang suppression force, its
mission in New York confirmed.

The United States will pay for equipment, but will not send soldiers of its own to Haiti, a State Department official
said.
""")
_text("r16", None, None, "Notes from a seminar", """
A speaker from Egypt said his country had not decided anything and would not be rushed by anyone.
""")

REPORTS = [
    Report(
        id=name,
        text=text,
        sha256=digest(text),
        outlet=outlet,
        title=title,
        published=published,
        url=f"https://example.org/{name}" if outlet else None,
        same_text_as=None,
        upstream={"r03": ("Capitol Brief",), "r04": ("The Harbour Times", "Capitol Brief")}.get(name, ()),
    )
    for name, (outlet, published, title, text) in TEXTS.items()  # type: ignore[misc]
]
_BY_ID = {r.id: r for r in REPORTS}


def span(report: str, words: str) -> Span:
    text = _BY_ID[report].text
    words = " ".join(words.split())
    at = text.index(words)
    return Span(at, at + len(words), words)


# --- statements and positions ---------------------------------------------------------------------------------------

STATEMENTS: list[Statement] = []
POSITIONS: list[Position] = []


def _statement(
    name: str, report: str, source: str, kind: Any, entity: str | None, cue: str, content: str, who: str
) -> None:
    STATEMENTS.append(
        Statement(
            id=name,
            report=report,
            source=Source(span(report, source), kind, entity, who),
            cue=span(report, cue),
            content=(span(report, content),),
            chain=(ChainLink(who, kind, entity), ChainLink(_BY_ID[report].outlet or "", "outlet")),
            form="indirect",
        )
    )


def _position(
    name: str,
    holder: str,
    task: str,
    stance: str,
    evidence: str,
    cue: str,
    *,
    on: str | None = None,
    conditions: tuple[tuple[str, str], ...] = (),
    quantity: tuple[float | None, float | None, str, str] | None = None,
    chain: tuple[tuple[str, Any, str | None], ...] = (),
    own: bool = False,
    said: DateRange | None = None,
    matter: str = GAZA,
    confidence: float = 0.88,
    statement: str | None = None,
) -> None:
    report = name.split("-")[0]
    outlet = _BY_ID[report].outlet or "outlet not stated"
    POSITIONS.append(
        Position(
            id=name,
            report=report,
            holder=holder,
            performer=on or holder,
            task=task,
            stance=stance,
            evidence=span(report, evidence),
            cue=span(report, cue),
            matter=matter,
            conditions=tuple(Condition(kind, span(report, words)) for kind, words in conditions),
            quantity=Quantity(*quantity[:3], span(report, quantity[3])) if quantity else None,
            chain=(*(ChainLink(*x) for x in chain), ChainLink(outlet, "outlet")),
            self_declared=own,
            said_on=said,
            confidence=confidence,
            statement=statement,
            extractor="by hand",
        )
    )


_statement(
    "s1", "r01", "Defence Minister Arman Wirya", "named_person", "IDN", "told reporters",
    "Indonesia stands ready to send up to 8,000 troops to the planned stabilisation force for Gaza if the Security "
    "Council gives it a mandate", "Arman Wirya",
)
_statement(
    "s2", "r02", "two American defence officials who spoke on condition that they not be named", "anonymous", "USA",
    "according to", "Azerbaijan has put itself forward to supply soldiers for the Gaza force",
    "American defence officials",
)
_statement(
    "s3", "r05", "presidential adviser Rashid Mammadli", "named_person", "AZE", "said on Thursday",
    "Azerbaijan will not send peacekeepers to Gaza unless the fighting there stops completely", "Rashid Mammadli",
)
_statement(
    "s4", "r12", "Foreign Ministry spokesman Daniyar Omarov", "named_person", "KAZ", "said on Wednesday",
    "Reports that Kazakhstan has promised soldiers for Gaza are untrue", "Daniyar Omarov",
)

E1 = (
    "Indonesia stands ready to send up to 8,000 troops to the planned stabilisation force for Gaza if the Security "
    "Council gives it a mandate, Defence Minister Arman Wirya told reporters in Jakarta on Tuesday."
)
_position(
    "r01-1", "IDN", "contribute_troops", "offered", E1, "stands ready to send",
    conditions=(("mandate", "if the Security Council gives it a mandate"),),
    quantity=(None, 8000, "troops", "up to 8,000 troops"), chain=(("Arman Wirya", "named_person", "IDN"),), own=True,
    said=_on(2025, 10, 14), confidence=0.96, statement="s1",
)
_position(
    "r01-2", "USA", "contribute_troops", "refused",
    "the United States will not put its own troops on the ground, a White House spokeswoman repeated.", "will not put",
    chain=(("a White House spokeswoman", "office", "USA"),), own=True, said=_about((2025, 10, 13), (2025, 10, 15)),
)
_position(
    "r01-3", "PAK", "contribute_troops", "in_talks",
    "Pakistan is in talks about a contribution of its own, its foreign office said, without giving a number.",
    "is in talks", chain=(("foreign office", "office", "PAK"),), own=True,
)
E2 = (
    "Azerbaijan has put itself forward to supply soldiers for the Gaza force, according to two American defence "
    "officials who spoke on condition that they not be named."
)
_position(
    "r02-1", "AZE", "contribute_troops", "offered", E2, "has put itself forward",
    chain=(("American defence officials", "anonymous", "USA"),), confidence=0.71, statement="s2",
)
E2B = "Indonesia and Pakistan are the other front-runners from outside the Arab world, the officials said."
_position("r02-2", "IDN", "contribute_troops", "named", E2B, "front-runners",
          chain=(("American defence officials", "anonymous", "USA"),))
_position("r02-3", "PAK", "contribute_troops", "named", E2B, "front-runners",
          chain=(("American defence officials", "anonymous", "USA"),))
_position("r02-4", "AZE", "contribute_troops", "no_comment", "Baku did not answer a request for comment.",
          "did not answer", said=_on(2025, 10, 22))
_position(
    "r03-1", "AZE", "contribute_troops", "offered",
    "Azerbaijan has offered soldiers for the force that is to hold the peace in Gaza, Capitol Brief reported on "
    "Wednesday, citing American defence officials.", "has offered",
    chain=(("American defence officials", "anonymous", "USA"), ("Capitol Brief", "outlet", None)), confidence=0.66,
)
_position(
    "r04-1", "AZE", "contribute_troops", "offered",
    "Azerbaijan has offered soldiers for the force that is to hold the peace in Gaza, according to a report in The "
    "Harbour Times, which in turn points to Capitol Brief.", "has offered",
    chain=(("Capitol Brief", "outlet", None), ("The Harbour Times", "outlet", None)), confidence=0.6,
)
_position(
    "r05-1", "AZE", "contribute_troops", "refused",
    "Azerbaijan will not send peacekeepers to Gaza unless the fighting there stops completely, presidential adviser "
    "Rashid Mammadli said on Thursday.", "will not send",
    conditions=(("ceasefire", "unless the fighting there stops completely"),),
    chain=(("Rashid Mammadli", "named_person", "AZE"),), own=True, said=_on(2025, 11, 6), confidence=0.97,
    statement="s3",
)
_position(
    "r05-2", "AZE", "disarm", "refused",
    "Nor will Azerbaijan take weapons from Hamas: “Disarming anyone is not a task for our army,” Mammadli said.",
    "Nor will", chain=(("Rashid Mammadli", "named_person", "AZE"),), own=True, said=_on(2025, 11, 6),
)
_position(
    "r06-1", "JOR", "contribute_troops", "refused",
    "Jordan will not send troops into Gaza, King's Court Minister Samir Haddad said on Sunday; the country is “too "
    "close to it, and too bound up with it”.", "will not send",
    chain=(("Samir Haddad", "named_person", "JOR"),), own=True, said=_on(2025, 11, 9),
)
_position(
    "r06-2", "JOR", "train_police", "deployed",
    "Amman is training Palestinian police already, and the first 300 recruits are on its ranges.",
    "is training", said=_on(2025, 11, 10),
)
_position(
    "r06-3", "EGY", "contribute_troops", "considering",
    "Egypt is considering a contingent, a senior official in Cairo said, but only under a United Nations mandate and "
    "once the ceasefire has held for a month.", "is considering",
    conditions=(("mandate", "only under a United Nations mandate"),
                ("ceasefire", "once the ceasefire has held for a month")),
    chain=(("a senior official in Cairo", "anonymous", "EGY"),), own=True,
)
E6H = (
    "Hamas rejects any foreign force that would take its weapons, its spokesman Khaled Nazzal said, and will not lay "
    "them down “as long as one soldier of the occupation stands on our land”."
)
_position("r06-4", "hamas", "disarm", "opposes", E6H, "rejects", on="group:foreign_force",
          chain=(("Khaled Nazzal", "named_person", "hamas"),), own=True)
_position(
    "r06-5", "hamas", "disarm", "refused", E6H, "will not lay them down",
    conditions=(("other", "as long as one soldier of the occupation stands on our land"),),
    chain=(("Khaled Nazzal", "named_person", "hamas"),), own=True,
)
_position(
    "r07-1", "TUR", "contribute_troops", "offered",
    "Türkiye is willing to contribute a brigade of 2,000 soldiers to the force, Defence Minister Yusuf Aksoy said on "
    "Tuesday hours after the Security Council adopted its mandate.", "is willing to contribute",
    quantity=(2000, 2000, "troops", "2,000 soldiers"), chain=(("Yusuf Aksoy", "named_person", "TUR"),), own=True,
    said=_on(2025, 11, 18),
)
_position(
    "r07-2", "ISR", "contribute_troops", "opposes",
    "Israel will not accept Turkish soldiers in Gaza, the prime minister's office answered.", "will not accept",
    on="TUR", chain=(("the prime minister's office", "office", "ISR"),), own=True, said=_on(2025, 11, 18),
)
E7I = (
    "Italy would send 250 carabinieri to train Palestinian police, Foreign Minister Carla Benassi told parliament, and "
    "is weighing a small contingent of troops provided that they take no part in combat."
)
_position(
    "r07-3", "ITA", "train_police", "offered", E7I, "would send", quantity=(250, 250, "officers", "250 carabinieri"),
    chain=(("Carla Benassi", "named_person", "ITA"),), own=True, said=_on(2025, 11, 19),
)
_position(
    "r07-4", "ITA", "contribute_troops", "considering", E7I, "is weighing",
    conditions=(("role_limit", "provided that they take no part in combat"),),
    chain=(("Carla Benassi", "named_person", "ITA"),), own=True, said=_on(2025, 11, 19),
)
_position("r07-5", "ITA", "disarm", "refused", "Rome will not disarm anybody, she added.", "will not disarm",
          chain=(("Carla Benassi", "named_person", "ITA"),), own=True, said=_on(2025, 11, 19))
_position(
    "r08-1", "IDN", "contribute_troops", "agreed",
    "Indonesia is to send 20,000 soldiers to Gaza, a member of parliament said on Monday, quoting what he called the "
    "plan on the table.", "is to send", quantity=(20000, 20000, "troops", "20,000 soldiers"),
    chain=(("a member of parliament", "anonymous", None),), said=_on(2025, 12, 1), confidence=0.55,
)
_position(
    "r08-2", "IDN", "contribute_troops", "offered",
    "The chief of the armed forces said two battalions were being readied and that parliament would have to approve "
    "any deployment.", "were being readied",
    conditions=(("approval", "parliament would have to approve any deployment"),),
    chain=(("the chief of the armed forces", "office", "IDN"),), own=True, said=_on(2025, 12, 2),
)
_position(
    "r09-1", "AZE", "contribute_troops", "offered",
    "Azerbaijan has volunteered soldiers, as everybody knows since the American papers wrote it.", "has volunteered",
    chain=(("the American papers", "outlet", None),), confidence=0.6,
)
_position(
    "r10-1", "TUR", "contribute_troops", "offered",
    "Türkiye remains ready to send 2,000 soldiers to Gaza, a foreign ministry source said on Friday, “whatever others "
    "may say”.", "remains ready to send", quantity=(2000, 2000, "troops", "2,000 soldiers"),
    chain=(("a foreign ministry source", "anonymous", "TUR"),), own=True, said=_on(2026, 1, 9),
)
_position(
    "r10-2", "USA", "contribute_support", "requests",
    "Washington has asked Ankara for field engineers instead, according to the same source.", "has asked", on="TUR",
    chain=(("a foreign ministry source", "anonymous", "TUR"),),
)
_position(
    "r11-1", "KAZ", "contribute_troops", "agreed",
    "Kazakhstan has agreed to send 500 soldiers to the Gaza force, a Western diplomat told Channel Nine on Tuesday.",
    "has agreed", quantity=(500, 500, "troops", "500 soldiers"),
    chain=(("a Western diplomat", "anonymous", None),), said=_on(2026, 1, 20), confidence=0.7,
)
E11 = "Morocco will send 400 gendarmes and a field hospital by April, Foreign Minister Younes Tazi announced in Rabat."
_position(
    "r11-2", "MAR", "contribute_police", "pledged", E11, "will send",
    quantity=(400, 400, "officers", "400 gendarmes"), chain=(("Younes Tazi", "named_person", "MAR"),), own=True,
    said=_on(2026, 1, 20),
)
_position("r11-3", "MAR", "contribute_support", "pledged", E11, "will send",
          chain=(("Younes Tazi", "named_person", "MAR"),), own=True, said=_on(2026, 1, 20))
_position(
    "r12-1", "KAZ", "contribute_troops", "denied",
    "Reports that Kazakhstan has promised soldiers for Gaza are untrue, Foreign Ministry spokesman Daniyar Omarov said "
    "on Wednesday.", "are untrue", chain=(("Daniyar Omarov", "named_person", "KAZ"),), own=True,
    said=_on(2026, 1, 21), confidence=0.95, statement="s4",
)
_position(
    "r13-1", "PAK", "contribute_troops", "refused",
    "Pakistan will not send troops to Gaza under the present terms, Foreign Minister Bilal Qureshi said on Tuesday, "
    "after three months of talks.", "will not send",
    conditions=(("ceasefire", "until a full ceasefire is in place"),),
    chain=(("Bilal Qureshi", "named_person", "PAK"),), own=True, said=_on(2026, 2, 3), confidence=0.97,
)
_position(
    "r13-2", "PAK", "contribute_troops", "offered",
    "In November the same minister had called a contribution “a matter of honour” and offered a brigade.", "offered",
    chain=(("Bilal Qureshi", "named_person", "PAK"),), said=DateRange(date(2025, 11, 1), date(2025, 11, 30)),
)
_position(
    "r13-3", "USA", "fund", "pledged",
    "Qatar and the United States are to share the first year's cost, a United States official said; Washington has "
    "set aside $300 million.", "has set aside",
    quantity=(300_000_000, 300_000_000, "USD", "$300 million"), chain=(("a United States official", "office", "USA"),),
    own=True, said=_on(2026, 2, 3),
)
_position(
    "r14-1", "JOR", "contribute_police", "pledged",
    "Jordan will send 400 gendarmes and a field hospital to Gaza by April, the foreign minister announced, in remarks "
    "that were made in Rabat.", "will send", quantity=(400, 400, "officers", "400 gendarmes"),
    chain=(("the foreign minister", "office", None),), confidence=0.5,
)
E15 = (
    "Kenya has 700 police officers in Haiti and will bring them home in June unless the new force is paid for, its "
    "interior minister, Grace Muthoni, said on Wednesday."
)
_position("r15-1", "KEN", "contribute_police", "deployed", E15, "has 700 police officers in Haiti", matter=HAITI,
          quantity=(700, 700, "officers", "700 police officers"),
          conditions=(("other", "unless the new force is paid for"),),
          chain=(("Grace Muthoni", "named_person", "KEN"),), own=True, said=_on(2026, 2, 11))
_position("r15-2", "SLV", "contribute_support", "offered", "El Salvador is ready to send 80 medics.", "is ready to send",
          quantity=(80, 80, "medics", "80 medics"), matter=HAITI)
_position(
    "r15-3", "BGD", "contribute_police", "pledged",
    "Bangladesh has pledged 1,500 police officers to the gang suppression force, its mission in New York confirmed.",
    "has pledged", quantity=(1500, 1500, "officers", "1,500 police officers"), matter=HAITI,
    chain=(("its mission in New York", "office", "BGD"),), own=True,
)
E15U = (
    "The United States will pay for equipment, but will not send soldiers of its own to Haiti, a State Department "
    "official said."
)
_position("r15-4", "USA", "fund", "pledged", E15U, "will pay for", matter=HAITI, own=True,
          chain=(("a State Department official", "office", "USA"),))
_position("r15-5", "USA", "contribute_troops", "refused", E15U, "will not send", matter=HAITI, own=True,
          chain=(("a State Department official", "office", "USA"),))
_position(
    "r16-1", "EGY", "contribute_troops", "undecided",
    "A speaker from Egypt said his country had not decided anything and would not be rushed by anyone.",
    "had not decided anything", chain=(("a speaker from Egypt", "anonymous", "EGY"),), confidence=0.6,
)
_P = {p.id: p for p in POSITIONS}

# --- what reconciliation would make of it ---------------------------------------------------------------------------

STANDINGS: list[Standing] = []


def _standing(
    holder: str,
    task: str,
    stance: str,
    history: tuple[tuple[DateRange | None, str, tuple[str, ...]], ...],
    *,
    on: str | None = None,
    opposing: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...] = (),
    figure: tuple[float | None, float | None, str | None] = (None, None, None),
    state: Any = "settled",
    probability: float | None = 0.87,
    likelihood: str | None = "very likely",
    grade: Grade | None = None,
    origins: int = 1,
    last: DateRange | None = None,
    matter: str = GAZA,
    why: dict[str, tuple[float, str, str]] | None = None,
) -> None:
    supporting = tuple(x for _, s, ids in history if s == stance for x in ids) + also
    reasons = why or {}
    STANDINGS.append(
        Standing(
            holder=holder,
            performer=on or holder,
            task=task,
            matter=matter,
            as_of=AS_OF,
            stance=stance,
            polarity=LABELS.stances[stance].polarity,
            probability=probability,
            state=state,
            conditions=tuple(StandingCondition(*x) for x in conditions),
            low=figure[0],
            high=figure[1],
            unit=figure[2],
            since=next((day for day, s, _ in reversed(history) if s == stance), None),
            last=last or history[-1][0],
            independent_sources=origins,
            grade=grade or Grade("B", 2),
            likelihood=likelihood,
            supporting=supporting,
            opposing=opposing,
            history=tuple(HistoryEntry(*x) for x in history),
            reasons=tuple(
                Reason(
                    x,
                    *reasons.get(
                        x,
                        (1.0, "own-word", "The party's own speaker says it.")
                        if _P[x].self_declared
                        else (0.5, "told-by-others", "Others say it of the party."),
                    ),
                )
                for x in (*supporting, *opposing)
            ),
        )
    )


_standing(
    "IDN", "contribute_troops", "offered",
    ((_on(2025, 10, 14), "offered", ("r01-1", "r08-2")),), opposing=("r08-1", "r02-2"),
    conditions=(("mandate", "if the Security Council gives it a mandate", ("r01-1",)),
                ("approval", "parliament would have to approve any deployment", ("r08-2",))),
    figure=(None, 8000, "troops"), origins=3, last=_on(2025, 12, 2), grade=Grade("B", 1), probability=0.91,
    why={"r08-1": (0.2, "figure-of-the-force", "The number is the whole force's, given to one state.")},
)
_standing(
    "PAK", "contribute_troops", "refused",
    ((_on(2025, 10, 15), "in_talks", ("r01-3", "r02-3")),
     (DateRange(date(2025, 11, 1), date(2025, 11, 30)), "offered", ("r13-2",)),
     (_on(2026, 2, 3), "refused", ("r13-1",))),
    opposing=("r13-2", "r01-3"), conditions=(("ceasefire", "until a full ceasefire is in place", ("r13-1",)),),
    origins=1, grade=Grade("A", 2), probability=0.94,
    why={"r13-2": (0.1, "superseded", "The same minister takes it back later."),
         "r01-3": (0.1, "superseded", "Talks that ended with a refusal.")},
)
_standing(
    "AZE", "contribute_troops", "refused",
    ((_on(2025, 10, 22), "offered", ("r02-1", "r03-1", "r04-1")), (_on(2025, 11, 6), "refused", ("r05-1",))),
    opposing=("r02-1", "r03-1", "r04-1", "r09-1"),
    conditions=(("ceasefire", "unless the fighting there stops completely", ("r05-1",)),), grade=Grade("B", 2),
    why={"r02-1": (0.15, "superseded", "Unnamed officials of another state; a later word of its own says otherwise."),
         "r03-1": (0.0, "same-origin", "Rests on Capitol Brief, which is counted once."),
         "r04-1": (0.0, "same-origin", "Rests on Capitol Brief, which is counted once."),
         "r09-1": (0.0, "overtaken", "Repeats October's report after November's refusal.")},
)
_standing("AZE", "disarm", "refused", ((_on(2025, 11, 6), "refused", ("r05-2",)),), state="stale", probability=0.74,
          likelihood="likely")
_standing("JOR", "contribute_troops", "refused", ((_on(2025, 11, 9), "refused", ("r06-1",)),))
_standing("JOR", "train_police", "deployed", ((_on(2025, 11, 10), "deployed", ("r06-2",)),), grade=Grade("C", 3))
_standing("JOR", "contribute_police", "pledged", ((_on(2026, 1, 22), "pledged", ("r14-1",)),), state="contested",
          probability=0.12, likelihood="very unlikely", grade=Grade("E", 5), figure=(400, 400, "officers"))
_standing(
    "EGY", "contribute_troops", "considering",
    ((_on(2025, 11, 10), "considering", ("r06-3",)), (None, "undecided", ("r16-1",))), opposing=("r16-1",),
    last=_on(2025, 11, 10), state="stale", probability=0.58, likelihood="likely", grade=Grade("C", 3),
    conditions=(("mandate", "only under a United Nations mandate", ("r06-3",)),
                ("ceasefire", "once the ceasefire has held for a month", ("r06-3",))), origins=2,
)
_standing(
    "ITA", "contribute_troops", "considering", ((_on(2025, 11, 19), "considering", ("r07-4",)),),
    conditions=(("role_limit", "provided that they take no part in combat", ("r07-4",)),),
)
_standing("ITA", "train_police", "offered", ((_on(2025, 11, 19), "offered", ("r07-3",)),), figure=(250, 250, "officers"))
_standing("ITA", "disarm", "refused", ((_on(2025, 11, 19), "refused", ("r07-5",)),))
_standing(
    "TUR", "contribute_troops", "offered", ((_on(2025, 11, 18), "offered", ("r07-1", "r10-1")),),
    figure=(2000, 2000, "troops"), origins=2, last=_on(2026, 1, 9), grade=Grade("B", 1), probability=0.93,
)
_standing("ISR", "contribute_troops", "opposes", ((_on(2025, 11, 18), "opposes", ("r07-2",)),), on="TUR")
_standing("USA", "contribute_support", "requests", ((_on(2026, 1, 9), "requests", ("r10-2",)),), on="TUR",
          probability=0.6, likelihood="likely")
_standing(
    "KAZ", "contribute_troops", "denied",
    ((_on(2026, 1, 20), "agreed", ("r11-1",)), (_on(2026, 1, 21), "denied", ("r12-1",))), opposing=("r11-1",),
    state="contested", probability=0.72, likelihood="likely", origins=1,
    why={"r11-1": (0.4, "told-by-others", "An unnamed diplomat of another state, the day before.")},
)
_standing("MAR", "contribute_police", "pledged", ((_on(2026, 1, 20), "pledged", ("r11-2",)),), figure=(400, 400, "officers"))
_standing("MAR", "contribute_support", "pledged", ((_on(2026, 1, 20), "pledged", ("r11-3",)),))
_standing("USA", "contribute_troops", "refused",
          ((_about((2025, 10, 13), (2025, 10, 15)), "refused", ("r01-2",)),), probability=0.97,
          likelihood="almost certain")
_standing("USA", "fund", "pledged", ((_on(2026, 2, 3), "pledged", ("r13-3",)),), figure=(3e8, 3e8, "USD"))
_standing("hamas", "disarm", "refused", ((_on(2025, 11, 10), "refused", ("r06-5",)),),
          conditions=(("other", "as long as one soldier of the occupation stands on our land", ("r06-5",)),))
_standing("hamas", "disarm", "opposes", ((_on(2025, 11, 10), "opposes", ("r06-4",)),), on="group:foreign_force")
_standing("KEN", "contribute_police", "deployed", ((_on(2026, 2, 11), "deployed", ("r15-1",)),), matter=HAITI,
          figure=(700, 700, "officers"),
          conditions=(("other", "unless the new force is paid for", ("r15-1",)),))
_standing("SLV", "contribute_support", "offered", ((_on(2026, 2, 12), "offered", ("r15-2",)),), matter=HAITI,
          figure=(80, 80, "medics"), grade=Grade("C", 3))
_standing("BGD", "contribute_police", "pledged", ((_on(2026, 2, 12), "pledged", ("r15-3",)),), matter=HAITI,
          figure=(1500, 1500, "officers"))
_standing("USA", "fund", "pledged", ((_on(2026, 2, 12), "pledged", ("r15-4",)),), matter=HAITI)
_standing("USA", "contribute_troops", "refused", ((_on(2026, 2, 12), "refused", ("r15-5",)),), matter=HAITI)

CONFLICTS = [
    Conflict("c1", "contradiction", ("r11-1", "r12-1"), ("r11", "r12"),
             "An unnamed diplomat says Kazakhstan has agreed to send 500 soldiers; its foreign ministry calls that untrue "
             "a day later.", "KAZ", "KAZ", "contribute_troops", GAZA),
    Conflict("c2", "attribution", ("r11-2", "r14-1"), ("r11", "r14"),
             "Maghreb Observer gives Jordan a pledge that was made in Rabat and that Channel Nine Online gives to Morocco.",
             "JOR", "JOR", "contribute_police", GAZA),
    Conflict("c3", "figure", ("r01-1", "r08-1"), ("r01", "r08"),
             "Jakarta Dispatch gives Indonesia 20,000, which is the size of the whole force; Indonesia itself has said up "
             "to 8,000.", "IDN", "IDN", "contribute_troops", GAZA),
    Conflict("c4", "reversal", ("r13-2", "r13-1"), ("r13",),
             "Pakistan went from offering a brigade in November to refusing on 3 February, because no assurance on "
             "disarming had come.", "PAK", "PAK", "contribute_troops", GAZA),
    Conflict("c5", "overtaken", ("r05-1", "r09-1"), ("r05", "r09"),
             "The Sinai Notebook repeats in December what October's reports said of Azerbaijan, after its refusal of 6 "
             "November.", "AZE", "AZE", "contribute_troops", GAZA),
    Conflict("c6", "circular", ("r02-1", "r03-1", "r04-1"), ("r02", "r03", "r04"),
             "Three reports of an Azerbaijani offer rest on Capitol Brief's two unnamed officials.", "AZE", "AZE",
             "contribute_troops", GAZA),
]

ORIGINS = [
    Origin("o1", "Capitol Brief", ("r02", "r03", "r04", "r09"), "All go back to Capitol Brief's unnamed officials."),
    Origin("o2", "Remarks in Rabat", ("r11", "r14"), "Both report the same remarks of one foreign minister."),
    *(Origin(f"o-{r.id}", r.outlet or r.id, (r.id,), "Its own reporting.")
      for r in REPORTS if r.id not in {"r02", "r03", "r04", "r09", "r11", "r14"}),
]

ISSUES = [
    Issue("report-empty", "inbox/blank.html", "there is no text in it", "check the download"),
    Issue("report-unreadable", "inbox/page-17.html", "the file ends in the middle of a tag", "fetch it again"),
]

STORY = Story(
    id="gaza", matter=GAZA, title="A force for Gaza: who would come",
    names=("International Stabilisation Force", "ISF"),
    undertakings={
        "contribute_troops": "Troops", "contribute_police": "Police", "contribute_support": "Support",
        "train_police": "Train police", "disarm": "Disarm", "monitor_ceasefire": "Monitor ceasefire", "fund": "Fund",
    },
    conditions=(
        StoryCondition("complete_ceasefire", "ceasefire", "Complete ceasefire",
                       ("stops completely", "full ceasefire", "ceasefire has held")),
    ),
    scenarios={"as things stand": {"complete_ceasefire": 0.2}},
    force=Force(Requirement(20000, 20000, "the plan drawn up in Washington")),
    outlets={"Northgate Wire": "B", "Capitol Brief": "B", "The Sinai Notebook": "E"},
)

FORCE = {
    "required": {"low": 20000, "high": 20000, "source": "the plan drawn up in Washington"},
    "scenarios": [
        {"name": "as things stand", "low": 1200, "expected": 4600, "high": 8900, "chance": 0.004},
        {"name": "complete ceasefire", "low": 3900, "expected": 8800, "high": 14200, "chance": 0.03},
        {"name": "ceasefire and Israeli consent", "low": 5100, "expected": 10400, "high": 15800, "chance": 0.06},
    ],
    "coverage": [
        {"task": "contribute_troops", "for": ["IDN", "TUR"], "against": ["AZE", "JOR", "PAK", "USA"], "nobody": False},
        {"task": "train_police", "for": ["JOR", "ITA"], "against": [], "nobody": False},
        {"task": "disarm", "for": [], "against": ["AZE", "ITA", "hamas"], "nobody": True},
        {"task": "monitor_ceasefire", "for": [], "against": [], "nobody": True},
    ],
    "unlock": [
        {"conditions": ["complete_ceasefire"], "gain": 4200, "chance": 0.03},
        {"conditions": ["complete_ceasefire", "consent"], "gain": 5800, "chance": 0.06,
         "note": "Türkiye's brigade depends on Israel's consent"},
        {"conditions": ["approval"], "gain": 900, "chance": 0.01},
    ],
    "lines": [
        "As things stand 4,600 are expected, and the chance of meeting the requirement is under 1%.",
        "Nobody is on record to disarm, which the force was made for.",
        "A complete ceasefire unlocks most: 4,200 more.",
    ],
}

STORY_ARGUMENTS: dict[str, Any] = {
    "title": "", "as_of": AS_OF, "since": SINCE, "story": STORY, "reports": REPORTS, "statements": STATEMENTS,
    "positions": POSITIONS, "standings": STANDINGS, "conflicts": CONFLICTS, "origins": ORIGINS, "issues": ISSUES,
    "labels": LABELS,
    "matters": {GAZA: "International Stabilisation Force for Gaza", HAITI: "Gang Suppression Force for Haiti"},
    "force": FORCE, "made_with": "onrecord 0.1.0, positions noted by hand",
}
EMPTY_ARGUMENTS: dict[str, Any] = {
    **STORY_ARGUMENTS, "title": "An empty folder", "since": None, "story": None, "reports": [], "statements": [],
    "positions": [], "standings": [], "conflicts": [], "origins": [], "issues": [], "matters": {}, "force": None,
}
