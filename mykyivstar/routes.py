"""Every URL of the app."""

LANDING = "/"
LOGIN = "/login"
REGISTER = "/register"
RECOVER = "/recover"
WELCOME = "/welcome"

HOME = "/home"
LINES = "/lines"
WALLET = "/wallet"
TOP_UP = "/top-up"
TOP_UP_CHECK = "/top-up/check"
PAYMENTS = "/payments"
# Its address is `state.payments.addresses.of_payment(code)`.
PAYMENT = "/payments/[code]"
PROFILE = "/profile"
PROFILE_SECURITY = "/profile/security"

HELP = "/help"
SAFETY = "/safety"
TERMS = "/terms"
PRIVACY = "/privacy"

DEMO_KIT = "/demo/kit"
DEMO_PHONE = "/demo/phone"

NOT_FOUND = "404"
