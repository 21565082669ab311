import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerText } from '#client/fleet/answerText.ts';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { readinessRows } from '#client/readiness/readinessRows.ts';
import type { ReadinessItem } from '#schemas/editor/workspaceMessages.ts';
import type { StepResult } from '#schemas/fleet/doctor.ts';
import { doctorText } from '#server/report/doctor.ts';
import { pictures } from '../../../scripts/walkthrough/pictures.ts';
import { english, peer, place, unseen, view } from './facts.ts';
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

  it('shows what the product itself says', () => {
    const drawn = (name: string): string[] =>
      [...(pictures[name] ?? '').matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
        text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
      );
    /** Cut with an ellipsis, as a narrow sidebar does. */
    const expectDrawn = (name: string, text: string): void => {
      const found = drawn(name).some((each) => each === text || (each.endsWith('…') && text.startsWith(each.slice(0, -1))));
      expect(found, `${name} says ${JSON.stringify(text)}: ${JSON.stringify(drawn(name))}`).toBe(true);
    };
    const expectRow = (name: string, { label, description }: { readonly label: string; readonly description: string }): void => {
      expectDrawn(name, label);
      expectDrawn(name, description);
    };

    const declared = (name: string, address: string) => ({ id: address, declared: { name, address, place } });
    const agents = [{ id: 'coder-1', role: 'coder', capabilities: [] }];
    const lost = { reason: 'Given up: no answer to our probes for 7 s.', since: '2026-11-21T10:40:00Z', agents: [] };
    const accused = { agents, since: '2026-11-21T10:44:00Z', observedBy: '127.0.0.1:7100' };
    const fleet = view({
      peers: [
        peer({ ...declared('analyst-02', '127.0.0.1:7120'), ...lost, state: 'dead' }),
        peer({ ...declared('coder-01', '127.0.0.1:7110'), ...accused, state: 'suspect' }),
        peer(declared('researcher-01', '127.0.0.1:7100')),
        unseen('writer-01', '127.0.0.1:7130'),
      ],
    });
    const peerRows = new FleetRows(english).peers(fleet);
    expect(peerRows).toHaveLength(5);
    for (const row of peerRows) expectRow('peers.svg', row);
    expect(drawn('peers.svg')[0]).toBe(`FLEET PEERS   ${fleet.alive} of ${fleet.expected} alive`);

    const question = { whom: 'researcher', data: { query: 'What is in stock?' }, askedAt: '2026-11-21T10:44:07.000Z' };
    const answered = { kind: 'answered', at: '2026-11-21T10:44:09.100Z', data: { answer: '12 boxes' } } as const;
    const answer = answerText({ ...question, timeoutMs: 1_000 }, answered, english).trimEnd();
    expect(drawn('ask.svg').slice(1).join('\n')).toBe(answer);

    const done = { message: '', remedy: '', change: null };
    const item = (name: string, title: string, status: ReadinessItem['status'], evidence: ReadinessItem['evidence'] = []) => ({
      ...done,
      ...{ item: name, title, status, evidence },
    });
    const items = [
      item('P1', 'A model provider is configured', 'pass'),
      item('P5', 'Blob storage survives a restart', 'fail', [place]),
      item('P6', 'Generated code is isolated', 'manual'),
      item('P10', 'Ports and seeds are right for the fleet', 'pass'),
    ];
    const rules = readFileSync(`${root}server/src/config/rules/readiness.ts`, 'utf8');
    for (const { title } of items) expect(rules).toContain(`title: '${title}'`);
    const [production] = readinessRows([{ uri: '', name: '', target: '3.0.0', processes: 1, items }], english);
    for (const row of production?.children ?? []) expectRow('readiness.svg', row);
    expect(production?.children).toHaveLength(4);

    const passed: Omit<StepResult, 'step' | 'message'> = { status: 'pass', causes: [], evidence: [], remedy: null };
    const refused = 'PING to 127.0.0.1:7110: refused: nothing holds that UDP port there.';
    const cause = { code: 'not-started', text: 'it is not started, or its start failed' } as const;
    const diagnosis = {
      ...{ row: null, name: 'coder-01', address: '127.0.0.1:7110', asOf: question.askedAt },
      steps: [
        { ...passed, step: 'config' as const, message: 'Declared as 127.0.0.1:7110, ZeroMQ 8110.' },
        { ...passed, step: 'name' as const, message: '127.0.0.1 is numeric.' },
        { ...passed, step: 'udp' as const, status: 'fail' as const, message: refused, causes: [cause], evidence: [place] },
      ],
    };
    const text = doctorText([diagnosis], { color: false, fileOf: () => 'docker-compose.yml' });
    const [title = '', ...steps] = (text.split('\n\n')[0] ?? '').split('\n');
    expectDrawn('doctor.svg', title);
    expect(steps).toHaveLength(5);
    for (const line of steps) for (const part of line.trim().split(/ {2,}|(?<=FAIL) /)) expectDrawn('doctor.svg', part);
  });

  it('goes into the VSIX with its pictures', () => {
    expect(readFileSync(`${root}.vscodeignore`, 'utf8')).toMatch(/^!media\/walkthrough\/\*\.svg$/m);
  });
});
