"""Report -> statements and positions: the room's front door.

In: a :class:`Report`. Out: :class:`Extraction`. The vocabulary, the parser and the attribution model come
in as arguments, so that what is found is a pure function of them and of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.extraction.conditions import assign
from onrecord.extraction.confidence import with_confidence
from onrecord.extraction.coreference import resolve
from onrecord.extraction.datelines import without_datelines
from onrecord.extraction.deeds import find_deeds
from onrecord.extraction.discovered import discovered
from onrecord.extraction.dismissed import dismissed
from onrecord.extraction.facts import facts_of, without_background
from onrecord.extraction.figures import with_figures
from onrecord.extraction.joining import LEARNED, CueFinder, joined
from onrecord.extraction.loose import loose_claims
from onrecord.extraction.matters import Matters
from onrecord.extraction.mended import mend
from onrecord.extraction.mentions import Gazetteer, Mention
from onrecord.extraction.opposing import toward_government, with_government
from onrecord.extraction.oppositions import opposition_of, with_oppositions
from onrecord.extraction.own_tasks import with_own, with_shares, wordings
from onrecord.extraction.parsing import Parser
from onrecord.extraction.people import by_office, introduced
from onrecord.extraction.positions import Draft, Setting, drafts_of_claims, positions_of
from onrecord.extraction.scene import Scene, lay_out
from onrecord.extraction.shared_names import told_apart
from onrecord.extraction.stances import judge_all
from onrecord.extraction.statements import RelationFinder, statements_of
from onrecord.extraction.whose_figures import with_own_figures
from onrecord.model import Fact, Position, Report, Statement, Story
from onrecord.vocabulary import Actor, Vocabulary

EXTRACTOR = "onrecord-rules/4"
"""Name and version that positions carry; raised whenever the rules change what they find."""


def extractor_name(*, learned: bool = True) -> str:
    """Name and version of everything that has a say in what is found; another name means reading anew."""
    return f"{EXTRACTOR}+{LEARNED}" if learned else EXTRACTOR


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one report.

    Attributes:
        statements, positions: in order of the text.
        upstream: names of outlets and reports that the text says it draws on, in order of mention.
        matter: the matter the report is about, or None.
        facts: background, in order of the text.
    """

    statements: tuple[Statement, ...]
    positions: tuple[Position, ...]
    upstream: tuple[str, ...]
    matter: str | None
    facts: tuple[Fact, ...] = ()


