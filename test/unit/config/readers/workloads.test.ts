/** Kubernetes workloads, read whole: which container is which unit, what it runs and where. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('kinds', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: Deployment\nmetadata:\n  name: w\n  namespace: "ns"\nspec:\n  replicas: 2\n  serviceName: s\n  template:\n    metadata: {labels: {app: a, b: 1}}\n    spec: {containers: [{name: c, image: i}]}',
      [
        'workload:Deployment/w (workload) "w" «w» 3:8, framework no',
        'image "i" «i» 10:41',
        'replicas 2',
        'option kind "Deployment" «w» 3:8',
        'option labels "app=a" «app: a» 9:24',
        'option labels "b=1" «b: 1» 9:32',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: StatefulSet\nmetadata:\n  name: w\n  namespace: "ns"\nspec:\n  replicas: 2\n  serviceName: s\n  template:\n    metadata: {labels: {app: a, b: 1}}\n    spec: {containers: [{name: c, image: i}]}',
      [
        'workload:StatefulSet/w (workload) "w" «w» 3:8, framework no',
        'image "i" «i» 10:41',
        'hosts w-0.s, w-1.s',
        'replicas 2',
        'option kind "StatefulSet" «w» 3:8',
        'option labels "app=a" «app: a» 9:24',
        'option labels "b=1" «b: 1» 9:32',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: DaemonSet\nmetadata:\n  name: w\n  namespace: "ns"\nspec:\n  replicas: 2\n  serviceName: s\n  template:\n    metadata: {labels: {app: a, b: 1}}\n    spec: {containers: [{name: c, image: i}]}',
      [
        'workload:DaemonSet/w (workload) "w" «w» 3:8, framework no',
        'image "i" «i» 10:41',
        'replicas 2',
        'option kind "DaemonSet" «w» 3:8',
        'option labels "app=a" «app: a» 9:24',
        'option labels "b=1" «b: 1» 9:32',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: ReplicaSet\nmetadata:\n  name: w\n  namespace: "ns"\nspec:\n  replicas: 2\n  serviceName: s\n  template:\n    metadata: {labels: {app: a, b: 1}}\n    spec: {containers: [{name: c, image: i}]}',
      [
        'workload:ReplicaSet/w (workload) "w" «w» 3:8, framework no',
        'image "i" «i» 10:41',
        'replicas 2',
        'option kind "ReplicaSet" «w» 3:8',
        'option labels "app=a" «app: a» 9:24',
        'option labels "b=1" «b: 1» 9:32',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: Job\nmetadata:\n  name: w\n  namespace: "ns"\nspec:\n  replicas: 2\n  serviceName: s\n  template:\n    metadata: {labels: {app: a, b: 1}}\n    spec: {containers: [{name: c, image: i}]}',
      [
        'workload:Job/w (workload) "w" «w» 3:8, framework no',
        'image "i" «i» 10:41',
        'replicas 2',
        'option kind "Job" «w» 3:8',
        'option labels "app=a" «app: a» 9:24',
        'option labels "b=1" «b: 1» 9:32',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: CronJob\nmetadata:\n  name: w\n  namespace: "ns"\nspec:\n  jobTemplate: {spec: {template: {spec: {containers: [{name: c}]}}}}',
      [
        'workload:CronJob/w (workload) "w" «w» 3:8, framework no',
        'option kind "CronJob" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: Deployment\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {template: {spec: {containers: [{name: c}]}}}',
      [
        'workload:Deployment/w (workload) "w" «w» 3:8, framework no',
        'replicas 1',
        'option kind "Deployment" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: StatefulSet\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {serviceName: s, template: {spec: {containers: [{}]}}}',
      [
        'workload:StatefulSet/w (workload) "w" «w» 3:8, framework no',
        'hosts w-0.s',
        'replicas 1',
        'option kind "StatefulSet" «w» 3:8',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: StatefulSet\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {replicas: 0, serviceName: s, template: {spec: {containers: [{}]}}}',
      [
        'workload:StatefulSet/w (workload) "w" «w» 3:8, framework no',
        'replicas 0',
        'option kind "StatefulSet" «w» 3:8',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: StatefulSet\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {replicas: x, serviceName: s, template: {spec: {containers: [{}]}}}',
      [
        'workload:StatefulSet/w (workload) "w" «w» 3:8, framework no',
        'hosts w-0.s',
        'replicas 1',
        'option kind "StatefulSet" «w» 3:8',
        'option serviceName "s" «w» 3:8',
        'option namespace "ns" «\\"ns\\"» 4:13',
      ],
    ],
    [
      'apiVersion: v1\nkind: List\nmetadata:\n  name: w\n  namespace: "ns"\nitems:\n- {kind: Pod, metadata: {name: a}, spec: {containers: [{}]}}\n- {kind: PodList, items: [{kind: Pod, spec: {containers: [{}]}}]}',
      [
        'workload:Pod/a (workload) "a" «a» 6:31, framework no',
        'option kind "Pod" «a» 6:31',
        'workload:Pod/ (workload) "" «» 7:26, framework no',
        'option kind "Pod" «» 7:26',
      ],
    ],
    ['apiVersion: v1\nkind: Role\nmetadata:\n  name: w\n  namespace: "ns"\nspec: {}', []],
    ['apiVersion: v1\nkind: Pod\nspec:\n  containers: []', []],
    ['kind: Pod\nspec:\n  containers: []', []],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i\n    \n---\nkind: Pod\nmetadata: {name: q}\nspec: {containers: [{image: j}]}',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'image "i" «i» 6:11',
        'option kind "Pod" «p» 2:17',
        'workload:Pod/q (workload) "q" «q» 10:17, framework no',
        'image "j" «j» 11:28',
        'option kind "Pod" «q» 10:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: {{ .Values.i }}\n',
      ['mark not-read "a template ({{ ... }}): what it says is known only when helm has filled it in" «» 0:0'],
    ],
    [
      '{{- if x }}\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i\n',
      ['mark not-read "a template ({{ ... }}): what it says is known only when helm has filled it in" «» 0:0'],
    ],
    [
      '  - {{ x }}\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i\n',
      ['mark not-read "a template ({{ ... }}): what it says is known only when helm has filled it in" «» 0:0'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: "{{x}}"\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'image "{{x}}" «\\"{{x}}\\"» 6:11', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i\n  - name: d\n    image: j\n  - image: k\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'image "i" «i» 6:11',
        'option kind "Pod" «p» 2:17',
        'workload:Pod/p/d (workload) "p/d" «p» 2:17, framework no',
        'image "j" «j» 8:11',
        'option kind "Pod" «p» 2:17',
        'workload:Pod/p/2 (workload) "p/2" «p» 2:17, framework no',
        'image "k" «k» 9:11',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: https://u:p@h/i\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'image "https://u:***@h/i" «https://u:p@h/i» 6:11',
        'option kind "Pod" «p» 2:17',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('k8s.yaml', text)).toEqual(expected);
  });
});

describe('commands', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: [python, a.py]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'command "python a.py" «python» 6:14',
        'program file a.py «a.py» 6:22',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    args: [a.py]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'command "a.py" «a.py» 6:11',
        'program file a.py «a.py» 6:11',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: ["python", "-m", "app"]\n    args: ["--x"]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'command "python -m app --x" «\\"python\\"» 6:14',
        'program module app «\\"app\\"» 6:30',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: [sh, -c, "cd x && python b.py"]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'command "sh -c cd x && python b.py" «sh» 6:14',
        'program file b.py «\\"cd x && python b.py\\"» 6:22',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: [sh, -c]\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'command "sh -c" «sh» 6:14', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: [/bin/bash, -c, ls]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'command "/bin/bash -c ls" «/bin/bash» 6:14',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: python a.py\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: []\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: [python, {a: 1}]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework maybe',
        'command "python " «python» 6:14',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    command: [x, --token, abc, PASSWORD=y]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'command "x --token *** PASSWORD=***" «x» 6:14',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    workingDir: /app\n',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'directory "/app" «/app» 6:16', 'option kind "Pod" «p» 2:17'],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: redis:7\n    env: [{name: P2P_A, value: "1"}]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'P2P_A = <set 1> «{name: P2P_A, value: \\"1\\"}» 7:10, name 7:17-22, value 7:31-34, double quotes, of workload:Pod/p',
        'image "redis:7" «redis:7» 6:11',
        'option kind "Pod" «p» 2:17',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('k8s.yaml', text)).toEqual(expected);
  });
});

describe('ports, mounts and network', () => {
  test.each<[string, string[]]>([
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    ports: [{containerPort: 80}]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'port * null-null to 80-80 tcp «{containerPort: 80}» 6:12',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    ports: [{containerPort: 7946, hostPort: 1, hostIP: 10.0.0.1, protocol: UDP}, {protocol: sctp, containerPort: 123456}, {containerPort: x, protocol: Tcp}]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'port 10.0.0.1 1-1 to 7946-7946 udp «{containerPort: 7946, hostPort: 1, hostIP: 10.0.0.1, protocol: UDP}» 6:12',
        'port * null-null to null-null sctp «{protocol: sctp, containerPort: 123456}» 6:81',
        'port * null-null to null-null tcp «{containerPort: x, protocol: Tcp}» 6:122',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    volumeMounts: [{name: v, mountPath: /a}, {}]\n',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'mount v at /a «{name: v, mountPath: /a}» 6:19',
        'mount null at  «{}» 6:45',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i\n  hostNetwork: true',
      [
        'workload:Pod/p (workload) "p" «p» 2:17, framework no',
        'image "i" «i» 6:11',
        'network host',
        'option kind "Pod" «p» 2:17',
      ],
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    image: i\n  hostNetwork: "false"',
      ['workload:Pod/p (workload) "p" «p» 2:17, framework no', 'image "i" «i» 6:11', 'option kind "Pod" «p» 2:17'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('k8s.yaml', text)).toEqual(expected);
  });
});
