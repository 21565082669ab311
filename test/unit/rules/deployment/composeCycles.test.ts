/** What the rules of config/rules/deployment/composeCycles.ts say. */

import { says } from '../says.ts';

says('compose-cycle', [
  [
    { 'compose.yml': 'include:\n  - compose.yml\nservices:\n  a: {image: x}\n' },
    ['compose.yml:2:5 error The file includes itself: compose stops with an error and starts nothing.'],
  ],
  [
    {
      'compose.yml': 'include:\n  - b.yml\nservices:\n  a: {image: x}\n',
      'b.yml': 'include:\n  - compose.yml\nservices:\n  b: {image: x}\n',
    },
    [
      'compose.yml:2:5 error The file includes b.yml, which leads back to this file: compose stops with an error and starts nothing.',
      '  see b.yml:2:5 b.yml includes the next file',
    ],
  ],
  [
    {
      'compose.yml': 'include:\n  - compose.b.yml\n',
      'compose.b.yml': 'include: [compose.c.yml]\n',
      'compose.c.yml': 'include: [compose.yml]\n',
    },
    [
      'compose.yml:2:5 error The file includes compose.b.yml, which leads back to this file: compose stops with an error and starts nothing.',
      '  see compose.b.yml:1:11 compose.b.yml includes the next file',
      '  see compose.c.yml:1:11 compose.c.yml includes the next file',
    ],
  ],
  [{ 'compose.yml': 'include:\n  - compose.b.yml\n', 'compose.b.yml': 'services:\n  b: {image: x}\n' }, []],
  [
    { 'compose.yml': 'services:\n  a:\n    extends: a\n' },
    [
      'compose.yml:3:14 error The service extends itself, which leads back to it: compose stops with an error and starts nothing.',
    ],
  ],
  [
    { 'compose.yml': 'services:\n  a:\n    extends: b\n  b:\n    extends: a\n' },
    ['compose.yml:5:14 error The service extends a, which leads back to it: compose stops with an error and starts nothing.'],
  ],
  [
    {
      'compose.yml': 'services:\n  a:\n    extends: {service: b, file: compose.b.yml}\n',
      'compose.b.yml': 'services:\n  b:\n    extends: {service: a, file: compose.yml}\n',
    },
    [
      'compose.b.yml:3:14 error b extends a of compose.yml, which leads back to it: compose stops with an error and starts nothing.',
      '  see compose.yml:3:14 a extends the next service',
    ],
  ],
  [{ 'compose.yml': 'services:\n  a:\n    extends: b\n  b:\n    extends: c\n  c:\n    image: x\n' }, []],
  [
    { 'compose.yml': 'services:\n  a:\n    extends: b\n  b:\n    extends: c\n  c:\n    extends: b\n' },
    ['compose.yml:7:14 error The service extends b, which leads back to it: compose stops with an error and starts nothing.'],
  ],
]);
