/**
 * The bill of materials of what is shipped, in CycloneDX: npm's own list of the lock file, cut down to the packages that are
 * inside the bundles or travel beside them, with what the ZeroMQ addon has linked in.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { ShippedPackage } from './notices.ts';

const componentSchema = z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string().optional() });
const bomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: z.string().optional(),
  metadata: z.looseObject({ timestamp: z.string(), component: componentSchema }),
  components: z.array(componentSchema),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
export type Bom = z.infer<typeof bomSchema>;

/** What the published ZeroMQ addon has linked in; npm knows nothing of it. */
const linked: Bom['components'] = [
  { 'bom-ref': 'libzmq', type: 'library', name: 'libzmq', scope: 'required', licenses: [{ license: { id: 'MPL-2.0' } }] },
  { 'bom-ref': 'libsodium', type: 'library', name: 'libsodium', scope: 'required', licenses: [{ license: { id: 'ISC' } }] },
];

/** npm's list of everything in the lock file. */
async function npmSbom(root: string): Promise<Bom> {
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const args = [...first, 'sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { stdout } = await promisify(execFile)(command ?? 'npm', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return bomSchema.parse(JSON.parse(stdout));
}

/**
 * Cuts a list down to what is shipped. No serial number and the time of the release: two builds of one commit are equal.
 *
 * @throws where a shipped package is not in the lock file
 */
export function restrict(bom: Bom, shipped: readonly ShippedPackage[], product: string, when: Date): Bom {
  const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const components = bom.components
    .filter((each) => wanted.has(`${each.name}@${each.version}`))
    // Development dependencies that are bundled are no development matter to whoever receives them.
    .map(({ properties: _, ...each }) => ({ ...each, scope: 'required' }));
  const found = new Set(components.map((each) => `${each.name}@${each.version}`));
  const missing = [...wanted].filter((each) => !found.has(each));
  if (missing.length > 0) throw new Error(`Not in package-lock.json, but shipped: ${missing.join(', ')}. Run "npm ci".`);
  const refs = new Set(components.map((each) => each['bom-ref']));
  const zeromq = components.find(({ name }) => name === 'zeromq')?.['bom-ref'];
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({
      ref,
      dependsOn: [
        ...dependsOn.filter((each) => refs.has(each)),
        ...(ref === zeromq ? linked.map((each) => each['bom-ref']) : []),
      ],
    }));
  const { serialNumber: _, ...rest } = bom;
  const root = { ...bom.metadata.component, name: product, type: 'application' };
  return {
    ...rest,
    metadata: { ...bom.metadata, timestamp: when.toISOString(), component: root },
    components: [...components, ...linked],
    dependencies: [{ ref: root['bom-ref'], dependsOn: [...refs].sort() }, ...dependencies],
  };
}

/** The bill of materials of a build. @param when the time of the release */
export async function shippedBom(root: string, shipped: readonly ShippedPackage[], product: string, when: Date): Promise<Bom> {
  return restrict(await npmSbom(root), shipped, product, when);
}
