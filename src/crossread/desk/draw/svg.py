"""Small helpers for writing SVG."""

from collections.abc import Iterable

from markupsafe import Markup, escape


def attributes(**values: object) -> Markup:
    """Attributes in order, escaped; ``None`` leaves one out, underscores become hyphens, ``class_`` is ``class``."""
    parts = []
    for name, value in values.items():
        if value is None:
            continue
        shown = f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
        parts.append(Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), shown))
    return Markup("").join(parts)


def element(tag: str, *inside: Markup | str, **values: object) -> Markup:
    """An element; text inside is escaped."""
    body = Markup("").join(escape(x) for x in inside)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), attributes(**values), body)


def picture(inside: Iterable[Markup], *, width: float, height: float, label: str, class_: str = "plot") -> Markup:
    """A whole picture: one image with a text alternative."""
    values = attributes(
        class_=class_, viewBox=f"0 0 {width:g} {height:g}", width=f"{width:g}", height=f"{height:g}", role="img", aria_label=label
    )
    return Markup('<svg xmlns="http://www.w3.org/2000/svg"{}>{}</svg>').format(values, Markup("").join(inside))


def ornament(inside: Iterable[Markup], *, width: float, height: float, class_: str = "plot") -> Markup:
    """A picture that repeats what the words beside it say; hidden from assistive technology."""
    values = attributes(
        class_=class_,
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        aria_hidden="true",
        focusable="false",
    )
    return Markup('<svg xmlns="http://www.w3.org/2000/svg"{}>{}</svg>').format(values, Markup("").join(inside))
