"""What the staff may be refused."""

from mykyivstar.kit.errors import CustomerError


class StaffRoleNeeded(CustomerError):
    """It needs another role."""

    code = "staff.role_needed"
    sentence = "Your role does not allow this. Ask the shift lead."


class StaffWrongCredentials(CustomerError):
    """Login and password do not belong together, or there is no such login: nobody is told which."""

    code = "staff.wrong_credentials"
    sentence = "The staff login and the password do not fit together. Check both."
    field = "password"


class StaffLoginTaken(CustomerError):
    """Another member has this login."""

    code = "staff.login_taken"
    sentence = "This staff login is taken."
    field = "login"


class StaffLoginMalformed(CustomerError):
    """A staff login is 3 to 64 small Latin letters, digits, dots, dashes or underscores."""

    code = "staff.login_malformed"
    sentence = "A staff login has 3 to 64 small Latin letters, digits, dots, dashes or underscores."
    field = "login"


class UnknownStaff(CustomerError):
    """There is no such member, or not any more."""

    code = "staff.unknown"
    sentence = "There is no such member of the staff."
