"""Every error that onrecord raises on purpose.

    OnrecordError
    ├── InputError                 what was handed in cannot be used
    │   ├── ReportUnreadable       one file, line or page: recorded as an issue, the run goes on
    │   ├── ReportEmpty            there is no text in it
    │   ├── ReportTooLarge         above the limit on size
    │   ├── LanguageUnread         a language that is not read yet
    │   ├── NothingToRead          no report at all in what was given
    │   ├── AddressRefused         an address that is not fetched: not of the web, or of a private network
    │   ├── FetchFailed            a page that did not come, or not whole
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
    ├── DeskError                  the desk refuses
    │   ├── DeskExposed            to listen on other addresses than the own machine's without users
    │   ├── DeskMissing            to start: what it is served with is not installed
    │   ├── UsersInvalid           a users file that cannot be followed
    │   ├── SignInRefused          a name and password that do not fit
    │   ├── TooManyTries           more tries to sign in than are let through
    │   ├── NotAllowed             what a role does not include
    │   ├── FormStale              a form that was not made for this session
    │   └── FormTooLarge           more is sent than is taken in at once
    ├── OutsideError               a language model from outside
    │   ├── ExtractorInvalid       an option, address or file that is not used (a clear no before anything is read)
    │   ├── OutsideUnavailable     it cannot be reached or gives nothing in time: recorded, the built-in one reads
    │   ├── OutsideBroken          its answer is not what was asked for: recorded, the built-in one reads
    │   └── OutsideInvented        a passage or attribute that is not in the text: dropped and recorded
    ├── TellingError               being told of changes
    │   ├── RulesInvalid           a file of rules that cannot be followed (line and field named)
    │   └── NotTold                a message that could not be sent: recorded, tried again
    ├── MachinesError              a run over several processes or machines
    │   ├── MachinesMissing        what it runs on is not installed
    │   ├── MachinesUnreachable    no scheduler, or no worker, answers: finished parts are kept
    │   ├── MachinesDiffer         a worker would read with something else than was asked for
    │   ├── WorkFolderInvalid      the folder of the parts: in use, another's, or not seen by a worker
    │   └── PartLost               a part that cannot be finished, or did not come whole
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


class AddressRefused(InputError):
    """An address that is not fetched: of another kind than the web's, or within a private network."""

    code = "address-refused"


class FetchFailed(InputError):
    """A page that did not come, or not whole."""

    code = "fetch-failed"


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


class DeskError(OnrecordError):
    """The desk refuses."""

    code = "desk-error"


class DeskExposed(DeskError):
    """The desk would be open to others, and nobody would have to sign in."""

    code = "desk-exposed"


class DeskMissing(DeskError):
    """What the desk is served with is not installed."""

    code = "desk-missing"


class UsersInvalid(DeskError):
    """A users file that cannot be followed."""

    code = "users-invalid"


class SignInRefused(DeskError):
    """A name and password that do not fit."""

    code = "sign-in-refused"


class TooManyTries(DeskError):
    """More tries to sign in than are let through."""

    code = "too-many-tries"


class NotAllowed(DeskError):
    """Something that a person's role does not include."""

    code = "not-allowed"


class FormStale(DeskError):
    """A form that was not made for this session: nothing was done."""

    code = "form-stale"


class FormTooLarge(DeskError):
    """More is sent to the desk than it takes in at once."""

    code = "form-too-large"


class OutsideError(OnrecordError):
    """A language model from outside."""

    code = "outside-error"


class ExtractorInvalid(OutsideError):
    """A model that cannot be used as it is named: its option, its address, its file."""

    code = "extractor-invalid"


class OutsideUnavailable(OutsideError):
    """A model that cannot be reached, refuses, or gives nothing in time."""

    code = "outside-unavailable"

    def __init__(self, message: str, *, value: object = None, hint: str = "", lasting: bool = False) -> None:
        super().__init__(message, value=value, hint=hint)
        self.lasting = lasting
        """Whether asking again in this run is of no use (a refused key, an unknown model)."""


class OutsideBroken(OutsideError):
    """An answer that is not what was asked for."""

    code = "outside-broken"


class OutsideInvented(OutsideError):
    """A passage or attribute of an answer that does not stand in the text."""

    code = "outside-invented"


class TellingError(OnrecordError):
    """Being told of changes."""

    code = "telling-error"


class RulesInvalid(TellingError):
    """A file of rules that cannot be followed; the message names line and field."""

    code = "rules-invalid"


class NotTold(TellingError):
    """A message that could not be sent; it is recorded and tried again."""

    code = "not-told"

    def __init__(
        self, message: str, *, value: object = None, hint: str = "", alone: bool = False, after: float = 0.0
    ) -> None:
        super().__init__(message, value=value, hint=hint)
        self.alone = alone
        """Whether the target took offence at this message alone, so that others may still be sent to it."""
        self.after = after
        """Seconds for which the target asks to be left alone."""


class MachinesError(OnrecordError):
    """A run over several processes or machines; what is finished is kept."""

    code = "machines-error"


class MachinesMissing(MachinesError):
    """What runs work on several machines is not installed."""

    code = "machines-missing"


class MachinesUnreachable(MachinesError):
    """No scheduler answers, or it has no worker."""

    code = "machines-unreachable"


class MachinesDiffer(MachinesError):
    """A worker that has another onrecord, other weights or other libraries, and might find something else."""

    code = "machines-differ"


class WorkFolderInvalid(MachinesError):
    """A folder of parts that cannot be used: another run is in it, it holds other things, a worker does not see it."""

    code = "work-folder-invalid"


class PartLost(MachinesError):
    """A part that took its worker with it again and again, or whose file is not whole."""

    code = "part-lost"


class ModelMissing(OnrecordError):
    """Weights that should be in the package are not there."""

    code = "model-missing"


class OutputError(OnrecordError):
    """The result cannot be written."""

    code = "output-error"
