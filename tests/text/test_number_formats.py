"""Numbers as the cells of a workbook show them."""

from __future__ import annotations

import pytest

from dedupe_app.text.number_formats import code_of, is_date, show_number

ACCOUNTS = '_-* #,##0.00 _€_-;-* #,##0.00 _€_-;_-* "-"?? _€_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, '#,##0.00 "€"', "1,234.50 €"),
        (-1234.5, '#,##0.00 "€"', "-1,234.50 €"),
        (-1234.5, "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        (2557.667, "[$$-409]#,##0.00", "$2,557.67"),
        (1234.5, ACCOUNTS, "1,234.50"),
        (0, ACCOUNTS, "-"),
        (0, '0;-0;"none"', "none"),
        (0.1234, "0.0%", "12.3%"),
        (0.5, "#.##", ".5"),
        (5, "000", "005"),
        (2.5, "0", "3"),
        (-0.001, "0.00", "0.00"),
        (1_234_567, '0.0,,"M"', "1.2M"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E+0", "1.2E-4"),
        (5, '"No." 0', "No. 5"),
        (7, "\\x0", "x7"),
        (1_234_567, "000-00-00", "1234567"),
        (1.5, "# ?/?", "1.5"),
        (3, "@", "3"),
        (5083.3706, "", "5083.3706"),
        (1 / 3, "General", "0.333333333"),
        (-12345.678912345, "", "-12345.67891"),
        (45000, "DD.MM.YYYY", "15.03.2023"),
        (45000, "[$-407]D. MMMM YYYY", "15. March 2023"),
        (45000, "ddd d mmm yy", "Wed 15 Mar 23"),
        (45000.75, "yyyy-mm-dd hh:mm:ss", "2023-03-15 18:00:00"),
        (45000.75, "d/m/yy h:mm AM/PM", "15/3/23 6:00 PM"),
        (0.5003, "mm:ss.0", "00:25.9"),
        (1.5, "[h]:mm", "36:00"),
        (-5, "yyyy", "-5"),
        (float("nan"), "0.0", "nan"),
    ],
)
def test_shown_as_in_the_cell(value, code, shown):
    assert show_number(value, code) == shown


@pytest.mark.parametrize(
    "code",
    [
        "0." + "0" * 250,
        "%" * 250 + "0",
        "0" + "," * 250,
        "0." + "0" * 9999,
        "[h]" * 80,
        "s.000",
        "",
        "[h",
    ],
)
def test_no_number_is_too_much_for_a_format(code):
    for value in (0.0, -0.0, 1.5, -1e300, 1e300, 1e-300, 2_958_465.999_999_99, float("nan")):
        assert isinstance(show_number(value, code), str)


def test_formats_by_their_number():
    assert show_number(1234.5, code_of(4, {})) == "1,234.50"
    assert show_number(1234.5, code_of(164, {164: "0.0"})) == "1234.5"
    assert show_number(1234.5, code_of(0, {})) == "1234.5"
    assert show_number(45000, code_of(14, {})) == "2023-03-15"
    assert is_date(code_of(14, {}))
    assert not is_date(code_of(4, {}))
    assert not is_date('0 "days"')
