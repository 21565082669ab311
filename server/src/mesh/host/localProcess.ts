/**
 * The process behind a member on this machine, where the system tells (Linux, processes of the same user): one that
 * stands stopped answers nobody, and its whole fleet takes it for dead. Read, never touched, and by the supervisor: the
 * mesh host itself opens no file.
 */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { LocalProcess } from '#schemas/fleet/mesh.ts';

/** Of one process; a socket that a server opened at its start is among the first. */
const maxFiles = 4_096;

/** Whether `host` is this machine, so that its ports can be looked up here. */
export function isLocalHost(host: string): boolean {
  if (host.startsWith('127.')) return true;
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host) === true);
}

/** `a.b.c.d:port` as /proc/net/udp writes it: little-endian hexadecimal. */
export function kernelAddress(host: string, port: number): string {
  const bytes = host
    .split('.')
    .reverse()
    .map((part) => Number(part).toString(16).padStart(2, '0'));
  return `${bytes.join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/** Inodes of the UDP sockets bound to the port, on `host` or on all interfaces as swim-p2p does it. */
export function socketInodes(table: string, host: string, port: number): Set<string> {
  const wanted = new Set([kernelAddress(host, port), kernelAddress('0.0.0.0', port)]);
  const inodes = new Set<string>();
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    const [, local] = fields;
    const inode = fields[9];
    if (local !== undefined && inode !== undefined && wanted.has(local)) inodes.add(inode);
  }
  return inodes;
}

/** The state letter of /proc/PID/stat: behind the last parenthesis, because the name may contain one. */
export function stateLetter(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
}

async function holds(pid: string, links: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  for (const name of (await readdir(folder)).slice(0, maxFiles)) {
    const target = await readlink(`${folder}/${name}`).catch(() => '');
    if (links.has(target)) return true;
  }
  return false;
}

/** Null where nothing can be known: another system, another user's process, no such socket. */
export async function findLocalProcess(address: string): Promise<LocalProcess | null> {
  if (process.platform !== 'linux') return null;
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon);
  if (!isLocalHost(host)) return null;
  try {
    const inodes = socketInodes(await readFile('/proc/net/udp', 'utf8'), host, Number(address.slice(colon + 1)));
    if (inodes.size === 0) return null;
    const links = new Set([...inodes].map((inode) => `socket:[${inode}]`));
    for (const pid of await readdir('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      if (!(await holds(pid, links).catch(() => false))) continue;
      const letter = stateLetter(await readFile(`/proc/${pid}/stat`, 'utf8'));
      return { pid: Number(pid), stopped: letter === 'T' || letter === 't' };
    }
  } catch {
    // A process that ended meanwhile, or no /proc at all.
  }
  return null;
}
