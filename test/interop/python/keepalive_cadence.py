"""How often the framework's own keepalive loop sends: P2PKeepaliveManager of a release under a clock of its own.

argv: the path of its p2p/keepalive.py. One JSON array of [nodes, interval, window] per line in; per line out, the most
frequent number of whole seconds between two keepalives of one node, and how many nodes hardly ever sent one.
"""
import asyncio
import importlib.util
import json
import logging
import random
import selectors
import sys
from collections import Counter

logging.disable(logging.CRITICAL)
spec = importlib.util.spec_from_file_location("framework_keepalive", sys.argv[1])
keepalive = importlib.util.module_from_spec(spec)
sys.modules["framework_keepalive"] = keepalive
spec.loader.exec_module(keepalive)


class VirtualTime(selectors.SelectSelector):
    now = 1_000.0

    def select(self, timeout=None):
        if timeout:
            # A real loop wakes a little late.
            self.now += timeout + random.uniform(0.0002, 0.002)
        return []


def play(nodes, interval, window, seed):
    random.seed(seed)
    selector = VirtualTime()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now
    keepalive.time.time = lambda: selector.now
    config = {"P2P_KEEPALIVE_INTERVAL": interval, "P2P_ACTIVITY_SUPPRESS_WINDOW": window}
    sent = [[] for _ in range(nodes)]
    managers = []

    async def send(sender, to, kind, payload):
        await asyncio.sleep(0.012)
        message = {"from_node": str(sender), "payload": payload}
        if kind == "P2P_KEEPALIVE":
            await managers[to].handle_keepalive_received(str(sender), message)
        else:
            await managers[to].handle_keepalive_ack(str(sender), message)
        # _send_p2p_message of the coordinator, after the peer has confirmed.
        managers[sender].record_p2p_activity()
        return True

    def manager(number):
        async def one(to, kind, payload):
            return await send(number, int(to), kind, payload)

        async def everybody(kind, payload):
            sent[number].append(selector.now)
            return sum(await asyncio.gather(*[send(number, to, kind, payload) for to in range(nodes) if to != number]))

        return keepalive.P2PKeepaliveManager(str(number), one, everybody, config)

    managers.extend(manager(number) for number in range(nodes))

    async def main():
        async def begin(item):
            await asyncio.sleep(random.uniform(0, 25))
            item.last_p2p_activity = selector.now
            await item.start()

        await asyncio.gather(*[begin(item) for item in managers])
        await asyncio.sleep(3_000)

    loop.run_until_complete(main())
    return sent


for line in sys.stdin:
    nodes, interval, window = json.loads(line)
    gaps, silent = Counter(), 0
    for seed in range(3):
        for times in play(nodes, interval, window, seed):
            silent += len(times) < 6
            gaps.update(round(later - earlier) for earlier, later in zip(times[3:], times[4:]))
    print(json.dumps({"seconds": gaps.most_common(1)[0][0], "silent": silent > 0}), flush=True)
