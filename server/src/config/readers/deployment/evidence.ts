/** Whether something that is started runs the framework, as far as its own lines tell. */
import type { DeploymentUnit } from '../../model/deployment.ts';

/** Names nobody but the framework (or its former releases) has. Names such as LOG_LEVEL, REDIS_URL or an API key prove nothing. */
const ownName =
  /^(JARVISCORE_\w+|JC_(SWIM|SEED)\w*|P2P_\w+|ZMQ_PORT_OFFSET|ACTIVITY_SUPPRESS_WINDOW|KEEPALIVE_(ENABLED|INTERVAL)|KERNEL_(MAX_TURNS|MAX_TOTAL_TOKENS|THINKING_BUDGET|ACTION_BUDGET|WALL_CLOCK_MS|ROUTER_\w+)|HITL_(ENABLED|MAX_CONFIDENCE|MIN_RISK_SCORE|TARGETS)|TYPESAFE_\w+|NEXUS_(GATEWAY_URL|SECRET|DEFAULT_USER_ID)|ATHENA_URL|CONVERGENCE_\w+|SUBAGENT_\w+|FUNCTION_(REGISTRY|ATOM)_PATH|SWIM_(SEED_NODES|BIND_ADDRESS))$/i;
/** Names of 0.3.2 and older: common words, so they count only for a Python program. */
const formerName = /^(BIND_PORT|BIND_HOST|SEED_NODES|NODE_NAME|TRANSPORT_TYPE)$/i;

/** Images that are services of their own, whatever environment they get. */
const serviceImage =
  /(^|\/)(postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|redis-stack|valkey|memcached|rabbitmq|kafka|zookeeper|nats|etcd|minio|milvus|arangodb|elasticsearch|opensearch|prometheus|grafana|alertmanager|loki|nginx|caddy|traefik|haproxy|envoy|searxng|athena|athena-memos|nexus-broker|nexus-gateway|vault|consul|keycloak|jaeger|all-in-one|otel|opentelemetry-collector|clickhouse-server|qdrant|weaviate|chroma|neo4j|ollama|vllm-openai|redisinsight|adminer|pgadmin4|busybox)(:|@|$)/i;

/** Images of programs that are none of the project's: databases, proxies, the framework's own stack. */
export function isServiceImage(image: string): boolean {
  return serviceImage.test(image);
}

export function isFrameworkName(name: string): boolean {
  return ownName.test(name);
}

const pythonCommand =
  /(^|[\s/"'[,])(python[0-9.]*w?|uvicorn|gunicorn|hypercorn|jarviscore|uv\s+run|poetry\s+run|pipenv\s+run)([\s"',\]]|$)/;

export function isPythonCommand(command: string): boolean {
  return pythonCommand.test(command);
}

export interface Evidence {
  readonly names: readonly string[];
  readonly command: string | null;
  readonly image: string | null;
  /** Built here, or of an unknown image: it can be a program of the project. */
  readonly built: boolean;
  /** Env files or other sources can still prove it. */
  readonly moreNames: boolean;
}

/** `maybe`: a program of the project, or one whose environment comes from a file that has to be looked at. */
export function frameworkOf({ names, command, image, built, moreNames }: Evidence): DeploymentUnit['framework'] {
  if (image !== null && !built && serviceImage.test(image)) return 'no';
  if (names.some(isFrameworkName)) return 'yes';
  const python = command !== null && isPythonCommand(command);
  if (python && /(^|[\s/"'[,])jarviscore([\s"',\]]|$)/.test(command)) return 'yes';
  if (python && names.some((name) => formerName.test(name))) return 'yes';
  return python || moreNames || (built && command === null) ? 'maybe' : 'no';
}
