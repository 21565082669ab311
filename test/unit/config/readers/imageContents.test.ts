/** What Dockerfiles install and copy, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('RUN, COPY and VOLUME', () => {
  test.each<[string, string[]]>([
    [
      'FROM python\nRUN pip install jarviscore-framework[p2p]==3.0.0 && apt-get install -y bubblewrap',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'image "python" «python» 0:5',
        'command jarviscore-framework[p2p]==3.0.0 «jarviscore-framework[p2p]==3.0.0» 1:16',
        'mark bubblewrap «bubblewrap» 1:71',
      ],
    ],
    [
      'FROM python\nRUN ["pip", "install", "jarviscore"]',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nRUN apt install bwrap; uv pip install "swim-p2p>=1"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command swim-p2p[]>=1 «swim-p2p>=1» 1:39',
        'mark bubblewrap «bwrap» 1:16',
      ],
    ],
    [
      'FROM python\nRUN echo bubblewrap-x',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nCOPY .env /app/',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-env ".env" «.env» 1:5',
      ],
    ],
    [
      'FROM python\nCOPY a.env b.env.x .env.local /app/',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-env "a.env" «a.env» 1:5',
        'mark copy-env ".env.local" «.env.local» 1:19',
      ],
    ],
    [
      'FROM python\nCOPY .env.example /app/',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nCOPY . .',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-all "." «.» 1:5',
      ],
    ],
    [
      'FROM python\nCOPY ./ /app',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-all "./" «./» 1:5',
      ],
    ],
    [
      'FROM python\nCOPY * /app/',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-all "*" «*» 1:5',
      ],
    ],
    [
      'FROM python\nCOPY --chown=a . /app',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-all "." «.» 1:15',
      ],
    ],
    [
      'FROM python\nCOPY --from=b .env /app',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nADD conf\\.env /x',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-env "conf.env" «conf\\\\.env» 1:4',
      ],
    ],
    [
      'FROM python\nADD conf/.env /x',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark copy-env "conf/.env" «conf/.env» 1:4',
      ],
    ],
    [
      'FROM python\nCOPY .env',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    ['FROM python\nCOPY', ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5']],
    [
      'FROM python\nCOPY .envrc /x',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nVOLUME /a /b',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark volume "/a" «/a» 1:7',
        'mark volume "/b" «/b» 1:10',
      ],
    ],
    [
      'FROM python\nVOLUME ["/a", "/b c"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'mark volume "/a" «/a» 1:9',
        'mark volume "/b c" «/b c» 1:15',
      ],
    ],
    ['FROM python\nVOLUME', ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5']],
  ])('%j', (text, expected) => {
    expect(shown('Dockerfile', text)).toEqual(expected);
  });
});
