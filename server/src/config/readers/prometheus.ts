/**
 * Prometheus configuration.
 *
 * Marks: `scrape-target` (value: `host:port` as written), `scrape-job` (value: its name), `not-read` (value: why).
 */
import type { SourceDocument } from '../model/types.ts';
import { maskUrls } from './context.ts';
import { type DeploymentText, deploymentDocument, emptyDeployment } from './deployment/document.ts';
import { readYaml } from './yaml/yamlText.ts';

export function readPrometheus(source: DeploymentText): SourceDocument {
  const { roots, yaml, refused } = readYaml(source.text, source.lines);
  const marks: SourceDocument['marks'][number][] = [];
  if (refused !== null) marks.push({ name: 'not-read', range: source.lines.range(0, 0), value: refused });
  for (const root of roots) {
    for (const job of yaml.items(yaml.get(root, 'scrape_configs'))) {
      const name = yaml.scalar(yaml.get(job, 'job_name'));
      if (name?.text != null) marks.push({ name: 'scrape-job', range: name.range, value: name.text });
      for (const group of yaml.items(yaml.get(job, 'static_configs'))) {
        for (const target of yaml.items(yaml.get(group, 'targets'))) {
          const scalar = yaml.scalar(target);
          if (scalar?.text != null) marks.push({ name: 'scrape-target', range: scalar.range, value: maskUrls(scalar.text) });
        }
      }
    }
  }
  return deploymentDocument(source, emptyDeployment, { marks });
}
