/** An engine that ends with its one client, as a command line uses it. */
import type { Engine } from "./engine";
import type { EngineClient } from "./protocol";

export function ownEngine(engine: Engine): EngineClient {
  const client = engine.connect();
  return {
    call: (verb, params, callOptions) => client.call(verb, params, callOptions),
    on: (event, listener) => client.on(event, listener),
    dispose() {
      client.dispose();
      engine.dispose();
    },
  };
}
