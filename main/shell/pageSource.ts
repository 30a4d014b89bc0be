/** Where the page comes from: the built bundle, or the dev server that electron-vite names in development. */
import { appScheme, bundleHost } from "./appProtocol";

export interface PageSource {
  url: string;
  /** What the sender check compares with. */
  origin: string;
  /** Set while the dev server is used: what may be fetched besides the bundle. */
  developmentOrigin?: string;
}

/** `developmentUrl` must be undefined in a packaged program: the environment is not the user's word. */
export function pageSource(developmentUrl: string | undefined): PageSource {
  if (developmentUrl !== undefined) {
    const { origin } = new URL(developmentUrl);
    return { url: developmentUrl, origin, developmentOrigin: origin };
  }
  const origin = `${appScheme.scheme}://${bundleHost}`;
  return { url: `${origin}/index.html`, origin };
}
