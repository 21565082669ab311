/** Ports of services that usually stand beside a fleet; sources: the production guide's tables, the bundled compose files. */
export const knownServices: ReadonlyMap<number, string> = new Map([
  [3000, 'Grafana'],
  [5432, 'Postgres'],
  [6379, 'Redis'],
  [6380, 'the Redis of Athena'],
  [8000, 'the OAuth callback'],
  [8004, 'the example dashboard'],
  [8080, 'the Nexus broker, Athena and SearXNG'],
  [8090, 'the Nexus gateway'],
  [8529, 'ArangoDB'],
  [9000, 'MinIO'],
  [9001, 'the MinIO console'],
  [9090, 'Prometheus metrics'],
  [9091, 'the Prometheus interface and Milvus metrics'],
  [19530, 'Milvus'],
  [27017, 'MongoDB'],
]);
