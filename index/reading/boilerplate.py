"""Lines that pages carry around their articles: menus, consent notices, newsletter boxes, link residue, credits.

Every rule looks at a whole line, so that a sentence that only mentions such words stays.
"""

from __future__ import annotations

import re
from enum import Enum, auto

LONGEST_LINE = 600
"""Characters; a longer line is always text of an article."""


class Boilerplate(Enum):
    """What a line that is no article text is instead."""

    CHROME = auto()
    """A menu entry, button, social line, notice or footer."""
    MORE = auto()
    """A link to the rest of a teaser ("Keep reading"): the teaser ends here."""
    RELATED = auto()
    """A heading over links to other articles ("Most read")."""
    BOX = auto()
    """A heading over a newsletter, donation or consent box."""
    COMMENTS = auto()
    """The heading of readers' comments."""
    FOOTER = auto()
    """A copyright line: the page ends here."""
    CAPTION = auto()
    """A picture's caption or credit."""


_MORE_WORDS = (
    r"(?:(?:click (?:here )?to )?(?:keep|continue|go on) reading(?:\s*(?:more|less|show less|show more))?"
    r"|(?:read|show|see|view|load|learn|find out|discover) (?:more|less|on|full (?:story|article|post|text)"
    r"|the (?:full|whole|rest of the|entire) (?:story|article|post|report|text|piece))|full (?:story|article|text|report)"
    r"|more (?:»|>+|→|\.\.\.)|read (?:article|story|post|now|moreread less)|\(?more\)?|expand|show more ?show less"
    r"|weiterlesen|mehr lesen|mehr erfahren|zum artikel|ganzen artikel lesen|mehr (?:dazu|anzeigen)"
    r"|leer m[áa]s|seguir leyendo|sigue leyendo|continuar leyendo|ver m[áa]s|m[áa]s informaci[óo]n|continue lendo|leia mais|ler mais|saiba mais"
    r"|lire la suite|en savoir plus|lire plus|lire l[’']article|voir plus|leggi (?:tutto|di pi[ùu]|l[’']articolo)|continua a leggere"
    r"|lees (?:meer|verder)|meer lezen|czytaj (?:więcej|dalej)|devamını oku|devamı|l[äe]s mer|les mer|l[æe]s mere"
    r"|подробнее|читать (?:далее|полностью|дальше|ещ[её])|далее|читати далі|докладніше|детальніше"
    r"|اقرأ المزيد|المزيد|إقرأ المزيد|اقرأ أيضا|قراءة المزيد|阅读更多|阅读全文|详细|続きを読む|もっと見る|더 ?보기|קרא עוד)"
)
_DECORATION = r"[\s\[\]()«»‹›<>→➔▶►▸⟶↗✕×+…\.:|·•*_#-]*"
_MORE = re.compile(
    rf"{_DECORATION}{_MORE_WORDS}(?:\s*(?:show (?:less|more)|less|here|about (?:this|it)))?(?:\s*[“\"‘'(].{{0,160}})?{_DECORATION}",
    re.IGNORECASE,
)
_MORE_TAIL = re.compile(
    r"(?:(?<=[.!?…”\"’'\])»])[\s\[(]*|(?:…|\.\.\.)[\s\[\](]*|\s[\[(]\s*)(?=(?P<more>(?:\w|»|→).{0,180}$))"
    r"|\s(?=(?P<title>(?:Read|Continue|Keep|Weiterlesen|Mehr|Leer|Seguir|Lire|Leggi|Lees|Подробнее|Читать|Докладніше)\b.{0,180}$))"
)
_MORE_PREFIX = re.compile(
    r"[\s\[(>»▶►▸•*-]*(?:(?:read|see|watch|listen|more|also)(?: (?:more|also|next|this|on this|now))?|also read|see also|related"
    r"(?: (?:article|story|coverage|reading|content|news|video)s?)?|(?:don[’']t|do not) miss|recommended"
    r"|must[- ]reads?|further reading|lea también|le[ae] tamb[ée]n|ver tamb[ií][ée]n|lire aussi|à lire aussi|lesen sie auch|mehr zum thema"
    r"|leggi anche|lees ook|читайте также|читайте також|اقرأ أيضا|leia também|zie ook)\s*(?::|»|>|→|\|)\s*\S.{0,180}",
    re.IGNORECASE,
)

