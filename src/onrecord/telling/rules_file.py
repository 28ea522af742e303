"""``rules.yaml`` -> Rules: what somebody wants to be told of. Every fault names file, line and field.

In: a path, the vocabulary. Out: :class:`onrecord.telling.rules.Rules`. Nothing in the file is run, and no secret
belongs in it: where one would stand, the name of a variable of the environment does. A fault never repeats what stands
in such a field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import yaml

from onrecord.asking import actor_id
from onrecord.errors import RulesInvalid, StoryInvalid
from onrecord.model import Story
from onrecord.reading.nodes import LARGEST, Nodes, compose
from onrecord.telling.rules import EVENTS, FileTarget, MailTarget, Rule, Rules, Style, Target, Tls, WebhookTarget
from onrecord.undertakings import known_tasks
from onrecord.vocabulary import Vocabulary

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine that are meant where they are written."""

_NAME = re.compile(r"[^\W_][\w .-]{0,79}")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,63}")
_OUT_OF = re.compile(r"\$\{?([A-Z][A-Z0-9_]{2,63})\}?")
_MAIL = re.compile(r"[\w.+-]{1,64}@[A-Za-z0-9.-]{1,253}")
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[?[0-9A-Fa-f:]{2,45}\]?")
_ROOT = ("name", "story", "targets", "rules")
_RULE = ("name", "when", "of", "to", "persons", "scenario")
_OF = ("parties", "tasks", "matters", "conditions")
_FILE = ("file",)
_HOOK = ("webhook", "secret", "private", "style")
_POST = ("mail", "from", "host", "port", "tls", "user", "password", "private")
_PORTS: dict[Tls, int] = {"starttls": 587, "tls": 465, "none": 25}

Opened = Callable[[Path | None], Story | None]
"""The story file that the rules name, or None -> the story to go by, or None."""


