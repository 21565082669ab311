/**
 * Sockets of this machine as the system lists them (Linux), and the process behind one. Nothing is opened or touched,
 * and of a process only its name and id are read: its command line may hold secrets.
 */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { stateLetter } from '../mesh/host/localProcess.ts';

export interface LocalSocket {
  readonly protocol: 'udp' | 'tcp';
  /** Numeric IPv4; 0.0.0.0 for every interface. */
  readonly host: string;
  readonly port: number;
  /** A TCP socket that was closed here and keeps its port for up to a minute. */
  readonly timeWait: boolean;
  readonly inode: string;
}

export interface Holder {
  readonly pid: number;
  /** Its program: "python3.11". */
  readonly name: string;
  /** It stands still: a debugger, SIGSTOP. */
  readonly stopped: boolean;
}

const LISTEN = '0A';
const TIME_WAIT = '06';

/** `0100007F:1F0E`, or the same at the end of an IPv6 address that maps an IPv4 one or all of them. */
function readAddress(text: string): { readonly host: string; readonly port: number } | null {
  const [address = '', port = ''] = text.split(':');
  const hex = address.length === 32 ? ipv4Of(address) : address;
  if (hex === null || hex.length !== 8) return null;
  const bytes = hex.match(/../g)?.reverse() ?? [];
  return { host: bytes.map((byte) => Number.parseInt(byte, 16)).join('.'), port: Number.parseInt(port, 16) };
}

/** `::` takes IPv4 as well; `::ffff:a.b.c.d` is IPv4. */
function ipv4Of(address: string): string | null {
  if (/^0{32}$/.test(address)) return '00000000';
  return address.startsWith('0000000000000000FFFF0000') ? address.slice(24) : null;
}

/** The rows of /proc/net/{tcp,tcp6,udp,udp6} that hold a port: UDP sockets, TCP listeners and what TIME_WAIT keeps. */
export function readSocketTable(table: string, protocol: 'udp' | 'tcp'): LocalSocket[] {
  return table.split('\n').flatMap((line): LocalSocket[] => {
    const fields = line.trim().split(/\s+/);
    const [, local = '', , state = ''] = fields;
    const inode = fields[9];
    const address = readAddress(local);
    if (address === null || inode === undefined || !/^\d+$/.test(inode)) return [];
    if (protocol === 'tcp' && state !== LISTEN && state !== TIME_WAIT) return [];
    return [{ protocol, ...address, timeWait: protocol === 'tcp' && state === TIME_WAIT, inode }];
  });
}

/** Null where the system has no such list. */
export async function localSockets(): Promise<readonly LocalSocket[] | null> {
  if (process.platform !== 'linux') return null;
  try {
    const tables = (['udp', 'udp6', 'tcp', 'tcp6'] as const).map(async (name) => {
      const table = await readFile(`/proc/net/${name}`, 'utf8').catch((error: unknown) => {
        // Without IPv6 there are no tables for it.
        if (name.endsWith('6')) return '';
        throw error;
      });
      return readSocketTable(table, name.startsWith('udp') ? 'udp' : 'tcp');
    });
    return (await Promise.all(tables)).flat();
  } catch {
    return null;
  }
}

async function inodesOf(pid: string): Promise<ReadonlySet<string>> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all((await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/** Who holds any of these sockets; null where it cannot be known: another user's process, TIME_WAIT, another system. */
export async function holderOf(sockets: readonly LocalSocket[]): Promise<Holder | null> {
  const wanted = new Set(sockets.map(({ inode }) => inode).filter((inode) => inode !== '0'));
  if (wanted.size === 0) return null;
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue;
    const own = await inodesOf(pid).catch(() => new Set<string>());
    if (![...own].some((inode) => wanted.has(inode))) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (stat === null) continue;
    const letter = stateLetter(stat);
    return {
      pid: Number(pid),
      // The name that the system keeps is that of a thread ("MainThread" for every Node); the program's file says more.
      name: await readlink(`/proc/${pid}/exe`).then(basename, () => stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))),
      stopped: letter === 'T' || letter === 't',
    };
  }
  return null;
}

/** Sockets of one process among `sockets`. */
export async function socketsOf(pid: number, sockets: readonly LocalSocket[]): Promise<readonly LocalSocket[]> {
  const own = await inodesOf(String(pid)).catch(() => new Set<string>());
  return sockets.filter(({ inode }) => own.has(inode));
}
