/** What the rules of config/rules/deployment/kubernetes.ts say. */

import { exposed, kube, seed } from '../deploymentWorkspaces.ts';
import { env, mesh } from '../said.ts';
import { says } from '../says.ts';

says('lb-in-front', [
  [
    kube(exposed('LoadBalancer', '    - port: 7950\n    - port: 8950\n')),
    [
      'service.yaml:3:18 info [JARVISCORE_BIND_PORT] The load balancer node stands before the SWIM port 7950 of node: members are told apart by their own address, which nobody sees through it. Let nodes reach each other directly.',
      '  asks: Make node a ClusterIP Service',
      '    -  type: LoadBalancer',
      '    +  type: ClusterIP',
    ],
  ],
  [
    kube(exposed('LoadBalancer', '    - port: 7950\n    - port: 80\n')),
    [
      'service.yaml:3:18 info [JARVISCORE_BIND_PORT] The load balancer node stands before the SWIM port 7950 of node: members are told apart by their own address, which nobody sees through it. Let nodes reach each other directly.',
    ],
  ],
  [kube(exposed('NodePort', '    - port: 7950\n')), []],
]);

says('k8s-service-seed', [
  [
    kube(exposed('ClusterIP', '    - port: 7950\n'), seed('node:7950')),
    [
      'node.yaml:16:52 warning [JARVISCORE_SEED_NODES] node:7950 is a Service that sends each packet to any of its pods, and members are told apart by the literal address. Make node headless (clusterIP: None) and name pods: node-0.node:7950.',
      '  see service.yaml:3:18 Service node (ClusterIP)',
    ],
  ],
  [
    kube(exposed('ClusterIP', '    - port: 7950\n'), seed('node.default.svc:7950')),
    [
      'node.yaml:16:52 warning [JARVISCORE_SEED_NODES] node.default.svc:7950 is a Service that sends each packet to any of its pods, and members are told apart by the literal address. Make node headless (clusterIP: None) and name pods: node-0.node:7950.',
      '  see service.yaml:3:18 Service node (ClusterIP)',
    ],
  ],
  [kube(exposed('ClusterIP', '    - port: 7950\n'), seed('node-0.node:7950')), []],
  [kube(exposed('ClusterIP', '    - port: 7950\n').replace('spec:', 'spec:\n  clusterIP: None'), seed('node:7950')), []],
  [
    kube(
      'apiVersion: v1\nkind: Service\nmetadata: {name: node}\nspec: {type: ExternalName, externalName: x.example}\n',
      seed('node:7950'),
    ),
    [],
  ],
  [kube(exposed('ClusterIP', '    - port: 7950\n'), seed('other:7950')), []],
  [
    kube(
      exposed('ClusterIP', '    - port: 7950\n').replace('{name: node}', '{name: node, namespace: prod}'),
      seed('node.prod:7950'),
    ),
    [
      'node.yaml:16:52 warning [JARVISCORE_SEED_NODES] node.prod:7950 is a Service that sends each packet to any of its pods, and members are told apart by the literal address. Make node headless (clusterIP: None) and name pods: node-0.node:7950.',
      '  see service.yaml:3:18 Service node (ClusterIP)',
    ],
  ],
  [
    kube(
      exposed('ClusterIP', '    - port: 7950\n').replace('{name: node}', '{name: node, namespace: prod}'),
      seed('node.dev:7950'),
    ),
    [],
  ],
]);

says('k8s-seed-selector-missing', [
  [
    kube(exposed('ClusterIP', '    - port: 7950\n', 'app: nodes'), seed('node:7950')),
    [
      'service.yaml:6:3 warning [JARVISCORE_SEED_NODES] No workload has the labels app=nodes, so the Service node leads nowhere, and the seed node:7950 finds nobody.',
      '  see node.yaml:16:52 Seed of node (node.yaml)',
    ],
  ],
  [
    kube(exposed('ClusterIP', '    - port: 7950\n', 'app: nodes, tier: x'), seed('node-0.node:7950')),
    [
      'service.yaml:6:3 warning [JARVISCORE_SEED_NODES] No workload has the labels app=nodes, tier=x, so the Service node leads nowhere, and the seed node-0.node:7950 finds nobody.',
      '  see node.yaml:16:52 Seed of node (node.yaml)',
    ],
  ],
  [kube(exposed('ClusterIP', '    - port: 7950\n', 'app: node'), seed('node:7950')), []],
  [kube(exposed('ClusterIP', '    - port: 7950\n', ''), seed('node:7950')), []],
]);

says('prod-prometheus-no-scrape-target', [
  [
    {
      ...env('PROMETHEUS_ENABLED=true', 'PROMETHEUS_PORT=9100'),
      ...mesh(),
      'prometheus.yml': 'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["a:9101", "b:9102"]\n',
    },
    [
      'prometheus.yml:4:19 info [PROMETHEUS_PORT] No target here has the metrics port 9100 of node: its numbers are collected by nobody.',
      '  see .env:2:17 node (node.py)',
    ],
    { profile: 'production' },
  ],
  [
    {
      ...env('PROMETHEUS_ENABLED=true', 'PROMETHEUS_PORT=9100'),
      ...mesh(),
      'prometheus.yml': 'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["a:9101", "b:9100"]\n',
    },
    [],
    { profile: 'production' },
  ],
  [
    {
      ...env('PROMETHEUS_ENABLED=false', 'PROMETHEUS_PORT=9100'),
      ...mesh(),
      'prometheus.yml': 'scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["a:9101"]\n',
    },
    [],
    { profile: 'production' },
  ],
]);
