"""Reports -> what is found in each, in their order: by this process, or by several where there is much to read.

Part of the services. In: reports, a story. Out: :class:`onrecord.extraction.Extraction` s, the same to the last record
whoever made them. Workers are processes of this machine that begin when the first report is asked for and end with the
last; large collections, and several machines, are read by :mod:`onrecord.spreading`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from onrecord.extraction import Extraction, Extractor
from onrecord.extractors import make_extractor
from onrecord.model import Report, Story
from onrecord.vocabulary import load

WORTH = 10_000
"""Words from which workers are begun: each takes some seconds to load the models, in which one process reads a few
thousand words (our own measurement, two cores)."""
AHEAD = 8
"""Reports given out ahead of the one that is waited for, for each worker: one long report does not leave the others
without work, and what is in memory does not grow with the collection."""


def extract_each(
    reports: Sequence[Report],
    here: Callable[[], Extractor],
    story: Story | None,
    *,
    rules_only: bool = False,
    workers: int = 1,
) -> Generator[Extraction, None, None]:
    """What is found in each report, in their order, as it is found.

    Close it (:func:`contextlib.closing`) where it is not read to its end: that ends the workers. Where one of them is
    lost, this process reads what is left.

    Args:
        reports: the reports.
        here: makes the extractor of this process; not called where workers do it all.
        story: the user's story, for the workers' extractors.
        rules_only: whether to leave the learned position model out.
        workers: how many processes may read; only this one does where that is 1 or the reports are few.

    Raises:
        ModelMissing: weights or the English pipeline are not installed.
    """
    if workers > 1 and len(reports) > workers and _many_words(reports):
        done = 0
        try:
            for made in _by_workers(reports, story, rules_only, workers):
                yield made
                done += 1
        except BrokenProcessPool:
            reports = reports[done:]
        else:
            return
    extractor = here()
    for report in reports:
        yield extractor.extract(report)


def _many_words(reports: Sequence[Report]) -> bool:
    """Whether the reports hold words enough for workers; a word is taken for six characters."""
    letters = 0
    for report in reports:
        letters += len(report.text)
        if letters >= 6 * WORTH:
            return True
    return False


def _by_workers(
    reports: Sequence[Report], story: Story | None, rules_only: bool, workers: int
) -> Generator[Extraction, None, None]:
    # Begun anew rather than forked: a fork would copy locks that the run time's threads hold.
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(story, rules_only)
    )
    waiting: deque[Future[Extraction]] = deque()
    try:
        for report in reports:
            waiting.append(pool.submit(_extract, report))
            if len(waiting) >= AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_extractor: Extractor


def _begin(story: Story | None, rules_only: bool) -> None:
    """Make a process ready to extract: models of its own, one thread each, for the other cores are the others'."""
    global _extractor
    # An interrupt goes to all processes of a terminal: the first one tells the others when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _extractor = make_extractor(load(), story, rules_only=rules_only, threads=1)


def _end_with_parent() -> None:
    """End when the process that began this one is gone: where it was killed, nobody else would tell."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _extract(report: Report) -> Extraction:
    return _extractor.extract(report)
