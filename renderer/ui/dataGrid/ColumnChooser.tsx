/**
 * Which columns are shown, in which order, and what the rows are sorted by: the header's context menu and
 * View > Columns. All that the mouse does on the header can be done here by keyboard.
 */
import type { ReactNode } from "react";
import type { ColumnLayout } from "../../../preload/settings";
import { IconButton } from "../Button";
import { Flyout } from "../Flyout";
import { Glyph } from "../Glyph";
import { emptyLayout, type GridColumn, isColumnHidden, moveColumn, orderColumns, showColumn } from "./columnLayout";
import { type GridSort, nextSort } from "./GridHeader";

interface ColumnChooserProps {
  at: { x: number; y: number };
  columns: readonly GridColumn<never>[];
  layout: ColumnLayout;
  sort: GridSort | undefined;
  onSortChange: ((sort: GridSort | undefined) => void) | undefined;
  onLayoutChange(layout: ColumnLayout): void;
  onClose(): void;
}

export default function ColumnChooser(props: ColumnChooserProps): ReactNode {
  const { columns, layout, sort } = props;
  const ordered = orderColumns(columns, layout);
  const move = (id: string, before: string | undefined) =>
    props.onLayoutChange(moveColumn(columns, layout, id, before));
  return (
    <Flyout at={props.at} label="Columns" onClose={props.onClose}>
      <ul className="columnChooser">
        {ordered.map((column, index) => (
          <li key={column.id}>
            <label>
              <input
                type="checkbox"
                checked={column.id === columns[0]?.id || !isColumnHidden(column, layout)}
                disabled={column.id === columns[0]?.id}
                onChange={(event) =>
                  props.onLayoutChange(showColumn(columns, layout, column.id, event.currentTarget.checked))
                }
              />
              {column.title}
            </label>
            {column.sortable && props.onSortChange ? (
              <IconButton
                label={`Sort by ${column.title}`}
                onPress={() => props.onSortChange?.(nextSort(sort, column.id))}
                isPressed={sort?.column === column.id}
              >
                <Glyph name={sort?.column === column.id && sort.descending ? "sortDown" : "sortUp"} />
              </IconButton>
            ) : null}
            <IconButton
              label={`Move ${column.title} left`}
              isDisabled={index === 0}
              onPress={() => move(column.id, ordered[index - 1]?.id)}
            >
              <Glyph name="up" />
            </IconButton>
            <IconButton
              label={`Move ${column.title} right`}
              isDisabled={index === ordered.length - 1}
              onPress={() => move(column.id, ordered[index + 2]?.id)}
            >
              <Glyph name="down" />
            </IconButton>
          </li>
        ))}
      </ul>
      <button type="button" className="linkButton" onClick={() => props.onLayoutChange(emptyLayout)}>
        Reset columns
      </button>
    </Flyout>
  );
}
