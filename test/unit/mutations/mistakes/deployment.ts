/** Compose files, images, units, manifests and requirements. */
import {
  add,
  all,
  alone,
  append,
  by,
  composeScript,
  drop,
  mountedEnvFile,
  replace,
  set,
  withMountedEnvFile,
  withoutServices,
  withProfiles,
} from '../changes.ts';
import { both, inClearText } from '../consequences.ts';
import type { Mistake } from '../mistake.ts';

const compose = 'compose.yaml';
const reviewer = 'deploy/kubernetes/reviewer.yaml';
const workers = 'deploy/kubernetes/workers.yaml';
const scout = 'images/scout/Dockerfile';
const ports = (...lines: readonly string[]) =>
  replace(compose, '  librarian:\n', `  librarian:\n    ports:\n${lines.map((line) => `      - "${line}"\n`).join('')}`);
const key = 'q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA';
const pin = 'jarviscore-framework[p2p,redis,prometheus,azure]==3.0.0';

/** Changes the requirement wherever it stands as one. */
const required = (to: string) => all(replace('requirements.txt', pin, to), replace('pyproject.toml', pin, to));

/** A Service that leads to the SWIM port of the workers from outside. */
const outside = (type: string) =>
  add(
    'deploy/kubernetes/outside.yaml',
    `apiVersion: v1
kind: Service
metadata:
  name: atlas-outside
  namespace: atlas
spec:
  type: ${type}
  selector:
    app: atlas-worker
  ports:
    - protocol: UDP
      port: 7950
`,
  );

const unhardened = by({
  compose: replace(compose, '  librarian:\n    <<: *hardening\n', '  librarian:\n'),
  dockerfile: replace(compose, '  scout:\n    <<: *hardening\n', '  scout:\n'),
});

/** One service without programs of the workspace, whose env file nobody reads as a whole. */
const serviceAlone = all(
  (files) => ({ [compose]: files[compose] ?? '', Dockerfile: files.Dockerfile ?? '' }),
  withoutServices('research', 'reader', 'scout'),
);

