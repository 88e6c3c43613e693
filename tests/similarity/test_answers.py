"""Mails that answer and quote, or send on: which of them are copies of what they hold."""

from __future__ import annotations

import pytest

from dedupe_app.records import Quotation, Relation
from tests.similarity.compared import compare, measures_of
from tests.similarity.test_other_matter import prose

HEAD = "Subject: {s}\nFrom: {a} <{a}@one.example>\nTo: {b} <{b}@two.example>\nDate: Mon, {d} Apr 2019\n\n"
LETTER = "Dear reader,\n" + "\n".join(prose(240, 9)) + "\nYours, Ruth"
ANSWER = "Dear Ruth,\n" + "\n".join(prose(241, 3)) + "\nTom"
MAIL = HEAD.format(s="Magazines", a="ruth", b="tom", d="01") + LETTER
REPLY = HEAD.format(s="Re: Magazines", a="tom", b="ruth", d="08")
QUOTED = "\n".join(f"> {line}" for line in LETTER.splitlines())


@pytest.mark.parametrize(
    "reply",
    [
        f"{REPLY}{ANSWER}\n\nRuth wrote:\n{QUOTED}",
        f"{REPLY}Ruth wrote:\n{QUOTED}\n\n{ANSWER}",
        f"{REPLY}{ANSWER}\n\n{MAIL}",
        f"{REPLY}{ANSWER}\n\nVon: ruth@one.example\nGesendet: Montag\nAn: tom\n\n{LETTER}",
    ],
    ids=["above the quotation", "below it", "with the whole mail", "with a head in German"],
)
def test_an_answer_holds_the_mail_that_it_quotes_and_is_no_draft_of_it(reply):
    for a, b in ((MAIL, reply), (reply, MAIL)):
        assert compare(a, b).relation is Relation.CONTAINED


def test_two_answers_to_one_mail_are_two_mails():
    other = "Dear Ruth,\n" + "\n".join(prose(242, 3)) + "\nEve"
    replies = [f"{REPLY}{text}\n\nRuth wrote:\n{QUOTED}" for text in (ANSWER, other)]
    assert measures_of(*replies).quotation is Quotation.BOTH
    assert compare(*replies).relation is None


def test_a_short_answer_that_quotes_a_part_is_not_held_by_the_mail():
    letter = "\n".join(prose(243, 30))
    mail = MAIL.replace(LETTER, letter)
    part = "\n".join(f"> {line}" for line in letter.splitlines()[:14])
    reply = f"{REPLY}{ANSWER}\n\nRuth wrote:\n{part}"
    for a, b in ((mail, reply), (reply, mail)):
        assert compare(a, b).relation is not Relation.CONTAINED


def test_a_letter_sent_on_with_a_few_words_is_a_copy():
    note = "Hi, please find the text below. Best, T."
    forwarded = f"{HEAD.format(s='Fw: Magazines', a='tom', b='eve', d='09')}{note}\n\n{QUOTED}"
    assert compare(LETTER, forwarded).relation is Relation.REVISION


def test_a_printed_answer_is_a_copy_of_the_answer():
    reply = f"{REPLY}{ANSWER}\n\nRuth wrote:\n{QUOTED}"
    printed = "Printed for the file\n\n" + reply.replace(".\n> ", ".\n")
    assert compare(reply, printed).relation is Relation.REVISION


def test_marks_of_quotation_without_end_are_no_mail():
    text = " ".join(prose(250, 12))
    assert compare(text, text.replace(". ", ".\n" + ">\n" * 200_000)).relation is Relation.REVISION


CLAIM = "Claim for the fire of 20 February\n\n" + "\n".join(prose(430, 24))
PART = "\n".join(f"> {line}" for line in CLAIM.splitlines()[:17])


@pytest.mark.parametrize("change", [0, 6])
def test_an_answer_is_no_draft_of_what_it_quotes_in_part(change):
    """Whether the quotation breaks off, or an earlier draft of the text is the one that was kept."""
    kept = CLAIM.replace(prose(430, 24)[5], " ".join(prose(431, 1))) if change else CLAIM
    answer = f"{REPLY}{ANSWER}\n\n{PART}"
    measured = measures_of(kept, answer)
    assert measured.quotation is Quotation.PART
    assert compare(kept, answer).relation is None


