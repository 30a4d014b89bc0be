/** Notices above the status bar: said once, read when there is time, closed by hand. */
import type { ReactNode } from "react";
import { Glyph } from "../ui/Glyph";
import { dismissNotice, useNotices } from "./notices";
import "./noticeBar.css";

export function NoticeBar(): ReactNode {
  const notices = useNotices((store) => store.notices);
  return (
    <div className="noticeBar" role="log" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className="notice" data-kind={notice.kind}>
          <Glyph name={notice.kind} />
          <div className="noticeText selectable">
            {notice.text}
            {notice.detail ? <div className="noticeDetail">{notice.detail}</div> : null}
          </div>
          <button type="button" className="dockTabClose" aria-label="Dismiss" onClick={() => dismissNotice(notice.id)}>
            <Glyph name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
