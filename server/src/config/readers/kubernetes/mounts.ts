/** Entries of ConfigMaps that a container sees as files. */
import type { Node } from 'yaml';
import type { MountedFile } from '../../model/deployment.ts';
import type { YamlNodes } from '../yaml/yamlText.ts';

interface VolumePart {
  readonly configMap: string;
  /** Entry -> path below the mount; null: every entry under its own name. */
  readonly items: readonly (readonly [entry: string, path: string])[] | null;
}

function partOf(yaml: YamlNodes, node: Node | null, name: string | null): VolumePart[] {
  if (node === null || name === null) return [];
  const written = yaml.get(node, 'items');
  const items = yaml.items(written).flatMap((item): (readonly [string, string])[] => {
    const entry = yaml.text(yaml.get(item, 'key'));
    const path = yaml.text(yaml.get(item, 'path'));
    return entry === null || path === null ? [] : [[entry, path]];
  });
  return [{ configMap: name, items: written === null ? null : items }];
}

/** The ConfigMaps of a pod's volumes, those of `projected` ones included. */
function volumesOf(yaml: YamlNodes, pod: Node | null): ReadonlyMap<string, readonly VolumePart[]> {
  const volumes = new Map<string, readonly VolumePart[]>();
  for (const volume of yaml.items(yaml.get(pod, 'volumes'))) {
    const name = yaml.text(yaml.get(volume, 'name'));
    if (name === null) continue;
    const own = yaml.get(volume, 'configMap');
    const projected = yaml.items(yaml.get(volume, 'projected', 'sources')).map((source) => yaml.get(source, 'configMap'));
    volumes.set(name, [
      ...partOf(yaml, own, yaml.text(yaml.get(own, 'name'))),
      ...projected.flatMap((one) => partOf(yaml, one, yaml.text(yaml.get(one, 'name')))),
    ]);
  }
  return volumes;
}

const joined = (folder: string, path: string): string => `${folder.replace(/\/$/, '')}/${path}`;

/** @param container Of the pod. */
export function mountedFiles(yaml: YamlNodes, pod: Node | null, container: Node): MountedFile[] {
  const mounts = yaml.items(yaml.get(container, 'volumeMounts'));
  if (mounts.length === 0) return [];
  const volumes = volumesOf(yaml, pod);
  return mounts.flatMap((mount) => {
    const target = yaml.text(yaml.get(mount, 'mountPath')) ?? '';
    const file = yaml.text(yaml.get(mount, 'subPath'));
    return (volumes.get(yaml.text(yaml.get(mount, 'name')) ?? '') ?? []).flatMap(({ configMap, items }): MountedFile[] => {
      const base = { configMap, range: yaml.rangeOf(mount) };
      if (file !== null) {
        const entry = items === null ? file : items.find(([, path]) => path === file)?.[0];
        return entry === undefined ? [] : [{ ...base, entry, path: target }];
      }
      if (items === null) return [{ ...base, entry: null, path: target }];
      return items.map(([entry, path]) => ({ ...base, entry, path: joined(target, path) }));
    });
  });
}
