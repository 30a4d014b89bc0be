/** The grid that last had the focus: what Edit > Copy, Select All and View > Columns mean. */
export interface GridController {
  copy(): Promise<void>;
  selectAll(): void;
  openColumns(): void;
}

let active: GridController | undefined;

export function activeGrid(): GridController | undefined {
  return active;
}

export function setActiveGrid(grid: GridController): void {
  active = grid;
}

/** Called by a grid that goes away. */
export function clearActiveGrid(grid: GridController): void {
  if (active === grid) active = undefined;
}
