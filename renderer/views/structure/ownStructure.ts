/** The structure view of this page's machine. */
import { engine } from "../../engine/connection";
import { StructureController } from "./structureController";

export const ownStructure = new StructureController(engine);
