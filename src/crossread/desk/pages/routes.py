"""Which page answers which address."""

from starlette.routing import Route

from crossread.desk.pages import desk_pages, document_pages, review_pages, story_pages

ROUTES: list[Route] = [
    Route("/", desk_pages.start, name="start"),
    Route("/stories", desk_pages.stories, name="stories"),
    Route("/inbox", desk_pages.inbox, name="inbox"),
    Route("/inbox/jobs", desk_pages.jobs, name="jobs"),
    Route("/history", review_pages.history, name="history"),
    Route("/help", desk_pages.keys, name="help"),
    Route("/documents", document_pages.documents, name="documents"),
    Route("/documents/{document:path}/sentences/{number:int}", document_pages.sentence, name="sentence"),
    Route("/documents/{document:path}/findings/{key}", review_pages.document_finding, name="document-finding"),
    Route("/documents/{document:path}", document_pages.document, name="document"),
    Route("/stories/{story}", story_pages.overview, name="story"),
    Route("/stories/{story}/actors/{actor}", story_pages.actor, name="actor"),
    Route("/stories/{story}/findings/{key}", review_pages.finding, name="finding"),
    Route("/stories/{story}/queue", review_pages.queue, name="queue"),
    Route("/stories/{story}/history", review_pages.history, name="story-history"),
    Route("/stories/{story}/agreement", review_pages.agreement, name="agreement"),
    Route("/stories/{story}/add", review_pages.add, name="add"),
    Route("/stories/{story}/{section}", story_pages.section, name="section"),
]
