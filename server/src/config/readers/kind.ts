import { fleetFileName } from '#schemas/project/fleetFile.ts';
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { withoutEnd } from '../text/ends.ts';
import { hasInstallLines } from './prose.ts';

/** Last segment of a path or URI. */
export function baseName(path: string): string {
  const end = path.search(/[?#]/) < 0 || !path.includes('://') ? path.length : path.search(/[?#]/);
  const clean = withoutEnd(path.slice(0, end), /[/\\]/);
  const name = clean.slice(Math.max(clean.lastIndexOf('/'), clean.lastIndexOf('\\')) + 1);
  if (!path.includes('://')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Which reader a file belongs to, by its path; null for files without a reader. What a YAML file is can be seen in its
 * text only: `readDocument` says it.
 */
export function kindOf(path: string): FileKind | null {
  const name = baseName(path).toLowerCase();
  if (name === '.envrc') return null;
  if (name === fleetFileName) return 'project';
  if (name === '.env' || name.startsWith('.env.') || name.endsWith('.env')) return 'dotenv';
  // `prod.env.example` and `env.sample` are templates of env files.
  if (/(^|\.)env\.(example|sample|template|dist|minimal|local)$/.test(name)) return 'dotenv';
  if (name.endsWith('.py') || name.endsWith('.pyw')) return 'python';
  if (/^(.*[-_.])?requirements([-_.].*)?\.(txt|in)$/.test(name) || /^constraints.*\.txt$/.test(name)) return 'requirements';
  if (name === 'pyproject.toml' || name === 'poetry.lock' || name === 'uv.lock' || name === 'pdm.lock') return 'requirements';
  if (name === 'pipfile' || name === 'pipfile.lock' || name === 'setup.cfg') return 'requirements';
  if (hasInstallLines(path, name)) return 'requirements';
  return deploymentKind(path, name);
}

/** YAML files of other programs, which need not be opened to see that they declare no process. */
const otherYaml = /^(\..*|environment|mkdocs|action|codecov|dependabot|openapi|swagger|pnpm-lock|pubspec|_config)\.ya?ml$/;

function deploymentKind(path: string, name: string): FileKind | null {
  const folder = path.replaceAll('\\', '/').split('/').at(-2)?.toLowerCase() ?? '';
  if (name.endsWith('.service') || (/(?:^|\.)service\.d$/.test(folder) && name.endsWith('.conf'))) return 'systemd';
  if (/^(dockerfile|containerfile)([._-].*)?$|\.(dockerfile|containerfile)$/.test(name) && !name.endsWith('.dockerignore'))
    return 'dockerfile';
  if (/\.(sh|bash|zsh)$/.test(name)) return 'shell';
  if (folder === '.vscode' && (name === 'launch.json' || name === 'tasks.json')) return 'launch';
  if (/\.ya?ml$/.test(name) && !otherYaml.test(name)) {
    if (/^(docker-)?compose([._-].*)?\.ya?ml$/.test(name)) return 'compose';
    return /^prometheus([._-].*)?\.ya?ml$/.test(name) ? 'prometheus' : 'kubernetes';
  }
  return null;
}

/** Templates hold placeholders on purpose. */
export function isTemplate(path: string): boolean {
  return /\.(example|sample|template|dist)$|^\.env\.minimal$|\.(example|sample|template)\.(env|ya?ml|service|sh)$/.test(
    baseName(path).toLowerCase(),
  );
}
