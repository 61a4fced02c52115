"""Mail that needs no server: every letter is a file that any mail program opens."""

import asyncio
from pathlib import Path

from mykyivstar.integrations.mail.message import message_name, mime
from mykyivstar.kit.clock import Clock
from mykyivstar.ports.mail import Letter, MailUnavailable


class EmbeddedMailGateway:
    """Writes `.eml` files; a letter sent again is the same file."""

    def __init__(self, folder: Path, *, sender: str, clock: Clock) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    async def send(self, letter: Letter) -> None:
        """Put the letter into the folder."""
        content = mime(letter, sender=self._sender, at=self._clock.now()).as_bytes()
        try:
            await asyncio.to_thread(self._write, f"{message_name(letter.key)}.eml", content)
        except OSError as error:
            raise MailUnavailable(f"the letter cannot be written: {error.strerror}") from None

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{name}.new"
        fresh.write_bytes(content)
        fresh.chmod(0o600)
        fresh.replace(self._folder / name)
