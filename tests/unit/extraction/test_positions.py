from onrecord.extraction.matters import MatterMention, matter_at
from onrecord.extraction.positions import _apart

KINDS = {"isf_gaza": "force", "gaza_plan": "agreement"}


def test_one_line_for_each_stance(read):
    text = "Norway is ready to send troops to the force.\n\nNorway is ready to send troops to the force."
    assert len(read(text)) == 1


def test_another_figure_is_another_line(read):
    text = "Norway will send 300 troops to the force.\n\nNorway will send 500 troops to the force."
    assert sorted(p.quantity.high for p in read(text)) == [300, 500]


def test_a_headline_yields_to_the_body(read):
    text = "Norway to send troops to the force\n\nNorway has agreed to send troops to the force, Kenya said on Monday."
    (one,) = read(text)
    assert one.evidence.text.endswith("on Monday.")


def test_two_forces_are_told_apart(read):
    text = (
        "Norway is ready to send troops to the stabilisation force in Gaza.\n\n"
        "Norway has ruled out sending troops to the peacekeeping force in Sudan."
    )
    matters = {p.stance: p.matter for p in read(text)}
    assert matters == {"offered": "isf_gaza", "refused": "sudan_protection_force"}


def test_its_own_announcement_is_self_declared(read):
    (own,) = read("Norway said it could send troops to the force.")
    assert own.self_declared
    (told,) = read("Kenya said Norway could send troops to the force.")
    assert not told.self_declared
    assert [link.entity for link in told.chain] == ["KEN", None]


def test_a_passage_that_names_a_force_is_about_it():
    found = [MatterMention(5, "isf_gaza"), MatterMention(90, "force_sdn"), MatterMention(95, "gaza_plan")]
    assert matter_at(found, "isf_gaza", 80, 120, KINDS) == "force_sdn"
    assert matter_at(found, "isf_gaza", 0, 20, KINDS) == "isf_gaza"
    assert matter_at(found, "isf_gaza", 30, 60, KINDS) == "isf_gaza"
    assert matter_at([MatterMention(5, "gaza_plan")], None, 0, 20, KINDS) == "gaza_plan"
    assert matter_at([], None, 0, 20, KINDS) is None


def test_a_council_has_no_soldiers_to_send(lines):
    assert not [x for x in lines("The UN Security Council will send 2,000 troops to the force.") if x[0] == x[1]]
    assert [x for x in lines("Norway will send 2,000 troops to the force.") if x[0] == x[1] == "NOR"]


def test_two_figures_in_one_sentence_are_two_lines_with_two_ids(read):
    text = "Norway will send 300 troops to the force in May, Norway will send 500 troops to the force in July."
    made = read(text)
    assert len({p.id for p in made}) == len(made)


def test_lines_of_one_sentence_have_ids_of_their_own(read):
    (one,) = read("Norway will send 300 troops to the force.")
    apart = _apart([one, one, one])
    assert len({p.id for p in apart}) == 3
    assert apart[0] == one
    assert _apart([one, one]) == apart[:2]
