/** Messages that belong to no pane: a failed save, a lost setting, a driver's broken rule. Newest last, never modal. */
import { create } from "zustand";

export type NoticeKind = "info" | "warning" | "error";

export interface Notice {
  id: number;
  kind: NoticeKind;
  text: string;
  /** The rest of the story, in smaller type. */
  detail?: string;
}

/** More than this and the bar would cover the work; the oldest go first. */
const mostNotices = 4;

export const useNotices = create<{ notices: Notice[] }>(() => ({ notices: [] }));

let lastId = 0;

/** The same text shown already is not shown twice. */
export function showNotice(kind: NoticeKind, text: string, detail?: string): void {
  useNotices.setState(({ notices }) => {
    if (notices.some((notice) => notice.text === text && notice.detail === detail)) return { notices };
    lastId += 1;
    const notice: Notice = detail === undefined ? { id: lastId, kind, text } : { id: lastId, kind, text, detail };
    return { notices: [...notices, notice].slice(-mostNotices) };
  });
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