_CHROME_LINES = r"""
skip to (?:the )?(?:main |primary )?(?:content|navigation|article|search|footer|menu)
(?:jump|go|back|return|scroll) to (?:the )?(?:top|content|main|home ?page|home|article|story|list|overview|search|results|previous page|archive)
(?:open|close|toggle|show|hide|main|site|mobile|primary|secondary|user|account)?\s*(?:menu|navigation|nav|search|sidebar|submenu)(?: menu| bar| form)?
home|home ?page|front ?page|startseite|inicio|accueil|главная|головна|الرئيسية|首页
search(?: (?:for|the site|this site|site|here|results|for))?:?|suche|buscar|rechercher|cerca|zoeken|поиск|بحث
(?:sign|log) ?(?:in|out|up|on)(?: (?:or|/|\|) (?:sign|log) ?(?:in|up|on)| now| here| with .{2,20}| to (?:continue|comment|read|your account))*
register(?: (?:now|for free|here|free))?|create (?:an |your )?account|my account|your account|my profile|log in \| register|anmelden|abmelden|iniciar sesi[óo]n|se connecter|accedi|войти|увійти|تسجيل الدخول
subscribe(?: (?:now|here|today|for free|for (?:just )?[$€£]\d.*|to (?:our|the) .{2,40}|via .{2,20}|free|us))?|subscribed?|abonnieren|suscr[ií]base|suscribirse|s[’']abonner|abonnez-vous|abbonati|подписаться|підписатися|اشترك
(?:please )?(?:follow|like|find|join|connect with|visit|watch|contact|email|support|tip|reach)(?: us)?(?: on| at| in| via)? (?:us|social(?: media)?|facebook|twitter|x|instagram|linkedin|youtube|telegram|tiktok|whatsapp|mastodon|bluesky|threads|google news|flipboard|rss)(?: (?:on|at|in|via|and|,|&|facebook|twitter|x|instagram|linkedin|youtube|telegram|tiktok|whatsapp|mastodon|bluesky|threads|google news|flipboard|rss|social(?: media)?))*!?
follow(?: (?:us|topic|author|this (?:topic|story|author)|@\w+|the author|live))?|following|folgen|seguir|suivre|suivez-nous|s[ií]guenos|folgen sie uns|подписывайтесь.{0,40}|تابعنا.{0,20}
(?:share|tweet|pin|email|e-mail|print|save|bookmark|copy|send|like|gift|listen|post|forward|republish|repost|download)(?: (?:this|it|on|via|to|by|in|with|article|story|page|post|link|url|now|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|email|e-mail|friends?|a|the|for later|full article|pdf|as pdf|mail))*:?
(?:share|tweet|email|print|save|copy(?: link)?|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|pinterest|instagram|youtube|flipboard|messenger|pocket|mastodon|bluesky|threads|tiktok|tumblr|viber|rss|mail|e-mail|sms|comments?|like|more|link|\+|\||/|,|·|•|\s){2,}
facebook|twitter|whatsapp|linkedin|telegram|reddit|pinterest|instagram|youtube|flipboard|messenger|pocket|mastodon|bluesky|threads|tiktok|tumblr|viber|rss(?: feeds?)?|vkontakte|odnoklassniki|skype|wechat|weibo|x \(twitter\)|twitter \(x\)|facebook messenger|copy(?: link| url)?|link copied!?|copied!?|embed|url copied
teilen|drucken|merken|kommentieren|compartir|imprimir|guardar|comentar|partager|imprimer|enregistrer|commenter|condividi|stampa|delen|поделиться|поділитися|распечатать|печать|друкувати|شارك|مشاركة|طباعة|分享|シェア|공유
(?:\d[\d.,]*[km]?|no|zero|one) (?:shares?|comments?|likes?|views?|reads?|retweets?|claps?|reactions?|replies|kommentare?|comentarios?|commentaires?|просмотр\w*|комментари\w*)
(?:leave|add|post|write) a (?:comment|reply)|be the first to comment|view comments?|show comments?|join the (?:conversation|discussion)|comments? (?:are )?(?:closed|off|disabled).{0,40}
advert(?:isement)?s?(?: (?:continues? below|space|feedback|-? ?scroll to continue|- continue reading below|-? ?story continues below))?|sponsored(?: (?:content|post|links?|by .{2,40}))?|promoted(?: (?:content|links?))?|ad|ads by .{2,20}|paid (?:content|post)|anzeige|werbung|publicidad|publicit[éeà]|advertentie|реклама|إعلان|广告|partner content|story continues below(?: (?:this )?ad\w*)?|article continues (?:after|below).{0,40}|report (?:this )?ad|remove ads?|skip ad(?:vert\w*)?
(?:we (?:value|care about|respect) your privacy|your privacy(?: (?:choices|matters|settings))?|cookie (?:settings|policy|preferences|notice|consent|banner|declaration)|privacy (?:policy|notice|settings|statement|cent(?:er|re)|manager)|do not sell (?:or share )?my (?:personal )?information|manage (?:cookies?|preferences|consent|choices|settings|options)|cookies?|consent)
(?:accept|reject|allow|agree|decline|deny|refuse|customi[sz]e|confirm)(?: (?:all|selected|necessary|only|my|cookies?|essential|choices?|and|&|close|continue|optional|settings|everything|non-essential|additional|to))*|i (?:accept|agree|understand)|got it!?|ok(?:ay)?!?|no,? thanks?|not now|maybe later|dismiss|close(?: (?:this|window|banner|dialog|ad|popup|modal|menu|x))?|×|✕|x|continue (?:without accepting|to site|to the site)|alle akzeptieren|ablehnen|einstellungen|aceptar(?: todo| y cerrar)?|rechazar|tout accepter|tout refuser|accepter|refuser|accetta|rifiuta|принять|прийняти|согласен|قبول
terms(?: (?:of (?:use|service)|(?:and|&) conditions|of sale))?|terms (?:and|&) privacy|legal(?: notice)?|imprint|impressum|datenschutz|agb|kontakt|contacto|mentions l[ée]gales|aviso legal|pol[ií]tica de (?:privacidad|cookies)|accessibility(?: (?:statement|help|links))?|site ?map|disclaimer|licen[sc]ing|permissions|corrections(?: policy)?|editorial (?:policy|standards|guidelines|code)|ethics(?: policy)?|code of conduct
about(?: (?:us|this site|the author|the authors))?|contact(?: us| the (?:editor|author|newsroom))?|careers?|jobs|work (?:with|for) us|our team|staff|masthead|help(?: cent(?:er|re))?|faqs?|support(?: us| our work| independent journalism)?|feedback|advertise(?: with us)?|media kit|press (?:room|cent(?:er|re))|donate(?: (?:now|today|here))?|shop|store|e-?paper|digital edition|today[’']s paper|print edition|apps?|mobile apps?|podcasts?|newsletters?|rss|events|archives?|write for us|submit (?:a tip|an article|news)|send (?:us )?(?:a tip|tips|feedback)|tip us off|über uns|sobre nosotros|qui sommes-nous|quiénes somos|о нас|про нас|контакты|контакти|من نحن|اتصل بنا
next(?: (?:page|post|article|story|»|→|›|>))?|prev(?:ious)?(?: (?:page|post|article|story))?|older (?:posts?|articles?|entries|stories|news)|newer (?:posts?|articles?|entries|stories|news)|load more(?: .{2,30})?|show more(?: (?:results|news|stories|articles|posts))?|more (?:news|stories|articles|posts|results|headlines|updates)|view all(?: .{2,30})?|see all(?: .{2,30})?|all (?:news|stories|articles|posts)|first|last(?: page)?|« ?prev\w*|next ?»|siguiente|anterior|suivant|pr[ée]c[ée]dent|weiter|zur[üu]ck|n[äa]chste(?: seite)?|vorherige(?: seite)?|mehr laden|ältere beiträge|neuere beiträge|cargar más|charger plus|entradas? (?:antiguas|recientes)|показать ещ[её]|загрузить ещ[её]|показати ще|ещ[её]|назад|вперед|следующая|предыдущая|التالي|السابق|下一页|上一页
page \d+(?: (?:of|/) \d+)?|(?:seite|página|pagina|стр\.?|страница) \d+(?: (?:von|de|sur|di|из) \d+)?|(?:\d{1,4}|…|\.\.\.|«|»|‹|›|<|>|→|←|next|prev(?:ious)?|first|last|page|older|newer|\s|\|)+
(?:sort|filter|order|refine|group)(?:ed)?(?: (?:by|results?)\b.{0,30}|:.{0,30})?|(?:view|show|display) (?:as|by)\b.{0,20}|(?:newest|oldest|latest|most recent|relevance|date|popular)(?: first)?|list view|grid view|clear (?:all|filters?)|apply(?: filters?)?|select .{2,20}|all (?:topics|categories|authors|years|dates|types|regions|sections)|(?:\d+|showing) [\d–\-]*(?: ?(?:of|results?|articles?|stories|items|posts|entries|-|to|–) ?[\d,.]*)+(?:found|results?|articles?|stories|items|posts|entries|for.{0,40})*
live|breaking(?: news)?|exclusive|updated?|new|video|watch(?: (?:live|now|video))?|play(?: (?:video|audio|now|all))?|pause|mute|unmute|replay|fullscreen|listen(?: (?:live|now|to (?:this )?(?:article|story)|to .{2,30}))?|audio|photos?|gallery|image \d+ of \d+|slideshow|\d+ photos?|podcast|transcript|loading\.*|please wait\.*|refresh|audio playback|0:00|(?:\d{1,2}:)?\d{1,2}:\d{2}(?: ?/ ?(?:\d{1,2}:)?\d{1,2}:\d{2})?|video (?:duration|player|unavailable).{0,30}|this video (?:can ?not|can't).{0,40}|view in (?:browser|app)|open in app|get the app|download (?:the|our) app|install app|enable notifications?|turn on notifications?|text size|font size|a[a+-]*|dark mode|light mode|translate|language|english|deutsch|español|français|العربية|русский|українська|中文|português|italiano|türkçe
\d{1,3}[ -]min(?:ute)?s?(?: (?:read|listen|watch))?|(?:reading time|read time|time to read|lesezeit|tiempo de lectura|temps de lecture|время чтения|est\.? read(?:ing)? time):?.{0,25}|less than a minute|estimated reading time.{0,20}
tags?:?.{0,160}|filed under:?.{0,120}|topics?:.{0,120}|(?:posted|published|filed|appears|appeared|categori[sz]ed) (?:in|under):?.{0,80}|categor(?:y|ies):.{0,120}|keywords?:.{0,120}|labels?:.{0,120}|schlagw[öo]rter:.{0,120}|etiquetas:.{0,120}|теги:.{0,120}|мітки:.{0,120}|more on:.{0,80}|in this (?:article|story|section)|table of contents|contents|on this page|key (?:points|takeaways)
(?:view|see|show)(?: full)?(?: size)? image|view ?image(?: via.{0,60})?|(?:enlarge|expand|open|zoom|hide|toggle)(?: this)? (?:image|caption|photo)|image|photo|picture|caption|play icon|arrow(?: (?:left|right|up|down))?|icon|logo|menu icon|search icon|close icon|placeholder.{0,40}|thumbnail|featured image|avatar|profile (?:picture|photo)
powered by .{2,40}|hosted by .{2,30}|built with .{2,30}|theme(?: by)? .{2,30}|designed by .{2,30}|recaptcha.{0,80}|this site is protected by.{0,120}|javascript (?:is )?(?:disabled|required).{0,80}|(?:please )?enable javascript.{0,80}|you need to enable.{0,80}|your browser does not support.{0,60}
(?:make us|add us as|set as) (?:your )?(?:a )?(?:preferred|home ?page).{0,40}|(?:add|follow) .{2,40} on google|prefer(?:red)? (?:us )?on google|google news|get .{2,40} (?:app|newsletter|alerts)|(?:sign up|subscribe|register) (?:for|to) .{2,80}(?:newsletter|alerts?|updates?|digest|e-?mails?|briefing)s?.{0,40}
(?:you have|you've) (?:\d+|no|one|reached).{0,60}(?:articles?|remaining|left|limit).{0,30}|already (?:a )?(?:subscriber|member|registered|have an account)\??.{0,40}|(?:this (?:article|story|content) is )?(?:for |only for )?(?:subscribers|members)(?: only)?|(?:premium|free|members[’']?|subscriber)(?: (?:content|article|exclusive|only))?|try .{0,40} (?:free|for [$€£]\d).{0,40}|start (?:your )?(?:free )?trial.{0,40}
(?:most|top) (?:recent|commented) ?|thanks? (?:you )?for (?:reading|subscribing|signing up).{0,60}|(?:an|this|the) error (?:has )?occurred.{0,80}|enter your e-?mail(?: address)?.{0,30}|(?:your )?e-?mail(?: address)?\*?:?|first name\*?|last name\*?|your name\*?|required field.{0,30}|website|submit|send|go|yes|no|notify me of .{2,80}|save my name.{0,120}|your email address will not be published.{0,60}|by (?:signing|subscribing|clicking|submitting|registering|continuing|entering).{2,200}(?:terms|privacy|agree|consent|receive).{0,160}|you can unsubscribe.{0,80}|unsubscribe.{0,60}|we (?:won[’']t|will never|don[’']t) (?:spam|share|sell).{0,80}|no spam.{0,60}
""".strip().splitlines()  # noqa: E501
_CHROME = re.compile(
    rf"{_DECORATION}(?:{'|'.join(f'(?:{line})' for line in _CHROME_LINES)}){_DECORATION}", re.I
)