def read_rules(path: Path, vocabulary: Vocabulary, story: Opened = lambda path: None) -> tuple[Rules, Story | None]:
    """Read a file of rules.

    Args:
        path: the YAML file. Paths in it are meant from the folder it lies in.
        vocabulary: what it may speak of.
        story: opens the story that it speaks of.

    Raises:
        RulesInvalid: the file cannot be read, is no YAML, or a field does not hold what it must.
        StoryInvalid: the story that it names cannot be followed.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise RulesInvalid(f"{path} is larger than rules can be", value=str(path), hint="name a file of rules")
        root = compose(path)
    except StoryInvalid as fault:
        raise RulesInvalid(fault.message, value=fault.value, hint=fault.hint) from fault
    except OSError as fault:
        raise RulesInvalid(f"{path} cannot be read: {fault.strerror}", value=str(path)) from fault
    return _Reader(path, vocabulary).rules(root, story)


@dataclass(frozen=True, slots=True)
class _Known:
    """What rules may speak of."""

    vocabulary: Vocabulary
    story: Story | None
    targets: Collection[str]


class _Reader(Nodes):
    """Walks the nodes of one file of rules."""

    fault = RulesInvalid

    def __init__(self, path: Path, vocabulary: Vocabulary) -> None:
        super().__init__(path.name)
        self._path = path
        self._vocabulary = vocabulary

    def rules(self, root: yaml.Node | None, opened: Opened) -> tuple[Rules, Story | None]:
        """The whole file."""
        if root is None:
            self.fail(None, "rules", "the file is empty", "docs/telling.md shows what belongs in it")
        fields = self.fields(root, "", _ROOT)
        for name in ("targets", "rules"):
            if name not in fields:
                self.fail(root, name, "is missing", "docs/telling.md shows what belongs in it")
        place = self.text(fields["story"], "story") if "story" in fields else None
        story_file = self._path.parent / place if place else None
        story = opened(story_file)
        targets = self.targets(fields["targets"])
        name = self.name(fields["name"], "name") if "name" in fields else self._path.stem
        rules = self.all_rules(fields["rules"], _Known(self._vocabulary, story, targets))
        return Rules(name, rules, targets, story_file), story

    def fields(self, node: yaml.Node, field: str, allowed: Sequence[str]) -> dict[str, yaml.Node]:
        """The fields of a part, each of which must be one that exists."""
        found = self.mapping(node, field or "rules")
        for key, value in found.items():
            if key not in allowed:
                where = f"{field}.{key}" if field else key
                near = difflib.get_close_matches(key, allowed, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"the fields are {', '.join(allowed)}"
                self.fail(value, where, "there is no such field", hint)
        return found

    def name(self, node: yaml.Node, field: str) -> str:
        """A name: letters, digits, spaces."""
        found = self.text(node, field)
        if not _NAME.fullmatch(found):
            self.fail(node, field, "is no name", "up to 80 letters, digits, spaces, and . _ -")
        return found

    def variable(self, node: yaml.Node | None, field: str) -> str | None:
        """The name of a variable of the environment. What stands there is not repeated: it may be the secret itself."""
        if node is None:
            return None
        found = self.text(node, field)
        if not _VARIABLE.fullmatch(found):
            self.fail(
                node,
                field,
                "must be the name of a variable of the environment, never the secret itself",
                "write it in capitals, as in ONRECORD_SECRET, and set that variable where onrecord runs",
            )
        return found

    def yes(self, node: yaml.Node | None, field: str) -> bool:
        """Yes or no; no where there is no node."""
        if node is None:
            return False
        word = self.text(node, field).lower()
        if word not in {"true", "yes", "false", "no"}:
            self.fail(node, field, "must be true or false")
        return word in {"true", "yes"}

    def choice(self, node: yaml.Node, field: str, among: Collection[str]) -> str:
        """One of a few words."""
        word = self.text(node, field)
        if word not in among:
            self.fail(node, field, "is none of the choices", f"write {', '.join(among)}")
        return word

    # Targets

    def targets(self, node: yaml.Node) -> dict[str, Target]:
        """Target by name."""
        found: dict[str, Target] = {}
        for name, body in self.mapping(node, "targets").items():
            if not _NAME.fullmatch(name):
                self.fail(body, f"targets.{name[:80]}", "is no name", "up to 80 letters, digits, spaces, and . _ -")
            found[name] = self.target(name, body)
        if not found:
            self.fail(node, "targets", "there is none", "name a file, as in `log: {file: told.jsonl}`")
        return found

    def target(self, name: str, body: yaml.Node) -> Target:
        """One target, known by its first field."""
        field = f"targets.{name}"
        kinds = [k for k in ("file", "webhook", "mail") if k in self.mapping(body, field)]
        if len(kinds) != 1:
            self.fail(body, field, "must name one of file, webhook and mail", "as in `log: {file: told.jsonl}`")
        if kinds == ["file"]:
            parts = self.fields(body, field, _FILE)
            return FileTarget(name, self._path.parent / self.text(parts["file"], f"{field}.file"))
        return self.webhook(name, body, field) if kinds == ["webhook"] else self.mail(name, body, field)

    def webhook(self, name: str, body: yaml.Node, field: str) -> WebhookTarget:
        """A webhook. Its address is not repeated in a fault: many are secrets."""
        parts = self.fields(body, field, _HOOK)
        address = self.text(parts["webhook"], f"{field}.webhook")
        if not _OUT_OF.fullmatch(address) and (wrong := faulty(address)):
            self.fail(parts["webhook"], f"{field}.webhook", wrong, "as in https://hooks.example/changes")
        style = self.choice(parts["style"], f"{field}.style", ("onrecord", "slack")) if "style" in parts else "onrecord"
        return WebhookTarget(
            name,
            address,
            self.variable(parts.get("secret"), f"{field}.secret"),
            self.yes(parts.get("private"), f"{field}.private"),
            cast("Style", style),
        )

    def mail(self, name: str, body: yaml.Node, field: str) -> MailTarget:
        """E-mail."""
        parts = self.fields(body, field, _POST)
        for needed in ("from", "host"):
            if needed not in parts:
                self.fail(body, f"{field}.{needed}", "is missing", "docs/telling.md shows what belongs there")
        to = self.texts(parts["mail"], f"{field}.mail")
        sender = self.text(parts["from"], f"{field}.from")
        for which, address in (*(("mail", x) for x in to), ("from", sender)):
            if not _MAIL.fullmatch(address):
                self.fail(parts[which], f"{field}.{which}", "is no e-mail address", "as in desk@example.org")
        host = self.text(parts["host"], f"{field}.host")
        if not _HOST.fullmatch(host):
            self.fail(parts["host"], f"{field}.host", "is no host", "as in mail.example.org")
        tls = cast("Tls", self.choice(parts["tls"], f"{field}.tls", tuple(_PORTS)) if "tls" in parts else "starttls")
        if tls == "none" and host not in LOCAL:
            self.fail(parts["tls"], f"{field}.tls", "may be none to this machine alone", "write starttls or tls")
        port = int(self.number(parts["port"], f"{field}.port")) if "port" in parts else _PORTS[tls]
        if not 0 < port < 65536:
            self.fail(parts["port"], f"{field}.port", "is no port", "587 where the server does not say otherwise")
        if ("user" in parts) != ("password" in parts):
            self.fail(body, f"{field}.user", "user and password go together", "name both, or neither")
        user = self.text(parts["user"], f"{field}.user") if "user" in parts else None
        if user is not None and tls == "none":
            self.fail(parts["user"], f"{field}.user", "the password would travel unencrypted", "write starttls or tls")
        private = self.yes(parts.get("private"), f"{field}.private")
        password = self.variable(parts.get("password"), f"{field}.password")
        return MailTarget(name, to, sender, host.strip("[]"), port, tls, user, password, private)

    # Rules

    def all_rules(self, node: yaml.Node, known: _Known) -> tuple[Rule, ...]:
        """The rules, in the order of the file."""
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.fail(node, "rules", "must be a list of rules", "each begins with `- name: ...`")
        found: list[Rule] = []
        for i, body in enumerate(node.value):
            rule = self.rule(body, f"rules[{i}]", known)
            if rule.name in {x.name for x in found}:
                self.fail(body, f"rules[{i}].name", f"{rule.name!r} stands there twice", "give each rule its own name")
            found.append(rule)
        return tuple(found)

    def rule(self, body: yaml.Node, field: str, known: _Known) -> Rule:
        """One rule."""
        parts = self.fields(body, field, _RULE)
        for needed in ("name", "when", "to"):
            if needed not in parts:
                self.fail(body, f"{field}.{needed}", "is missing", "a rule has a name, `when` and `to`")
        of = self.fields(parts["of"], f"{field}.of", _OF) if "of" in parts else {}
        rule = Rule(
            name=self.name(parts["name"], f"{field}.name"),
            when=self.each(parts["when"], f"{field}.when", self.event),
            to=self.each(parts["to"], f"{field}.to", lambda word: self.listed(word, known.targets)),
            parties=self.each(of.get("parties"), f"{field}.of.parties", self.party),
            tasks=self.each(of.get("tasks"), f"{field}.of.tasks", lambda word: self.task(word, known)),
            matters=self.texts(of.get("matters"), f"{field}.of.matters"),
            conditions=self.each(of.get("conditions"), f"{field}.of.conditions", lambda x: self.condition(x, known)),
            persons=self.number(parts["persons"], f"{field}.persons") if "persons" in parts else None,
            scenario=self.scenario(parts.get("scenario"), f"{field}.scenario", known),
        )
        for which in ("persons", "scenario"):
            if which in parts and not rule.of_force:
                self.fail(parts[which], f"{field}.{which}", "is for force_below and force_above alone")
        return rule

    def each(
        self, node: yaml.Node | None, field: str, check: Callable[[str], tuple[str | None, str]]
    ) -> tuple[str, ...]:
        """The words of a list, each as ``check`` has it: (the word, "") or (None, the next step)."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = []
        for i, word in enumerate(self.texts(node, field)):
            good, hint = check(word)
            if good is None:
                self.fail(nodes[min(i, len(nodes) - 1)], field, f"there is no {word[:80]!r}", hint)
            found.append(good)
        if node is not None and not found:
            self.fail(node, field, "is empty", "name one, or leave the field out")
        return tuple(dict.fromkeys(found))

    def event(self, word: str) -> tuple[str | None, str]:
        """An event, or a stance of the ladder."""
        return self.listed(word, (*EVENTS, *self._vocabulary.stances))

    def listed(self, word: str, among: Collection[str]) -> tuple[str | None, str]:
        """A word that is one of a few."""
        if word in among:
            return word, ""
        near = difflib.get_close_matches(word, list(among), 1)
        return None, f"did you mean {near[0]!r}?" if near else f"there are {', '.join(list(among)[:20])}"

    def party(self, word: str) -> tuple[str | None, str]:
        """An actor, by id or name."""
        found = actor_id(word, self._vocabulary)
        near = () if found else self._vocabulary.suggest(word, "actors")
        return found, f"did you mean {self._vocabulary.label(near[0])!r}?" if near else "docs/vocabulary.md lists them"

    def task(self, word: str, known: _Known) -> tuple[str | None, str]:
        """A task of the vocabulary, or of the story."""
        tasks = known_tasks(self._vocabulary.tasks.keys(), known.story)
        if word in tasks:
            return word, ""
        near = difflib.get_close_matches(word, sorted(tasks), 1)
        return None, f"did you mean {near[0]!r}?" if near else "a task of your own belongs into the story first"

    def condition(self, word: str, known: _Known) -> tuple[str | None, str]:
        """A condition of the story, or a kind of condition."""
        own = [c.id for c in known.story.conditions] if known.story else []
        return self.listed(word, [*own, *self._vocabulary.condition_kinds])

    def scenario(self, node: yaml.Node | None, field: str, known: _Known) -> str | None:
        """A scenario of the story."""
        if node is None:
            return None
        word = self.text(node, field)
        if known.story is not None and word not in known.story.scenarios:
            self.fail(node, field, f"there is no {word[:80]!r}", f"there are {', '.join(known.story.scenarios)}")
        return word


def variable_of(address: str) -> str | None:
    """The variable that an address is to be taken from, or None.

    Example:
        >>> variable_of("$TEAM_HOOK"), variable_of("https://hooks.example/")
        ('TEAM_HOOK', None)
    """
    found = _OUT_OF.fullmatch(address)
    return found[1] if found else None


def faulty(address: str) -> str:
    """Why messages cannot be posted to an address as it is written; "" where they can.

    Example:
        >>> faulty("https://hooks.example/x"), faulty("http://localhost:8080/x"), faulty("http://hooks.example/x")
        ('', '', 'is not encrypted: it must begin with https://, but for this machine (http://localhost)')
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is no address"
    if parts.scheme not in {"http", "https"} or not host:
        return "is no address of the web"
    if not address.isprintable() or any(c.isspace() for c in address):
        return "holds characters that do not belong in an address"
    if parts.username or parts.password:
        return "carries a name or a password"
    if parts.scheme == "http" and host not in LOCAL:
        return "is not encrypted: it must begin with https://, but for this machine (http://localhost)"
    return ""
