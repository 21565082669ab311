import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pictures } from '../../../scripts/walkthrough/pictures.ts';
import { manifest, root } from './packageJson.ts';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg?: string; readonly image?: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const [walkthrough] = (manifest.contributes as unknown as { walkthroughs: readonly { steps: readonly Step[] }[] }).walkthroughs;
const steps = walkthrough?.steps ?? [];
const commands = new Set(manifest.contributes.commands.map(({ command }) => command));

describe('the walkthrough', () => {
  it('has steps that each offer a command of ours and end by it, or by what it brings about', () => {
    expect(steps.length).toBeGreaterThanOrEqual(6);
    for (const { description, completionEvents } of steps) {
      const offered = [...description.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command ?? '');
      expect(offered.length).toBeGreaterThan(0);
      for (const command of offered) expect(commands).toContain(command);
      expect(completionEvents.length).toBeGreaterThan(0);
      for (const event of completionEvents) {
        const named = /^onCommand:(.+)$/.exec(event)?.[1];
        if (named !== undefined) expect(commands).toContain(named);
        else expect(event).toMatch(/^on(?:Context:jarviscoreFleet\.|View:jarviscoreFleet\.)/);
      }
    }
  });

  it('has a picture with words for every step, and no other picture', () => {
    const files = steps.map(({ media }) => media.svg ?? media.image ?? '');
    for (const file of files) expect(existsSync(`${root}${file}`), file).toBe(true);
    for (const { media } of steps) expect(media.altText).toMatch(/^[A-Z].{20,}\.$/);
    const there = readdirSync(`${root}media/walkthrough`).map((name) => `media/walkthrough/${name}`);
    expect(there.sort()).toEqual([...new Set(files)].sort());
  });

  it('has pictures that are drawn by the script, in the colours of the theme, and load nothing', () => {
    for (const [name, text] of Object.entries(pictures)) {
      expect(readFileSync(`${root}media/walkthrough/${name}`, 'utf8'), name).toBe(text);
      expect(text).toContain('var(--vscode-foreground');
      expect(text).not.toMatch(/<script|<image|href=|\son\w+=|@import/);
    }
  });

  it('goes into the VSIX with its pictures', () => {
    expect(readFileSync(`${root}.vscodeignore`, 'utf8')).toMatch(/^!media\/walkthrough\/\*\.svg$/m);
  });
});
