/** What a container keeps, and whether it can confine code. */
import { withoutEnd } from '../../text/ends.ts';
import { fix } from '../fixes.ts';
import { processRule, type Rule, workspaceRule } from '../rule.ts';
import { movedMount } from './shortForms.ts';
import { confinementGap, isContainer, isMounted, unitOf, unitsOf, wholeOf, wholeUnit } from './units.ts';

/** Folders that moved below `.jarviscore/` with 2.2.0, and the setting that still decides where each is. */
const moved: readonly (readonly [folder: string, setting: string])[] = [
  ['blob_storage', 'STORAGE_BASE_PATH'],
  ['logs', 'LOG_DIRECTORY'],
  ['traces', 'TELEMETRY_TRACE_DIR'],
];

export const containerRules: readonly Rule[] = [
  workspaceRule('prod-no-confinement', ({ model }, report) => {
    for (const { document, unit } of unitsOf(model)) {
      if (unit.kind !== 'compose-service') continue;
      const whole = wholeUnit({ document, unit }, model);
      const gap = whole?.framework === 'yes' ? confinementGap(whole) : null;
      if (gap !== null)
        report({
          at: { uri: document.uri, range: unit.range },
          message: `The container of ${unit.name} lacks security_opt ${gap}: bubblewrap cannot start in it, and code that a model wrote is refused. Shipped atoms still run.`,
        });
    }
    for (const document of model.documents.values()) {
      const last = document.kind === 'dockerfile' ? document.deployment?.units.at(-1) : undefined;
      if (last?.framework !== 'yes' || document.marks.some(({ name }) => name === 'bubblewrap')) continue;
      report({
        at: { uri: document.uri, range: last.range },
        message: 'The image installs no bubblewrap: code that a model wrote is refused in it. Shipped atoms still run.',
      });
    }
  }),

  processRule('control-strict-without-confinement', ({ process: view }, report) => {
    const unit = wholeOf(view);
    const name = ['JARVISCORE_CONTROL_MODE', 'CONTROL_MODE'].find((mode) => view.text(mode)?.trim().toLowerCase() === 'strict');
    const gap = unit?.kind === 'compose-service' ? confinementGap(unit) : null;
    if (name === undefined || gap === null || view.written(name) === undefined) return;
    report({
      at: view.placeOf(name),
      setting: name,
      message: `Strict mode refuses code that cannot be confined, and the container of ${view.name} lacks security_opt ${gap}.`,
      related: [{ ...view.place, message: view.label }],
    });
  }),

  processRule('volume-old-path', ({ process: view }, report) => {
    const unit = unitOf(view);
    if (!isContainer(unit)) return;
    for (const mount of unit.mounts) {
      const { target, range } = mount;
      const [folder, setting] = moved.find(([name]) => withoutEnd(target, /\//).endsWith(`/${name}`)) ?? [];
      if (folder === undefined || setting === undefined || view.isSet(setting) || target.includes('.jarviscore')) continue;
      report({
        at: { uri: view.process.uri, range },
        setting,
        message: `Since 2.2.0 the data goes to .jarviscore/${folder} unless ${setting} says otherwise; this volume stays empty. Mount .jarviscore, or set ${setting} to ${target}.`,
        fixes: fix(
          `Mount .jarviscore/${folder}`,
          false,
          movedMount(view.process.uri, mount, target.replace(/[^/]+\/*$/, `.jarviscore/${folder}`)),
        ),
      });
    }
  }),

  processRule('nexus-secret-without-salt-volume', ({ process: view }, report) => {
    const unit = wholeOf(view);
    if (!isContainer(unit) || !view.isSet('NEXUS_SECRET')) return;
    if (unit.mounts.some(({ target }) => /^(\/root|\/home\/[^/]+)(\/\.jarviscore)?\/?$|\/\.jarviscore\/?$/.test(target))) return;
    report({
      at: view.placeOf('NEXUS_SECRET'),
      setting: 'NEXUS_SECRET',
      message: `The key of stored credentials is made of NEXUS_SECRET and the salt in ~/.jarviscore/.salt, which is on no volume of ${view.name}: with a new container nothing can be decrypted any more.`,
      related: [{ ...view.place, message: view.label }],
    });
  }),

  processRule('browser-profile-dir-ephemeral', ({ process: view }, report) => {
    const unit = wholeOf(view);
    const path = view.written('BROWSER_PROFILE_DIR') === undefined ? null : view.text('BROWSER_PROFILE_DIR');
    if (!isContainer(unit) || path === null || !path.startsWith('/') || isMounted(unit, path)) return;
    report({
      at: view.placeOf('BROWSER_PROFILE_DIR'),
      setting: 'BROWSER_PROFILE_DIR',
      message: `${path} is on no volume of ${view.name}: log-ins of the browser are gone with its container.`,
      related: [{ ...view.place, message: view.label }],
    });
  }),
];
