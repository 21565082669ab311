/** What the rules of config/rules/deployment/secrets.ts say. */

import { workload } from '../deploymentWorkspaces.ts';
import { says } from '../says.ts';

says('secret-in-dockerfile', [
  [
    {
      Dockerfile:
        'FROM python:3.12\nENV NEXUS_SECRET=abcdefgh1 LOG_LEVEL=INFO\nARG CLAUDE_API_KEY=sk-ant-abcdefgh\nENV MY_PASSWORD=abcdefgh1\nENV NEXUS_STATE_KEY=changeme\n',
    },
    [
      'Dockerfile:2:18 error [NEXUS_SECRET] NEXUS_SECRET becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
      'Dockerfile:4:17 error [MY_PASSWORD] MY_PASSWORD becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
      'Dockerfile:3:20 error [CLAUDE_API_KEY] CLAUDE_API_KEY becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
    ],
  ],
  [
    { Dockerfile: 'FROM python:3.12\nCOPY .env /app/.env\n' },
    [
      'Dockerfile:2:6 error .env becomes part of the image with all secrets in it. Hand the values over when the container starts.',
    ],
  ],
  [
    { Dockerfile: 'FROM python:3.12 AS base\nENV NEXUS_SECRET=abcdefgh1\nFROM base\nRUN x\n' },
    [
      'Dockerfile:2:18 error [NEXUS_SECRET] NEXUS_SECRET becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
      'Dockerfile:2:18 error [NEXUS_SECRET] NEXUS_SECRET becomes part of the image and of its history; whoever can pull it can read it. Hand it over when the container starts.',
    ],
  ],
]);

says('systemd-env-secret', [
  [
    { 'node.service': '[Service]\nEnvironment=NEXUS_SECRET=abcdefgh1 LOG_LEVEL=INFO\nExecStart=/usr/bin/python node.py\n' },
    [
      'node.service:2:26 info [NEXUS_SECRET] Every user of the machine can read NEXUS_SECRET in a unit file (systemctl show). Put it into an EnvironmentFile= with mode 0600, or use LoadCredential=.',
    ],
  ],
  [{ 'node.service': '[Service]\nEnvironment=NEXUS_SECRET=\nExecStart=/usr/bin/python node.py\n' }, []],
]);

says('k8s-plain-secret', [
  [
    { 'node.yaml': workload('            - {name: NEXUS_SECRET, value: abcdefgh1}\n') },
    [
      'node.yaml:16:43 warning [NEXUS_SECRET] NEXUS_SECRET stands in clear text in the manifest; take it from a Secret with secretKeyRef.',
    ],
  ],
  [{ 'node.yaml': workload('            - {name: NEXUS_SECRET, valueFrom: {secretKeyRef: {name: s, key: k}}}\n') }, []],
  [
    {
      'map.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: node}\ndata:\n  NEXUS_SECRET: abcdefgh1\n  node.env: |\n    CLAUDE_API_KEY=sk-ant-abcdefgh\n',
    },
    [
      'map.yaml:5:17 warning [NEXUS_SECRET] NEXUS_SECRET stands in clear text in the manifest; take it from a Secret with secretKeyRef.',
      'map.yaml:7:20 warning [CLAUDE_API_KEY] CLAUDE_API_KEY stands in clear text in the manifest; take it from a Secret with secretKeyRef.',
    ],
  ],
]);
