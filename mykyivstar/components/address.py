"""Whether what a state holds belongs to the page that the browser is at."""

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from mykyivstar.components.foundations import KIT_FOLDER

_HOOK = "const _address = useAddress()"


def is_at(address: rx.Var[str]) -> rx.Var[bool]:
    """True at this address (path and query), which the browser knows before any server has answered."""
    imports = {f"{KIT_FOLDER}/address": [ImportVar(tag="useAddress", install=False)]}
    data = VarData.merge(
        VarData(imports=imports, hooks={_HOOK: None}),
        address._get_all_var_data(),  # noqa: SLF001  no public name
    )
    return rx.Var(f"({address} === _address)", _var_type=bool, _var_data=data).to(bool)
