/** What a person sees and does in the files: lenses, hints, going to the line that counts, renaming, and refusals. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'editing-'));
const files = {
  'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n',
  '.env': '# Network\nJARVISCORE_BIND_PORT=7946\nACME_ZONE=eu\nCLAUDE_API_KEY=canary-do-not-show\n',
  'node.py':
    'import os\nfrom jarviscore import Mesh\n\nzone = os.getenv("ACME_ZONE")\nmesh = Mesh(config={\n    "node_name": "editor-ui",\n    "bind_port": 7411,\n    "p2p_enabled": True,\n})\n',
  'docker-compose.yml':
    'services:\n  coder:\n    image: jarviscore:1\n    environment:\n      JARVISCORE_NODE_NAME: coder\n      ACME_ZONE: ${ACME_ZONE}\n',
};
let workbench: Workbench;

const editorText = (): Promise<string> =>
  workbench.page
    .locator('.editor-group-container.active .view-lines')
    .first()
    .textContent()
    // The editor writes blanks that do not break.
    .then((text) => (text ?? '').replaceAll('\u00a0', ' '));

/** Puts the cursor into a word of the active editor. */
async function clickWord(word: string): Promise<void> {
  await workbench.page.locator('.editor-group-container.active .view-line span', { hasText: word }).last().click();
}

const activeTab = async (): Promise<string> => (await workbench.page.locator('.tab.active').first().textContent()) ?? '';

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeWorkspaceSettings(folder, { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 });
  workbench = await openWorkbench({ extensionsDir: packedExtensions(), workspace: folder });
  // By then the folder has been looked at, and quick open finds its files.
  await workbench.openViewContainer('JarvisCore');
  await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
  await workbench.openFile('node.py');
});

afterAll(async () => {
  await workbench?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('shows a lens above the process and a hint behind its port', async () => {
  await workbench.page.locator('.codelens-decoration', { hasText: /process editor-ui · / }).waitFor();
  await workbench.until(async () => (await editorText()).includes('ZeroMQ 8411'), 'the hint');
  await workbench.screenshot(screenshotFile('editing'));
});

it('opens the effective settings from the lens, without a secret', async () => {
  await workbench.page.locator('.codelens-decoration a', { hasText: /process editor-ui · / }).click();
  await workbench.until(async () => (await activeTab()).includes('editor-ui settings'), 'the document');
  await workbench.until(async () => /JARVISCORE_BIND_PORT +7411/.test(await editorText()), 'the settings');
  await workbench.screenshot(screenshotFile('effective-settings'));
  expect(await editorText()).not.toContain('canary');
});

it('goes from the line that loses to the one that wins', async () => {
  await workbench.openFile('.env');
  await workbench.until(async () => (await editorText()).includes('overridden'), 'the hint');
  await clickWord('JARVISCORE_BIND_PORT');
  await workbench.page.keyboard.press('F12');
  await workbench.until(async () => (await activeTab()).includes('node.py'), 'the file with the winning line');
});

it('renames a name in every file', async () => {
  await workbench.openFile('.env');
  await clickWord('ACME_ZONE');
  await workbench.page.keyboard.press('F2');
  const input = workbench.page.locator('.rename-box input');
  await input.waitFor();
  expect(await input.inputValue()).toBe('ACME_ZONE');
  await input.fill('ACME_REGION');
  await workbench.page.keyboard.press('Enter');
  await workbench.until(async () => (await editorText()).includes('ACME_REGION=eu'), 'the new name');
  const onDisk = (name: keyof typeof files): string => readFileSync(join(folder, name), 'utf8');
  const renamed = (name: keyof typeof files): boolean => onDisk(name) === files[name].replaceAll('ACME_ZONE', 'ACME_REGION');
  const all = ['.env', 'node.py', 'docker-compose.yml'] as const;
  await workbench.until(async () => all.every(renamed), 'the files on disk');
});

it('refuses to rename what the framework reads, and says why', async () => {
  await workbench.openFile('.env');
  await clickWord('JARVISCORE_BIND_PORT');
  await workbench.page.keyboard.press('F2');
  await workbench.page.locator('.monaco-editor-overlaymessage', { hasText: 'under exactly this name' }).waitFor();
});
