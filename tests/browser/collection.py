"""The articles that the browser tests ask about: invented places, awkward text, several outlets and dates."""

from __future__ import annotations

import json
from pathlib import Path

_WIRE = (
    "Veldia and the Northern Marches signed a ceasefire in Lindholm on 4 May 2022. "
    "The ceasefire was mediated by the former judge Mira Castellan. "
    "Both sides promised to open the Karst road for aid convoys within ten days.\n\n"
    "The Lindholm ceasefire is watched by ninety unarmed observers from the Lake Union. "
    "A hotline connects the two headquarters day and night."
)

ARTICLES: list[dict[str, object]] = [
    {
        "id": "ceasefire",
        "title": "Veldia and the Northern Marches sign ceasefire in Lindholm",
        "publisher": "The Lake Courier",
        "author": "Ana Brandt",
        "published": "2022-05-04",
        "url": "https://courier.example/2022/ceasefire?id=7&x=a-b",
        "text": _WIRE,
    },
    {
        "id": "ceasefire-copy",
        "title": "Ceasefire signed in Lindholm by Veldia and the Northern Marches",
        "publisher": "Harbour Post",
        "published": "2022-05-05",
        "url": "https://harbour.example/ceasefire",
        "text": _WIRE,
    },
    {
        "id": "prisoners-courier",
        "title": "Prisoners come home over the Karst road",
        "publisher": "The Lake Courier",
        "author": "Ana Brandt",
        "published": "2022-08-19",
        "url": "https://courier.example/2022/prisoners",
        "text": (
            "Veldia released 120 prisoners over the Karst road on 18 August 2022. "
            "The prisoner exchange was arranged by the Lake Union in three weeks of quiet talks.\n\n"
            "How the exchange went\n\n"
            "The prisoners walked across the bridge in groups of ten. "
            "“We were counted, and counted again,” said the teacher Jon Ferro, who had been held for a year. "
            "Doctors waited on both sides of the bridge 🚑 with blankets and tea."
        ),
    },
    {
        "id": "prisoners-post",
        "title": "Exchange of prisoners between Veldia and the Marches",
        "publisher": "Harbour Post",
        "published": "2022-08-20",
        "url": "https://harbour.example/exchange",
        "text": (
            "Veldia released 96 prisoners over the Karst road on 18 August 2022. "
            "The names of the prisoners were read aloud in the market square of Tarn.\n\n"
            "The Marches say that a second prisoner exchange will follow in the autumn."
        ),
    },
    {
        "id": "round-two",
        "title": "Second round of talks opens on the island of Sorrel",
        "publisher": "Meridian Radio",
        "author": "Piet Lund",
        "published": "2022-11-02",
        "url": "https://meridian.example/news/sorrel",
        "text": (
            "The second round of talks opened on the island of Sorrel on 1 November 2022. "
            "The delegation of Veldia was led by the deputy foreign minister Tomas Okello. "
            "The delegation of the Northern Marches was led by the governor Ilse Varga.\n\n"
            "The talks on Sorrel dealt with water rights in the Karst valley, the return of displaced families "
            "and the status of the border town of Tarn. "
            "No journalists were allowed on the island during the talks. "
            "The mediator Mira Castellan said that the parties had agreed on nine of fourteen points."
        ),
    },
    {
        "id": "water",
        "title": "Water treaty for the Karst valley",
        "publisher": "Meridian Radio",
        "published": "2023-02-14",
        "url": "https://meridian.example/news/water",
        "text": (
            "The water treaty for the Karst valley gives each side half of the river in dry months. "
            "The water treaty was signed in Tarn on 13 February 2023. "
            "A joint commission of six engineers measures the river every week.\n\n"
            "The treaty does not say who pays for the repair of the Oldenmoor dam. "
            "Farmers’ unions on both banks welcomed the water treaty, though the union of Lower Tarn called it "
            "“half a bucket”."
        ),
    },
    {
        "id": "families",
        "title": "Displaced families begin to return to Tarn",
        "publisher": "Relief Notes",
        "author": "Dalia Noor",
        "published": "2023-03",
        "url": "https://relief.example/notes/return",
        "text": (
            "About four thousand families have returned to Tarn since the ceasefire of Lindholm. "
            "The return of displaced families is paid for by a fund of the Lake Union worth 80 million crowns. "
            "Deminers cleared the schools first and the orchards last.\n\n"
            "Families who cannot return may sell their house to the fund at the price of before the war."
        ),
    },
    {
        "id": "observers",
        "title": "Who watches the ceasefire",
        "publisher": "Relief Notes",
        "published": "2022-06-10",
        "url": None,
        "text": (
            "The observers of the Lake Union carry no weapons and travel in white cars. "
            "Colonel Hanne Strand leads the observer mission from an office above the post office of Lindholm. "
            "The observer mission has counted eleven breaches of the ceasefire in its first month."
        ),
    },
    {
        "id": "failed",
        "title": "Why the talks of 2021 failed",
        "publisher": "Institute for Quiet Diplomacy",
        "author": "Rosa Imhof",
        "published": "2021",
        "url": "https://quiet.example/papers/2021",
        "text": (
            "The talks of 2021 failed because neither side would name the other in writing. "
            "A draft text spoke of “the parties beyond the river”, which pleased nobody. "
            "The Institute counted forty-one meetings in seven hotels.\n\n"
            "Lessons for the next round\n\n"
            "The Institute recommends a single mediator, a small agenda and no press conferences."
        ),
    },
    {
        "id": "arabic",
        "title": "اتفاق لوقف إطلاق النار في ليندهولم",
        "publisher": "صوت البحيرة",
        "published": "2022-05-06",
        "url": "https://sawt.example/a/1",
        "text": (
            "وقعت فيلديا والمسيرات الشمالية اتفاقا لوقف إطلاق النار في ليندهولم. "
            "وقادت القاضية السابقة ميرا كاستيلان الوساطة بين الطرفين."
        ),
    },
    {
        "id": "awkward",
        "title": "The ﬁnal ofﬁcial communiqué 𝕺𝖋 Sorrel – “nine of fourteen”",
        "publisher": "Gazette & Sons <Official>",
        "published": "2022-12-24",
        "url": "https://gazette.example/communiqu%C3%A9",
        "text": (
            "The oﬃcial communiqué of Sorrel 🕊️ was read aloud by Chancellor Édith 𝓠uill on 23 December 2022.\n\n"
            "The communiqué lists nine points: 👩🏽‍⚕️ care for the wounded, customs, rail, mail, schools, graves, "
            "fishing, salt and “the ﬁve bridges”. "
            "Chancellor Édith 𝓠uill said that the ﬁve bridges would be rebuilt by 2025 🏗️🏗️. "
            "A\u00a0footnote\u00a0of\u00a0the\u00a0communiqué allows fishing at night — but only with lanterns."
        ),
    },
    {
        "id": "undated",
        "title": "A chronology of the Karst conflict",
        "publisher": None,
        "text": (
            "The Karst conflict began with a quarrel about a mill. "
            "The mill of Oldenmoor burned down in the first winter of the Karst conflict."
        ),
    },
]

