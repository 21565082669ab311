/** The origin chain of a setting for each way the framework reads it: Settings, the raw Mesh dict, the environment itself. */
import { describe, expect, it } from 'vitest';
import { hover } from '#server/config/features/hover.ts';
import { effectiveReport } from '#server/config/model/effectiveReport.ts';
import { effectiveText } from '#server/report/effective.ts';
import { type Files, modelOf, pathOf, uriOf } from '../../rules/workspace.ts';
import { processesOf, shown } from './processes.ts';

const node = (dict: string): string => `from jarviscore import Mesh\nMesh(config={${dict}})\n`;
const compose = (environment: string): string =>
  `services:\n  a:\n    env_file: a.env\n    environment:\n${environment}    build: .\n    command: python node.py\n`;

/** `value origin applied`, the winner first, then what it hides. */
function reported(files: Files, name: string, setting: string, target = '3.0.0'): string[] {
  const report = effectiveReport(modelOf(files, { target }), { process: name, fileOf: pathOf });
  const found = report.processes[0]?.settings[setting];
  if (found === undefined) throw new Error(`${setting} is not reported`);
  return [found, ...(found.hides ?? [])].map((one) => {
    const place = one.origin.file === null ? '' : ` ${one.origin.file}:${one.origin.line}`;
    return `${'error' in one ? `refused: ${one.error}` : JSON.stringify(one.value)} ${one.origin.kind}${place} ${one.applied}`;
  });
}

describe('a field of Settings', () => {
  const files = {
    'compose.yml': compose('      JARVISCORE_BIND_PORT: 7948\n'),
    'a.env': 'JARVISCORE_BIND_PORT=7947\n',
    'node.py': node('"bind_port": 7949'),
  };

  it('is the dict, then the environment, then its file, then the default; losers are reported too', () => {
    expect(reported(files, 'a', 'JARVISCORE_BIND_PORT')).toEqual([
      '7949 mesh-config node.py:2 true',
      '7948 process-env compose.yml:5 true',
      '7947 process-env a.env:1 true',
      '7946 default true',
    ]);
  });

  it('reports a loser that would be refused', () => {
    const wrong = { ...files, 'a.env': 'JARVISCORE_BIND_PORT=7,947\n' };
    expect(reported(wrong, 'a', 'JARVISCORE_BIND_PORT')[2]).toMatch(/^refused: .* process-env a\.env:1/);
  });
});

describe('a setting of the raw Mesh dict', () => {
  const files = { '.env': 'EXECUTION_TIMEOUT=100\n', 'node.py': node('"execution_timeout": 200') };

  it('counts in the dict only', () => {
    expect(reported(files, 'node', 'EXECUTION_TIMEOUT')).toEqual([
      '200 mesh-config node.py:2 true',
      '100 env-file .env:1 false',
      '300 default null',
    ]);
    expect(reported({ ...files, 'node.py': node('') }, 'node', 'EXECUTION_TIMEOUT')[0]).toBe('100 env-file .env:1 false');
  });
});

describe('a setting read from the environment itself', () => {
  const files = { '.env': 'ATHENA_TENANT_ID=t\n', 'node.py': node('"athena_tenant_id": "d"') };

  it('counts in a file only where the release exports it, and never in the dict', () => {
    const fromFile = (target: string): string | undefined =>
      reported(files, 'node', 'ATHENA_TENANT_ID', target).find((line) => line.includes('env-file'));
    expect(fromFile('1.14.1')).toBe('"t" env-file .env:1 false');
    expect(fromFile('3.0.0')).toBe('"t" env-file .env:1 true');
    const unit = { ...files, 'compose.yml': compose('      ATHENA_TENANT_ID: c\n'), 'a.env': '' };
    expect(reported(unit, 'a', 'ATHENA_TENANT_ID', '1.14.1')[0]).toBe('"c" process-env compose.yml:5 true');
  });
});

describe('secrets', () => {
  const files = {
    'compose.yml': compose('      CLAUDE_API_KEY: sk-ant-hunter2\n'),
    'a.env': 'CLAUDE_API_KEY=\n',
    'node.py': node('"claude_api_key": "your-key-hunter2"'),
  };

  it('appear as set or empty in every place of the chain', () => {
    expect(reported(files, 'a', 'CLAUDE_API_KEY').map((line) => line.replace(/ (true|false|null)$/, ''))).toEqual([
      '"<set>" mesh-config node.py:2',
      '"<set>" process-env compose.yml:5',
      '"<empty>" process-env a.env:1',
      'null default',
    ]);
    const { settings } = processesOf(files).a ?? {};
    expect(settings?.get('CLAUDE_API_KEY')?.chain.map(shown)[0]).toMatch(/^<placeholder>/);
    const model = modelOf(files);
    expect(effectiveText(effectiveReport(model))).not.toContain('hunter2');
    expect(hover(model, uriOf('compose.yml'), { line: 4, character: 8 })?.markdown).not.toContain('hunter2');
  });
});

describe('what people see', () => {
  const files = {
    '.env': 'EXECUTION_TIMEOUT=100\nJARVISCORE_BIND_PORT=x\n',
    'node.py': node('"execution_timeout": 200, "bind_port": 7950'),
  };

  it('in text and hover names the losers, and whether they would count', () => {
    const text = effectiveText(effectiveReport(modelOf(files), { fileOf: pathOf }));
    expect(text).toContain('hides 100  (env-file .env:1, not applied');
    expect(text).toMatch(/hides refused: .*\(env-file \.env:2/);
    const markdown = (line: number, character: number): string =>
      hover(modelOf(files), uriOf('node.py'), { line, character })?.markdown ?? '';
    expect(markdown(1, 16)).toContain('hides `100` (env file, .env:1) (would not be applied), `300` (default)');
    expect(markdown(1, 44)).toContain('`x` (env file, .env:2) (would be refused)');
  });
});
