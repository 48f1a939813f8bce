"""A story whose every field was written by somebody who wants script to run."""

from itertools import count, cycle
from pathlib import Path
from typing import Any

import msgspec

from crossread.linking import link_one
from crossread.records import Problem, Reading, Removed, Span, Story
from tests.browser.sites import fill_store
from tests.desk.material import example_readings

_VECTORS = (
    "<script data-xss>alert({n})</script>",
    "<img data-xss src=x onerror=alert({n})>",
    "<svg data-xss onload=alert({n})>",
    "<svg data-xss><script>alert({n})</script></svg>",
    "<svg><animate data-xss onbegin=alert({n}) attributeName=x dur=1s>",
    "<details data-xss open ontoggle=alert({n})>",
    "<body data-xss onload=alert({n})>",
    "<iframe data-xss srcdoc='<script>parent.alert({n})</script>'>",
    "<iframe data-xss src=javascript:alert({n})>",
    "<object data-xss data=javascript:alert({n})>",
    "<embed data-xss src=javascript:alert({n})>",
    "<math><a data-xss xlink:href=javascript:alert({n})>m</a></math>",
    "<a data-xss href=javascript:alert({n})>a</a>",
    "<form data-xss action=javascript:alert({n})><button>b</button></form>",
    "<input data-xss autofocus onfocus=alert({n})>",
    "<video data-xss><source onerror=alert({n})></video>",
    "<audio data-xss src=x onerror=alert({n})>",
    "<style data-xss>@import 'http://198.51.100.7/{n}';</style>",
    "<link data-xss rel=stylesheet href=http://198.51.100.7/{n}>",
    "<meta data-xss http-equiv=refresh content='0;url=javascript:alert({n})'>",
    "<base data-xss href=http://198.51.100.7/{n}/>",
    "<template data-xss><img src=x onerror=alert({n})></template>",
    "<div data-xss hx-get=/history hx-trigger=load hx-on:load=alert({n})>",
    "<hx-partial data-xss hx-target=body><img src=x onerror=alert({n})></hx-partial>",
    "<p data-xss style=background:url(http://198.51.100.7/{n})>",
    "javascript:alert({n})",
    "JaVaScRiPt:alert({n})//https://x",
    "data:text/html,<script data-xss>alert({n})</script>",
    "{{{{ 7*{n} }}}}{{% if 1 %}}<b data-xss>{{% endif %}}",
    "${{alert({n})}}`-alert({n})-`",
)
_WRAPPERS = (
    "{}",
    '">{}',
    "'>{}",
    "</title>{}",
    "</textarea>{}",
    "</script>{}",
    "-->{}",
    "]]>{}",
    '" autofocus onfocus=alert(1) x="{}',
    "\u2028{}\u202e",
)

PAYLOADS: tuple[str, ...] = tuple(
    w.format(v.format(n=1000 * a + b)) for a, w in enumerate(_WRAPPERS) for b, v in enumerate(_VECTORS)
)
"""Three hundred of them, each its own."""

_WORDS = frozenset(
    {
        "title",
        "text",
        "name",
        "counted",
        "topic",
        "position",
        "reason",
        "what",
        "label",
        "unit",
        "roles",
        "wordings",
        "within",
        "open_questions",
        "terms",
    }
)
DOCUMENT_ID = "d\"'><svg onload=alert(9) data-xss>/b?c#e"


def hostile_store(path: Path) -> Path:
    """A store of the example in which every free field is a payload."""
    payloads = cycle(PAYLOADS)
    readings = example_readings()
    story = msgspec.json.decode(msgspec.json.encode(link_one(readings)))
    first = story["documents"][0]
    share = -(-len(PAYLOADS) // len(readings))
    spoiled = []
    places: dict[str, list[Span]] = {}
    for n, reading in enumerate(readings):
        name = DOCUMENT_ID if reading.document.id == first else reading.document.id
        spoiled.append(_reading(reading, name, PAYLOADS[n * share : (n + 1) * share], payloads, places))
    numbers = count()

    def evidence(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Evidence moved to the payloads in the documents."""
        moved = []
        for item in items:
            document = DOCUMENT_ID if item["document"] == first else item["document"]
            spans = places[document]
            moved.append(item | {"document": document, "span": list(spans[next(numbers) % len(spans)])})
        return moved

    def walk(value: Any, key: str = "") -> Any:
        if key == "evidence":
            return evidence(value)
        if isinstance(value, dict):
            return {(next(payloads) if key == "facts" and k not in ("terms",) else k): walk(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [walk(v, key) for v in value]
        if value == first:
            return DOCUMENT_ID
        return next(payloads) if key in _WORDS and isinstance(value, str) else value

    return fill_store(path, tuple(spoiled), (msgspec.convert(walk(story), Story),))


def _reading(reading: Reading, name: str, own: tuple[str, ...], payloads: Any, places: dict[str, list[Span]]) -> Reading:
    document, text, spans = reading.document, reading.document.text, []
    for payload in own:
        spans.append(Span(len(text) + 2, len(text) + 2 + len(payload)))
        text += "\n\n" + payload
    places[name] = spans
    spoiled = msgspec.structs.replace(
        document,
        id=name,
        text=text,
        title=next(payloads),
        title_span=None,
        publisher=next(payloads),
        agency=next(payloads),
        byline=next(payloads),
        url=next(payloads),
        removed=(Removed(text=next(payloads), reason=next(payloads), line=1),),
        problems=(Problem(step="ingest", code="test", message=next(payloads)),),
    )
    return msgspec.structs.replace(
        reading,
        document=spoiled,
        sentences=(*reading.sentences, *spans),
        entities=tuple(msgspec.structs.replace(e, name=next(payloads), role=next(payloads)) for e in reading.entities),
        events=tuple(
            msgspec.structs.replace(e, label=next(payloads), mode=next(payloads), cameo=next(payloads)) for e in reading.events
        ),
        attributions=tuple(msgspec.structs.replace(a, reason=next(payloads)) for a in reading.attributions),
    )
