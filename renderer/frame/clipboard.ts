/** The clipboard is the main process's; the page hands it text. */
import { askShell } from "../api";
import { showNotice } from "./notices";

export async function copyText(text: string): Promise<void> {
  if (!text) return;
  const answer = await askShell("clipboard.write", { text });
  if (!answer.ok) showNotice("error", "Nothing was copied", answer.error.message);
}
