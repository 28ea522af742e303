"""What is on the record as of a day, and what is worked out of it when it is first asked for.

In: an answer with the brief's material, every link in it an address of the desk (:mod:`onrecord.desk.making`). Out:
:class:`Outlook`. It knows neither where its rows come from nor when it is out of date, and nothing of HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from onrecord import services
from onrecord.adding_up import Suppose
from onrecord.briefing import board as boards
from onrecord.briefing.material import Material, References
from onrecord.briefing.view_answer import Board
from onrecord.briefing.words import Words
from onrecord.desk.keeping import Kept, KeptTexts, Texts, made_once
from onrecord.desk.rows import Rows
from onrecord.ledger import Version
from onrecord.model import Standing, Story
from onrecord.reconciliation import ConditionState
from onrecord.services import CHANGED_WITHIN, Answer

A_DAYS_TEXT = 4 * 1024 * 1024
"""Bytes of parts of pages that an outlook keeps which belongs to no desk."""


class Outlook:
    """What is on the record as of a day, ready to be shown.

    Attributes:
        version: of the ledger it was made from.
        story: the story it is told by, or None.
        answer: standings, conflicts, origins, force. Its statements are left empty: they are loaded report by report.
        material: the brief's material, with addresses of the desk in the place of fragments.
        conditions: conditions with their states, those that a person found to be one merged.
        whole: False while only what a judgement touched has been weighed again and the rest follows.
        fragments: parts of pages that were made of it, standings as a board lays them out among them, the ones used
            last; bounded for all days together.
        queues: the review queues, and the options of choices.
    """

    def __init__(
        self,
        version: Version,
        story: Story | None,
        answer: Answer,
        material: Material,
        *,
        rows: Rows | None = None,
        conditions: tuple[ConditionState, ...] = (),
        texts: Texts | None = None,
        whole: bool = True,
    ) -> None:
        self.rows = rows
        self.conditions = conditions
        self.version = version
        self.story = story
        self.answer = answer
        self.material = material
        self.whole = whole
        self.fragments = texts or KeptTexts(most=A_DAYS_TEXT).share()
        self.queues: Kept[Any] = Kept(most=16)
        self._weights: dict[str, Mapping[str, float]] = {}
        self._boards: Kept[Board] = Kept(most=16)

    @property
    def as_of(self) -> date:
        """The day."""
        return self.answer.as_of

    @property
    def words(self) -> Words:
        """Labels."""
        return self.material.words

    def since(self, day: date | None) -> Material:
        """The material with changes told from a day; thirty days before by default."""
        return replace(self.material, since=day or self.as_of - CHANGED_WITHIN)

    @made_once
    def force(self) -> Mapping[str, Any] | None:
        """What the standings add up to, in the form of ``force.json``; worked out when it is first asked for."""
        return services.supposed(self.answer, Suppose())

    @made_once
    def asked_for(self) -> frozenset[str]:
        """The tasks that the story asks for."""
        story = self.story
        if story is None:
            return frozenset()
        return frozenset([*story.undertakings, *(story.force.requirement.tasks if story.force else ())])

    def weights(self, standing: Standing) -> Mapping[str, float]:
        """The weight of each position in a standing, worked out once."""
        held = self._weights.get(standing.id)
        if held is None:
            held = self._weights[standing.id] = self.material.weight(standing)
        return held

    @made_once
    def matters(self) -> list[str | None]:
        """The matters with standings, the story's own first."""
        return boards.matters_in_order(self.material)

    def board(self, matter: str | None, since: date | None) -> Board:
        """The board of a matter, made once."""

        def make() -> Board:
            material = self.since(since)
            return boards.board(material, References(material), matter, 1, ())

        return self._boards.get((matter, since), make)

    def hold(self, boards: Mapping[str | None, Board]) -> None:
        """Keep boards that were made elsewhere, changes told from the usual day."""
        for matter, board in boards.items():
            self._boards.put((matter, None), board)
