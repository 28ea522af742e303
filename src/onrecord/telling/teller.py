"""A file of rules over an opened ledger, pass after pass.

In: a ledger, a file. Out: what each pass came to. The file is read when it begins, so that a fault in it is told before
anything else is done, and again in each pass, so that a change of it needs no new start.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from onrecord.ledger import Ledger
from onrecord.model import Story
from onrecord.settings import Settings
from onrecord.stories import story_of
from onrecord.telling.passes import Told, tell
from onrecord.telling.rules import Rules
from onrecord.telling.rules_file import read_rules
from onrecord.telling.sending import MakeSender, sender_for
from onrecord.vocabulary import load


class Teller:
    """Tells of changes by a file of rules.

    Args:
        ledger: opened.
        settings: as for asking what stands; a story of theirs goes before one that the rules name.
        rules: the file.
        make: makes what sends to a target; tests give their own.

    Raises:
        RulesInvalid: the file cannot be followed.
        StoryInvalid: the story that it names cannot be.
    """

    def __init__(self, ledger: Ledger, settings: Settings, rules: Path, make: MakeSender = sender_for) -> None:
        self._ledger, self._settings, self._file, self._make = ledger, settings, rules, make
        self._read()

    def tell(self, *, since: date | None = None, send: bool = True, at_once: bool = True) -> Told:
        """One pass; see :func:`onrecord.telling.passes.tell`."""
        rules, settings, story = self._read()
        return tell(
            self._ledger, settings, rules, since=since, story=story, send=send, at_once=at_once, make=self._make
        )

    def _read(self) -> tuple[Rules, Settings, Story | None]:
        vocabulary = load()

        def opened(named: Path | None) -> Story | None:
            return story_of(replace(self._settings, story=self._settings.story or named), vocabulary)

        rules, story = read_rules(self._file, vocabulary, opened)
        return rules, replace(self._settings, story=self._settings.story or rules.story), story
