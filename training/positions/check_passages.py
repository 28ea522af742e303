"""Check annotated passages of the position corpus, and count what they hold.

What comes in: `.jsonl` files with one passage a line (see the corpus notes for the fields). What goes out:
a list of errors (a rule of the format is broken) and warnings (worth a look), then counts by story, manner,
stance, task, kind of condition and class of hard case. The check knows the form of a passage and the export
vocabulary; it does not know whether an annotation is right.

Usage::

    python training/positions/check_passages.py FILES...

Exit status: 0 when no error was found, 1 when there was one, 2 when no file was given.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz


def _words(text: str) -> frozenset[str]:
    """Return the blank-separated words of a text."""
    return frozenset(text.split())


STANCES = _words(
    """
    deployed deploying agreed pledged offered requests supports in_talks interested considering
    named undecided no_comment refused denied suspended withdrawn opposes
    """
)
TASKS = _words(
    """
    contribute_troops contribute_police contribute_support contribute_observers staff_headquarters
    lead_force disarm enforce_peace secure_area train_police train_forces monitor_ceasefire
    protect_civilians deliver_aid reconstruct govern fund supply_equipment host mediate oversee
    authorise guarantee_security withdraw_forces cease_fire release_captives recognise join_board
    other
    """
)
CONDITION_KINDS = _words(
    """
    ceasefire mandate approval consent clarity role_limit location_limit command security_guarantee
    political_settlement timing other
    """
)
CHAIN_KINDS = _words("named_person office anonymous organisation state outlet document unknown")
HARD_CLASSES = _words(
    """
    negation_scope split_undertaking not_unless only_if until depends_on no_decision_before
    condition_next_sentence embedded_denial offer_to_consider named_by_others
    third_party_announcement speaks_for_other veto headline_stronger old_position
    whole_force_quantity up_to at_least vague_quantity staged disjunctive supports_resolution
    conditional_past sarcasm passive_no_agent double_negative plan_binds_nobody none
    """
)

#: ISO 3166-1 alpha-3 codes in use, and XKX, the user-assigned code that the vocabulary takes for Kosovo.
COUNTRY_CODES = _words(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR
    BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG
    COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH
    FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
    HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
    KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
    MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU
    SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
    TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
    VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE XKX
    """
)

PARTY_NAME = re.compile(r"(group:)?[a-z][a-z0-9]*(_[a-z0-9]+)*")

#: Two passages above this likeness (0 to 100, `rapidfuzz.fuzz.token_sort_ratio`) are near-duplicates.
NEAR_DUPLICATE = 82.0

PASSAGE_FIELDS = ("id", "story", "manner", "outlet", "published", "text", "positions")
POSITION_FIELDS = _words(
    """
    holder holder_text performer performer_text task object stance cue conditions quantity chain self
    said_on evidence optional
    """
)

#: Two positions of one passage that agree in all of these are one position noted twice.
IDENTITY_FIELDS = ("holder", "performer", "task", "stance", "chain", "quantity", "said_on", "cue")


def is_party(name: object) -> bool:
    """Tell whether a holder or performer has the form of one: a country code or a lower-case name.

    >>> is_party("KEN"), is_party("rsf"), is_party("Kenya"), is_party("SPA")
    (True, True, False, False)
    """
    return isinstance(name, str) and (name in COUNTRY_CODES or PARTY_NAME.fullmatch(name) is not None)


def is_date(value: object) -> bool:
    """Tell whether a value is an ISO calendar date.

    >>> is_date("2026-02-28"), is_date("2026-02-30"), is_date("28 Feb")
    (True, False, False)
    """
    try:
        return isinstance(value, str) and len(value) == 10 and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def span_errors(name: str, value: object, text: str, *, may_be_empty: bool) -> Iterator[str]:
    """Yield what is wrong with one quoted piece: it has to stand in the text letter for letter."""
    if not isinstance(value, str):
        yield f"{name}: not a string: {value!r}"
    elif not value:
        if not may_be_empty:
            yield f"{name}: empty"
    elif value not in text:
        yield f"{name}: not in text: {value!r}"
    elif value != value.strip():
        yield f"{name}: blanks at an end: {value!r}"


def quantity_errors(quantity: object, text: str) -> Iterator[str]:
    """Yield what is wrong with a quantity `[low, high, unit, text]` (null is right)."""
    if quantity is None:
        return
    if not isinstance(quantity, list) or len(quantity) != 4:
        yield f"quantity: not [low, high, unit, text]: {quantity!r}"
        return
    low, high, unit, quoted = quantity
    for name, bound in (("low", low), ("high", high)):
        if bound is not None and (isinstance(bound, bool) or not isinstance(bound, int | float) or bound < 0):
            yield f"quantity {name}: not a number: {bound!r}"
            return
    if low is not None and high is not None and low > high:
        yield f"quantity: low {low} above high {high}"
    if unit is not None and not isinstance(unit, str):
        yield f"quantity unit: {unit!r}"
    yield from span_errors("quantity text", quoted, text, may_be_empty=False)


def pair_errors(name: str, pairs: object, text: str | None) -> Iterator[str]:
    """Yield what is wrong with `conditions` ([kind, text]) or, without a text, a `chain` ([name, kind])."""
    if not isinstance(pairs, list):
        yield f"{name}: not a list"
        return
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(p, str) and p for p in pair):
            yield f"{name}: not a pair of strings: {pair!r}"
        elif text is None:
            if pair[1] not in CHAIN_KINDS:
                yield f"{name}: unknown kind {pair[1]!r}"
        else:
            if pair[0] not in CONDITION_KINDS:
                yield f"{name}: unknown kind {pair[0]!r}"
            yield from span_errors(name, pair[1], text, may_be_empty=False)


