"""Pages of the desk."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crossread.desk.desk import Desk
from crossread.desk.render import render


def stories(request: Request) -> Response:
    """All stories."""
    desk: Desk = request.app.state.desk
    return render(request, "stories.html", stories=desk.stories(), inbox=desk.inbox())


def story(request: Request) -> Response:
    """One story."""
    desk: Desk = request.app.state.desk
    file = desk.story(request.path_params["story"])
    if file is None:
        raise HTTPException(404, "The store has no story of this name; it may have been linked again since.")
    return render(request, "story.html", file=file)


ROUTES: list[Route] = [Route("/", stories, name="stories"), Route("/stories/{story}", story, name="story")]
