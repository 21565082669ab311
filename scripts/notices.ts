/** THIRD-PARTY-NOTICES.md: the licences of everything that is inside the bundles or travels beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** A package that is shipped, and where it stands: a nested copy may have another version. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
  readonly folder: string;
}

/** What travels beside the bundles, and is in no bundle. */
const beside = ['node_modules/cmake-ts', 'node_modules/zeromq'];

/**
 * Every package that a bundler read files from and those that travel beside the bundles, by name and version.
 *
 * @param inputs paths relative to the repository
 */
export function shippedPackages(root: string, inputs: readonly string[]): ShippedPackage[] {
  const folders = new Set(beside);
  for (const input of inputs) {
    const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input);
    if (match) folders.add(match[0]);
  }
  return [...folders]
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
      return { name, version, license, folder };
    })
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  return files.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim()).join('\n\n');
}

function section(title: string, text: string): string {
  return `## ${title}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
}

/** The whole file. @throws where a package carries no licence text and names no licence */
export function notices(root: string, packages: readonly ShippedPackage[]): string {
  const sections = packages.map(({ name, version, license, folder }) => {
    const text = licenceText(join(root, folder));
    if (text === '' && license === undefined) throw new Error(`${folder} names no licence: find out before it is shipped.`);
    const fallback = `Licensed under ${license}; the package carries no separate text.`;
    return section(`${name} ${version} (${license ?? 'see below'})`, text === '' ? fallback : text);
  });
  const sodium = readFileSync(join(root, 'scripts/licences/libsodium.txt'), 'utf8').trim();
  const intro = `# Third-party notices

JarvisCore Fleet contains or travels with the packages below.

The ZeroMQ addon contains libzmq, which is under the Mozilla Public License 2.0, and libsodium, which is under the ISC
licence. The addon is shipped as published and not modified; its source is that of the npm package \`zeromq\` in the version
named below, of libzmq at https://zeromq.org, and of libsodium at https://libsodium.org.
`;
  return `${intro}\n${sections.join('\n')}\n${section('libsodium, inside the ZeroMQ addon (ISC)', sodium)}`;
}
