/** Renames a variable or a key of a Mesh dict wherever it stands. Values are never touched. */
import type { Release, Setting } from '#schemas/settings/catalogue.ts';
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { Edit, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { displayName, effectKind, readByFramework, settingOfMeshKey, settingOfVariable } from '../rules/settingIndex.ts';
import { type Position, type Range, touches } from '../text/position.ts';
import { nameKey, namesOf } from './names.ts';
import type { Steps } from './references.ts';
import { counts, type Site, siteAt, sitesOf } from './sites.ts';

/** A rename that would do harm or cannot be done; says why and what to do. */
export interface Refusal {
  readonly refused: string;
}

export interface Renamable {
  readonly range: Range;
  readonly placeholder: string;
}

/** Edits under one label; some a person should look at before they are made. */
export interface RenameGroup {
  readonly label: string;
  readonly description: string;
  readonly needsConfirmation: boolean;
  readonly edits: readonly Edit[];
}

export function isRefusal(answer: object): answer is Refusal {
  return 'refused' in answer;
}

type Layer = Site['layer'];

interface Syntax {
  readonly pattern: RegExp;
  readonly says: string;
}

/** POSIX names: what a shell exports, compose fills in and systemd accepts (systemd.exec(5)). */
const identifier: Syntax = { pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, says: 'letters, digits and _, no digit first' };
const otherSyntax: Readonly<Partial<Record<FileKind, Syntax>>> = {
  // `IsEnvVarName` of Kubernetes' validation.
  kubernetes: { pattern: /^[-._A-Za-z][-._A-Za-z0-9]*$/, says: 'letters, digits, -, . and _, no digit first' },
};

const reserved = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

function settingNamed(name: string, layer: Layer): Setting | undefined {
  return layer === 'mesh' ? settingOfMeshKey(name) : settingOfVariable(name);
}

/** Whether code of the framework looks for exactly this name. */
function isRead(name: string, layer: Layer, release: Release): boolean {
  const setting = settingNamed(name, layer);
  return setting !== undefined && readByFramework(setting, release) && effectKind(setting, release) !== 'none';
}

/** Other names of the same setting that are read too: `ANTHROPIC_API_KEY` for `CLAUDE_API_KEY`. */
function alternatives(site: Site, release: Release): string[] {
  return namesOf(site.key, site.layer).filter((name) => name !== site.name && isRead(name, site.layer, release));
}

function placeText(model: WorkspaceModel, { uri, range }: Site): string {
  return `${model.documents.get(uri)?.name ?? uri}:${range.start.line + 1}`;
}

/** Whether what stands at a position can be renamed, and exactly which characters its name is. */
export function prepareRename(model: WorkspaceModel, uri: string, position: Position): Renamable | Refusal | null {
  const site = siteAt(model, uri, position);
  // Elsewhere in the line another tool may have something to rename.
  if (site === null || !touches(site.range, position)) return null;
  const refused = refusalOf(model, site);
  return refused ?? { range: site.range, placeholder: site.name };
}

function refusalOf(model: WorkspaceModel, site: Site): Refusal | null {
  if (!site.exact) return { refused: `${site.name} is not written out here; rename it where its name stands in plain letters.` };
  const { target } = model;
  if (!isRead(site.name, site.layer, target) || alternatives(site, target).length > 0) return null;
  return {
    refused: `JarvisCore ${target} reads ${site.name} under exactly this name; under another one the setting would fall back to its default.`,
  };
}

function syntaxProblem(documents: readonly SourceDocument[], layer: Layer, name: string): string | null {
  if (layer === 'mesh') {
    if (!identifier.pattern.test(name)) return `"${name}" is no Python name: ${identifier.says}.`;
    return reserved.has(name) ? `"${name}" is a word of the Python language.` : null;
  }
  for (const document of documents) {
    const { pattern, says } = otherSyntax[document.kind] ?? identifier;
    if (!pattern.test(name)) return `"${name}" is no name for a variable in ${document.name}: ${says}.`;
  }
  return null;
}

/** All sites that carry this very name. */
function* sitesNamed(model: WorkspaceModel, name: string, layer: Layer): Steps<Site[]> {
  const found: Site[] = [];
  for (const document of model.documents.values()) {
    yield;
    for (const site of sitesOf(document)) if (site.name === name && site.layer === layer && counts(model, site)) found.push(site);
  }
  return found;
}

/** A site of the new name that the renamed ones would meet. */
function collision(renamed: readonly Site[], taken: readonly Site[], sameSetting: boolean): Site | undefined {
  // Two names of one setting may stand in different files: then the line that was not read joins those that are.
  if (!sameSetting) return taken[0];
  const homes = new Set(renamed.flatMap((site) => (site.assignment === null ? [] : [`${site.uri} ${site.assignment.process}`])));
  return taken.find((site) => site.assignment !== null && homes.has(`${site.uri} ${site.assignment.process}`));
}

/** Programs that are none of the framework and read an env file too. */
function otherReaders(model: WorkspaceModel, uri: string): readonly string[] {
  const readers = model.envFileReaders.get(uri) ?? [];
  return readers.filter(({ process, name }) => process === null && name !== 'docker compose').map(({ name }) => name);
}

/**
 * The edits of a rename, grouped by what a person should know about them.
 *
 * @returns null where nothing stands that has a name.
 */
export function* rename(
  model: WorkspaceModel,
  uri: string,
  position: Position,
  newName: string,
): Steps<readonly RenameGroup[] | Refusal | null> {
  const site = siteAt(model, uri, position);
  if (site === null || !touches(site.range, position)) return null;
  const { name, layer, key } = site;
  if (newName === name) return [];
  const { target } = model;
  const fixed = refusalOf(model, site);
  if (fixed !== null) return fixed;
  const others = alternatives(site, target);
  if (isRead(name, layer, target) && !others.includes(newName))
    return { refused: `JarvisCore ${target} reads this setting as ${[name, ...others].join(' or ')} only.` };

  const sites = yield* sitesNamed(model, name, layer);
  const documents = [...new Set(sites.map((one) => one.uri))].flatMap((one) => model.documents.get(one) ?? []);
  const problem = syntaxProblem(documents, layer, newName);
  if (problem !== null) return { refused: problem };
  const vague = sites.find((one) => !one.exact);
  if (vague !== undefined) {
    const place = placeText(model, vague);
    return { refused: `${place} refers to ${name} without writing its name in plain letters; change that place first.` };
  }
  const sameSetting = nameKey(newName, layer) === key;
  const taken = collision(sites, yield* sitesNamed(model, newName, layer), sameSetting);
  if (taken !== undefined)
    return { refused: `${newName} is in use already (${placeText(model, taken)}); two settings would become one.` };
  return grouped(model, sites, newName, sameSetting);
}

function grouped(model: WorkspaceModel, sites: readonly Site[], newName: string, sameSetting: boolean): RenameGroup[] {
  const [first] = sites;
  if (first === undefined) return [];
  const { name, layer } = first;
  const setting = settingNamed(name, layer);
  const bundled = setting !== undefined && !isRead(name, layer, model.target) && readByStack(setting, model.target);
  const meant = settingNamed(newName, layer);
  let warning: string | null = null;
  if (bundled) warning = `Containers of the bundled stack read ${name} under this name.`;
  else if (meant !== undefined && !sameSetting)
    warning = `JarvisCore knows ${displayName(meant)}: it will take this value for that setting.`;
  const groups = new Map<string, { readonly description: string; readonly confirm: boolean; readonly edits: Edit[] }>();
  for (const { uri, range } of sites) {
    const readers = otherReaders(model, uri);
    const description =
      warning ?? (readers.length === 0 ? '' : `${readers.join(', ')} read this file too, and may look for ${name}.`);
    const group = groups.get(description) ?? { description, confirm: description !== '', edits: [] };
    group.edits.push({ uri, range, newText: newName });
    groups.set(description, group);
  }
  return [...groups.values()].map(({ description, confirm, edits }) => ({
    label: `Rename ${name} to ${newName}`,
    description: description === '' ? `${name} → ${newName}` : description,
    needsConfirmation: confirm,
    edits,
  }));
}

function readByStack(setting: Setting, release: Release): boolean {
  const kind = effectKind(setting, release);
  return kind === 'container' || kind === 'compose' || kind === 'cli';
}
