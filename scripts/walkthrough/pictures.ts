/** The pictures of the walkthrough, by file name. */
import { colours, type Line, panel, rows } from './drawing.ts';

const mono = (text: string): { text: string; mono: true } => ({ text, mono: true });
const dim = (text: string): { text: string; colour: 'dim' } => ({ text, colour: 'dim' });

const problems: readonly Line[] = [
  { parts: [{ ...mono('BIND_PORT=7946'), squiggle: 'bad' }] },
  { parts: [{ ...mono('JARVISCORE_BIND_HOST=0.0.0.0'), squiggle: 'warning' }] },
  { parts: [mono('JARVISCORE_SEED_NODES=127.0.0.1:7100')] },
  { parts: [] },
  { mark: 'cross', parts: [{ text: 'BIND_PORT is not read' }, dim('JARVISCORE_BIND_PORT is')] },
  { mark: 'question', parts: [{ text: '0.0.0.0 is no address to call back' }] },
];

const effective: readonly Line[] = [
  { parts: [mono('bind_port'), { ...mono('7100'), colour: 'accent' }, dim('researcher.py:12')] },
  { indent: 1, parts: [dim('beats 7946 in .env:3')] },
  { parts: [mono('zmq_port'), { ...mono('8100'), colour: 'accent' }, dim('bind_port + offset')] },
  { parts: [mono('keepalive_interval'), { ...mono('90'), colour: 'accent' }, dim('default')] },
  { parts: [mono('redis_url'), { ...mono('***'), colour: 'accent' }, dim('.env:9, secret')] },
];

const peers: readonly Line[] = [
  { mark: 'pass', parts: [{ text: 'researcher-01' }, dim('alive · since 10:42 · researcher')] },
  { mark: 'question', parts: [{ text: 'coder-01' }, dim('suspect · told by researcher-01')] },
  { mark: 'cross', parts: [{ text: 'analyst-02' }, dim('dead · since 10:40')] },
  { mark: 'ring', parts: [{ text: 'writer-01' }, dim('declared, never seen · compose.yml:31')] },
  { mark: 'self', parts: [{ text: 'this window' }, dim('alive · 127.0.0.1:17946 · observing')] },
];

const ask: readonly Line[] = [
  { parts: [{ text: 'Ask researcher' }] },
  { parts: [{ ...mono('{"query": "What is in stock?"}'), colour: 'accent' }] },
  { parts: [] },
  { mark: 'pass', parts: [dim('Answered at 10:44:09, after 2.1 s')] },
  { indent: 1, parts: [mono('{"answer": "12 boxes"}')] },
];

const readiness: readonly Line[] = [
  { mark: 'pass', parts: [{ text: 'P1 A model provider is configured' }] },
  { mark: 'cross', parts: [{ text: 'P5 Blob storage survives a restart' }, dim('compose.yml:18')] },
  { mark: 'pass', parts: [{ text: 'P10 Ports and seeds are right for the fleet' }] },
  { mark: 'ring', parts: [{ text: 'S2 NEXUS_SECRET is set' }, dim('confirm by hand')] },
];

const run: readonly Line[] = [
  { mark: 'pass', parts: [{ text: 'name' }, dim('127.0.0.1')] },
  { mark: 'pass', parts: [{ text: 'udp' }, dim('answers in 1 ms')] },
  { mark: 'pass', parts: [{ text: 'tcp' }, dim('accepts')] },
  { mark: 'cross', parts: [{ text: 'zmq' }, dim('nobody at 127.0.0.1:8110')] },
  { indent: 1, parts: [dim('likeliest: ZMQ_PORT_OFFSET differs · .env:4')] },
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
  'effective.svg': rows('EFFECTIVE SETTINGS OF RESEARCHER-01', effective),
  'peers.svg': rows('FLEET PEERS   2 of 4 alive', peers),
  'map.svg': map(),
  'ask.svg': rows('ASK PEER', ask),
  'readiness.svg': rows('READINESS', readiness),
  'doctor.svg': rows('DIAGNOSE CONNECTION   coder-01', run),
};