_CONSENT = re.compile(
    r"(?=.*\b(?:cookies?|tracking technolog|Cookies|galletas|куки|файлы cookie|ملفات تعريف الارتباط)\b)"
    r"(?=.*\b(?:consent|accept|agree|privacy|preferences|experience|browser|settings|analy[sz]e|personali[sz]e|our (?:site|website|partners)"
    r"|akzeptier|einwillig|zustimm|datenschutz|aceptar?|acepta|privacidad|navegaci[óo]n|accepte|navigation|confidentialit|acconsent"
    r"|accett|toestemming|соглас|использу|الموافقة))",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:sign up|subscribe|join|get|receive|stay (?:informed|updated|in the (?:know|loop)|connected|up to date)|never miss|don[’']t miss|enjoy(?:ing|ed)?"
    r"|like what you(?:[’']re)? read(?:ing)?|support|donate|help (?:us|keep)|want (?:more|to)|newsletter|our newsletters?|daily (?:digest|brief\w*|newsletter)"
    r"|weekly (?:digest|brief\w*|newsletter)|e-?mail (?:newsletter|alerts?|updates?)|the .{2,30} newsletter|before you go|become a (?:member|supporter|patron)"
    r"|inscr[ií]bete|suscr[ií]b\w+|abonnez-vous|recevez|inscrivez-vous|abonnieren sie|jetzt abonnieren|newsletter abonnieren|iscriviti|подпишитесь|підпишіться|اشترك)"
    r"\b.{0,90}",
    re.IGNORECASE,
)
_BOX_WORDS = re.compile(
    r"\b(?:newsletters?|e-?mails?|inbox|digest|sign(?:ed|ing)? up|subscri\w+|updates?|alerts?|briefings?|donat\w+|unsubscribe|spam|members?(?:hip)?"
    r"|bolet[ií]n|correo|suscri\w+|courriel|lettre d[’']information|inscri\w+|posteingang|abonn\w+|iscri\w+|рассылк\w*|розсилк\w*|подпи\w+|النشرة|البريد"
    r"|support (?:our|us|independent)|independent journalism|readers like you|contribution|tax[- ]deductible|free (?:e-?mail|weekly|daily))\b",
    re.IGNORECASE,
)
_PLEA = re.compile(
    r"(?:(?:please )?(?:sign up|subscribe|register) (?:for|to|now|here|today|below|and)\b|get (?:the|our|all the) .{2,60}(?:inbox|newsletter|e-?mail)|enter your e-?mail"
    r"|(?:enjoy|like)\w* (?:this|what|our) .{2,60}(?:subscri|donat|support|sign up|share)|(?:please )?(?:consider |help us |donate).{0,120}(?:donat|support|journalism)"
    r"|(?:our|this) (?:work|journalism|site|website) (?:is|depends|relies).{0,120}(?:readers?|donat|support)|join (?:the )?[\d,.]+\+? (?:readers|subscribers)"
    r"|join thousands|we(?:[’']| a)re (?:a )?(?:non-?profit|reader).{0,80}(?:donat|support)|follow us on|suscr[ií]bete a|inscr[ií]bete|abonnez-vous|inscrivez-vous|abonnieren sie|melden sie sich"
    r"|iscriviti|подпишитесь на|підпишіться на|اشترك في)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    rf"{_DECORATION}(?:(?:related|recommended|similar|popular|trending|featured|latest|recent|further|suggested|more|top|editor[’']?s?[’']?)\s*"
    r"(?:articles?|stor(?:y|ies)|posts?|news|topics?|content|coverage|reading|links?|videos?|items?|reads?|headlines?|picks?|choice|for you|from (?:us|.{2,40})|on this(?: (?:story|topic))?|like this|"
    r"on (?:this )?.{2,30}|in .{2,30}|stories from .{2,30}|analysis|opinion|now|this week|today|searches|comments)?"
    r"|most (?:read|popular|viewed|shared|watched|recent|commented)(?: .{2,30})?|you (?:may|might) (?:also )?(?:like|be interested in|have missed|want to read)|"
    r"(?:what(?:[’']s)? )?(?:read|see|up) next|next up|in case you missed it|also (?:on|in|read|see) .{0,30}|also read|see also|read also|don[’']t miss|must[- ]reads?|elsewhere on .{2,30}|around the web|from the web|"
    r"from our (?:partners|network|archives?)|more (?:from|on|about|in) .{2,50}|keep up with .{2,30}|today[’']s (?:top|headlines|most).{0,20}|other (?:news|stories|articles|posts|headlines)|"
    r"das k[öo]nnte sie auch interessieren|mehr zum thema|meistgelesen|auch interessant|verwandte artikel|lesen sie auch|weitere (?:artikel|nachrichten|meldungen)|lo m[áa]s (?:le[ií]do|visto)|m[áa]s le[ií]d[oa]s|noticias relacionadas|art[ií]culos relacionados|te puede interesar|tambi[ée]n te puede interesar|lea tambi[ée]n|"
    r"(?:à )?lire aussi|articles? (?:li[ée]s|similaires|connexes)|sur le m[êe]me sujet|les plus lus|à la une|leggi anche|articoli correlati|i pi[ùu] letti|potrebbe interessarti|lees ook|meest gelezen|gerelateerd\w*|"
    r"читайте также|читайте також|по теме|похожие (?:новости|статьи|материалы)|популярное|самое читаемое|последние новости|останні новини|схожі новини|اقرأ أيضا|مواضيع ذات صلة|الأكثر قراءة|أخبار ذات صلة|相关(?:新闻|文章|阅读)|関連記事)"
    rf"\s*:?{_DECORATION}",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    rf"{_DECORATION}(?:(?:\d[\d,.]*|no|all|view|read|show|post|latest|top|reader(?:s[’']?)?|user)?\s*(?:comments?|responses?|replies|thoughts)(?: \(\d+\))?(?: (?:on|to) [“\"‘'].{{2,160}})?"
    r"|(?:leave|post|write|submit|add) (?:a|your) (?:reply|comment|response)(?: cancel reply)?|join the (?:conversation|discussion|debate)|discussion(?: about this post)?|what do you think\?"
    r"|kommentare?(?: \(\d+\))?|\d+ kommentare?|comentarios?(?: \(\d+\))?|deja (?:un|tu) comentario|deja una respuesta|commentaires?(?: \(\d+\))?|laisser un commentaire|commenti|lascia un commento|reacties|schreibe(?:n sie)? einen kommentar"
    rf"|комментари[ия](?: \(\d+\))?|коментарі(?: \(\d+\))?|оставить комментарий|التعليقات|تعليقات|评论|コメント){_DECORATION}",
    re.IGNORECASE,
)
_LABEL_AND_COMMENTS = re.compile(
    r"(?:[\w&’'/-]+,?\s+){1,4}[|·•–—/]?\s*(?:leave a (?:comment|reply)|(?:\d+|no) comments?|comments? off)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:©|\(c\)\s*(?:19|20)\d\d|copyright\b|&copy;).{0,200}|.{0,120}\ball rights reserved\b.{0,120}|.{0,80}(?:alle rechte vorbehalten|todos los derechos reservados|tous droits r[ée]serv[ée]s"
    r"|tutti i diritti riservati|все права защищены|всі права захищені|جميع الحقوق محفوظة|版权所有).{0,80}|follow us on .{0,60}©.{0,60}",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:AP(?: Photo)?|AFP|Reuters|REUTERS|EPA(?:-EFE)?|EFE|ANSA|DPA|dpa|TASS|Xinhua|Getty(?: Images)?|Anadolu(?: Agency)?|AA|Bloomberg|Shutterstock|iStock|Alamy|Unsplash|Pexels|Flickr|Wikimedia(?: Commons)?"
    r"|UN Photo|UPI|PA(?: Images| Wire)?|ZUMA(?: Press)?|Sputnik|IRNA|WAM|SPA|SANA|Pool|POOL|Handout|HANDOUT|Creative Commons|CC[ -]BY[\w .-]*|AFP/Getty|NurPhoto|Sipa(?: USA)?|Picture[- ]Alliance|imago(?: images)?|IMAGO|Ukrinform|File)"
)
_CREDIT = re.compile(
    rf"(?:[\[(]|\b|[-–—|/©]\s*)(?:(?:via|by|from|courtesy(?: of)?|for|/|©)\s*)?{_AGENCY}(?:\s*[/,|-]\s*[\w .'’-]{{2,40}}){{0,3}}\s*[\])]?\.?$"
    rf"|[\[(](?:file |photo|image|picture|credit|source|foto|cr[ée]dit|bild|фото|from)[^\])]{{2,100}}[\])]\.?$"
    r"|(?:photograph|photo|image|picture|illustration|credit|foto|fotos|cr[ée]dito?s?|cr[ée]dit photo|bild|фото|صورة|graphic|map|video|screenshot|archivfoto)\s*(?:credits?)?\s*(?:by\b|:|/|©|\||courtesy|via)\s*.{2,100}$"
    r"|©\s*(?!\d{4}).{2,60}$",
    re.IGNORECASE,
)
_CREDIT_SURE = re.compile(
    rf"(?:[\[(]{_AGENCY}[^\])]{{0,60}}[\])]|[\[(][^\])\[(]{{0,60}}[/|,]\s*{_AGENCY}(?: \w+)?[\])]|\bvia {_AGENCY}|/\s*{_AGENCY}|\bAP Photo\b.{{0,40}}|\bGetty Images|(?:REUTERS|Reuters|AFP|AP|EPA)\s*/\s*[A-Z][\w .'’-]{{2,40}}"
    rf"|(?:Photo|Image|Credit|Photograph|Picture|Foto|Bild|Фото)(?: credit)?\s*(?::|by\b|©)\s*[^.]{{2,60}}|[\[(](?:File )?(?:Photo|Image|Credit|Foto|File)[^\])]{{2,80}}[\])]|[\[(]File[\])])\s*\.?$"
)
_CAPTION_START = re.compile(
    rf"(?:{_DECORATION}(?:(?:image|photo|picture|video)(?: (?:source|caption|credit|copyright|by))|figure \d+|caption|file (?:photo|image|picture)|archivbild|bildunterschrift|image,)\s*[:,.|-]?\s*\S.{{0,400}}"
    rf"|(?:file )?(?:photo|image|credit|source|foto|bild|cr[ée]dit|cr[ée]dito|фото|illustration|illustrative)\s*(?:credits?|by)?\s*[:©|]\s*.{{2,200}}|{_DECORATION}{_AGENCY}\s*/\s*.{{2,60}})",
    re.IGNORECASE,
)
_POSE = re.compile(
    r"(?:^|\b)(?:\((?:L|R|C|left|right|center|centre)\)|pictured|(?:looks|look) on|poses?|shakes? hands|shaking hands|(?:speaks|gestures|arrives?|attends?|waves?|walks?|stands?|sits?|is seen|are seen)\b.{0,90}\b(?:in|at|during|on|after|before|with)\b)",
)


def find_boilerplate(line: str) -> Boilerplate | None:
    """What kind of boilerplate the whole `line` is, or None for a line that may be an article's own."""
    line = line.strip()
    if not line or len(line) > LONGEST_LINE:
        return None
    short = len(line) <= 200
    if short:
        if _COMMENTS.fullmatch(line):
            return Boilerplate.COMMENTS
        if _MORE.fullmatch(line):
            return Boilerplate.MORE
        if _RELATED.fullmatch(line) and len(line) <= 70:
            return Boilerplate.RELATED
        if len(line) <= 110 and _BOX.fullmatch(line) and _BOX_WORDS.search(line):
            return Boilerplate.BOX
        if _LABEL_AND_COMMENTS.fullmatch(line):
            return Boilerplate.CHROME
        if _CHROME.fullmatch(line) or _MORE_PREFIX.fullmatch(line) or not any(c.isalnum() for c in line):
            return Boilerplate.CHROME
    if _FOOTER.fullmatch(line):
        return Boilerplate.FOOTER
    if _CONSENT.match(line) and len(line) <= 500:
        return Boilerplate.CHROME
    if _PLEA.match(line) and _BOX_WORDS.search(line):
        return Boilerplate.CHROME
    return Boilerplate.CAPTION if is_caption(line) else None


def is_caption(line: str) -> bool:
    """Whether the line is a picture's caption or credit."""
    if len(line) > 400:
        return False
    if _CREDIT_SURE.search(line) or (_CAPTION_START.fullmatch(line) and len(line.split()) <= 14):
        return True
    return bool(_CREDIT.search(line)) and (len(line) < 60 or bool(_POSE.search(line)))


def belongs_to_box(line: str) -> bool:
    """Whether a line under a box's heading is still the box's."""
    return len(line) <= LONGEST_LINE and bool(_BOX_WORDS.search(line) or find_boilerplate(line))


def strip_more(line: str) -> tuple[str, bool]:
    """`line` without a "Read more" glued to its end, and whether there was one."""
    tail = line[-260:]
    for found in _MORE_TAIL.finditer(tail):
        place = "more" if found["more"] else "title"
        if _MORE.fullmatch(found[place]):
            break
    else:
        return line, False
    start = len(line) - len(tail) + found.start(place)
    kept = line[:start].rstrip(" \t\u00a0[(|·-–—→»>")
    return (kept, True) if kept else (line, False)
