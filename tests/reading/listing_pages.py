"""Made listing pages of many layouts, each with the items that a reader would find on it.

Written after the markup that real content systems give out (archives of blog systems, card grids, view rows,
tables, definition lists, hand-made pages), with what stands around the items on real pages.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

from listing_dates import print_date
from listing_stories import Item, make_items

FURNITURE = (
    "Skip to content", "We use cookies to improve your experience on our site", "Sign up for our weekly newsletter",
    "Most read", "All rights reserved", "Enter your email address", "Advertisement", "Read more", "Load more",
    "Share on Facebook", "Subscribe", "Privacy policy", "Photo: Lena Brandt / Agency", "min read", "Leave a comment",
)  # fmt: skip
"""Words that must never be found in an item's text."""


@dataclass(frozen=True, slots=True)
class Page:
    """A made page: its source, whether it is HTML, and what is on it."""

    name: str
    source: str
    items: tuple[Item, ...]
    html: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a layout in one language."""

    lang: str
    by: str
    more: str
    posted: str
    read: str
    related: str
    nav: tuple[str, ...]
    cookies: str
    accept: str
    newsletter: str
    plea: str
    rights: str
    next: str


EN = Words("en", "By", "Read more", "Posted on", "Most read", "You may also like",
           ("Home", "World", "Politics", "Business", "Opinion", "Sport", "Video"),
           "We use cookies to improve your experience on our site. By continuing you accept our privacy policy.",
           "Accept all", "Sign up for our weekly newsletter", "Enter your email address",
           "© 2024 Example News. All rights reserved.", "Next page")  # fmt: skip
LANGUAGES = (
    EN,
    Words("es", "Por", "Leer más", "Publicado el", "Lo más leído", "Te puede interesar",
          ("Inicio", "Mundo", "Política", "Economía", "Opinión", "Deportes"),
          "Utilizamos cookies propias y de terceros para mejorar su navegación. Si continúa, acepta su uso.",
          "Aceptar", "Suscríbete a nuestro boletín", "Recibe las noticias en tu correo",
          "© 2024 Ejemplo. Todos los derechos reservados.", "Siguiente"),
    Words("de", "Von", "Weiterlesen", "Veröffentlicht am", "Meistgelesen", "Das könnte Sie auch interessieren",
          ("Startseite", "Politik", "Wirtschaft", "Meinung", "Kultur", "Sport"),
          "Wir verwenden Cookies, um unsere Website für Sie zu verbessern. Datenschutz",
          "Alle akzeptieren", "Newsletter abonnieren", "Jetzt abonnieren",
          "© 2024 Beispiel Verlag. Alle Rechte vorbehalten.", "Nächste Seite"),
    Words("fr", "Par", "Lire la suite", "Publié le", "Les plus lus", "À lire aussi",
          ("Accueil", "Monde", "Politique", "Économie", "Débats", "Culture"),
          "Nous utilisons des cookies pour améliorer votre navigation. En continuant, vous acceptez leur usage.",
          "Tout accepter", "Abonnez-vous à notre newsletter", "Votre courriel",
          "© 2024 Exemple. Tous droits réservés.", "Suivant"),
    Words("ru", "Автор:", "Читать далее", "Опубликовано", "Популярное", "Читайте также",
          ("Главная", "Мир", "Политика", "Экономика", "Мнения", "Спорт"),
          "Мы используем файлы cookie. Продолжая пользоваться сайтом, вы соглашаетесь с этим.",
          "Принять", "Подпишитесь на рассылку", "Ваш email",
          "© 2024 Пример. Все права защищены.", "Следующая"),
)  # fmt: skip

Layout = Callable[[random.Random, list[Item], Words], str]


def shell(
    main: str, words: Words, title: str, rng: random.Random, *, aside: bool = True, head: str = ""
) -> str:
    """A whole page around `main`."""
    nav = "".join(f'<li class="menu-item"><a href="/{i}">{n}</a></li>' for i, n in enumerate(words.nav))
    others = make_items(rng, 5)
    read = "".join(f'<li><a href="/m/{i}">{escape(o.title)}</a></li>' for i, o in enumerate(others))
    sidebar = (
        f'<aside class="sidebar widget-area"><section class="widget"><h3 class="widget-title">{words.read}</h3>'
        f'<ol>{read}</ol></section><section class="widget newsletter"><h3>{words.newsletter}</h3><p>{words.plea}</p>'
        f'<form><input type="email"><button>OK</button></form></section></aside>'
        if aside
        else ""
    )
    dialog = rng.choice(["cookie-banner", "consent", "gdpr-notice"])
    return (
        f'<!DOCTYPE html><html lang="{words.lang}"><head><meta charset="utf-8"><title>{escape(title)} | Example News</title>'
        f'<meta property="og:site_name" content="Example News">{head}<style>.a{{color:red}}</style>'
        f'<script>var x = "<p>not text</p>";</script></head><body class="archive has-sidebar">'
        f'<a class="skip-link screen-reader-text" href="#content">Skip to content</a>'
        f'<header class="site-header"><div class="logo"><a href="/">Example News</a></div><nav><ul>{nav}</ul></nav></header>'
        f'<div class="{dialog}" role="dialog"><p>{words.cookies}</p><button>{words.accept}</button></div>'
        f'<div id="content" class="content-sidebar-wrap">{main}{sidebar}</div>'
        f'<footer class="site-footer"><ul>{nav}</ul><p>{words.rights}</p><p><a href="/privacy">Privacy policy</a></p></footer>'
        f"<script>console.log(1)</script></body></html>"
    )


def blog_archive(rng: random.Random, items: list[Item], words: Words) -> str:
    """Archive of a blog system, with a tag's description, pagination and share words."""
    rows = []
    for i, item in enumerate(items):
        day = (
            f'<span class="posted-on">{words.posted} <a href="{item.url}" rel="bookmark">'
            f'<time class="entry-date published" datetime="{item.date.isoformat()}T08:15:00+00:00">'
            f"{print_date(item.date, words.lang, 'long')}</time></a></span>"
            if item.date
            else ""
        )
        rows.append(
            f'<article id="post-{900 - i}" class="post-{900 - i} post type-post status-publish {"sticky" if not i else ""} '
            f'has-post-thumbnail category-{rng.randrange(9)}"><header class="entry-header"><h2 class="entry-title">'
            f'<a href="{item.url}" rel="bookmark">{escape(item.title)}</a></h2><div class="entry-meta">{day}'
            f'<span class="byline"> {words.by} <span class="author vcard"><a class="url fn n" href="/author">{item.author}</a>'
            f'</span></span></div></header><div class="post-thumbnail"><img src="a.jpg" alt="A hall in the capital"></div>'
            f'<div class="entry-summary">{paragraphs(item)}<p class="link-more"><a href="{item.url}" class="more-link">'
            f'{words.more} <span class="screen-reader-text">“{escape(item.title)}”</span></a></p></div>'
            f'<footer class="entry-footer"><span class="cat-links"><a rel="category tag" href="/c">{item.section}</a></span>'
            f'<span class="comments-link"><a href="#r">Leave a comment</a></span></footer></article>'
        )
    nav = (
        f'<nav class="pagination"><span class="page-numbers current">1</span><a class="page-numbers" href="/2">2</a>'
        f'<a class="next page-numbers" href="/2">{words.next}</a></nav>'
    )
    intro = '<header class="page-header"><h1 class="page-title">Tag: <span>peace talks</span></h1></header>'
    return shell(f'<main id="main">{intro}{"".join(rows)}{nav}</main>', words, "peace talks Archives", rng)


