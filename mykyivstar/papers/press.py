"""What this installation's papers are made with."""

from dataclasses import dataclass

from mykyivstar.domain.papers.receipt import Receipt
from mykyivstar.domain.papers.seal import Seal, grouped


@dataclass(frozen=True, slots=True)
class Press:
    """The seal, and the address under which anybody can look at what it proves ("https://my.example.ua")."""

    seal: Seal
    site: str

    def code(self, receipt: Receipt) -> str:
        """The code as it is printed."""
        return grouped(receipt.code(self.seal))

    @property
    def page(self) -> str:
        """Where a code can be typed."""
        return f"{self.site}/verify"

    def address(self, code: str) -> str:
        """Where the paper of this code is proved: what the QR says."""
        return f"{self.page}/{code}"
