"""The least that an app of this framework can do: one number that goes up."""

import reflex as rx


class Counter(rx.State):
    """The number."""

    count: int = 0

    @rx.event
    async def increment(self) -> None:
        """One more."""
        self.count += 1


def index() -> rx.Component:
    """The number, and the button that raises it."""
    page: rx.Component = rx.el.div(rx.el.p(Counter.count), rx.el.button("+1", on_click=Counter.increment))
    return page


app = rx.App(enable_state=True)
app.add_page(index, route="/")