def card_grid(rng: random.Random, items: list[Item], words: Words) -> str:
    """Cards in a grid, an advertisement and a newsletter box between them."""
    cards = []
    for i, item in enumerate(items):
        day = (
            f'<p class="card-text"><small class="text-muted">{print_date(item.date, words.lang, "short")}</small></p>'
            if item.date
            else ""
        )
        cards.append(
            f'<div class="col-md-4 mb-4"><div class="card h-100"><img class="card-img-top" src="{i}.jpg" alt="">'
            f'<div class="card-body"><span class="badge bg-secondary">{item.section}</span><h5 class="card-title">{escape(item.title)}</h5>'
            f'<p class="card-text">{escape(item.text)}</p>{day}<a href="{item.url}" class="btn btn-primary">{words.more}</a></div></div></div>'
        )
        if i == 1:
            cards.append(
                '<div class="col-md-4 mb-4"><div class="ad-slot">Advertisement<a href="//ads.example">Buy garden chairs at half the price today</a></div></div>'
            )
        if i == 3:
            cards.append(
                f'<div class="col-12"><div class="newsletter-box"><h5>{words.newsletter}</h5><p>{words.plea}</p><button>OK</button></div></div>'
            )
    more = '<button class="btn btn-outline">Load more</button>'
    return shell(
        f'<div class="container"><h1>Latest</h1><div class="row">{"".join(cards)}</div>{more}</div>',
        words,
        "Latest",
        rng,
        aside=False,
    )


