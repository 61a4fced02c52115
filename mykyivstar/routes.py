"""Every URL of the app."""

LANDING = "/"
LOGIN = "/login"
REGISTER = "/register"
RECOVER = "/recover"
WELCOME = "/welcome"

HOME = "/home"
LINES = "/lines"
PROFILE = "/profile"
PROFILE_SECURITY = "/profile/security"

HELP = "/help"
SAFETY = "/safety"
TERMS = "/terms"
PRIVACY = "/privacy"

DEMO_KIT = "/demo/kit"
DEMO_PHONE = "/demo/phone"

NOT_FOUND = "404"
