"""A real framework node for tests: JSON lines out (events with wall time `t`), JSON lines in (commands).

argv[1] is a JSON object: {"host", "port", "seeds": "h:p,h:p", "roles": [...], "name", "config": {...}, "reuse"}.
With "reuse" the check of swim-p2p that refuses a port in TIME_WAIT for 60 s (swim/utils/network.py 1.2.6) is made with
SO_REUSEADDR, as the sockets themselves are opened: a restart on the same port, without the minute of waiting.
Events: starting, first-packet (its first datagram to anybody), announcing, started, member (every change in its own member list, polled every 20 ms), roles
(every change of list_roles of its first agent), request, notify, answer, stopped.
Commands: {"command": "ask"|"notify", "id", "role", "data", "timeout"}, {"command": "members"}, {"command": "keepalive"},
{"command": "burst", "id", "role", "count", "width", "pause"} (that many requests, so many at once; before each up to so many seconds), {"command": "stop"}.
"""
import asyncio
import json
import logging
import random
import sys
import threading
import time

logging.disable(logging.CRITICAL)
out = sys.stdout
sys.stdout = sys.stderr


def say(event, **fields):
    out.write(json.dumps({"event": event, "t": time.time(), **fields}) + "\n")
    out.flush()


from jarviscore import Mesh  # noqa: E402
from jarviscore.p2p.coordinator import P2PCoordinator  # noqa: E402
from jarviscore.profiles import CustomAgent  # noqa: E402
from swim.transport.udp import UDPTransport  # noqa: E402

options = json.loads(sys.argv[1])
address = f"{options['host']}:{options['port']}"

if options.get("reuse"):
    import socket

    import swim.protocol.node
    import swim.utils.network

    def check_port_available(host, port, timeout=1.0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                return False
        return True

    swim.utils.network.check_port_available = check_port_available
    swim.protocol.node.check_port_available = check_port_available

announce = P2PCoordinator.announce_capabilities


async def announce_and_say(self):
    say("announcing")
    return await announce(self)


P2PCoordinator.announce_capabilities = announce_and_say

send = UDPTransport.send
packets = 0


async def send_and_say(self, data, dest):
    global packets
    packets += 1
    if packets == 1:
        say("first-packet")
    return await send(self, data, dest)


UDPTransport.send = send_and_say


def agent_class(agent_role):
    class Echo(CustomAgent):
        role = agent_role
        capabilities = [f"{agent_role}_capability"]
        description = f"test agent {agent_role}"
        listen_timeout = 0.2

        async def on_peer_request(self, msg):
            say("request", role=agent_role, sender=msg.sender, data=msg.data)
            if isinstance(msg.data, dict) and "think" in msg.data:
                await asyncio.sleep(msg.data["think"])
            return {"response": f"{agent_role} heard you", "echo": msg.data}

        async def on_peer_notify(self, msg):
            say("notify", role=agent_role, sender=msg.sender, data=msg.data)

        async def execute_task(self, task):
            return {"status": "success", "output": None}

    Echo.__name__ = f"Echo{agent_role.title()}"
    return Echo


def member_list(mesh):
    node = mesh._p2p_coordinator.swim_manager.swim_node
    found = {}
    for member in node.members.get_all_members(exclude_self=False):
        host, port = member.addr
        found[f"{host}:{port}"] = [member.state if isinstance(member.state, str) else member.state.name, member.incarnation]
    return found


async def watch(mesh):
    members, roles = {}, None
    while True:
        try:
            now = member_list(mesh)
        except Exception:
            now = members
        for peer in sorted(set(now) | set(members)):
            if now.get(peer) != members.get(peer):
                state = now.get(peer)
                say("member", peer=peer, state=state[0] if state else None, incarnation=state[1] if state else None)
        members = now
        client = getattr(mesh.agents[0], "peers", None)
        if client is not None:
            try:
                listed = client.list_roles()
            except Exception as error:
                listed = [f"error: {error}"]
            if listed != roles:
                roles = listed
                say("roles", roles=roles)
        await asyncio.sleep(0.02)


async def ask(mesh, command):
    client = mesh.agents[0].peers
    begun = time.time()
    try:
        if command["command"] == "notify":
            answer = await client.notify(command["role"], command["data"])
        else:
            answer = await client.request(command["role"], command["data"], timeout=command.get("timeout", 10))
        say("answer", id=command.get("id"), data=answer, took=time.time() - begun)
    except Exception as error:
        say("answer", id=command.get("id"), error=str(error), took=time.time() - begun)


async def burst(mesh, command):
    client = mesh.agents[0].peers
    count, width = command["count"], command["width"]
    times = []
    left = iter(range(count))

    async def one_after_another():
        for number in left:
            if command.get("pause"):
                await asyncio.sleep(random.uniform(0, command["pause"]))
            begun = time.time()
            if await client.request(command["role"], {"query": str(number)}, timeout=30) is not None:
                times.append(time.time() - begun)

    begun = time.time()
    await asyncio.gather(*[one_after_another() for _ in range(width)])
    say("answer", id=command.get("id"), data={"answered": len(times), "took": time.time() - begun, "times": sorted(times)})


async def main():
    commands = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read():
        for line in sys.stdin:
            loop.call_soon_threadsafe(commands.put_nowait, json.loads(line))
        loop.call_soon_threadsafe(commands.put_nowait, {"command": "stop"})

    threading.Thread(target=read, daemon=True).start()
    config = {
        "bind_host": options["host"],
        "bind_port": options["port"],
        "node_name": options.get("name", f"py-{options['port']}"),
        "seed_nodes": options.get("seeds", ""),
        "p2p_enabled": True,
        **options.get("config", {}),
    }
    mesh = Mesh(mode="p2p", config=config)
    for role in options["roles"]:
        mesh.add(agent_class(role))
    say("starting")
    starting = asyncio.create_task(mesh.start())
    while not starting.done() and getattr(mesh, "_p2p_coordinator", None) is None:
        await asyncio.sleep(0.01)
    watcher = asyncio.create_task(watch(mesh))
    await starting
    say("started", mode=str(getattr(mesh, "mode", "")))
    loops = [asyncio.create_task(agent.run()) for agent in mesh.agents]
    while True:
        command = await commands.get()
        if command["command"] == "stop":
            break
        if command["command"] == "members":
            say("members", members=member_list(mesh))
        elif command["command"] == "keepalive":
            say("keepalive", data=mesh.get_diagnostics().get("keepalive_status"))
        elif command["command"] == "burst":
            asyncio.create_task(burst(mesh, command))
        else:
            asyncio.create_task(ask(mesh, command))
    for agent in mesh.agents:
        agent.request_shutdown()
    watcher.cancel()
    for task in loops:
        task.cancel()
    try:
        await asyncio.wait_for(mesh.stop(), 20)
    finally:
        say("stopped")


asyncio.run(main())