def view_rows(rng: random.Random, items: list[Item], words: Words) -> str:
    """Rows of a content system's view, fields in divs."""
    rows = []
    for i, item in enumerate(items):
        day = (
            f'<div class="views-field views-field-created"><span class="field-content">{print_date(item.date, words.lang, "numbers")}</span></div>'
            if item.date
            else ""
        )
        rows.append(
            f'<div class="views-row views-row-{i + 1} views-row-{"odd" if i % 2 else "even"}">{day}'
            f'<div class="views-field views-field-title"><span class="field-content"><a href="{item.url}">{escape(item.title)}</a></span></div>'
            f'<div class="views-field views-field-body"><div class="field-content">{paragraphs(item)}</div></div>'
            f'<div class="views-field views-field-view-node"><span class="field-content"><a href="{item.url}">{words.more}</a></span></div></div>'
        )
    main = f'<div class="region region-content"><h1 class="title">News</h1><div class="view view-news"><div class="view-content">{"".join(rows)}</div><ul class="pager"><li class="pager-next"><a href="?page=1">{words.next} ›</a></li></ul></div></div>'
    return shell(main, words, "News", rng)


def table_rows(rng: random.Random, items: list[Item], words: Words) -> str:
    """A ministry's table: date, headline and a line of text."""
    rows = "".join(
        f'<tr><td class="d">{print_date(item.date, words.lang, "dotted") if item.date else "–"}</td><td><a href="{item.url}">{escape(item.title)}</a>'
        f"<br>{escape(item.text)}</td></tr>"
        for item in items
    )
    return shell(
        f"<div id=main><h1>Press releases</h1><table><thead><tr><th>Date</th><th>Title</th></tr></thead><tbody>{rows}</tbody></table></div>",
        words,
        "Press",
        rng,
        aside=False,
    )


def definition_list(rng: random.Random, items: list[Item], words: Words) -> str:
    """Headlines in dt, blurbs in dd."""
    rows = "".join(
        f'<dt><a href="{item.url}">{escape(item.title)}</a>{f" <span>({print_date(item.date, words.lang, chr(108) + chr(111) + chr(110) + chr(103))})</span>" if item.date else ""}</dt>'
        f"<dd>{escape(item.text)}</dd>"
        for item in items
    )
    return shell(f"<main><h1>News archive</h1><dl>{rows}</dl></main>", words, "Archive", rng)


def flat_headings(rng: random.Random, items: list[Item], words: Words) -> str:
    """No element around an item: heading, date line, paragraphs, one after the other."""
    rows = []
    for item in items:
        byline = f'<p class="meta">{words.by} {item.author}{f" | {print_date(item.date, words.lang, chr(108) + chr(111) + chr(110) + chr(103))}" if item.date else ""}</p>'
        rows.append(
            f'<h3><a href="{item.url}">{escape(item.title)}</a></h3>{byline}{paragraphs(item)}<p><a href="{item.url}">{words.more} »</a></p>'
        )
    return shell(
        f'<div class="main-column"><h1>Peace Negotiations</h1>{"".join(rows)}</div>',
        words,
        "Peace Negotiations",
        rng,
    )


