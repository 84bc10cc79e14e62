"""Made pages of one article each, in the markup of many content systems, with what a reader should take from them.

The news is invented. Around each article stands what real pages put there: menus, consent, newsletter boxes, related
links, captions, authors' notes, comments, copyright lines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape


@dataclass(frozen=True, slots=True)
class Story:
    """An article and the words that its language prints around it."""

    title: str
    publisher: str
    domain: str
    authors: tuple[str, ...]
    day: date
    printed: str
    """The day as this outlet prints it."""
    language: str
    lead: str
    paragraphs: tuple[str, ...]
    by: str
    related: str
    newsletter: str
    share: str
    comments: str
    rights: str

    @property
    def url(self) -> str:
        slug = "-".join("".join(c for c in w if c.isalnum()) for w in self.title.lower().split())[:60]
        return f"https://www.{self.domain}/world/{slug}-4711"

    @property
    def text(self) -> str:
        return "\n\n".join((self.lead, *self.paragraphs))


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page and its story; which of the story's facts the page gives at all."""

    name: str
    source: str
    story: Story
    has_day: bool = True
    has_publisher: bool = True


STORIES = (
    Story(
        "Rebels and government sign humanitarian corridor deal in Tasmere",
        "Harbour Tribune", "harbourtribune.example", ("Lena Okafor", "Piet van Houten"), date(2022, 4, 3), "April 3, 2022", "en",
        "Negotiators from the Tasmere government and the Northern Front signed an accord on Sunday that opens two corridors for food and medicine.",
        (
            "The accord, reached after nine days of talks in the port of Sellin, obliges both sides to halt shelling along the coastal road from dawn to dusk.",
            "“This is the first paper that carries both signatures since the fighting began,” said Amadou Reiss, who led the mediation for the Council of Ports.",
            "The corridors will be watched by 60 observers from four countries. The first convoy, of 34 lorries, is expected to leave Sellin on Wednesday.",
            "Earlier attempts failed in January and in March, when each side accused the other of moving troops under cover of the truce.",
            "A spokesman for the Northern Front said that talks about prisoners would follow within a month. The government did not comment on that.",
        ),
        "By", "Related stories", "Sign up for our daily newsletter", "Share", "Comments", "All rights reserved.",
    ),
    Story(
        "Why the Keldan river commission matters: ‘Water first, borders later’",
        "The Upland Review", "uplandreview.example", ("Samira Holt",), date(2023, 11, 28), "28 November 2023", "en",
        "For eleven years the two Keldan republics could not agree on a border. Now engineers from both capitals meet every Tuesday to share out a river.",
        (
            "The commission began with four hydrologists and a borrowed meeting room. It now decides how much water each side may draw in the dry months.",
            "“We do not talk about flags,” said Jorin Maas, the commission's first chair. “We talk about cubic metres, and nobody walks out over a cubic metre.”",
            "Diplomats in Westhaven say that the model has spread: a similar body for the power grid held its third session in October.",
            "Not everyone is convinced. The opposition in South Keldan calls the commission a way of avoiding the question of the 14,000 people displaced in 2012.",
            "A report by the Institute for River Studies found that both sides kept to their quotas in 22 of the last 24 months.",
            "The next session is planned for the second week of December, when the chair passes to the northern side.",
        ),
        "By", "You may also like", "Get the Review in your inbox", "Share this article", "Join the conversation", "All rights reserved.",
    ),
    Story(
        "Envoy leaves Brisk talks without date for second round",
        "Meridian Wire", "meridianwire.example", ("Tomas Aldana",), date(2021, 9, 17), "Sept. 17, 2021", "en",
        "BRISK (MW) — The special envoy for the Ossel conflict left this city on Friday without naming a date for a second round of talks.",
        (
            "Envoy Catrin Bell said that the delegations had “used the time well” but had not agreed on who should sit at the table next time.",
            "Two officials close to the talks said that the dispute was over the eastern councils, which control the road to the salt mines.",
            "The councils were not invited to the first round. Their leader, Hamid Soret, said on Thursday that nothing signed without them would hold.",
            "Fighting has killed at least 310 people since May, according to a count by local hospitals.",
        ),
        "By", "Most read", "Subscribe to our alerts", "Share", "Leave a comment", "All rights reserved.",
    ),
    Story(
        "El Gobierno de Almora y los sindicatos mineros pactan una tregua de noventa días",
        "Diario del Valle", "diariodelvalle.example", ("Inés Carranza",), date(2020, 2, 11), "11 de febrero de 2020", "es",
        "El Gobierno de Almora y los tres sindicatos mineros firmaron el martes una tregua de noventa días que suspende los bloqueos de carreteras.",
        (
            "El acuerdo, negociado durante seis noches en el seminario de Santa Lucía, prevé la liberación de 48 detenidos y la retirada de las barricadas.",
            "«No es la paz, pero es la primera semana sin heridos», dijo el obispo Ramiro Uceda, que actuó de mediador.",
            "Una comisión de nueve personas vigilará el cumplimiento y publicará un informe cada quince días.",
            "La patronal, que no participó en las conversaciones, pidió que se respeten los contratos firmados antes de la huelga.",
            "Las conversaciones sobre los salarios empezarán el 2 de marzo en la capital, según confirmó la ministra de Trabajo.",
        ),
        "Por", "Noticias relacionadas", "Suscríbete a nuestro boletín", "Compartir", "Comentarios", "Todos los derechos reservados.",
    ),
    Story(
        "À Valbrume, un cessez-le-feu négocié maison par maison",
        "Le Courrier des Rives", "courrierdesrives.example", ("Élise Morvan",), date(2019, 6, 5), "5 juin 2019", "fr",
        "Les deux camps qui se disputent la vieille ville de Valbrume ont accepté mercredi un cessez-le-feu limité à onze rues, négocié par des commerçants.",
        (
            "L'accord tient sur deux pages et ne porte aucun cachet officiel. Il prévoit la réouverture du marché et l'évacuation des blessés.",
            "« Nous avons commencé par la boulangerie », raconte Naïma Derrien, qui a réuni les chefs de quartier dans son arrière-boutique.",
            "L'armée a confirmé le retrait de ses tireurs des toits de la rue des Tanneurs. Les miliciens ont quitté l'école vendredi.",
            "Selon la Croix-Bleue, 73 personnes ont pu rejoindre l'hôpital depuis mercredi matin.",
            "Une rencontre entre les deux états-majors est prévue le 20 juin dans un lieu tenu secret.",
        ),
        "Par", "Sur le même sujet", "Inscrivez-vous à notre lettre d'information", "Partager", "Commentaires", "Tous droits réservés.",
    ),
    Story(
        "Grenzgespräche in Hohenau vertagt: Streit um die Brücke",
        "Talbote", "talbote.example", ("Jonas Wirth", "Clara Behn"), date(2024, 1, 9), "9. Januar 2024", "de",
        "Die Gespräche über die Öffnung der Grenze bei Hohenau sind am Dienstag nach vier Stunden ohne Ergebnis vertagt worden.",
        (
            "Streitpunkt ist die alte Eisenbahnbrücke, die beide Seiten für sich beanspruchen. Sie ist seit 2015 gesperrt.",
            "„Wir sind uns über alles einig außer über 212 Meter Stahl“, sagte die Vermittlerin Greta Solm nach der Sitzung.",
            "Die Delegationen vereinbarten, dass Sanitäter und Briefträger die Brücke zweimal in der Woche benutzen dürfen.",
            "Die nächste Runde soll am 23. Januar stattfinden, diesmal auf der östlichen Seite des Flusses.",
            "Der Handelsverband beziffert den Schaden durch die Sperrung auf 40 Millionen im Jahr.",
        ),
        "Von", "Mehr zum Thema", "Newsletter abonnieren", "Teilen", "Kommentare", "Alle Rechte vorbehalten.",
    ),
)  # fmt: skip


