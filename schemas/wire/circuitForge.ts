/**
 * HTTP bodies between a CircuitForge coordinator and its agents (circuitforge-core 0.7.0: coordinator/app.py,
 * coordinator/agent_supervisor.py, agent/app.py). Unknown keys are ignored, as FastAPI ignores them.
 */
import * as z from 'zod';
import { maxNodeIdLength } from '../registry/knownNode.ts';

/** Longest URL that is stored or fetched. */
export const maxUrlLength = 2_048;
/** No machine has more; an agent that says so is wrong or hostile. */
const maxGpus = 256;
const maxResidents = 1_024;

/** Body of `POST /api/nodes` and `POST /api/nodes/register`. The URL itself is checked by `agentUrl`. */
export const registrationSchema = z.object({
  node_id: z.string().min(1).max(maxNodeIdLength),
  agent_url: z.string().min(1).max(maxUrlLength),
});
export type Registration = z.infer<typeof registrationSchema>;

export const gpuRecordSchema = z.object({
  gpu_id: z.int().nonnegative(),
  name: z.string().max(256),
  vram_total_mb: z.number().nonnegative(),
  vram_used_mb: z.number().nonnegative(),
  vram_free_mb: z.number().nonnegative(),
});
export type GpuRecord = z.infer<typeof gpuRecordSchema>;

/** Reply of an agent's `GET /gpu-info`. */
export const gpuInfoSchema = z.object({
  node_id: z.string().max(maxNodeIdLength).optional(),
  gpus: z.array(gpuRecordSchema).max(maxGpus),
});
export type GpuInfo = z.infer<typeof gpuInfoSchema>;

/** Reply of an agent's `GET /resident-info`; an agent without that path is as good as one without residents. */
export const residentInfoSchema = z.object({
  residents: z.array(z.object({ service: z.string().max(256), model_name: z.string().max(256).nullish() })).max(maxResidents),
});
export type ResidentInfo = z.infer<typeof residentInfoSchema>;

/** Reply of `GET /api/nodes`; `last_heartbeat` in seconds since 1970. */
export const nodeListSchema = z.object({
  nodes: z.array(
    z.object({
      node_id: z.string(),
      agent_url: z.string(),
      last_heartbeat: z.number(),
      gpus: z.array(gpuRecordSchema),
    }),
  ),
});
export type NodeList = z.infer<typeof nodeListSchema>;