def date_first(rng: random.Random, items: list[Item], words: Words) -> str:
    """Date over the headline, flat, rules between."""
    rows = "<hr>".join(
        f'<p class="date">{print_date(item.date, words.lang, "long") if item.date else "&nbsp;"}</p><h2><a href="{item.url}">{escape(item.title)}</a></h2>{paragraphs(item)}'
        for item in items
    )
    return shell(f'<div class="news">{rows}</div>', words, "News", rng)


def hand_made(rng: random.Random, items: list[Item], words: Words) -> str:
    """A page of the nineties: bold links and line breaks."""
    rows = "".join(
        f'<p><b><a href="{item.url}">{escape(item.title)}</a></b><br><font size=1>{print_date(item.date, words.lang, "long") if item.date else ""}</font><br>{escape(item.text)}</p>'
        for item in items
    )
    menu = " | ".join(f'<a href="/{n}">{n}</a>' for n in words.nav)
    return f"<html><head><title>The Example Herald</title></head><body><center><h1>The Example Herald</h1>{menu}</center><hr>{rows}<hr><center>{words.rights}</center></body></html>"


def news_list(rng: random.Random, items: list[Item], words: Words) -> str:
    """List items with pictures, captions, labels and times that only their attribute dates."""
    rows = []
    for i, item in enumerate(items):
        day = (
            f'<time datetime="{item.date.isoformat()}T1{i % 10}:05:00Z">{rng.randrange(2, 23)}h</time>'
            if item.date
            else ""
        )
        rows.append(
            f'<li class="c-list__item"><figure><img src="x.jpg" alt="People at a table"><figcaption>Photo: Lena Brandt / Agency</figcaption></figure>'
            f'<div class="c-teaser"><span class="c-teaser__kicker">{item.section}</span><h3 class="c-teaser__headline"><a href="{item.url}">'
            f"<span>{escape(item.title)}</span></a></h3>"
            f'<p class="c-teaser__dek">{escape(item.text)}</p><div class="c-teaser__meta">{day}<span class="c-author">{item.author}</span>'
            f'<span class="c-time">4 min read</span></div><ul class="share"><li><a href="#">Share on Facebook</a></li><li><a href="#">Share on X</a></li></ul></div></li>'
        )
    return shell(f'<main><h1>World</h1><ul class="c-list">{"".join(rows)}</ul></main>', words, "World", rng)


def letter_archive(rng: random.Random, items: list[Item], words: Words) -> str:
    """The archive of a letter service: unspeaking class names, headline and subtitle both links."""
    rows = "".join(
        f'<div class="pencraft pc-display-flex pc-{rng.randrange(999)}"><div class="pencraft frontend-x{rng.randrange(99)}"><a class="pencraft size-17" href="{item.url}">{escape(item.title)}</a></div>'
        f'<div class="pencraft"><a class="pencraft color-secondary" href="{item.url}">{escape(item.text)}</a></div><div class="pencraft meta">'
        f'{f"""<time datetime="{item.date.isoformat()}T10:00:11.000Z">{print_date(item.date, words.lang, "short")}</time>""" if item.date else ""}'
        f'<span> ∙ </span><a href="/@x">{item.author}</a></div><a class="like">{rng.randrange(200)}</a><a class="share">Share</a></div>'
        for item in items
    )
    return shell(f'<div class="portable-archive-list">{rows}</div>', words, "Archive", rng, aside=False)


def block_links(rng: random.Random, items: list[Item], words: Words) -> str:
    """The whole card is one link."""
    rows = "".join(
        f'<div data-testid="card-{i}"><a href="{item.url}" class="sc-{rng.randrange(16**6):x}"><div class="img"><img src="p.webp" alt="file photo"></div>'
        f'<div><h2 data-testid="headline">{escape(item.title)}</h2><p data-testid="description">{escape(item.text)}</p>'
        f'<div><span data-testid="lastupdated">{print_date(item.date, words.lang, "short") if item.date else ""}</span><span data-testid="tag">{item.section}</span></div></div></a></div>'
        for i, item in enumerate(items)
    )
    return shell(
        f'<main id="main-content"><section><div class="grid">{rows}</div></section></main>',
        words,
        "News",
        rng,
        aside=False,
    )


