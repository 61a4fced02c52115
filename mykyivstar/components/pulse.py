"""Something that is done again and again while the page can be seen."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Event


class Pulse(rx.Component):
    """Calls `on_beat` every so many milliseconds."""

    library = f"{KIT_FOLDER}/pulse"
    tag = "Pulse"
    every_ms: rx.Var[int]
    on_beat: rx.EventHandler[rx.event.no_args_event_spec]


def pulse(*, every_ms: int, on_beat: Event) -> rx.Component:
    """Have `on_beat` happen every `every_ms`, not while the tab is in the background; shows nothing."""
    return Pulse.create(every_ms=every_ms, on_beat=on_beat)