def _p(texts: tuple[str, ...] | list[str], cls: str = "") -> str:
    mark = f' class="{cls}"' if cls else ""
    return "\n".join(f"<p{mark}>{escape(t)}</p>" for t in texts)


def _names(story: Story) -> str:
    return " and ".join(story.authors) if story.language == "en" else ", ".join(story.authors)


def _menu() -> str:
    entries = "".join(
        f"<li><a href='/{w.lower()}'>{w}</a></li>"
        for w in ("World", "Politics", "Business", "Opinion", "Sport")
    )
    return f"<a class='skip' href='#main'>Skip to content</a><nav><ul>{entries}</ul></nav>"


def _consent() -> str:
    return "<div id='cookie-banner'><p>We use cookies to improve your experience. By continuing you accept our privacy policy.</p><button>Accept all</button></div>"


def _teasers(story: Story) -> str:
    titles = ("Storm closes three harbours", "Council votes on new school law", "Museum shows forgotten maps")
    links = "".join(f"<li><a href='/t/{n}'>{t}</a></li>" for n, t in enumerate(titles))
    return f"<h3>{story.related}</h3><ul>{links}</ul>"


def _box(story: Story) -> str:
    return f"<h4>{story.newsletter}</h4><p>The best of our reporting, every morning.</p><form><input placeholder='Email'><button>OK</button></form>"


