/** Requirements files and install lines, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('requirements files', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['jarviscore-framework', ['requirement jarviscore-framework[] «jarviscore-framework» 0:0']],
    ['jarviscore-framework\n', ['requirement jarviscore-framework[] «jarviscore-framework» 0:0']],
    ['jarviscore-framework==3.0.0', ['requirement jarviscore-framework[]==3.0.0 «jarviscore-framework==3.0.0» 0:0']],
    ['jarviscore-framework == 3.0.0 # c', ['requirement jarviscore-framework[]==3.0.0 «jarviscore-framework == 3.0.0» 0:0']],
    ['jarviscore-framework[p2p]==3.0.0', ['requirement jarviscore-framework[p2p]==3.0.0 «jarviscore-framework[p2p]==3.0.0» 0:0']],
    [
      'jarviscore-framework[p2p, x ,]>=1,<2; python_version > "3"',
      ['requirement jarviscore-framework[p2p,x]>=1,<2 «jarviscore-framework[p2p, x ,]>=1,<2» 0:0'],
    ],
    [
      'jarviscore-framework [p2p] (>=1, <2)',
      ['requirement jarviscore-framework[p2p]>=1,<2 «jarviscore-framework [p2p] (>=1, <2)» 0:0'],
    ],
    ['jarviscore-framework~=3.0', ['requirement jarviscore-framework[]~=3.0 «jarviscore-framework~=3.0» 0:0']],
    ['jarviscore-framework===3', ['requirement jarviscore-framework[]===3 «jarviscore-framework===3» 0:0']],
    ['jarviscore-framework!=3.*', ['requirement jarviscore-framework[]!=3.* «jarviscore-framework!=3.*» 0:0']],
    ['jarviscore-framework>=3,', ['requirement jarviscore-framework[]>=3 «jarviscore-framework>=3,» 0:0']],
    ['jarviscore-framework=3', ['requirement jarviscore-framework[]=3 «jarviscore-framework=3» 0:0']],
    ['JarvisCore-Framework==1', ['requirement JarvisCore-Framework[]==1 «JarvisCore-Framework==1» 0:0']],
    ['Jarviscore.Framework==1', ['requirement Jarviscore.Framework[]==1 «Jarviscore.Framework==1» 0:0']],
    ['jarviscore_framework==1', ['requirement jarviscore_framework[]==1 «jarviscore_framework==1» 0:0']],
    ['jarviscore--framework==1', ['requirement jarviscore--framework[]==1 «jarviscore--framework==1» 0:0']],
    ['jarviscore==1', ['requirement jarviscore[]==1 «jarviscore==1» 0:0']],
    ['swim-p2p', ['requirement swim-p2p[] «swim-p2p» 0:0']],
    ['python-dotenv==1.2', ['requirement python-dotenv[]==1.2 «python-dotenv==1.2» 0:0']],
    ['jarviscore-frameworks==1', []],
    ['x-jarviscore==1', []],
    ['jarviscore-x', []],
    ['python', []],
    ['swim', []],
    ['JARVISCORE==1', []],
    ['# jarviscore-framework==1', []],
    ['x # jarviscore-framework==1', []],
    ['  jarviscore-framework==1', ['requirement jarviscore-framework[]==1 «jarviscore-framework==1» 0:2']],
    ['"jarviscore-framework==1"', ['requirement jarviscore-framework[]==1 «jarviscore-framework==1» 0:1']],
    ['-e jarviscore-framework', []],
    ['--x jarviscore-framework', []],
    ['a/jarviscore-framework', []],
    [
      'jarviscore-framework @ https://h/jarviscore_framework-3.0.0-py3-none-any.whl',
      ['requirement jarviscore-framework[]==3.0.0 «jarviscore-framework» 0:0'],
    ],
    ['jarviscore-framework @ https://h/x-3.0.tar.gz#y', ['requirement jarviscore-framework[]==3.0 «jarviscore-framework» 0:0']],
    ['jarviscore-framework @ https://h/x-3.zip', ['requirement jarviscore-framework[] «jarviscore-framework» 0:0']],
    [
      'jarviscore-framework[p2p] @ file:///x-1.2.3.zip ; x',
      ['requirement jarviscore-framework[p2p]==1.2.3 «jarviscore-framework[p2p]» 0:0'],
    ],
    ['jarviscore-framework @ git+https://h/x', ['requirement jarviscore-framework[] «jarviscore-framework» 0:0']],
    [
      'jarviscore-framework==1\r\njarviscore-framework==2\r\n',
      [
        'requirement jarviscore-framework[]==1 «jarviscore-framework==1» 0:0',
        'requirement jarviscore-framework[]==2 «jarviscore-framework==2» 1:0',
      ],
    ],
    ['jarviscore-framework==1 \\\n  --hash=x', ['requirement jarviscore-framework[]==1 «jarviscore-framework==1» 0:0']],
    ['jarviscore-framework\n==3', ['requirement jarviscore-framework[] «jarviscore-framework» 0:0']],
    [
      '# jarviscore: ignore a\njarviscore-framework',
      [
        'line 1 silences [a «a» 0:21] «# jarviscore: ignore a» 0:0',
        'requirement jarviscore-framework[] «jarviscore-framework» 1:0',
      ],
    ],
    [
      '; jarviscore: ignore a\njarviscore-framework',
      [
        'line 1 silences [a «a» 0:21] «; jarviscore: ignore a» 0:0',
        'requirement jarviscore-framework[] «jarviscore-framework» 1:0',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('requirements.txt', text)).toEqual(expected);
  });
});

describe('setup.cfg', () => {
  test.each<[string, string[]]>([
    [
      '[options]\ninstall_requires =\n  jarviscore-framework>=1\npython_requires = >=3.10\n',
      ['requirement jarviscore-framework[]>=1 «jarviscore-framework>=1» 2:2', 'mark requires-python ">=3.10" «>=3.10» 3:18'],
    ],
    ['python_requires=>=3.10 # c', ['mark requires-python ">=3.10" «>=3.10» 0:16']],
    ['xpython_requires = 1', []],
    ['python_requires =', []],
  ])('%j', (text, expected) => {
    expect(shown('setup.cfg', text)).toEqual(expected);
  });
});

describe('documents', () => {
  test.each<[string, string[]]>([
    ['pip install jarviscore-framework', []],
    ['```\npip install jarviscore-framework==1\n```', ['documentation jarviscore-framework[]==1 «jarviscore-framework==1» 1:12']],
    [
      '```sh\n$ pip install "jarviscore-framework[p2p]"\n```\npip install jarviscore-framework',
      ['documentation jarviscore-framework[p2p] «jarviscore-framework[p2p]» 1:15'],
    ],
    ['    pip install jarviscore-framework', ['documentation jarviscore-framework[] «jarviscore-framework» 0:16']],
    ['\tpip install jarviscore-framework', ['documentation jarviscore-framework[] «jarviscore-framework» 0:13']],
    ['`pip install jarviscore-framework`', ['documentation jarviscore-framework[] «jarviscore-framework» 0:13']],
    [
      'Run `pip install jarviscore-framework==1` or `uv add jarviscore-framework`.',
      [
        'documentation jarviscore-framework[]==1 «jarviscore-framework==1» 0:17',
        'documentation jarviscore-framework[] «jarviscore-framework» 0:53',
      ],
    ],
    ['Do not `pip install jarviscore`', []],
    [
      '```\n# wrong:\npip install jarviscore\npip install jarviscore-framework\n```',
      ['documentation jarviscore-framework[] «jarviscore-framework» 3:12'],
    ],
    ['```\n# right:\npip install jarviscore\n```', ['documentation jarviscore[] «jarviscore» 2:12']],
    ['> ```\n> pip install jarviscore\n> ```', ['documentation jarviscore[] «jarviscore» 1:14']],
    [
      '~~~\npip install jarviscore\n```\npip install jarviscore\n~~~\npip install jarviscore',
      ['documentation jarviscore[] «jarviscore» 1:12', 'documentation jarviscore[] «jarviscore» 3:12'],
    ],
    ['````\n```\npip install jarviscore\n````', ['documentation jarviscore[] «jarviscore» 2:12']],
    ['- `pip install jarviscore`', ['documentation jarviscore[] «jarviscore» 0:15']],
    ['<!-- never -->\n`pip install jarviscore`', []],
    ['```\npip install x # jarviscore\n```', []],
    [
      '```\npip install jarviscore && pip install swim-p2p jarviscore\n```',
      [
        'documentation jarviscore[] «jarviscore» 1:12',
        'documentation swim-p2p[] «swim-p2p» 1:38',
        'documentation jarviscore[] «jarviscore» 1:47',
      ],
    ],
    [
      '```\npip install jarviscore xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n```',
      [],
    ],
    [
      '<!-- jarviscore: ignore a -->\n`pip install jarviscore`',
      ['line 1 silences [a «a» 0:24] «<!-- jarviscore: ignore a» 0:0', 'documentation jarviscore[] «jarviscore» 1:13'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('README.md', text)).toEqual(expected);
  });
});

describe('CI', () => {
  test.each<[string, string[]]>([
    ['run: pip install jarviscore', ['command jarviscore[] «jarviscore» 0:17']],
    ['- run: pip install jarviscore==1', ['command jarviscore[]==1 «jarviscore==1» 0:19']],
    ['  - run: |\n      pip install "jarviscore"\n', ['command jarviscore[] «jarviscore» 1:19']],
    ['script: pip install jarviscore', ['command jarviscore[] «jarviscore» 0:20']],
    ['- "pip install jarviscore"', ['command jarviscore[] «jarviscore» 0:15']],
    ["- 'pip install jarviscore'  ", ['command jarviscore[] «jarviscore» 0:15']],
    ['- "pip" install jarviscore', []],
    ['- "pip install jarviscore', ['command jarviscore[] «jarviscore» 0:15']],
    ['command: >- pip install jarviscore', ['command jarviscore[] «jarviscore» 0:24']],
    ['# pip install jarviscore', []],
    ['# wrong\n- pip install jarviscore', []],
    ['- pip install jarviscore # never', []],
    ['- poetry add jarviscore', ['command jarviscore[] «jarviscore» 0:13']],
    ['- pipx install jarviscore', ['command jarviscore[] «jarviscore» 0:15']],
    ['- conda install jarviscore', ['command jarviscore[] «jarviscore» 0:16']],
    ['- npm install jarviscore', []],
    ['- install jarviscore', []],
    ['- pip3.12 i jarviscore', ['command jarviscore[] «jarviscore» 0:12']],
    ['- pip install jarviscore<2', ['command jarviscore[] «jarviscore» 0:14']],
    ['- pip install jarviscore=2', []],
    ['- pip install -U jarviscore[p2p]>=1,<2', ['command jarviscore[p2p] «jarviscore[p2p]» 0:17']],
    ['- pip download jarviscore', []],
  ])('%j', (text, expected) => {
    expect(shown('.github/workflows/a.yml', text)).toEqual(expected);
  });
});
