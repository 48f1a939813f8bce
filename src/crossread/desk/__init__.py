"""The desk: a local web page on a store, where a person reads, compares, corrects and searches.

Layout: ``app`` puts the application together, ``desk`` is the read side (`Desk`), ``files`` the records that pages get,
``review`` what people decide and how it changes a story, ``security`` who is answered at all, ``jobs`` reading and linking in the
background, ``search``, ``render`` (templates), ``serve`` (the command), ``api`` (``/api/v1``), ``pages`` (what is shown),
``draw`` (charts).

In a page::

    desk: Desk = request.app.state.desk
    return render(request, "story.html", story=desk.story(name))

`render` adds ``nonce``, ``theme`` (``auto``, ``light``, ``dark``), ``person`` (the reviewer's name or ""), ``path`` (of the
request, with query, for ``next``) and ``request``.  Report text is always escaped (autoescape); never use ``|safe`` on it.

**Forms that change something.**  All are POST, answer 303 to ``next`` (a path of the desk; else a sensible page), and with the
header ``HX-Request`` answer the template ``fragments/<path with _ for />.html`` (so ``fragments/review_decide.html``) with the
context named here; without such a template the answer is an empty one with ``HX-Redirect``.  A form that cannot be done answers
400 (422 for fields that do not fit) with ``error.html`` (``status``, ``title``, ``message``).  Every form may carry ``next``;
review forms ``reason`` (optional words).  ``finding`` is a finding's key; list fields are repeated.

``/inbox/files``      ``files`` (file, repeated)
``/inbox/text``       ``text``, ``title``, ``publisher``, ``published`` (ISO day), ``url``
``/inbox/feed``       ``feed`` (a file saved from the web)
``/inbox/address``    ``address`` (of a feed, page or sitemap; only where the desk was started with ``--fetch``)
``/inbox/retry``      ``document`` (repeated; none: all that failed)
``/inbox/link``       (none): link all readings again
``/review/decide``    ``finding``, ``action`` accept, reject, edit, reset; for edit any fields of `EDITABLE` for its kind
``/review/add``       ``document``, ``kind`` (attribution, event, figure), ``start``, ``end``, ``units``, any fields of `EDITABLE`
``/review/merge``     ``finding`` (kept), ``other`` (repeated), ``name`` (optional)
``/review/split``     ``finding``, ``part`` (repeated, ``document:start-end`` of its evidence), ``name`` of the new one
``/review/rename``    ``finding``, ``name``
``/review/span``      ``finding``, ``part`` (anchor, source, cue, content, span, counted), ``start``, ``end``, ``units``
``/review/undo``      ``line`` (a number of the history; none: this person's last line that counts)
``/searches/save``    ``name``, ``query`` (query string)
``/searches/delete``  ``name``
``/person``           ``name`` and/or ``theme`` (auto, light, dark)

(/review/add: what `EDITABLE` calls ``kind`` is ``counts`` for a figure and ``quoted`` for an attribution, as ``kind`` says what
is added.)

The fragment gets ``inbox`` (/inbox), ``file``, ``finding`` and ``changed`` (/review), ``searches`` (/searches), ``person``
(/person).  ``start`` and ``end`` count code points, or UTF-16 units (as JavaScript does) where ``units`` is ``utf16``.

Review forms may carry ``story`` (an id), so that ``file`` is the `StoryFile` to show; ``changed`` holds the keys of all findings
that look different now.  ``next`` may hold a ``#fragment``.  Downloads: ``GET /stories/{id}/export/{format}``, formats in
`crossread.desk.downloads.FORMATS`; originals: ``GET /documents/{id}/original``.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crossread.desk.app import create_app
    from crossread.desk.desk import Desk
    from crossread.desk.files import EDITABLE

__all__ = ["EDITABLE", "Desk", "create_app"]

_HOMES = {"EDITABLE": "crossread.desk.files", "Desk": "crossread.desk.desk", "create_app": "crossread.desk.app"}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that the worker does not load the web server."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'crossread.desk' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(home), name)
