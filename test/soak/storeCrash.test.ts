/** The crash test of the store, two hundred times. */
process.env.STORE_KILLS = '200';
await import('../sockets/registry/storeCrash.test.ts');
