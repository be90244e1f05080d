"""A comparison is a table where there is room, and cards where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.widget.page import Person

pytestmark = [pytest.mark.server, pytest.mark.browser]


def lefts(cells: Locator) -> set[float]:
    return {box["x"] for cell in cells.all() if (box := cell.bounding_box())}


def test_on_a_desktop_it_is_a_table_with_headings(arrives: Callable[..., Person]) -> None:
    person = arrives().goes_to_the_chat().says("internship vs residency")
    table = person.chat.get_by_role("table", name="Comparison")
    assert [cell.strip() for cell in table.get_by_role("columnheader").all_inner_texts()][1:] == [
        "Internship",
        "Residency",
    ]
    row = table.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_have_count(1)
    cells = row.get_by_role("cell")
    expect(cells).to_have_count(2)
    assert len(lefts(cells)) == 2
    expect(cells.first.locator(".cell-column")).to_be_hidden()


def test_on_a_phone_each_row_is_a_card_that_names_its_columns(arrives: Callable[..., Person]) -> None:
    person = arrives(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True).visits().opens()
    person.says("internship vs residency")
    table = person.chat.get_by_role("table", name="Comparison")
    cells = table.get_by_role("row").nth(1).get_by_role("cell")
    assert len(lefts(cells)) == 1
    assert cells.locator(".cell-column").all_inner_texts() == ["Internship", "Residency"]
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