export const deploymentMistakes: readonly Mistake[] = [
  {
    rule: 'lb-in-front',
    kinds: ['kubernetes'],
    change: outside('LoadBalancer'),
    where: ['deploy/kubernetes/outside.yaml', 'name: atlas-outside'],
    also: [{ rule: 'p2p-port-exposed', why: 'a load balancer also opens the port to the outside' }],
  },
  {
    rule: 'p2p-port-exposed',
    kinds: ['kubernetes'],
    change: outside('NodePort'),
    where: ['deploy/kubernetes/outside.yaml', 'protocol: UDP'],
  },
  {
    rule: 'p2p-port-exposed',
    kinds: ['kubernetes'],
    change: (files, kind) =>
      append('deploy/kubernetes/outside.yaml', '    - name: web\n      port: 8443\n')(outside('NodePort')(files, kind), kind),
    where: ['deploy/kubernetes/outside.yaml', 'protocol: UDP'],
  },
  { rule: 'p2p-port-exposed', kinds: ['compose'], change: ports('7950:7950/udp'), where: [compose, '7950:7950/udp'] },
  {
    rule: 'compose-udp-not-published',
    kinds: ['compose'],
    change: ports('127.0.0.1:7950:7950'),
    where: [compose, '127.0.0.1:7950:7950'],
  },
  {
    rule: 'compose-cycle',
    kinds: ['compose'],
    change: replace(compose, 'name: atlas\n', 'name: atlas\ninclude: [compose.yaml]\n'),
    where: [compose, 'include: [compose.yaml]'],
  },
  {
    rule: 'compose-cycle',
    kinds: ['compose'],
    change: replace(compose, '  librarian:\n', '  librarian:\n    extends: librarian\n'),
    where: [compose, 'extends: librarian'],
  },
  {
    rule: 'compose-seed-includes-self',
    kinds: ['compose'],
    values: [set('JARVISCORE_SEED_NODES', 'librarian:7950,10.20.0.2:7950')],
  },
  {
    rule: 'compose-required-unset',
    kinds: ['compose'],
    base: add('.env', 'COMPOSE_PROJECT_NAME=atlas\n'),
    change: replace(
      compose,
      '      JARVISCORE_BIND_HOST: 172.28.0.14\n',
      '      JARVISCORE_BIND_HOST: 172.28.0.14\n      RAG_TOP_K: $' + '{RAG_TOP_K:?}\n',
    ),
    where: [compose, 'RAG_TOP_K'],
  },
  {
    rule: 'compose-required-unset',
    kinds: ['dotenv'],
    base: all(
      add('.env', 'RAG_TOP_K=7\n'),
      replace(
        compose,
        '      JARVISCORE_BIND_HOST: 172.28.0.14\n',
        '      JARVISCORE_BIND_HOST: 172.28.0.14\n      RAG_TOP_K: $' + '{RAG_TOP_K:?}\n',
      ),
    ),
    change: add('.env', 'COMPOSE_PROJECT_NAME=atlas\n'),
    where: [compose, 'RAG_TOP_K'],
  },
  {
    rule: 'compose-var-not-passed',
    kinds: ['dotenv'],
    base: serviceAlone,
    change: add('.env', 'RAG_TOP_K=7\n'),
    where: ['.env', 'RAG_TOP_K'],
  },
  {
    rule: 'compose-var-not-passed',
    kinds: ['compose'],
    base: all(
      serviceAlone,
      add('.env', 'RAG_TOP_K=7\n'),
      replace(
        compose,
        '      JARVISCORE_BIND_HOST: 172.28.0.14\n',
        '      JARVISCORE_BIND_HOST: 172.28.0.14\n      RAG_TOP_K: $' + '{RAG_TOP_K:?}\n',
      ),
    ),
    change: replace(compose, '      RAG_TOP_K: $' + '{RAG_TOP_K:?}\n', ''),
    where: ['.env', 'RAG_TOP_K'],
  },
  {
    rule: 'redis-no-persistence',
    kinds: ['compose'],
    change: replace(compose, '    volumes:\n      - redis-data:/data\n', ''),
    where: [compose, 'image: redis:7.4'],
  },
  { rule: 'prod-no-confinement', kinds: ['compose'], change: unhardened, where: [compose, '  librarian:'] },
  {
    rule: 'prod-no-confinement',
    kinds: ['dockerfile'],
    change: replace(scout, ' bubblewrap', ''),
    where: [scout, 'FROM '],
  },
  {
    rule: 'control-strict-without-confinement',
    kinds: ['compose', 'dockerfile'],
    base: unhardened,
    values: [set('CONTROL_MODE', 'strict')],
  },
  {
    rule: 'volume-old-path',
    kinds: ['compose'],
    change: replace(
      compose,
      '        ipv4_address: 172.28.0.14\n    volumes:\n',
      '        ipv4_address: 172.28.0.14\n    volumes:\n      - atlas-data:/app/logs\n',
    ),
    where: [compose, '/app/logs'],
  },
  {
    rule: 'volume-old-path',
    kinds: ['kubernetes'],
    change: replace(
      reviewer,
      '              mountPath: /root/.jarviscore\n',
      '              mountPath: /root/.jarviscore\n            - mountPath: /app/traces\n              name: data\n',
    ),
    where: [reviewer, 'mountPath: /app/traces'],
  },
  {
    rule: 'nexus-secret-without-salt-volume',
    kinds: ['compose'],
    change: (files) => {
      const text = files[compose] ?? '';
      const at = text.indexOf('      - atlas-home:/root/.jarviscore\n', text.indexOf('  librarian:'));
      return { ...files, [compose]: text.slice(0, at) + text.slice(at + '      - atlas-home:/root/.jarviscore\n'.length) };
    },
    values: [drop('NEXUS_SECRET'), set('NEXUS_SECRET', key)],
  },
  {
    rule: 'nexus-secret-without-salt-volume',
    kinds: ['kubernetes'],
    change: replace(reviewer, '            - name: home\n              mountPath: /root/.jarviscore\n', ''),
    where: [reviewer, '- name: NEXUS_SECRET'],
  },
  {
    rule: 'browser-profile-dir-ephemeral',
    kinds: ['compose', 'kubernetes', 'dockerfile'],
    values: [set('BROWSER_PROFILE_DIR', '/srv/profiles')],
    also: [{ rule: 'extra-missing', why: 'a browser also needs an extra that the clean workspace has no use for' }],
  },
  {
    rule: 'k8s-service-seed',
    kinds: ['kubernetes'],
    base: replace(reviewer, '10.20.0.1:7950,10.20.0.2:7950', 'atlas-worker:7950,10.20.0.2:7950'),
    change: replace(workers, '  clusterIP: None\n', ''),
    where: [reviewer, 'atlas-worker:7950'],
  },
  {
    rule: 'k8s-seed-selector-missing',
    kinds: ['kubernetes'],
    change: replace(workers, '  selector:\n    app: atlas-worker\n', '  selector:\n    app: atlas-workers\n'),
    where: [workers, '  selector:'],
  },
  { rule: 'secret-in-dockerfile', kinds: ['dockerfile'], values: [set('SERPER_API_KEY', key)] },
  { rule: 'systemd-env-secret', kinds: ['systemd'], values: [set('SERPER_API_KEY', key)] },
  { rule: 'k8s-plain-secret', kinds: ['kubernetes'], values: [set('SERPER_API_KEY', key)] },
  {
    rule: 'prod-prometheus-no-scrape-target',
    kinds: ['prometheus'],
    change: replace('prometheus.yml', '          - "10.20.0.21:9104"\n', ''),
    where: ['prometheus.yml', '10.20.0.1:9101'],
  },
  {
    rule: 'prod-prometheus-extra',
    kinds: ['requirements'],
    change: required('jarviscore-framework[p2p,redis,azure]==3.0.0'),
    where: ['pyproject.toml', 'jarviscore-framework'],
  },
  {
    rule: 'install-name',
    kinds: ['requirements'],
    change: replace('requirements.txt', pin, 'jarviscore==3.0.0'),
    where: ['requirements.txt', 'jarviscore=='],
  },
  {
    rule: 'install-name',
    kinds: ['requirements'],
    change: replace('README.md', `"${pin}"`, '"jarviscore[p2p]==3.0.0"'),
    where: ['README.md', 'jarviscore[p2p]=='],
  },
  {
    rule: 'install-name',
    kinds: ['requirements'],
    change: replace('.github/workflows/test.yml', `"${pin}"`, 'jarviscore==3.0.0'),
    where: ['.github/workflows/test.yml', 'jarviscore=='],
  },
  {
    rule: 'install-name',
    kinds: ['dockerfile'],
    change: replace(scout, pin, 'jarviscore==3.0.0'),
    where: [scout, 'jarviscore=='],
  },
  {
    rule: 'install-name',
    kinds: ['shell'],
    change: replace('scripts/start-analyst.sh', '\nexec python', '\npip install jarviscore\nexec python'),
    where: ['scripts/start-analyst.sh', 'pip install jarviscore'],
  },
  {
    rule: 'install-both',
    kinds: ['requirements'],
    change: append('requirements.txt', 'jarviscore==0.9\n'),
    where: ['requirements.txt', 'jarviscore==0.9'],
  },
  {
    rule: 'install-both',
    kinds: ['dockerfile'],
    change: replace(scout, 'COPY fleet', 'RUN pip install jarviscore==0.9\nCOPY fleet'),
    where: [scout, 'jarviscore==0.9'],
  },
  {
    rule: 'extra-missing',
    kinds: ['requirements'],
    change: required('jarviscore-framework[p2p,prometheus,azure]==3.0.0'),
    where: ['pyproject.toml', 'jarviscore-framework'],
  },
  {
    rule: 'yanked-version',
    kinds: ['requirements'],
    target: '3.0.0',
    change: replace('requirements.txt', '==3.0.0', '==1.6.0'),
    where: ['requirements.txt', '==1.6.0'],
  },
  {
    rule: 'yanked-version',
    kinds: ['requirements'],
    change: replace('README.md', '==3.0.0', '==1.6.0'),
    where: ['README.md', '==1.6.0'],
  },
  {
    rule: 'yanked-version',
    kinds: ['dockerfile'],
    target: '3.0.0',
    change: replace(scout, '==3.0.0', '==1.6.0'),
    where: [scout, '==1.6.0'],
  },
  {
    rule: 'python-too-old',
    kinds: ['requirements'],
    change: replace('pyproject.toml', '">=3.12"', '">=3.9"'),
    where: ['pyproject.toml', 'requires-python'],
  },
  {
    rule: 'python-too-old',
    kinds: ['dockerfile'],
    change: replace(scout, 'python:3.12-slim', 'python:3.9-slim'),
    where: [scout, 'FROM python:3.9'],
  },
  {
    rule: 'prefixed-var-with-old-pin',
    kinds: ['requirements'],
    base: all(alone(), (files) => ({
      ...files,
      'deploy/systemd/archivist.env': 'JARVISCORE_BIND_PORT=7952\nP2P_ENABLED=true\n',
    })),
    target: '1.0.0',
    change: replace('requirements.txt', pin, 'jarviscore-framework==0.3.2'),
    where: ['deploy/systemd/archivist.env', 'JARVISCORE_BIND_PORT'],
  },
  {
    rule: 'prefixed-var-with-old-pin',
    kinds: ['dotenv'],
    base: all(
      alone(),
      replace('requirements.txt', pin, 'jarviscore-framework==0.3.2'),
      replace('deploy/systemd/archivist.env', 'JARVISCORE_BIND_PORT=7952\n', ''),
    ),
    target: '1.0.0',
    values: [set('JARVISCORE_BIND_PORT', '7952')],
  },
  {
    rule: 'upgrade-crossing',
    kinds: ['requirements'],
    base: (files) => Object.fromEntries(Object.entries(files).filter(([path]) => path !== 'requirements.txt')),
    change: replace('uv.lock', 'version = "3.0.0"', 'version = "2.0.0"'),
    where: ['pyproject.toml', 'jarviscore-framework'],
  },
  { rule: 'unknown-var-typo', kinds: ['kubernetes'] },
  { rule: 'invalid-int', kinds: ['kubernetes'] },
  {
    rule: 'unknown-var-typo',
    kinds: ['kubernetes'],
    base: withMountedEnvFile,
    change: replace(mountedEnvFile, 'LLM_TIMEOUT=60', 'LLM_TIMEOT=60'),
    where: [mountedEnvFile, 'LLM_TIMEOT=60'],
  },
  {
    rule: 'k8s-plain-secret',
    kinds: ['kubernetes'],
    base: withMountedEnvFile,
    change: append(mountedEnvFile, `    SERPER_API_KEY=${key}\n`),
    where: [mountedEnvFile, 'SERPER_API_KEY='],
  },
  {
    rule: 'invalid-int',
    kinds: ['kubernetes'],
    base: withMountedEnvFile,
    change: replace(mountedEnvFile, 'RAG_TOP_K=7', 'RAG_TOP_K=seven'),
    where: [mountedEnvFile, 'RAG_TOP_K=seven'],
  },
  {
    rule: 'port-collision-swim',
    kinds: ['shell'],
    base: withProfiles,
    change: replace(composeScript, '--profile current', '--profile current --profile next'),
    where: [compose, 'JARVISCORE_BIND_PORT: "7958"'],
    also: [both('port-collision-swim')],
  },
  {
    rule: 'port-collision-swim',
    kinds: ['dotenv'],
    base: withProfiles,
    change: add('.env', 'COMPOSE_PROFILES=current,next\n'),
    where: [compose, 'JARVISCORE_BIND_PORT: "7958"'],
    also: [both('port-collision-swim')],
  },
  ...['approval-key-weak', 'approval-keys-format'].map((rule): Mistake => ({ rule, also: inClearText })),
];
