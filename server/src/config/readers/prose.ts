/** Files of which nothing but install lines is read: documents for people, and steps of CI. */

const markdown = /\.(?:md|markdown)$/i;
const ciFolder = /(?:^|\/)\.(?:github\/workflows|circleci|buildkite)\/[^/]+\.ya?ml$/i;
const ciName = /^(?:\.gitlab-ci|\.travis|azure-pipelines|bitbucket-pipelines)\.ya?ml$/i;

/** Whether a file is read for its install lines only. */
export function hasInstallLines(path: string, name: string): boolean {
  return markdown.test(name) || ciName.test(name) || ciFolder.test(path.replaceAll('\\', '/'));
}

/** Whether it is prose for people, not something a machine runs. */
export function isProse(name: string): boolean {
  return markdown.test(name);
}
