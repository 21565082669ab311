/** The page of the fleet map. It waits for the extension's first message, because texts are made in its language. */
import * as l10n from '@vscode/l10n';
import { Host } from './host.ts';
import { MapPage } from './page.ts';
import './fleetMap.css';

const host = new Host();
let page: MapPage | undefined;

host.listen((message) => {
  switch (message.type) {
    case 'init':
      if (page !== undefined) return;
      l10n.config({ contents: message.texts ?? {} });
      page = new MapPage(host, message.language);
      return;
    case 'update':
      page?.update(message);
      return;
    case 'details':
      page?.details(message.id, message.facts);
      return;
  }
});
host.send({ type: 'ready' });
