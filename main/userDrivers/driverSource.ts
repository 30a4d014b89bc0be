/** From a driver's file to what QuickJS takes: types are removed, and every line stays where it is. */
import { transform } from "sucrase";

export type DriverSource = { readonly code: string } | { readonly problem: string };

const TYPESCRIPT = /\.[mc]?ts$/i;

/** @param fileName without folders; its extension says whether there are types to remove */
export function driverSource(fileName: string, text: string): DriverSource {
  const source = text.replace(/^\uFEFF/, "");
  if (!TYPESCRIPT.test(fileName)) return { code: source };
  try {
    return { code: transform(source, { transforms: ["typescript"], disableESTransforms: true }).code };
  } catch (error) {
    // "Unexpected token (3:14)", or "Error transforming ...: Unexpected token (3:14)".
    const [, what = String(error), line, column] =
      /^(?:Error transforming.*?: )?(.*?)(?: \((\d+):(\d+)\))?$/s.exec(
        error instanceof Error ? error.message : String(error),
      ) ?? [];
    return { problem: `${[fileName, line, column].filter(Boolean).join(":")}: ${what}` };
  }
}
