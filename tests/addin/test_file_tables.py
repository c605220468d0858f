"""Tables out of CSV files: what stands in quotation marks, and what stands behind one too many."""

import pytest

from addin.file_tables import table_of


def test_a_line_break_within_quotation_marks_stays_one() -> None:
    assert table_of('code;address\n1;"Jl. A\nBandung"\n') == [
        ["code", "address"],
        ["1", "Jl. A\nBandung"],
    ]


@pytest.mark.parametrize("count", [1, 5, 20_000])
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(count: int) -> None:
    rest = "".join(f"02/05/2026;x{n};100\n" for n in range(count))
    table = table_of(f'date;text;amount\n01/05/2026;"PROMO;100\n{rest}')
    assert table[1] == ["01/05/2026", "PROMO", "100"]
    assert len(table) == 2 + count


def test_a_quotation_mark_inside_a_text_is_part_of_it() -> None:
    assert table_of('date;text\n1;monitor 12" baru\n2;x\n')[1] == ["1", 'monitor 12" baru']
