/** Lines of shell scripts as the shell divides them. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('lines, quotes, comments and here-documents', () => {
  test.each<[string, string[]]>([
    [
      'P2P_A=1 \\\n  P2P_B=2 \\\n  python a.py',
      [
        'launch:0 (launch) "a" «P2P_A=1 \\\\\\n  P2P_B=2 \\\\\\n  python a.py» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 0:0, name 0:0-5, value 0:6-7, of launch:0',
        'P2P_B = <set 1> «P2P_B=2» 1:2, name 1:2-7, value 1:8-9, of launch:0',
        'command "python a.py" «P2P_A=1 \\\\\\n  P2P_B=2 \\\\\\n  python a.py» 0:0',
        'program file a.py «a.py» 2:9',
        'network host',
        'of the document: P2P_A P2P_B',
        'declares launch:0',
      ],
    ],
    [
      'P2P_B=2 python b.py\r\n\r\npython a.py\r\n',
      [
        'launch:0 (launch) "b" «P2P_B=2 python b.py» 0:0, framework yes',
        'P2P_B = <set 1> «P2P_B=2» 0:0, name 0:0-5, value 0:6-7, of launch:0',
        'command "python b.py" «P2P_B=2 python b.py» 0:0',
        'program file b.py «b.py» 0:15',
        'network host',
        'launch:1 (launch) "a" «python a.py» 2:0, framework maybe',
        'command "python a.py" «python a.py» 2:0',
        'program file a.py «a.py» 2:7',
        'network host',
        'of the document: P2P_B',
        'declares launch:0',
      ],
    ],
    [
      '# python no.py\npython a.py # python no.py\npython b.py #x',
      [
        'launch:0 (launch) "a" «python a.py» 1:0, framework maybe',
        'command "python a.py" «python a.py» 1:0',
        'program file a.py «a.py» 1:7',
        'network host',
        'launch:1 (launch) "b" «python b.py» 2:0, framework maybe',
        'command "python b.py" «python b.py» 2:0',
        'program file b.py «b.py» 2:7',
        'network host',
      ],
    ],
    [
      'echo "a\npython no.py\n"\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 3:0, framework maybe',
        'command "python a.py" «python a.py» 3:0',
        'program file a.py «a.py» 3:7',
        'network host',
      ],
    ],
    [
      "echo 'a \\'\npython a.py",
      [
        'launch:0 (launch) "a" «python a.py» 1:0, framework maybe',
        'command "python a.py" «python a.py» 1:0',
        'program file a.py «a.py» 1:7',
        'network host',
      ],
    ],
    [
      'cat <<EOF\npython no.py\nEOF\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 3:0, framework maybe',
        'command "python a.py" «python a.py» 3:0',
        'program file a.py «a.py» 3:7',
        'network host',
      ],
    ],
    [
      'cat <<-"END" > x\npython no.py\n\tEND\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 3:0, framework maybe',
        'command "python a.py" «python a.py» 3:0',
        'program file a.py «a.py» 3:7',
        'network host',
      ],
    ],
    [
      "cat <<'A' <<B\npython no.py\nA\npython no2.py\nB\npython a.py",
      [
        'launch:0 (launch) "a" «python a.py» 5:0, framework maybe',
        'command "python a.py" «python a.py» 5:0',
        'program file a.py «a.py» 5:7',
        'network host',
      ],
    ],
    [
      'cat <<< EOF\npython a.py',
      [
        'launch:0 (launch) "a" «python a.py» 1:0, framework maybe',
        'command "python a.py" «python a.py» 1:0',
        'program file a.py «a.py» 1:7',
        'network host',
      ],
    ],
    ['cat <<EOF\npython no.py', []],
    [
      'x=a#b python a.py',
      [
        'launch:0 (launch) "a" «x=a#b python a.py» 0:0, framework maybe',
        'x = <set 3> «x=a#b» 0:0, name 0:0-1, value 0:2-5, of launch:0',
        'command "python a.py" «x=a#b python a.py» 0:0',
        'program file a.py «a.py» 0:13',
        'network host',
      ],
    ],
    [
      'python a.py;python b.py',
      [
        'launch:0 (launch) "a" «python a.py» 0:0, framework maybe',
        'command "python a.py" «python a.py» 0:0',
        'program file a.py «a.py» 0:7',
        'network host',
        'launch:1 (launch) "b" «python b.py» 0:12, framework maybe',
        'command "python b.py" «python b.py» 0:12',
        'program file b.py «b.py» 0:19',
        'network host',
      ],
    ],
    [
      'python a.py > log',
      [
        'launch:0 (launch) "a" «python a.py > log» 0:0, framework maybe',
        'command "python a.py" «python a.py > log» 0:0',
        'program file a.py «a.py» 0:7',
        'network host',
      ],
    ],
    ['P2P_A="un', []],
    [
      'python "my app.py"',
      [
        'launch:0 (launch) "my app" «python \\"my app.py\\"» 0:0, framework maybe',
        'command "python my app.py" «python \\"my app.py\\"» 0:0',
        'program file my app.py «\\"my app.py\\"» 0:7',
        'network host',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('deploy/start.sh', text)).toEqual(expected);
  });
});

describe('scripts that only export, and scripts of other programs', () => {
  test.each<[string, string[]]>([
    [
      'export P2P_A=1\nexport LOG_LEVEL=2\n',
      [
        'launch:0 (launch) "start" «P2P_A=1» 0:7, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 0:7, name 0:7-12, value 0:13-14, of launch:0',
        'LOG_LEVEL = "2" «LOG_LEVEL=2» 1:7, name 1:7-16, value 1:17-18, of launch:0',
        'network host',
        'of the document: P2P_A LOG_LEVEL',
        'declares launch:0',
        'lines of their own: 0 1',
      ],
    ],
    ['export LOG_LEVEL=2 # JARVISCORE_', []],
    ['P2P_A=1\n', []],
    ['echo hello\nX=1 ./y', []],
    [
      'pip install "jarviscore-framework[p2p,x] >= 3.0" && python a.py',
      [
        'launch:0 (launch) "a" «python a.py» 0:52, framework maybe',
        'command "python a.py" «python a.py» 0:52',
        'program file a.py «a.py» 0:59',
        'network host',
        'command jarviscore-framework[p2p,x]>=3.0 «jarviscore-framework[p2p,x] >= 3.0» 0:13',
      ],
    ],
    [
      'python -m pip install jarviscore==1.0 swim-p2p; uv add jarviscore_framework~=3.0,!=3.1',
      [
        'launch:0 (launch) "pip" «python -m pip install jarviscore==1.0 swim-p2p» 0:0, framework maybe',
        'command "python pip" «python -m pip install jarviscore==1.0 swim-p2p» 0:0',
        'program module pip «pip» 0:10',
        'network host',
        'command jarviscore[]==1.0 «jarviscore==1.0» 0:22',
        'command swim-p2p[] «swim-p2p» 0:38',
        'command jarviscore_framework[]~=3.0,!=3.1 «jarviscore_framework~=3.0,!=3.1» 0:55',
      ],
    ],
    ['npm install jarviscore-framework # python', []],
  ])('%j', (text, expected) => {
    expect(shown('deploy/start.sh', text)).toEqual(expected);
  });
});
