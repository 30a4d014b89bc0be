/** The trace of this page's machine. */
import { engine } from "../../engine/connection";
import { TraceController } from "./traceController";

export const ownTrace = new TraceController(engine);