def featured(rng: random.Random, items: list[Item], words: Words) -> str:
    """A big first item in other markup, then a list."""
    first, *rest = items
    day = print_date(first.date, words.lang, "long") if first.date else ""
    hero = (
        f'<section class="hero"><a href="{first.url}"><img src="hero.jpg" alt=""></a><div class="hero__body"><p class="eyebrow">{first.section}</p><h2 class="hero__title">'
        f'<a href="{first.url}">{escape(first.title)}</a></h2><p class="hero__lede">{escape(first.text)}</p><p class="hero__meta">{words.by} <a rel="author" href="/x">{first.author}</a> <span class="date">{day}</span></p></div></section>'
    )
    rows = "".join(
        f'<div class="story"><h3 class="story__title"><a href="{item.url}">{escape(item.title)}</a></h3><div class="story__date">{print_date(item.date, words.lang, "long") if item.date else ""}</div>'
        f'<div class="story__excerpt">{escape(item.text)}</div></div>'
        for item in rest
    )
    return shell(f'<main>{hero}<div class="stories">{rows}</div></main>', words, "Home", rng)


def day_groups(rng: random.Random, items: list[Item], words: Words) -> str:
    """A wire: the day as a heading over its items, clock times beside them."""
    parts, last = [], None
    for item in items:
        if item.date != last and item.date:
            parts.append(
                f'{"</ul>" if last else ""}<h2 class="day">{print_date(item.date, words.lang, "long")}</h2><ul class="wire">'
            )
            last = item.date
        parts.append(
            f'<li><span class="clock">{rng.randrange(24):02d}:{rng.randrange(60):02d}</span> <a href="{item.url}">{escape(item.title)}</a><p>{escape(item.text)}</p></li>'
        )
    return shell(
        f'<div class="wire-page"><h1>Newswire</h1>{"".join(parts)}</ul></div>', words, "Newswire", rng
    )


def marked_up(rng: random.Random, items: list[Item], words: Words) -> str:
    """Microformats: h-feed."""
    rows = "".join(
        f'<div class="h-entry"><p class="p-name"><a class="u-url" href="{item.url}">{escape(item.title)}</a></p>'
        f'{f"""<span class="dt-published" title="{item.date.isoformat()}">{print_date(item.date, words.lang, "long")}</span>""" if item.date else ""} <span class="p-author h-card">{item.author}</span>'
        f'<div class="p-summary">{paragraphs(item)}</div></div>'
        for item in items
    )
    return shell(
        f'<div class="h-feed"><h1 class="p-name">Peace desk</h1>{rows}</div>', words, "Peace desk", rng
    )


def schema_items(rng: random.Random, items: list[Item], words: Words) -> str:
    """Microdata in plain divs."""
    rows = "".join(
        f'<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="{item.date.isoformat() if item.date else ""}"><a itemprop="url" href="{item.url}"><span itemprop="headline">{escape(item.title)}</span></a>'
        f'<div class="i"><span class="when">{print_date(item.date, words.lang, "numbers") if item.date else ""}</span> · <span itemprop="author">{item.author}</span></div><div itemprop="description">{escape(item.text)}</div></div>'
        for item in items
    )
    return shell(f'<div class="list">{rows}</div>', words, "List", rng)


