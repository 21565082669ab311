/** The pictures of the walkthrough, by file name. */
import { colours, type Line, panel, rows } from './drawing.ts';

const mono = (text: string): { text: string; mono: true } => ({ text, mono: true });
const dim = (text: string): { text: string; colour: 'dim' } => ({ text, colour: 'dim' });

const problems: readonly Line[] = [
  { parts: [{ ...mono('BIND_PORT=7100'), squiggle: 'bad' }] },
  { parts: [mono('HITL_ENABLED=true')] },
  { parts: [{ ...mono('NEXUS_SECRET=change-me'), squiggle: 'warning' }] },
  { parts: [] },
  { mark: 'error', parts: [{ text: 'BIND_PORT is not read by JarvisCore (since 0.4.0); use …' }] },
  { mark: 'warning', parts: [{ text: 'NEXUS_SECRET still holds a placeholder.' }] },
];

const effective: readonly Line[] = [
  { parts: [mono('JARVISCORE_BIND_PORT'), { ...mono('7100'), colour: 'accent' }, dim('(mesh-config researcher.py:22)')] },
  { indent: 2, parts: [dim('hides 7946  (default)')] },
  { parts: [mono('ALLOW_ZERO_PEERS'), { ...mono('false'), colour: 'accent' }, dim('(mesh-config researcher.py:25)')] },
  { parts: [mono('NEXUS_SECRET'), { ...mono('<set>'), colour: 'accent' }, dim('(env-file .env:15)')] },
  { parts: [mono('KEEPALIVE_INTERVAL'), { ...mono('90'), colour: 'accent' }, dim('(default)')] },
];

const peers: readonly Line[] = [
  { mark: 'error', parts: [{ text: 'analyst-02' }, dim('dead · since 10:40 · Given up: no answer to our p…')] },
  { mark: 'question', parts: [{ text: 'coder-01' }, dim('suspect · since 10:44 · told by researcher-01…')] },
  { mark: 'pass', parts: [{ text: 'researcher-01' }, dim('alive · since 10:42 · researcher')] },
  { mark: 'circle-outline', parts: [{ text: 'writer-01' }, dim('declared, never seen · docker-compose.yml:31')] },
  { mark: 'radio-tower', parts: [{ text: 'this window' }, dim('alive · 127.0.0.1:17946 · observing')] },
];

const comment = (text: string): Line => ({ parts: [{ ...mono(text), colour: 'dim' }] });

const ask: readonly Line[] = [
  comment('// Asked researcher at 10:44:07.'),
  comment('// {'),
  comment('//   "query": "What is in stock?"'),
  comment('// }'),
  comment('//'),
  comment('// Answered at 10:44:09, after 2.1 s:'),
  { parts: [mono('{')] },
  { parts: [mono('  "answer": "12 boxes"')] },
  { parts: [mono('}')] },
];

const readiness: readonly Line[] = [
  { mark: 'pass', parts: [{ text: 'P1 pass' }, dim('A model provider is configured')] },
  { mark: 'error', parts: [{ text: 'P5 fail' }, dim('Blob storage survives a restart · docker-compo…')] },
  { mark: 'question', parts: [{ text: 'P6 confirm by hand' }, dim('Generated code is isolated')] },
  { mark: 'pass', parts: [{ text: 'P10 pass' }, dim('Ports and seeds are right for the fleet')] },
];

const step = (status: string, name: string, message: string): Line => ({
  parts: [{ ...mono(status), colour: status === 'FAIL' ? 'bad' : status === 'ok' ? 'good' : 'dim' }, mono(name), dim(message)],
});

const examination: readonly Line[] = [
  { parts: [mono('coder-01 (127.0.0.1:7110)')] },
  step('ok', 'config', 'Declared as 127.0.0.1:7110, ZeroMQ 8110.'),
  step('ok', 'name', '127.0.0.1 is numeric.'),
  step('FAIL', 'udp', 'PING to 127.0.0.1:7110: refused: nothing holds that …'),
  { indent: 4, parts: [dim('Likeliest: it is not started, or its start failed.')] },
  { indent: 4, parts: [dim('at docker-compose.yml:31')] },
];

function map(): string {
  const dot = (x: number, y: number, name: string, colour: keyof typeof colours, shape: string): string =>
    `<g transform="translate(${x},${y})"><path d="${shape}" fill="${colours[colour]}"/><text y="${y < 100 ? -15 : 24}" text-anchor="middle" font-size="12" font-family="var(--vscode-font-family, sans-serif)" fill="${colours.text}">${name}</text></g>`;
  const circle = 'M-8,0a8,8 0 1,0 16,0a8,8 0 1,0 -16,0';
  const line = (d: string, colour: keyof typeof colours, more: string): string =>
    `<path d="${d}" fill="none" stroke="${colours[colour]}" ${more}/>`;
  const lines = [
    line('M219,108L121,76M241,108L339,76', 'dim', 'stroke-width="1" stroke-opacity="0.6"'),
    line('M114,84Q140,150 212,172', 'warning', 'stroke-width="1.6" stroke-dasharray="7 4"'),
    line('M346,84Q320,150 248,172', 'warning', 'stroke-width="1.6" stroke-dasharray="7 4"'),
  ];
  const nodes = [
    dot(110, 72, 'researcher-01', 'good', circle),
    dot(350, 72, 'writer-01', 'good', circle),
    dot(230, 176, 'coder-01 · suspect', 'warning', 'M0,-10L10,8L-10,8Z'),
    dot(230, 110, 'this window', 'accent', 'M0,-10l3,7h7l-5.5,5l2,7.5l-6.5,-4.5l-6.5,4.5l2,-7.5l-5.5,-5h7z'),
  ];
  const bar = (y: number, parts: readonly (readonly [number, number, keyof typeof colours, string])[]): string =>
    parts
      .map(
        ([x, width, colour, word]) =>
          `<rect x="${x}" y="${y}" width="${width}" height="14" rx="2" fill="${colours[colour]}" fill-opacity="0.25" stroke="${colours[colour]}"/><text x="${x + 5}" y="${y + 7}" dominant-baseline="central" font-size="10.5" font-family="var(--vscode-font-family, sans-serif)" fill="${colours.text}">${word}</text>`,
      )
      .join('');
  const timeline = [
    bar(222, [[30, 400, 'good', 'researcher-01 alive']]),
    bar(242, [
      [30, 270, 'good', 'coder-01 alive'],
      [300, 130, 'warning', 'suspect'],
    ]),
  ];
  return panel('FLEET MAP', 226, [...lines, ...nodes, ...timeline].join('\n'));
}

export const pictures: Readonly<Record<string, string>> = {
  'problems.svg': rows('.env', problems),
  'effective.svg': rows('researcher-01 settings', effective),
  'peers.svg': rows('FLEET PEERS   1 of 4 alive', peers),
  'map.svg': map(),
  'ask.svg': rows('answer of researcher.jsonc', ask),
  'readiness.svg': rows('READINESS', readiness),
  'doctor.svg': rows('Doctor coder-01', examination),
};
