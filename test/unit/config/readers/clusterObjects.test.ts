/** ConfigMaps, Secrets, Services and kustomizations, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('ConfigMaps and Secrets', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  P2P_A: "1"\n  LOG_LEVEL: x\n  my.key-1: y\n  1A: z\n  "a b": c',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'P2P_A = <set 1> «P2P_A: \\"1\\"» 4:2, name 4:2-7, value 4:9-12, double quotes, of config-map:m',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 5:2, name 5:2-11, value 5:13-14, of config-map:m',
        'my.key-1 = <set 1> «my.key-1: y» 6:2, name 6:2-10, value 6:12-13, of config-map:m',
        'of the document: P2P_A LOG_LEVEL my.key-1',
        'lines of their own: 4 5 6',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\n\ndata:\n  LOG_LEVEL: x',
      [
        'config-map: (config-map) "" «» 0:0, framework no',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 4:2, name 4:2-11, value 4:13-14, of config-map:',
        'lines of their own: 4',
      ],
    ],
    [
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  P2P_A:\n  LOG_LEVEL: ~\n  ATHENA_URL: 'q'\n  OPENAI_API_KEY: sk-12345678",
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'P2P_A = <empty 0> «P2P_A» 4:2, name 4:2-7, value 4:8-8, of config-map:m',
        'LOG_LEVEL = "" «LOG_LEVEL: ~» 5:2, name 5:2-11, value 5:13-14, of config-map:m',
        'ATHENA_URL = "q" «ATHENA_URL: \'q\'» 6:2, name 6:2-12, value 6:14-17, single quotes, of config-map:m',
        'OPENAI_API_KEY = <set 11 sk- base64 base64-8> «OPENAI_API_KEY: sk-12345678» 7:2, name 7:2-16, value 7:18-29, of config-map:m',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL OPENAI_API_KEY',
        'lines of their own: 5 6 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  node.env: |\n    P2P_A=1\n    A: 1\n\n    LOG_LEVEL="x"\n  app.env.example: |\n    P2P_A=1\n',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'node.env = <set 28> «node.env: |\\n    P2P_A=1\\n    A: 1\\n\\n    LOG_LEVEL=\\"x\\"» 4:2, name 4:2-10, value 4:12-8:17, other quotes, of config-map:m',
        'app.env.example = <set 8> «app.env.example: |\\n    P2P_A=1» 9:2, name 9:2-17, value 9:19-10:11, other quotes, of config-map:m',
        'holds node.env, lines of its own',
        'P2P_A = <set 1> «P2P_A=1» 5:4, name 5:4-9, value 5:10-11, of config-map:m/node.env, embedded',
        'LOG_LEVEL = "x" «LOG_LEVEL=\\"x\\"» 8:4, name 8:4-13, value 8:14-17, double quotes, of config-map:m/node.env, embedded',
        'of the document: node.env app.env.example P2P_A LOG_LEVEL',
        'dotenv-colon «A:» 6:4: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: «: » 6:5 -> "="',
        'lines of their own: 4 9 5 8',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: |-\n\n      P2P_A=1\n      B="x',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env, lines of its own',
        'P2P_A = <set 1> «P2P_A=1» 6:6, name 6:6-11, value 6:12-13, of config-map:m/.env, embedded',
        'of the document: P2P_A',
        'dotenv-unclosed-quote «\\"x» 7:8: The quote that begins the value of B is not closed; python-dotenv drops this line and B is not set.',
        'fix Close the quote at the end of the line: «» 7:10 -> "\\""',
        'lines of their own: 6',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: "P2P_A=1\\nA: 2"',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env',
        'P2P_A = <set 1> «\\"P2P_A=1\\\\nA: 2\\"» 4:8, name 4:8-23, value 4:8-23, other quotes, of config-map:m/.env, embedded',
        'of the document: P2P_A',
        'dotenv-colon «\\"P2P_A=1\\\\nA: 2\\"» 4:8: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: >\n    P2P_A=1\n',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env',
        'P2P_A = <set 1> «>\\n    P2P_A=1» 4:8, name 4:8-5:11, value 4:8-5:11, other quotes, of config-map:m/.env, embedded',
        'of the document: P2P_A',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: |2\n     P2P_A=1\n',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env',
        'P2P_A = <set 1> «|2\\n     P2P_A=1» 4:8, name 4:8-5:12, value 4:8-5:12, other quotes, of config-map:m/.env, embedded',
        'of the document: P2P_A',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: |+\n    P2P_A=1\n\n',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env, lines of its own',
        'P2P_A = <set 1> «P2P_A=1» 5:4, name 5:4-9, value 5:10-11, of config-map:m/.env, embedded',
        'of the document: P2P_A',
        'lines of their own: 5',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: |\n',
      ['config-map:m (config-map) "m" «m» 2:17, framework no', 'holds .env'],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: |\r\n    P2P_A=1\r\n    LOG_LEVEL=2\r\n',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env, lines of its own',
        'P2P_A = <set 1> «P2P_A=1» 5:4, name 5:4-9, value 5:10-11, of config-map:m/.env, embedded',
        'LOG_LEVEL = "2" «LOG_LEVEL=2» 6:4, name 6:4-13, value 6:14-15, of config-map:m/.env, embedded',
        'of the document: P2P_A LOG_LEVEL',
        'lines of their own: 5 6',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: |\n    A=x\\\n    P2P_B=y\n',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env, lines of its own',
        'A = <set 2> «A=x\\\\» 5:4, name 5:4-5, value 5:6-8, of config-map:m/.env, embedded',
        'P2P_B = <set 1> «P2P_B=y» 6:4, name 6:4-9, value 6:10-11, of config-map:m/.env, embedded',
        'of the document: A P2P_B',
        'dotenv-continuation «\\\\» 5:7: A backslash does not continue the line: it is the last character of the value, and the next line stands for itself.',
        'lines of their own: 5 6',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: P2P_A=1',
      [
        'config-map:m (config-map) "m" «m» 2:17, framework yes',
        'holds .env',
        'P2P_A = <set 1> «P2P_A=1» 4:8, name 4:8-15, value 4:8-15, other quotes, of config-map:m/.env, embedded',
        'of the document: P2P_A',
      ],
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  .env: {a: 1}',
      ['config-map:m (config-map) "m" «m» 2:17, framework no'],
    ],
    ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}', ['config-map:m (config-map) "m" «m» 2:17, framework no']],
    [
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: w\n  namespace: "ns"\ndata: {P2P_A: eA==, B:}\nstringData:\n  LOG_LEVEL: x',
      [
        'secret:w (config-map) "w" «w» 3:8, framework no',
        'P2P_A = unknown: comes from the Secret w «P2P_A: eA==» 5:7, name 5:7-12, value 5:14-18, other quotes, of secret:w',
        'B = unknown: comes from the Secret w «B» 5:20, name 5:20-21, value 5:22-22, other quotes, of secret:w',
        'LOG_LEVEL = unknown: comes from the Secret w «LOG_LEVEL: x» 7:2, name 7:2-11, value 7:13-14, other quotes, of secret:w',
        'mark k8s-secret "w" «w» 3:8',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: w\n  namespace: "ns"\n',
      ['secret:w (config-map) "w" «w» 3:8, framework no', 'mark k8s-secret "w" «w» 3:8'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('k8s.yaml', text)).toEqual(expected);
  });
});

describe('Services', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: w\n  namespace: "ns"\nspec:\n  type: NodePort\n  clusterIP: None\n  selector: {app: a, b: "2"}\n  ports:\n  - {port: 80, targetPort: 8080, protocol: UDP, nodePort: 30000}\n  - port: 81\n  - {port: 82, targetPort: http}',
      [
        'service w «w» 3:8 in ns, NodePort «NodePort» 6:8, node ports, headless, selects [app=a b=2] «selector: {app: a, b: \\"2\\"}» 8:2, port * 80-80 to 8080-8080 udp «{port: 80, targetPort: 8080, protocol: UDP, nodePort: 30000}» 10:4, port * 81-81 to 81-81 tcp «port: 81» 11:4, port * 82-82 to 82-82 tcp «{port: 82, targetPort: http}» 12:4',
        'lines of their own: 10 11 12',
      ],
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {type: LoadBalancer, clusterIP: 1.2.3.4}',
      ['service w «w» 3:8 in ns, LoadBalancer «LoadBalancer» 5:13, selects [], '],
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {type: ExternalName}',
      ['service w «w» 3:8 in ns, ExternalName «ExternalName» 5:13, selects [], '],
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {type: ClusterIP}',
      ['service w «w» 3:8 in ns, ClusterIP «ClusterIP» 5:13, selects [], '],
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {type: Other}',
      ['service w «w» 3:8 in ns, ClusterIP «Other» 5:13, selects [], '],
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: w\n  namespace: "ns"\n',
      ['service w «w» 3:8 in ns, ClusterIP, selects [], '],
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata: {}\nspec: {ports: [{}]}',
      ['service  «» 0:0 in null, ClusterIP, selects [], port * null-null to null-null tcp «{}» 3:15'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('k8s.yaml', text)).toEqual(expected);
  });
});

describe('kustomizations', () => {
  test.each<[string, string[]]>([
    [
      'configMapGenerator:\n- name: m\n  literals:\n  - P2P_A=1\n  - \'LOG_LEVEL="x y"\'\n  - =x\n  - A\n  - "ATHENA_URL=\'z\'"\n  - B=\n  env: a.env\n  envs: [b.env, {}]\n  files: [c.env, x=d.env, .env=conf/e, conf/.env.example, f.txt, ""]',
      [
        'config-map:m (config-map) "m" «m» 1:8, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 3:4, name 3:4-11, value 3:4-11, of config-map:m',
        'LOG_LEVEL = "x y" «\'LOG_LEVEL=\\"x y\\"\'» 4:4, name 4:4-21, value 4:4-21, single quotes, of config-map:m',
        'ATHENA_URL = "z" «\\"ATHENA_URL=\'z\'\\"» 7:4, name 7:4-20, value 7:4-20, double quotes, of config-map:m',
        'B = <empty 0> «B=» 8:4, name 8:4-6, value 8:4-6, of config-map:m',
        'env file a.env «a.env» 9:7, docker, by kustomize',
        'env file b.env «b.env» 10:9, docker, by kustomize',
        'holds c.env of c.env',
        'holds .env of conf/e',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL B',
        'lines of their own: 3 4 7 8',
      ],
    ],
    [
      'secretGenerator:\n- name: s\n  literals: [P2P_A=1]\n  envs: [b.env]\n  files: [c.env]',
      [
        'secret:s (config-map) "s" «s» 1:8, framework yes',
        'P2P_A = unknown: comes from the Secret s «P2P_A=1» 2:13, name 2:13-20, value 2:13-20, other quotes, of secret:s',
        'env file b.env «b.env» 3:9, docker, by kustomize',
        'of the document: P2P_A',
      ],
    ],
    ['configMapGenerator:\n- literals: [P2P_A=1]', []],
    [
      'patchesStrategicMerge: [a.yaml, {a: 1}]\npatches: [{path: b.yaml}, {target: x}, "c"]',
      ['mark kustomize-patch "a.yaml" «a.yaml» 0:24', 'mark kustomize-patch "b.yaml" «b.yaml» 1:17'],
    ],
    ['kind: Kustomization\nconfigMapGenerator: [{name: m}]', ['config-map:m (config-map) "m" «m» 1:28, framework no']],
    ['kind: Component\npatches: [{path: b.yaml}]', ['mark kustomize-patch "b.yaml" «b.yaml» 1:17']],
    ['kind: Other\npatches: [{path: b.yaml}]', []],
  ])('%j', (text, expected) => {
    expect(shown('kustomization.yaml', text)).toEqual(expected);
  });
});
