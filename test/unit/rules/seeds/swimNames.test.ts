/** What the rules of config/rules/seeds/swimNames.ts say. */
import { env } from '../said.ts';
import { says } from '../says.ts';

says('swim-seed-var', [
  [
    env('SWIM_SEED_NODES=a:1', 'SWIM_BIND_ADDRESS=h'),
    [
      '.env:1:1 warning [SWIM_SEED_NODES] SWIM_SEED_NODES is read by the swim command line only; JarvisCore takes JARVISCORE_SEED_NODES.',
      '  asks: Remove SWIM_SEED_NODES',
      '    -SWIM_SEED_NODES=a:1',
      '.env:2:1 warning [SWIM_BIND_ADDRESS] SWIM_BIND_ADDRESS is read by the swim command line only; JarvisCore takes JARVISCORE_BIND_HOST and JARVISCORE_BIND_PORT.',
      '  asks: Remove SWIM_BIND_ADDRESS',
      '    -SWIM_BIND_ADDRESS=h',
    ],
  ],
  [
    env('swim_seed_nodes=a:1'),
    [
      '.env:1:1 warning [SWIM_SEED_NODES] swim_seed_nodes is read by the swim command line only; JarvisCore takes JARVISCORE_SEED_NODES.',
      '  asks: Remove swim_seed_nodes',
      '    -swim_seed_nodes=a:1',
    ],
  ],
]);
