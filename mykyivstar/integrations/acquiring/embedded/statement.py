"""Invoices as monobank writes them down for shops: status, notice and statement."""

import json
from collections.abc import Sequence
from typing import Any

from mykyivstar.integrations.acquiring.embedded.cards import failure_words
from mykyivstar.integrations.acquiring.embedded.records import Invoice, Refund, Status

HRYVNIA = 980
UKRAINE = "804"
_USED = {Status.CONFIRMING, Status.PROCESSING, Status.SUCCESS, Status.FAILURE}


def wire_status(invoice: Invoice, refunds: Sequence[Refund]) -> str:
    """The bank's word for where an invoice stands."""
    if invoice.status is Status.CONFIRMING:
        return "processing"
    if invoice.status is Status.SUCCESS and sum(refund.amount for refund in refunds) == invoice.amount:
        return "reversed"
    return invoice.status.value


def status_of(invoice: Invoice, refunds: Sequence[Refund]) -> dict[str, Any]:
    """The answer to a status query."""
    told: dict[str, Any] = {
        "invoiceId": invoice.id,
        "status": wire_status(invoice, refunds),
        "amount": invoice.amount,
        "ccy": HRYVNIA,
        "finalAmount": invoice.amount - sum(refund.amount for refund in refunds),
        "createdDate": invoice.created_at,
        "modifiedDate": invoice.changed_at,
        "reference": invoice.reference,
        "destination": invoice.purpose,
        "cancelList": [_cancel(refund) for refund in refunds],
    }
    if invoice.error:
        told |= {"errCode": invoice.error, "failureReason": failure_words(invoice.error)}
    if invoice.mask and invoice.status in _USED:
        told["paymentInfo"] = {
            "maskedPan": invoice.mask,
            "rrn": invoice.rrn,
            "terminal": "DEMO0001",
            "bank": "Demo Bank",
            "paymentSystem": invoice.brand,
            "paymentMethod": "wallet" if invoice.is_by_token else "pan",
            "country": UKRAINE,
        }
    if invoice.wallet and invoice.token:
        told["walletData"] = {"cardToken": invoice.token, "walletId": invoice.wallet, "status": "created"}
    return told


def body_of(invoice: Invoice, refunds: Sequence[Refund]) -> bytes:
    """The bytes of a notice: word for word the answer to a status query."""
    return json.dumps(status_of(invoice, refunds), ensure_ascii=False).encode()


def statement_line(invoice: Invoice, refunds: Sequence[Refund]) -> dict[str, Any]:
    """One line of the statement."""
    status = wire_status(invoice, refunds)
    return {
        "invoiceId": invoice.id,
        "status": "success" if status == "reversed" else status,
        "maskedPan": invoice.mask,
        "date": invoice.changed_at,
        "paymentScheme": "full",
        "amount": invoice.amount,
        "ccy": HRYVNIA,
        "rrn": invoice.rrn,
        "reference": invoice.reference,
        "destination": invoice.purpose,
        "cancelList": [
            {"amount": refund.amount, "ccy": HRYVNIA, "date": refund.at, "rrn": refund.rrn, "maskedPan": invoice.mask}
            for refund in refunds
        ],
    }


def _cancel(refund: Refund) -> dict[str, Any]:
    return {
        "status": "success",
        "amount": refund.amount,
        "ccy": HRYVNIA,
        "createdDate": refund.at,
        "modifiedDate": refund.at,
        "rrn": refund.rrn,
        "extRef": refund.ext_ref,
    }
