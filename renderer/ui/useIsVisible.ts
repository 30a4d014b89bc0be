/** Whether an element is on the screen: a pane behind another tab, or in a machine that is not shown, need not be kept fresh. */
import { type RefObject, useEffect, useState } from "react";

export function useIsVisible(element: RefObject<Element | null>): boolean {
  const [isShown, setIsShown] = useState(false);
  const [isHidden, setIsHidden] = useState(document.hidden);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new IntersectionObserver((entries) => setIsShown(entries.at(-1)?.isIntersecting ?? false));
    const look = () => setIsHidden(document.hidden);
    observer.observe(watched);
    document.addEventListener("visibilitychange", look);
    return () => {
      observer.disconnect();
      document.removeEventListener("visibilitychange", look);
    };
  }, [element]);
  return isShown && !isHidden;
}
