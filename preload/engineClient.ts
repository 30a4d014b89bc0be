/** The engine's client for the page: the RPC client over the port that the main process handed to it. */
import type { EngineClient, EngineEvents, EngineVerbs } from "../main/engine/protocol";
import { rpcPortOfMessagePort } from "../main/rpc/messagePort";
import { createRpcClient } from "../main/rpc/rpcClient";

export function engineClientOverPort(port: MessagePort): EngineClient {
  return createRpcClient<EngineVerbs, EngineEvents>(rpcPortOfMessagePort(port));
}
