import { describe, expect, test } from 'vitest';
import { candidatePorts, checkAddress } from '#server/mesh/host/ports.ts';
import { netConfig } from './nodeNet.ts';
import { seeded } from './support.ts';

describe('an address that peers could not use is refused with the reason', () => {
  test.each([
    [{ host: '0.0.0.0' }, 'announces itself as 0.0.0.0'],
    [{ host: 'fleet.example' }, 'is a name'],
    [{ host: '256.1.1.1' }, 'is a name'],
    [{ host: '::1' }, 'is IPv6'],
    [{ port: 64_536 }, 'Port 64536 is above 64535'],
    [{ port: 60_000, zmqOffset: 6_000 }, 'gives 66000, which is no port'],
  ])('%j', (change, reason) => {
    const error = checkAddress({ ...netConfig, ...change });
    expect(error?.code).toBe('bad-address');
    expect(error?.message).toContain(reason);
  });

  test('what they can use is not', () => {
    expect(checkAddress({ ...netConfig, port: 64_535 })).toBeNull();
    expect(checkAddress({ ...netConfig, port: null })).toBeNull();
    expect(checkAddress({ ...netConfig, host: '10.0.0.7' })).toBeNull();
  });
});

describe('the choice of a port', () => {
  test('a wanted port is the only candidate, declared or not', () => {
    expect([...candidatePorts({ ...netConfig, port: 7_946, avoidPorts: [7_946] }, seeded(1))]).toEqual([7_946]);
  });

  test('free choices keep clear of declared ports, derived ones and the ephemeral range', () => {
    const avoidPorts = Array.from({ length: 5_000 }, (_, index) => 20_000 + 2 * index);
    const declared = new Set(avoidPorts);
    const ports = [...candidatePorts({ ...netConfig, port: null, avoidPorts }, seeded(2))];
    expect(ports.length).toBeGreaterThan(20);
    for (const port of ports) {
      expect(declared.has(port) || declared.has(port + 1_000)).toBe(false);
      expect(port).toBeGreaterThanOrEqual(20_000);
      expect(port + 1_000).toBeLessThan(32_768);
    }
  });

  test('with a large offset the ZeroMQ port still exists', () => {
    for (const port of candidatePorts({ ...netConfig, port: null, zmqOffset: 60_000 }, seeded(3))) {
      expect(port).toBeGreaterThanOrEqual(1_024);
      expect(port + 60_000).toBeLessThanOrEqual(65_535);
    }
  });

  test('an offset that leaves only reserved ports leaves none', () => {
    expect([...candidatePorts({ ...netConfig, port: null, zmqOffset: 64_534 }, seeded(5))]).toEqual([]);
  });

  test('where everything is declared, nothing is tried for ever', () => {
    const avoidPorts = Array.from({ length: 12_000 }, (_, index) => 20_000 + index);
    expect([...candidatePorts({ ...netConfig, port: null, avoidPorts }, seeded(4))]).toEqual([]);
  });
});
