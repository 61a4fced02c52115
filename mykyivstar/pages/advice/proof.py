"""How it is counted, and that the same arithmetic arrives at the bill that was really charged."""

import reflex as rx

from mykyivstar.components import accordion, notice, section
from mykyivstar.i18n import money, t
from mykyivstar.state.advice.state import AdviceState as State

_VIEW = State.view
_DIFFERENCES = {
    "no_fees": t("We do not know on which day your package began."),
    "other_tariff": t("For a part of this time you had another tariff."),
    "rated_elsewhere": t("Some records were priced by the operator by rules that are not in the tariff."),
    "unpriced": t("Some records have no price yet."),
    "other_packages": t("A package that we do not know paid for some of it."),
    "catalogue": t("Prices or packages of the tariff have changed since."),
}


def proof() -> rx.Component:
    """For whoever wants to know."""
    return section(
        rx.cond(
            _VIEW.differences.length() > 0,
            notice(
                rx.el.p(
                    t(
                        "For calls, messages and internet you were charged {charged}. Counted again: {rerated}.",
                        charged=money(_VIEW.charged),
                        rerated=money(_VIEW.rerated),
                    )
                ),
                rx.el.ul(rx.foreach(_VIEW.differences.to(list[str]), _difference)),
                kind="info",
                data_testid="check",
            ),
            notice(
                t(
                    "For calls, messages and internet you were charged {charged} in these months, and this arithmetic "
                    "gives the same to the kopiyka.",
                    charged=money(_VIEW.charged),
                ),
                kind="good",
                data_testid="check",
            ),
        ),
        accordion((t("The rules"), _rules())),
        title=t("How we counted"),
    )


def _rules() -> rx.Component:
    return rx.el.ul(
        rx.el.li(t("Each record is paid by the packages first and by the tariff’s prices after that.")),
        rx.el.li(t("Every tariff begins with the first of these months. A period that is cut short counts by days.")),
        rx.el.li(t("Services that you had stay, with their fees and packages.")),
        rx.el.li(t("All sums hold VAT and the pension fund duty.")),
        rx.el.li(t("Not every tariff is for everybody: its description says whom it is for.")),
        rx.el.li(t("What a change of tariff costs, and how you would use another one, is not known and not counted.")),
        class_name="prose",
    )


def _difference(name: rx.Var[str]) -> rx.Component:
    return rx.el.li(rx.match(name, *_DIFFERENCES.items(), ""))
