"""A hub on aiosignalr, a server of SignalR's that this project did not write.

Prints "listening PORT"; ends when its standard input ends, so that it cannot outlive who started it.
"""

import asyncio
import sys

from aiohttp import web
from aiosignalr.server import Hub, ServerOptions, SignalRServer, aiohttp_server


class TextSocket(aiohttp_server._AiohttpSocket):
    """aiosignalr sends JSON in binary messages, which Microsoft's JavaScript client does not read."""

    async def send_bytes(self, data: bytes) -> None:
        await self._ws.send_str(data.decode("utf-8"))


class TestHub(Hub):
    async def add(self, a: int, b: int) -> int:
        return a + b

    async def log(self, text: str):
        pass

    async def fail(self):
        raise ValueError("never told to clients")

    async def counter(self, count: int):
        for item in range(1, count + 1):
            yield item
            if count > 10:
                await asyncio.sleep(0.02)

    async def broadcast(self, text: str):
        await self.clients.all_.send("Notify", text)

    async def greet(self) -> str:
        return f"Hello {await self.clients.caller.invoke('Name')}"


async def main() -> None:
    aiohttp_server._AiohttpSocket = TextSocket
    # Drops who is silent for a second.
    options = ServerOptions(keep_alive_interval=0.2, client_timeout_interval=1.0)
    app = aiohttp_server.build_aiohttp_app(SignalRServer(TestHub, options=options), path="/hub")
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(f"listening {runner.addresses[0][1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
