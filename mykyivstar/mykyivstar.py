"""The application: pages, guard, routes of its own, and what runs beside them."""

import reflex as rx
from starlette.applications import Starlette

from mykyivstar import background, pages
from mykyivstar.api import own_routes
from mykyivstar.failures import on_failure
from mykyivstar.guard.handshake import handshake
from mykyivstar.guard.middleware import Guard
from mykyivstar.guard.visitor import visitor
from mykyivstar.loading.arrival import Arrival
from mykyivstar.loading.lazy_states import use_lazy_states
from mykyivstar.pages.layout import add_pages
from mykyivstar.pages.layout.application import app_options
from mykyivstar.state.session import SessionState

app = rx.App(
    **app_options(),
    api_transformer=[Starlette(routes=own_routes()), handshake, visitor],
    backend_exception_handler=on_failure,
)
guard = Guard(leave=SessionState.leave)
app.add_middleware(guard)
app.add_middleware(Arrival(guard))
use_lazy_states(app)
pages.import_all()
add_pages(app)
for task in background.tasks(app):
    app.register_lifespan_task(task)
