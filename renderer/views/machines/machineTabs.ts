/** The window's machines as the main process tells them to the top page. A frame's page knows itself alone. */
import { create } from "zustand";
import type { MachinesState } from "../../../preload/contract";
import { askShell, onShell } from "../../api";
import { commandsChanged } from "../../commands/registry";
import { isFirstPage, ownMachineId } from "../../engine/realm";
import { afterFirstLook } from "../../frame/afterFirstLook";

export const useMachineTabs = create<MachinesState>(() => ({ machines: [], active: ownMachineId() }));

/** False while another machine's page lies over this one. */
export function isOwnMachineShown(): boolean {
  return useMachineTabs.getState().active === ownMachineId();
}

/** More than one; a frame's page is never alone. */
export function hasOtherMachines(): boolean {
  return !isFirstPage() || useMachineTabs.getState().machines.length > 1;
}

export function followMachineTabs(): void {
  onShell("machines", (state) => {
    useMachineTabs.setState(state);
    commandsChanged();
  });
  // Those that were there before this page, and that a page loaded anew has to show again.
  void afterFirstLook()
    .then(() => askShell("machines.list", null))
    .then((answer) => {
      if (answer.ok) useMachineTabs.setState(answer.value);
    });
}
