"""YAML files as entries that remember where they stand.

What comes in: a file. What goes out: `Entry` values, one for each mapping of its top-level list, whose
fields are read with a check and whose faults name file, line and field. This module knows no noun of the
vocabulary.

Every scalar is read as the text it is: YAML 1.1 would turn the country code `NO` into a boolean and a date
into an object before its field is known. Types are given by the field instead. `null`, `~` and nothing mean
absent.
"""

from __future__ import annotations

import difflib
import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn

import yaml

from onrecord.errors import VocabularyInvalid


class _PlainText:
    """Leaves out the guessing of a type for each scalar, which nothing here asks for."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, parent: object, index: object) -> None: ...

    def ascend_resolver(self) -> None: ...


# libyaml parses many times as fast; a PyYAML built without it reads the same, slowly.
_Loader = type("_Loader", (_PlainText, getattr(yaml, "CBaseLoader", yaml.BaseLoader)), {})

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ABSENT = frozenset({"", "~", "null"})


class Entry:
    """One mapping of a vocabulary file, with the line it begins on.

    Args:
        file: name of the file, for messages.
        node: the mapping as PyYAML composed it.
        fields: the fields that may stand in it.

    Raises:
        VocabularyInvalid: if it is no mapping, or names a field twice or one that is not in `fields`.
    """

    __slots__ = ("_nodes", "file", "line")

    def __init__(self, file: str, node: yaml.Node, fields: Collection[str]) -> None:
        self.file = file
        self.line = node.start_mark.line + 1
        self._nodes: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.refuse(None, "a mapping is expected", value=node.value)
        for key, value in node.value:
            name = key.value
            if name not in fields:
                near = difflib.get_close_matches(str(name), list(fields), 1)
                hint = f"did you mean '{near[0]}'?" if near else f"known fields: {', '.join(sorted(fields))}"
                self.refuse(str(name), "unknown field", value=name, hint=hint, line=_line(key))
            if name in self._nodes:
                self.refuse(name, "stands twice in one entry", value=name, line=_line(key))
            self._nodes[name] = value

    def refuse(
        self, field: str | None, what: str, *, value: object, hint: str = "", line: int | None = None
    ) -> NoReturn:
        """Say what is wrong with a field of this entry.

        Raises:
            VocabularyInvalid: always.
        """
        raise VocabularyInvalid(
            f"{self.where(field, line)}: {what}",
            value=value,
            hint=hint or f"correct {self.file}",
        )

    def where(self, field: str | None = None, line: int | None = None) -> str:
        """File, line and field as they stand in messages: ``states.yaml, line 12, field 'names'``."""
        at = line if line is not None else self.line_of(field)
        return f"{self.file}, line {at}" + (f", field '{field}'" if field else "")

    def line_of(self, field: str | None, index: int = 0) -> int:
        """Line of a field, or of one item of its list; the entry's own line where the field is absent."""
        node = self._nodes.get(field or "")
        if node is None:
            return self.line
        if isinstance(node, yaml.SequenceNode) and index < len(node.value):
            return _line(node.value[index])
        return _line(node)

    def text(self, field: str) -> str:
        """The text of a field that must be there."""
        found = self.optional(field)
        if found is None:
            self.refuse(field, "is missing", value=None)
        return found

    def optional(self, field: str) -> str | None:
        """The text of a field, or `None` where it is absent."""
        node = self._nodes.get(field)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.refuse(field, "a single text is expected", value=field)
        return self._scalar(field, node)

    def texts(self, field: str) -> tuple[str, ...]:
        """The texts of a list; empty where the field is absent."""
        node = self._nodes.get(field)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(field, "a list is expected", value=node.value, hint="put it in [brackets]")
        found: list[str] = []
        for item in node.value:
            text = self._scalar(field, item) if isinstance(item, yaml.ScalarNode) else None
            if text is None:
                self.refuse(field, "a list of texts is expected", value=item.value, line=_line(item))
            if text in found:
                self.refuse(field, f"'{text}' stands twice", value=text, line=_line(item))
            found.append(text)
        return tuple(found)

    def choice(self, field: str, allowed: Collection[str]) -> str:
        """A text that must be one of `allowed`."""
        found = self.text(field)
        if found not in allowed:
            near = difflib.get_close_matches(found, list(allowed), 1)
            hint = f"did you mean '{near[0]}'?" if near else f"use one of: {', '.join(allowed)}"
            self.refuse(field, f"unknown value '{found}'", value=found, hint=hint)
        return found

    def number(self, field: str) -> int:
        """A whole number from 1 up."""
        found = self.text(field)
        if not found.isascii() or not found.isdigit() or int(found) < 1:
            self.refuse(field, f"'{found}' is not a whole number from 1 up", value=found)
        return int(found)

    def day(self, field: str, *, last: bool = False) -> date | None:
        """An ISO date, or `None` where the field is absent.

        A month ("2025-09") or a year may stand where only that is known: its first day is meant, or its
        last where `last` is set.
        """
        found = self.optional(field)
        if found is None:
            return None
        known = _DATE.fullmatch(found)
        if known is None:
            self.refuse(field, f"'{found}' is no date", value=found, hint="write it as 2025-10-13 or 2025-10")
        year, month, day = (int(part) if part else None for part in known.groups())
        if year is None:
            return None
        try:
            month = month or (12 if last else 1)
            return date(year, month, day or (monthrange(year, month)[1] if last else 1))
        except ValueError:
            self.refuse(field, f"'{found}' is in no calendar", value=found)

    def span(self) -> tuple[date | None, date | None]:
        """The fields `from` and `to`, in this order in time."""
        start, end = self.day("from"), self.day("to", last=True)
        if start is not None and end is not None and end < start:
            self.refuse("to", f"{end} is before {start}", value=end)
        return start, end

    def entries(self, field: str, fields: Collection[str]) -> Iterator[Entry]:
        """The mappings of a list that stands in this entry."""
        node = self._nodes.get(field)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.refuse(field, "a list is expected", value=node.value)
        for item in node.value:
            yield Entry(self.file, item, fields)

    def _scalar(self, field: str, node: yaml.ScalarNode) -> str | None:
        if not node.style and node.value in _ABSENT:  # plain: "null" in quotes is a word
            return None
        text: str = node.value
        if not text or text != text.strip() or "\n" in text:
            self.refuse(field, f"{text!r} is empty or has blanks around it", value=text, line=_line(node))
        return text


def read_entries(path: Path, fields: Collection[str]) -> list[Entry]:
    """Read a file whose top level is a list of mappings.

    Raises:
        VocabularyInvalid: if the file is not there, is no UTF-8 or no YAML, or is not such a list.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), _Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyInvalid(
            f"{path.name}: cannot be read ({error})", value=str(path), hint="put the file there, in UTF-8"
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise VocabularyInvalid(
            f"{path.name}, line {line}: not YAML ({error.problem})",
            value=str(path),
            hint="look for a missing quote or bracket",
        ) from error
    except yaml.YAMLError as error:
        raise VocabularyInvalid(
            f"{path.name}: not YAML ({error})", value=str(path), hint="remove what no text holds"
        ) from error
    if not isinstance(node, yaml.SequenceNode):
        raise VocabularyInvalid(
            f"{path.name}, line 1: a list of entries is expected",
            value=str(path),
            hint="begin entries with '- '",
        )
    return [Entry(path.name, item, fields) for item in node.value]


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
