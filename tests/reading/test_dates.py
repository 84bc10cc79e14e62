"""Dates as people print them."""

from __future__ import annotations

from datetime import date

import pytest

from index.reading.dates import find_date
from index.types import DatePrecision

TODAY = date(2022, 5, 10)

DAYS = [
    "3 May 2022", "May 3, 2022", "May 3rd, 2022", "Tuesday, May 3 2022", "3rd of May, 2022", "03 May 2022 10:15 GMT", "3. Mai 2022",
    "3 mai 2022", "3 de mayo de 2022", "3 de maio de 2022", "3 maggio 2022", "3 mei 2022", "3 мая 2022 г.", "3 травня 2022", "3 maja 2022",
    "3 Mayıs 2022", "3 maj 2022", "3 Mei 2022", "٣ مايو ٢٠٢٢", "3 أيار 2022", "2022年5月3日", "2022년 5월 3일", "2022-05-03", "2022/05/03",
    "2022-05-03T23:59:59-11:00", "20220503", "03.05.2022", "3.5.2022 14:33", "14:33, 03.05.2022", "03/05/2022", "03-05-2022", "05/03/2022 4:00 PM ET",
    "Tue, 03 May 2022 10:00:00 +0000", "By Ann Lee, 3 May 2022", "Published 3 May 2022 | Updated 9 May 2022", "Updated 9 May 2022, published 3 May 2022",
    "May 3-5, 2022", "3–5 May 2022", "May 3 - June 2, 2022", "May 3, 2022 at 5:00 p.m. EDT", "MAY 3, 2022", "2022. május 3.", "3 tháng 5 năm 2022", "1 of 4 | 3 May 2022",
]  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    found = find_date(text)
    assert (found.iso, found.precision) == ("2022-05-03", DatePrecision.DAY)
    assert found.words in text


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("May 2022", "2022-05"), ("mayo de 2022", "2022-05"), ("Mai 2022", "2022-05"), ("май 2022", "2022-05"), ("2022-05", "2022-05"),
        ("2022年5月", "2022-05"), ("2022", "2022"), ("Published in 2022", "2022"), ("Sept. 2021", "2021-09"),
        ("13/05/2022", "2022-05-13"), ("05/13/2022", "2022-05-13"), ("12.03.2020", "2020-03-12"), ("3.5.22", "2022-05-03"),
    ],
)  # fmt: skip
def test_no_more_precise_than_print(text: str, iso: str) -> None:
    assert find_date(text).iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "", "no date here", "yesterday", "2 hours ago", "3 May", "30 February 2022", "31.04.2022", "45 May 2022", "In 2022 the talks failed",
        "192.168.1.2022", "version 1.2.3", "Mayor 2022 campaign", "10:30", "12345678901234", "99/99/9999", "0000-00-00", "1/2",
    ],
)  # fmt: skip
def test_unknown_stays_unknown(text: str) -> None:
    assert find_date(text).iso is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2 hours ago", "2022-05-10"), ("hace 3 días", "2022-05-07"), ("il y a 2 jours", "2022-05-08"), ("vor 2 Tagen", "2022-05-08"),
        ("2 дня назад", "2022-05-08"), ("منذ 3 أيام", "2022-05-07"), ("yesterday", "2022-05-09"), ("gestern", "2022-05-09"), ("a week ago", "2022-05-03"),
        ("3 May", "2022-05-03"), ("Dec 31", "2021-12-31"), ("31 décembre", "2021-12-31"), ("3 May 2019", "2019-05-03"), ("nothing", None),
    ],
)  # fmt: skip
def test_counted_from_a_reference_day(text: str, iso: str | None) -> None:
    assert find_date(text, reference=TODAY).iso == iso


def test_the_source_s_habit_settles_slashes() -> None:
    assert find_date("03/04/2022").iso == "2022-04-03"
    assert find_date("03/04/2022", month_first=True).iso == "2022-03-04"


def test_a_long_text_is_quick() -> None:
    assert find_date("1 2 3 May " * 100_000).iso is None
