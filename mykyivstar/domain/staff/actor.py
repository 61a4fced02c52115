"""Which member of the staff is asking: the argument from which every question of the desk starts."""

from dataclasses import dataclass

from mykyivstar.domain.staff.errors import StaffRoleNeeded
from mykyivstar.domain.staff.models import StaffRole


@dataclass(frozen=True, slots=True)
class StaffActor:
    """A signed-in member, as verified for this one event or request."""

    staff_id: int
    session_id: int
    role: StaffRole
    name: str = ""

    def require(self, role: StaffRole) -> None:
        """Raise StaffRoleNeeded unless the member may do what needs this role."""
        if not self.role.includes(role):
            raise StaffRoleNeeded