class Extractor:
    """Finds statements and positions in reports.

    Args:
        vocabulary: who is who.
        parser: tokens and dependencies of a text.
        relations: the attribution model: text -> relations; None leaves attribution to the grammar alone.
        cues: the position model: text -> cue readings; None leaves positions to the rules alone.
        story: the user's story, whose names and tasks count first.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        parser: Parser,
        relations: RelationFinder | None = None,
        cues: CueFinder | None = None,
        story: Story | None = None,
    ) -> None:
        self._gazetteer = Gazetteer(vocabulary.surface_forms())
        self._parser = parser
        self._relations = relations
        self._cues = cues
        self._descriptors = {a.id: _descriptions(a) for a in vocabulary.actors.values()}
        places = {name.lower(): place.id for place in vocabulary.places.values() for name in place.names}
        states = {
            name.lower(): actor.id
            for actor in vocabulary.actors.values()
            if actor.kind in {"state", "territory"}
            for name in (*actor.names, *actor.adjectives)
        }
        self._countries = {
            a.id: next((n for n in a.names if n.isascii()), a.label)
            for a in vocabulary.actors.values()
            if a.kind in {"state", "territory"}
        }
        self._papers = {
            name.lower(): outlet.state
            for outlet in vocabulary.outlets.values()
            if outlet.state
            for name in (outlet.name, *outlet.aliases)
        }
        self._oppositions = {opposition_of(name): state for state, name in self._countries.items()}
        self._matters = Matters(vocabulary.matters, story, {**states, **places})
        self._parents = {
            a.id: a.parent for a in vocabulary.actors.values() if a.kind in {"command", "organ"} and a.parent
        }
        capitals = {f.text for f in vocabulary.surface_forms() if f.role == "capital"}
        self._seats = {
            f.text: f.target
            for f in vocabulary.surface_forms()
            if f.role == "seat" and f.kind == "organisation" and f.text in capitals
        }
        self._parties = {a.id: a.state for a in vocabulary.actors.values() if a.state}
        self._own = wordings(story.task_words, parser) if story else ()
        self._story_has_force = story is not None and story.force is not None
        self._bodies = frozenset(a.id for a in vocabulary.actors.values() if a.kind == "body")
        self._matter_kinds = {m.id: m.kind for m in vocabulary.matters.values()}
        self._polarity = {s.id: s.polarity for s in vocabulary.stances.values()}

    def scene(self, report: Report) -> Scene:
        """The report laid out, with mentions and pronouns resolved."""
        on: date | None = report.published.middle if report.published else None
        doc = self._parser(report.text)
        without_datelines(doc)
        mend(doc)
        mentions = told_apart(doc, self._gazetteer.mentions(report.text, on), self._seats, self._parents)
        mentions = by_office(doc, mentions)
        mentions = with_oppositions(doc, mentions, self._countries)
        mentions = sorted([*mentions, *introduced(doc, mentions)], key=lambda m: m.start)
        scene = lay_out(doc, [self._acting(m) for m in mentions], report.outlet, report.text)
        scene.descriptors = self._descriptors
        scene.paper_of = self._papers.get((report.outlet or "").lower())
        resolve(scene)
        return scene

    def _acting(self, mention: Mention) -> Mention:
        """A command acts for its state, an organ (a commission, a secretariat) for its organisation."""
        parent = self._parents.get(mention.target or "")
        return replace(mention, target=parent) if parent and mention.role != "outlet" else mention

    def extract(self, report: Report) -> Extraction:
        """Statements and positions of one report."""
        scene = self.scene(report)
        found = self._matters.in_text(report.text, scene.mentions)
        title = report.title or ""
        in_title = self._matters.in_text(title, self._gazetteer.mentions(title))
        main = self._matters.main([*found, *in_title], scene.mentions)
        statements = statements_of(scene, report, self._relations(report.text) if self._relations else [])
        setting = Setting(report, found, main, self._matter_kinds, self._bodies, statements)
        positions = positions_of(scene, self._drafts(scene, statements, discover=self._discovers(main)), setting)
        facts = facts_of(scene, report, statements, positions)
        positions = without_background(positions, facts)
        return Extraction(tuple(statements), tuple(positions), _upstream(scene, report), main, tuple(facts))

    def _discovers(self, main: str | None) -> bool:
        """Whether undertakings without a name are looked for: a force has its tasks, other affairs may lack theirs."""
        return (main is None or self._matter_kinds.get(main, "force") != "force") and not self._story_has_force

    def _drafts(self, scene: Scene, statements: Sequence[Statement], *, discover: bool) -> list[Draft]:
        deeds = with_own(scene, find_deeds(scene), self._own)
        if discover:
            deeds = sorted([*deeds, *discovered(scene, deeds)], key=lambda d: d.token.i)
        claims = dismissed(scene, judge_all(scene, deeds))
        claims = sorted([*claims, *loose_claims(scene, claims)], key=lambda c: c.deed.token.i)
        readings = self._cues(scene.text) if self._cues else None
        if readings is None:
            drafts = drafts_of_claims(scene, claims, assign(scene, claims), EXTRACTOR)
        else:
            drafts = joined(scene, deeds, claims, readings, EXTRACTOR, statements)
        drafts = with_government(toward_government(drafts, self._oppositions), self._parties)
        drafts = with_shares(scene, with_own_figures(scene, with_figures(scene, drafts)), self._own)
        return drafts if readings is None else with_confidence(scene, drafts, readings, LEARNED, self._polarity)


def _descriptions(actor: Actor) -> tuple[str, ...]:
    """How a text may speak of an actor without its name ("the Caucasus country"), lower case."""
    epithets = [f"{epithet} {noun}" for noun in ("country", "nation") for epithet in actor.epithets]
    return tuple(words.lower() for words in (*actor.descriptors, *epithets))


def _upstream(scene: Scene, report: Report) -> tuple[str, ...]:
    names: list[str] = []
    for mention in scene.mentions:
        if (
            mention.role == "outlet"
            and mention.name not in names
            and mention.name.lower() != (report.outlet or "").lower()
        ):
            names.append(mention.name)
    return tuple(names)
