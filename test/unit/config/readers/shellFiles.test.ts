/** Env files that shell scripts read. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('files a script reads', () => {
  test.each<[string, string[]]>([
    [
      'source .env\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 1:0, framework maybe',
        'command "python a.py" «python a.py» 1:0',
        'program file a.py «a.py» 1:7',
        'network host',
        'mark source ".env" «.env» 0:7',
      ],
    ],
    [
      'set -a; . ./prod.env; set +a\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 1:0, framework maybe',
        'env file ./prod.env «./prod.env» 0:10, python-dotenv, by the shell',
        'command "python a.py" «python a.py» 1:0',
        'program file a.py «a.py» 1:7',
        'network host',
        'mark source "./prod.env" «./prod.env» 0:10',
      ],
    ],
    [
      'set -a\nsource "my .env"\nsource\npython a.py\nenv -i python b.py',
      [
        'launch:0 (launch) "a" «python a.py» 3:0, framework maybe',
        'env file my .env «\\"my .env\\"» 1:7, python-dotenv, by the shell',
        'command "python a.py" «python a.py» 3:0',
        'program file a.py «a.py» 3:7',
        'network host',
        'launch:1 (launch) "b" «env -i python b.py» 4:0, framework maybe',
        'command "python b.py" «env -i python b.py» 4:0',
        'program file b.py «b.py» 4:14',
        'network host',
        'mark source "my .env" «\\"my .env\\"» 1:7',
      ],
    ],
    [
      "export $(grep -v '^#' .env | xargs)\npython a.py",
      [
        'launch:0 (launch) "a" «python a.py» 1:0, framework maybe',
        "env file .env «$(grep -v '^#' .env | xargs)» 0:7, python-dotenv, by the shell",
        'command "python a.py" «python a.py» 1:0',
        'program file a.py «a.py» 1:7',
        'network host',
      ],
    ],
    [
      'export $(cat "conf/node.env")\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 1:0, framework maybe',
        'env file conf/node.env «$(cat \\"conf/node.env\\")» 0:7, python-dotenv, by the shell',
        'command "python a.py" «python a.py» 1:0',
        'program file a.py «a.py» 1:7',
        'network host',
      ],
    ],
    [
      'export $(sed s/x/y/ a.env.local)\nexport $(cut .env)\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 2:0, framework maybe',
        'env file a.env.local «$(sed s/x/y/ a.env.local)» 0:7, python-dotenv, by the shell',
        'command "python a.py" «python a.py» 2:0',
        'program file a.py «a.py» 2:7',
        'network host',
      ],
    ],
    [
      'dotenv -f x.env run -- python a.py',
      [
        'launch:0 (launch) "a" «dotenv -f x.env run -- python a.py» 0:0, framework maybe',
        'env file x.env «x.env» 0:10, python-dotenv',
        'command "dotenv a.py" «dotenv -f x.env run -- python a.py» 0:0',
        'program file a.py «a.py» 0:30',
        'network host',
      ],
    ],
    [
      'dotenv --file=x.env run -- python a.py',
      [
        'launch:0 (launch) "a" «dotenv --file=x.env run -- python a.py» 0:0, framework maybe',
        'env file x.env «x.env» 0:14, python-dotenv',
        'command "dotenv a.py" «dotenv --file=x.env run -- python a.py» 0:0',
        'program file a.py «a.py» 0:34',
        'network host',
      ],
    ],
    [
      'uv run --env-file x.env python a.py',
      [
        'launch:0 (launch) "a" «uv run --env-file x.env python a.py» 0:0, framework maybe',
        'env file x.env «x.env» 0:18, python-dotenv',
        'command "uv a.py" «uv run --env-file x.env python a.py» 0:0',
        'program file a.py «a.py» 0:31',
        'network host',
      ],
    ],
    [
      'uv run --env-file=x.env a.py',
      [
        'launch:0 (launch) "a" «uv run --env-file=x.env a.py» 0:0, framework maybe',
        'env file x.env «x.env» 0:18, python-dotenv',
        'command "uv a.py" «uv run --env-file=x.env a.py» 0:0',
        'program file a.py «a.py» 0:24',
        'network host',
      ],
    ],
    [
      'uv run -f x.env a.py # --env-file',
      [
        'launch:0 (launch) "a" «uv run -f x.env a.py» 0:0, framework no',
        'command "uv a.py" «uv run -f x.env a.py» 0:0',
        'program file a.py «a.py» 0:16',
        'network host',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('deploy/start.sh', text)).toEqual(expected);
  });
});
