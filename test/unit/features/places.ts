// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Positions by what stands there, places as text, and one small project with every kind of file. */
import type { Place } from '#server/config/features/references.ts';
import { LineIndex } from '#server/config/text/lines.ts';
import type { Position } from '#server/config/text/position.ts';
import { type Files, pathOf } from '../rules/workspace.ts';

/** The position behind the first character of the nth `needle` of a file. */
export function at(files: Files, path: string, needle: string, nth = 1): Position {
  const text = files[path] ?? '';
  let offset = -1;
  for (let i = 0; i < nth; i++) offset = text.indexOf(needle, offset + 1);
  if (offset < 0) throw new Error(`${path} has no ${needle} number ${nth}.`);
  return new LineIndex(text).position(offset + 1);
}

/** `file:line text`, the line counted from 1. */
export function shown(files: Files, places: readonly Place[] | null | undefined): string[] {
  return (places ?? []).map(({ uri, range }) => {
    const text = files[pathOf(uri)] ?? '';
    const lines = new LineIndex(text);
    const written = text.slice(lines.offset(range.start), lines.offset(range.end));
    return `${pathOf(uri)}:${range.start.line + 1} ${written}`.trim();
  });
}

/** Runs a search to its end. */
export function finish<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** One setting and one name of the project itself, in every kind of file. */
export const everyKind: Files = {
  '.env':
    'APP_ZONE=eu\nJARVISCORE_BIND_PORT=7946\nJARVISCORE_SEED_NODES=coder:7950\nAPP_URL="http://${APP_ZONE}.example"\n# APP_ZONE=us\n',
  'coder.env': 'JARVISCORE_BIND_PORT=7950\nAPP_ZONE=us\n',
  'researcher.py':
    'import os\nfrom jarviscore import Mesh\n\nzone = os.getenv("APP_ZONE")\nport = os.environ["JARVISCORE_BIND_PORT"]\nif "APP_ZONE" in os.environ:\n    os.environ["APP_ZONE"] = "x"\nmesh = Mesh(config={"node_name": "researcher", "p2p_enabled": True})\n',
  'tools.py': 'from os import environ\n\nZONE = environ.get("APP_ZONE", "none")\n',
  'docker-compose.yml':
    'services:\n  coder:\n    image: jarviscore:1\n    env_file: coder.env\n    command: python coder.py\n    environment:\n      APP_ZONE: ${APP_ZONE:-eu}\n      JARVISCORE_NODE_NAME: coder\n    # ${APP_ZONE} in a comment\n  db:\n    image: postgres\n    environment:\n      - APP_ZONE=db\n',
  'coder.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"p2p_enabled": True})\n',
  'writer.service':
    '[Service]\nEnvironment=JARVISCORE_NODE_NAME=writer "APP_ZONE=eu"\nEnvironmentFile=-/etc/fleet/writer.env\nExecStart=/usr/bin/python3 writer.py --zone ${APP_ZONE}\n',
  'writer.env': 'JARVISCORE_BIND_PORT=7960\n',
  'writer.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7961})\n',
  'k8s.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fleet\ndata:\n  APP_ZONE: eu\n  JARVISCORE_BIND_PORT: "7946"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: reader\nspec:\n  template:\n    spec:\n      containers:\n        - name: reader\n          image: jarviscore:1\n          env:\n            - name: JARVISCORE_BIND_PORT\n              valueFrom:\n                configMapKeyRef:\n                  name: fleet\n                  key: JARVISCORE_BIND_PORT\n            - name: ZONE\n              valueFrom:\n                configMapKeyRef: {name: fleet, key: APP_ZONE}\n            - name: APP_LABEL\n              value: zone-$(ZONE)\n',
  Dockerfile:
    'FROM python:3.12\nARG APP_ZONE=eu\nENV APP_ZONE=$APP_ZONE JARVISCORE_LOG=1\nCOPY coder.env /app/.env\nCMD ["python", "coder.py"]\n',
  'start.sh':
    '# $APP_ZONE is not read here\nexport APP_ZONE=eu\necho \'$APP_ZONE\' "$APP_ZONE" ${APP_ZONE:-x} \\$APP_ZONE\nJARVISCORE_BIND_PORT=7970 python3 coder.py\n',
  '.vscode/launch.json':
    '{"configurations":[{"name":"run","type":"debugpy","program":"${workspaceFolder}/coder.py","env":{"APP_ZONE":"${env:APP_ZONE}"},"envFile":"${workspaceFolder}/.env"}]}\n',
  'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n',
};
