"""Adding reports at the desk: who may, what goes in, what is refused, how far it has come."""

from __future__ import annotations

import re
import time

import pytest

from onrecord.desk.intake import Handed, Intake, intake_of
from onrecord.errors import AddressRefused, InputError
from onrecord.fetching import Fetched

TEXT = "Spain will not send soldiers to Gaza, its defence minister said in Madrid on Tuesday."


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    """The rules alone: quick, and here it is the way in that is tested."""
    from onrecord import services

    made = services.make_extractor
    monkeypatch.setattr(services, "make_extractor", lambda v, s, rules_only=False: made(v, s, rules_only=True))


def ended(reader, path):
    for _ in range(200):
        text = reader.get(path).text
        if 'hx-trigger="load' not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("it did not end")


def test_a_pasted_text_goes_in_and_is_shown(at_machine, desk):
    answer = at_machine.fill_in("/add", text=TEXT, title="Madrid says no", outlet="Sol", published="2026-03-03")
    assert answer.url.path == "/add/run"
    text = ended(at_machine, str(answer.url))
    assert "Madrid says no" in text
    assert "1 new report" in text
    report = next(r for r in desk.rows().reports.values() if r.title == "Madrid says no")
    assert report.text == TEXT
    assert report.outlet == "Sol"
    assert "Madrid says no" in at_machine.get("/search?q=madrid").text
    # The same again adds nothing.
    again = ended(at_machine, str(at_machine.fill_in("/add", text=TEXT, outlet="Sol", published="2026-03-03").url))
    assert "no new reports" in again
    assert "1 report known already" in again


def test_dropped_files_go_in_under_names_that_lead_nowhere(at_machine, desk):
    files = [
        ("files", ("../../../tmp/evil.txt", f"1 {TEXT}".encode(), "text/plain")),
        ("files", ("<img src=x onerror=window.ran=1>.txt", f"2 {TEXT}".encode(), "text/plain")),
        ("files", ("empty.txt", b"", "text/plain")),
    ]
    answer = at_machine.post("/add", data={"csrf": at_machine.token()}, files=files, follow_redirects=True)
    text = ended(at_machine, str(answer.url))
    assert "2 new reports" in text
    assert "empty.txt" in text
    assert "<img src=x" not in text
    assert not any("/" in r for r in desk.rows().reports)


def test_only_who_may_hands_in(as_person):
    reader = as_person("rita")
    assert reader.get("/add").status_code == 403
    assert reader.post("/add", data={"csrf": reader.token(), "text": TEXT}).status_code == 403
    reviewer = as_person("vera")
    assert reviewer.get("/add").status_code == 200
    assert "A folder of the server" not in reviewer.get("/add").text
    assert reviewer.post("/add", data={"csrf": reviewer.token(), "folder": "/etc"}).status_code == 403


def test_a_form_of_elsewhere_hands_nothing_in(at_machine, desk):
    assert at_machine.post("/add", data={"text": TEXT}).status_code == 403
    assert len(desk.rows().reports) == 6


TOO_MANY = " ".join(f"https://a.example/{n}" for n in range(30))
WRONG = (
    {},
    {"addresses": "file:///etc/passwd"},
    {"addresses": "javascript:alert(1)"},
    {"addresses": TOO_MANY},
    {"folder": "relative"},
    {"folder": "/nowhere/at/all"},
)


@pytest.mark.parametrize("fields", WRONG)
def test_what_cannot_be_read_is_refused_at_once(at_machine, fields):
    assert at_machine.fill_in("/add", **fields).status_code == 422


def test_a_private_address_is_an_issue_of_the_run(at_machine):
    text = ended(at_machine, str(at_machine.fill_in("/add", addresses="http://127.0.0.1:9/x").url))
    assert "private network" in text
    assert "failed" in text


def test_pages_are_fetched_one_by_one(desk):
    def fetched(url):
        if "bad" in url:
            raise AddressRefused("no", value=url)
        body = f"<html><head><title>Spain</title></head><body><article><p>{TEXT} {url[-1]}</p></article></body></html>"
        return Fetched(url, 200, body.encode(), "text/html")

    intake = Intake(desk, fetched)
    run = intake.hand_in(Handed(addresses=("https://a.example/1", "https://bad.example/2")), "vera")
    intake.settle()
    assert run.state == "done"
    assert len(run.reports) == 1
    assert [i.code for i in run.issues] == ["address-refused"]
    assert desk.rows().reports[run.reports[0]].url == "https://a.example/1"


def test_too_much_is_refused(desk):
    with pytest.raises(InputError):
        intake_of(desk).hand_in(Handed(files=tuple((f"{n}.txt", b"x") for n in range(501))), "vera")


def test_a_run_that_breaks_ends_and_the_next_one_goes_on(desk):
    def broken(url):
        raise RuntimeError("a secret of the house")

    intake = Intake(desk, broken)
    run = intake.hand_in(Handed(addresses=("https://a.example/1",)), "vera")
    after = intake.hand_in(Handed(text=TEXT), "vera")
    intake.settle()
    assert run.state == "failed"
    assert "secret" not in run.wrong
    assert after.state == "done"


def test_no_inline_script_in_a_hostile_run(at_machine):
    words = "</title><script>window.ran=1</script>"
    answer = at_machine.fill_in("/add", text=f"{TEXT} {words}", title=words, outlet=words, url="javascript:alert(1)")
    text = ended(at_machine, str(answer.url))
    assert "<script>window" not in text
    assert re.search(r'(?:href|src|action)="\s*javascript:', text) is None