QUESTIONS = [
    "Who mediated the ceasefire in Lindholm?",
    "When did Veldia and the Northern Marches sign the ceasefire?",
    "How many prisoners did Veldia release over the Karst road?",
    "Who led the delegation of Veldia at the talks on Sorrel?",
    "Who led the delegation of the Northern Marches on Sorrel?",
    "What did the talks on the island of Sorrel deal with?",
    "When was the water treaty for the Karst valley signed?",
    "What does the water treaty give each side?",
    "Who pays for the return of displaced families to Tarn?",
    "How many families have returned to Tarn since the ceasefire?",
    "Who leads the observer mission of the Lake Union?",
    "How many breaches of the ceasefire did the observer mission count?",
    "Why did the talks of 2021 fail?",
    "What does the Institute recommend for the next round?",
    "Who read the communiqué of Sorrel aloud?",
    "Which nine points does the communiqué list?",
    "When will the five bridges be rebuilt?",
    "What does a footnote of the communiqué allow?",
    "How did the Karst conflict begin?",
    "What happened to the mill of Oldenmoor?",
    "Who arranged the prisoner exchange?",
    "What did the teacher Jon Ferro say?",
    "Where did the doctors wait during the prisoner exchange?",
    "Where were the names of the prisoners read aloud?",
    "How many observers watch the Lindholm ceasefire?",
]


def write(folder: Path) -> Path:
    """The articles as a JSONL file in `folder`."""
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in ARTICLES), encoding="utf-8")
    return path
