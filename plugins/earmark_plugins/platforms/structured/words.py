"""The words by which comment sections give themselves away, in many languages: data, no logic.

Class names are mostly English on any site; what people read is in the site's own language.
"""

from __future__ import annotations

import re

# In class names and ids: the record of one remark, who made it, when, and what was said.
REMARK = re.compile(
    r"comment|komment|kommentti|coment[aá]|commento|yorum|repl(?:y|ies)|respon[sd]|(?<!p)review|opini|"
    r"discuss|remark|feedback|testimon|recens|bewertung|rezension|r[eé]action|avis\b|"
    r"otzyv|koment|message|guestbook|thread|topic|post(?!al|er|ed|age|meta)|answer|\bfeed|"
    r"entry|\bcmt|beitrag|shout|nazar|didgah|diskus|tartisma|conversation",
    re.IGNORECASE,
)
SURE = re.compile(
    r"comment|komment|kommentti|coment[aá]r|commento|yorum|(?<!p)review|recens|rezension|bewertung|"
    r"repl(?:y|ies)\b|testimon|koment|otzyv|guestbook|\bcmt|discussion",
    re.IGNORECASE,
)
AUTHOR = re.compile(
    r"author|user|nick|commenter|poster|reviewer|person|member|\bfn\b|vcard|byline|creator|"
    r"(?:^|[\s_-])name|[a-z]Name\b|displayname|handle|autor|auteur|verfasser|benutzer|yazar|kullanici|"
    r"screen|owner|sender|\bwho\b|profile|posted-?by|nazwa",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?:user|author|screen|nick|display|member)[-_]?name(?![-_]?wrapper)", re.I)
