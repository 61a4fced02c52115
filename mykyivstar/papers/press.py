"""What this installation's papers are made with."""

from dataclasses import dataclass

from mykyivstar.domain.papers.seal import Seal, grouped
from mykyivstar.domain.papers.verification import Paper


@dataclass(frozen=True, slots=True)
class Press:
    """The seal, and the address under which anybody can look at what it proves ("https://my.example.ua")."""

    seal: Seal
    site: str

    def code(self, paper: Paper) -> str:
        """The code as it is printed."""
        return grouped(paper.code(self.seal))

    @property
    def page(self) -> str:
        """Where a code can be typed."""
        return f"{self.site}/verify"

    def address(self, code: str) -> str:
        """Where the paper of this code is proved: what the QR says."""
        return f"{self.page}/{code}"