def _page(story: Story, head: str, body: str, *, lang: bool = True) -> str:
    mark = f' lang="{story.language}"' if lang else ""
    return f'<!doctype html>\n<html{mark}><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def _og(story: Story, *, kind: str = "article") -> str:
    return (
        f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:type" content="{kind}">'
        f'<meta property="og:url" content="{story.url}"><meta property="og:site_name" content="{escape(story.publisher)}">'
    )


def _ld(story: Story, **further: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": f"{story.day}T09:15:00+00:00",
        "dateModified": f"{story.day.replace(year=story.day.year + 1)}T10:00:00+00:00",
        "author": [{"@type": "Person", "name": n} for n in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": story.publisher},
        "mainEntityOfPage": {"@type": "WebPage", "@id": story.url},
        **further,
    }
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def blog(story: Story) -> str:
    head = (
        f"<title>{escape(story.title)} – {escape(story.publisher)}</title><link rel='canonical' href='{story.url}'>{_og(story)}"
        f"<meta property='article:published_time' content='{story.day}T07:00:00+00:00'><meta property='article:modified_time' content='2025-01-01T07:00:00+00:00'>"
    )
    body = f"""<header><p class="site-title"><a href="/">{story.publisher}</a></p>{_menu()}</header><main><article class="post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{escape(story.title)}</h1><div class="entry-meta"><span class="posted-on">
<time class="entry-date published" datetime="{story.day}T07:00:00+00:00">{story.printed}</time><time class="updated" datetime="2025-01-01">1.1.2025</time></span>
<span class="byline">{story.by} <span class="author vcard"><a href="/author/x">{_names(story)}</a></span></span></div></header>
<div class="entry-content">{_p([story.lead])}<figure class="wp-block-image"><img src="a.jpg"><figcaption>Delegates arrive on the first day. Photo: Agency</figcaption></figure>
{_p(story.paragraphs)}<div class="sharedaddy"><h3 class="sd-title">{story.share}</h3><ul><li><a href="#">Facebook</a></li><li><a href="#">X</a></li></ul></div></div>
<footer class="entry-footer">Filed under: <a href="/c/world">World</a></footer></article><nav class="post-navigation"><a href="/p">Previous post</a></nav>
<div id="comments" class="comments-area"><h2>{story.comments}</h2><ol class="comment-list"><li><p>I never believed a word of it, and I said so in 2009.</p></li></ol></div></main>
<aside class="widget-area">{_teasers(story)}{_box(story)}</aside><footer>© 2024 {story.publisher}. {story.rights}</footer>{_consent()}"""
    return _page(story, head, body)


def views(story: Story) -> str:
    head = f"<title>{escape(story.title)} | {escape(story.publisher)}</title><link rel='canonical' href='{story.url}'><meta name='dcterms.date' content='{story.day}'>"
    fields = "".join(f"<p>{escape(t)}</p>" for t in story.paragraphs)
    body = f"""<div id="page">{_menu()}<div class="region-content"><h1 class="page-header">{escape(story.title)}</h1>
<article class="node node--type-article"><div class="field field--name-field-subtitle">{escape(story.lead)}</div>
<div class="submitted">{story.printed} | {story.by} {_names(story)}</div><div class="field field--name-body field--type-text-with-summary">{fields}</div>
<div class="field field--name-field-tags"><a href="/tag/1">Talks</a><a href="/tag/2">Mediation</a></div></article></div>
<div class="region-sidebar"><div class="block block-views">{_teasers(story)}</div></div><footer class="footer">{story.publisher} · {story.rights}</footer></div>"""
    return _page(story, head, body)


def application(story: Story) -> str:
    head = f"<title>{escape(story.title)} | {escape(story.publisher)}</title>{_ld(story)}<link rel='canonical' href='{story.url}'>"
    paragraphs = "".join(
        f'<div data-component="text-block"><p class="sc-1f3a">{escape(t)}</p></div>'
        for t in (story.lead, *story.paragraphs[:2])
    )
    rest = "".join(
        f'<div data-component="text-block"><p class="sc-1f3a">{escape(t)}</p></div>'
        for t in story.paragraphs[2:]
    )
    body = f"""<div id="__next"><header>{_menu()}</header><main id="main-content"><article><header><h1>{escape(story.title)}</h1></header>
<div data-component="byline-block"><div>{story.by} {_names(story)}</div><time datetime="{story.day}T09:15:00.000Z">{story.printed}</time></div>{paragraphs}
<div data-component="links-block"><ul><li><a href="/a">Storm closes three harbours</a></li><li><a href="/b">Council votes on new school law</a></li></ul></div>
<div data-component="newsletter">{_box(story)}</div>{rest}<div data-component="topic-list"><h2>{story.related}</h2><ul><li><a href="/z">Mediation</a></li></ul></div></article></main>
<footer>{story.rights}</footer></div><script>window.__DATA__ = {{"a": 1}}</script>"""
    return _page(story, head, body)


def chain(story: Story) -> str:
    head = (
        f"<title>{escape(story.title)} - {escape(story.publisher)}</title>{_og(story)}{_ld(story)}<meta name='author' content='{_names(story)}'>"
        f"<link rel='canonical' href='{story.url}'>"
    )
    body = f"""{_menu()}<div class="article-wrap"><h1 class="headline">{escape(story.title)}</h1><h2 class="subheadline">{escape(story.lead)}</h2>
<div class="byline-container"><span class="byline__name">{story.by} {_names(story)}</span><span class="date">{story.printed} at 9:15 a.m.</span></div>
<div class="story-body"><div class="body-copy">{_p(story.paragraphs[:2])}</div><div class="ad">Advertisement</div>
<div class="body-copy">{_p(story.paragraphs[2:3])}<p><strong>{story.related}:</strong> <a href="/r">Storm closes three harbours</a></p></div>
<div class="body-copy">{_p(story.paragraphs[3:])}</div><div class="author-bio"><p>{story.authors[0]} is a staff writer at {story.publisher}.</p></div></div></div>
<div class="trending"><h3>Trending</h3><ol><li><a href="/1">Museum shows forgotten maps</a></li></ol></div><footer>© {story.publisher}</footer>"""
    return _page(story, head, body)


def accelerated(story: Story) -> str:
    head = f"<title>{escape(story.title)}</title><link rel='canonical' href='{story.url}'>{_ld(story)}<style amp-boilerplate>body{{}}</style>"
    body = f"""<header class="amp-wp-header"><a href="/">{story.publisher}</a></header><article class="amp-wp-article"><header class="amp-wp-article-header">
<h1 class="amp-wp-title">{escape(story.title)}</h1><div class="amp-wp-meta amp-wp-byline">{_names(story)}</div><div class="amp-wp-meta amp-wp-posted-on"><time datetime="{story.day}">{story.printed}</time></div></header>
<div class="amp-wp-article-content">{_p([story.lead, *story.paragraphs])}</div><footer class="amp-wp-article-footer"><a href="#c">{story.comments}</a></footer></article>
<footer class="amp-wp-footer"><p>{story.rights}</p><a href="#top">Back to top</a></footer>"""
    return _page(story, head, body)


def table_layout(story: Story) -> str:
    head = f"<title>{escape(story.publisher)}: {escape(story.title)}</title>"
    text = "<br><br>".join(escape(t) for t in (story.lead, *story.paragraphs))
    body = f"""<table width="100%"><tr><td colspan="2"><font size="6">{story.publisher}</font></td></tr><tr><td width="150" valign="top"><a href="/">Home</a><br><a href="/w">World</a><br><a href="/s">Sport</a></td>
<td><h1>{escape(story.title)}</h1><font size="1">{story.printed}</font><br><i>{story.by} {_names(story)}</i><br><br>{text}<br><br><a href="print.php">Print</a> | <a href="mail.php">E-mail</a></td></tr>
<tr><td colspan="2" align="center"><small>© 2004 {story.publisher}. {story.rights}</small></td></tr></table>"""
    source = _page(story, head, body, lang=False)
    return f"<!-- saved from url=({len(story.url):04d}){story.url} -->\n{source}"


def magazine(story: Story) -> str:
    head = (
        f"<title>{escape(story.title)}</title>{_og(story)}<meta name='twitter:data1' content='{_names(story)}'><link rel='canonical' href='{story.url}'>"
        f"<meta property='article:published_time' content='{story.day}T22:40:00.000Z'>{_ld(story, **{'@type': 'Article'})}"
    )
    body = f"""<div class="gh-viewport"><header class="gh-head"><a class="gh-head-logo" href="/">{story.publisher}</a>{_menu()}</header><main class="gh-main"><article class="gh-article post">
<header class="gh-article-header"><a class="gh-article-tag" href="/tag">Essay</a><h1 class="gh-article-title">{escape(story.title)}</h1><p class="gh-article-excerpt">{escape(story.lead)}</p>
<div class="gh-article-meta"><h4 class="gh-article-author-name"><a href="/author">{_names(story)}</a></h4><time class="gh-article-meta-date" datetime="{story.day}">{story.printed}</time> <span>4 min read</span></div></header>
<section class="gh-content gh-canvas">{_p(story.paragraphs[:3])}<blockquote><p>{escape(story.paragraphs[3])}</p></blockquote>{_p(story.paragraphs[4:])}</section></article>
<section class="gh-subscribe">{_box(story)}</section><section class="read-next">{_teasers(story)}</section></main></div>"""
    return _page(story, head, body)


def printed(story: Story) -> str:
    head = f"<title>Print: {escape(story.title)}</title><link rel='canonical' href='{story.url}'>"
    body = f"""<div class="print-logo">{story.publisher}</div><p>Published on <em>{story.publisher}</em> (<a href="https://www.{story.domain}">https://www.{story.domain}</a>)</p>
<h1 class="print-title">{escape(story.title)}</h1><p class="print-submitted">{story.by} {_names(story)}, {story.printed}</p><div class="print-content">{_p([story.lead, *story.paragraphs])}</div>
<div class="print-source_url"><strong>Source URL:</strong> {story.url}</div>"""
    return _page(story, head, body)


def reader_view(story: Story) -> str:
    head = f"<title>{escape(story.title)}</title>"
    body = f"""<div class="container"><div class="header reader-header"><a class="domain reader-domain" href="{story.url}">{story.domain}</a><h1 class="reader-title">{escape(story.title)}</h1>
<div class="credits reader-credits">{_names(story)}</div><div class="meta-data"><div class="reader-estimated-time">3-4 minutes</div></div></div><hr><div class="content">
<div class="moz-reader-content"><div id="readability-page-1" class="page"><p>{story.printed}</p>{_p([story.lead, *story.paragraphs])}</div></div></div></div>"""
    return f"<!--\n Page saved with SingleFile \n url: {story.url} \n saved date: Tue Dec 03 2024 10:11:12 GMT+0100\n-->{_page(story, head, body)}"


def wire(story: Story) -> str:
    head = f"<title>{escape(story.title)} | {escape(story.publisher)} News</title>{_og(story)}<meta name='date' content='{story.day}T23:50:00-05:00'><link rel='canonical' href='{story.url}'>"
    body = f"""{_menu()}<div class="Page-content"><h1 class="Page-headline">{escape(story.title)}</h1><div class="Page-byline">{story.by} <a href="/a">{_names(story).upper()}</a></div>
<div class="Page-datePublished">Published <bsp-timestamp>{story.printed}, 11:50 PM</bsp-timestamp></div><div class="Page-lead"><figure><img><figcaption>1 of 4 | Delegates leave the hall. (Agency Photo)</figcaption></figure></div>
<div class="RichTextStoryBody">{_p([story.lead, *story.paragraphs[:2]])}<div class="HTMLModuleEnhancement">{_box(story)}</div>{_p(story.paragraphs[2:])}<p>___</p><p>Follow our coverage at <a href="/hub">https://www.{story.domain}/hub</a></p></div></div>
<div class="PageList">{_teasers(story)}</div>"""
    return _page(story, head, body)


def institute(story: Story) -> str:
    head = f"<title>{escape(story.publisher)} » {escape(story.title)}</title>"
    body = f"""<div id="wrapper"><div id="top"><h1 id="logo"><a href="https://www.{story.domain}/">{story.publisher}</a></h1>{_menu()}</div><div id="content"><h2 class="title">{escape(story.title)}</h2>
<p class="info"><span class="date">{story.printed}</span> <span class="author">{story.by} {_names(story)}</span></p><div class="text">{_p([story.lead, *story.paragraphs])}
<p class="back"><a href="/news">« Back to all news</a></p></div></div><div id="right">{_teasers(story)}</div><div id="bottom">{story.rights} | <a href="/imprint">Imprint</a></div></div>"""
    return f"<!-- saved from url=({len(story.url):04d}){story.url} -->\n{_page(story, head, body)}"


MARKUPS: tuple[Callable[[Story], str], ...] = (
    blog, views, application, chain, accelerated, table_layout, magazine, printed, reader_view, wire, institute,
)  # fmt: skip


def article_pages() -> Iterator[ArticlePage]:
    """Every markup with every story."""
    for markup in MARKUPS:
        for story in STORIES:
            bare = markup is reader_view
            yield ArticlePage(
                f"{markup.__name__}-{story.language}-{story.domain}",
                markup(story),
                story,
                has_publisher=not bare,
            )
