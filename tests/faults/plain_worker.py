"""Loaded into each worker process: it finds what texts say plainly, tells what it does, and stops where it is told to.

In the folder named by ``ONRECORD_TEST_FOLDER``: ``log`` gets a line for each report that is begun, with the process; a
report whose id has a file ``hold-ID`` waits until that file is gone, and writes its process into ``held-ID`` first.
``ONRECORD_TEST_PLAIN`` names the file with the extractor: the engine loads a copy of this one from another place.
"""

from __future__ import annotations

import os
import runpy
import time
from pathlib import Path


def dask_setup(worker):
    """Called by the engine in each worker process."""
    from onrecord.spreading import tasks

    folder = Path(os.environ["ONRECORD_TEST_FOLDER"])
    plain = runpy.run_path(os.environ["ONRECORD_TEST_PLAIN"])["PlainExtractor"]()

    class Telling:
        def extract(self, report):
            with (folder / "log").open("a") as log:
                log.write(f"{os.getpid()} {report.id}\n")
            hold = folder / f"hold-{report.id}"
            if hold.exists():
                beside = folder / f"new-{report.id}"
                beside.write_text(str(os.getpid()))
                beside.replace(folder / f"held-{report.id}")
                while hold.exists():
                    time.sleep(0.02)
            return plain.extract(report)

    tasks.make_extractor = lambda *args, **more: Telling()
