/** THIRD-PARTY-NOTICES.md: the licences of everything that is inside the bundles or travels beside them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly homepage?: string;
}

/** Names of the packages that a bundler read files from. @param inputs paths relative to the repository */
export function packagesOf(inputs: readonly string[]): string[] {
  const names = new Set<string>();
  for (const input of inputs) {
    const match = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1]) names.add(match[1]);
  }
  return [...names].sort();
}

function licenceText(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  return files.map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim()).join('\n\n');
}

export function notices(root: string, packages: readonly string[]): string {
  const sections = packages.map((name) => {
    const folder = join(root, 'node_modules', name);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const text =
      licenceText(folder) ||
      `Licensed under ${manifest.license ?? 'the terms its package names'}; the package carries no separate text.`;
    return `## ${name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  const intro = `# Third-party notices

JarvisCore Fleet contains or travels with the packages below.

The ZeroMQ addon contains libzmq, which is under the Mozilla Public License 2.0. It is shipped as published and not
modified; its source is that of the npm package \`zeromq\` in the version named below, and of libzmq at https://zeromq.org.
`;
  return `${intro}\n${sections.join('\n')}`;
}
