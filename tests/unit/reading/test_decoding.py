"""Bytes to text: the encodings that news comes in, damage, and what is no text."""

import pytest

from onrecord.errors import ReportUnreadable
from onrecord.reading.decoding import decode

ENGLISH = (
    "The ministry’s spokesman said “no troops” would go – not unless the fighting ends. "
    "Türkiye’s café offered."
)
TURKISH = "President Erdoğan told the envoys that Çankırı and Iğdır would host the İstanbul talks."
RUSSIAN = (
    "Министерство обороны сообщило в среду, что войска не будут направлены туда. Решение примет парламент."
)
UKRAINIAN = (
    "Міністерство оборони заявило у середу, що війська не будуть направлені туди. Рішення ухвалить парламент."
)
JAPANESE = (
    "防衛省は水曜日、停戦が完全に守られるまで部隊を派遣しないと発表した。国会の承認が必要だと大臣は述べた。"
)
CHINESE = "国防部周三表示,在战斗完全停止之前不会派遣部队。部长说,这一决定需要议会批准,目前没有时间表。"
KOREAN = (
    "국방부는 수요일 전투가 완전히 끝날 때까지 군대를 보내지 않"
    "을 것이라고 밝혔다. 장관은 국회의 승인이 필요하다고 말했다."
)
ARABIC = (
    "قالت وزارة الدفاع يوم الأربعاء إن القوات لن ترسل ما لم يتوقف القتال تماما. وأضاف الوزير "
    "أن القرار للبرلمان."
)
HEBREW = "משרד הביטחון הודיע ביום רביעי כי לא יישלחו כוחות כל עוד הלחימה לא הופסקה לחלוטין. השר אמר זאת."
POLISH = "Ministerstwo poinformowało w środę, że żołnierze nie zostaną wysłani, dopóki walki się nie skończą."
FRENCH = (
    "Le ministère de la Défense a déclaré que la France n'enverrait pas de soldats où les "
    "combats n'ont pas cessé."
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        (TURKISH, "cp1254"),
        (FRENCH, "latin-1"),
        (POLISH, "cp1250"),
        (POLISH, "iso-8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (UKRAINIAN, "koi8-u"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "euc_kr"),
        (ARABIC, "cp1256"),
        (HEBREW, "cp1255"),
    ],
)
def test_text_survives_its_encoding(text, encoding):
    found = decode(text.encode(encoding))

    assert found.text == text
    assert found.damaged == 0


def test_line_ends_stay_as_they_are():
    assert decode(b"one\r\ntwo\rthree\n").text == "one\r\ntwo\rthree\n"


def test_a_page_is_read_in_the_encoding_that_it_declares():
    page = '<html><head><meta charset="iso-8859-5"></head><body>' + "Да, " * 3 + "</body></html>"

    assert "Да" in decode(page.encode("iso-8859-5"), page=True).text


def test_utf8_stands_against_a_wrong_declaration():
    page = f'<meta charset="iso-8859-1"><p>{TURKISH}</p>'

    assert TURKISH in decode(page.encode(), page=True).text


def test_a_character_cut_in_half_at_the_end_costs_one_place_and_not_the_text():
    found = decode(f"{TURKISH} And so said Çankırı".encode()[:-1])

    assert found.encoding == "utf-8"
    assert found.damaged == 1
    assert found.text.startswith(TURKISH)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_kind(data, kind):
    with pytest.raises(ReportUnreadable, match=kind):
        decode(data)
