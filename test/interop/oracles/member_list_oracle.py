"""The member list of the installed swim-p2p: one JSON line with digests in, what it then holds out.

In: {"self": "host:port", "digests": [...], "events": bool, "repeat": bool}
    events: with an event dispatcher, as every real node has one.
    repeat: a digest whose merge raised is given again, as a real member would gossip it again.
    frame: instead of all that a datagram in hexadecimal, which is answered as {"message": ...}.
Out: {"members": {addr: [state, incarnation, metadata]}, "raised": how many merges raised}
"""

import asyncio
import json
import logging
import sys

from swim.protocol.member import MemberList
from swim.utils.serialization import deserialize_message


class Dispatcher:
    def emit(self, event):
        pass


def address(text):
    host, port = text.split(":")
    return host, int(port)


async def answer(case):
    if "frame" in case:
        return {"message": deserialize_message(bytes.fromhex(case["frame"]))}
    members = MemberList(address(case["self"]), Dispatcher() if case["events"] else None)
    raised = 0
    for digest in case["digests"]:
        for _attempt in range(len(digest["entries"]) + 1 if case["repeat"] else 1):
            try:
                await members.merge_digest(json.loads(json.dumps(digest)))
                break
            except Exception:
                raised += 1
    held = {e["addr"]: [e["state"], e["incarnation"], e["metadata"]] for e in members.serialize_digest()["entries"]}
    return {"members": held, "raised": raised}


async def main():
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        print(json.dumps(await answer(json.loads(line))), flush=True)


asyncio.run(main())
