/** Names of the messages between the preload script and the main process. Data only; the page never sees them. */

/** Page asks, main answers: `(verb, params) -> ShellAnswer`. */
export const callChannel = "ntscope.call";
/** Page asks for an engine port. */
export const connectEngineChannel = "ntscope.connectEngine";
/** Main tells: `(name, value)` of ShellEvents. */
export const eventChannel = "ntscope.event";
/** Main hands over one end of an engine port; also the data of the message that the page gets with it. */
export const enginePortChannel = "ntscope.enginePort";