def sections(rng: random.Random, items: list[Item], words: Words) -> str:
    """A front page in sections, each with its own heading and a link to all of it."""
    third = max(1, len(items) // 3)
    parts = []
    for name, some in zip(
        words.nav[1:4], (items[:third], items[third : 2 * third], items[2 * third :]), strict=True
    ):
        rows = "".join(
            f'<div class="teaser"><div class="teaser-image"><a href="{i.url}"><img src="t.jpg" alt=""></a></div><div class="teaser-text"><h4><a href="{i.url}">{escape(i.title)}</a></h4>'
            f'<span class="teaser-date">{print_date(i.date, words.lang, "long") if i.date else ""}</span><p>{escape(i.text)} <a class="rm" href="{i.url}">{words.more}</a></p></div></div>'
            for i in some
        )
        parts.append(
            f'<section><div class="section-head"><h2>{name}</h2><a href="/s">View all</a></div><div class="teasers">{rows}</div></section>'
        )
    return shell(f"<main>{''.join(parts)}</main>", words, "Front page", rng)


def search_results(rng: random.Random, items: list[Item], words: Words) -> str:
    """Results of a search, numbered, with address lines and the date before the text."""
    rows = "".join(
        f'<div class="result"><span class="num">{i}.</span><a class="result-title" href="{item.url}">{escape(item.title)}</a><cite class="result-url">{item.url[:60]}…</cite>'
        f'<div class="snippet">{f"<span>{print_date(item.date, words.lang, chr(108) + chr(111) + chr(110) + chr(103))} — </span>" if item.date else ""}{escape(item.text)}</div></div>'
        for i, item in enumerate(items, 1)
    )
    return shell(
        f'<main><h1>Search results for “truce”</h1><p>Showing 1–{len(items)} of 214 results</p><div class="facets"><h3>Filter by</h3><ul><li><a href="#">World (12)</a></li><li><a href="#">Opinion (3)</a></li></ul></div>{rows}</main>',
        words,
        "Search",
        rng,
        aside=False,
    )


def headlines_only(rng: random.Random, items: list[Item], words: Words) -> str:
    """A list of dated headlines without a word of text."""
    rows = "".join(
        f'<li class="item"><span class="item-date">{print_date(i.date, words.lang, "dotted") if i.date else ""}</span> <a href="{i.url}">{escape(i.title)}</a></li>'
        for i in items
    )
    return shell(
        f'<main><h1>Archive 2023</h1><ul class="archive-list">{rows}</ul></main>',
        words,
        "Archive",
        rng,
        aside=False,
    )


def paragraphs(item: Item) -> str:
    return "".join(f"<p>{escape(p)}</p>" for p in item.text.split("\n\n"))


LAYOUTS: tuple[Layout, ...] = (
    blog_archive, card_grid, view_rows, table_rows, definition_list, flat_headings, date_first, hand_made, news_list,
    letter_archive, block_links, featured, day_groups, marked_up, schema_items, sections, search_results,
)  # fmt: skip
_COUNTS = (3, 4, 5, 7, 8, 10, 12, 15, 20, 25, 30, 40)


def make_pages(seed: int = 1) -> Iterator[Page]:
    """HTML pages of every layout in two sizes and two languages of the furniture, some items without a date."""
    for number, layout in enumerate(LAYOUTS):
        for turn in range(2):
            rng = random.Random(f"{seed} {layout.__name__} {turn}")
            words = LANGUAGES[0] if turn == 0 else LANGUAGES[1 + (number + seed) % (len(LANGUAGES) - 1)]
            count = _COUNTS[(number * 5 + turn * 3 + seed) % len(_COUNTS)]
            undated = 0.0 if layout is day_groups else (0.0, 0.2)[turn]
            items = make_items(rng, count, undated=undated, paragraphs=1 + (turn and number % 2))
            if layout in (
                table_rows,
                definition_list,
                hand_made,
                card_grid,
                news_list,
                letter_archive,
                block_links,
                featured,
                day_groups,
                schema_items,
                sections,
                search_results,
            ):
                items = [replace(i, text=i.text.replace("\n\n", " ")) for i in items]
            yield Page(f"{layout.__name__}-{words.lang}-{count}", layout(rng, items, words), tuple(items))
    rng = random.Random(f"{seed} headlines")
    items = [replace(i, text="") for i in make_items(rng, 12)]
    yield Page("headlines_only-en-12", headlines_only(rng, items, EN), tuple(items))
