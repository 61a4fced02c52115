"""What is wrong around a command rather than in it, in one sentence: no operator reads tracebacks."""

import asyncio
import errno

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError

from mykyivstar import wiring
from mykyivstar.db import schema

# What a disk, a folder or a right of this machine is to blame for.
_OF_THE_MACHINE = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EIO),
}
# SQLite: asking once more would bring the same, and its driver's thread complains when that loop is over.
_UNREACHABLE = "unable to open database file"


def sentence(error: Exception) -> str | None:
    """What to tell the operator about this failure; None where it may be a mistake of ours."""
    match error:
        case OperationalError() | InterfaceError() | ProgrammingError():
            return _of_database(error)
        case OSError(errno=number) if number in _OF_THE_MACHINE:
            return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)
        case _:
            return None


def release_mismatch(found: str) -> str:
    """Why this revision of the database, "" for one without tables, is not usable; "" when it is."""
    if found == schema.newest():
        return ""
    state = f"is at revision {found}" if found else "has no tables yet"
    return f"The database {state}; this release needs {schema.newest()}. Run: mykyivstar migrate"


def reason(error: DBAPIError) -> str:
    """What the database's driver said, in one line and without the statement."""
    return " ".join(str(error.orig).split())


def _of_database(error: DBAPIError) -> str | None:
    if _UNREACHABLE in reason(error):
        return f"The database cannot be used: {reason(error)}"
    try:
        mismatch = release_mismatch(asyncio.run(revision()))
    except DBAPIError:
        return f"The database cannot be used: {reason(error)}"
    # On a database of this release, a table or column that is not there is our mistake.
    if mismatch or isinstance(error, ProgrammingError) or "no such" in reason(error):
        return mismatch or None
    return f"The database cannot be used: {reason(error)}"


async def revision() -> str:
    """The revision the database is at, "" for an empty one."""
    try:
        async with wiring.reading() as session:
            return await schema.revision_of(session)
    finally:
        # Neither the next loop nor a forked worker may inherit the connection.
        await wiring.database().dispose()
