"""The topics of notices, and how each is told unless somebody chose otherwise (M5).

Codes, warnings about one's profile and confirmations of what one has just done belong to no topic: they come by SMS,
whatever is chosen, because they protect.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mykyivstar.domain.notifications.templates import SmsTemplate


class NoticeTopic(StrEnum):
    """What a notice is about; stored by value."""

    MONEY = "money"
    CHARGES = "charges"
    INTERNET = "internet"
    VISITS = "visits"
    REQUESTS = "requests"


class NoticeWay(StrEnum):
    """How a notice reaches somebody."""

    SMS = "sms"
    EMAIL = "email"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways are on; a letter goes only to whoever has given an address."""

    sms: bool = True
    email: bool = False
    app: bool = True


USUAL: Final[Mapping[NoticeTopic, Ways]] = {
    **dict.fromkeys(NoticeTopic, Ways()),
    # What has been filed is answered in writing.
    NoticeTopic.REQUESTS: Ways(email=True),
}

_TEMPLATES: Final[Mapping[NoticeTopic, tuple[str, ...]]] = {
    NoticeTopic.MONEY: (
        "transfer_got",
        "bonus_arrived",
        "auto_top_up_soon",
        "auto_top_up_done",
        "auto_top_up_failed",
        "auto_top_up_paused",
        "promise_due",
        "promise_repaid",
        "promise_partly_repaid",
    ),
    NoticeTopic.CHARGES: ("fee_waits", "limit_near", "limit_reached", "limit_paused"),
    NoticeTopic.INTERNET: (
        "internet_off",
        "internet_on",
        "internet_suspended",
        "internet_holiday_refused",
        "outage_over",
        "works_planned",
        "downtime_credited",
    ),
    NoticeTopic.VISITS: (
        "fault_taken",
        "fault_booked",
        "fault_moved",
        "fault_reminder",
        "fault_confirmed",
        "fault_cancelled",
        "fault_called_off",
        "fault_done",
        "visit_reminder",
        "visit_called_off",
    ),
    NoticeTopic.REQUESTS: (
        "ticket_answered",
        "application_needs_more",
        "application_approved",
        "application_declined",
    ),
}

TOPIC_OF: Final[Mapping[SmsTemplate, NoticeTopic]] = {
    SmsTemplate(name): topic for topic, names in _TEMPLATES.items() for name in names
}
