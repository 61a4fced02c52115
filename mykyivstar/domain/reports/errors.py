"""Why a report is not made."""

from mykyivstar.kit.errors import CustomerError


class PeriodReversed(CustomerError):
    """The last day lies before the first one."""

    code = "reports.period_reversed"
    sentence = "The last day is before the first one: swap them."
    field = "last"


class PeriodAhead(CustomerError):
    """The last day has not come yet."""

    code = "reports.period_ahead"
    sentence = "These days have not come yet. Choose days up to today."
    field = "last"


class PeriodTooOld(CustomerError):
    """Records of these days are not kept any more."""

    code = "reports.period_too_old"
    sentence = "Reports reach {months} months back: choose days from {earliest} on."
    field = "first"


class NotADay(CustomerError):
    """What came is not a calendar day."""

    code = "reports.not_a_day"
    sentence = "Choose the first and the last day."
    field = "first"


class NoFormat(CustomerError):
    """No format was ticked."""

    code = "reports.no_format"
    sentence = "Choose at least one file format."
    field = "formats"


class TooLongForPdf(CustomerError):
    """More records than anybody turns pages for."""

    code = "reports.too_long_for_pdf"
    sentence = "There are {records} records in this period, and a PDF holds {most}. Choose a table or a shorter period."
    field = "formats"


class PriceChanged(CustomerError):
    """What was said before is not what it costs by now: nothing was taken."""

    code = "reports.price_changed"
    sentence = "Meanwhile the price has changed to {price}. Look at it and order again."


class OnlyOwnersPay(CustomerError):
    """A viewer may see, but not spend the owner's money."""

    code = "reports.only_owners_pay"
    sentence = "Details of this month are paid from the number's balance: only its owner can order them."


class TooManyReports(CustomerError):
    """Enough is being made already."""

    code = "reports.too_many"
    sentence = "{most} reports are being made for you already. Wait until they are ready."


class ReportMismatch(CustomerError):
    """One form was sent twice with different contents."""

    code = "reports.mismatch"
    sentence = "This form was sent before with other days. Look at the price again and order anew."


class MonthNotOver(CustomerError):
    """What is owed for a month is known when it has ended."""

    code = "reports.month_not_over"
    sentence = "This month is not over yet: its invoice is made on the first day of the next one."
    field = "month"


class OnlyContractsHaveInvoices(CustomerError):
    """Prepaid lines and internet accounts pay before: they owe nothing."""

    code = "reports.only_contracts_have_invoices"
    sentence = "Invoices are made for contract numbers. For this account there are statements."
    field = "kind"
