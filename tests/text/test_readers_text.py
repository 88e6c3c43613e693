"""Plain text, web pages, XML, tables and mail come out as a person reads them."""

from __future__ import annotations

import random

import pytest

from dedupe_app.records import Extracted, Skipped, SkipReason
from dedupe_app.settings import ReadLimits
from dedupe_app.text.extract import extract


@pytest.fixture
def text_of(tmp_path):
    """Return a function that writes bytes under a name and reads them back as text."""

    def read(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        result = extract(path, ReadLimits())
        assert isinstance(result, Extracted), result
        return result.text

    return read


# ---- plain -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.md", "a.rst", "a.tex", "a.json", "a.yaml", "a.py", "a.log"])
def test_plain_formats_are_left_as_they_are(text_of, name):
    source = "# Title\n\n\tif x < 3: [a](http://b) <b>&amp;</b>  \n"
    assert text_of(name, source) == source


def test_a_broken_character_does_not_cost_the_others(text_of):
    good = "Die Kündigungsfrist beträgt für Räume drei Monate.\n" * 30
    assert text_of("a.log", good.encode() + b"\xff\n") == good + "\ufffd\n"


@pytest.mark.parametrize("name", ["Köhler", "Kähler", "Müller", "Møller", "pagaré"])
def test_one_name_in_a_file_of_dos_is_read_as_such(text_of, name):
    card = f"Register of members, volume 3\nName: {name}, Karl\nJoined in 1921\n"
    assert text_of("a.txt", card.encode("cp850")) == card


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_obeyed_and_dropped(text_of, mark):
    assert text_of("a.txt", "Zwölf Boxkämpfer".encode(mark)) == "Zwölf Boxkämpfer"


@pytest.mark.parametrize("encoding", ["cp1251", "euc_jp", "big5", "euc_kr", "latin-1", "cp1253"])
def test_other_encodings(text_of, encoding):
    text = {
        "cp1251": "Стороны договорились о том, что срок аренды составляет один год.\n",
        "euc_jp": "賃借人は、毎月一日に賃料を支払うものとします。\n",
        "big5": "承租人應當於每月第一日支付租金，不得扣除任何費用。\n",
        "euc_kr": "임차인은 매월 첫째 날에 임대료를 지불하여야 한다.\n",
        "latin-1": "El arrendatario pagará la renta según lo acordado el día señalado.\n",
        "cp1253": "Ο μισθωτής καταβάλλει το μίσθωμα την πρώτη ημέρα κάθε μήνα.\n",
    }[encoding] * 12
    assert text_of("a.txt", text.encode(encoding)) == text


LETTERS = {
    "cp1250": "A közgyűlés jegyzőkönyvét az elnök és két tag írja alá, és az irattárban őrzik; a következő ülés "
    "időpontját külön közlik.\n",
    "iso8859-2": "Zápis ze zasedání: ředitelka školky požádala o rozšíření na dvě třídy a majitel pily slíbil, že v "
    "noci pracovat nebude.\n",
    "cp1254": "Kira sözleşmesi iki yıl için geçerlidir; kiracı aidatı her ayın beşinde öder, ısıtma gideri ayrıca "
    "hesaplanır.\n",
    "iso8859-9": "Toplantı tutanağı başkan ve iki üye tarafından imzalanır; gelecek toplantının günü "
    "ayrıca bildirilir.\n",
    "cp1257": "Posėdžio protokolą pasirašo pirmininkas ir sekretorius; kitas posėdis įvyks šeštadienį, apie tai bus "
    "pranešta raštu.\n",
    "iso8859-7": "Το μίσθωμα καταβάλλεται την πρώτη εργάσιμη ημέρα κάθε μήνα και η εγγύηση επιστρέφεται στη λήξη.\n",
    "koi8-u": "Протокол засідання підписують голова і секретар; про наступне засідання повідомлять окремо.\n",
    "mac-roman": "Le compte rendu de l'assemblée générale a été envoyé à tous les propriétaires, la réunion étant "
    "reportée à l'été.\n",
    "cp852": "Protokół podpisują przewodniczący i sekretarz, następne posiedzenie odbędzie się później, o czym "
    "członków zawiadomi się listem.\n",
}


@pytest.mark.parametrize(("encoding", "letter"), LETTERS.items(), ids=LETTERS)
def test_one_sentence_tells_the_encoding(text_of, encoding, letter):
    assert text_of("a.txt", letter.encode(encoding)) == letter


@pytest.mark.parametrize(
    "word",
    ["café", "don\u2019t", "\u201ctwo\u201d", "½", "Ångström", "5 \u2013", "the \u201cMP\u201ds"],
)
def test_one_word_that_is_not_ascii_is_western(text_of, word):
    page = f"The minutes were read and approved.\nThere was {word} of it at the last meeting.\nThe end.\n"
    assert text_of("a.txt", page.encode("cp1252")) == page


# ---- markup ----------------------------------------------------------------------------------


def test_html_blocks_are_lines_and_inline_tags_are_not(text_of):
    page = """<html><head><title>T</title><style>x{}</style></head><body>
    <h1>Lease</h1><div><div><p>The  <b>ten</b>ant
    pays <i>rent</i>.</p></div></div>one<br>two<script>var x = "no";</script>
    <ul><li>first<li>second</ul><p>caf&eacute; &#8212; &lt;end&gt;</body></html>"""
    assert text_of("a.html", page).split("\n") == [
        "Lease", "The tenant pays rent.", "one", "two", "first", "second", "café — <end>",
    ]  # fmt: skip


def test_html_tables_lists_and_preformatted_text(text_of):
    page = (
        "<table><tr><th>Item</th><th><p>Price</p></th></tr><tr><td>A</td><td>3</td></tr></table>"
        "<ol start=4><li>four<ol><li>inner</ol><li>five</ol><pre>if x:\n    y()\n</pre>"
    )
    lines = text_of("a.htm", page).rstrip("\n").split("\n")
    assert lines == [
        "Item\tPrice", "A\t3", "4. four", "1. inner", "5. five", "if x:", "    y()",
    ]  # fmt: skip


def test_xhtml_with_self_closed_tags_keeps_its_body(text_of):
    page = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        '<title/><script src="x"/></head><body><a id="n"/><p>Text&nbsp;here.<br/>End</p></body>'
        "</html>"
    )
    assert text_of("a.xhtml", page) == "Text here.\nEnd"


