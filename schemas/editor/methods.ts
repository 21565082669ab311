/** Names of the messages that a window has to know before it loads what they look like. */
export const methods = {
  snapshot: 'jarviscoreFleet/snapshot',
  changed: 'jarviscoreFleet/changed',
  trustGranted: 'jarviscoreFleet/trustGranted',
  readiness: 'jarviscoreFleet/readiness',
  readinessChanged: 'jarviscoreFleet/readinessChanged',
  messages: 'jarviscoreFleet/messages',
} as const;
