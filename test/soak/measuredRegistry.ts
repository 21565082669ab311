/** The registry in a process of its own, as registryHost.ts runs it, which also tells how busy its loop was. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { registryCommandSchema } from '#schemas/registry/host.ts';
import { Registry } from '#server/registry/host/registry.ts';

const registry = new Registry((event) => process.send?.(event), 'jarviscore-fleet/measured');
const delay = monitorEventLoopDelay({ resolution: 1 });
process.on('message', (raw) => {
  if (raw === 'measure') {
    delay.enable();
    delay.reset();
  } else if (raw === 'figures') {
    // The resolution of 1 ms is part of every sample.
    const { heapUsed, rss } = process.memoryUsage();
    process.send?.({
      event: 'figures',
      p50: delay.percentile(50) / 1e6,
      p99: delay.percentile(99) / 1e6,
      max: delay.max / 1e6,
      heapUsed,
      rss,
    });
  } else {
    const command = registryCommandSchema.parse(raw);
    if (command.command === 'start') void registry.start(command.config);
    else if (command.command === 'stop') {
      registry.stop();
      process.exit(0);
    } else registry.command(command);
  }
});
