/** Nodes and agents of the fleet: ask, copy, reveal, forget, readmit. */
import { expect } from 'vitest';
import { joinScriptedPeer } from '../../../sockets/mesh/scriptedPeer.ts';
import type { Scene } from './stage.ts';

export const peerScenes: Readonly<Record<string, Scene>> = {
  'jarviscoreFleet.askPeer': async ({ workbench, running, editor, heard }) => {
    await running();
    await workbench.runCommand('JarvisCore: Ask Peer…');
    await workbench.choose('coder');
    await workbench.answer('what is up');
    await workbench.until(async () => (await editor()).includes('"by": "coder-01"'), 'the answer');
    expect(await editor()).toContain('"query": "what is up"');
    expect(heard.at(-1)).toEqual({ by: 'coder-01', type: 'PEER_REQUEST', data: { query: 'what is up' } });
    await workbench.treeRow('Fleet Peers', /^this windowalive · .* · announced as fleet-viewer/);
  },
  'jarviscoreFleet.copyAddress': async ({ workbench, running, clipboard, demo }) => {
    await running();
    await workbench.selectRow('Fleet Peers', /^coder-01/);
    await workbench.runCommand('JarvisCore: Copy Address');
    const port = demo.nodes.find(({ name }) => name === 'coder-01')?.port;
    await workbench.until(async () => (await clipboard()) === `127.0.0.1:${port}`, 'the address');
  },
  'jarviscoreFleet.revealConfiguration': async ({ workbench, running, tab }) => {
    await running();
    await workbench.selectRow('Fleet Peers', /^coder-01/);
    await workbench.runCommand('JarvisCore: Reveal Configuration');
    await workbench.until(async () => (await tab()).includes('coder.py'), 'the file that declares it');
  },
  'jarviscoreFleet.revealPeer': async ({ workbench, running }) => {
    await running();
    await workbench.openFile('researcher.py');
    const lens = workbench.page.locator('.codelens-decoration a', { hasText: /^researcher-01: alive/ });
    await lens.first().click();
    const row = await workbench.treeRow('Fleet Peers', /^researcher-01/);
    await workbench.until(async () => (await row.getAttribute('aria-selected')) === 'true', 'the row to be selected');
  },
  'jarviscoreFleet.forgetPeer': async ({ workbench, running, own }) => {
    await running();
    const guest = await joinScriptedPeer(own);
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest.address}alive`));
    guest.close();
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest.address}dead`));
    await workbench.selectRow('Fleet Peers', guest.address);
    await workbench.runCommand('JarvisCore: Forget Peer');
    const gone = async (): Promise<boolean> =>
      (await workbench.treeRows('Fleet Peers')).every(({ label }) => label !== guest.address);
    await workbench.until(gone, 'the row to go');
  },
  'jarviscoreFleet.readmitPeer': async ({ workbench, running, own }) => {
    await running();
    // It answers us, but another member goes on telling that it is dead, and it does not refute that.
    const guest = await joinScriptedPeer(own);
    const accuser = await joinScriptedPeer(own);
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest.address}alive`));
    await workbench.treeRow('Fleet Peers', new RegExp(`^${accuser.address}alive`));
    const entry = { addr: guest.address, state: 'DEAD', incarnation: 9, last_heartbeat: 1, metadata: {} };
    const digest = { version: 1, entries: [entry], is_full: false, timestamp: 1, source: accuser.address };
    const told = { type: 'HEARTBEAT', from: accuser.address, digest, id: '0123abcd', timestamp: 1 };
    accuser.datagram(`U${JSON.stringify(told)}`);
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest.address}dead .*can be readmitted`));
    await workbench.selectRow('Fleet Peers', guest.address);
    await workbench.runCommand('JarvisCore: Readmit Peer');
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest.address}alive`));
    guest.close();
    accuser.close();
  },
};
