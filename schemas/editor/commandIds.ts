/** Commands that both the server and the client know by name. */

/** Command of the client that code lenses carry; its argument is the parameters of `effectiveRequest`, without one it asks. */
export const showEffectiveCommand = 'jarviscoreFleet.showEffective';
