"""The coverage picture counts right, whatever the spread of dates and outlets."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.coverage import coverage

ARTICLES = st.lists(
    st.tuples(
        st.one_of(st.none(), st.sampled_from([f"Outlet {n}" for n in range(12)])),
        st.one_of(st.none(), st.dates(date(1905, 1, 1), date(2026, 12, 31))),
    ),
    max_size=60,
)


@given(ARTICLES)
def test_every_dated_article_is_in_one_bar_and_one_cell(
    articles: list[tuple[str | None, date | None]],
) -> None:
    picture = coverage(articles)
    dated = [(p or "Unnamed outlet", d) for p, d in articles if d]
    assert picture.undated == len(articles) - len(dated)
    assert sum(row.total for row in picture.rows) == len(dated)
    assert sum(sum(line.counts) for line in picture.table) == len(dated)
    assert len(picture.rows) <= 8
    assert len(picture.columns) <= 48
    own = Counter(p for p, _ in dated)
    assert all(row.total == own[row.name] for row in picture.rows if row.name != "Others")
    for row in picture.rows:
        assert all(
            0 < bar.height <= 10 and bar.y >= 0 and bar.x + bar.width <= len(picture.columns)
            for bar in row.bars
        )


@pytest.mark.parametrize(
    ("last", "unit", "columns"),
    [(date(2023, 3, 9), "month", 3), (date(2031, 3, 9), "year", 9), (date(2223, 3, 9), "decade", 21)],
)
def test_the_unit_grows_with_the_span(last: date, unit: str, columns: int) -> None:
    picture = coverage([("A", date(2023, 1, 5)), ("A", last)])
    assert (picture.unit, len(picture.columns)) == (unit, columns)


def test_names_and_figures_of_a_small_collection() -> None:
    picture = coverage(
        [("A", date(2023, 1, 5)), ("A", date(2023, 1, 9)), (None, date(2023, 2, 1)), ("B", None)]
    )
    assert (picture.first, picture.last, picture.peak, picture.undated) == (
        "January 2023",
        "February 2023",
        2,
        1,
    )
    assert [(r.name, r.total, [b.words for b in r.bars]) for r in picture.rows] == [
        ("A", 2, ["January 2023: 2 articles"]),
        ("Unnamed outlet", 1, ["February 2023: 1 article"]),
    ]
    assert [(line.name, line.counts) for line in picture.table] == [
        ("January 2023", (2, 0)),
        ("February 2023", (0, 1)),
    ]
