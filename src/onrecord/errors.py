"""Every error that onrecord raises on purpose.

    OnrecordError
    ├── InputError                 what was handed in cannot be used
    │   ├── ReportUnreadable       one file, line or page: recorded as an issue, the run goes on
    │   ├── ReportEmpty            there is no text in it
    │   ├── ReportTooLarge         above the limit on size
    │   ├── LanguageUnread         a language that is not read yet
    │   ├── NothingToRead          no report at all in what was given
    │   └── StoryInvalid           a story.yaml that cannot be followed (line and field named)
    ├── EvidenceMismatch           a span that does not reproduce its text: refused where it is made
    ├── VocabularyError
    │   ├── VocabularyInvalid      a data file that cannot be understood
    │   ├── VocabularyClash        two entries that claim the same thing
    │   └── UnknownName            a task, stance, actor or record that does not exist (nearest named)
    ├── LedgerError                the store: a run stops here
    │   ├── LedgerTooNew           written by a later version of onrecord
    │   ├── LedgerDamaged          not a ledger, or not whole
    │   ├── LedgerLocked           another process writes
    │   └── LedgerFull             the disk has no room
    ├── ModelMissing               weights that should be in the package are not
    └── OutputError                the result cannot be written

Each carries a stable ``code``, the offending ``value`` and the next step (``hint``). ``str(error)`` is one
line a person can act on.
"""

from __future__ import annotations

from typing import ClassVar


class OnrecordError(Exception):
    """The root. Catch it to map any expected failure to a message.

    Args:
        message: what is wrong, and with which thing, in one sentence.
        value: the offending value, kept for programs.
        hint: the next step for the person who sees it.

    Example:
        >>> str(UnknownName("there is no task 'disarmm'", value="disarmm", hint="did you mean 'disarm'?"))
        "unknown-name: there is no task 'disarmm'. did you mean 'disarm'?"
    """

    code: ClassVar[str] = "onrecord-error"

    def __init__(self, message: str, *, value: object = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.value = value
        self.hint = hint

    def __str__(self) -> str:
        said = f"{self.code}: {self.message}"
        return f"{said.rstrip('.')}. {self.hint}" if self.hint else said


class InputError(OnrecordError):
    """What was handed in cannot be used."""

    code = "input-error"


class ReportUnreadable(InputError):
    """A file, line or page that no text can be taken from."""

    code = "report-unreadable"


class ReportEmpty(InputError):
    """A report without text."""

    code = "report-empty"


class ReportTooLarge(InputError):
    """A report above the limit on size."""

    code = "report-too-large"


class LanguageUnread(InputError):
    """A report in a language that is not read yet."""

    code = "language-unread"


class NothingToRead(InputError):
    """No report at all in what was given."""

    code = "nothing-to-read"


class StoryInvalid(InputError):
    """A story file that cannot be followed; the message names line and field."""

    code = "story-invalid"


class EvidenceMismatch(OnrecordError):
    """A span that does not reproduce its text."""

    code = "evidence-mismatch"


class VocabularyError(OnrecordError):
    """The vocabulary, or a name looked up in it."""

    code = "vocabulary-error"


class VocabularyInvalid(VocabularyError):
    """A vocabulary file that cannot be understood; the message names file, line and field."""

    code = "vocabulary-invalid"


class VocabularyClash(VocabularyError):
    """Two vocabulary entries that claim the same thing."""

    code = "vocabulary-clash"


class UnknownName(VocabularyError):
    """A name that does not exist; the hint gives the nearest that does."""

    code = "unknown-name"


class LedgerError(OnrecordError):
    """The store cannot be used; a run stops here."""

    code = "ledger-error"


class LedgerTooNew(LedgerError):
    """A ledger written by a later version of onrecord."""

    code = "ledger-too-new"


class LedgerDamaged(LedgerError):
    """A file that is not a ledger, or not a whole one."""

    code = "ledger-damaged"


class LedgerLocked(LedgerError):
    """Another process holds the ledger."""

    code = "ledger-locked"


class LedgerFull(LedgerError):
    """The disk has no room for what must be written."""

    code = "ledger-full"


class ModelMissing(OnrecordError):
    """Weights that should be in the package are not there."""

    code = "model-missing"


class OutputError(OnrecordError):
    """The result cannot be written."""

    code = "output-error"
