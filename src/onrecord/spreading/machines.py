"""Workers of a Dask cluster: some processes of this machine, or those of a scheduler that runs already.

In: tasks. Out: what workers made of them. Dask hands a task to another worker when the one that had it is lost; what
this module adds is that only a few tasks are under way at a time, that workers are looked at before anything is given
to them, and that what goes wrong is told in our own words. The engine is loaded within, and is not among the
dependencies that every run needs: the extra ``machines`` brings it.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.errors import MachinesDiffer, MachinesMissing, MachinesUnreachable, PartLost
from onrecord.spreading.about import about, differences
from onrecord.spreading.engine import Result, Task
from onrecord.spreading.tasks import differing

ANSWER = 10.0
"""Seconds in which a scheduler must answer."""
BEGIN = 60.0
"""Seconds in which it must have a worker."""
PATIENCE = 300.0
"""Seconds that a run waits with no worker at all, before it gives up; what is finished is kept."""
AHEAD = 2
"""Tasks under way for each thread of the workers: one that is worked on, and one that waits there."""
TRIES = 3
"""Times that a task is given out again after Dask has given it up, which it does when four workers are lost with it."""
_LOOK = 2.0


def require() -> None:
    """See that the engine is installed.

    Raises:
        MachinesMissing: it is not.
    """
    try:
        import cryptography  # noqa: F401
        import distributed  # noqa: F401
    except ModuleNotFoundError as error:
        raise MachinesMissing(
            "reading on several processes or machines needs Dask, which is not here",
            value=error.name,
            hint="install it: pip install 'onrecord[machines]'",
        ) from error


@contextmanager
def local(workers: int, scratch: Path) -> Iterator[Workers]:
    """Worker processes of this machine, which end with the block.

    They speak to each other through connections that are encrypted with keys made for this run, for whoever can speak
    to a worker can have it do anything, and other users of the machine could.

    Args:
        workers: how many.
        scratch: where they may keep files.

    Raises:
        MachinesMissing: the engine is not installed.
        MachinesDiffer: cannot be, but that the package was changed a moment ago.
    """
    require()
    import dask
    from distributed import LocalCluster

    with ExitStack() as stack:
        # A process that is lost is started again, however long that takes on a machine that is busy: after 15 seconds
        # Dask would take it for gone, and when all are gone a run waits for nobody.
        stack.enter_context(dask.config.set({"distributed.deploy.lost-worker-timeout": f"{PATIENCE:.0f} seconds"}))
        cluster = stack.enter_context(
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                security=True,
                dashboard_address="127.0.0.1:0",
                # A worker that is large is not killed for it: the parser and the networks take what they take.
                memory_limit=0,
                local_directory=str(scratch),
                silence_logs="CRITICAL",
            )
        )
        yield stack.enter_context(_of(cluster, str(cluster.scheduler_address), BEGIN))


@contextmanager
def remote(address: str) -> Iterator[Workers]:
    """The workers of a scheduler that runs already.

    Args:
        address: ``tcp://host:8786``, or ``tls://`` with keys as Dask is configured.

    Raises:
        MachinesMissing: the engine is not installed.
        MachinesUnreachable: nothing answers there, or it has no worker.
        MachinesDiffer: a worker would read with something else than this process.
    """
    require()
    with _of(address, address, ANSWER) as found:
        yield found


@contextmanager
def _of(cluster: Any, address: str, answer: float) -> Iterator[Workers]:
    from distributed import Client

    try:
        client = Client(cluster, timeout=answer, set_as_default=False, name="onrecord")
    except (OSError, TimeoutError, ValueError, ImportError, RuntimeError) as error:
        raise MachinesUnreachable(
            f"no scheduler answers at {address} ({str(error).splitlines()[0][:120] if str(error) else 'no answer'})",
            value=address,
            hint="start one with `dask scheduler`, or leave --scheduler out for workers of this machine",
        ) from error
    with closing(client):
        found = Workers(client, address)
        found.look()
        yield found


class Workers:
    """The workers of a cluster, as an engine.

    Args:
        client: Dask's.
        address: the scheduler's, for messages.
        patience: seconds to wait with no worker at all.
    """

    def __init__(self, client: Any, address: str, *, patience: float = PATIENCE) -> None:
        self._client, self._address, self._patience = client, address, patience
        self._alone_since: float | None = None

    def look(self) -> None:
        """See that there is a worker, and that each would read with the same as this process.

        Raises:
            MachinesUnreachable: there is none.
            MachinesDiffer: one would not. Those that come later are looked at with their first task.
        """
        try:
            self._client.wait_for_workers(1, timeout=BEGIN)
        except TimeoutError as error:
            raise self._unreachable("has no worker", "start some with `dask worker`") from error
        told: dict[str, Any] = self._client.run(about, on_error="return")
        for where, one in sorted(told.items()):
            if isinstance(one, ModuleNotFoundError):
                raise differing(where, [f"no {one.name}"])
            if isinstance(one, BaseException):
                raise MachinesDiffer(
                    f"the worker on {where} cannot be asked ({str(one)[:120]})",
                    value=where,
                    hint="install the same onrecord everywhere, from the same lock file",
                ) from one
            if other := differences(about(), one):
                raise differing(where, other)

    def each(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """What workers make of each task, as it comes.

        Raises:
            PartLost: a task took its worker with it again and again.
            MachinesUnreachable: the scheduler is gone, or there was no worker for long.
            OnrecordError: what the work itself raises.
        """
        from distributed.scheduler import KilledWorker

        source, under_way = iter(tasks), dict[Any, tuple[Task, int]]()
        try:
            while True:
                for task in islice(source, max(0, self._room() - len(under_way))):
                    under_way[self._give(work, task)] = (task, 0)
                if not under_way:
                    return
                for future in self._finished(list(under_way)):
                    with self._asking():
                        failure = future.exception()
                    if failure is None:
                        try:
                            with self._asking():
                                result = future.result(timeout=_LOOK)
                        except TimeoutError:
                            # Its worker was lost before the result was fetched: the engine has it done again.
                            self._look_for_workers()
                            continue
                        del under_way[future]
                        yield result
                        continue
                    task, tries = under_way.pop(future)
                    if not isinstance(failure, KilledWorker):
                        raise failure
                    if tries >= TRIES:
                        raise _lost(task) from failure
                    under_way[self._give(work, task)] = (task, tries + 1)
        finally:
            if under_way and self._client.status == "running":
                self._client.cancel(list(under_way))

    def _give(self, work: Callable[[Task], Result], task: Task) -> Any:
        with self._asking():
            return self._client.submit(work, task, key=f"onrecord-{uuid.uuid4().hex}", pure=False)

    def _room(self) -> int:
        """How many tasks may be under way; a few, where workers are still to come."""
        with self._asking():
            threads: dict[str, int] = self._client.nthreads()
        return AHEAD * max(2, sum(threads.values()))

    def _finished(self, given: list[Any]) -> list[Any]:
        """Those that are done, as soon as there is one."""
        from distributed import wait

        while True:
            try:
                with self._asking(), self._client.as_current():
                    return list(wait(given, timeout=_LOOK, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                self._look_for_workers()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """What goes wrong while the engine itself is asked is told in our own words; to wait in vain is not wrong."""
        try:
            yield
        except TimeoutError:
            if self._client.status == "running":
                raise
            raise self._went_away() from None
        except (OSError, futures.CancelledError, asyncio.CancelledError) as error:
            raise self._went_away() from error

    def _went_away(self) -> MachinesUnreachable:
        return self._unreachable("went away", "start again when it is back: finished parts are kept")

    def _look_for_workers(self) -> None:
        if self._client.status != "running":
            raise self._went_away()
        with self._asking():
            threads = self._client.nthreads()
        if threads:
            self._alone_since = None
        elif self._alone_since is None:
            self._alone_since = time.monotonic()
        elif time.monotonic() - self._alone_since > self._patience:
            raise self._unreachable("has had no worker for long", "start again when it has: finished parts are kept")

    def _unreachable(self, what: str, hint: str) -> MachinesUnreachable:
        return MachinesUnreachable(f"the scheduler at {self._address} {what}", value=self._address, hint=hint)


def _lost(task: object) -> PartLost:
    target = getattr(task, "target", None)
    items = [str(x.found.path) for x in getattr(task, "items", ()) if x.found is not None]
    what = f"{items[0]}{f' and {len(items) - 1} more' if len(items) > 1 else ''}" if items else str(target)
    return PartLost(
        f"workers were lost again and again at the part with {what}",
        value=str(target),
        hint="look at what the workers say (memory, as a rule); smaller parts with --part, or leave that file out",
    )
