/** The checklists of every workspace folder, for the editor's view of them. */
import { basename } from 'node:path';
import type { Connection } from 'vscode-languageserver/node';
import { type ReadinessFolder, readinessChangedNotification, readinessRequest } from '#schemas/editor/workspaceMessages.ts';
import type { Place } from '#schemas/fleet/view.ts';
import type { WorkspaceModel } from '../config/model/types.ts';
import { type ReadinessItem, readiness } from '../config/rules/readiness.ts';
import { together } from '../report/readiness.ts';
import { pathOf } from '../workspace/uris.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Answers } from './answer.ts';
import { serve } from './messages.ts';

/** More places than this nobody reads; the Problems view has them all. */
const mostPlaces = 20;

export class Readiness {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  /** Judged once per model: every change makes a new one. */
  readonly #judged = new WeakMap<WorkspaceModel, readonly ReadinessItem[]>();
  /** What the last answer was made of; null: nobody waits for news. */
  #told: readonly WorkspaceModel[] | null = null;

  constructor(connection: Connection, workspace: Workspace, answers: Answers) {
    this.#connection = connection;
    this.#workspace = workspace;
    serve(connection, readinessRequest, (_params, token) =>
      answers.workspace('Readiness', token, async () => {
        const folders = workspace.folders.map((folder) => this.#folder(folder));
        this.#told = workspace.models();
        return { folders };
      }),
    );
  }

  /** The workspace may have changed. A client that has asked is told once; it asks again when somebody looks. */
  changed(): void {
    const models = this.#workspace.models();
    if (this.#told === null || (models.length === this.#told.length && models.every((model, i) => model === this.#told?.[i])))
      return;
    this.#told = null;
    void this.#connection.sendNotification(readinessChangedNotification.method, null);
  }

  #folder(uri: string): ReadinessFolder {
    const models = this.#workspace.modelsOf(uri);
    const processes = models.flatMap((model) => model.processes.filter(({ startedBy }) => startedBy.length === 0));
    const [first] = processes;
    const lacking: Place | null = first === undefined ? null : { uri: first.uri, range: first.declaration.range };
    return {
      uri,
      name: basename(pathOf(uri) ?? uri),
      target: models[0]?.target ?? '',
      processes: processes.length,
      items: together(models.map((model) => this.#judge(model))).map((item) => ({
        ...item,
        evidence: item.evidence.slice(0, mostPlaces).map(({ uri: at, range }) => ({ uri: at, range })),
        change: item.status === 'not-applicable' ? null : (item.evidence[0] ?? lacking),
      })),
    };
  }

  #judge(model: WorkspaceModel): readonly ReadinessItem[] {
    let items = this.#judged.get(model);
    if (items === undefined) {
      const groups = this.#workspace.groups();
      items = readiness(model, { severitiesOf: (uri) => groups.severitiesOf(uri) });
      this.#judged.set(model, items);
    }
    return items;
  }
}
