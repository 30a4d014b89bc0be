/** Whether the command palette is open; apart from the palette so that its code loads only when it is. */
import { create } from "zustand";

export const usePalette = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

export function openPalette(): void {
  usePalette.setState({ isOpen: true });
}

export function closePalette(): void {
  usePalette.setState({ isOpen: false });
}
