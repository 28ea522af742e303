"""Messages by e-mail: plain text, no HTML, over an encrypted connection.

In: messages. Out: letters to a mail server. Nothing of a report reaches a header but by the subject, which is one line
without control characters. A process that is killed after a letter was taken and before the ledger knew of it sends it
again, with the same ``Message-ID``, by which many mailboxes show it once.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from onrecord.errors import NotTold
from onrecord.fetching import Resolve, resolved
from onrecord.model.records import Record
from onrecord.telling.addresses import place_of
from onrecord.telling.rules import MailTarget

TIMEOUT = 20.0
"""Seconds that the server may take for one answer."""


class MailSender:
    """Sends through one mail server.

    Args:
        target: who gets the letters, by which server.
        environment: holds the password.
        clock: tells the moment.
        resolve: tells the addresses of a host.
        context: what a certificate is held against; the system's by default.
    """

    def __init__(
        self,
        target: MailTarget,
        environment: Mapping[str, str],
        clock: Callable[[], datetime],
        *,
        resolve: Resolve = resolved,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._target = target
        self._environment = environment
        self._clock = clock
        self._resolve = resolve
        self._context = context
        self._server: smtplib.SMTP | None = None

    def send(self, message: Record) -> str:
        """Send a message; how many addresses took it comes back.

        Raises:
            NotTold: the server did not take it for anybody.
        """
        letter = letter_of(message, self._target, self._clock())
        try:
            refused = self._open().send_message(letter, self._target.sender, list(self._target.to))
        except NotTold:
            raise
        except smtplib.SMTPRecipientsRefused as fault:
            raise NotTold("the mail server refuses every address", value=len(self._target.to), alone=True) from fault
        except smtplib.SMTPResponseException as fault:
            alone = fault.smtp_code in {552, 554}  # the letter, not the sender
            raise NotTold(f"the mail server answers {fault.smtp_code}", value=fault.smtp_code, alone=alone) from fault
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            raise NotTold(f"{self._target.host} was not reached ({type(fault).__name__})") from fault
        taken = len(self._target.to) - len(refused)
        return f"taken for {taken} of {len(self._target.to)} addresses"

    def close(self) -> None:
        """Take leave of the server."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._server = None

    def _open(self) -> smtplib.SMTP:
        """The server, greeted, encrypted and signed in to."""
        if self._server is not None:
            return self._server
        target = self._target
        place = place_of(target.host, target.port, private=target.private, resolve=self._resolve)
        context = self._context or ssl.create_default_context()
        if target.tls == "tls":
            self._server = _EncryptedAt(place, target.host, target.port, context)
        else:
            self._server = _At(place, target.host, target.port)
        try:
            self._sign_in(self._server, context)
        except BaseException:
            self.close()
            raise
        return self._server

    def _sign_in(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        target = self._target
        if target.tls == "starttls":
            server.starttls(context=context)
        if target.user is not None and target.password is not None:
            password = self._environment.get(target.password, "")
            if not password:
                raise NotTold(f"{target.password} is not set", value=target.password, hint="set it where onrecord runs")
            server.login(target.user, password)


class _At(smtplib.SMTP):
    """Connects to the address that was looked at, and goes by the name for the certificate."""

    def __init__(self, place: str, host: str, port: int) -> None:
        self._place = place
        super().__init__(host, port, timeout=TIMEOUT)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((self._place, port), timeout)


class _EncryptedAt(smtplib.SMTP_SSL):
    """The same, encrypted from the beginning."""

    def __init__(self, place: str, host: str, port: int, context: ssl.SSLContext) -> None:
        self._place = place
        super().__init__(host, port, timeout=TIMEOUT, context=context)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        plain = socket.create_connection((self._place, port), timeout)
        return self.context.wrap_socket(plain, server_hostname=host)


def letter_of(message: Record, target: MailTarget, now: datetime) -> EmailMessage:
    """A message as a letter: text alone."""
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = str(message["subject"])
    letter["From"] = target.sender
    letter["To"] = ", ".join(target.to)
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = f"<{message['id']}@{target.sender.rpartition('@')[2]}>"
    letter["X-Onrecord-Message"] = str(message["id"])
    # RFC 3834: who answers by machine leaves such letters alone.
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(str(message["body"]), charset="utf-8", cte="quoted-printable")
    return letter
