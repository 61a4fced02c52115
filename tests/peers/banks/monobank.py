"""monobank as its documentation describes it, written for tests: nothing here is shared with the embedded bank.

Signed with the openssl program; times without fractions, fields that are null or missing, as in the bank's examples.
"""

import base64
import json
import subprocess
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

import httpx

from mykyivstar.kit.clock import Clock

TOKEN = "u3AUlYKvIlQ5jgUiIbT-SomeTokenFromTheCabinet"
RRN = "060189181768"


@dataclass
class Monobank:
    """Answers requests; the payer's part is played by `pay` and `refuse`."""

    folder: Path
    clock: Clock
    invoices: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    asked_for_key: int = 0

    def __post_init__(self) -> None:
        self.change_key()

    def change_key(self) -> None:
        """The bank signs with a new key from now on."""
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(self.folder / "key.pem"))
        openssl("ec", "-in", str(self.folder / "key.pem"), "-pubout", "-out", str(self.folder / "public.pem"))

    def sign(self, body: bytes) -> str:
        """X-Sign."""
        return base64.b64encode(openssl("dgst", "-sha256", "-sign", str(self.folder / "key.pem"), given=body)).decode()

    def notice(self, invoice_id: str) -> tuple[dict[str, str], bytes]:
        """What the bank would send of this invoice now."""
        body = json.dumps(self.invoices[invoice_id], ensure_ascii=False, indent=2).encode()
        return {"Content-Type": "application/json", "X-Sign": self.sign(body)}, body

    def pay(self, invoice_id: str) -> None:
        """The payer paid."""
        invoice = self.invoices[invoice_id]
        self._move(invoice, status="success", finalAmount=invoice["amount"], paymentInfo=self._payment())
        if wallet := invoice.pop("_wallet", ""):
            self.tokens["67XZtXdR4NpKU3"] = wallet
            invoice["walletData"] = {"cardToken": "67XZtXdR4NpKU3", "walletId": wallet, "status": "created"}

    def refuse(self, invoice_id: str, code: str) -> None:
        """The payer's bank refused."""
        self._move(self.invoices[invoice_id], status="failure", errCode=code, failureReason="…")

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("x-token") != TOKEN:
            return httpx.Response(403, json={"errCode": "FORBIDDEN", "errText": "forbidden"})
        given = json.loads(request.content) if request.content else dict(request.url.params)
        answer = getattr(self, "_" + request.url.path.removeprefix("/api/merchant/").replace("/", "_"))(given)
        if isinstance(answer, tuple):
            status, code = answer
            return httpx.Response(status, json={"errCode": code, "errText": "invalid"})
        return httpx.Response(200, json=answer)

    def _invoice_create(self, given: dict[str, Any]) -> Any:
        assert given["ccy"] == 980
        invoice = self._new(given)
        if save := given.get("saveCardData"):
            invoice["_wallet"] = save["walletId"] if save["saveCard"] else ""
        return {"invoiceId": invoice["invoiceId"], "pageUrl": f"https://pay.mbnk.biz/{invoice['invoiceId']}"}

    def _invoice_status(self, given: dict[str, Any]) -> Any:
        return self.invoices.get(given["invoiceId"]) or (404, "NOT_FOUND")

    def _invoice_cancel(self, given: dict[str, Any]) -> Any:
        invoice = self.invoices.get(given["invoiceId"])
        if invoice is None:
            return 404, "NOT_FOUND"
        if invoice["status"] != "success" or given["amount"] > invoice["finalAmount"]:
            return 400, "BAD_REQUEST"
        cancel = {"status": "success", "amount": given["amount"], "ccy": 980, "createdDate": self._now()}
        cancels = [*(invoice["cancelList"] or []), cancel | {"modifiedDate": self._now(), "extRef": given["extRef"]}]
        left = invoice["finalAmount"] - given["amount"]
        self._move(invoice, finalAmount=left, cancelList=cancels, status="success" if left else "reversed")
        return {"status": "success", "createdDate": self._now(), "modifiedDate": self._now()}

    def _invoice_remove(self, given: dict[str, Any]) -> Any:
        invoice = self.invoices.get(given["invoiceId"])
        if invoice is None or invoice["status"] != "created":
            return 400, "BAD_REQUEST"
        self._move(invoice, status="expired")
        return {}

    def _wallet_payment(self, given: dict[str, Any]) -> Any:
        assert given["initiationKind"] == "merchant"
        if given["cardToken"] not in self.tokens:
            return 400, "BAD_REQUEST"
        invoice = self._new(given)
        self.pay(invoice["invoiceId"])
        names = ("invoiceId", "status", "amount", "ccy", "createdDate", "modifiedDate")
        return {"tdsUrl": None, **{name: invoice[name] for name in names}}

    def _wallet_card(self, given: dict[str, Any]) -> Any:
        return {} if self.tokens.pop(given["cardToken"], None) else (400, "BAD_REQUEST")

    def _statement(self, given: dict[str, Any]) -> Any:
        lines = [each for each in self.invoices.values() if each["status"] in {"success", "failure", "reversed"}]
        names = ("invoiceId", "amount", "ccy", "reference")
        return {"list": [{name: each[name] for name in names} | {"status": "success"} for each in lines]}

    def _pubkey(self, given: dict[str, Any]) -> Any:
        self.asked_for_key += 1
        return {"key": base64.b64encode((self.folder / "public.pem").read_bytes()).decode()}

    def _new(self, given: dict[str, Any]) -> dict[str, Any]:
        invoice = {
            "invoiceId": f"p2_{len(self.invoices):09}",
            "status": "created",
            "failureReason": None,
            "amount": given["amount"],
            "ccy": 980,
            "createdDate": self._now(),
            "modifiedDate": self._now(),
            "reference": given["merchantPaymInfo"]["reference"],
            "destination": given["merchantPaymInfo"]["destination"],
            "cancelList": None,
        }
        self.invoices[invoice["invoiceId"]] = invoice
        return invoice

    def _move(self, invoice: dict[str, Any], **changes: Any) -> None:
        invoice.update(changes, modifiedDate=self._now())

    def _payment(self) -> dict[str, Any]:
        return {
            "maskedPan": "444403******1902",
            "approvalCode": "662476",
            "rrn": RRN,
            "tranId": "13194036",
            "terminal": "MI001088",
            "bank": "Універсал Банк",
            "paymentSystem": "visa",
            "paymentMethod": "pan",
            "fee": None,
        }

    def _now(self) -> str:
        return self.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def openssl(*words: str, given: bytes = b"") -> bytes:
    """Run the program."""
    return subprocess.run(["openssl", *words], input=given, capture_output=True, check=True).stdout
