/** The one ZeroMQ addon that a VSIX for a platform needs, out of the many in zeromq's package. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Target {
  /** As `vsce package --target`. */
  readonly name: string;
  readonly os: string;
  readonly arch: string;
  readonly libc: string;
}

/** Platforms that get a package of their own; all others get the one without the addon. */
export const targets: readonly Target[] = [
  { name: 'linux-x64', os: 'linux', arch: 'x64', libc: 'glibc' },
  { name: 'linux-arm64', os: 'linux', arch: 'arm64', libc: 'glibc' },
  { name: 'darwin-arm64', os: 'darwin', arch: 'arm64', libc: 'libc' },
  { name: 'win32-x64', os: 'win32', arch: 'x64', libc: 'msvc' },
];

/** The platform this runs on. */
export function thisTarget(): Target {
  const { platform, arch } = process;
  if (platform === 'linux') {
    const report: unknown = process.report.getReport();
    const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : null;
    const glibc = typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;
    return { name: `${glibc ? 'linux' : 'alpine'}-${arch}`, os: platform, arch, libc: glibc ? 'glibc' : 'musl' };
  }
  return { name: `${platform}-${arch}`, os: platform, arch, libc: platform === 'win32' ? 'msvc' : 'libc' };
}

interface Build {
  readonly os: string;
  readonly arch: string;
  readonly libc: string;
  readonly abi: number;
}

/**
 * Node-API addons work in every later Node; what differs is the C library they need. The glibc build made for ABI 127
 * needs 2.25, the one for 115 needs 2.38, so 127 comes first (zeromq 6.8.0, read with objdump).
 */
const ABI_PREFERENCE = [127, 115, 72];

/** Copies what zeromq needs at run time below `folder`/node_modules. Throws where zeromq has no addon for the target. */
export function copyZeroMq(root: string, folder: string, target: Target): void {
  const from = join(root, 'node_modules/zeromq');
  const to = join(folder, 'node_modules/zeromq');
  const manifest = JSON.parse(readFileSync(join(from, 'build/manifest.json'), 'utf8')) as Record<string, string>;
  const builds = Object.entries(manifest)
    .map(([key, path]) => ({ key, path: path.replaceAll('\\', '/'), build: JSON.parse(key) as Build }))
    .filter(({ build }) => build.os === target.os && build.arch === target.arch && build.libc === target.libc)
    .sort((a, b) => ABI_PREFERENCE.indexOf(a.build.abi) - ABI_PREFERENCE.indexOf(b.build.abi));
  const [chosen] = builds.filter(({ build }) => ABI_PREFERENCE.includes(build.abi));
  if (chosen === undefined) throw new Error(`zeromq has no addon for ${target.name} (${target.libc}).`);

  const copy = (path: string): void => {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path));
  };
  for (const path of ['package.json', 'LICENSE.txt', 'LICENSE_MPL-2.0.txt', `build/${chosen.path}`]) copy(path);
  for (const name of readdirSync(join(from, 'lib'))) if (name.endsWith('.js')) copy(`lib/${name}`);
  // The loader tries every build its manifest names; one that is not there costs a warning at each start.
  writeFileSync(join(to, 'build/manifest.json'), JSON.stringify({ [chosen.key]: chosen.path }));

  for (const path of ['package.json', 'build/loader.js']) {
    const file = join(folder, 'node_modules/cmake-ts', path);
    mkdirSync(dirname(file), { recursive: true });
    cpSync(join(root, 'node_modules/cmake-ts', path), file);
  }
}
