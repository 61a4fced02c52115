"""The bell on Redis publish/subscribe."""

import asyncio
import logging
from collections.abc import AsyncIterator
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

from mykyivstar.kit.trouble import Trouble

CHANNEL = "mykyivstar:bell"
_AGAIN_AFTER_S = 1.0

log = logging.getLogger(__name__)


class RedisBell:
    """Implements `ports.bell.Bell`."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_connect_timeout=2, health_check_interval=15)
        self._own = uuid4().hex
        self._ringing = Trouble(log, "Redis does not carry the bell; other processes learn of changes a moment later")
        self._listening = Trouble(log, "Redis does not answer; pages wait for it")

    async def ring(self, message: str) -> None:
        """Have the others hear this, now or never."""
        try:
            await self._redis.publish(CHANNEL, f"{self._own} {message}")
            self._ringing.over()
        except (RedisError, OSError) as error:
            self._ringing.met(error)

    async def can_ring(self) -> bool:
        """Whether Redis answers."""
        try:
            await self._redis.echo(CHANNEL)
        except (RedisError, OSError):
            return False
        return True

    async def rings(self) -> AsyncIterator[str]:
        """What the others ring from now on."""
        while True:
            try:
                async with self._redis.pubsub() as listening:
                    await listening.subscribe(CHANNEL)
                    self._listening.over()
                    async for heard in listening.listen():
                        if heard["type"] != "message":
                            continue
                        who, _, message = heard["data"].decode().partition(" ")
                        if who != self._own:
                            yield message
            except (RedisError, OSError) as error:
                self._listening.met(error)
            await asyncio.sleep(_AGAIN_AFTER_S)
