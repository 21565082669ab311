import Mocha from 'mocha';

/** VS Code calls this inside the extension host; a rejected promise means failure. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  // Bundled into this file, so it registers its suites when it is evaluated, after the line above.
  await import('./extension.ts');
  await import('./editing.ts');
  const counts = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((done) => {
    const runner = mocha.run(() => done());
    runner.on('pass', () => counts.passed++);
    runner.on('fail', () => counts.failed++);
    runner.on('pending', () => counts.skipped++);
  });
  console.log(`FLEET_TEST_COUNTS ${JSON.stringify(counts)}`);
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed.`);
}
