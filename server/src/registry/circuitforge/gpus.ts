/** The GPUs of this machine, as the agent of circuitforge-core 0.7.0 reads them. */
import { execFile } from 'node:child_process';
import type { GpuRecord } from '#schemas/wire/circuitForge.ts';

const query = ['--query-gpu=index,name,memory.total,memory.used,memory.free', '--format=csv,noheader,nounits'];
const limitMs = 5_000;

/** Empty where `nvidia-smi` is missing, fails or takes longer than 5 s. Never rejects. */
export function readGpus(): Promise<GpuRecord[]> {
  return new Promise((resolve) => {
    execFile('nvidia-smi', query, { timeout: limitMs, maxBuffer: 65_536, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? parseGpus(stdout) : []),
    );
  });
}

/** Lines `0, NVIDIA GeForce RTX 3090, 24576, 1024, 23552`; a line of another shape is left out. */
export function parseGpus(csv: string): GpuRecord[] {
  return csv.split('\n').flatMap((line) => {
    const cells = line.split(',').map((cell) => cell.trim());
    const [index, name] = cells;
    const [total, used, free] = cells.slice(2).map(Number);
    if (cells.length !== 5 || index === undefined || name === undefined || !/^\d+$/.test(index)) return [];
    if (total === undefined || used === undefined || free === undefined || !(total >= 0 && used >= 0 && free >= 0)) return [];
    return [{ gpu_id: Number(index), name, vram_total_mb: total, vram_used_mb: used, vram_free_mb: free }];
  });
}

/** Answers within two seconds of each other share one run of `nvidia-smi`: whoever reaches the port must not start a hundred. */
const shareMs = 2_000;

export function gpuReader(read: () => Promise<GpuRecord[]> = readGpus): () => Promise<GpuRecord[]> {
  let last: { readonly at: number; readonly gpus: Promise<GpuRecord[]> } | null = null;
  return () => {
    const at = performance.now();
    if (last === null || at - last.at > shareMs) last = { at, gpus: read() };
    return last.gpus;
  };
}
