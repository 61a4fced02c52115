"""Every URL of the app."""

LANDING = "/"
LOGIN = "/login"
REGISTER = "/register"
RECOVER = "/recover"
WELCOME = "/welcome"

HOME = "/home"
LINES = "/lines"
DETAILS = "/details"
REPORTS = "/reports"
REPORTS_ORDER = "/reports/order"
LIMITS = "/limits"
SIM = "/sim"
CALENDAR = "/calendar"
TARIFF_ADVICE = "/tariff/advice"
EXPENSES = "/expenses"
EXPENSES_HISTORY = "/expenses/history"
# Its address is `state.expenses.addresses.of_entry(id)`.
EXPENSES_ENTRY = "/expenses/entry/[id]"
WALLET = "/wallet"
TOP_UP = "/top-up"
TOP_UP_CHECK = "/top-up/check"
TRANSFER = "/transfer"
TRANSFER_CHECK = "/transfer/check"
PAYMENTS = "/payments"
# Its address is `state.payments.addresses.of_payment(code)`.
PAYMENT = "/payments/[code]"
PROMISED_PAYMENT = "/promised-payment"
AUTO_TOP_UP = "/auto-top-up"
PAY_LINKS = "/pay-links"
# Its address is `domain.payments.card.Addresses.of_link(code)`.
PAY = "/pay/[code]"
INTERNET = "/internet"
INTERNET_SUSPEND = "/internet/suspend"
INTERNET_FAULT = "/internet/fault"
INTERNET_NETWORK = "/internet/network"
INTERNET_TARIFF = "/internet/tariff"
INTERNET_BONUSES = "/internet/bonuses"
# An order is in its address: `state.bonuses.addresses.Wanted`.
INTERNET_BONUSES_CHECK = "/internet/bonuses/check"
TV = "/tv"
PROFILE = "/profile"
PROFILE_SECURITY = "/profile/security"
PROFILE_NOTIFICATIONS = "/profile/notifications"
NOTIFICATIONS = "/notifications"
PROFILE_DATA = "/profile/data"
# What shall change is in their addresses: `state.applications.addresses`.
PROFILE_DATA_CHANGE = "/profile/data/change"
PROFILE_DATA_CHECK = "/profile/data/check"

APPLICATIONS = "/applications"
APPLICATION = "/applications/[code]"

# Public and signed in; a store's address is `state.stores.addresses.of_store(code)`.
STORES = "/stores"
STORE = "/stores/[code]"
# For anybody; their addresses are `state.visits.addresses`.
VISIT_BOOKING = "/book-visit"
VISIT = "/visits/[code]"

# For anybody; a request's address is `state.feedback.addresses.of_request(ticket)`.
CONTACT = "/contact"
CONTACT_REQUEST = "/contact/[code]"

HELP = "/help"
# Its address is `state.help.addresses.of_article(code)`.
HELP_ARTICLE = "/help/[code]"
SAFETY = "/safety"
TERMS = "/terms"
PRIVACY = "/privacy"

# Plain HTML of our own, not a page of the framework (see api/papers.py).
VERIFY = "/verify"

# Their addresses are `state.support.addresses`.
SUPPORT = "/support"
SUPPORT_CHAT = "/support/chat/[code]"
SUPPORT_TICKET = "/support/tickets/[code]"

# The staff's own, behind a sign-in of its own.
DESK = "/desk"
DESK_LOGIN = "/desk/login"
DESK_TICKETS = "/desk/tickets"
DESK_TICKET = "/desk/tickets/[code]"
DESK_ANSWERS = "/desk/answers"
DESK_APPLICATIONS = "/desk/applications"
DESK_APPLICATION = "/desk/applications/[code]"
DESK_FIGURES = "/desk/figures"
# A store's address is `state.desk.addresses.of_desk_store(code)`.
DESK_STORES = "/desk/stores"
DESK_STORE = "/desk/stores/[code]"
DESK_NEW_STORE = "/desk/new-store"
# Visits of a store and day, and giving access to whoever shows a document.
DESK_VISITS = "/desk/visits"
DESK_RESTORING = "/desk/restore-access"
DESK_UNBLOCKING = "/desk/unblock"
DESK_ACCOUNT = "/desk/account"

DEMO_KIT = "/demo/kit"
DEMO_PHONE = "/demo/phone"

NOT_FOUND = "404"
