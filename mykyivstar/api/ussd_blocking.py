"""The words of the screens that block the line which dials (G1)."""

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.ussd.screens import Screen, ScreenName
from mykyivstar.formatting.dates import format_time
from mykyivstar.i18n import tr


def blocking_words(screen: Screen, language: Language) -> str:
    """The text, "" for a screen that is not about it."""
    match screen.name:
        case ScreenName.BLOCK_CHECK:
            return "\n".join([_meaning(screen, language), tr(language, "1 Block\n0 Cancel")])
        case ScreenName.BLOCK_WAITS:
            time = format_time(screen.values["time"])
            return tr(language, "This number will be blocked by {time}.\n1 Do not block it\n0 Exit", time=time)
        case ScreenName.BLOCK_DONE:
            said = {"number": screen.values["number"], "time": format_time(screen.values["time"])}
            return tr(
                language, "{number} will be blocked by {time}. Changed your mind? *110# and 6 until then.", **said
            )
        case _:
            return ""


def _meaning(screen: Screen, language: Language) -> str:
    number = screen.values["number"]
    means = tr(language, "Block {number}? No calls, SMS and data within 30 minutes; fees go on.", number=number)
    if screen.values["has_contact"]:
        return f"{means} {tr(language, 'Unblock in My Kyivstar by a code to another contact.')}"
    return f"{means} {tr(language, 'Unblock at a service centre with your document.')}"