def position_errors(position: dict[str, Any], passage: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one position of a passage."""
    text = passage["text"]
    if set(position) != POSITION_FIELDS:
        yield f"fields differ: {sorted(set(position) ^ POSITION_FIELDS)}"
        return
    for name in ("holder", "performer"):
        if not is_party(position[name]):
            yield f"{name}: neither a country code nor a lower-case name: {position[name]!r}"
        yield from span_errors(f"{name}_text", position[f"{name}_text"], text, may_be_empty=True)
    if position["task"] not in TASKS:
        yield f"task: {position['task']!r}"
    if position["stance"] not in STANCES:
        yield f"stance: {position['stance']!r}"
    yield from span_errors("cue", position["cue"], text, may_be_empty=False)
    yield from span_errors("evidence", position["evidence"], text, may_be_empty=False)
    if str(position["cue"]) not in str(position["evidence"]):
        yield f"cue: not in evidence: {position['cue']!r}"
    yield from pair_errors("conditions", position["conditions"], text)
    yield from quantity_errors(position["quantity"], text)
    yield from pair_errors("chain", position["chain"], None)
    chain = position["chain"]
    if not chain or chain[-1][0] != passage["outlet"]:
        yield f"chain: does not end at the outlet {passage['outlet']!r}: {chain!r}"
    elif position["self"] is True and len(chain) == 1:
        yield "self: true in the narrator's own voice"
    if not isinstance(position["self"], bool) or not isinstance(position["optional"], bool):
        yield "self, optional: not true or false"
    said_on = position["said_on"]
    if said_on is not None and not is_date(said_on):
        yield f"said_on: not an ISO date: {said_on!r}"
    elif said_on is not None and is_date(passage["published"]) and said_on > passage["published"]:
        yield f"said_on: {said_on} after the day of publishing"


def passage_errors(passage: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one passage and its positions."""
    missing = [name for name in PASSAGE_FIELDS if name not in passage]
    if missing:
        yield f"missing: {missing}"
        return
    if not isinstance(passage["text"], str) or not passage["text"].strip():
        yield "text: empty"
        return
    if passage["published"] is not None and not is_date(passage["published"]):
        yield f"published: not an ISO date: {passage['published']!r}"
    unknown = set(passage.get("hard", [])) - HARD_CLASSES
    if unknown:
        yield f"hard: unknown classes {sorted(unknown)}"
    seen: set[tuple[object, ...]] = set()
    for number, position in enumerate(passage["positions"], 1):
        for error in position_errors(position, passage):
            yield f"position {number}: {error}"
        key = tuple(str(position.get(name)) for name in IDENTITY_FIELDS)
        if key in seen:
            yield f"position {number}: given twice"
        seen.add(key)


def near_duplicates(passages: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of passages of one story whose texts are nearly alike, with their likeness (0 to 100)."""
    by_story: dict[str, list[dict[str, Any]]] = collections.defaultdict(list)
    for passage in passages:
        by_story[str(passage.get("story"))].append(passage)
    for group in by_story.values():
        for one, other in itertools.combinations(group, 2):
            likeness = fuzz.token_sort_ratio(one["text"], other["text"], score_cutoff=NEAR_DUPLICATE)
            if likeness:
                yield one["id"], other["id"], likeness


def counts(passages: Iterable[dict[str, Any]]) -> dict[str, collections.Counter[str]]:
    """Count passages by story, manner and hard class, and positions by stance, task and kind of condition."""
    tables: dict[str, collections.Counter[str]] = {
        name: collections.Counter() for name in ("story", "manner", "hard", "stance", "task", "condition")
    }
    for passage in passages:
        tables["story"][passage["story"]] += 1
        tables["manner"][passage["manner"]] += 1
        tables["hard"].update(passage.get("hard", []) or ["none"])
        for position in passage["positions"]:
            tables["stance"][position["stance"]] += 1
            tables["task"][position["task"]] += 1
            tables["condition"].update(kind for kind, _ in position["conditions"])
    return tables


def read(path: Path) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield `(place, passage)` for each line of a file, or `(place, error)` where it is no JSON object."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            place = f"{path.name}:{number}"
            try:
                passage = json.loads(line)
            except json.JSONDecodeError as error:
                yield place, f"not JSON: {error}"
                continue
            yield place, passage if isinstance(passage, dict) else "not an object"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check on the files named and print what was found."""
    parser = argparse.ArgumentParser(description="Check annotated passages and count what they hold.")
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    passages: list[dict[str, Any]] = []
    ids: dict[str, str] = {}
    errors = 0
    for path in options.files:
        for place, passage in read(path):
            found = [passage] if isinstance(passage, str) else list(passage_errors(passage))
            if not isinstance(passage, str) and not found:
                if passage["id"] in ids:
                    found.append(f"id {passage['id']} already used at {ids[passage['id']]}")
                ids.setdefault(passage["id"], place)
                passages.append(passage)
            for error in found:
                print(f"ERROR {place} {error}")
            errors += len(found)
    for one, other, likeness in near_duplicates(passages):
        print(f"WARNING near-duplicates {one} {other} {likeness:.0f}")
    empty = sum(1 for passage in passages if not passage["positions"])
    total = sum(len(passage["positions"]) for passage in passages)
    optional = sum(position["optional"] for passage in passages for position in passage["positions"])
    print(f"{len(passages)} passages ({empty} without a position), {total} positions ({optional} optional)")
    print(f"{errors} errors")
    for name, table in counts(passages).items():
        print(f"{name}: " + ", ".join(f"{key} {number}" for key, number in table.most_common()))
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
