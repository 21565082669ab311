/** The environment of Kubernetes containers, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('variables', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - {name: P2P_A, value: "1"}\n    - name: LOG_LEVEL\n      value: x\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework yes',
        'P2P_A = <set 1> «{name: P2P_A, value: \\"1\\"}» 7:6, name 7:13-18, value 7:27-30, double quotes, of workload:Pod/p',
        'LOG_LEVEL = "x" «name: LOG_LEVEL\\n      value: x» 8:6, name 8:12-21, value 9:13-14, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'of the document: P2P_A LOG_LEVEL',
        'declares workload:Pod/p',
        'lines of their own: 7 8',
      ],
    ],
    [
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: 'LOG_LEVEL'\n      value: 'x y'\n",
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        "LOG_LEVEL = \"x y\" «name: 'LOG_LEVEL'\\n      value: 'x y'» 7:6, name 7:12-23, value 8:13-18, single quotes, of workload:Pod/p",
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: LOG_LEVEL\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'LOG_LEVEL = "" «name: LOG_LEVEL» 7:6, name 7:12-21, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: LOG_LEVEL\n      value:\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'LOG_LEVEL = "" «name: LOG_LEVEL\\n      value:» 7:6, name 7:12-21, value 8:12-12, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: ""\n      value: x\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - value: x\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: P2P_A\n      value: $(LOG_LEVEL)x\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework yes',
        'P2P_A = unknown: Kubernetes fills in $(...) from other variables «name: P2P_A\\n      value: $(LOG_LEVEL)x» 7:6, name 7:12-17, value 8:13-26, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'of the document: P2P_A',
        'declares workload:Pod/p',
        'lines of their own: 7',
        'with variables: 8:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: P2P_A\n      value: $(1)\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework yes',
        'P2P_A = <set 4> «name: P2P_A\\n      value: $(1)» 7:6, name 7:12-17, value 8:13-17, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'of the document: P2P_A',
        'declares workload:Pod/p',
        'lines of their own: 7',
        'with variables: 8:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: OPENAI_API_KEY\n      value: sk-12345678\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'OPENAI_API_KEY = <set 11 sk- base64 base64-8> «name: OPENAI_API_KEY\\n      value: sk-12345678» 7:6, name 7:12-26, value 8:13-24, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: P2P_A\n      value: |\n        a\n        b\n    \n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework yes',
        'P2P_A = <set 4> «name: P2P_A\\n      value: |\\n        a\\n        b» 7:6, name 7:12-17, value 8:13-10:9, other quotes, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'of the document: P2P_A',
        'declares workload:Pod/p',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: P2P_A\n      value: 010\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework yes',
        'P2P_A = <set 1> «name: P2P_A\\n      value: 010» 7:6, name 7:12-17, value 8:13-16, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'of the document: P2P_A',
        'declares workload:Pod/p',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: A\n      valueFrom: {secretKeyRef: {name: s, key: k}}\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'A = unknown: comes from the Secret s «name: A\\n      valueFrom: {secretKeyRef: {name: s, key: k}}» 7:6, name 7:12-13, value 8:6-50, other quotes, of workload:Pod/p',
        'A from secret s key k «secretKeyRef: {name: s, key: k}» 8:18',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: A\n      valueFrom: {configMapKeyRef: {name: s, key: k, optional: true}}\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'A = unknown: comes from the ConfigMap s «name: A\\n      valueFrom: {configMapKeyRef: {name: s, key: k, optional: true}}» 7:6, name 7:12-13, value 8:6-69, other quotes, of workload:Pod/p',
        'A from config-map s key k «configMapKeyRef: {name: s, key: k, optional: true}» 8:18, optional',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: A\n      valueFrom: {configMapKeyRef: {name: s}}\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'A = unknown: comes from the ConfigMap s «name: A\\n      valueFrom: {configMapKeyRef: {name: s}}» 7:6, name 7:12-13, value 8:6-45, other quotes, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: A\n      valueFrom: {configMapKeyRef: {key: s}}\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'A = unknown: set when the pod starts «name: A\\n      valueFrom: {configMapKeyRef: {key: s}}» 7:6, name 7:12-13, value 8:6-44, other quotes, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: A\n      valueFrom: {fieldRef: {fieldPath: status.podIP}}\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'A = unknown: set when the pod starts (status.podIP) «name: A\\n      valueFrom: {fieldRef: {fieldPath: status.podIP}}» 7:6, name 7:12-13, value 8:6-54, other quotes, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env:\n    - name: A\n      valueFrom: {}\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'A = unknown: set when the pod starts «name: A\\n      valueFrom: {}» 7:6, name 7:12-13, value 8:6-19, other quotes, of workload:Pod/p',
        'option kind "Pod" «p» 2:17',
        'lines of their own: 7',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    env: {A: 1}\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'option kind "Pod" «p» 2:17'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('k8s.yaml', text)).toEqual(expected);
  });
});

describe('sources and files', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    envFrom: [{configMapRef: {name: a}}, {secretRef: {name: b, optional: true}, prefix: X_}, {configMapRef: {}}, {x: 1}]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'from config-map a «configMapRef: {name: a}» 6:15, prefix ""',
        'from secret b «secretRef: {name: b, optional: true}» 6:42, prefix "X_", optional',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    envFrom: [{configMapRef: {name: a}, secretRef: {name: b}}]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'from config-map a «configMapRef: {name: a}» 6:15, prefix ""',
        'from secret b «secretRef: {name: b}» 6:40, prefix ""',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    envFrom: []\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a/}]\n  volumes: [{name: v, configMap: {name: m}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at /a/ «{name: v, mountPath: /a/}» 6:19',
        'mounted m[null] at /a/ «{name: v, mountPath: /a/}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a/}]\n  volumes: [{name: v, configMap: {name: m, items: [{key: k, path: x}, {key: l}, {path: y}, {key: z, path: d/z}]}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at /a/ «{name: v, mountPath: /a/}» 6:19',
        'mounted m[k] at /a/x «{name: v, mountPath: /a/}» 6:19',
        'mounted m[z] at /a/d/z «{name: v, mountPath: /a/}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a, subPath: k}]\n  volumes: [{name: v, configMap: {name: m}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at /a «{name: v, mountPath: /a, subPath: k}» 6:19',
        'mounted m[k] at /a «{name: v, mountPath: /a, subPath: k}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a, subPath: k}]\n  volumes: [{name: v, configMap: {name: m, items: [{key: k, path: x}, {key: l}, {path: y}, {key: z, path: d/z}]}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'mount v at /a «{name: v, mountPath: /a, subPath: k}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a, subPath: x}]\n  volumes: [{name: v, configMap: {name: m}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at /a «{name: v, mountPath: /a, subPath: x}» 6:19',
        'mounted m[x] at /a «{name: v, mountPath: /a, subPath: x}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a, subPath: x}]\n  volumes: [{name: v, configMap: {name: m, items: [{key: k, path: x}, {key: l}, {path: y}, {key: z, path: d/z}]}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at /a «{name: v, mountPath: /a, subPath: x}» 6:19',
        'mounted m[k] at /a «{name: v, mountPath: /a, subPath: x}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: w, mountPath: /a}]\n  volumes: [{name: v, configMap: {name: m}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'mount w at /a «{name: w, mountPath: /a}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: w, mountPath: /a}]\n  volumes: [{name: v, configMap: {name: m, items: [{key: k, path: x}, {key: l}, {path: y}, {key: z, path: d/z}]}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'mount w at /a «{name: w, mountPath: /a}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{mountPath: /a}]\n  volumes: [{name: v, configMap: {name: m}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'mount null at /a «{mountPath: /a}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{mountPath: /a}]\n  volumes: [{name: v, configMap: {name: m, items: [{key: k, path: x}, {key: l}, {path: y}, {key: z, path: d/z}]}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'mount null at /a «{mountPath: /a}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v}]\n  volumes: [{name: v, configMap: {name: m}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at  «{name: v}» 6:19',
        'mounted m[null] at  «{name: v}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v}]\n  volumes: [{name: v, configMap: {name: m, items: [{key: k, path: x}, {key: l}, {path: y}, {key: z, path: d/z}]}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at  «{name: v}» 6:19',
        'mounted m[k] at /x «{name: v}» 6:19',
        'mounted m[z] at /d/z «{name: v}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a}]\n  volumes: [{name: v, projected: {sources: [{configMap: {name: m}}, {secret: {}}, {configMap: {name: n, items: [{key: k, path: x}]}}, {configMap: {}}]}}, {configMap: {name: o}}]',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'mount v at /a «{name: v, mountPath: /a}» 6:19',
        'mounted m[null] at /a «{name: v, mountPath: /a}» 6:19',
        'mounted n[k] at /a/x «{name: v, mountPath: /a}» 6:19',
        'option kind "Pod" «p» 2:17',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('k8s.yaml', text)).toEqual(expected);
  });
});
