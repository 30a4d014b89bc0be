/** "Open Device" from anywhere: the console comes up with the selected object's path; what access to ask for is chosen there. */
import { provideCommands, windowScope } from "../../commands/registry";
import { openPane } from "../../frame/dock";
import { useObjects } from "../objects/objectsStore";

export function provideConsoleCommands(): void {
  const openable = () => ["Device", "SymbolicLink"].includes(useObjects.getState().entry?.type ?? "");
  provideCommands(windowScope, {
    "object.openDevice": {
      run() {
        const path = useObjects.getState().selectedPath;
        openPane("console", path !== undefined && openable() ? { params: { path } } : {});
      },
    },
  });
}
