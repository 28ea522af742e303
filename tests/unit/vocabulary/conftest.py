"""A small vocabulary of our own, written file by file, for the tests to break one thing in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = {
    "stances.yaml": """\
- {id: agreed, polarity: for, rank: 1, toward: own, label: agreed, gloss: Decided.}
- {id: offered, polarity: for, rank: 2, toward: own, label: offered, gloss: Ready.}
- {id: refused, polarity: against, rank: 1, toward: own, label: refused, gloss: Will not.}
""",
    "tasks.yaml": "- {id: host, label: host, kind: politics, gloss: Give ground.}\n",
    "conditions.yaml": "- {id: mandate, label: mandate, gloss: A body authorises it.}\n",
    "states.yaml": """\
- id: NOR
  names: [Norway]
  capitals: [Oslo]
- id: NZL
  names: [New Zealand]
  capitals: [Wellington]
""",
    "organisations.yaml": "- {id: nato, kind: organisation, names: [NATO], members: [NOR]}\n",
    "armed_groups.yaml": "- {id: rebels, names: [Rebels of the Hill]}\n",
    "groups.yaml": '- {id: "group:nordics", names: [Nordic states], members: [NOR]}\n',
    "officials.yaml": """\
- state: NOR
  officials:
    - {name: Ola Nordmann, aliases: [Nordmann], office: President, kind: head_of_state, from: 2001, to: 2005}
""",
    "outlets.yaml": "- {id: post, name: The Post, domains: [post.example], kind: daily, state: NOR}\n",
    "forces.yaml": "- {id: hill_force, kind: force, names: [Hill Force], places: [hill]}\n",
    "places.yaml": "- {id: hill, kind: region, names: [the Hill], state: NOR}\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write the small vocabulary, with files replaced (``tasks=``) or added to (``more_tasks=``)."""

    def write(**changed: str) -> Path:
        for name, text in SMALL.items():
            stem = name.removesuffix(".yaml")
            whole = changed.get(stem, text) + changed.get(f"more_{stem}", "")
            (tmp_path / name).write_text(whole, encoding="utf-8")
        return tmp_path

    return write
