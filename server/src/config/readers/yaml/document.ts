/** Which reader a YAML file belongs to, by its text: names say it for few of them. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { SourceDocument } from '../../model/types.ts';
import { LineIndex } from '../../text/lines.ts';
import { readCompose } from '../compose.ts';
import type { ReaderContext } from '../context.ts';
import { readKubernetes } from '../kubernetes.ts';
import { readPrometheus } from '../prometheus.ts';
import { readSuppressions } from '../suppressions.ts';

export interface NamedText {
  readonly uri: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly template: boolean;
  readonly text: string;
}

/** A document that declares nothing; its suppressions are still honoured. */
export function plainDocument(source: NamedText): SourceDocument {
  return {
    uri: source.uri,
    name: source.name,
    kind: source.kind,
    template: source.template,
    assignments: [],
    processes: [],
    problems: [],
    suppressions: readSuppressions({ ...source, lines: new LineIndex(source.text) }),
    requirements: [],
    marks: [],
  };
}

const topLevel = (key: string): RegExp => new RegExp(`^(?:"${key}"|'${key}'|${key})[ \\t]*:`, 'm');
const services = topLevel('services');
const apiVersion = topLevel('apiVersion');
const manifestKind = topLevel('kind');
/** A kustomization may leave out what kind it is. */
const generator = /^(?:configMapGenerator|secretGenerator|patchesStrategicMerge)[ \t]*:/m;
const scrapeConfigs = topLevel('scrape_configs');
/** In a file that is laid over another, any of them may be all that a service has. */
const serviceKeys =
  /(?:^[ \t]+|[{,][ \t]*)(?:image|build|extends|environment|env_file|command|entrypoint|ports|volumes|network_mode|networks|profiles|deploy|restart|depends_on|container_name)[ \t]*:/m;
const include = topLevel('include');

/** The kind a text shows; null where it is none of these. Every YAML file of a project passes here, so nothing is parsed. */
function kindOfText({ name, text, kind: named }: NamedText): FileKind | null {
  if (named !== 'kubernetes' || /^kustomization\.ya?ml$/i.test(name)) return named;
  if ((apiVersion.test(text) && manifestKind.test(text)) || generator.test(text)) return 'kubernetes';
  if (services.test(text) && serviceKeys.test(text)) return 'compose';
  // A compose file may do nothing but include others.
  if (include.test(text) && /\.ya?ml\b/.test(text)) return 'compose';
  return scrapeConfigs.test(text) ? 'prometheus' : null;
}

export function readYamlDocument(source: NamedText, context: ReaderContext): SourceDocument {
  const kind = kindOfText(source);
  const lines = (): LineIndex => new LineIndex(source.text);
  switch (kind) {
    case 'compose':
      return readCompose({ ...source, kind, lines: lines() }, context);
    case 'kubernetes':
      return readKubernetes({ ...source, kind, lines: lines() }, context);
    case 'prometheus':
      return readPrometheus({ ...source, kind, lines: lines() });
    default:
      return plainDocument(source);
  }
}
