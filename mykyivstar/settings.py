"""Every setting, typed, read once from the environment; `docs/operations.md` explains them."""

from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite+aiosqlite"}
_DATABASES = ("postgresql://", "postgres://", "postgresql+psycopg://", "sqlite:///", "sqlite+aiosqlite:///")
_REDIS = ("redis://", "rediss://", "unix://")


class UnsafeSettings(Exception):
    """A setting that is fine for trying out and dangerous in production."""


class Settings(BaseSettings):
    """The whole configuration. Names in the environment are the field names in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    environment: Literal["demo", "production"] = "demo"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=1, le=65535)
    data_dir: Path = Path("data")
    database_url: str = ""
    redis_url: str = ""
    workers: int = Field(default=1, ge=1, le=64)
    # Whether this process also runs background jobs.
    inline_jobs: bool = True
    # Demo only: let a little usage arrive for the demo people, so that their screens move.
    demo_life: bool = True
    # How the browser reaches us ("https://my.example.ua"); several, comma-separated; empty: any port of localhost.
    public_origins: str = ""
    # Keys codes and tickets are hashed with; made and kept in DATA_DIR in the demo.
    secret_key: SecretStr = SecretStr("")
    # Addresses of proxies whose X-Forwarded-For and network header are believed (A9), comma-separated CIDRs.
    trusted_proxies: str = ""
    # A9: the header in which the operator's own network names the line; empty: off.
    network_msisdn_header: str = ""

    # How many events one browser tab may send a second, and at once; 0 switches the limit off.
    events_per_second: float = Field(default=20, ge=0)
    events_burst: int = Field(default=60, ge=1)

    # How many zeros each of the sixteen searches of the contact form looks for: one more is twice the work (K3).
    contact_work_bits: int = Field(default=13, ge=0, le=22)

    sms_gateway: Literal["embedded", "smpp"] = "embedded"
    smpp_host: str = "127.0.0.1"
    smpp_port: int = Field(default=2775, ge=1, le=65535)
    smpp_system_id: str = ""
    smpp_password: SecretStr = SecretStr("")
    smpp_sender: str = "Kyivstar"
    # Whether receipts name a message as the answer to its submit did, or in decimal where that was hexadecimal.
    smpp_receipt_ids: Literal["same", "decimal"] = "same"

    # Hryvnias: what one top-up may be, and what one transfer between lines, and all of a month, may be (D5).
    top_up_least: int = Field(default=1, ge=1)
    top_up_most: int = Field(default=5_000, ge=1)
    transfer_least: int = Field(default=1, ge=1)
    transfer_most: int = Field(default=1_000, ge=1)
    transfer_code_above: int = Field(default=20, ge=0)
    transfer_day_without_code: int = Field(default=100, ge=0)
    transfer_month_most: int = Field(default=2_900, ge=1)

    # Hryvnias and days of promised payments (N2): what lines may choose from, and the grace week of home internet.
    promise_sums: str = Field(default="50,100", pattern=r"^[1-9][0-9]{0,3}(,[1-9][0-9]{0,3})*$")
    promise_price: int = Field(default=5, ge=0)
    promise_days: int = Field(default=5, ge=1, le=30)
    promise_line_age_days: int = Field(default=30, ge=0)
    grace_most: int = Field(default=1_000, ge=1)
    grace_price: int = Field(default=0, ge=0)
    grace_days: int = Field(default=7, ge=1, le=30)

    # Home internet: visits of technicians to one city in one window, and hours of each outage for which nothing is
    # credited (H4, N7).
    visits_at_once: int = Field(default=3, ge=0, le=1000)
    downtime_free_hours: int = Field(default=4, ge=0, le=744)

    # Visits that a service centre takes in one half-hour (A8).
    store_visits_at_once: int = Field(default=2, ge=0, le=100)

    # The operator's USSD gateway signs with this key (I5); empty: off, but for the demo's dialler.
    ussd_key: SecretStr = SecretStr("")
    # How long a dialogue waits for the next answer.
    ussd_session_seconds: int = Field(default=180, ge=10, le=3600)

    # How many whole months of usage records are kept before the current one; details are offered for 24 (E3).
    usage_months: int = Field(default=25, ge=25)

    # How long transferred bonuses are on their way (I2).
    bonus_arrival_minutes: int = Field(default=15, ge=0, le=24 * 60)

    # Hryvnias and days of suspending home internet (H3).
    internet_suspension_price: int = Field(default=15, ge=0)
    internet_suspension_least: int = Field(default=3, ge=1)
    internet_suspension_most: int = Field(default=90, ge=1, le=366)
    internet_suspension_year_most: int = Field(default=120, ge=1, le=366)
    internet_suspension_ahead: int = Field(default=180, ge=1, le=366)

    # Hryvnias with VAT and without the pension-fund duty: what details of the current month cost (E4).
    details_at_first: str = Field(default="1.00", pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?$")
    details_first_of_month: str = Field(default="5.00", pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?$")
    details_further: str = Field(default="1.00", pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?$")

    acquirer: Literal["embedded", "monobank", "wayforpay"] = "embedded"
    monobank_token: SecretStr = SecretStr("")
    monobank_url: str = "https://api.monobank.ua"
    wayforpay_account: str = ""
    wayforpay_secret: SecretStr = SecretStr("")
    # The domain that the merchant is registered with; it is signed.
    wayforpay_domain: str = ""
    wayforpay_url: str = "https://api.wayforpay.com/api"

    # What lies under the stores of the map (J1): "https://tiles.example.ua/{z}/{x}/{y}.png", or a PMTiles file; none of
    # them: the outlines that come with us. Whose map it is must be said.
    map_tiles_url: str = ""
    map_pmtiles_url: str = ""
    map_attribution: str = ""

    mail: Literal["embedded", "smtp"] = "embedded"
    mail_from: str = "My Kyivstar <no-reply@example.com>"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_encryption: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    # A PEM file of the authority that vouches for the mail server, when no public one does.
    smtp_ca_file: str = ""

    # Secret keys of the past, comma-separated: papers that were sealed with them stay genuine (O6).
    earlier_secret_keys: SecretStr = SecretStr("")

    # Whose bank account takes transfers by QR (N8); the demo shows an account that does not exist.
    bank_recipient: str = ""
    bank_iban: str = ""
    bank_edrpou: str = ""
    nbu_qr_format: Literal["003", "002"] = "003"

    log_format: Literal["text", "json"] = "text"
    # Bearer token that /metrics asks for; empty: only from this machine.
    metrics_token: SecretStr = SecretStr("")

    @field_validator("database_url", "redis_url")
    @classmethod
    def _an_address_we_know(cls, address: str, field: ValidationInfo) -> str:
        is_redis = field.field_name == "redis_url"
        known = _REDIS if is_redis else _DATABASES
        example = "redis://:password@host:6379/0" if is_redis else "postgresql://user:password@host/name"
        if address and not (address.startswith(known) and _is_readable(address)):
            # Said without the address: there is a password in it.
            raise ValueError(f"write it as {example}, a / or @ in the password as %2F or %40")
        return address

    @field_validator("public_origins")
    @classmethod
    def _origins_alone(cls, given: str) -> str:
        for origin in filter(None, map(str.strip, given.split(","))):
            parts = urlsplit(origin)
            if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/") or parts.query:
                raise ValueError(f"'{origin}' is no origin; write it as https://my.example.ua")
        return given

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: str) -> str:
        for network in filter(None, map(str.strip, given.split(","))):
            ip_network(network)
        return given

    @model_validator(mode="after")
    def refuse_the_unsafe(self) -> Self:
        """A production that would send codes to a web page or sign with a known key does not start."""
        if self.workers > 1 and not self.redis_url:
            raise UnsafeSettings("WORKERS above 1 needs REDIS_URL: the workers share their sessions there")
        if self.environment == "production":
            if self.sms_gateway == "embedded":
                raise UnsafeSettings("SMS_GATEWAY=embedded shows every code on a web page; set SMS_GATEWAY=smpp")
            if self.acquirer == "embedded":
                raise UnsafeSettings("ACQUIRER=embedded takes test cards for money; name a real one")
            if self.mail == "embedded":
                raise UnsafeSettings("MAIL=embedded keeps every letter in a folder; set MAIL=smtp")
            if self.smtp_encryption == "none" and self.smtp_user:
                raise UnsafeSettings("SMTP_ENCRYPTION=none would send SMTP_PASSWORD in the clear")
            if len(self.secret_key.get_secret_value()) < 32:
                raise UnsafeSettings("SECRET_KEY needs at least 32 characters")
            if 0 < len(self.ussd_key.get_secret_value()) < 32:
                raise UnsafeSettings("USSD_KEY needs at least 32 characters")
            if not self.public_origins.startswith("https://"):
                raise UnsafeSettings("PUBLIC_ORIGINS must name the https:// address of the site")
        return self

    @model_validator(mode="after")
    def refuse_an_acquirer_without_secrets(self) -> Self:
        """Whoever takes card payments has to know us."""
        if self.acquirer == "monobank" and not self.monobank_token.get_secret_value():
            raise UnsafeSettings("ACQUIRER=monobank needs MONOBANK_TOKEN")
        if self.acquirer == "wayforpay" and not self.knows_wayforpay:
            raise UnsafeSettings("ACQUIRER=wayforpay needs WAYFORPAY_ACCOUNT, WAYFORPAY_SECRET and WAYFORPAY_DOMAIN")
        return self

    @property
    def is_demo(self) -> bool:
        return self.environment == "demo"

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database, asynchronous drivers only."""
        if not self.database_url:
            return f"sqlite+aiosqlite:///{self.data_dir / 'mykyivstar.db'}"
        plain, _, rest = self.database_url.partition("://")
        return f"{_DRIVERS.get(plain, plain)}://{rest}"

    @property
    def origins(self) -> tuple[str, ...]:
        """The exact origins that may open the websocket or post to us."""
        return tuple(origin.strip().rstrip("/") for origin in self.public_origins.split(",") if origin.strip())

    @property
    def knows_wayforpay(self) -> bool:
        return bool(self.wayforpay_account and self.wayforpay_secret.get_secret_value() and self.wayforpay_domain)

    @property
    def loopback(self) -> str:
        """Where a process on this machine reaches us, whatever stands before us."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 -- compared, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def offers_bank_qr(self) -> bool:
        """Whether there is an account for bank transfers, if only the demo's."""
        return self.is_demo or bool(self.bank_iban)

    @property
    def site(self) -> str:
        """Our address for links in letters and on papers."""
        return self.origins[0] if self.origins else f"http://localhost:{self.port}"

    @property
    def is_https(self) -> bool:
        return any(origin.startswith("https://") for origin in self.origins)


def _is_readable(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