# Near a name, but not the name.
NOT_NAME = re.compile(
    r"avatar|photo|image|pic\b|badge|rank|title|role|info\b|details|stats?\b|count|level|karma|"
    r"location|joined|label|action|flair|points|score|meta\b|time|date|content|text|body|header|"
    r"signature|reputation|wrapper|message|country|status|tooltip",
    re.IGNORECASE,
)
TIME = re.compile(
    r"time(?!line|r)|(?<!up)date(?!picker)|datum|\bago\b|\bage\b|when|posted|published|tarih|fecha|"
    r"created|stamp",
    re.IGNORECASE,
)
SAID = re.compile(
    r"content|text|body|message|msg|descri|comment[-_]?(?:p|copy|entry|main)\b|prose|markdown|"
    r"quote|said|inhalt|texto|contenu|remark|entry|review[-_]?text|\bbd\b|commtext|bubble|cooked|"
    r"\bnotes?\b|\bwiki\b",
    re.IGNORECASE,
)
# Around what is said, never part of it.
ASIDE = re.compile(
    r"(?:^|[\s_-])(?:meta(?:data)?|actions?(?![-_]body)|toolbar|buttons?|btn|controls?|"
    r"votes?|voting|likes?|share|sharing|signature|footer|foot|tools?|report|permalink|"
    r"avatar|gravatar|userinfo|user-info|profile|edit(?:-link)?|"
    r"(?<!type-)reply(?! type-|[-_](?:body|content|text|message))(?:-link|-button|to)?|"
    r"replies|reaction[s-]?|rating|stars?|helpful|badge|menu|dropdown|tooltip|sr-only|"
    r"visually-hidden|screen-reader-text|says|numbers?|"
    r"(?<!label-)(?<!overflow-)(?<!overflow-[xy]-)hidden|"
    r"count|form|flag|timestamp|date|awaiting-moderation|opties|social|breadcrumb|moderation)"
    r"(?:$|[\s_-])|reply-?link|replyLink|likeButton|sharedaddy|"
    r"comment-?reply(?![-_]?(?:body|content|text|message))|author-?info|"
    r"user-?(?:extras|details|stats|card|panel|banner)|post-?profile|poster-?info|"
    r"message-user(?:$|\s|details|extras)|"
    r"cell--user|author-?(?:box|details|panel|extra)|"
    r"post-?meta|message-attribution|shareKey|ActionBar|comment-?footer|comment-?header|"
    r"bypostauthor-",
    re.IGNORECASE,
)
# Where a page shows other things than what was said about this one.
ELSEWHERE = re.compile(
    r"last-?(?:post|comment|reply|activity)|side-?bar(?!-?(?:left|right|none|layout|no))|\bwidgets?\b|recent|latest|related|similar|"
    r"recommend|popular|trending|teaser|"
    r"product(?!-review|s?-?comment)|navigation|\bnav|menu|breadcrumb|pagination|carousel|slider|"
    r"newsticker|most-?read|archive|blogroll|tag-?cloud|calendar|toplist|promo|more-?from|"
    r"read-?next|you-?may|upsell|advert|sponsor|editors?-picks|twitter|tweet|instagram|feed-item|"
    r"footer-|site-footer|latestcomments",
    re.IGNORECASE,
)
TEASER = re.compile(
    r"article|teaser|\bstory|stories|\bnews|card|headline|excerpt|summary|blog-?post|hentry|"
    r"post-?(?:list|item|preview|grid|card|title)|entry-(?:title|summary)|product|listing|event|"
    r"video-?item|episode|result|type-post|live-?blog|ticker|job",
    re.IGNORECASE,
)
# The line that tells of an article who wrote it and when.
BYLINE = re.compile(r"by-?line|(?:entry|post|article)[-_]?(?:meta|info)", re.IGNORECASE)
PROFILE = re.compile(
    r"/(?:user|users|u|member|members|profile|profiles|profil|people|person|author|authors|biri|"
    r"account|accounts|uye|autor|auteur|mitglied|benutzer|usuario|utente|channel|kullanici|id|"
    r"profile_entry|user_details)[/?=.\-]|/@[\w.]|(?:user|member|profile|showuser|author|uid|"
    r"userid|user_id|memberlist|mode=viewprofile|action=profile)(?:\.php)?[?=&;/]",
    re.IGNORECASE,
)
# What stands on controls; a short text of nothing but these is interface.
CONTROL = re.compile(
    r"\W*(?:(?:repl(?:y|ies)|respond|answer|quote|report|flag|abuse|"
    r"(?:as )?inappropriate|share|like[sd]?|dislike|up-?vote|down-?vote|vote[sd]?|points?|"
    r"edit(?:ed)?|delete|remove|permalink|link|parent|context|save|hide|"
    r"follow|unfollow|subscribe|more|less|see|show|view|read|all|expand|collapse|translate|this|to|"
    r"comments?|helpful|was|yes|no|log ?in|sign ?(?:in|up)|thanks?|award|give|top|root|prev|next|"
    r"author|op|admin|moderator|mod|verified|guest|staff|full|review|thread|block|mute|user|or|and|"
    r"rating|recommend(?:ed)?|send|message|pm|embed|copy|on|unread|loading|original poster|"
    r"antwort(?:en)?|beantworten|zitieren|zitat|melden|teilen|gef[aä]llt mir|mehr|bearbeiten|"
    r"anzeigen|auf|diesen?|kommentar(?:e)?|hilfreich|danke|nach oben|"
    r"r[eé]pondre|r[eé]ponses?|citer|signaler|partager|j'aime|aimer|voir|plus|modifier|alerter|"
    r"[àa] ce message|ce message|"
    r"responder|responde[r]?|respuestas?|citar|denunciar|reportar|compartir|me gusta|gostei|curtir|"
    r"compartilhar|ver|m[aá]s|mais|"
    r"rispondi|rispondere|risposte|segnala|condividi|mi piace|"
    r"reageer|reageren|beantwoord|citeer|antwoord(?:en)?|"
    r"yan[ıi]tla|cevapla|yan[ıi]tlar|[sş]ikayet(?: et)?|payla[sş]|be[gğ]en|be[gğ]eni|favori|"
    r"r[aă]spunde|r[aă]spunsuri|raporteaz[aă]|distribuie|apreciaz[aă]|citeaz[aă]|"
    r"ответить|цитировать|цитата|пожаловаться|поделиться|ссылка|нравится|"
    r"odpowiedz|cytuj|zg[lł]o[sś]|svara|svar|gilla|vastaa|svare?|"
    r"پاسخ(?: دادن| به)?|جواب|گزارش(?: تخلف)?|اشتراک(?: گذاری)?|پسندیدن|نقل قول|لینک|"
    r"رد|الرد|إبلاغ|مشاركة|إعجاب|أعجبني|اقتباس|השב|הגב|תגובה|"
    r"返信|返信する|通報|いいね|引用|回复|回覆|舉報|举报|赞|分享|답글|신고|좋아요|"
    r"trả lời|balas|suka|laporkan)(?:[\s\d.,+\-:;|·•()\[\]/#%]+|$)){1,6}\W*",
    re.IGNORECASE,
)
# Words that make a section's heading: “12 Comments”, «۱۲ دیدگاه», “Yorumlar (4)”.
HEADING = re.compile(
    r"\b(?:comments?|replies|responses?|reviews?|discussion|thoughts? on|opinions?|remarks?|"
    r"feedback|"
    r"testimonials?|guest ?book|kommentare?|komentare?|meinungen|bewertungen|rezensionen|"
    r"leserbriefe|antworten|g[aä]stebuch|"
    r"commentaires?|r[eé]actions?|r[eé]ponses?|avis|messages?|comentarios?|coment[aá]rios?|"
    r"opiniones|respuestas|commenti|commento|recensioni|risposte|reacties|reactie|opmerkingen|"
    r"yorumlar?|yorum|de[gğ]erlendirme(?:ler)?|cevaplar|comentarii|comentariu|p[aă]reri|recenzii|"
    r"r[aă]spunsuri|komentarze?|opinie|kommentarer|kommentit|koment[aá][rř]e)\b|"
    r"комментари|отзыв|обсуждени|коментар|відгук|دیدگاه|نظر|کامنت|تعليق|تعليقات|التعليقات|ردود|"
    r"תגובות|コメント|レビュー|口コミ|评论|評論|留言|迴響|回應|댓글|리뷰|ความคิดเห็น|bình luận|"
    r"टिप्पणि|σχόλια",
    re.IGNORECASE,
)
# What a list of threads or articles tells of each: “12 comments”, “Views: 340”.
_COUNTED = (
    r"(?:comments?|repl(?:y|ies)|responses?|answers?|posts?|views?|reads?|kommentare?|antworten|"
    r"beitr[aä]ge|aufrufe|commentaires?|r[eé]ponses?|vues|messages?|comentarios?|respuestas?|visitas|"
    r"coment[aá]rios?|commenti|risposte|visite|reacties|yorum(?:lar)?|cevap(?:lar)?|okunma|"
    r"comentarii|r[aă]spunsuri|vizualiz[aă]ri|komentarz[eyi]|odpowiedzi|комментари\w*|ответ\w*|"
    r"просмотр\w*|دیدگاه|پاسخ|بازدید|コメント|评论|回复)"
)
HOW_MANY = re.compile(
    rf"\W*(?:{_COUNTED}\W{{0,4}}\d[\d.,]*[kKmM]?|\d[\d.,]*[kKmM]?\s*{_COUNTED})\W*", re.IGNORECASE
)
# What such a list calls the newest of a thread: “Last post:”, “Letzter Beitrag”.
LAST = re.compile(
    r"(?:(?:last|latest|newest|most recent) (?:post|reply|message|answer|comment)"
    r"|(?:letzte|neueste)[rs]? (?:beitrag|antwort|nachricht|kommentar)"
    r"|derni[eè]re? (?:message|r[eé]ponse|commentaire)"
    r"|[uú]ltim[oa] (?:mensaje|respuesta|comentario|mensagem|resposta|messaggio|risposta|commento)"
    r"|laatste (?:bericht|reactie)|son (?:mesaj|g[oö]nderi|yorum|cevap)"
    r"|ultimul (?:mesaj|r[aă]spuns|comentariu)|ostatni(?:a)? (?:post|odpowied[zź])"
    r"|последн(?:ее|ий) (?:сообщение|ответ|комментарий)"
    r"|آخرین (?:ارسال|پست|پاسخ|پیام|نظر)|最後の(?:投稿|返信)|最后(?:发表|回复))\W*",
    re.IGNORECASE,
)
BEFORE_NAME = re.compile(
    r"^(?:(?:(?:comment|reply|review|submitted|posted|written|answer(?:ed)?|asked|message|added|"
    r"reviewed|changed|updated|kommentar|bewertung|rezension|beitrag|antwort|geschrieben|verfasst|erstellt|"
    r"commentaire|avis|message|publi[eé]|post[eé]|[eé]crit|d[eé]pos[eé]|comentario|escrito|"
    r"publicado|"
    r"enviado|opini[oó]n|scritto|inviato|recensione|commento|scris|postat|geplaatst|reactie|"
    r"نوشته(?: شده)?|نظر)\s+)?"
    r"(?:by|from|von|par|de la|de c[aă]tre|de|por|da|door|od|av|af|توسط|بواسطة)|"
    r"author|autor|auteur|verfasser|от|автор|نویسنده|نام|yazar)\s*[:：]?\s+"
    r"|^(?:name|user)\s*[:：]\s+"
    r"|^\d{1,4}[.)]?\s+(?=[^\W\d])",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"(?:[\s,]+(?:says?|said|wrote|writes|replied|replies|commented|comments|responded|asked|"
    r"answered|reviewed|posted|thinks|adds|added|shared|opened|sagte?|meint(?:e)?|schrieb|schreibt|"
    r"antwortete?|kommentierte?|a dit|dit|[eé]crit|a [eé]crit|r[eé]pond|a r[eé]pondu|dice|dijo|"
    r"escribi[oó]|escribe|coment[oó]|disse|escreveu|diz|ha scritto|scrive|ha detto|zegt|schreef|"
    r"spune|a spus|a scris|scrie|dedi ki|diyor ki|yazd[ıi]|dedi|пишет|написал[аи]?|говорит|"
    r"сказал[аи]?|pisze|napisa[lł]a?|s[aä]ger|skriver|sanoo|kirjoittaa|"
    r"گفت(?:ه(?: است)?)?|می ?گوید|نوشت(?:ه(?: است)?)?|قال|يقول|كتب|כתב|אמר)"
    r"(?:\.{3})?"
    r"|\s*(?:说道|說道|说|說|さんより))?"
    r"(?:\s+(?:on|at|the|am|um|vom|le|el|il|op|в|at|that|this|in|via|於|于)(?=\W|$)"
    r"|[\s|,]+(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|"
    r"mi[eé]|"
    r"jue|vie|dom|пн|вт|ср|чт|пт|сб|вс)\.?(?=\W*$)"
    r"|[\s·•|–—,:：;…«(\[-]|\s#\d+)*$",
    re.IGNORECASE,
)
NOBODYS = re.compile(
    r"(?:reply|edit|admin only|loading.*|guest reviews?|by|von|par|from|date|author|on|at|new|"
    r"comments?|verified (?:purchase|buyer).*|posts?|joined|member|says|share|\d[\d.,\s]*\w{0,2}|"
    r"(?:first |last |date )?(?:posted|published|updated|modified|listed)(?: on)?|"
    r"ver[oö]ffentlicht|eingestellt|aktualisiert|publi[eé]e?(?: le)?|mise? [àa] jour|"
    r"publicad[oa](?: el| em)?|actualizado|pubblicato|geplaatst|publicat|postat|actualizat|"
    r"yay[ıi]nland[ıi]|g[uü]ncellendi|opublikowano|dodano|опубликовано|обновлено|"
    r"(?:منتشر|ارسال) شده(?: در)?|انتشار|به ?روز ?رسانی)",
    re.IGNORECASE,
)
