/** The relay interop test with nodes that stay for 150 s. */
process.env.RELAY_LIVE_MS = '150000';
await import('../interop/registry/relay.test.ts');
