"""Large collections, read by many processes or machines, with the result that one machine would have.

    inputs -> cutting -> tasks.read_part -> parts -> plan (ids, repeats) -> tasks.find_part -> parts -> targets

Part of the services. What decides what a report is called and which reports repeat each other is done by one process,
in the order of the files; all that takes long is done by workers, and each thing they finish is a file. ``machines``
alone knows the engine (Dask).
"""

from onrecord.spreading.engine import Engine, Here
from onrecord.spreading.folder import Folder, taken
from onrecord.spreading.machines import Workers, local, remote, require
from onrecord.spreading.running import PART, Spread, spread
from onrecord.spreading.targets import IntoLedger, IntoParquet, Target

__all__ = [
    "PART",
    "Engine",
    "Folder",
    "Here",
    "IntoLedger",
    "IntoParquet",
    "Spread",
    "Target",
    "Workers",
    "local",
    "remote",
    "require",
    "spread",
    "taken",
]
