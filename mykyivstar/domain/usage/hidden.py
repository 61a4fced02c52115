"""Numbers that no record of a call is ever kept of (E3): whoever looks at a bill must not learn of a call for help.

What is never stored can be in no export, no sum and no search; it costs nothing.
"""

import re

# Fire, police, ambulance, gas, the one emergency number; help against violence and human trafficking.
HIDDEN_NUMBERS = frozenset({"101", "102", "103", "104", "112", "1547"})
# The harmonised helplines of Europe (missing children, children, emotional support, victims of crime, violence).
_HELPLINE = re.compile(r"116[0-9]{3}")
_COUNTRY = re.compile(r"^(?:00|\+)?380?(?=1[0-9]{2,5}$)")
_DIGITS = re.compile(r"[^0-9+]")


def is_hidden(party: str) -> bool:
    """Whether a call to this number, in whatever way of writing, is nobody's business."""
    # Nearly every party is a whole number: asked a million times in an import.
    if len(party) > _LONGEST or (len(party) == _WHOLE and party.isdigit()):
        return False
    number = _COUNTRY.sub("", _DIGITS.sub("", party))
    return number in HIDDEN_NUMBERS or _HELPLINE.fullmatch(number) is not None


# "+380 116 123" with every separator people use; what is longer is a whole phone number.
_LONGEST = 16
_WHOLE = 12