def test_the_answer_to_an_answer_quotes_it_with_the_line_that_introduces_a_quotation():
    first = HEAD.format(s="Re: Magazines", a="tom", b="ruth", d="08")
    quoted = "\n".join(f"> {line}" for line in LETTER.splitlines())
    answer = f"{ANSWER}\n\nOn Thu, 11 Mar 2021 at 09:31, Ruth Weaver <ruth@one.example> wrote:\n\n{quoted}"
    again = "\n".join(f"> {line}" for line in f"{ANSWER}\n\n{quoted}".splitlines())
    reply = f"{HEAD.format(s='Re: Magazines', a='ruth', b='tom', d='15')}{again}\n\n{' '.join(prose(440, 3))}"
    assert compare(first + answer, reply).relation is Relation.CONTAINED


SIGNATURE = (
    "Best regards,\nTom Ashdown\nDeputy head of the reading room\nHarbour Library, 12 Quay Street, Port Lune\n"
    "Telephone 01632 960 418, open from Tuesday to Saturday, closed on public holidays"
)


def sent_on(note, subject="Fwd: Magazines", mail=MAIL):
    return f"{HEAD.format(s=subject, a='tom', b='eve', d='09')}{note}\n\n{mail}"


@pytest.mark.parametrize("subject", ["Fwd: Magazines", "WG: Magazines", "转发: Magazines"])
@pytest.mark.parametrize("note", ["For information.", f"See below.\n\n{SIGNATURE}"])
def test_a_mail_sent_on_with_a_few_words_is_a_copy_whatever_signature_it_has(subject, note):
    for a, b in ((MAIL, sent_on(note, subject)), (sent_on(note, subject), MAIL)):
        assert compare(a, b).relation is Relation.REVISION


def test_a_mail_sent_on_may_keep_little_of_its_head():
    rest = f"From: ruth <ruth@one.example>\nSubject: Magazines\n\n{LETTER}"
    assert compare(MAIL, sent_on("Please note.", mail=rest)).relation is Relation.REVISION


def test_a_mail_sent_on_with_a_comment_holds_what_it_comments():
    comment = " ".join(prose(450, 3))
    assert compare(MAIL, sent_on(comment)).relation is Relation.CONTAINED


def test_a_mail_sent_on_is_no_copy_of_another_mail_of_its_kind():
    mails = [MAIL.replace("Dear reader,", f"Dear reader, on table {table}:") for table in (3, 5)]
    measured = [measures_of(mail, sent_on("See below.", mail=mails[1])) for mail in mails]
    assert [each.quotation for each in measured] == [Quotation.NONE, Quotation.SENT_ON]


def test_a_short_answer_is_no_copy_of_the_mail_that_it_quotes():
    reply = f"{REPLY}Thank you, that is fine with all of us.\n\nRuth wrote:\n{QUOTED}"
    assert compare(MAIL, reply).relation is Relation.CONTAINED


def test_two_votes_on_one_mail_are_two():
    votes = [
        f"{REPLY}{vote}\n\n{MAIL}"
        for vote in ("I approve of that.\nTom", "I object to that, sorry.\nEve")
    ]
    for a, b in (votes, votes[::-1]):
        assert compare(a, b).relation is None


def test_a_mail_with_another_subject_was_not_sent_on():
    other = MAIL.replace("Subject: Magazines", "Subject: Order 55102 shipped")
    assert measures_of(MAIL, sent_on("See below.")).quotation is Quotation.SENT_ON
    assert measures_of(other, sent_on("See below.")).quotation is Quotation.NONE


@pytest.mark.parametrize(
    "note",
    [
        f"Thanks!\n\n{' '.join(prose(460, 8))}",
        f"Best,\nTom\n\nPS: {' '.join(prose(461, 8))}",
        f"See my notes\n---\n{' '.join(prose(462, 8))}",
    ],
    ids=["after a word of thanks", "in a postscript", "under a line"],
)
def test_what_is_said_at_length_is_no_signature(note):
    assert compare(MAIL, sent_on(note)).relation is Relation.CONTAINED


def test_a_whole_exchange_sent_on_holds_its_first_mail():
    reply = f"{REPLY}{ANSWER}\n\n{MAIL}"
    assert compare(MAIL, sent_on("For information.", mail=reply)).relation is Relation.CONTAINED
