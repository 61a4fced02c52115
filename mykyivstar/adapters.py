"""Which adapter stands behind each port, as the settings chose it: the one module that names integrations."""

from collections.abc import Callable
from pathlib import Path

from mykyivstar.integrations.acquiring.embedded.app import EmbeddedBank
from mykyivstar.integrations.acquiring.embedded.layout import Translate
from mykyivstar.integrations.acquiring.monobank import MonobankAcquirer
from mykyivstar.integrations.mail.embedded import EmbeddedMailGateway
from mykyivstar.integrations.sms.embedded import EmbeddedSmsGateway, Phones
from mykyivstar.kit.clock import Clock
from mykyivstar.ports.acquiring import Acquirer
from mykyivstar.ports.bell import Bell
from mykyivstar.ports.mail import MailGateway
from mykyivstar.ports.sms import SmsGateway
from mykyivstar.settings import Settings

__all__ = ["EmbeddedBank", "acquirers", "bell", "embedded_bank", "mail_gateway", "sms_gateway"]

# What is imported inside a function here need not be loaded where it is not used.


def sms_gateway(chosen: Settings, clock: Clock, demo_phones: Phones) -> SmsGateway:
    """Who carries SMS."""
    if chosen.sms_gateway == "embedded":
        return EmbeddedSmsGateway(demo_phones, clock)
    from mykyivstar.integrations.sms.smpp import SmppSmsGateway

    return SmppSmsGateway(
        host=chosen.smpp_host,
        port=chosen.smpp_port,
        system_id=chosen.smpp_system_id,
        password=chosen.smpp_password.get_secret_value(),
        sender=chosen.smpp_sender,
        clock=clock,
        receipt_ids=chosen.smpp_receipt_ids,
    )


def bell(chosen: Settings) -> Bell | None:
    """How processes of one installation call each other; None for a process that is alone, or has no Redis."""
    if not chosen.redis_url:
        return None
    from mykyivstar.integrations.bell.redis import RedisBell

    return RedisBell(chosen.redis_url)


def mail_gateway(chosen: Settings, clock: Clock) -> MailGateway:
    """Who carries letters."""
    if chosen.mail == "embedded":
        return EmbeddedMailGateway(chosen.data_dir / "mail", sender=chosen.mail_from, clock=clock)
    from mykyivstar.integrations.mail.smtp import SmtpMailGateway

    return SmtpMailGateway(
        host=chosen.smtp_host,
        port=chosen.smtp_port,
        encryption=chosen.smtp_encryption,
        user=chosen.smtp_user,
        password=chosen.smtp_password.get_secret_value(),
        sender=chosen.mail_from,
        clock=clock,
        ca_file=Path(chosen.smtp_ca_file) if chosen.smtp_ca_file else None,
    )


def acquirers(chosen: Settings, clock: Clock, *, demo_token: Callable[[], str]) -> dict[str, Acquirer]:
    """Everybody who takes card payments, or did and is still known, by name."""
    known = dict[str, Acquirer]()
    if chosen.acquirer == "embedded":
        address = f"{chosen.loopback}/acquirer"
        known["embedded"] = MonobankAcquirer(name="embedded", token=demo_token(), base_url=address, clock=clock)
    if token := chosen.monobank_token.get_secret_value():
        known["monobank"] = MonobankAcquirer(token=token, base_url=chosen.monobank_url, clock=clock)
    if chosen.knows_wayforpay:
        from mykyivstar.integrations.acquiring.wayforpay import WayForPayAcquirer

        known["wayforpay"] = WayForPayAcquirer(
            account=chosen.wayforpay_account,
            secret=chosen.wayforpay_secret.get_secret_value(),
            domain=chosen.wayforpay_domain,
            url=chosen.wayforpay_url,
            clock=clock,
        )
    return known


def embedded_bank(
    chosen: Settings, clock: Clock, *, demo_token: Callable[[], str], tr: Translate
) -> EmbeddedBank | None:
    """The bank in our own process, when it is the acquirer. Making it touches no file: a build makes it too."""
    if chosen.acquirer != "embedded":
        return None
    return EmbeddedBank(
        path=chosen.data_dir / "acquirer.db",
        token=demo_token,
        address=f"{chosen.site}/acquirer",
        clock=clock,
        tr=tr,
        notices_via=chosen.loopback,
    )
