/** The service commands, from anywhere in the window: they act on the service that the pane has selected. */
import { type CommandHandler, provideCommands, windowScope } from "../../commands/registry";
import { useMachine } from "../../engine/machineState";
import { openPane } from "../../frame/dock";
import { canStart, canStop, deleteService, startService, stopService, useServices } from "./servicesState";

export function provideServiceCommands(): void {
  const selected = () => useServices.getState().selected;
  const onSelected = (act: (name: string) => Promise<boolean>, isEnabled: () => boolean): CommandHandler => ({
    run: async () => {
      const service = selected();
      if (service) await act(service.name);
    },
    isEnabled,
  });
  provideCommands(windowScope, {
    "service.create": {
      run() {
        openPane("services");
        useServices.setState({ isCreating: true });
      },
      isEnabled: () => useMachine.getState().info?.capabilities.includes("services") ?? true,
    },
    "service.start": onSelected(startService, () => canStart(selected())),
    "service.stop": onSelected(stopService, () => canStop(selected())),
    "service.delete": onSelected(deleteService, () => selected() !== undefined),
  });
}
