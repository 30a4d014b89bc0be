/** "340 objects", "12 of 340", "3 of 340 selected": the status bar's word on the list. */
import { type GridSelection, selectedCount } from "../../ui/dataGrid/gridSelection";

interface Counted {
  total: number;
  count: number;
  selection: GridSelection;
}

export function countText({ total, count, selection }: Counted): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const selected = selectedCount(selection);
  const objects =
    count === total ? `${number(total)} ${total === 1 ? "object" : "objects"}` : `${number(count)} of ${number(total)}`;
  return selected > 1 ? `${objects}, ${number(selected)} selected` : objects;
}
