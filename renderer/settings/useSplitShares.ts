/** How a pane is divided, kept in the settings beside the columns of its grid, in hundredths. */

import { emptyLayout } from "../ui/dataGrid/columnLayout";
import type { SplitShares } from "../ui/SplitView";
import { changeColumns, useSettings } from "./settings";

export interface SplitSettings {
  shares: SplitShares;
  onShares(shares: SplitShares): void;
}

export function useSplitShares(pane: string, initial: SplitShares): SplitSettings {
  const key = `${pane}.split`;
  const widths = useSettings((settings) => settings.columns[key]?.widths);
  return {
    shares: { ...initial, ...widths },
    onShares: (shares) => changeColumns(key, { ...emptyLayout, widths: { ...shares } }),
  };
}