def test_the_charset_of_a_page_is_obeyed(text_of):
    page = '<html><head><meta charset="koi8-r"></head><body><p>Договор аренды</p></body></html>'
    assert text_of("a.html", page.encode("koi8-r")) == "Договор аренды"


def test_a_page_that_is_nearly_all_script_is_flagged(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(b"<html><body><p>Hi</p><script>" + b"x();" * 20_000 + b"</script></body>")
    result = extract(path, ReadLimits())
    assert isinstance(result, Extracted)
    assert result.text == "Hi"
    assert result.warning == "Hardly any text was found in this page for its size."


def test_xml_gives_the_text_between_its_tags(text_of):
    document = "<doc><title>Lease</title><p>The <b>tenant</b> pays.</p><a>1</a><a>2</a></doc>"
    assert text_of("a.xml", document) == "Lease\nThe tenant pays.\n1\n2"


def test_xml_with_its_contents_in_attributes_is_read_as_it_is(text_of):
    document = '<doc><item name="rent" value="1200"/><item name="term" value="12 months"/></doc>'
    assert text_of("a.xml", document) == document


# ---- tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_gives_the_same_rows(text_of, delimiter):
    rows = ["Name,Note,Sum", '"Miller, Ann","two\nlines",1', "Xu,,2", "Ö,x,3"]
    data = "\r\n".join(row.replace(",", delimiter) for row in rows)
    data = data.replace(f"Miller{delimiter}", "Miller,")
    assert text_of("a.csv", data) == (
        "Name\tNote\tSum\nMiller, Ann\ttwo lines\t1\nXu\t\t2\nÖ\tx\t3"
    )


def test_a_table_in_a_legacy_encoding(text_of):
    rows = "Straße;Größe\nMünchen;12,5\nKöln;7,25\n"
    assert text_of("a.csv", rows.encode("cp1252")) == "Straße\tGröße\nMünchen\t12,5\nKöln\t7,25"


def test_tsv_keeps_its_commas(text_of):
    assert text_of("a.tsv", "a, b\tc, d\ne, f\tg, h\n") == "a, b\tc, d\ne, f\tg, h"


# ---- mail ------------------------------------------------------------------------------------

MAIL = b"""Received: from x by y
From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>
To: ann@example.org
Subject: =?iso-8859-1?Q?K=FCndigung?=
Date: Mon, 1 Jan 2024 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Sehr geehrte Frau M=FCller,
hiermit k=FCndige ich.
--c
Content-Type: text/html; charset=utf-8

<p>Not this version</p>
--c--
--b
Content-Type: application/pdf; name="lease.pdf"
Content-Disposition: attachment; filename="lease.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
--b--
"""


def test_mail_shows_headers_body_and_attachments(text_of):
    text = text_of("a.eml", MAIL)
    assert [line for line in text.split("\n") if line] == [
        "Subject: Kündigung",
        "From: Jürgen <j@example.org>",
        "To: ann@example.org",
        "Date: Mon, 01 Jan 2024 10:00:00 +0100",
        "Sehr geehrte Frau Müller,",
        "hiermit kündige ich.",
        "Attachment: lease.pdf (8 bytes)",
    ]


def test_mail_with_a_page_for_a_body(text_of):
    mail = (
        b"Subject: x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        b"PHA+TWlldGUgZsO8ciBKYW51YXI8L3A+PHA+RW5kZTwvcD4=\n"
    )
    assert text_of("a.eml", mail) == "Subject: x\n\nMiete für Januar\nEnde"


def test_a_forwarded_message_is_part_of_the_text(text_of):
    mail = (
        b'Subject: Fwd\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nSee below.\n--b\n'
        b"Content-Type: message/rfc822\n\nSubject: Inner\n\nThe rent is due.\n--b--\n"
    )
    text = text_of("a.eml", mail)
    assert text.split("\n")[0] == "Subject: Fwd"
    assert "See below." in text
    assert "Subject: Inner\n\nThe rent is due." in text


def test_points_of_a_page_are_numbered_as_a_browser_shows_them(text_of):
    page = (
        '<ol type="a" start="2"><li>one<li>two</ol><ol type=I><li value=4>three<li>four</ol>'
        '<ol style="list-style-type: lower-roman"><li>five<ul><li>six</ul><li>seven</ol><ol><li>eight</ol>'
    )
    shown = ["b. one", "c. two", "IV. three", "V. four", "i. five", "six", "ii. seven", "1. eight"]
    assert text_of("a.html", page).split("\n") == shown


@pytest.mark.parametrize("boundary", ["; boundary=OTHER", "", "; boundary="])
def test_mail_whose_parts_are_not_found_is_read_as_it_stands(text_of, boundary):
    mail = f"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed{boundary}\n\n--XX\n\nWe accept.\n--XX--\n"
    assert "We accept." in text_of("a.eml", mail)


def test_all_messages_of_a_mailbox_are_read(text_of):
    box = b"".join(
        b"From a@b Mon Jan  1 00:00:00 2024\nSubject: m%d\n\nbody %d\n\n" % (i, i) for i in range(3)
    )
    text = text_of("a.mbox", box)
    assert [f"Subject: m{i}\n\nbody {i}" in text for i in range(3)] == [True] * 3


def test_mail_without_a_suffix_is_known_by_its_headers(tmp_path):
    path = tmp_path / "1699.M1.host:2,S"
    path.write_bytes(MAIL)
    result = extract(path, ReadLimits())
    assert isinstance(result, Extracted)
    assert result.format == "eml"


@pytest.mark.parametrize("seed", range(12))
def test_damaged_mail_does_no_harm(tmp_path, seed):
    noise = random.Random(seed)
    data = bytearray(MAIL)
    for _ in range(40):
        data[noise.randrange(len(data))] = noise.randrange(256)
    path = tmp_path / "a.eml"
    path.write_bytes(data)
    result = extract(path, ReadLimits())
    assert isinstance(result, Extracted) or result.reason is SkipReason.DAMAGED
    assert not isinstance(result, Skipped) or "reader failed" not in result.detail
