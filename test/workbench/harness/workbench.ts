/** A real VS Code workbench in a headless browser, and what a person does in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

/** A machine may be busy with other things: what is waited for mostly comes within a second or two. */
const DEADLINE_MS = 60_000;

export interface TreeRow {
  /** The row's text without its description. */
  readonly label: string;
  /** The dimmed text after the label. */
  readonly description: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** 1 for top-level rows. */
  readonly level: number;
  /** Undefined for leaves. */
  readonly expanded: boolean | undefined;
}

/** The part of axe's result that tests look at. */
export interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  readonly passes: readonly { readonly id: string }[];
}

export interface WorkbenchOptions extends ServerOptions {
  /** As with a language pack that has texts of extensions only, e.g. "de"; default: English. */
  readonly language?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Server, browser and page, ready to use. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = await startServer(options);
  try {
    const browser = await startBrowser(server);
    const context = await browser.newContext({ viewport: options.viewport ?? { width: 1400, height: 900 } });
    const foreign = new Set<string>();
    await context.route(
      (url) => url.protocol.startsWith('http') && url.hostname !== '127.0.0.1',
      (route) => {
        foreign.add(route.request().url());
        return route.abort();
      },
    );
    context.setDefaultTimeout(DEADLINE_MS);
    // What the first line of a language pack's messages says. The marketplace, which has the packs, cannot be reached from here.
    if (options.language !== undefined)
      await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};`);
    const page = await context.newPage();
    const workbench = new Workbench(server, page, foreign, async () => {
      await browser.close().catch(() => {});
      await server.stop();
    });
    await page.goto(server.pageUrl);
    await page.waitForSelector('.monaco-workbench', { timeout: DEADLINE_MS });
    return workbench;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What a person does in the workbench. `page` is an ordinary Playwright page for everything else. */
export class Workbench {
  readonly server: Server;
  readonly page: Page;
  /** Requests that would have left the machine; they are blocked. */
  readonly foreign: ReadonlySet<string>;
  readonly stop: () => Promise<void>;

  constructor(server: Server, page: Page, foreign: ReadonlySet<string>, stop: () => Promise<void>) {
    this.server = server;
    this.page = page;
    this.foreign = foreign;
    this.stop = stop;
  }

  /** Runs a command by its title in the command palette, e.g. "JarvisCore: Start Local Node". */
  async runCommand(title: string): Promise<void> {
    await this.#pick(`>${title}`, title);
  }

  /** Takes an offer of the list that a command has opened. */
  async choose(text: string | RegExp): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  /** Answers the question of an input box that a command has opened. */
  async answer(text: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget', { has: this.page.locator('.quick-input-title, .quick-input-message') });
    const input = box.locator('input[type="text"]').first();
    // The list of a choice before may still be closing.
    await this.until(async () => (await this.page.locator('.quick-input-list .monaco-list-row').count()) === 0, 'the input box');
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file of the workspace through quick open. */
  async openFile(name: string): Promise<void> {
    await this.#pick(name, name);
    await this.page.locator('.tab', { hasText: name }).first().waitFor();
  }

  async #pick(typed: string, wanted: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: wanted }).first();
    let tries = 0;
    await this.until(async () => {
      // A list of before that is still closing takes the text of this one with it. Not at first: Escape unselects rows.
      if (tries++ > 0) await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      // An editor that opens meanwhile takes the focus, and the list closes.
      const click = input.fill(typed, { timeout: 10_000 }).then(() => row.click({ timeout: 10_000 }));
      return click.then(
        () => true,
        () => false,
      );
    }, `"${wanted}" to be offered`);
  }

  /** Shows a view container by the name on its activity bar icon. */
  async openViewContainer(title: string): Promise<void> {
    const selector = `.activitybar .action-label[aria-label^="${title}"], .activitybar .action-item[aria-label^="${title}"]`;
    const icon = this.page.locator(selector).first();
    await icon.waitFor({ timeout: DEADLINE_MS });
    const selected = await this.page.locator(`.activitybar .action-item.checked [aria-label^="${title}"]`).count();
    if (selected === 0) await icon.click();
  }

  /** Opens a view that is there by its title alone. */
  async expandView(title: string): Promise<void> {
    const header = this.page.locator(`.pane-header[aria-label^="${title}"]`).first();
    await header.waitFor({ timeout: DEADLINE_MS });
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    await this.until(async () => (await header.getAttribute('aria-expanded')) === 'true', `the view ${title} to open`);
  }

  /** One view (a pane of the side bar) by its title. */
  view(title: string): Locator {
    return this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** The rows of a tree view that are on screen (VS Code creates no others). */
  async treeRows(viewTitle: string): Promise<TreeRow[]> {
    return this.view(viewTitle)
      .locator('.monaco-list-row')
      .evaluateAll((rows) =>
        rows
          .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
          .map((row) => ({
            label: row.querySelector('.label-name')?.textContent ?? row.textContent ?? '',
            description: row.querySelector('.label-description')?.textContent ?? '',
            ariaLabel: row.getAttribute('aria-label') ?? '',
            level: Number(row.getAttribute('aria-level')),
            expanded: row.hasAttribute('aria-expanded') ? row.getAttribute('aria-expanded') === 'true' : undefined,
          })),
      );
  }

  /** Waits for a row and returns its locator. */
  async treeRow(viewTitle: string, text: string | RegExp, timeoutMs = DEADLINE_MS): Promise<Locator> {
    const row = this.view(viewTitle).locator('.monaco-list-row', { hasText: text }).first();
    await row.waitFor({ timeout: timeoutMs }).catch(async (error: unknown) => {
      const shown = (await this.treeRows(viewTitle)).map(({ label, description }) => `${label} ${description}`.trim());
      const instead = shown.length > 0 ? shown.join('; ') : await this.welcome(viewTitle);
      throw new Error(`There is no row ${text} in ${viewTitle} but: ${instead}`, { cause: error });
    });
    return row;
  }

  /** Opens a row that has others below it. */
  async expandRow(viewTitle: string, text: string | RegExp): Promise<void> {
    const row = await this.treeRow(viewTitle, text);
    if ((await row.getAttribute('aria-expanded')) !== 'false') return;
    const isOpen = async (): Promise<boolean> => (await row.getAttribute('aria-expanded')) === 'true';
    let tries = 0;
    await this.until(async () => {
      // An editor that the click opens may take the focus before the key comes: then by the arrow at its side.
      if (tries++ === 0) {
        await row.click();
        await this.page.keyboard.press('ArrowRight');
      } else await row.locator('.monaco-tl-twistie').click();
      return this.until(isOpen, 'it', 3_000).catch(() => false as const);
    }, `the row ${text} to open`);
  }

  /** Selects a row without opening what it leads to: commands of the palette act on it. */
  async selectRow(viewTitle: string, text: string | RegExp): Promise<void> {
    const row = await this.treeRow(viewTitle, text);
    await row.click();
    await this.until(async () => (await row.getAttribute('aria-selected')) === 'true', `the row ${text} to be selected`);
  }

  /** Text of a view's welcome content, or '' while it shows rows. */
  async welcome(viewTitle: string): Promise<string> {
    const content = this.view(viewTitle).locator('.welcome-view-content');
    return (await content.isVisible()) ? ((await content.textContent()) ?? '') : '';
  }

  /** The rows of the Problems panel, file rows included, as a screen reader hears them. */
  async problems(): Promise<string[]> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.runCommand('Problems: Focus on Problems View');
    await panel.waitFor();
    return panel
      .locator('.monaco-list-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? row.textContent ?? ''));
  }

  /** Narrows the Problems panel to rows with this text: it has no rows in the page for what is not on screen. */
  async filterProblems(text: string): Promise<void> {
    await this.problems();
    await this.page.locator('.panel .viewpane-filter input, .panel .markers-panel-action-filter input').first().fill(text);
  }

  /**
   * Ids of processes that run a file of an installed extension. Not by the mark of the run: the mesh host gets an
   * environment of its own.
   */
  extensionProcesses(file: string): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
          return commandLine.includes(`${this.server.extensionsDir}/`) && commandLine.includes(file);
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  /** Texts of the notification toasts on screen (none in test mode, which hides them). */
  notifications(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  /** Answers VS Code's own save dialog, which in a browser is an input box with a path. */
  async saveAs(path: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]').first();
    await this.until(async () => (await input.inputValue()).startsWith('/'), 'the save dialog');
    let last = '';
    await this.until(async () => {
      // While it is still looking at the folder, the dialog takes no answer and puts its own proposal back.
      const shown = await input.isVisible();
      last = shown ? await input.inputValue() : 'closed';
      if (shown) {
        if (last === path) await input.press('Enter');
        else await input.fill(path);
      }
      return existsSync(path) && readFileSync(path).length > 0;
    }, `the file ${path}`).catch((error: unknown) => {
      throw new Error(`The save dialog for ${path} was last: ${last}`, { cause: error });
    });
  }

  /** Polls until `check` gives something other than undefined or false, and returns that. */
  async until<T>(check: () => Promise<T | undefined | false>, what: string, timeoutMs = DEADLINE_MS): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const value = await check();
      if (value !== undefined && value !== false) return value;
      if (Date.now() > deadline) throw new Error(`Timed out after ${timeoutMs / 1000} s waiting for ${what}`);
      await wait(100);
    }
  }

  /**
   * Switches the colour theme with the theme picker and waits until it is applied.
   * @param label as in the picker: "Dark Modern", "Light Modern", "Dark High Contrast"
   * @param className "vs-dark", "vs", "hc-black" or "hc-light"
   */
  async setTheme(label: string, className: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Dark Modern' }).first().waitFor();
    await this.page.locator('.quick-input-widget input').first().fill(label);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: label }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.monaco-workbench.${className}`).waitFor({ timeout: DEADLINE_MS });
    await wait(500); // token colours follow a moment later
  }

  /** Loads the page again, with a new extension host and the settings of setSettings(). */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.waitForSelector('.monaco-workbench', { timeout: DEADLINE_MS });
  }

  /** Opens another folder in this window, with a new extension host. */
  async openFolder(folder: string): Promise<void> {
    await this.page.goto(`${this.server.url}/?folder=${encodeURIComponent(folder)}`);
    await this.page.waitForSelector('.monaco-workbench', { timeout: DEADLINE_MS });
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }

  /**
   * Runs axe-core on a part of the page (evaluated through the debugger, which the page's CSP does not stop).
   * @param source text of axe-core/axe.min.js
   */
  async axe(source: string, selector: string, options: object = {}): Promise<AxeResult> {
    await this.page.evaluate(source);
    return this.page.evaluate(
      ([where, how]) => {
        const { axe } = globalThis as unknown as { axe: { run(where: string, how: object): Promise<AxeResult> } };
        return axe.run(where, how);
      },
      [selector, options] as const,
    );
  }
}
