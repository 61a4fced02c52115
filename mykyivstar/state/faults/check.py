"""The guided check: the account, the network at the address, the equipment step by step, then a request (H4, H6)."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.faults import checking, outages, requests
from mykyivstar.domain.faults.checking import Diagnosis, EquipmentStep
from mykyivstar.domain.faults.models import Symptom
from mykyivstar.domain.faults.requests import Asked
from mykyivstar.domain.lines.queries import own_phones
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.state.faults.repairs import RepairsState
from mykyivstar.state.faults.rows import EventRow, event_rows
from mykyivstar.state.form_keys import demand_form_key, new_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.internet.held import account_id, account_rows, in_hand
from mykyivstar.state.internet.rows import AccountRow
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import ShellState, show

_STEPS = [step.value for step in EquipmentStep]


class RequestForm(TypedDict, total=False):
    """What does not work, and where technicians call; a radio that is not chosen is not sent."""

    key: str
    account: str
    symptom: str
    words: str
    contact: str


class FaultState(Refusals, rx.State):
    """Page of faults: the check."""

    ready: bool = False
    accounts: list[AccountRow] = []
    # Of the account in hand, "" when there is none.
    key: str = ""
    number: str = ""
    address: str = ""
    is_owner: bool = False
    verdict: Literal["", "debt", "suspended", "outage", "equipment"] = ""
    # What must be paid in for it to work; None: not known.
    missing: int | None = None
    suspended_until: str = ""
    here: list[EventRow] = []
    nearby: list[EventRow] = []
    # Where in the check: its result, the steps with the equipment, the form of a request, or "it works".
    stage: Literal["result", "steps", "form", "works"] = "result"
    step: str = ""
    step_number: int = 1
    steps_count: int = len(_STEPS)
    phones: list[str] = []
    form_key: str = ""

    @action
    async def load(self) -> None:
        """Look at the account in hand from the beginning."""
        self._begin()
        await self._look()

    @action
    async def refresh(self) -> None:
        """Bring it up to date; the step one is at stays."""
        await self._look()

    @action
    async def choose(self, key: str) -> None:
        """Another account of one's own."""
        self._begin()
        shell = await self.get_state(ShellState)
        await shell.choose.fn(shell, key)
        await self._look()
        await (await self.get_state(RepairsState))._look()

    @action
    async def begin_steps(self) -> None:
        """On to the equipment."""
        self._clear_refusals()
        self.stage, self.step, self.step_number = "steps", _STEPS[0], 1

    @action
    async def next_step(self) -> None:
        """The step did not help."""
        if self.step_number < len(_STEPS):
            self.step_number += 1
            self.step = _STEPS[self.step_number - 1]
        else:
            self._open_form()

    @action
    async def step_back(self) -> None:
        """Look at the step before again."""
        if self.stage == "form" and self.step:
            self.stage = "steps"
        elif self.step_number > 1:
            self.step_number -= 1
            self.step = _STEPS[self.step_number - 1]
        else:
            self._begin()

    @action
    async def it_works(self) -> None:
        """The step helped."""
        self.stage = "works"

    @action
    async def ask_at_once(self) -> None:
        """To the request without the steps."""
        self.step = ""
        self._open_form()

    @action
    async def start_again(self) -> None:
        """From the beginning."""
        self._begin()
        await self._look()

    @action
    async def watch(self, outage: int) -> None:
        """Be told by SMS when it is over."""
        async with wiring.unit_of_work() as session:
            await outages.watch(
                session, actor(), account_id=account_id(self.key), outage_id=outage, at=wiring.clock().now()
            )
        self._clear_refusals()
        await self._look()

    @action
    async def ask(self, form: RequestForm) -> None:
        """Send the request, once for one form; its visit is chosen next."""
        asked = _asked(form, tried=_STEPS[: self.step_number] if self.step else [])
        async with wiring.unit_of_work() as session:
            request = await requests.ask(
                session, actor(), asked, terms=terms.fault_terms().visits, at=wiring.clock().now()
            )
        self._begin()
        repairs = await self.get_state(RepairsState)
        await repairs._look()
        await repairs._show_windows(request.code)

    def _begin(self) -> None:
        self._clear_refusals()
        self.stage, self.step, self.step_number = "result", "", 1

    def _open_form(self) -> None:
        self._clear_refusals()
        self.stage, self.form_key = "form", new_form_key()

    async def _look(self) -> None:
        part, parts = await in_hand(self)
        if part is None:
            show(self, ready=True, key="", accounts=[])
            return
        at = wiring.clock().now()
        async with wiring.reading() as session:
            diagnosis = await checking.diagnose(session, actor(), part.key.id, at=at)
            phones = await own_phones(session, actor().profile_id)
        show(
            self,
            ready=True,
            accounts=account_rows(parts, part),
            key=str(part.key),
            number=part.number,
            address=part.address,
            here=event_rows(diagnosis.network.here, at),
            nearby=event_rows(diagnosis.network.nearby, at),
            phones=_contact_first(diagnosis, [phone.digits for phone in phones]),
            **_result(diagnosis),
        )


def _result(diagnosis: Diagnosis) -> dict[str, object]:
    until = diagnosis.suspended_until
    return {
        "is_owner": diagnosis.is_owner,
        "verdict": diagnosis.verdict.value,
        "missing": None if diagnosis.missing is None else diagnosis.missing.kopiykas,
        "suspended_until": until.isoformat() if until else "",
    }


def _contact_first(diagnosis: Diagnosis, phones: list[str]) -> list[str]:
    """The phone of the contract is the likely one."""
    contract = diagnosis.held.account.contract_phone.digits
    return sorted(phones, key=lambda phone: phone != contract)


def _asked(form: RequestForm, *, tried: list[str]) -> Asked:
    """The request as it was typed. Raises Malformed for what no form of ours sends."""
    try:
        symptom, contact = Symptom(form.get("symptom", "")), Msisdn.parse(form.get("contact", ""))
        steps = [EquipmentStep(each) for each in tried]
    except ValueError as unfit:
        raise Malformed from unfit
    return Asked(
        key=demand_form_key(form.get("key", "")),
        account_id=account_id(form.get("account", "")),
        symptom=symptom,
        words=form.get("words", ""),
        contact_phone=contact,
        tried=steps,
    )


refreshes(routes.INTERNET_FAULT, FaultState.refresh, RepairsState.refresh)
