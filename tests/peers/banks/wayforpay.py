"""WayForPay as its documentation describes it, written for tests; every signature is made here by hand."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from mykyivstar.kit.clock import Clock

ACCOUNT, SECRET, DOMAIN = "test_merch_n1", "flk3409refn54t54t*FNJRET", "www.market.ua"
URL = "https://api.wayforpay.com/api"
TOKEN = "1f6b7c3a-kept"


@dataclass
class WayForPay:
    """Answers requests; the payer's part is played by `pay` and `refuse`."""

    clock: Clock
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def pay(self, reference: str) -> None:
        """The payer paid."""
        order = self.orders[reference]
        card = {"cardPan": "42****4242", "cardType": "Visa", "authCode": "324567", "recToken": TOKEN}
        order |= card | {"transactionStatus": "Approved", "reasonCode": 1100, "reason": "Ok"}
        order["processingDate"] = self._now()
        self.tokens.add(TOKEN)

    def refuse(self, reference: str, code: int) -> None:
        """The payer's bank refused."""
        card = {"cardPan": "42****4242", "cardType": "Visa", "authCode": "", "recToken": ""}
        self.orders[reference] |= card | {"transactionStatus": "Declined", "reasonCode": code, "reason": "…"}

    def notice(self, reference: str) -> tuple[dict[str, str], bytes]:
        """What the bank would send of this order now."""
        order = self.orders[reference]
        return {"Content-Type": "application/json"}, json.dumps(self._signed(order), ensure_ascii=False).encode()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        given = json.loads(request.content)
        kind = given["transactionType"]
        if given["merchantSignature"] != sign(*_signed_fields(kind, given)):
            return httpx.Response(200, json={"reason": "Invalid signature", "reasonCode": 1113})
        return httpx.Response(200, json=getattr(self, f"_{kind.lower()}")(given))

    def _create_invoice(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["orderReference"] in self.orders:
            return {"reason": "Duplicate Order ID", "reasonCode": 1112}
        self._new(given)
        return {
            "reason": "Ok",
            "reasonCode": 1100,
            "invoiceUrl": "https://secure.wayforpay.com/invoice/i1",
            "qrCode": "",
        }

    def _charge(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["orderReference"] in self.orders:
            return {"reason": "Duplicate Order ID", "reasonCode": 1112}
        if given["recToken"] not in self.tokens:
            return {"reason": "Token not found", "reasonCode": 1116}
        self._new(given)
        self.pay(given["orderReference"])
        return self._signed(self.orders[given["orderReference"]])

    def _check_status(self, given: dict[str, Any]) -> dict[str, Any]:
        order = self.orders.get(given["orderReference"])
        if order is None:
            return {"reason": "Order Not Found", "reasonCode": 1127}
        if order["transactionStatus"] == "":
            return {"orderReference": given["orderReference"], "reason": "Invoice Is Awaiting", "reasonCode": 1151}
        return self._signed(order)

    def _refund(self, given: dict[str, Any]) -> dict[str, Any]:
        order = self.orders[given["orderReference"]]
        if order["transactionStatus"] != "Approved":
            return {"reason": "Refund Not Allowed", "reasonCode": 1123}
        back = float(order.get("refundAmount", 0)) + float(given["amount"])
        if back > order["amount"]:
            return {"reason": "Refund Limit Exceeded", "reasonCode": 1128}
        order["refundAmount"] = back
        if back == order["amount"]:
            order["transactionStatus"] = "Refunded"
        return {"orderReference": given["orderReference"], "transactionStatus": "Refunded", "reasonCode": 1100}

    def _remove_invoice(self, given: dict[str, Any]) -> dict[str, Any]:
        order = self.orders.get(given["orderReference"])
        if order is None or order["transactionStatus"] != "":
            return {"reason": "Illegal Order State", "reasonCode": 1126}
        order["transactionStatus"] = "Expired"
        return {"reason": "Removed", "reasonCode": 1100}

    def _new(self, given: dict[str, Any]) -> None:
        self.orders[given["orderReference"]] = {
            "merchantAccount": ACCOUNT,
            "orderReference": given["orderReference"],
            "amount": float(given["amount"]),
            "currency": given["currency"],
            "createdDate": self._now(),
            "processingDate": "",
            "authCode": "",
            "cardPan": "",
            "transactionStatus": "",
            "reason": "",
            "reasonCode": 1100,
        }

    def _signed(self, order: dict[str, Any]) -> dict[str, Any]:
        names = ("orderReference", "amount", "currency", "authCode", "cardPan", "transactionStatus", "reasonCode")
        return order | {"merchantSignature": sign(ACCOUNT, *(order[name] for name in names))}

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _signed_fields(kind: str, given: dict[str, Any]) -> list[Any]:
    """What a request signs, by its kind, as the documentation lists it."""
    if kind in {"CREATE_INVOICE", "CHARGE"}:
        products = [*given["productName"], *given["productCount"], *given["productPrice"]]
        order = [given[name] for name in ("orderReference", "orderDate", "amount", "currency")]
        return [ACCOUNT, DOMAIN, *order, *products]
    if kind == "REFUND":
        return [ACCOUNT, given["orderReference"], given["amount"], given["currency"]]
    return [ACCOUNT, given["orderReference"]]


def sign(*values: object) -> str:
    """HMAC-MD5 over the values joined by semicolons."""
    return hmac.new(SECRET.encode(), ";".join(map(str, values)).encode(), hashlib.md5).hexdigest()
